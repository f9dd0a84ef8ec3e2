"""influence.conflict-consumers: where consumers choose, more curation raises the alignment in all of A1–A6.

Statement. The settings A1–A6 of influence.conflict (three atoms, uniform real data, r_p = (.8, 0, −.8) =
−r_q, K = ∞, λ_q = 1/2), but each stream is chosen by the users of the model that reads it: p = (1 − λ)p_ref
+ λ[(1 − k_p)C(p; r_p) + k_p C(q; r_p)], and q likewise with r_q. Then J_p > 0, and it rises from λ = 1/2 to
λ = 3/5, in all six; the numbers below separate J_p at every equilibrium for λ = 1/2 from J_p at every
equilibrium for λ = 3/5:

    A1 .338   A2 .294   A3 .260   A4 .165   A5 .282   A6 .196

Argument. An equilibrium exists by Brouwer's theorem, and each p_i is at least (1 − λ)/3, each q_i at least
1/6. On what is left of the simplices balls exclude every pair of laws that is not stationary or lies on the
wrong side of the number.

Machine-checked. All of it, for every pair of laws that one round moves by at most 10⁻⁹.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.opposed_users import OpposedUsers
from proofs_check.encoding.relations import less, positive
from proofs_check.encoding.symbols import UNIT, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Relation, Statement

SETTINGS: dict[str, tuple[str, str, str]] = {
    "A1": ("0", "1/10", "0.338"),
    "A2": ("1/5", "4/5", "0.294"),
    "A3": ("3/10", "2/5", "0.260"),
    "A4": ("7/10", "3/10", "0.165"),
    "A5": ("1/5", "3/10", "0.282"),
    "A6": ("7/10", "4/5", "0.196"),
}
"""k_p, k_q, and a number between J_p at λ = 1/2 and at λ = 3/5."""
_HALF, _MORE = sympy.Rational(1, 2), sympy.Rational(3, 5)


def claim() -> Claim:
    """The claim ``influence.conflict-consumers``."""
    return Claim(
        id="influence.conflict-consumers",
        title="Where consumers choose, more curation raises the alignment in all of A1–A6",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "The settings A1–A6 of influence.conflict with each stream chosen by its reader's users: J_p > "
            "0, "
            "and it rises from λ = 1/2 to λ = 3/5 in all six."
        ),
        latex=(
            r"p=(1-\lambda)p_{\mathrm{ref}}+\lambda[(1-k_p)C(p;r_p)+k_pC(q;r_p)]"
            r"\;\Rightarrow\;0<J_p|_{\lambda=1/2}<J_p|_{\lambda=3/5}"
        ),
        hypotheses=(
            "Three atoms, uniform real data, r_p = (.8, 0, −.8) = −r_q, K = ∞, λ_q = 1/2.",
            "The reader's users choose.",
        ),
        cases=tuple(make(name) for name in SETTINGS for make in (_before, _after)),
        scope="A1–A6 at λ = 1/2 and 3/5, all equilibria",
        sharpness=(_needs_consumers(),),
    )


def _model(name: str, share: sympy.Rational, *, consumers: bool = True) -> OpposedUsers:
    first, second = (sympy.Rational(k) for k in SETTINGS[name][:2])
    return OpposedUsers(share=share, crosses=(first, second), consumers=consumers)


def _statement(model: OpposedUsers, *conclusions: Relation) -> Statement:
    return Statement(
        variables=variables(*model.free, typical=UNIT),
        hypotheses=(*model.nearly_stationary(), *model.domain()),
        conclusions=conclusions,
    )


def _before(name: str) -> Case:
    """0 < J_p < the number at λ = 1/2."""
    model = _model(name, _HALF)
    alignment = model.alignments[0]
    return Case(
        name=f"{name}, λ = 1/2",
        statement=_statement(model, less((alignment - _middle(name) / 2) ** 2, (_middle(name) / 2) ** 2)),
        witness=model.witness(),
    )


def _after(name: str) -> Case:
    """The number < J_p at λ = 3/5."""
    model = _model(name, _MORE)
    return Case(
        name=f"{name}, λ = 3/5",
        statement=_statement(model, less(_middle(name), model.alignments[0])),
        witness=model.witness(),
    )


def _middle(name: str) -> sympy.Rational:
    return sympy.Rational(SETTINGS[name][2])


def _needs_consumers() -> Sharpness:
    """A6 with producers' users who choose: J_p is negative."""
    model = _model("A6", _HALF, consumers=False)
    return Sharpness(
        hypothesis=1, weakened=_statement(model, positive(model.alignments[0])), point=model.witness()
    )
