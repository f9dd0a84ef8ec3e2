"""false.no-compromise: an atom that is nobody's favourite loses mass.

Refuted. Weights (4, 1, 3) and (1, 4, 3), one half of the crowd each, from the uniform start: the third atom
goes from 1/3 to 3/8, and on to 6^t/(6^t + 2·5^t) → 1. So a lemma by which the limit lives on the crowds'
favourites ([F+26], Lemma 3.3 as stated) fails. robust.compromise says when such an atom wins.

What the statement says. Two crowds choose from a saturated model's own output, K = ∞; an atom that maximises
neither crowd's weights loses mass in the round. Three atoms, every law, all weights > 0.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import equal, less
from proofs_check.encoding.symbols import point
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.statements.statement import Statement


def claim() -> Claim:
    """The claim ``false.no-compromise``."""
    return Claim(
        id="false.no-compromise",
        title="An atom that is nobody's favourite loses mass",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: of two crowds with weights (4, 1, 3) and (1, 4, 3), one half each, neither likes the "
            "third atom best, and yet from the uniform start its mass is 6^t/(6^t + 2·5^t) → 1."
        ),
        latex=r"a_3<\max a,\ b_3<\max b\;\not\Rightarrow\;p_{t+1}(3)<p_t(3)",
        hypotheses=(
            "A saturated model reads only its own output, chosen at K = ∞ by two crowds of one half each.",
            "The atom maximises neither crowd's weights.",
        ),
        cases=(_case(),),
        scope="3 atoms, every law and all weights",
        expected=Expectation.REFUTED,
    )


def _case() -> Case:
    crowds = TwoCrowds(3)
    (first, _, third), (_, second, rival) = crowds.honest, crowds.other
    at = point(crowds.at(["1/3", "1/3"], (4, 1, 3), (1, 4, 3), "1/2"))
    return Case(
        name="nobody's favourite",
        statement=Statement(
            variables=crowds.variables,
            hypotheses=(
                *crowds.domain(),
                less(third, first),
                less(rival, second),
                equal(2 * crowds.share, 1),
            ),
            conclusions=(less(crowds.step[2], crowds.law[2]),),
        ),
        witness=at,
        suspects=(at,),
    )
