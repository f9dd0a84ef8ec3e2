"""Constants of the Gaussian mechanism: twelve blocks, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import sympy

BLOCKS = 12
DECAY = sympy.Rational(9, 10)
P_COST = sympy.Rational(9, 50)
Q_COST = sympy.Rational(11, 50)
CURATION = sympy.Rational(2, 5)

_ANGLE_SEED = 2026330
_SCALE_SEED = 1999
_ORDER_SEED = 1108


@dataclass(frozen=True, kw_only=True)
class PlaneVector:
    """``scale · Rot(angle) · base`` in the plane, the angle in radians.

    Examples
    --------
    >>> east = PlaneVector(scale=sympy.Integer(2), angle=sympy.S.Zero, base=(1, 0))
    >>> east.dot(east), east.dot(east, turn=sympy.pi / 2)
    (4, 0)
    """

    scale: sympy.Expr
    angle: sympy.Expr
    base: tuple[int, int]

    def dot(self, other: PlaneVector, *, turn: sympy.Expr = sympy.S.Zero) -> sympy.Expr:
        """Inner product of this vector with `other` turned by the angle `turn`."""
        between = other.angle + turn - self.angle
        (x, y), (u, v) = self.base, other.base
        aligned, crossed = x * u + y * v, y * u - x * v
        return self.scale * other.scale * (aligned * sympy.cos(between) + crossed * sympy.sin(between))

    @property
    def components(self) -> tuple[sympy.Expr, sympy.Expr]:
        """Cartesian components."""
        east = PlaneVector(scale=sympy.S.One, angle=sympy.S.Zero, base=(1, 0))
        north = PlaneVector(scale=sympy.S.One, angle=sympy.S.Zero, base=(0, 1))
        return east.dot(self), north.dot(self)


@dataclass(frozen=True, kw_only=True)
class Block:
    """One plane of the mechanism.

    Parameters
    ----------
    gain : Rational
        b_i in (0, 1), the exact double that NumPy draws.
    turn : Expr
        ψ_i in radians: the block of A(t) is t·b_i·Rot(ψ_i).
    pull : PlaneVector
        a_i, the direction in which curation displaces p.
    p_taste, q_taste : PlaneVector
        g_p,i and g_q,i, the linear parts of the two rewards.
    """

    gain: sympy.Rational
    turn: sympy.Expr
    pull: PlaneVector
    p_taste: PlaneVector
    q_taste: PlaneVector


def blocks() -> tuple[Block, ...]:
    """The twelve blocks of [WZZ26, Fig. 3], with NumPy's legacy seeding."""
    pulls = _directions(_grid(-70, 70), [1 + sympy.sin(x) / 5 for x in _grid(0, 2 * sympy.pi)], (1, 2))
    p_tastes = _directions(
        _grid(25, -55),
        [1 + sympy.Rational(3, 20) * sympy.cos(x) for x in _grid(0, 3 * sympy.pi / 2)],
        (1, 0),
    )
    q_tastes = _directions(
        _grid(-40, 60),
        [1 + sympy.Rational(9, 50) * sympy.sin(x) for x in _grid(sympy.Rational(3, 10), 9 * sympy.pi / 5)],
        (1, 4),
    )
    order = np.random.RandomState(_ORDER_SEED)
    order.permutation(BLOCKS)  # the block weights, which the experiment shuffles and never reads
    pull_order, p_order, q_order = (order.permutation(BLOCKS) for _ in range(3))
    return tuple(
        Block(
            gain=gain,
            turn=turn,
            pull=pulls[pull_order[i]],
            p_taste=p_tastes[p_order[i]],
            q_taste=q_tastes[q_order[i]],
        )
        for i, (gain, turn) in enumerate(zip(_gains(), _turns(), strict=True))
    )


def _gains() -> tuple[sympy.Rational, ...]:
    drawn = np.random.RandomState(_SCALE_SEED).uniform(0.08, 0.95, BLOCKS)
    return tuple(sympy.Rational(*float(b).as_integer_ratio()) for b in drawn)


def _turns() -> tuple[sympy.Expr, ...]:
    half = BLOCKS // 2
    degrees = (*_grid(5, 85, half), *(-x for x in _grid(10, 80, half)))
    order = np.random.RandomState(_ANGLE_SEED).permutation(BLOCKS)
    return tuple(_radians(degrees[k]) for k in order)


def _directions(
    degrees: Sequence[sympy.Expr], sizes: Sequence[sympy.Expr], base: tuple[int, int]
) -> tuple[PlaneVector, ...]:
    return tuple(
        PlaneVector(scale=DECAY**i * size, angle=_radians(angle), base=base)
        for i, (angle, size) in enumerate(zip(degrees, sizes, strict=True))
    )


def _grid(first: object, last: object, count: int = BLOCKS) -> tuple[sympy.Expr, ...]:
    """`count` equally spaced exact numbers from `first` to `last`."""
    start, stop = sympy.sympify(first), sympy.sympify(last)
    return tuple(start + (stop - start) * sympy.Rational(i, count - 1) for i in range(count))


def _radians(degrees: sympy.Expr) -> sympy.Expr:
    return degrees * sympy.pi / 180
