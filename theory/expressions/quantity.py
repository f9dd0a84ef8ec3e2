"""Quantity: an expression under construction, with its value and size known at every step.

Each operation checks its limits and its domain before SymPy is asked to do the work:
no power, product or function is built whose exact result would be too large, no
reciprocal of zero, no root or logarithm of a number outside its domain.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import sympy
from flint import arb, fmpq

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.errors import InvalidInput
from theory.expressions.limits import (
    MAX_BITS,
    MAX_EXPONENT,
    MAX_NESTING,
    MAX_ROOT_BITS,
    exact_bits,
    rational_bits,
)
from theory.expressions.signs import NumberSign, sign_of, sign_of_ball

_SYMPY_FUNCTIONS = {
    "exp": sympy.exp, "log": sympy.log, "sin": sympy.sin, "cos": sympy.cos, "abs": sympy.Abs,
}  # fmt: skip
_SMALL_SCALE = 64
WORKING_BITS = 128
_EXPONENTIAL = 5
MAX_SHOWN_BITS = 256

Build = Callable[[Sequence[sympy.Expr]], sympy.Expr]


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A formula, its value at the parameters' values, and a ball around that value.

    `ball` is None where the value still holds a variable (a reward's ``x``).  `nesting`
    weighs the functions inside functions: SymPy evaluates a nested exponential more than once.
    """

    formula: sympy.Expr
    value: sympy.Expr
    ball: arb | None
    nesting: int = 0

    @property
    def parts(self) -> tuple[sympy.Expr, ...]:
        """The formula and the value, once when they are the same object."""
        return (self.formula,) if self.formula is self.value else (self.formula, self.value)


class TooDeep(ArithmeticError):
    """Functions nest beyond the limit."""


class TooLarge(ArithmeticError):
    """An exact result would exceed the limits."""


def number(numerator: int, denominator: int = 1) -> Quantity:
    """The quantity numerator/denominator."""
    exact = sympy.Rational(numerator, denominator)
    _require_size(rational_bits(exact))
    return Quantity(formula=exact, value=exact, ball=arb(_exact(exact)))


def pi() -> Quantity:
    """The quantity π."""
    return Quantity(formula=sympy.pi, value=sympy.pi, ball=arb.pi())


def named(symbol: sympy.Symbol, values: Mapping[sympy.Symbol, sympy.Expr]) -> Quantity:
    """A parameter with its value, or a variable that has none."""
    if symbol not in values:
        return Quantity(formula=symbol, value=symbol, ball=None)
    value = values[symbol]
    ball: arb = Program.compile([value], ()).bind(BallArithmetic(WORKING_BITS))(())[0]
    return Quantity(formula=symbol, value=value, ball=ball)


def add(terms: Sequence[Quantity]) -> Quantity:
    """Sum of the terms."""
    ball = _combine((t.ball for t in terms), operator.add)
    return _joined(terms, _sum, ball)


def multiply(factors: Sequence[Quantity]) -> Quantity:
    """Product of the factors."""
    ball = _combine((f.ball for f in factors), operator.mul)
    return _joined(factors, _product, ball)


def negate(x: Quantity) -> Quantity:
    """−x."""
    return multiply((number(-1), x))


def reciprocal(x: Quantity, place: str, source: str = "") -> Quantity:
    """1/x, for x that is proved not to be zero."""
    if _sign(x) in (NumberSign.ZERO, NumberSign.UNDECIDED):
        raise _outside("a divisor that is not zero", x, place, source)
    return _power(x, number(-1))


def power(base: Quantity, exponent: Quantity, place: str, source: str = "") -> Quantity:
    """base**exponent: real, within the size limits, with a base in the domain of the power.

    A negative exponent needs a non-zero base, a fractional one a base ≥ 0, any other a base > 0.
    """
    for value in exponent.parts:
        if isinstance(value, sympy.Rational) and abs(int(value.p)) > MAX_EXPONENT * int(value.q):
            raise InvalidInput(
                expected=f"an exponent of size at most {MAX_EXPONENT}",
                found=_shown(exponent),
                place=place,
                source=source,
            )
    _require_base(base, exponent, place, source)
    return _power(base, exponent)


def apply(function: str, x: Quantity, place: str, source: str = "") -> Quantity:
    """exp, log, sqrt, sin, cos or abs of x, refused outside the real domain."""
    if function == "sqrt":
        return power(x, number(1, 2), place, source)
    if function == "log" and _sign(x) not in (NumberSign.POSITIVE, None):
        raise _outside("a positive number under log", x, place, source)
    if function == "exp":
        _require_exponential(x)
    ball = None if x.ball is None else abs(x.ball) if function == "abs" else getattr(x.ball, function)()
    weight = _EXPONENTIAL if function == "exp" else 1
    return _joined((x,), lambda parts: _SYMPY_FUNCTIONS[function](*parts), ball, weight)


def _power(base: Quantity, exponent: Quantity) -> Quantity:
    for b, e in zip((base.formula, base.value), (exponent.formula, exponent.value), strict=True):
        _require_power_size(b, e)
    ball = None
    if base.ball is not None and exponent.ball is not None:
        ball = _ball_power(base.ball, exponent)
        _require_magnitude(ball)
    e = exponent.formula
    weight = 0 if isinstance(e, sympy.Integer) else 1 if isinstance(e, sympy.Rational) else _EXPONENTIAL
    return _joined((base, exponent), lambda parts: sympy.Pow(*parts), ball, weight)


def _ball_power(base: arb, exponent: Quantity) -> arb:
    value = exponent.value
    if isinstance(value, sympy.Integer):
        return base ** int(value)
    if isinstance(value, sympy.Rational) and value.q == 2:
        return base.sqrt() ** int(value.p)
    return (exponent.ball * base.log()).exp() if exponent.ball is not None else arb("nan")


def _require_base(base: Quantity, exponent: Quantity, place: str, source: str) -> None:
    sign = _sign(base)
    if sign is None:
        return
    e = exponent.value
    if isinstance(e, sympy.Integer) and e >= 0:
        return
    if isinstance(e, sympy.Integer):
        if sign in (NumberSign.ZERO, NumberSign.UNDECIDED):
            raise _outside("a base that is not zero under a negative exponent", base, place, source)
    elif isinstance(e, sympy.Rational) and e > 0:
        if sign not in (NumberSign.POSITIVE, NumberSign.ZERO):
            raise _outside("a number that is not negative under a root", base, place, source)
    elif sign is not NumberSign.POSITIVE:
        raise _outside("a positive base under this exponent", base, place, source)


def _require_power_size(base: sympy.Expr, exponent: sympy.Expr) -> None:
    if not isinstance(exponent, sympy.Rational):
        return
    bits = exact_bits(base)
    _require_size(bits * -(-abs(int(exponent.p)) // int(exponent.q)))
    if exponent.q != 1 and bits > MAX_ROOT_BITS:
        raise TooLarge(f"a root of a number of {bits} bits")


def _require_exponential(x: Quantity) -> None:
    """Refuse exp of what is too large, and exp of logarithms that would multiply out to it."""
    if x.ball is not None:
        _require_magnitude(x.ball.exp())
    for part in x.parts:
        bits = 0
        for term in sympy.Add.make_args(part):
            factors = sympy.Mul.make_args(term)
            scale = abs(sympy.Mul(*(f for f in factors if isinstance(f, sympy.Rational))))
            arguments = [f.args[0] for f in factors if isinstance(f, sympy.log)]
            bits += sum(exact_bits(a) for a in arguments) * int(sympy.ceiling(scale))
        _require_size(bits)


def _require_magnitude(ball: arb) -> None:
    largest = arb(2) ** MAX_BITS
    if not (-largest < ball < largest):
        raise TooLarge(f"a value beyond 2**{MAX_BITS}")


def _require_size(bits: int) -> None:
    if bits > MAX_BITS:
        raise TooLarge(f"an exact result of more than {MAX_BITS} bits")


def _sum(parts: Sequence[sympy.Expr]) -> sympy.Expr:
    total = fmpq(0)
    rest = []
    for part in parts:
        if isinstance(part, sympy.Rational):
            total += _exact(part)
            _require_size(_bits(total))
        else:
            rest.append(part)
    terms = [t for part in rest for t in sympy.Add.make_args(part)]
    denominators = {int(t.as_coeff_Mul()[0].q) for t in terms}
    _require_size(sum(q.bit_length() for q in denominators if q > 1))
    return sympy.Add(sympy.Rational(int(total.p), int(total.q)), *rest)


def _product(parts: Sequence[sympy.Expr]) -> sympy.Expr:
    scale = fmpq(1)
    rest = []
    for part in parts:
        if isinstance(part, sympy.Rational):
            scale *= _exact(part)
            _require_size(_bits(scale))
        else:
            rest.append(part)
    bits = _bits(scale)
    _require_size(bits + sum(exact_bits(part) for part in rest))
    terms = sum(len(part.args) for part in rest if isinstance(part, sympy.Add))
    if bits > _SMALL_SCALE and terms * bits > MAX_BITS:
        raise TooLarge("a sum scaled by a number of many bits")
    return sympy.Mul(sympy.Rational(int(scale.p), int(scale.q)), *rest)


def _joined(operands: Sequence[Quantity], build: Build, ball: arb | None, weight: int = 0) -> Quantity:
    nesting = max(x.nesting for x in operands) + weight
    if nesting > MAX_NESTING:
        raise TooDeep("functions inside functions")
    formula = build([x.formula for x in operands])
    same = all(x.formula is x.value for x in operands)
    value = formula if same else build([x.value for x in operands])
    for part in (formula, value):
        if isinstance(part, sympy.Rational):
            _require_size(rational_bits(part))
    if isinstance(value, sympy.Rational):
        ball = arb(_exact(value))
    return Quantity(formula=formula, value=value, ball=ball, nesting=nesting)


def _combine(balls: Iterable[arb | None], join: Callable[[arb, arb], arb]) -> arb | None:
    total: arb | None = None
    for ball in balls:
        if ball is None:
            return None
        total = ball if total is None else join(total, ball)
    return total


def _sign(x: Quantity) -> NumberSign | None:
    """Proved sign of the value; None where a variable keeps it open."""
    if isinstance(x.value, sympy.Rational):
        return sign_of(x.value)
    if x.ball is None:
        return None
    sign = sign_of_ball(x.ball)
    return sign_of(x.value) if sign is NumberSign.UNDECIDED else sign


def _exact(number: sympy.Rational) -> fmpq:
    return fmpq(int(number.p), int(number.q))


def _bits(number: fmpq) -> int:
    return int(number.p.bit_length()) + int(number.q.bit_length())


def _outside(expected: str, x: Quantity, place: str, source: str) -> InvalidInput:
    return InvalidInput(expected=expected, found=_shown(x), place=place, source=source)


def _shown(x: Quantity) -> str:
    if isinstance(x.value, sympy.Rational) and rational_bits(x.value) <= MAX_SHOWN_BITS:
        return str(x.value)
    return "an expression" if x.ball is None else f"about {x.ball.str(10, radius=False)}"
