"""Chosen means: what is kept of K samples of a base by weights e^ρ, as one unexpanded function.

With r = e^{−t} e^{ρ(X)}, φ(t) = E[e^{−r}] and ψ_{f,j}(t) = E[f(X) r^j e^{−r}],

    E[f(X_kept)] = K ∫ φ^{K−1} ψ_{f,1} dt ,

because a/(a + Σ a_m) = a ∫_0^∞ e^{−v(a + Σ a_m)} dv with v = e^{−t}.
"""

from __future__ import annotations

from collections.abc import Sequence
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
from theory.quadrature.base.abstract import AbstractBase, Exprs, Feature, times
from theory.quadrature.base.registry import base_of, code_of
from theory.quadrature.choice_approximation import in_doubles
from theory.quadrature.choice_sums import ChoiceSums, Factor

_PRECISION = 5
"""How much higher the working precision of balls is than the accuracy of what they find."""


class chosen_mean(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """∫ φ^m Π_i ψ_{f_i,j_i} dt; some j_i ≥ 1.

    Written ``chosen_mean(base, settings, rewards, m, ((f_1, j_1), …), θ…, s…)``.  Derivatives stay in it:
    along s_k, φ′ = −ψ_{ρ,1} and ψ_{f,j}′ = jψ_{fρ,j} − ψ_{fρ,j+1} with ρ = ρ_k; along θ_i each of the m + L
    expectations is multiplied by T_i − E[T_i].

    Examples
    --------
    >>> from theory.quadrature.base.gamma import GammaBase
    >>> s = sympy.Symbol("s", real=True)
    >>> kept = kept_mean(GammaBase(sympy.S.One, ((sympy.S.One, sympy.S.Zero),)), (1, 0), 3, (s,))
    >>> kept
    3*chosen_mean(gamma, (1,), ((1, 0),), 2, (((1, 0), 1),), s)
    """

    @classmethod
    def eval(cls, *arguments: sympy.Basic) -> sympy.Expr | None:
        exponent, factors = arguments[3:5]
        known = [(tuple(f), int(j)) for f, j in factors]
        empty = [f for f in known if f[1] == 0 and all(e == 0 for e in f[0])]
        pairs = sorted(f for f in known if f not in empty)
        if pairs == known:
            return None
        written = sympy.Tuple(*(sympy.Tuple(sympy.Tuple(*f), j) for f, j in pairs))
        return cls(*arguments[:3], exponent + len(empty), written, *arguments[5:])

    @property
    def operands(self) -> Exprs:
        return (_Sums(*self.args[:3], *self.args[5:]),)

    def fdiff(self, argindex: int = 6) -> sympy.Expr:
        base = base_of(*self.args[:3])
        place = argindex - 6
        count = len(base.statistic)
        if place < 0:
            raise sympy.ArgumentIndexError(self, argindex)
        return (
            self._along_law(base, place) if place < count else self._along_choice(base.rewards[place - count])
        )

    def _along_law(self, base: AbstractBase, place: int) -> sympy.Expr:
        exponent, factors, statistic = self.args[3], self._factors(), base.statistic[place]
        mean = base.mean(tuple(self.args[5 : 5 + len(base.statistic)]))[place]
        terms = [-(exponent + len(factors)) * mean * self]
        if exponent:
            terms.append(exponent * self._with(exponent - 1, (*factors, (statistic, 0))))
        for k, (feature, j) in enumerate(factors):
            terms.append(
                self._with(exponent, (*factors[:k], *factors[k + 1 :], (times(feature, statistic), j)))
            )
        return sympy.Add(*terms)

    def _along_choice(self, reward: Feature) -> sympy.Expr:
        exponent, factors = self.args[3], self._factors()
        terms = [-exponent * self._with(exponent - 1, (*factors, (reward, 1)))] if exponent else []
        for k, (feature, j) in enumerate(factors):
            others, moved = (*factors[:k], *factors[k + 1 :]), times(feature, reward)
            if j:
                terms.append(j * self._with(exponent, (*others, (moved, j))))
            terms.append(-self._with(exponent, (*others, (moved, j + 1))))
        return sympy.Add(*terms)

    def _factors(self) -> tuple[Factor, ...]:
        return tuple((tuple(f), int(j)) for f, j in self.args[4])

    def _with(self, exponent: sympy.Integer, factors: Sequence[Factor]) -> sympy.Expr:
        return self.func(*self.args[:3], exponent, _tuples(factors), *self.args[5:])

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        partials = ((k, value.diff(symbol)) for k, value in enumerate(self.args[5:], start=6))
        return sympy.Add(*(self.fdiff(k) * inner for k, inner in partials if inner != 0))

    def operation(self) -> Operation:
        base, exponent, factors = base_of(*self.args[:3]), int(self.args[3]), self._factors()
        return lambda arithmetic, values: _value(arithmetic, base, exponent, factors, values[0])


class _Sums(AbstractSpecialFunction):
    """What all integrals at the same parameters share: the sums in balls, elsewhere the parameters."""

    @property
    def operands(self) -> Exprs:
        return tuple(self.args[3:])

    def operation(self) -> Operation:
        base = base_of(*self.args[:3])

        def run(arithmetic: AbstractArithmetic, values: Sequence[Any]) -> Any:
            if isinstance(arithmetic, BallArithmetic):
                return ChoiceSums.of(base, tuple(values), arithmetic.bits)
            if isinstance(arithmetic, HighPrecisionArithmetic):
                bits = _PRECISION * int(arithmetic.context.prec)
                with ctx.workprec(bits):
                    return ChoiceSums.of(base, tuple(arb(v) for v in values), bits)
            return tuple(values)

        return run


def kept_mean(base: AbstractBase, feature: Feature, candidates: int, values: Exprs) -> sympy.Expr:
    """E[f(X_kept)] of what is kept of K samples of a base.

    Parameters
    ----------
    base : AbstractBase
    feature : Feature
        f.
    candidates : int
        K ≥ 2.
    values : tuple of Expr
        θ, then one s for each of the base's rewards.
    """
    if all(e == 0 for e in feature):
        return sympy.S.One
    factors = _tuples(((feature, 1),))
    return candidates * chosen_mean(*code_of(base), sympy.Integer(candidates - 1), factors, *values)


def _tuples(factors: Sequence[Factor]) -> sympy.Tuple:
    return sympy.Tuple(*(sympy.Tuple(sympy.Tuple(*feature), sympy.Integer(j)) for feature, j in factors))


def _value(
    arithmetic: AbstractArithmetic, base: AbstractBase, exponent: int, factors: Sequence[Factor], shared: Any
) -> Any:
    if isinstance(arithmetic, BallArithmetic):
        return arb.nan() if shared is None else shared.integral(exponent, factors)
    if isinstance(arithmetic, HighPrecisionArithmetic):
        mp = arithmetic.context
        if shared is None:
            return mp.nan
        with ctx.workprec(_PRECISION * int(mp.prec)):
            mantissa, power = shared.integral(exponent, factors).mid().man_exp()
        return mp.ldexp(mp.mpf(int(mantissa)), int(power))
    if isinstance(arithmetic, ArrayArithmetic):
        columns = [np.asarray(v, dtype=float) for v in np.broadcast_arrays(*shared)]
        points = zip(*(c.ravel().tolist() for c in columns), strict=True)
        found = [in_doubles(base, point, exponent, factors) for point in points]
        return np.array(found).reshape(columns[0].shape)[()]
    raise OutsideArithmetic("Expected a rational number, got an integral: use balls instead")
