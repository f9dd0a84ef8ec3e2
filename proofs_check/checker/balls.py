"""Balls: rigorous enclosures of expressions and their gradients, with python-flint's arb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

Tree = Any
Step = tuple[str, tuple[int, ...], int]
POINT_BITS = (128, 512, 2048)


def sign_at(tree: Tree, point: Mapping[str, Tree]) -> int | None:
    """Proved sign (+1 or −1) of an expression at a point; None when balls do not exclude zero."""
    names = tuple(point)
    for bits in POINT_BITS:
        with ctx.workprec(bits):
            values = [Enclosure(point[name], ()).value(()) for name in names]
            sign = sign_of(Enclosure(tree, names).value(values))
        if sign is not None:
            return sign
    return None


def sign_of(ball: arb) -> int | None:
    """+1 or −1 when a finite ball lies on one side of zero, else None."""
    if not ball.is_finite():
        return None
    if ball > 0:
        return 1
    return -1 if ball < 0 else None


def exact(value: Fraction) -> arb:
    """The tightest ball around an exact number, at the precision in force."""
    return arb(fmpq(value.numerator, value.denominator))


def span(low: Fraction, high: Fraction) -> arb:
    """A ball that contains the interval [low, high], and nothing below 0 when low = 0."""
    return _from_zero(exact(high)) if low == 0 < high else exact(low).union(exact(high))


def _from_zero(high: arb) -> arb:
    """A ball whose lower end is exactly 0 and whose upper end is at least that of `high`."""
    around = arb(0, high.abs_upper() / 2)
    return around + around.rad()


class Enclosure:
    """An expression as a list of steps, each distinct subexpression once.

    Use it under ``ctx.workprec(bits)``: steps that depend on no variable are computed when it is built.
    A ball that is not finite carries no information; it comes out wherever a divisor may be zero or a
    logarithm or root may leave its domain.
    """

    def __init__(self, tree: Tree, names: Sequence[str]) -> None:
        self._names = {name: k for k, name in enumerate(names)}
        self._steps: list[Step] = []
        self._slots: dict[Any, int] = {}
        self._constants: dict[int, arb] = {}
        self._root = self._slot(tree)

    def value(self, box: Sequence[arb]) -> arb:
        """Ball around the values on `box`."""
        return self._run(box)[self._root]

    def gradient(self, box: Sequence[arb]) -> tuple[arb, list[arb]]:
        """Balls around the values and the partial derivatives on `box`."""
        values = self._run(box)
        partial = [arb(0)] * len(values)
        partial[self._root] = arb(1)
        result = [arb(0)] * len(self._names)
        for slot in range(len(self._steps) - 1, -1, -1):
            head, arguments, extra = self._steps[slot]
            if slot in self._constants:
                continue
            if head == "variable":
                result[extra] = partial[slot]
                continue
            inner = [values[k] for k in arguments]
            for k, derivative in zip(arguments, _derivatives(head, inner, values[slot], extra), strict=True):
                if k not in self._constants:
                    partial[k] = partial[k] + partial[slot] * derivative
        return values[self._root], result

    def _run(self, box: Sequence[arb]) -> list[arb]:
        values: list[arb] = []
        signs: list[bool] = []
        for slot, (head, arguments, extra) in enumerate(self._steps):
            known = [signs[k] for k in arguments]
            if slot in self._constants:
                values.append(self._constants[slot])
            elif head == "variable":
                values.append(box[extra])
            elif head == "sqrt" and known[0]:
                values.append(_root(values[arguments[0]]))
            else:
                values.append(_apply(head, [values[k] for k in arguments], extra))
            signs.append(_is_nonnegative(head, known, extra) or bool(values[slot] >= 0))
        return values

    def _slot(self, tree: Tree) -> int:
        """The slot of a subexpression, adding its steps where they are new."""
        if type(tree) is str:
            if tree in self._names:
                return self._emit("variable", (), self._names[tree])
            return self._emit("number", (), 0, exact(Fraction(tree)), key=tree)
        head, arguments = tree[0], tree[1:]
        if head == "pi":
            return self._emit("pi", (), 0, arb.pi())
        if head == "^":
            return self._emit("^", (self._slot(arguments[0]),), arguments[1])
        slots = [self._slot(argument) for argument in arguments]
        first = slots[0]
        if head not in ("+", "*"):
            return self._emit(head, (first,), 0)
        for slot in slots[1:]:
            first = self._emit(head, (first, slot), 0)
        return first

    def _emit(
        self, head: str, arguments: tuple[int, ...], extra: int, value: arb | None = None, key: str = ""
    ) -> int:
        name = (head, arguments, extra, key)
        if name in self._slots:
            return self._slots[name]
        slot = len(self._steps)
        self._steps.append((head, arguments, extra))
        self._slots[name] = slot
        if value is not None:
            self._constants[slot] = value
        elif arguments and all(k in self._constants for k in arguments):
            self._constants[slot] = _apply(head, [self._constants[k] for k in arguments], extra)
        return slot


def _apply(head: str, x: list[arb], exponent: int) -> arb:
    if head == "+":
        return x[0] + x[1]
    if head == "*":
        return x[0] * x[1]
    if head == "^":
        return _power(x[0], exponent) if exponent >= 0 else 1 / _power(x[0], -exponent)
    return {"exp": arb.exp, "log": arb.log, "sqrt": arb.sqrt, "sin": arb.sin, "cos": arb.cos}[head](x[0])


def _is_nonnegative(head: str, arguments: list[bool], exponent: int) -> bool:
    """Whether a step is ≥ 0 wherever it is defined, given which of its arguments are."""
    if head == "^":
        return exponent % 2 == 0 or arguments[0]
    return head in ("exp", "sqrt") or (head in ("+", "*") and all(arguments))


def _root(x: arb) -> arb:
    """√ of a quantity that is ≥ 0, though its ball may reach below."""
    return x.sqrt() if x > 0 or not x.is_finite() else _from_zero(x.abs_upper().sqrt())


def _power(x: arb, exponent: int) -> arb:
    """x to a natural power; Arb's own answers NaN for an inexact ball centred at 0."""
    if exponent > 1 and x.mid() == 0 and x.is_finite():
        return arb(0, x.abs_upper() ** exponent)
    return x**exponent if exponent != 1 else x


def _derivatives(head: str, x: list[arb], value: arb, exponent: int) -> list[arb]:
    """Partial derivatives of one step with respect to its arguments."""
    if head == "+":
        return [arb(1), arb(1)]
    if head == "*":
        return [x[1], x[0]]
    if head == "^":
        return [exponent * _apply("^", x, exponent - 1) if exponent else arb(0)]
    if head == "exp":
        return [value]
    if head == "log":
        return [1 / x[0]]
    if head == "sqrt":
        return [1 / (2 * value)]
    return [x[0].cos()] if head == "sin" else [-x[0].sin()]
