"""influence.conflict-raised: more curation lowers in A4 and A6 the alignment that it raises elsewhere.

Statement. The settings A1–A6 of [WZZ26], see influence.conflict, with λ raised from 1/2 to 3/5. At every
equilibrium (a law that one round moves by at most 10⁻⁹ will do) the alignments are, within 10⁻⁶:

         J_p at λ = 1/2   at λ = 3/5       J_q at λ = 1/2   at λ = 3/5
    A1      .294233        .380831            .219048        .216519
    A2      .185668        .241654           −.185668       −.201378
    A3      .103245        .135814            .035510        .029520
    A4     −.125847       −.155722            .125847        .129768
    A5      .159704        .208652            .089377        .083632
    A6     −.055985       −.070032           −.113022       −.110042

so that J_p rises where it is positive and falls in A4 and A6, where it is negative; J_q rises in those two
and falls in the other four. (influence.conflict has the values for λ = 1/2.)

Argument. An equilibrium exists by Brouwer's theorem, and each p_i is at least (1 − λ)/3, each q_i at least
1/6; on what is left of the simplices, balls exclude every pair of laws that would be stationary with other
alignments. The differences between the columns exceed the error of both.

Machine-checked. λ = 3/5, for each setting, by branch and bound over all laws; the comparison of the decimals.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.opposed_users import SETTINGS, OpposedUsers, tabled
from proofs_check.encoding.relations import negative, positive
from proofs_check.encoding.symbols import UNIT, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Relation, Statement

_ERROR = sympy.Rational(1, 10**6)


def claim() -> Claim:
    """The claim ``influence.conflict-raised``."""
    return Claim(
        id="influence.conflict-raised",
        title="More curation lowers its own users' alignment in A4 and A6, and raises it in the other four",
        provenance=Provenance.ENCODED,
        source="WZZ26",
        statement=(
            "Settings A1–A6, λ from 1/2 to 3/5: J_p falls in A4 and A6 and rises in the others; J_q rises in "
            "A4 and A6 and falls in the others."
        ),
        latex=r"\lambda:\tfrac12\to\tfrac35:\quad J_p\downarrow\iff J_p<0\ (A4,A6)",
        hypotheses=(
            "Three atoms, uniform real data, r_p = (.8, 0, −.8) = −r_q, K = ∞, λ_q = 1/2, shares of A1–A6.",
            "The producer's users choose.",
        ),
        cases=(_compared(), *(tabled(name, 1) for name in SETTINGS)),
        scope="A1–A6 at λ = 3/5, all equilibria",
        sharpness=(_needs_producers(),),
    )


def _compared() -> Case:
    """The decimals of both columns differ, in the sense stated, by more than the errors of both."""
    conclusions: list[Relation] = []
    for name, (_, before, after) in SETTINGS.items():
        falls = name in ("A4", "A6")
        for model, sign in enumerate((-1, 1) if falls else (1, -1)):
            change = sympy.Rational(after[model]) - sympy.Rational(before[model])
            conclusions.append(positive(sign * change - 2 * _ERROR))
    return Case(
        name="what rises and what falls",
        statement=Statement(variables=(), hypotheses=(), conclusions=tuple(conclusions)),
    )


def _needs_producers() -> Sharpness:
    """A4 with consumers who choose: J_p is positive at λ = 3/5."""
    first, second = map(sympy.Rational, SETTINGS["A4"][0])
    model = OpposedUsers(share=sympy.Rational(3, 5), crosses=(first, second), consumers=True)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(*model.free, typical=UNIT),
            hypotheses=(*model.nearly_stationary(), *model.domain()),
            conclusions=(negative(model.alignments[0]),),
        ),
        point=model.witness(),
    )
