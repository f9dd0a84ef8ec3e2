"""ecosystem.contraction: an ecosystem whose bounded couplings have ρ(M) < 1 settles, in any order of updates.

Statement. Model i's update satisfies |G_i(x) − G_i(y)| ≤ Σ_j M_ij |x_j − y_j| with M ≥ 0. If ρ(M) < 1 there
is one equilibrium; for every r in (ρ(M), 1) errors shrink by r a round in a weighted maximum norm, whether
all models are refitted at once or one after the other, in any order that visits each. For losses that are
γ_i-strongly convex, with gradients β_i-Lipschitz in the sample and data ε_ij-sensitive in W₁, M_ij =
(β_i/γ_i)ε_ij (outlined in [WZZ26]; these constants are derived here). For scalar states and quadratic
losses with couplings ≥ 0 the bound is exact. It is not necessary otherwise: J = [[1/2, −1/2], [1/2, 1/2]]
has ρ(J) = 1/√2, while M = |J| has ρ(M) = 1.

Argument. Strong convexity at the refitted state x_i' = argmin E_{D_i(x)}ℓ_i, and its equation against that
of y_i', give γ_i|x_i' − y_i'| ≤ |E_{D_i(x)}∇ℓ_i − E_{D_i(y)}∇ℓ_i|
≤ β_i W₁(D_i(x), D_i(y)) ≤ β_i Σ ε_ij |x_j − y_j|.
For r > ρ(M), v = (rI − M)⁻¹1 > 0 has Mv < rv. If |x_j − y_j| ≤ c v_j for all j, then one update of
model i leaves it within Σ M_ij c v_j ≤ r c v_i, and the others where they were, within c v_j: after a
synchronous round, or when each model has been visited, all are within r c v. Banach: one equilibrium, linear
rate.

Machine-checked. N = 2, 3, scalar states: the step with weights v, for each model; that visits keep the bound
of the others; |J| ≤ M and ρ(M) < 1 make ρ(J) < 1, with no weights given. N = 2, 3, 4: rows of M below 1,
where v = 1 serves. Affine updates with couplings ≥ 0: the bound is attained. The counterexample to
necessity. A scalar quadratic loss: the state moves by β/γ times the mean of its data.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.contractions import affine_scalar_contraction
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive
from proofs_check.encoding.sharp_influence import needs_no_eigenvalue_one
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import SchurStable, Statement
from theory.analysis import Analysis

_SIZES = (2, 3)


def claim() -> Claim:
    """The claim ``ecosystem.contraction``."""
    return Claim(
        id="ecosystem.contraction",
        title="Bounded couplings with ρ(M) < 1 settle at one equilibrium, in any order of updates",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "|Gᵢ(x) − Gᵢ(y)| ≤ Σⱼ Mᵢⱼ|xⱼ − yⱼ|, ρ(M) < 1: one equilibrium, linear rate r for every r > ρ(M), "
            "in any order of updates that visits each model; Mᵢⱼ = (βᵢ/γᵢ)εᵢⱼ for strongly convex losses."
        ),
        latex=r"M_{ij}=\frac{\beta_i}{\gamma_i}\varepsilon_{ij},\quad\rho(M)<1\;\Rightarrow\;x_t\to x^*",
        hypotheses=(
            "γᵢ-strongly convex losses, gradients βᵢ-Lipschitz in the sample, εᵢⱼ-sensitive data.",
            "ρ(M) < 1 for Mᵢⱼ = (βᵢ/γᵢ)εᵢⱼ.",
        ),
        cases=(
            *(_step(n) for n in _SIZES),
            *(_rows(n) for n in (*_SIZES, 4)),
            *(_bounded(n) for n in _SIZES),
            _attained(),
            _refit(),
            _not_necessary(),
        ),
        scope="scalar states, N = 2, 3, the step from weights v with Mv ≤ rv; every N by the argument",
        sharpness=(_needs_convexity(), needs_no_eigenvalue_one(1, "M")),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether ρ(|J|) < 1 in an ecosystem of scalar states with affine updates, where M = |J| is exact."""
    return affine_scalar_contraction("ecosystem.contraction", analysis)


def _step(n: int) -> Case:
    """|e_j| ≤ s v_j and Σ M_1j v_j ≤ r v_1 give Σ M_1j |e_j| ≤ r s v_1."""
    row, weight, error = column("M", n), column("v", n), column("e", n)
    radius, size = reals("r s")
    return Case(
        name=f"N = {n}, one update",
        statement=Statement(
            variables=variables(row, weight, error, radius, size, typical=UNIT),
            hypotheses=(
                *all_nonnegative(row),
                at_least(size),
                at_least(radius * weight[0], row.dot(weight)),
                *(at_least(size * v, e) for v, e in zip(weight, error, strict=True)),
            ),
            conclusions=(at_least(radius * size * weight[0], row.dot(error)),),
        ),
        witness=point(
            entries({row: [[f"1/{2 * n}"]] * n, weight: [[1]] * n, error: [["1/2"]] * n})
            | {radius: "1/2", size: 1}
        ),
    )


def _rows(n: int) -> Case:
    """Rows of M below 1: v = 1 serves, and ρ(M) < 1."""
    couplings = matrix("M", n, n)
    return Case(
        name=f"N = {n}, rows below 1",
        statement=Statement(
            variables=variables(couplings, typical=UNIT),
            hypotheses=(
                *all_nonnegative(couplings),
                *(less(sympy.Add(*couplings.row(i)), 1) for i in range(n)),
            ),
            conclusions=(SchurStable(couplings), positive(determinant(identity_minus(couplings)))),
        ),
        witness=point(entries({couplings: [["1/8"] * n] * n})),
    )


def _bounded(n: int) -> Case:
    """|J| ≤ M and ρ(M) < 1: the linearised ecosystem is stable, with no weights given."""
    jacobian, couplings = matrix("J", n, n), matrix("M", n, n)
    pairs = tuple(zip(jacobian, couplings, strict=True))
    return Case(
        name=f"N = {n}, |J| ≤ M",
        statement=Statement(
            variables=variables(jacobian, couplings, typical=UNIT),
            hypotheses=(
                *all_nonnegative(couplings),
                *(at_least(bound, entry) for entry, bound in pairs),
                *(at_least(entry, -bound) for entry, bound in pairs),
                SchurStable(couplings),
            ),
            conclusions=(SchurStable(jacobian),),
        ),
        witness=point(entries({jacobian: [["-1/16"] * n] * n, couplings: [["1/8"] * n] * n})),
    )


def _attained() -> Case:
    """x' = Mx + b: the differences of two states obey M itself."""
    couplings, constant = matrix("M", 2, 2), column("b", 2)
    first, second = column("x", 2), column("y", 2)
    step = [Matrix(couplings * state + constant) for state in (first, second)]
    return Case(
        name="attained by affine updates with couplings ≥ 0",
        statement=Statement(
            variables=variables(couplings, constant, first, second),
            hypotheses=(),
            conclusions=tuple(
                equal(a, b)
                for a, b in zip(step[0] - step[1], Matrix(couplings * (first - second)), strict=True)
            ),
        ),
    )


def _refit() -> Case:
    """Loss γx²/2 − βzx: the refitted state is β/γ times the mean of the data, E∇ℓ = γx − β E z = 0."""
    convexity, slope, first, second = reals("gamma beta z1 z2")
    x, y = reals("x y")
    return Case(
        name="quadratic loss, M = β/γ times the move of the data",
        statement=Statement(
            variables=variables(convexity, slope, first, second, x, y),
            hypotheses=(
                positive(convexity),
                equal(convexity * x, slope * first),
                equal(convexity * y, slope * second),
            ),
            conclusions=(equal(x - y, slope / convexity * (first - second)),),
        ),
        witness=point({convexity: 2, slope: 1, first: 2, second: 4, x: 1, y: 2}),
    )


def _not_necessary() -> Case:
    """J = [[c, −c], [c, c]] at c = 1/2: stable, while det(I − |J|) = 0."""
    size = real("c")
    jacobian, absolute = Matrix([[size, -size], [size, size]]), Matrix([[size, size], [size, size]])
    return Case(
        name="not necessary with a negative coupling",
        statement=Statement(
            variables=variables(size),
            hypotheses=(equal(size, sympy.Rational(1, 2)),),
            conclusions=(SchurStable(jacobian), equal(determinant(identity_minus(absolute)))),
        ),
        witness=point({size: "1/2"}),
    )


def _needs_convexity() -> Sharpness:
    """Loss hx²/2 − βzx with h = 1/2 where γ = 1 was promised: the state moves by 2, more than β/γ = 1."""
    convexity, curvature, slope, first, second, x, y = symbols = reals("gamma h beta z1 z2 x y")
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(*symbols),
            hypotheses=(
                positive(convexity),
                positive(curvature),
                positive(slope),
                at_least(first, second),
                equal(curvature * x, slope * first),
                equal(curvature * y, slope * second),
            ),
            conclusions=(at_least(slope / convexity * (first - second), x - y),),
        ),
        point=point(dict(zip(symbols, (1, "1/2", 1, 1, 0, 2, 0), strict=True))),
    )
