"""A straight-line program compiled from SymPy expressions, run in any arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import factorial
from typing import Any

import sympy
from sympy.core.numbers import Catalan, EulerGamma, Exp1, Pi

from theory.arithmetic.abstract import AbstractArithmetic

Operation = Callable[[AbstractArithmetic, Sequence[Any]], Any]


@dataclass(frozen=True)
class Instruction:
    """One step: apply `operation` to the values in the slots `arguments`."""

    operation: Operation
    arguments: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Program:
    """Expressions as instructions; equal subexpressions are computed once.

    Slots ``0 … len(inputs) − 1`` hold the inputs, the next ones the instructions' values.
    Instructions before `first_varying` depend on no input: `bind` computes them once.

    Examples
    --------
    >>> from theory.arithmetic.rational import RationalArithmetic
    >>> x = sympy.Symbol("x", real=True)
    >>> Program.compile([x**2 / 3], [x]).evaluate(RationalArithmetic(), [6])
    (12,)
    """

    inputs: tuple[sympy.Symbol, ...]
    constants: tuple[Instruction, ...]
    instructions: tuple[Instruction, ...]
    outputs: tuple[int, ...]

    @classmethod
    def compile(cls, expressions: Iterable[sympy.Expr], inputs: Sequence[sympy.Symbol]) -> Program:
        """Program that computes `expressions` from values of `inputs`.

        Raises
        ------
        TypeError
            When an expression holds a free symbol that is not an input, a float, or
            a function that no arithmetic knows.
        """
        return _Compiler(tuple(inputs)).run(tuple(expressions))

    def bind(self, arithmetic: AbstractArithmetic) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
        """The program as a function of its inputs, with its constants computed once.

        Call the result under ``arithmetic.precision()``.
        """
        with arithmetic.precision():
            fixed: list[Any] = []
            for step in self.constants:
                fixed.append(step.operation(arithmetic, [fixed[k] for k in step.arguments]))

        def run(values: Sequence[Any]) -> tuple[Any, ...]:
            slots = [*fixed, *values]
            append = slots.append
            for step in self.instructions:
                append(step.operation(arithmetic, [slots[k] for k in step.arguments]))
            return tuple(slots[k] for k in self.outputs)

        return run

    def evaluate(self, arithmetic: AbstractArithmetic, values: Sequence[Any]) -> tuple[Any, ...]:
        """Values of the expressions at one point."""
        with arithmetic.precision():
            return self.bind(arithmetic)(values)


def evaluate(
    expressions: Sequence[sympy.Expr],
    at: Mapping[sympy.Symbol, sympy.Expr],
    arithmetic: AbstractArithmetic,
) -> tuple[Any, ...]:
    """Values of closed expressions after exact substitution of `at`."""
    return Program.compile([e.xreplace(dict(at)) for e in expressions], ()).evaluate(arithmetic, ())


def _constant(numerator: int, denominator: int) -> Operation:
    return lambda arithmetic, _: arithmetic.rational(numerator, denominator)


def _add(_: AbstractArithmetic, terms: Sequence[Any]) -> Any:
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def _multiply(_: AbstractArithmetic, factors: Sequence[Any]) -> Any:
    product = factors[0]
    for factor in factors[1:]:
        product = product * factor
    return product


def _power(exponent: int) -> Operation:
    if exponent < 0:
        return lambda arithmetic, base: 1 / arithmetic.power(base[0], -exponent)
    return lambda arithmetic, base: arithmetic.power(base[0], exponent)


def _function(name: str) -> Operation:
    return lambda arithmetic, x: getattr(arithmetic, name)(*x)


def _polygamma(order: int) -> Operation:
    return lambda arithmetic, x: arithmetic.polygamma(order, x[0])


class AbstractSpecialFunction(sympy.Function):
    """A SymPy function that brings its own rule for every arithmetic.

    To implement: `operation`, and `fdiff` so that SymPy can differentiate it; and `operands` where
    some arguments say which function it is.
    """

    @property
    def operands(self) -> tuple[sympy.Expr, ...]:
        """The arguments whose values `operation` takes."""
        return tuple(self.args)

    def operation(self) -> Operation:
        """How to compute the value from the arguments' values."""
        raise NotImplementedError(f"Expected {type(self).__name__} to implement operation()")


class _SquareRoot(AbstractSpecialFunction):
    """A square root as a node of its own, which SymPy does not turn back into a power."""

    def operation(self) -> Operation:
        return _function("sqrt")


_FUNCTIONS: dict[type[sympy.Basic], Operation] = {
    sympy.Abs: lambda _, x: abs(x[0]),
    sympy.sign: lambda _, x: x[0] / abs(x[0]),
    sympy.exp: _function("exp"),
    sympy.log: _function("log"),
    sympy.sin: _function("sin"),
    sympy.cos: _function("cos"),
    sympy.tanh: _function("tanh"),
    sympy.loggamma: _function("log_gamma"),
}


class _Compiler:
    """Assigns a slot to every distinct subexpression, constants before what varies."""

    def __init__(self, inputs: tuple[sympy.Symbol, ...]) -> None:
        self.inputs = inputs
        self.names: dict[sympy.Basic, tuple[str, int]] = {
            symbol: ("input", k) for k, symbol in enumerate(inputs)
        }
        self.constants: list[Instruction] = []
        self.varying: list[tuple[Operation, tuple[tuple[str, int], ...]]] = []

    def run(self, expressions: tuple[sympy.Expr, ...]) -> Program:
        for root in expressions:
            self._visit(sympy.sympify(root))
        first_input = len(self.constants)
        first_varying = first_input + len(self.inputs)
        offset = {"constant": 0, "input": first_input, "varying": first_varying}

        def slot(name: tuple[str, int]) -> int:
            return offset[name[0]] + name[1]

        return Program(
            inputs=self.inputs,
            constants=tuple(self.constants),
            instructions=tuple(
                Instruction(op, tuple(slot(a) for a in arguments)) for op, arguments in self.varying
            ),
            outputs=tuple(slot(self.names[sympy.sympify(e)]) for e in expressions),
        )

    def _visit(self, root: sympy.Basic) -> None:
        """Give every subexpression of `root` a slot, children first, without recursion."""
        pending = [(root, False)]
        while pending:
            node, children_done = pending.pop()
            if node in self.names:
                continue
            operation, children = _split(node)
            if not children_done:
                pending.append((node, True))
                pending.extend((child, False) for child in children)
            else:
                self._emit(node, operation, tuple(self.names[child] for child in children))

    def _emit(self, node: sympy.Basic, operation: Operation, arguments: tuple[tuple[str, int], ...]) -> None:
        if all(kind == "constant" for kind, _ in arguments):
            self.names[node] = ("constant", len(self.constants))
            self.constants.append(Instruction(operation, tuple(k for _, k in arguments)))
        else:
            self.names[node] = ("varying", len(self.varying))
            self.varying.append((operation, arguments))


def _split(node: sympy.Basic) -> tuple[Operation, tuple[sympy.Basic, ...]]:
    """The operation at the root of `node` and the subexpressions it applies to."""
    if isinstance(node, sympy.Rational):
        return _constant(int(node.p), int(node.q)), ()
    if isinstance(node, Pi):
        return lambda arithmetic, _: arithmetic.pi(), ()
    if isinstance(node, Exp1):
        return _function("exp"), (sympy.S.One,)
    if isinstance(node, sympy.Add):
        return _add, node.args
    if isinstance(node, sympy.Mul):
        return _multiply, node.args
    if isinstance(node, sympy.Pow):
        return _split_power(node)
    return _split_function(node)


def _split_polygamma_value(node: sympy.Basic) -> tuple[Operation, tuple[sympy.Basic, ...]] | None:
    """What SymPy turns polygamma functions at rational numbers into, as polygamma functions."""
    if isinstance(node, EulerGamma):
        return lambda arithmetic, x: -arithmetic.polygamma(0, x[0]), (sympy.S.One,)
    if isinstance(node, Catalan):
        quarter = sympy.Rational(1, 4)
        return lambda arithmetic, x: (arithmetic.polygamma(1, x[0]) - x[1]) / 8, (quarter, sympy.pi**2)
    if isinstance(node, sympy.zeta) and isinstance(node.args[0], sympy.Integer) and node.args[0] > 1:
        order = int(node.args[0]) - 1
        scale = (-1) ** (order + 1) * factorial(order)
        return lambda arithmetic, x: arithmetic.polygamma(order, x[0]) / scale, (sympy.S.One,)
    return None


def _split_function(node: sympy.Basic) -> tuple[Operation, tuple[sympy.Basic, ...]]:
    if type(node) in _FUNCTIONS:
        return _FUNCTIONS[type(node)], node.args
    if isinstance(node, sympy.polygamma) and isinstance(node.args[0], sympy.Integer):
        return _polygamma(int(node.args[0])), node.args[1:]
    if isinstance(node, AbstractSpecialFunction):
        return node.operation(), node.operands
    constant = _split_polygamma_value(node)
    if constant is not None:
        return constant
    raise TypeError(f"Expected exact arithmetic over the inputs, got {type(node).__name__} {node}")


def _split_power(node: sympy.Pow) -> tuple[Operation, tuple[sympy.Basic, ...]]:
    base, exponent = node.args
    if isinstance(exponent, sympy.Integer):
        return _power(int(exponent)), (base,)
    if isinstance(exponent, sympy.Rational) and exponent.q == 2:
        return _power(int(exponent.p)), (_SquareRoot(base),)
    return _function("exp"), (exponent * sympy.log(base),)
