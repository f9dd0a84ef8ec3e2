"""Terms: the data that statements and certificates are made of, and their strict reading."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from math import gcd
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NoReturn

STATEMENT_SCHEMA = "backfire.statement/1"
RELATIONS: dict[str, Callable[[Any, Any], bool]] = {"=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}
FUNCTIONS = ("exp", "log", "sqrt", "sin", "cos")
MAX_EXPONENT = 200
MAX_DEPTH = 150
MAX_DIGITS = 4000
MAX_ROWS = 64

_NUMBER = re.compile(r"(0|-?[1-9][0-9]*)(/[1-9][0-9]*)?")
_NAME = re.compile(r"[^\W\d][^\s\"\\]*")


class Refused(Exception):
    """A certificate, or a statement, is not acceptable; the message says why."""


def read_json(text: str) -> Any:
    """JSON without floats, NaN, infinities or repeated keys."""
    try:
        return json.loads(
            text,
            parse_float=lambda number: _refuse(f"a float: {number[:40]}"),
            parse_constant=lambda name: _refuse(f"not a number: {name}"),
            object_pairs_hook=_without_repeats,
        )
    except (ValueError, RecursionError) as error:
        raise Refused(f"not JSON: {error}") from error


def canonical_text(value: Any) -> str:
    """JSON data as its one canonical text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)


def digest(value: Any) -> str:
    """SHA-256 of the canonical text of JSON data."""
    return hashlib.sha256(canonical_text(value).encode()).hexdigest()


def record(value: Any, required: Iterable[str], place: str) -> dict[str, Any]:
    """`value` when it is an object with exactly the `required` keys."""
    required = set(required)
    if type(value) is not dict:
        raise Refused(f"{place}: expected an object, found {type(value).__name__}")
    if missing := required - value.keys():
        raise Refused(f"{place}: missing {', '.join(sorted(missing))}")
    if unknown := value.keys() - required:
        raise Refused(f"{place}: unknown {', '.join(sorted(map(str, unknown)))}")
    return value


def sequence(value: Any, place: str) -> list[Any]:
    """`value` when it is an array."""
    if type(value) is not list:
        raise Refused(f"{place}: expected an array, found {type(value).__name__}")
    return value


def integer(value: Any, low: int, high: int, place: str) -> int:
    """`value` when it is an integer in [low, high]; a boolean is none."""
    if type(value) is not int or not low <= value <= high:
        raise Refused(f"{place}: expected an integer in [{low}, {high}], found {str(value)[:40]}")
    return value


def text(value: Any, expected: str | None, place: str) -> str:
    """`value` when it is a string, and the `expected` one where one is expected."""
    if type(value) is not str or expected not in (None, value):
        raise Refused(f"{place}: expected {expected or 'a text'}, found {str(value)[:40]!r}")
    return value


def is_number(value: Any) -> bool:
    """Whether `value` has the shape of a number: ``"-3"``, ``"2/5"``."""
    return type(value) is str and _NUMBER.fullmatch(value) is not None


def number(value: Any, place: str) -> Fraction:
    """The exact rational written as a string in lowest terms."""
    if not is_number(value) or len(value) > MAX_DIGITS:
        raise Refused(f"{place}: expected an exact number as a string, found {str(value)[:40]!r}")
    numerator, _, denominator = value.partition("/")
    p, q = int(numerator), int(denominator or "1")
    if gcd(p, q) != 1 or (denominator and q == 1):
        raise Refused(f"{place}: expected lowest terms, found {value[:40]}")
    return Fraction(p, q)


def check_tree(tree: Any, names: Iterable[str], place: str, depth: int = 0) -> None:
    """Refuse `tree` unless it is an expression over the variables `names`.

    A number or a variable is a string; everything else is an array that starts with ``+``, ``*``,
    ``^`` (base, integer), ``exp``, ``log``, ``sqrt``, ``sin``, ``cos`` or ``pi``.
    """
    if depth > MAX_DEPTH:
        raise Refused(f"{place}: nested deeper than {MAX_DEPTH}")
    if type(tree) is str:
        if tree not in names:
            number(tree, place)
        return
    if type(tree) is not list or not tree or type(tree[0]) is not str:
        raise Refused(f"{place}: expected an expression, found {str(tree)[:40]}")
    head, arguments = tree[0], tree[1:]
    if head == "^" and len(arguments) == 2:
        if integer(arguments[1], -MAX_EXPONENT, MAX_EXPONENT, f"{place}, an exponent") == 0:
            raise Refused(f"{place}: an exponent 0, which would hide where the base is undefined")
        arguments = arguments[:1]
    elif not (
        (head in ("+", "*") and len(arguments) >= 2)
        or (head in FUNCTIONS and len(arguments) == 1)
        or (head == "pi" and not arguments)
    ):
        raise Refused(f"{place}: unknown operation {head[:40]!r} with {len(arguments)} arguments")
    for argument in arguments:
        check_tree(argument, names, place, depth + 1)


def check_statement(statement: Any) -> None:
    """Refuse `statement` unless it is an encoded implication."""
    fields = record(statement, ("schema", "variables", "hypotheses", "conclusions"), "statement")
    if fields["schema"] != STATEMENT_SCHEMA:
        raise Refused(f"statement: expected schema {STATEMENT_SCHEMA}, found {str(fields['schema'])[:40]}")
    variables = sequence(fields["variables"], "variables")
    for name in variables:
        if type(name) is not str or not _NAME.fullmatch(name) or name in (*FUNCTIONS, "pi"):
            raise Refused(f"variables: expected a name, found {str(name)[:40]!r}")
    if len(set(variables)) != len(variables):
        raise Refused("variables: a name is repeated")
    for part in ("hypotheses", "conclusions"):
        for index, condition in enumerate(sequence(fields[part], part)):
            _check_condition(condition, variables, f"{part}[{index}]")
    if not fields["conclusions"]:
        raise Refused("conclusions: expected at least one")


def _check_condition(condition: Any, names: list[str], place: str) -> None:
    if type(condition) is dict and "schur_stable" in condition:
        rows = sequence(record(condition, ("schur_stable",), place)["schur_stable"], place)
        if not rows or any(type(row) is not list or len(row) != len(rows) for row in rows):
            raise Refused(f"{place}: expected a square matrix")
        if len(rows) > MAX_ROWS:
            raise Refused(f"{place}: expected at most {MAX_ROWS} rows, found {len(rows)}")
        for entry in (entry for row in rows for entry in row):
            check_tree(entry, names, place)
        return
    fields = record(condition, ("left", "is", "right"), place)
    if type(fields["is"]) is not str or fields["is"] not in RELATIONS:
        raise Refused(f"{place}: unknown relation {str(fields['is'])[:40]!r}")
    check_tree(fields["left"], names, place)
    check_tree(fields["right"], names, place)


def _without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise Refused("a key is repeated in an object")
    return result


def _refuse(found: str) -> NoReturn:
    raise Refused(f"expected exact numbers as strings, found {found}")
