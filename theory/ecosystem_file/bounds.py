"""Bounds: numbers of a file that must lie between limits at the parameters' values."""

from __future__ import annotations

import sympy

from theory.errors import InvalidInput
from theory.exact_input import ExactInput

A_PROBABILITY = "a probability in [0, 1]"


def require_slack(read: ExactInput, slack: sympy.Expr, place: str, expected: str, found: str) -> None:
    """Require slack ≥ 0, showing in the message the number itself and not the slack.

    Parameters
    ----------
    read : ExactInput
    slack : sympy.Expr
        Distance to the bound, over the parameters.
    place, expected, found : str
        For the message.

    Raises
    ------
    InvalidInput
        When it is negative at the parameters' values.
    """
    try:
        read.require(slack, ">= 0", place, expected)
    except InvalidInput as problem:
        raise InvalidInput(expected=expected, found=found, place=place, source=read.source) from problem


def probability(read: ExactInput, value: object, place: str, expected: str = A_PROBABILITY) -> sympy.Expr:
    """A number in [0, 1] at the parameters' values.  Raises `InvalidInput`."""
    number = read.number(value, place)
    for slack in (number, 1 - number):
        require_slack(read, slack, place, expected, read.shown(number))
    return number


def strength(read: ExactInput, value: object, place: str) -> sympy.Expr:
    """A strength β ≥ 0 at the parameters' values.  Raises `InvalidInput`."""
    number = read.number(value, place)
    read.require(number, ">= 0", place, "a strength ≥ 0")
    return number
