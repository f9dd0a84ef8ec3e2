"""What a knob does: influence formulas with a coefficient, an index or a factor that is right or wrong."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import Matrix, column, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Condition

_SHARE, _X, _DX, _H, _M, _W, _T = reals("lam x dx h m w t")
_FIELD = _SHARE * (_X - _H) + (1 - _SHARE) * (_X - _W * _X - (1 - _W) * _M)
_LINEARISED = _FIELD.diff(_X) * _DX + _FIELD.diff(_SHARE)
_J, _V, _D = matrix("J", 2, 2), column("v", 2), column("d", 2)
_FOUR = {"J11": 0, "J12": 0, "J21": 0, "J22": 0}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_share(),
        *_more_share(),
        *_strength(),
        *_more_strength(),
        *_two_models(),
        *_transposed(),
        *_true(),
    )


def _share_hypotheses() -> tuple[Condition, ...]:
    """Model = curated mean h with share λ, and own output and real mean in 1 − λ, differentiated in λ."""
    shares = (at_least(_SHARE), less(_SHARE, 1), at_least(_W), less(_W, 1))
    return (equal(_FIELD), equal(_LINEARISED), *shares)


def _share() -> tuple[Planted, ...]:
    given = _share_hypotheses()
    start = {"lam": 0, "w": 0, "h": 1, "m": 0, "x": 0, "dx": 1}
    moved = {"lam": "1/2", "w": 0, "h": 1, "m": 0, "x": "1/2", "dx": 1}
    slope = _FIELD.diff(_X)
    return (
        false(
            "displacement-forgotten",
            "F_x dx/dλ = h − x: turning up λ displaces nothing",
            given=given,
            then=equal(slope * _DX, _H - _X),
            witness=start,
            fails_at=moved,
            why="the right side lacks 1/(1 − λ), for the rest shrinks in proportion",
        ),
        false(
            "displacement-squared",
            "(1 − λ)² F_x dx/dλ = h − x",
            given=given,
            then=equal((1 - _SHARE) ** 2 * slope * _DX, _H - _X),
            witness=start,
            fails_at=moved,
            why="one factor 1 − λ is enough",
        ),
        false(
            "curation-share-moves-less-than-the-gap",
            "|dx/dλ| ≤ |h − x| for 0 ≤ w < 1",
            given=given,
            then=at_least((_H - _X) ** 2, _DX**2),
            witness=start,
            fails_at=moved,
            why="at λ = 1/2 and w = 0 it is twice the gap",
        ),
    )


def _more_share() -> tuple[Planted, ...]:
    given = _share_hypotheses()
    start = {"lam": 0, "w": 0, "h": 1, "m": 0, "x": 0, "dx": 1}
    slope = _FIELD.diff(_X)
    return (
        true(
            "share-formula",
            "(1 − λ) F_x dx/dλ = h − x",
            given=given,
            then=equal((1 - _SHARE) * slope * _DX, _H - _X),
            witness=start,
            why="stationarity gives b − h = (x − h)/(1 − λ) for the mean b of everything else",
        ),
        true(
            "share-moves-towards-the-curated-mean",
            "dx/dλ has the sign of h − x",
            given=given,
            then=at_least(_DX * (_H - _X)),
            witness=start,
            why="F_x = λ + (1 − λ)(1 − w) > 0 in the share formula",
        ),
    )


def _strength() -> tuple[Planted, ...]:
    a, v = reals("a v")
    shares = (positive(a), at_least(1, a), positive(v))
    start = {"a": 1, "v": 1, "t": 1, "m": 0, "x": 0}
    fixed = equal(_X, a * _M + (1 - a) * (_X + _T * v))
    return (
        false(
            "strength-without-feedback",
            "a Gaussian location with real share a and tilt t has x − m = (1 − a)tv",
            given=(fixed, *shares),
            then=equal(_X - _M, (1 - a) * _T * v),
            witness=start,
            fails_at={"a": "1/2", "v": 1, "t": 1, "m": 0, "x": 1},
            why="the loop divides by a: (1 − a)tv/a",
        ),
        false(
            "strength-in-standard-deviations",
            "a tilt by t ≥ 1 moves the mean of a Gaussian of variance v by at least t√v",
            given=(positive(v), at_least(_T, 1), equal(_X, _M + _T * v)),
            then=at_least(_X - _M, _T * sympy.sqrt(v)),
            witness={"v": 1, "t": 1, "m": 0, "x": 1},
            fails_at={"v": "1/4", "t": 1, "m": 0, "x": "1/4"},
            why="it moves by tv, less than t√v for v < 1",
        ),
        true(
            "strength-with-feedback",
            "a Gaussian location with real share a and tilt t has x − m = (1 − a)tv/a",
            given=(fixed, *shares),
            then=equal(_X - _M, (1 - a) * _T * v / a),
            witness=start,
            why="solve x = am + (1 − a)(x + tv)",
        ),
    )


def _more_strength() -> tuple[Planted, ...]:
    a, b = reals("a b")
    return (
        false(
            "no-finite-limit-is-small",
            "a unit push against a real share a > 0 is amplified at most 10⁶ times: (1 − a)/a ≤ 10⁶",
            given=(positive(a), at_least(1, a), equal(b * a, 1 - a)),
            then=at_least(10**6, b),
            witness={"a": 1, "b": 0},
            fails_at={"a": "1/2000001", "b": 2000000},
            why="it exceeds 10⁶ for a < 1/1000001",
            sliver=True,
        ),
    )


def _two_models() -> tuple[Planted, ...]:
    """v = dx/dτ for a knob that pushes model 1 by d₁ and model 2 by d₂."""
    solves = tuple(equal(e) for e in identity_minus(_J) * _V - _D)
    det = determinant(identity_minus(_J))
    start = {**_FOUR, "v1": 1, "v2": 1, "d1": 1, "d2": 1}
    linked = {**_FOUR, "J12": "1/2", "v1": "3/2", "v2": 1, "d1": 1, "d2": 1}
    return (
        false(
            "links-read-backwards",
            "det(I − J) v₁ = (1 − J₂₂)d₁ + J₂₁d₂",
            given=(*solves, unequal(det)),
            then=equal(det * _V[0], (1 - _J[1, 1]) * _D[0] + _J[1, 0] * _D[1]),
            witness=start,
            fails_at=linked,
            why="model 2's push reaches model 1 through J₁₂",
        ),
        false(
            "own-loop-in-the-numerator",
            "det(I − J) v₁ = (1 − J₁₁)d₁ + J₁₂d₂",
            given=(*solves, unequal(det)),
            then=equal(det * _V[0], (1 - _J[0, 0]) * _D[0] + _J[0, 1] * _D[1]),
            witness=start,
            fails_at={**_FOUR, "J11": "1/2", "v1": 2, "v2": 1, "d1": 1, "d2": 1},
            why="the cofactor of (1, 1) is 1 − J₂₂",
        ),
        false(
            "minus-in-the-coupling",
            "v₂(1 − J₂₂) = d₂ − J₂₁v₁",
            given=(*solves, unequal(det)),
            then=equal(_V[1] * (1 - _J[1, 1]), _D[1] - _J[1, 0] * _V[0]),
            witness=start,
            fails_at={**_FOUR, "J21": "1/2", "v1": 1, "v2": "3/2", "d1": 1, "d2": 1},
            why="I − J carries −J₂₁, which comes to the right as +",
        ),
    )


def _transposed() -> tuple[Planted, ...]:
    """Equilibrium means x = Wx + (I − diag(W1))m of two location families."""
    weights, x, m = matrix("W", 2, 2), column("x", 2), column("m", 2)
    start = {"W11": 0, "W12": 0, "W21": 0, "W22": 0, "x1": 0, "x2": 1, "m1": 0, "m2": 1}
    shares = tuple(1 - sum(weights.row(i)) for i in range(2))
    given = (
        *(at_least(entry) for entry in weights),
        *(positive(share) for share in shares),
        *(equal(e) for e in x - weights * x - Matrix([a * b for a, b in zip(shares, m, strict=True)])),
    )
    reads = {**start, "W12": "1/2", "x1": "1/2"}
    return (
        false(
            "transposed-shares",
            "the equilibrium of x = Wx + a∘m also solves x = Wᵀx + a∘m",
            given=given,
            then=equal(x[0] - weights[0, 0] * x[0] - weights[1, 0] * x[1], shares[0] * m[0]),
            witness=start,
            fails_at=reads,
            why="a model that reads another is not read by it",
        ),
        false(
            "total-mean-is-kept",
            "x₁ + x₂ = m₁ + m₂ at the equilibrium",
            given=given,
            then=equal(x[0] + x[1], m[0] + m[1]),
            witness=start,
            fails_at=reads,
            why="it takes column sums too: here 3/2 against 1",
        ),
        true(
            "between-the-real-means",
            "m₁ ≤ m₂ gives m₁ ≤ x₁ ≤ m₂",
            given=(*given, at_least(m[1], m[0])),
            then=(at_least(x[0], m[0]), at_least(m[1], x[0])),
            witness=start,
            why="x₁ is a mean of m₁ and m₂ with weights ≥ 0; attained at m₁ = m₂",
        ),
    )


def _true() -> tuple[Planted, ...]:
    u, v, k, x, y, m, n = reals("u v k x y m n")
    given = (
        at_least(k),
        at_least(u),
        at_least(v),
        equal(x + k * u * (x - y), m),
        equal(y + k * v * (y - x), n),
    )
    start = {"u": 0, "v": 0, "k": 0, "x": 1, "m": 1, "y": 0, "n": 0}
    return (
        true(
            "gap-between-two",
            "x + ku(x − y) = m and y + kv(y − x) = n give (x − y)(1 + k(u + v)) = m − n, symmetric or not",
            given=given,
            then=equal((x - y) * (1 + k * (u + v)), m - n),
            witness=start,
            why="subtract the two equations",
        ),
        false(
            "gap-between-two-one-sided",
            "… give (x − y)(1 + 2ku) = m − n",
            given=given,
            then=equal((x - y) * (1 + 2 * k * u), m - n),
            witness=start,
            fails_at={"u": 1, "v": 0, "k": 1, "x": "1/2", "m": 1, "y": 0, "n": 0},
            why="only when u = v",
        ),
    )
