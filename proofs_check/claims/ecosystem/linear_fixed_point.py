"""ecosystem.linear-fixed-point: where an ecosystem of location families settles.

Statement. With fixed covariances the means obey x' = Wx + b: W_ij is the share of j's output in i's
training set (times the channel's matrix) and b = a∘m + shifts, with real shares a, real means m, and the
shifts of curation and channels. If 1 is no eigenvalue of W, the only equilibrium is x* = (I − W)⁻¹b. Every
start converges to it iff ρ(W) < 1. For shares, W ≥ 0 with row sums 1 − a_i ≤ 1, and there the equilibrium
is unique iff ρ(W) < 1.

Argument. x = Wx + b is (I − W)x = b: a unique solution exists iff det(I − W) ≠ 0. Errors obey x' − x* = W(x
− x*), so x_t − x* = Wᵗ(x_0 − x*), which tends to 0 for every x_0 iff ρ(W) < 1. ρ(W) < 1 makes det(I − W) a
product of 1 − z over |z| < 1: positive. For W ≥ 0 with row sums at most 1, ρ(W) ≤ 1, and ρ(W) is an
eigenvalue (Perron–Frobenius); so ρ(W) = 1 iff 1 is an eigenvalue iff the equilibrium is not unique.

Machine-checked. N = 2, 3, 4: x* solves, and is the only solution (Cramer); the error obeys W. N = 2, 3:
ρ(W) < 1 ⟹ det(I − W) > 0; shares with real data in every row have ρ(W) < 1 (all six stability
inequalities at N = 3). Where real data are missing in some rows, ecosystem.grounded has both directions:
det(I − W) ≠ 0 leaves no closed group without real data, and that gives ρ(W) < 1. Iteration of an exact
example to its limit at the predicted rate. N ≤ 8: sampled exactly.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.networks import affine_and_stable
from proofs_check.encoding.matrices import adjugate, determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_equal, all_nonnegative, equal, positive, unequal
from proofs_check.encoding.sampled_networks import sampled_networks, why_not_unique_iff_stable
from proofs_check.encoding.sharp_influence import needs_no_eigenvalue_one
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)
_STABILITY_SIZES = (2, 3)


def claim() -> Claim:
    """The claim ``ecosystem.linear-fixed-point``."""
    return Claim(
        id="ecosystem.linear-fixed-point",
        title="Location families settle at (I − W)⁻¹(a∘m + shifts)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Means x' = Wx + b, b = a∘m + shifts: if 1 is no eigenvalue of W, the only equilibrium is x* = "
            "(I − W)⁻¹b; every start converges to it "
            "iff ρ(W) < 1. For shares (W ≥ 0, row sums ≤ 1) it is unique iff ρ(W) < 1."
        ),
        latex=r"x^*=(I-W)^{-1}(a\circ m+\text{shifts}),\qquad \text{unique}\iff\rho(W)<1\ \ (W\ge 0)",
        hypotheses=(
            "Location families with fixed covariances: the update of the means is affine.",
            "1 is no eigenvalue of W (existence and uniqueness); ρ(W) < 1 (attraction).",
        ),
        cases=(
            _iterates(),
            _sampled(),
            *(make(n) for n in _SIZES for make in (_solves, _only, _errors)),
            *(make(n) for n in _STABILITY_SIZES for make in (_stable_is_regular, _shares_are_stable)),
        ),
        scope="N = 2, 3, 4 symbolic (stability N = 2, 3); N ≤ 8 sampled",
        sharpness=(_two_equilibria(), needs_no_eigenvalue_one(1, "W")),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether the update map is affine with ρ(W) < 1."""
    return affine_and_stable("ecosystem.linear-fixed-point", analysis)


def _solves(n: int) -> Case:
    weights, constant = matrix("W", n, n), column("b", n)
    field = identity_minus(weights)
    fixed = Matrix(inverse(field) * constant)
    return Case(
        name=f"N = {n}, (I − W)⁻¹b is an equilibrium",
        statement=Statement(
            variables=variables(weights, constant, typical=UNIT),
            hypotheses=(unequal(determinant(field)),),
            conclusions=all_equal(Matrix(weights * fixed + constant), fixed),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n, constant: [[1]] * n})),
    )


def _only(n: int) -> Case:
    """Cramer: det(I − W) x = adj(I − W) b for every x with (I − W)x = b."""
    weights, state = matrix("W", n, n), column("x", n)
    field = identity_minus(weights)
    constant = Matrix(state - weights * state)
    return Case(
        name=f"N = {n}, it is the only one",
        statement=Statement(
            variables=variables(weights, state, typical=UNIT),
            hypotheses=(),
            conclusions=all_equal(Matrix(adjugate(field) * constant), Matrix(determinant(field) * state)),
        ),
    )


def _errors(n: int) -> Case:
    weights, constant = matrix("W", n, n), column("b", n)
    state, fixed = column("x", n), column("y", n)
    return Case(
        name=f"N = {n}, errors are multiplied by W",
        statement=Statement(
            variables=variables(weights, constant, state, fixed),
            hypotheses=all_equal(constant, Matrix(fixed - weights * fixed)),
            conclusions=all_equal(
                Matrix(weights * state + constant - fixed), Matrix(weights * (state - fixed))
            ),
        ),
        witness=point(
            entries(
                {weights: [[f"1/{2 * n}"] * n] * n, constant: [[1]] * n, state: [[0]] * n, fixed: [[2]] * n}
            )
        ),
    )


def _stable_is_regular(n: int) -> Case:
    weights = matrix("W", n, n)
    return Case(
        name=f"N = {n}, ρ(W) < 1 leaves no eigenvalue 1",
        statement=Statement(
            variables=variables(weights),
            hypotheses=(SchurStable(weights),),
            conclusions=(positive(determinant(identity_minus(weights))),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _shares_are_stable(n: int) -> Case:
    weights = matrix("W", n, n)
    rows = tuple(positive(1 - sympy.Add(*weights.row(i))) for i in range(n))
    return Case(
        name=f"N = {n}, shares with real data everywhere have ρ(W) < 1",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(*all_nonnegative(weights), *rows),
            conclusions=(SchurStable(weights),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _iterates() -> Case:
    """W has the eigenvalues 1/2 and −1/5; half real data with means 0 and 1."""
    weights = Matrix([["1/5", "3/10"], ["2/5", "1/10"]]).applyfunc(sympy.Rational)
    real_share = Matrix([1 - sympy.Add(*weights.row(i)) for i in range(2)])
    real_mean = Matrix([0, 1])
    constant = Matrix([s * m for s, m in zip(real_share, real_mean, strict=True)])
    state = column("x", 2)
    return Case(
        name="iteration from zero, N = 2",
        statement=LimitStatement(
            variables=tuple(state),
            step=tuple(weights * state + constant),
            start=(sympy.Integer(0), sympy.Integer(0)),
            limit=tuple(inverse(identity_minus(weights)) * constant),
            rate=sympy.Rational(1, 2),
        ),
    )


def _sampled() -> Case:
    return Case(
        name="N ≤ 8, unique iff ρ(W) < 1, sampled",
        statement=Experiment(
            name="networks of shares, N = 1…8",
            strategy=sampled_networks,
            predicate=why_not_unique_iff_stable,
        ),
    )


def _two_equilibria() -> Sharpness:
    """x' = x² + 3/16 has the equilibria ¼ and ¾, and 1 is no eigenvalue at either."""
    first, second, constant = reals("x y c")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(first, second, constant),
            hypotheses=(
                equal(first, first**2 + constant),
                equal(second, second**2 + constant),
                unequal(2 * first, 1),
                unequal(2 * second, 1),
            ),
            conclusions=(equal(first, second),),
        ),
        point=point({first: "1/4", second: "3/4", constant: "3/16"}),
    )
