"""ecosystem.cycle-gain: a stable network has no cycle whose gain reaches 1.

Statement. D ≥ 0: ρ(D) is at least the geometric mean of the links along every simple cycle. Hence ρ(D) < 1
makes the product of the links along each cycle smaller than 1. The converse is false: D = 0.6(11ᵀ − I) on
three models has every cycle gain below 1 and ρ(D) = 6/5. [WZZ26b] states this for D = diag(b)W, see
ecosystem.network; it is a fact about non-negative matrices.

Argument. Let r > ρ(D). Then v = (rI − D)⁻¹1 = Σ Dᵏ1/rᵏ⁺¹ > 0 and Dv = rv − 1 < rv. Along a cycle 1 → 2 → …
→ k → 1, D_12 v_2 ≤ (Dv)_1 < r v_1, D_23 v_3 < r v_2, and so on round to v_1; the product of all these, with
the v_i cancelled, is D_12 D_23 ⋯ D_k1 < rᵏ (trivial if a link is 0). This holds for every r > ρ(D), so the
gain is at most ρ(D)ᵏ.

Machine-checked. The product round a cycle, by induction on its length: the first link, one more link, and
closing the cycle, with Dv < rv and v > 0. The existence of v at r = 1 for N = 2: ρ(D) < 1 ⟹ adj(I − D)1 > 0
and det(I − D) > 0. The counterexample to the converse.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import adjugate, determinant, identity_minus
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import SchurStable, Statement


def claim() -> Claim:
    """The claim ``ecosystem.cycle-gain``."""
    return Claim(
        id="ecosystem.cycle-gain",
        title="The spectral radius is at least the mean gain of every cycle",
        provenance=Provenance.STATED,
        source="WZZ26b",
        statement=(
            "D ≥ 0: ρ(D) ≥ the geometric mean of the links along every simple cycle. Conversely, all cycle "
            "gains below 1 do not make ρ(D) < 1: D = 0.6(11ᵀ − I) on three models has ρ(D) = 6/5."
        ),
        latex=r"D\ge 0\;\Rightarrow\;\rho(D)\ge(D_{i_1i_2}D_{i_2i_3}\cdots D_{i_ki_1})^{1/k}",
        hypotheses=("D ≥ 0 entrywise.", "The cycle is simple."),
        cases=(_first_link(), _one_more_link(), _closing(), _weights_exist(), _converse()),
        scope="every length from Dv < rv, v > 0; such v for N = 2, for every N by the argument",
        sharpness=(_cancelling(),),
    )


def _first_link() -> Case:
    """(Dv)_1 < r v_1 bounds each of its terms: d v_2 < r v_1, the other terms o ≥ 0."""
    link, others, radius, start, reached = reals("d o r v1 v2")
    return Case(
        name="the first link",
        statement=Statement(
            variables=variables(link, others, radius, start, reached, typical=UNIT),
            hypotheses=(at_least(others), less(link * reached + others, radius * start)),
            conclusions=(less(link * reached, radius * start),),
        ),
        witness=point({link: "1/4", others: "1/4", radius: 1, start: 1, reached: 1}),
    )


def _one_more_link() -> Case:
    """g v_k < R v_1 and d v_next < r v_k give (g d) v_next < (R r) v_1."""
    gain, bound, link, radius = reals("g R d r")
    start, here, following = reals("v1 vk vn")
    return Case(
        name="one more link",
        statement=Statement(
            variables=variables(gain, bound, link, radius, start, here, following, typical=UNIT),
            hypotheses=(
                at_least(gain),
                at_least(link),
                positive(radius),
                less(gain * here, bound * start),
                less(link * following, radius * here),
            ),
            conclusions=(less(gain * link * following, bound * radius * start),),
        ),
        witness=point(
            {gain: "1/4", bound: 1, link: "1/4", radius: 1, start: 1, here: 1, following: 1},
        ),
    )


def _closing() -> Case:
    """Back at the first model: g v_1 < R v_1 with v_1 > 0."""
    gain, bound, start = reals("g R v1")
    return Case(
        name="closing the cycle",
        statement=Statement(
            variables=variables(gain, bound, start, typical=UNIT),
            hypotheses=(positive(start), less(gain * start, bound * start)),
            conclusions=(less(gain, bound),),
        ),
        witness=point({gain: "1/4", bound: 1, start: 1}),
    )


def _weights_exist() -> Case:
    """D = [[1 − f, b], [c, 1 − h]]: f and h have a positive sum and a positive product."""
    f, h, b, c = reals("f h b c")
    links = Matrix([[1 - f, b], [c, 1 - h]])
    field = identity_minus(links)
    return Case(
        name="N = 2, (I − D)⁻¹1 > 0 when ρ(D) < 1",
        statement=Statement(
            variables=variables(f, h, b, c, typical=UNIT),
            hypotheses=(*all_nonnegative(links), SchurStable(links)),
            conclusions=(
                positive(determinant(field)),
                positive(f + h),
                positive(f * h),
                positive(f),
                positive(h),
                *(positive(entry) for entry in adjugate(field) * Matrix([1, 1])),
            ),
        ),
        witness=point({f: "3/4", h: "3/4", b: "1/4", c: "1/4"}),
    )


def _converse() -> Case:
    """Every cycle gain of D is 0, 9/25 or 27/125, and D1 = (6/5)1: det(6/5 I − D) = 0."""
    link, size = real("d"), 3
    links = Matrix(size, size, lambda i, j: 0 if i == j else link)
    return Case(
        name="the converse fails at D = 0.6(11ᵀ − I)",
        statement=Statement(
            variables=variables(link),
            hypotheses=(equal(link, sympy.Rational(3, 5)),),
            conclusions=(
                less(link**2, 1),
                less(link**3, 1),
                equal(determinant(Matrix(sympy.Rational(6, 5) * sympy.eye(size) - links))),
            ),
        ),
        witness=point({link: "3/5"}),
    )


def _cancelling() -> Sharpness:
    """D = [[2, −2], [2, −2]] is nilpotent, and yet the loop at the first model has the gain 2."""
    links = matrix("D", 2, 2)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(links),
            hypotheses=(SchurStable(links),),
            conclusions=(less(links[0, 0], 1),),
        ),
        point=point(entries({links: [[2, -2], [2, -2]]})),
    )
