"""Exact input: numbers, vectors, matrices, polynomials and names as users write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NoReturn

import sympy

from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import evaluate
from theory.errors import InvalidInput
from theory.expressions.limits import MAX_BITS, MAX_CHARACTERS
from theory.expressions.parse import parse
from theory.expressions.polynomials import (
    NotPolynomial,
    TooManyTerms,
    as_polynomial,
    coefficients,
    is_identically_zero,
)
from theory.expressions.reward_functions import reward_functions
from theory.expressions.signs import NumberSign, sign_of
from theory.expressions.tokens import CONSTANTS, FUNCTIONS, NAME, REWARD_VARIABLE_NAME, decimal_literal
from theory.parameter import Parameter
from theory.wording import describe

A_NUMBER = "an integer, a decimal number, a fraction or an expression"
A_NAME = "a name (letters, digits, underscores; not x, x1, …, pi or a function)"
STATE_WORDS = ("mean", "variance", "covariance")
"""Words that state names use, so that no atom may."""
_ALLOWED = {
    "> 0": {NumberSign.POSITIVE},
    ">= 0": {NumberSign.POSITIVE, NumberSign.ZERO},
}


@dataclass(frozen=True)
class DecimalLiteral:
    """A decimal number kept as its text, so that 0.2 is one fifth."""

    text: str

    def __str__(self) -> str:
        return self.text


class ExactInput:
    """Reads what users wrote, over the declared parameters; every refusal names its place.

    Parameters
    ----------
    parameters : sequence of Parameter
        What expressions may name; their values decide inequalities.
    source : str
        Where the text comes from, for messages.

    Examples
    --------
    >>> read = ExactInput((), "a.toml")
    >>> read.number("1/3", "share"), read.number(DecimalLiteral("0.2"), "share")
    (1/3, 1/5)
    >>> read.vector([], "mean", length=2)
    Traceback (most recent call last):
    ...
    theory.errors.InvalidInput: a.toml: mean: expected a list of 2 numbers, found an empty list
    """

    def __init__(self, parameters: Sequence[Parameter] = (), source: str = "") -> None:
        self.source = source
        self.symbols = {p.name: p.symbol for p in parameters}
        self.values = {p.symbol: p.value for p in parameters}

    def refusal(self, place: str, expected: str, found: str, hint: str = "") -> InvalidInput:
        """The error to raise about `place` in this source."""
        return InvalidInput(expected=expected, found=found, place=place, source=self.source, hint=hint)

    def refuse(self, place: str, expected: str, found: str, hint: str = "") -> NoReturn:
        """Raise the `refusal`."""
        raise self.refusal(place, expected, found, hint)

    def number(self, value: object, place: str) -> sympy.Expr:
        """An exact number over the parameters.  Raises `InvalidInput`."""
        return self._number(value, place, ())

    def vector(self, value: object, place: str, length: int | None = None) -> tuple[sympy.Expr, ...]:
        """A list of numbers, of the given length; a bare number where the length is 1.

        Raises
        ------
        InvalidInput
            When it is no list of numbers, or has another length.
        """
        if length == 1 and not isinstance(value, list | tuple):
            return (self.number(value, place),)
        expected = "a list of numbers" if length is None else f"a list of {length} numbers"
        if not isinstance(value, list | tuple) or not value or length not in (None, len(value)):
            raise self.refusal(place, expected, describe(value))
        return tuple(self.number(entry, f"{place}[{k}]") for k, entry in enumerate(value))

    def matrix(
        self, value: object, place: str, shape: tuple[int, int] | None = None
    ) -> sympy.ImmutableDenseMatrix:
        """A list of rows of numbers, of the given shape.

        Raises
        ------
        InvalidInput
            When it is no list of rows of equal lengths, or has another shape.
        """
        wanted = "a list of rows of equal lengths"
        if shape is not None:
            wanted = f"{shape[0]} rows of {shape[1]} numbers"
        if not isinstance(value, list | tuple) or not value:
            raise self.refusal(place, wanted, describe(value))
        if shape is not None and len(value) != shape[0]:
            raise self.refusal(place, wanted, f"{len(value)} rows")
        first = value[0]
        columns = shape[1] if shape is not None else len(first) if isinstance(first, list | tuple) else 0
        rows = []
        for k, row in enumerate(value):
            if not isinstance(row, list | tuple) or len(row) != columns or not row:
                raise self.refusal(f"{place}[{k}]", wanted, describe(row))
            rows.append(self.vector(row, f"{place}[{k}]"))
        return sympy.ImmutableDenseMatrix(len(rows), columns, [entry for row in rows for entry in row])

    def polynomial(self, value: object, place: str, variables: Sequence[sympy.Symbol]) -> sympy.Expr:
        """A polynomial in `variables`, expanded, its coefficients over the parameters.

        Raises
        ------
        InvalidInput
            When it is no polynomial in the variables, or has too many terms.
        """
        expression = self._number(value, place, variables)
        if not expression.free_symbols & set(variables):
            return expression
        used = tuple(v for v in variables if v in expression.free_symbols)
        try:
            return as_polynomial(coefficients(expression, used), used)
        except NotPolynomial as problem:
            names = ", ".join(v.name for v in used)
            raise self.refusal(place, f"a polynomial in {names}", describe(value)) from problem
        except TooManyTerms as problem:
            found = f"{problem} in {describe(value)}"
            raise self.refusal(place, "a polynomial of fewer terms", found) from problem

    def reward(self, value: object, place: str, variables: Sequence[sympy.Symbol]) -> sympy.Expr:
        """A polynomial in `variables` and functions of them (see `reward_functions`), expanded.

        Raises
        ------
        InvalidInput
            When it is nothing of the kind, or has too many terms.
        """
        expression = self._number(value, place, variables)
        written = reward_functions(expression, variables)
        stands_for = {f: sympy.Dummy(f"f{k}", real=True) for k, f in enumerate(written)}
        if not stands_for:
            return self.polynomial(value, place, variables)
        replaced = expression.xreplace(stands_for)
        used = tuple(s for s in (*variables, *stands_for.values()) if s in replaced.free_symbols)
        try:
            expanded = as_polynomial(coefficients(replaced, used), used)
        except NotPolynomial as problem:
            names = ", ".join(map(str, (*variables, *stands_for)))
            raise self.refusal(place, f"a polynomial in {names}", describe(value)) from problem
        except TooManyTerms as problem:
            found = f"{problem} in {describe(value)}"
            raise self.refusal(place, "a polynomial of fewer terms", found) from problem
        return expanded.xreplace({stands_for[f]: alike for f, alike in written.items()})

    def names(self, value: object, place: str) -> tuple[str, ...]:
        """A list of distinct names of atoms.  Raises `InvalidInput`."""
        if not isinstance(value, list | tuple) or not value:
            raise self.refusal(place, "a list of names", describe(value))
        seen: dict[str, None] = {}
        for k, entry in enumerate(value):
            name = self.name(entry, f"{place}[{k}]")
            if name in STATE_WORDS:
                raise self.refusal(f"{place}[{k}]", f"a name other than {', '.join(STATE_WORDS)}", repr(name))
            if name in seen:
                raise self.refusal(f"{place}[{k}]", "distinct names", f"{name!r} twice")
            seen[name] = None
        return tuple(seen)

    def name(self, value: object, place: str) -> str:
        """One name.  Raises `InvalidInput`."""
        reserved = (*FUNCTIONS, *CONSTANTS)
        if isinstance(value, str):
            formed = NAME.fullmatch(value) is not None
            if formed and value not in reserved and not REWARD_VARIABLE_NAME.fullmatch(value):
                return value
        raise self.refusal(place, A_NAME, describe(value))

    def require(
        self, expression: sympy.Expr, relation: str, place: str, expected: str, found: str = ""
    ) -> None:
        """Accept an expression that is ``> 0`` or ``>= 0`` at the parameters' values.

        Otherwise `found` says what there is instead, by default the expression's value.

        Raises
        ------
        InvalidInput
            When the relation fails there, or cannot be decided.
        ValueError
            When the relation is another.
        """
        if relation not in _ALLOWED:
            raise ValueError(f"Expected one of {sorted(_ALLOWED)}, got {relation!r}")
        value = expression.xreplace(self.values)
        sign = sign_of(value)
        if sign is NumberSign.UNDECIDED:
            raise self.refusal(place, expected, f"{self._shown(value)}, whose sign could not be decided")
        if sign not in _ALLOWED[relation]:
            raise self.refusal(place, expected, found or self._offending(expression, value))

    def require_zero(self, expression: sympy.Expr, place: str, expected: str, found: str = "") -> None:
        """Accept an expression that is zero identically in the parameters.

        Raises
        ------
        InvalidInput
            When it differs from zero somewhere, or could not be proved to be zero.
        """
        try:
            if is_identically_zero(expression):
                return
        except TooManyTerms as problem:
            found = f"an expression that is too large to decide: {problem}"
            raise self.refusal(place, expected, found) from problem
        found = found or self._offending(expression, expression.xreplace(self.values))
        raise self.refusal(place, expected, found)

    def shown(self, expression: sympy.Expr) -> str:
        """The expression's value at the parameters' values, for messages."""
        return self._shown(expression.xreplace(self.values))

    def _offending(self, expression: sympy.Expr, value: sympy.Expr) -> str:
        at = " at the parameters' values" if expression.free_symbols else ""
        return f"{self._shown(value)}{at}"

    def _shown(self, value: sympy.Expr) -> str:
        if isinstance(value, sympy.Rational) and int(value.p).bit_length() + int(value.q).bit_length() < 200:
            return str(value)
        ball = evaluate([value], {}, BallArithmetic(256))[0]
        return f"about {ball.str(15, radius=False)}"

    def _number(self, value: object, place: str, variables: Sequence[sympy.Symbol]) -> sympy.Expr:
        if isinstance(value, bool):
            raise self.refusal(place, A_NUMBER, describe(value))
        if isinstance(value, int):
            if value.bit_length() > MAX_BITS:
                raise self.refusal(place, f"a number of at most {MAX_BITS} bits", describe(value))
            return sympy.Integer(value)
        if isinstance(value, DecimalLiteral):
            return self._decimal(value, place)
        if isinstance(value, str):
            known = {v.name: v for v in variables} | self.symbols
            return parse(value, known, place, values=self.values, source=self.source)
        hint = 'write exact numbers as text, such as "1/5"' if isinstance(value, float) else ""
        raise self.refusal(place, A_NUMBER, describe(value), hint)

    def _decimal(self, literal: DecimalLiteral, place: str) -> sympy.Expr:
        text = literal.text
        if len(text) > MAX_CHARACTERS:
            raise self.refusal(place, f"a number of at most {MAX_CHARACTERS} characters", describe(text))
        if text.lstrip("+-") in ("inf", "nan", "Infinity", "NaN"):
            raise self.refusal(place, A_NUMBER, text)
        numerator, denominator = decimal_literal(text.replace("_", ""), place, self.source)
        return sympy.Rational(numerator, denominator)
