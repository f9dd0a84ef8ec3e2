"""Reward and taste: what people like, and how decisively they choose."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

REWARD_VARIABLE = sympy.Symbol("x", real=True)


ANSWER_VARIABLE = sympy.Symbol("y", real=True)
"""A number answered to a prompt, in a polynomial reward."""


def reward_variables(dimension: int) -> tuple[sympy.Symbol, ...]:
    """Symbols that stand for a sample in a polynomial reward: ``x``, or ``x1 … xd`` for d > 1."""
    if dimension == 1:
        return (REWARD_VARIABLE,)
    return tuple(sympy.Symbol(f"x{k}", real=True) for k in range(1, dimension + 1))


@dataclass(frozen=True, kw_only=True)
class Reward:
    """What people like: a polynomial in the sample, or a table with one number an atom.

    Exactly one of the two is set.  A table of several `rows` has one row a prompt, one after the other,
    each with one number an answer.
    """

    polynomial: sympy.Expr | None = None
    table: tuple[sympy.Expr, ...] | None = None
    rows: int = 1


@dataclass(frozen=True, kw_only=True)
class Taste:
    """A reward r at a strength β ≥ 0: choices are made with weights e^{βr}."""

    reward: Reward
    strength: sympy.Expr = sympy.S.One
