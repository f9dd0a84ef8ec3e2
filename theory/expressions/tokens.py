"""Tokens of the expression language: numbers, names, operators."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from theory.errors import InvalidInput
from theory.expressions.limits import MAX_CHARACTERS, MAX_DECIMAL_EXPONENT
from theory.wording import describe

FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos", "abs")
CONSTANTS = ("pi",)
NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
REWARD_VARIABLE_NAME = re.compile(r"x([1-9][0-9]*)?")
_SPACE = " \t\r\n"
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<operator>\*\*|[-+*/()])"
)
_DECIMAL = re.compile(r"[+-]?(?P<whole>[0-9]*)(?:\.(?P<part>[0-9]*))?(?:[eE](?P<exponent>[+-]?[0-9]+))?")
_DIGITS_AT_ONCE = 4_000


class TokenKind(Enum):
    """What a token is."""

    NUMBER = "a number"
    NAME = "a name"
    OPERATOR = "an operator"
    END = "the end"


@dataclass(frozen=True)
class Token:
    """A piece of the text and the (zero-based) column where it starts."""

    kind: TokenKind
    text: str
    column: int

    def __str__(self) -> str:
        if self.kind is TokenKind.END:
            return "the end of the expression"
        return f"{describe(self.text)} at column {self.column + 1}"


def tokenize(text: str, place: str, source: str = "") -> tuple[Token, ...]:
    """Tokens of `text`, closed by an END token.

    Raises
    ------
    InvalidInput
        When the text is too long or holds a character outside the language.
    """
    if len(text) > MAX_CHARACTERS:
        raise InvalidInput(
            expected=f"an expression of at most {MAX_CHARACTERS} characters",
            found=f"{len(text)} characters",
            place=place,
            source=source,
        )
    tokens = []
    column = 0
    while column < len(text):
        if text[column] in _SPACE:
            column += 1
            continue
        match = _TOKEN.match(text, column)
        if match is None:
            raise _foreign_character(text, column, place, source)
        tokens.append(Token(TokenKind[(match.lastgroup or "").upper()], match.group(), column))
        column = match.end()
    return (*tokens, Token(TokenKind.END, "", len(text)))


def _foreign_character(text: str, column: int, place: str, source: str) -> InvalidInput:
    character = text[column]
    shown = repr(character) if character.isascii() else f"the character U+{ord(character):04X}"
    hint = "write ** for powers" if character == "^" else ""
    return InvalidInput(
        expected="numbers, names, + - * / ** and parentheses",
        found=f"{shown} at column {column + 1} of {describe(text)}",
        place=place,
        source=source,
        hint=hint,
    )


def integer_from_digits(digits: str) -> int:
    """The integer with these decimal digits, however many (Python alone refuses past 4300).

    Examples
    --------
    >>> integer_from_digits("00123")
    123
    """
    value = 0
    for start in range(0, len(digits), _DIGITS_AT_ONCE):
        chunk = digits[start : start + _DIGITS_AT_ONCE]
        value = value * 10 ** len(chunk) + int(chunk)
    return value


def decimal_literal(text: str, place: str, source: str = "") -> tuple[int, int]:
    """Numerator and denominator of a decimal literal such as ``-12.5e-3``, not reduced.

    Raises
    ------
    InvalidInput
        When the text is not a decimal literal, or its exponent is beyond ±1000.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None or not (match["whole"] or match["part"]):
        raise InvalidInput(expected="a decimal number", found=describe(text), place=place, source=source)
    written = match["exponent"] or "0"
    magnitude = written.lstrip("+-").lstrip("0") or "0"
    if len(magnitude) > 4 or int(magnitude) > MAX_DECIMAL_EXPONENT:
        raise InvalidInput(
            expected=f"a decimal exponent between -{MAX_DECIMAL_EXPONENT} and {MAX_DECIMAL_EXPONENT}",
            found=describe(text),
            place=place,
            source=source,
        )
    part = match["part"] or ""
    digits = integer_from_digits(f"{match['whole']}{part}" or "0")
    exponent = -int(magnitude) if written.startswith("-") else int(magnitude)
    shift = exponent - len(part)
    digits = -digits if text.startswith("-") else digits
    return (digits * 10**shift, 1) if shift >= 0 else (digits, 10**-shift)
