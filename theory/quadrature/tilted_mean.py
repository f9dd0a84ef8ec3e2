"""Tilted means: E[f(X) e^ρ(X)]/E[e^ρ(X)] under a law of a base, as one unexpanded function."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import sympy
from flint import arb, ctx

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation
from theory.errors import OutsideArithmetic
from theory.quadrature.accuracy import GUARD_BITS, target_bits
from theory.quadrature.base.abstract import AbstractBase, AbstractRule, Balls, Exprs, Feature, times
from theory.quadrature.base.registry import base_of, code_of
from theory.quadrature.choice_sums import Point

_PRECISION = 3
"""How much higher the working precision of balls is than the accuracy of what they find."""
_MOST_SPARE = 4096
_FAR, _NEAR = 25.0, 36.0
"""In nats below the maximum: what ends a law, and what is still of a tilted law."""
_BITS = 128


class tilted_mean(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """E[f e^ρ]/E[e^ρ] with ρ = Σ s_k ρ_k; written ``tilted_mean(base, settings, rewards, f, θ…, s…)``.

    A derivative stays in it: along s_k it is the covariance of f and ρ_k, along θ_i that of f and T_i.

    Examples
    --------
    >>> from theory.quadrature.base.gamma import GammaBase
    >>> s = sympy.Symbol("s", real=True)
    >>> reweighted_mean(GammaBase(sympy.S.One, ((sympy.S(2), sympy.S.Zero),)), (1, 0), (s,))
    tilted_mean(gamma, (1,), ((2, 0),), (1, 0), s)
    """

    @property
    def operands(self) -> Exprs:
        return (_Tilt(*self.args[:3], *self.args[4:]),)

    def fdiff(self, argindex: int = 5) -> sympy.Expr:
        if argindex < 5:
            raise sympy.ArgumentIndexError(self, argindex)
        base, feature = base_of(*self.args[:3]), tuple(self.args[3])
        along = (*base.statistic, *base.rewards)[argindex - 5]
        return self._mean(base, times(feature, along)) - self * self._mean(base, along)

    def _mean(self, base: AbstractBase, feature: Feature) -> sympy.Expr:
        return reweighted_mean(base, feature, tuple(self.args[4:]))

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        partials = ((k, value.diff(symbol)) for k, value in enumerate(self.args[4:], start=5))
        return sympy.Add(*(self.fdiff(k) * inner for k, inner in partials if inner != 0))

    def operation(self) -> Operation:
        feature = tuple(self.args[3])
        return lambda arithmetic, tilts: _value(arithmetic, feature, tilts[0])


def reweighted_mean(base: AbstractBase, feature: Feature, values: Exprs) -> sympy.Expr:
    """E[f e^ρ]/E[e^ρ].

    Parameters
    ----------
    base : AbstractBase
    feature : Feature
        f.
    values : tuple of Expr
        θ, then one s for each of the base's rewards.
    """
    if feature == base.constant:
        return sympy.S.One
    return tilted_mean(*code_of(base), sympy.Tuple(*feature), *values)


class _Tilt(AbstractSpecialFunction):
    """What all means under one tilt share."""

    @property
    def operands(self) -> Exprs:
        return tuple(self.args[3:])

    def operation(self) -> Operation:
        base = base_of(*self.args[:3])

        def run(arithmetic: AbstractArithmetic, values: Sequence[Any]) -> Any:
            if isinstance(arithmetic, BallArithmetic):
                return _tilt_at(base, Point.of(tuple(values)), arithmetic.bits)
            if isinstance(arithmetic, HighPrecisionArithmetic):
                bits = _PRECISION * int(arithmetic.context.prec)
                with ctx.workprec(bits):
                    return _tilt_at(base, Point.of(tuple(arb(v) for v in values)), bits)
            return base, values

        return run


@dataclass(frozen=True, kw_only=True)
class Tilt:
    """Nodes with their weights e^ρ, for every parameter in given balls."""

    rule: AbstractRule
    ceiling: arb
    weights: tuple[arb, ...]
    bits: int
    known: dict[Feature, arb] = field(default_factory=dict)

    @classmethod
    def of(cls, base: AbstractBase, values: Balls, bits: int) -> Tilt | None:
        """The nodes at which E[e^ρ] has an error of about 2^−bits of its size; None where none are found."""
        count = len(base.statistic)
        guarded, slopes = base.guarded(values[count:])
        spare = 0
        while spare < _MOST_SPARE:
            rule = guarded.rule((*values[:count], *slopes), bits + spare)
            if rule is None:
                return None
            ceiling = base.ceiling(rule.height, values[count:]).exp().upper()
            if not ceiling.is_finite():
                return None
            tilt = cls._under(base, values[count:], rule, ceiling, bits + spare)
            missing = tilt.missing_bits() + bits
            if missing <= 0:
                return tilt
            spare += missing + GUARD_BITS
        return None

    @classmethod
    def _under(
        cls, base: AbstractBase, exponents: Balls, rule: AbstractRule, ceiling: arb, bits: int
    ) -> Tilt:
        with ctx.workprec(bits + 2 * GUARD_BITS):
            columns = [rule.column(feature) for feature in base.rewards]
            weights = tuple(
                weight * sum((s * c[k] for s, c in zip(exponents, columns, strict=True)), arb(0)).exp()
                for k, weight in enumerate(rule.weights)
            )
        return cls(rule=rule, ceiling=ceiling, weights=weights, bits=bits + 2 * GUARD_BITS)

    def missing_bits(self) -> int:
        """log₂ of the relative error that the rule leaves in E[e^ρ]."""
        error, size = self.ceiling * self.rule.error(self.rule.constant, 0), sum(self.weights, arb(0)).mid()
        if not size > 0 or not error.is_finite():
            return _MOST_SPARE
        return -_MOST_SPARE if error == 0 else math.ceil(float(((error / size).log() / arb(2).log()).mid()))

    def mean(self, feature: Feature) -> arb:
        """E[f e^ρ]/E[e^ρ]."""
        with ctx.workprec(self.bits):
            total = self.sum(self.rule.constant)
            return self.sum(feature) / total if total > 0 else arb.nan()

    def sum(self, feature: Feature) -> arb:
        """E[f e^ρ]."""
        if feature not in self.known:
            column = self.rule.column(feature)
            total = sum((w * f for w, f in zip(self.weights, column, strict=True)), arb(0))
            error = (self.ceiling * self.rule.error(feature, 0)).upper()
            self.known[feature] = total + arb(0, error) if error.is_finite() else arb.nan()
        return self.known[feature]


@lru_cache(maxsize=64)
def _tilt_at(base: AbstractBase, point: Point | None, bits: int) -> Tilt | None:
    return None if point is None else Tilt.of(base, point.values, target_bits(point.values, bits))


def _value(arithmetic: AbstractArithmetic, feature: Feature, tilt: Any) -> Any:
    if isinstance(arithmetic, BallArithmetic):
        return arb.nan() if tilt is None else tilt.mean(feature)
    if isinstance(arithmetic, HighPrecisionArithmetic):
        mp = arithmetic.context
        if tilt is None:
            return mp.nan
        value = tilt.mean(feature)
        if not value.is_finite():
            return mp.nan
        mantissa, power = value.mid().man_exp()
        return mp.ldexp(mp.mpf(int(mantissa)), int(power))
    if isinstance(arithmetic, ArrayArithmetic):
        base, values = tilt
        columns = [np.asarray(v, dtype=float) for v in np.broadcast_arrays(*values)]
        points = zip(*(c.ravel().tolist() for c in columns), strict=True)
        found = [_in_doubles(base, feature, point) for point in points]
        return np.array(found).reshape(columns[0].shape)[()]
    raise OutsideArithmetic("Expected a rational number, got an integral: use balls instead")


def _in_doubles(base: AbstractBase, feature: Feature, point: Sequence[float]) -> float:
    """The mean by the base's nodes in double precision, by balls where the tilt goes beyond these; or NaN."""
    count = len(base.statistic)
    if not np.all(np.isfinite(point)):
        return math.nan
    balls = tuple(arb(value) for value in point)
    guarded, slopes = base.guarded(balls[count:])
    nodes = guarded.in_doubles((*point[:count], *map(float, slopes)))
    if nodes is None:
        return math.nan
    with np.errstate(divide="ignore"):
        bare = np.log(nodes.weights)
    tilted = bare + sum(s * nodes.column(f) for s, f in zip(point[count:], base.rewards, strict=True))
    ends = [0, -1]
    cut = (bare[ends] < np.max(bare) - _FAR) & (tilted[ends] > np.max(tilted) - _NEAR)
    if np.any(cut):
        with ctx.workprec(_BITS):
            tilt = _tilt_at(base, Point.of(balls), _BITS)
            return math.nan if tilt is None else float(tilt.mean(feature).mid())
    weights = np.exp(tilted - np.max(tilted))
    return float(np.sum(weights * nodes.column(feature)) / np.sum(weights))
