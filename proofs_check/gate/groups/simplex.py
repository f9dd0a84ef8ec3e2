"""Inequalities over shares on a simplex and over loop gains, tight at one interior point."""

from __future__ import annotations

import sympy

from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import column, reals
from proofs_check.gate.planted import Planted, false, true

_P, _Q, _R = reals("p q r")
_X, _Y, _Z = reals("x y z")
_SHARES = (at_least(_P), at_least(_Q), at_least(_R), equal(_P + _Q + _R, 1))
_THIRD = {"p": "1/3", "q": "1/3", "r": "1/3"}
_CORNER = {"p": 1, "q": 0, "r": 0}
_PAIRS = _P * _Q + _Q * _R + _R * _P


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_true(), *_points(), *_slivers(), *_more_slivers(), *_false(), *_gains(), *_circle())


def _true() -> tuple[Planted, ...]:
    return (
        true(
            "product-of-three-shares",
            "three shares have a product of at most 1/27",
            given=_SHARES,
            then=at_least(sympy.Rational(1, 27), _P * _Q * _R),
            witness=_CORNER,
            why="arithmetic and geometric mean; attained at equal shares",
        ),
        true(
            "schur",
            "Σp³ + 6pqr ≥ 1/4 for three shares",
            given=_SHARES,
            then=at_least(_P**3 + _Q**3 + _R**3 + 6 * _P * _Q * _R, sympy.Rational(1, 4)),
            witness=_CORNER,
            why="Schur's inequality of degree 3; attained at (1/2, 1/2, 0)",
        ),
        true(
            "mean-fields-of-three",
            "pq + qr + rp − 2pqr ≤ 7/27 for three shares",
            given=_SHARES,
            then=at_least(sympy.Rational(7, 27), _PAIRS - 2 * _P * _Q * _R),
            witness=_CORNER,
            why="a classical bound, attained at equal shares",
        ),
        true(
            "effective-number",
            "at most half of the mass on each of three atoms gives Σp² ≤ 1/2",
            given=(*_SHARES, *(at_least(sympy.Rational(1, 2), s) for s in (_P, _Q, _R))),
            then=at_least(sympy.Rational(1, 2), _P**2 + _Q**2 + _R**2),
            witness=_THIRD,
            why="p² ≤ p/2; attained at (1/2, 1/2, 0)",
        ),
    )


def _points() -> tuple[Planted, ...]:
    return (
        false(
            "product-strictly-below",
            "three shares have a product below 1/27",
            given=_SHARES,
            then=less(_P * _Q * _R, sympy.Rational(1, 27)),
            witness=_CORNER,
            fails_at=_THIRD,
            why="equal shares, and they alone",
            sliver=True,
        ),
        false(
            "concentration-above-a-third",
            "three shares have Σp² > 1/3",
            given=_SHARES,
            then=positive(_P**2 + _Q**2 + _R**2 - sympy.Rational(1, 3)),
            witness=_CORNER,
            fails_at=_THIRD,
            why="equal shares, and they alone",
            sliver=True,
        ),
        false(
            "off-centre-equality",
            "three shares have 4p² + 9q² + 36r² > 36/14",
            given=_SHARES,
            then=positive(4 * _P**2 + 9 * _Q**2 + 36 * _R**2 - sympy.Rational(36, 14)),
            witness=_CORNER,
            fails_at={"p": "9/14", "q": "4/14", "r": "1/14"},
            why="(9, 4, 1)/14, and it alone",
            sliver=True,
        ),
    )


def _slivers() -> tuple[Planted, ...]:
    tiny = sympy.Rational(1, 10**8)
    return (
        false(
            "product-a-little-smaller",
            "three shares have a product of at most 1/27 − 10⁻⁸",
            given=_SHARES,
            then=at_least(sympy.Rational(1, 27) - tiny, _P * _Q * _R),
            witness=_CORNER,
            fails_at=_THIRD,
            why="within about 2 · 10⁻⁴ of equal shares, in the interior",
            sliver=True,
        ),
        false(
            "irrational-minimum",
            "p³ − 6p ≥ −5.6568542 for p ≥ 0",
            given=(at_least(_P),),
            then=at_least(_P**3 - 6 * _P, -sympy.Rational(56568542, 10**7)),
            witness={"p": 0},
            fails_at={"p": "1414213562/1000000000"},
            why="the minimum −4√2 = −5.65685424949… lies at p = √2: below within 10⁻⁴ of it",
            sliver=True,
        ),
        false(
            "irrational-minimum-in-two",
            "(p² − 2)² + (q² − 3)² + (p²q² − 6)² ≥ 10⁻⁸ for p, q in [0, 3]",
            given=(at_least(_P), at_least(3, _P), at_least(_Q), at_least(3, _Q)),
            then=at_least((_P**2 - 2) ** 2 + (_Q**2 - 3) ** 2 + (_P**2 * _Q**2 - 6) ** 2, tiny),
            witness={"p": 0, "q": 0},
            fails_at={"p": "141421356237/100000000000", "q": "173205080757/100000000000"},
            why="within 10⁻⁵ of (√2, √3)",
            sliver=True,
        ),
    )


def _more_slivers() -> tuple[Planted, ...]:
    return (
        false(
            "two-valleys",
            "the tilted double well (p² − 1)² + q² + (p + 1)/10 is at least −1/1650",
            then=at_least((_P**2 - 1) ** 2 + _Q**2 + (_P + 1) / 10, sympy.Rational(-1, 1650)),
            fails_at={"p": "-159/157", "q": 0},
            why="the left valley dips to about −0.000617 near p = −1.0125",
            sliver=True,
        ),
    )


def _false() -> tuple[Planted, ...]:
    return (
        false(
            "mean-fields-a-percent-less",
            "pq + qr + rp − 2pqr ≤ 1/4 for three shares",
            given=_SHARES,
            then=at_least(sympy.Rational(1, 4), _PAIRS - 2 * _P * _Q * _R),
            witness=_CORNER,
            fails_at=_THIRD,
            why="7/27 at equal shares",
        ),
        false(
            "largest-share-bounds-concentration",
            "Σp² ≤ 1/2 for three shares with p ≤ 1/2",
            given=(*_SHARES, at_least(sympy.Rational(1, 2), _P)),
            then=at_least(sympy.Rational(1, 2), _P**2 + _Q**2 + _R**2),
            witness=_THIRD,
            fails_at={"p": 0, "q": 1, "r": 0},
            why="the other shares are not bounded",
        ),
        false(
            "schur-strict",
            "Σp³ + 6pqr > 1/4 for three shares",
            given=_SHARES,
            then=positive(_P**3 + _Q**3 + _R**3 + 6 * _P * _Q * _R - sympy.Rational(1, 4)),
            witness=_CORNER,
            fails_at={"p": "1/2", "q": "1/2", "r": 0},
            why="equality at (1/2, 1/2, 0)",
            sliver=True,
        ),
    )


def _gains() -> tuple[Planted, ...]:
    cyclic = _X**4 * _Y**2 + _Y**4 * _Z**2 + _Z**4 * _X**2
    product = _X**2 * _Y**2 * _Z**2
    return (
        true(
            "cyclic-means",
            "x⁴y² + y⁴z² + z⁴x² ≥ 3x²y²z²",
            then=at_least(cyclic, 3 * product),
            why="arithmetic and geometric mean of the three terms",
        ),
        false(
            "cyclic-means-a-little-more",
            "x⁴y² + y⁴z² + z⁴x² ≥ (3 + 10⁻⁶)x²y²z² for x, y, z in [1/2, 2]",
            given=tuple(
                condition
                for s in (_X, _Y, _Z)
                for condition in (at_least(s, sympy.Rational(1, 2)), at_least(2, s))
            ),
            then=at_least(cyclic, (3 + sympy.Rational(1, 10**6)) * product),
            witness={"x": "1/2", "y": 1, "z": 1},
            fails_at={"x": 1, "y": 1, "z": 1},
            why="within about 10⁻³ of x = y = z",
            sliver=True,
        ),
    )


def _circle() -> tuple[Planted, ...]:
    turn = equal(_X**2 + _Y**2, 1)
    x = column("v", 3)
    sphere = equal(sum(entry**2 for entry in x), 1)
    return (
        true(
            "fourth-powers-on-the-circle",
            "x² + y² = 1 gives x⁴ + y⁴ ≥ 1/2",
            given=(turn,),
            then=at_least(_X**4 + _Y**4, sympy.Rational(1, 2)),
            witness={"x": 1, "y": 0},
            why="x⁴ + y⁴ = (1 + (x² − y²)²)/2; attained at 45°, no rational point",
        ),
        false(
            "fourth-powers-a-little-more",
            "x² + y² = 1 gives x⁴ + y⁴ ≥ 1/2 + 10⁻⁷",
            given=(turn,),
            then=at_least(_X**4 + _Y**4, sympy.Rational(5000001, 10**7)),
            witness={"x": 1, "y": 0},
            fails_at={"x": "803760/1136689", "y": "803761/1136689"},
            why="within 0.0003 of 45°, an irrational point of the circle",
            sliver=True,
        ),
        false(
            "product-on-the-sphere",
            "|v| = 1 gives v₁v₂v₃ ≤ 1/(3√3) − 10⁻⁵",
            given=(sphere,),
            then=at_least(1 / (3 * sympy.sqrt(3)) - sympy.Rational(1, 10**5), x[0] * x[1] * x[2]),
            witness={"v1": 1, "v2": 0, "v3": 0},
            fails_at={"v1": "330/571", "v2": "330/571", "v3": "329/571"},
            why="within 0.005 of (1, 1, 1)/√3 and its reflections",
            sliver=True,
        ),
    )
