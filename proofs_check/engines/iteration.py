"""High-precision iteration: the iterates of an exact map against their predicted limit and rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import sympy

from proofs_check.checker.balls import sign_at
from proofs_check.checker.points import Undefined, decide
from proofs_check.checker.terms import Refused
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.orbits.exact_orbit import period
from proofs_check.orbits.long_run import LongRun, long_run
from proofs_check.statements.canonical import encode_expression
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget

DIGITS = 100
MORE_DIGITS = 60
MAX_STEPS = 20_000
SETTLED = 60
RATE_DIGITS = 6


class IterationEngine(AbstractEngine):
    """Supports a limit when the iterates settle on it at 100 digits, and a rate when the last errors show it.

    Iterates that are to leave every bounded set must grow from window to window of rounds, each as long as
    all before it; iterates that are not to settle must do so, keep their spread over such windows, or go
    round a cycle at two precisions.

    Rounding is not enclosed, so it never proves, and iterates that settle elsewhere refute nothing.  It
    refutes a limit that the map is shown to move (elementary maps are continuous where they are defined,
    so that iterates can only converge to a point that stays), and what an exact cycle excludes.
    """

    name: ClassVar[str] = "iteration"
    ceiling: ClassVar[Verdict] = Verdict.SUPPORTED
    packages: ClassVar[tuple[str, ...]] = ("mpmath",)
    patience: ClassVar[float] = 0.3

    def refusal(self, statement: AnyStatement) -> str | None:
        return None if isinstance(statement, LimitStatement) else "it is not about a limit"

    def attempt(self, case: Case, budget: Budget) -> Finding:
        statement = case.statement
        if not isinstance(statement, LimitStatement):
            return Finding(verdict=Verdict.UNSUPPORTED, detail="it is not about a limit")
        contrary = _contrary(statement)
        if contrary:
            return Finding(verdict=Verdict.REFUTED, detail=contrary)
        digits = max(DIGITS, budget.digits + 20)
        if statement.behaviour is not Behaviour.CONVERGES:
            return _not_settling(statement, digits, budget)
        return _Iteration(statement, HighPrecisionArithmetic(digits)).run(budget)

    def canaries(self) -> Canaries:
        x = sympy.Symbol("x", real=True)
        newton = x / 2 + 1 / x
        half = sympy.Rational(1, 2)

        def case(name: str, step: sympy.Expr, limit: sympy.Expr, rate: sympy.Expr | None) -> Case:
            start = (sympy.Integer(3),)
            statement = LimitStatement(variables=(x,), step=(step,), start=start, limit=(limit,), rate=rate)
            return Case(name=name, statement=statement)

        relation = Relation(x, Comparison.EQUAL, x)
        implication = Statement(variables=(Variable(symbol=x),), hypotheses=(), conclusions=(relation,))
        return Canaries(
            affirms=case("halving", x / 2 + 1, sympy.Integer(2), half),
            refutes=case("Newton", newton, sympy.Rational(7, 5), None),
            unsupported=Case(name="implication", statement=implication),
        )


def _contrary(statement: LimitStatement) -> str:
    """What is shown exactly, or in balls, to contradict the statement; else empty."""
    moved = _moved(statement) if statement.behaviour is Behaviour.CONVERGES else ""
    if moved:
        return f"the map moves the predicted limit: {moved}"
    found = period(statement)
    if found is None:
        return ""
    rounds, point = found
    shown = ", ".join(map(str, point))
    if statement.behaviour is Behaviour.LEAVES:
        return f"the iterates come back to ({shown}) every {rounds} rounds"
    if statement.behaviour is Behaviour.WANDERS:
        return f"the iterates rest at ({shown})" if rounds == 1 else ""
    return f"the iterates come back to ({shown}) every {rounds} rounds" if rounds > 1 else ""


def _not_settling(statement: LimitStatement, digits: int, budget: Budget) -> Finding:
    """Whether the long run looks as predicted; a cycle must be seen at two precisions."""
    first = _seen(statement, digits, budget)
    if first.stopped:
        return Finding(verdict=Verdict.UNKNOWN, detail=first.stopped)
    if first.leaves:
        detail = f"the size grows from window to window, {first.rounds} rounds"
        return Finding(verdict=Verdict.SUPPORTED, detail=detail)
    if statement.behaviour is Behaviour.WANDERS:
        if first.period > 1 and _seen(statement, digits + MORE_DIGITS, budget).period == first.period:
            detail = f"a cycle of {first.period} rounds at {digits} and at {digits + MORE_DIGITS} digits"
            return Finding(verdict=Verdict.SUPPORTED, detail=detail)
        if not first.period and first.keeps_moving:
            detail = f"the spread stays as it is from window to window, {first.rounds} rounds"
            return Finding(verdict=Verdict.SUPPORTED, detail=detail)
    detail = f"the first {first.rounds} rounds do not show that it {statement.behaviour.value}"
    return Finding(verdict=Verdict.UNKNOWN, detail=detail)


def _seen(statement: LimitStatement, digits: int, budget: Budget) -> LongRun:
    arithmetic = HighPrecisionArithmetic(digits)
    step = Program.compile(statement.step, statement.variables).bind(arithmetic)
    start = Program.compile(statement.start, ()).evaluate(arithmetic, ())
    return long_run(step, start, arithmetic, budget)


def _moved(statement: LimitStatement) -> str:
    """A coordinate of the predicted limit that one round changes, decided exactly or in balls; else empty."""
    names = [str(symbol.name) for symbol in statement.variables]
    point = dict(zip(names, map(encode_expression, statement.limit), strict=True))
    for name, step in zip(names, statement.step, strict=True):
        stays = {"left": encode_expression(step), "is": "=", "right": name}
        try:
            if decide(stays, point, sign_at) is False:
                return name
        except (Undefined, Refused):
            continue
    return ""


class _Iteration:
    """One run: the errors |x_t − x*| and the moves |x_{t+1} − x_t|, in the maximum norm."""

    def __init__(self, statement: LimitStatement, arithmetic: HighPrecisionArithmetic) -> None:
        self._statement = statement
        self._arithmetic = arithmetic
        self._mp = arithmetic.context

    def run(self, budget: Budget) -> Finding:
        statement = self._statement
        step = Program.compile(statement.step, statement.variables).bind(self._arithmetic)
        limit = Program.compile(statement.limit, ()).evaluate(self._arithmetic, ())
        point: Sequence[Any] = Program.compile(statement.start, ()).evaluate(self._arithmetic, ())
        settled = self._mp.mpf(10) ** -SETTLED
        errors = [self._distance(point, limit)]
        for count in range(1, MAX_STEPS + 1):
            if budget.spent:
                return Finding(verdict=Verdict.UNKNOWN, detail=f"not settled in time, after {count} rounds")
            try:
                following = step(point)
            except ZeroDivisionError:
                return Finding(verdict=Verdict.UNKNOWN, detail=f"undefined after {count} rounds")
            move, point = self._distance(following, point), following
            if not all(self._mp.isfinite(value) and value.imag == 0 for value in point):
                return Finding(
                    verdict=Verdict.UNKNOWN, detail=f"leaves the real numbers after {count} rounds"
                )
            errors.append(self._distance(point, limit))
            if move <= settled * (1 + self._size(point)):
                return self._judge(errors, point, count)
        return Finding(verdict=Verdict.UNKNOWN, detail=f"not settled after {MAX_STEPS} rounds")

    def _judge(self, errors: list[Any], point: Sequence[Any], count: int) -> Finding:
        shown = ", ".join(self._mp.nstr(value, 15) for value in point)
        near = self._mp.mpf(10) ** -(SETTLED // 2) * (1 + self._size(point))
        if errors[-1] > near:
            detail = f"after {count} rounds the iterates seem to settle at ({shown}), off the predicted limit"
            return Finding(verdict=Verdict.UNKNOWN, detail=detail)
        if self._statement.rate is None:
            return Finding(verdict=Verdict.SUPPORTED, detail=f"settled at ({shown}) after {count} rounds")
        return self._judge_rate(errors, shown, count)

    def _judge_rate(self, errors: list[Any], shown: str, count: int) -> Finding:
        expected = Program.compile((self._statement.rate,), ()).evaluate(self._arithmetic, ())[0]
        found = self._rate(errors)
        if found is None:
            return Finding(verdict=Verdict.UNKNOWN, detail=f"settled at ({shown}), too soon to see a rate")
        text = f"settled at ({shown}) after {count} rounds, rate {self._mp.nstr(found, 10)}"
        if abs(found - expected) <= self._mp.mpf(10) ** -RATE_DIGITS:
            return Finding(verdict=Verdict.SUPPORTED, detail=text)
        return Finding(verdict=Verdict.UNKNOWN, detail=f"{text}, predicted {self._mp.nstr(expected, 10)}")

    def _rate(self, errors: list[Any]) -> Any:
        """Geometric mean of the last error ratios that are far above rounding."""
        floor = self._mp.mpf(10) ** -(SETTLED - 10)
        usable = [error for error in errors if error > floor]
        if len(usable) < 12:
            return self._mp.mpf(0) if len(usable) < len(errors) and errors[-1] == 0 else None
        span = min(40, len(usable) // 2)
        return (usable[-1] / usable[-1 - span]) ** (self._mp.mpf(1) / span)

    def _distance(self, left: Sequence[Any], right: Sequence[Any]) -> Any:
        return max(abs(a - b) for a, b in zip(left, right, strict=True))

    def _size(self, point: Sequence[Any]) -> Any:
        return max(abs(value) for value in point)
