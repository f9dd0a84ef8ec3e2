"""ecosystem.diversity: what models read of each other shrinks their spread by at least the spectral gap.

Statement. W symmetric, W ≥ 0, rows summing to 1, and x = (I + λ(I − W))⁻¹m with λ ≥ 0. With D(x) = (1/N)Σ|x_i
− x̄|² and μ_2 the second smallest eigenvalue of I − W, D(x) ≤ D(m)/(1 + λμ_2)². For λ > 0 equality holds iff m
− m̄ lies in the eigenspace of μ_2. [WZZ26b]; at λ = 0 equality holds for every m, which the condition on m
leaves out.

Argument. Take means off: L = I − W has L1 = 0 and is symmetric, so x̄ = m̄ and (I + λL)(x − x̄) = m − m̄. On
vectors of sum 0 the eigenvalues of L are ≥ μ_2 ≥ 0, and each component of m − m̄ is divided by 1 + λμ_k ≥ 1 +
λμ_2; components with μ_k > μ_2 strictly more, if λ > 0.

Where W is not symmetric the bound can fail: W = [[0,0,1],[0,1,0],[0,1,0]], λ = 1, m = (1,0,1): D(m) = 2/9,
the eigenvalues of I − W are 0, 1, 1, and D(x) = 7/72 > D(m)/4.

Machine-checked. N = 2: equality, always. N = 3, one coordinate (coordinates add up): x̄ = m̄, and with the
other eigenvalue μ_3 and y = x − x̄,

    (μ_3 − μ_2)(|m − m̄|² − (1 + λμ_2)²|y|²) = (2λ + λ²(μ_2 + μ_3)) |(L − μ_2)y|²,

hence the bound where μ_2 < μ_3, strict unless Ly = μ_2 y. Complete graph on three: equality. The
counterexample.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.affine_networks import symmetric_sharing
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Relation, Statement
from theory.analysis import Analysis

_STRENGTH = real("lam")
_GAP, _LARGE = reals("mu2 mu3")
_LINKS = reals("w12 w13 w23")


def claim() -> Claim:
    """The claim ``ecosystem.diversity``."""
    return Claim(
        id="ecosystem.diversity",
        title="Reading each other divides the spread of models by (1 + λμ₂)² at least",
        provenance=Provenance.STATED,
        source="WZZ26b",
        statement=(
            "x = (I + λ(I − W))⁻¹m, W symmetric with rows summing to 1: D(x) ≤ D(m)/(1 + λμ₂)²; for λ > 0 "
            "equality iff m − m̄ lies in the eigenspace of μ₂."
        ),
        latex=r"D(x)\le\frac{D(m)}{(1+\lambda\mu_2)^2}",
        hypotheses=(
            "W ≥ 0 is symmetric with rows summing to 1.",
            "All models have the same λ ≥ 0 and zero residuals.",
        ),
        cases=(_pair(), _means(), _defect(), _bound(), _complete(), _not_symmetric()),
        scope="N = 2, 3 symbolic; every N by the argument",
        sharpness=(_one_way(), _repelled()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether location models share their raw output symmetrically, with real data in equal measure."""
    return symmetric_sharing("ecosystem.diversity", analysis)


def _laplacian() -> Matrix:
    """I − W for three models: W_ii = 1 − Σ_{j≠i} W_ij."""
    a, b, c = _LINKS
    return Matrix([[a + b, -a, -b], [-a, a + c, -c], [-b, -c, b + c]])


def _deviations(values: Matrix) -> sympy.Expr:
    """Σ (x_i − x̄)² = N · D(x)."""
    mean = sympy.Add(*values) / len(values)
    return sympy.Add(*((x - mean) ** 2 for x in values))


def _pair() -> Case:
    """N = 2: μ_2 = 2w and D(x)(1 + 2λw)² = D(m)."""
    link, state = real("w"), column("x", 2)
    laplacian = Matrix([[link, -link], [-link, link]])
    means = Matrix(state + _STRENGTH * laplacian * state)
    return Case(
        name="N = 2, equality",
        statement=Statement(
            variables=variables(link, _STRENGTH, state),
            hypotheses=(),
            conclusions=(
                equal(determinant(Matrix(2 * link * sympy.eye(2) - laplacian))),
                equal((1 + 2 * _STRENGTH * link) ** 2 * _deviations(state), _deviations(means)),
            ),
        ),
    )


def _means() -> Case:
    state = column("x", 3)
    means = Matrix(state + _STRENGTH * _laplacian() * state)
    return Case(
        name="N = 3, the mean stays",
        statement=Statement(
            variables=variables(*_LINKS, _STRENGTH, state),
            hypotheses=(),
            conclusions=(equal(sympy.Add(*means), sympy.Add(*state)),),
        ),
    )


def _spectrum() -> tuple[Relation, ...]:
    """μ_2 and μ_3 are the eigenvalues of I − W on vectors of sum 0."""
    a, b, c = _LINKS
    return equal(_LARGE, 2 * (a + b + c) - _GAP), equal(_GAP * _LARGE, 3 * (a * b + a * c + b * c))


def _centred() -> tuple[Matrix, sympy.Expr, Matrix]:
    """y with sum 0, |m − m̄|² for m − m̄ = (I + λL)y, and (L − μ_2)y."""
    first, second = reals("y1 y2")
    y = Matrix([first, second, -first - second])
    laplacian = _laplacian()
    means = Matrix(y + _STRENGTH * laplacian * y)
    return y, means.dot(means), Matrix(laplacian * y - _GAP * y)


def _defect() -> Case:
    y, spread, rest = _centred()
    left = (_LARGE - _GAP) * (spread - (1 + _STRENGTH * _GAP) ** 2 * y.dot(y))
    right = (2 * _STRENGTH + _STRENGTH**2 * (_GAP + _LARGE)) * rest.dot(rest)
    return Case(
        name="N = 3, what the bound leaves",
        statement=Statement(
            variables=variables(*_LINKS, _STRENGTH, _GAP, _LARGE, *y[:2]),
            hypotheses=_spectrum(),
            conclusions=(equal(left, right),),
        ),
        witness=_at(y, strength="1"),
    )


def _bound() -> Case:
    """From the identity: u = |m − m̄|² − (1 + λμ_2)²|y|² ≥ 0, and > 0 unless (L − μ_2)y = 0."""
    left, rest = reals("u q")
    return Case(
        name="the bound from what it leaves",
        statement=Statement(
            variables=variables(left, rest, _STRENGTH, _GAP, _LARGE),
            hypotheses=(
                at_least(_GAP),
                less(_GAP, _LARGE),
                positive(_STRENGTH),
                positive(rest),
                equal((_LARGE - _GAP) * left, (2 * _STRENGTH + _STRENGTH**2 * (_GAP + _LARGE)) * rest),
            ),
            conclusions=(positive(left),),
        ),
        witness=point({left: 5, rest: 1, _STRENGTH: 1, _GAP: 1, _LARGE: 2}),
    )


def _complete() -> Case:
    """All links w: μ_2 = μ_3 = 3w, equality for every m."""
    link = real("w")
    y, spread, _ = _centred()
    same = dict.fromkeys(_LINKS, link)
    return Case(
        name="N = 3, complete graph",
        statement=Statement(
            variables=variables(link, _STRENGTH, *y[:2]),
            hypotheses=(),
            conclusions=(equal(spread.xreplace(same), (1 + 3 * _STRENGTH * link) ** 2 * y.dot(y)),),
        ),
    )


def _not_symmetric() -> Case:
    """λ = 1, W = [[0,0,1],[0,1,0],[0,1,0]]: I + L = 2I − W, (2I − W)x = m."""
    weights = Matrix([[0, 0, 1], [0, 1, 0], [0, 1, 0]])
    means, state, z = Matrix([1, 0, 1]), column("x", 3), real("z")
    laplacian = identity_minus(weights)
    solved = Matrix(state + laplacian * state)
    return Case(
        name="fails when W is not symmetric",
        statement=Statement(
            variables=variables(state, z),
            hypotheses=tuple(equal(x, m) for x, m in zip(solved, means, strict=True)),
            conclusions=(
                equal(determinant(Matrix(z * sympy.eye(3) - laplacian)), z * (z - 1) ** 2),
                equal(_deviations(state) / 3, sympy.Rational(7, 72)),
                less(_deviations(means) / 3 / 4, _deviations(state) / 3),
            ),
        ),
        witness=point(entries({state: [["3/4"], [0], ["1/2"]]}) | {z: 0}),
    )


def _at(y: Matrix, *, strength: str) -> tuple[tuple[str, sympy.Expr], ...]:
    """Links 1/3, 0, 1/3 (a path): μ_2 = 1/3, μ_3 = 1."""
    links = dict(zip(_LINKS, ("1/3", 0, "1/3"), strict=True))
    return point(links | {_STRENGTH: strength, _GAP: "1/3", _LARGE: 1, y[0]: 1, y[1]: 0})


def _one_way() -> Sharpness:
    """W = [[0,0,1],[0,1,0],[0,1,0]], the eigenvalues of I − W are 0, 1, 1; λ = 1."""
    weights, state = matrix("W", 3, 3), column("x", 3)
    laplacian = identity_minus(weights)
    minors = (Matrix(laplacian.minor_submatrix(k, k)) for k in range(3))
    means = Matrix(state + _STRENGTH * laplacian * state)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(weights, state, _STRENGTH, _GAP, _LARGE),
            hypotheses=(
                *all_nonnegative(weights),
                *(equal(sympy.Add(*weights.row(k)), 1) for k in range(3)),
                at_least(_STRENGTH),
                at_least(_LARGE, _GAP),
                equal(_GAP + _LARGE, laplacian.trace()),
                equal(_GAP * _LARGE, sympy.Add(*map(determinant, minors))),
            ),
            conclusions=(at_least(_deviations(means), (1 + _STRENGTH * _GAP) ** 2 * _deviations(state)),),
        ),
        point=point(
            entries({weights: [[0, 0, 1], [0, 1, 0], [0, 1, 0]], state: [["3/4"], [0], ["1/2"]]})
            | {_STRENGTH: 1, _GAP: 1, _LARGE: 1}
        ),
    )


def _repelled() -> Sharpness:
    """λ = −½, μ_2 = 0, μ_3 = 1: models that avoid each other."""
    left, rest = reals("u q")
    at = point({left: "-3/4", rest: 1, _STRENGTH: "-1/2", _GAP: 0, _LARGE: 1})
    return dropping(_bound(), positive(_STRENGTH), hypothesis=1, point=at)
