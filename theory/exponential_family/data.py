"""Reading a family's keys from a user's table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import sympy

from theory.exact_input import ExactInput
from theory.expressions.exact_matrix import Matrix, leading_minors

GREATEST_CONCENTRATION = 1000
"""Beyond, the digits of the exact ψ(α), a sum of α fractions, run to thousands."""


def required(table: Mapping[str, object], key: str, read: ExactInput, place: str) -> object:
    """The entry that must be there.

    Raises
    ------
    InvalidInput
        When the key is missing.
    """
    if key not in table:
        raise read.refusal(place, f"a key `{key}`", "none")
    return table[key]


def positive_numbers(
    table: Mapping[str, object], words: Mapping[str, str], read: ExactInput, place: str
) -> tuple[sympy.Expr, ...]:
    """One number > 0 a key, each with the words by which a message names it.

    Raises
    ------
    InvalidInput
        When a key is missing, or its number is not > 0 at the parameters' values.
    """
    numbers = []
    for key, name in words.items():
        value = read.number(required(table, key, read, place), f"{place}.{key}")
        read.require(value, "> 0", f"{place}.{key}", f"a {name} > 0")
        numbers.append(value)
    return tuple(numbers)


def concentrations(values: Iterable[tuple[sympy.Expr, str]], read: ExactInput) -> tuple[sympy.Expr, ...]:
    """Shape parameters α, each with its place; ψ(α) is written out exactly, so that α has a limit.

    Raises
    ------
    InvalidInput
        When one is not in (0, `GREATEST_CONCENTRATION`] at the parameters' values.
    """
    accepted = []
    for value, place in values:
        read.require(value, "> 0", place, "a number > 0")
        limit = f"a number of at most {GREATEST_CONCENTRATION}"
        read.require(GREATEST_CONCENTRATION - value, ">= 0", place, limit)
        accepted.append(value)
    return tuple(accepted)


def covariance_matrix(value: object, read: ExactInput, place: str, dimension: int | None = None) -> Matrix:
    """A symmetric positive definite matrix, of the given dimension.

    Raises
    ------
    InvalidInput
        When it is no matrix, has another shape, or is not symmetric positive definite.
    """
    shape = None if dimension is None else (dimension, dimension)
    covariance = read.matrix(value, place, shape)
    expected = "a symmetric positive definite matrix"
    if covariance.rows != covariance.cols:
        raise read.refusal(place, expected, f"{covariance.rows} × {covariance.cols} numbers")
    for j in range(covariance.rows):
        for k in range(j):
            found = f"different entries [{j},{k}] and [{k},{j}]"
            read.require_zero(covariance[j, k] - covariance[k, j], place, expected, found)
    for minor in leading_minors(covariance):
        read.require(minor, "> 0", place, expected)
    return covariance
