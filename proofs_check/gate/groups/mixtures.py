"""Mixtures: variances, covariances and the classical inequalities between weighted moments."""

from __future__ import annotations

import sympy

from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import column, reals
from proofs_check.gate.planted import Planted, false, true

_P, _M, _N, _V, _W = reals("p m n v w")
_MEAN = _P * _M + (1 - _P) * _N
_MIXED = _P * (_V + _M**2) + (1 - _P) * (_W + _N**2) - _MEAN**2
_ROOT_OF_MEAN = sympy.sqrt(_P * _V + (1 - _P) * _W)
_MEAN_OF_ROOTS = _P * sympy.sqrt(_V) + (1 - _P) * sympy.sqrt(_W)
_TWO = (at_least(_P), at_least(1, _P), at_least(_V), at_least(_W))
_EQUAL = {"p": "1/2", "m": 0, "n": 0, "v": 1, "w": 1}
_APART = {"p": "1/2", "m": 2, "n": 0, "v": 1, "w": 1}
_Q, _X, _Y = column("q", 3), column("x", 3), column("y", 3)
_LAW = (*(at_least(q) for q in _Q), equal(sum(_Q), 1))
_CONSTANT = {"q1": "1/3", "q2": "1/3", "q3": "1/3", "x1": 1, "x2": 1, "x3": 1}
_EXTREME = {"q1": "1/2", "q2": 0, "q3": "1/2", "x1": 0, "x2": "1/2", "x3": 1}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_two_parts(),
        *_two_parts_true(),
        *_covariances(),
        *_more_covariances(),
        *_popoviciu(),
        *_kantorovich(),
        *_cauchy(),
    )


def _mean(*factors: sympy.Matrix) -> sympy.Expr:
    """E of a product of random variables on three atoms."""
    return sympy.Add(*(_Q[k] * sympy.Mul(*(f[k] for f in factors)) for k in range(3)))


def _two_parts() -> tuple[Planted, ...]:
    between = _P * (1 - _P) * (_M - _N) ** 2
    within = _P * _V + (1 - _P) * _W
    return (
        false(
            "between-part-subtracted",
            "the variance of a mixture is pv + (1 − p)w − p(1 − p)(m − n)²",
            given=_TWO,
            then=equal(_MIXED, within - between),
            witness=_EQUAL,
            fails_at=_APART,
            why="different means add variance",
        ),
        false(
            "between-part-squared-share",
            "the variance of a mixture is pv + (1 − p)w + p²(m − n)²",
            given=_TWO,
            then=equal(_MIXED, within + _P**2 * (_M - _N) ** 2),
            witness=_EQUAL,
            fails_at={**_APART, "p": "1/4"},
            why="p(1 − p) and p² agree only at p = 0 and p = 1/2",
        ),
        false(
            "below-the-larger-part",
            "v ≤ w keeps the variance of the mixture at most w",
            given=(*_TWO, at_least(_W, _V)),
            then=at_least(_W, _MIXED),
            witness=_EQUAL,
            fails_at=_APART,
            why="equal parts with means 0 and 2 have variance 2",
        ),
        false(
            "standard-deviations-average",
            "equal means: the mixture's standard deviation is at most p√v + (1 − p)√w",
            given=_TWO,
            then=at_least(_MEAN_OF_ROOTS, _ROOT_OF_MEAN),
            witness={"p": "1/2", "v": 1, "w": 1},
            fails_at={"p": "1/2", "v": 4, "w": 0},
            why="the root is concave: √2 against 1",
        ),
    )


def _two_parts_true() -> tuple[Planted, ...]:
    return (
        true(
            "law-of-total-variance",
            "the variance of a mixture is pv + (1 − p)w + p(1 − p)(m − n)²",
            given=_TWO,
            then=equal(_MIXED, _P * _V + (1 - _P) * _W + _P * (1 - _P) * (_M - _N) ** 2),
            witness=_EQUAL,
            why="second moments average, and the squared mean is taken off",
        ),
        true(
            "above-the-smaller-part",
            "v ≤ w keeps the variance of the mixture at least v",
            given=(*_TWO, at_least(_W, _V)),
            then=at_least(_MIXED, _V),
            witness=_EQUAL,
            why="the mean variance is at least v, and the means only add; attained at v = w, m = n",
        ),
        true(
            "square-of-the-mean-deviation",
            "equal means: √(pv + (1 − p)w) ≥ p√v + (1 − p)√w",
            given=_TWO,
            then=at_least(_ROOT_OF_MEAN, _MEAN_OF_ROOTS),
            witness={"p": "1/2", "v": 1, "w": 1},
            why="the root is concave; attained at v = w",
        ),
        false(
            "between-part-a-little-more",
            "parts of variance at least 1 and means in [0, 1] mix to at least 1 + (101/100)p(1 − p)(m − n)²",
            given=(
                at_least(_P), at_least(1, _P), at_least(_V, 1), at_least(_W, 1),
                at_least(_M), at_least(1, _M), at_least(_N), at_least(1, _N),
            ),
            then=at_least(_MIXED, 1 + sympy.Rational(101, 100) * _P * (1 - _P) * (_M - _N) ** 2),
            witness=_EQUAL,
            fails_at={**_APART, "m": 1},
            why="at v = w = 1 only p(1 − p)(m − n)² is added: v, w must be below 1 + 1/400",
            sliver=True,
        ),
    )  # fmt: skip


def _covariances() -> tuple[Planted, ...]:
    ordered = (at_least(_X[1], _X[0]), at_least(_X[2], _X[1]), at_least(_Y[1], _Y[0]), at_least(_Y[2], _Y[1]))
    covariance = _mean(_X, _Y) - _mean(_X) * _mean(_Y)
    flat = {**_CONSTANT, "y1": 1, "y2": 1, "y3": 1}
    spread = {**flat, "x1": 0, "y1": 0}
    return (
        false(
            "chebyshev-strict",
            "comonotone x and y have Cov(x, y) > 0",
            given=(*_LAW, *ordered),
            then=positive(covariance),
            witness=spread,
            fails_at=flat,
            why="constants have covariance 0, and so has a law on one atom",
            sliver=True,
        ),
        false(
            "chebyshev-with-a-percent",
            "comonotone x, y ≥ 0 have E[xy] ≥ (101/100) E[x]E[y]",
            given=(*_LAW, *ordered, at_least(_X[0]), at_least(_Y[0])),
            then=at_least(_mean(_X, _Y), sympy.Rational(101, 100) * _mean(_X) * _mean(_Y)),
            witness={**flat, "x1": 0, "x2": 0, "y1": 0, "y2": 0},
            fails_at=flat,
            why="near-constants have E[xy] ≈ E[x]E[y]",
        ),
        false(
            "one-order-is-enough",
            "x increasing and y₁ ≤ y₃ gives Cov(x, y) ≥ 0",
            given=(*_LAW, *ordered[:2], at_least(_Y[2], _Y[0])),
            then=at_least(covariance),
            witness=spread,
            fails_at={**_CONSTANT, "x1": 0, "x2": 0, "x3": 1, "y1": 0, "y2": 1, "y3": 0},
            why="y peaks on the middle atom, where x is as low as on the first",
        ),
    )


def _more_covariances() -> tuple[Planted, ...]:
    ordered = (at_least(_X[1], _X[0]), at_least(_X[2], _X[1]), at_least(_Y[1], _Y[0]), at_least(_Y[2], _Y[1]))
    covariance = _mean(_X, _Y) - _mean(_X) * _mean(_Y)
    flat = {**_CONSTANT, "y1": 1, "y2": 1, "y3": 1}
    return (
        true(
            "opposed-orders",
            "x increasing and y decreasing gives E[xy] ≤ E[x]E[y]",
            given=(*_LAW, *ordered[:2], at_least(_Y[0], _Y[1]), at_least(_Y[1], _Y[2])),
            then=at_least(0, covariance),
            witness=flat,
            why="the covariance is Σ over pairs q_i q_j (x_i − x_j)(y_i − y_j), each term ≤ 0",
        ),
    )


def _popoviciu() -> tuple[Planted, ...]:
    variance = _mean(_X, _X) - _mean(_X) ** 2
    box = (*_LAW, *(at_least(x) for x in _X), *(at_least(1, x) for x in _X))
    quarter, tiny = sympy.Rational(1, 4), sympy.Rational(1, 10**4)
    return (
        true(
            "popoviciu",
            "rewards in [0, 1] have variance at most 1/4",
            given=box,
            then=at_least(quarter, variance),
            witness=_CONSTANT,
            why="Var ≤ E[x] − E[x]² ≤ 1/4; attained by a fair coin on the ends",
        ),
        true(
            "bhatia-davis",
            "rewards in [0, 1] have variance at most E[x]·(1 − E[x])",
            given=box,
            then=at_least(_mean(_X) * (1 - _mean(_X)), variance),
            witness=_CONSTANT,
            why="E[x²] ≤ E[x]",
        ),
        false(
            "popoviciu-a-little-smaller",
            "rewards in [0, 1] have variance at most 1/4 − 10⁻⁴",
            given=box,
            then=at_least(quarter - tiny, variance),
            witness=_CONSTANT,
            fails_at=_EXTREME,
            why="a fair coin on the ends, with at most 4 · 10⁻⁴ on the third atom if that is in the middle",
            sliver=True,
        ),
        false(
            "third-of-the-mean",
            "rewards in [0, 1] have variance at most E[x]/2",
            given=box,
            then=at_least(_mean(_X) / 2, variance),
            witness=_CONSTANT,
            fails_at={**_EXTREME, "q1": "3/4", "q3": "1/4"},
            why="a rare reward of 1 has variance near its mean: 3/16 against 1/8",
        ),
    )


def _kantorovich() -> tuple[Planted, ...]:
    inverse = _mean(_X.applyfunc(lambda entry: 1 / entry))
    box = (*_LAW, *(at_least(x, 1) for x in _X), *(at_least(2, x) for x in _X))
    nine_eighths = sympy.Rational(9, 8)
    return (
        true(
            "kantorovich",
            "a law on [1, 2] has E[x]E[1/x] ≤ 9/8",
            given=box,
            then=at_least(nine_eighths, _mean(_X) * inverse),
            witness=_CONSTANT,
            why="1/x ≤ (3 − x)/2, and E(3 − E)/2 ≤ 9/8; attained by a fair coin on the ends",
        ),
        false(
            "kantorovich-a-little-smaller",
            "a law on [1, 2] has E[x]E[1/x] ≤ 9/8 − 10⁻⁴",
            given=box,
            then=at_least(nine_eighths - sympy.Rational(1, 10**4), _mean(_X) * inverse),
            witness=_CONSTANT,
            fails_at={**_EXTREME, "x1": 1, "x2": 1, "x3": 2},
            why="a fair coin on 1 and 2",
            sliver=True,
        ),
        false(
            "harmonic-below-arithmetic-strictly",
            "a law on [1, 2] has E[x]E[1/x] > 1",
            given=box,
            then=positive(_mean(_X) * inverse - 1),
            witness={**_EXTREME, "x1": 1, "x2": 1, "x3": 2},
            fails_at=_CONSTANT,
            why="it is 1 for constants",
            sliver=True,
        ),
    )


def _cauchy() -> tuple[Planted, ...]:
    flat = {**_CONSTANT, "y1": 1, "y2": 1, "y3": 1}
    apart = {**_CONSTANT, "x2": 0, "x3": 0, "y1": 0, "y2": 1, "y3": 1}
    product = _mean(_X, _X) * _mean(_Y, _Y)
    return (
        true(
            "cauchy-schwarz",
            "E[xy]² ≤ E[x²]E[y²] on three atoms",
            given=_LAW,
            then=at_least(product, _mean(_X, _Y) ** 2),
            witness=flat,
            why="Lagrange's identity: the difference is Σ over pairs q_i q_j (x_i y_j − x_j y_i)²",
        ),
        false(
            "cauchy-schwarz-with-a-percent",
            "E[xy]² ≤ (99/100) E[x²]E[y²] on three atoms",
            given=_LAW,
            then=at_least(sympy.Rational(99, 100) * product, _mean(_X, _Y) ** 2),
            witness=apart,
            fails_at=flat,
            why="equality when x and y are proportional",
        ),
        false(
            "cauchy-schwarz-strict-off-proportion",
            "E[xy]² < E[x²]E[y²] on three atoms when x₁y₂ ≠ x₂y₁",
            given=(*_LAW, positive((_X[0] * _Y[1] - _X[1] * _Y[0]) ** 2)),
            then=less(_mean(_X, _Y) ** 2, product),
            witness=apart,
            fails_at={**apart, "q1": 0, "q2": "1/2", "q3": "1/2"},
            why="atom 1 or 2 may carry no mass",
            sliver=True,
        ),
    )
