"""Expectation: the mean of a function under a density e^Q, as one unexpanded function of its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any

import sympy
from sympy.core.symbol import Str

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation
from theory.errors import OutsideArithmetic
from theory.quadrature.approximation import iterated, vectorised
from theory.quadrature.enclosure import enclosed
from theory.quadrature.integrand import Integrand, integrand_of
from theory.quadrature.summation import enclosed_sum, iterated_sum, vectorised_sum
from theory.reward import REWARD_VARIABLE

Exprs = tuple[sympy.Expr, ...]
_SLOTS = tuple(sympy.Dummy(f"t{k}" if k else "u", real=True) for k in range(256))


class Domain(Enum):
    """Where u runs."""

    LINE = "line"
    """The real numbers."""
    COUNTS = "counts"
    """1, 2, 3, …"""


class expectation(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """∫ f e^Q du / ∫ e^Q du, f and Q being functions of u and of parameters θ.

    Written ``expectation(domain, function, θ_1 … θ_n)`` where the function is a SymPy ``Lambda`` from
    (u, t_1 … t_n) to (f, Q); it prints as ``expectation(f, Q)`` over x,
    ``sum_expectation(f, Q)`` where u runs through 1, 2, 3, ….
    A derivative is a mean again: ∂E[f] = E[∂f + f ∂Q] − E[f] E[∂Q].

    Examples
    --------
    >>> a = sympy.Symbol("a", real=True)
    >>> u, t = slots(2)
    >>> mean_under(u * sympy.tanh(t * u), -(u**2) / 2, {t: a}).diff(a).args[2:]
    (a,)
    """

    @classmethod
    def eval(cls, domain: Str, function: sympy.Lambda, *values: sympy.Expr) -> sympy.Expr | None:
        variable, *parameters = function.variables
        factor, exponent = function.expr
        if not factor.has(variable):
            return factor.xreplace(dict(zip(parameters, values, strict=True)))
        scale, factor = factor.as_coeff_Mul()
        used = [k for k, p in enumerate(parameters) if factor.has(p) or exponent.has(p)]
        names = slots(len(used) + 1)
        if scale == 1 and function.variables == names:
            return None
        renamed = {variable: names[0]} | {parameters[k]: n for k, n in zip(used, names[1:], strict=True)}
        body = sympy.Tuple(factor.xreplace(renamed), exponent.xreplace(renamed))
        return scale * cls(domain, sympy.Lambda(names, body), *(values[k] for k in used))

    @property
    def operands(self) -> Exprs:
        return tuple(self.args[2:])

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        function = self.args[1]
        (factor, exponent), parameter = function.expr, function.variables[argindex - 2]
        pull = exponent.diff(parameter)
        moved = self._mean(factor.diff(parameter) + factor * pull)
        return moved if pull == 0 else moved - self * self._mean(pull)

    def _mean(self, factor: sympy.Expr) -> sympy.Expr:
        domain, function, *values = self.args
        return self.func(domain, sympy.Lambda(function.variables, (factor, function.expr[1])), *values)

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        partials = ((self.fdiff(k), value.diff(symbol)) for k, value in enumerate(self.args[2:], start=3))
        return sympy.Add(*(outer * inner for outer, inner in partials if inner != 0))

    def operation(self) -> Operation:
        domain, integrand = Domain(str(self.args[0])), integrand_of(self.args[1])
        return lambda arithmetic, values: _value(arithmetic, domain, integrand, values)

    def _written(self) -> tuple[sympy.Expr, sympy.Expr]:
        """f and Q over the parameters' expressions, in x: a name that no parameter can have."""
        _, function, *values = self.args
        at = dict(zip(function.variables, (REWARD_VARIABLE, *values), strict=True))
        factor, exponent = function.expr
        return factor.xreplace(at), exponent.xreplace(at)

    def _sympystr(self, printer: Any) -> str:
        factor, exponent = self._written()
        name = "expectation" if self.args[0] == Str(Domain.LINE.value) else "sum_expectation"
        return f"{name}({printer.doprint(factor)}, {printer.doprint(exponent)})"

    def _latex(self, printer: Any) -> str:
        factor, exponent = (printer.doprint(e) for e in self._written())
        return rf"\operatorname{{E}}_{{x \sim \exp\left({exponent}\right)}}\left[{factor}\right]"


def mean_under(
    factor: sympy.Expr,
    exponent: sympy.Expr,
    values: Mapping[sympy.Symbol, sympy.Expr],
    domain: Domain = Domain.LINE,
) -> sympy.Expr:
    """∫ f e^Q / ∫ e^Q, for expressions over the first of `slots` and the keys of `values`.

    Parameters
    ----------
    factor, exponent : Expr
        f and Q.
    values : mapping of Symbol to Expr
        The value of each parameter.
    domain : Domain
        The line, or the counts: then the integrals are sums.
    """
    variables = (slots(1)[0], *values)
    function = sympy.Lambda(variables, sympy.Tuple(factor, exponent))
    return expectation(Str(domain.value), function, *values.values())


def slots(count: int) -> tuple[sympy.Symbol, ...]:
    """The variable u of every integrand, and the places of its first parameters.

    Raises
    ------
    ValueError
        When more than 256 are wanted.
    """
    if count > len(_SLOTS):
        raise ValueError(f"Expected at most {len(_SLOTS)} symbols, got {count}")
    return _SLOTS[:count]


_RULES: dict[Domain, tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]] = {
    Domain.LINE: (enclosed, iterated, vectorised),
    Domain.COUNTS: (enclosed_sum, iterated_sum, vectorised_sum),
}


def _value(
    arithmetic: AbstractArithmetic, domain: Domain, integrand: Integrand, values: Sequence[Any]
) -> Any:
    in_balls, precise, in_doubles = _RULES[domain]
    if isinstance(arithmetic, BallArithmetic):
        return in_balls(integrand, arithmetic, tuple(values))
    if isinstance(arithmetic, HighPrecisionArithmetic):
        return precise(integrand, arithmetic, values)
    if isinstance(arithmetic, ArrayArithmetic):
        return in_doubles(integrand, arithmetic, values)
    raise OutsideArithmetic("Expected a rational number, got an integral: use balls instead")
