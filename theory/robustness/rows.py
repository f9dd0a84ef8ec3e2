"""Rows of a robustness report: a quantity of one model against one reference, with a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import sympy
from flint import fmpq

from theory.robustness.course import Course, Side
from theory.robustness.measures import Quantity


class When(Enum):
    """After which time a quantity is compared."""

    ONE_ROUND = "one round"
    EQUILIBRIUM = "equilibrium"


class Reference(Enum):
    """What a quantity is compared with."""

    START = "start"
    """Its value at the start."""
    REAL_DATA = "real data"
    """Its value in the model's real data."""
    NO_CHOICE = "no choice"
    """Its value at the equilibrium where this group picks uniformly."""
    NO_ADVERSARIES = "no adversaries"
    """Its value at the equilibrium without adversaries in this group."""


class Verdict(Enum):
    """What is proved of a quantity as the share of adversaries grows from 0 to 1."""

    FALLS = "falls"
    """Not below its reference up to a threshold, and below it just past it."""
    BELOW = "already below"
    """Below its reference without any adversary."""
    NEVER = "never falls"
    """At no share below its reference."""
    UNAFFECTED = "unaffected"
    """No adversary of this group moves it."""
    UNDEFINED = "undefined"
    """Not every choice or mean is proved to exist where it is asked for."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One quantity of one model, against one reference, as adversaries among one group grow.

    Parameters
    ----------
    users : str
        Among whom the adversaries are.
    model : str
    quantity : Quantity
    when : When
    reference : Reference
    verdict : Verdict
    course : Course or None
        None where there is nothing to follow.
    formula : Expr or None
        The threshold in closed form, where it has one.
    detail : str
    """

    users: str
    model: str
    quantity: Quantity
    when: When
    reference: Reference
    verdict: Verdict
    course: Course | None = None
    formula: sympy.Expr | None = None
    detail: str = ""


def verdict_of(course: Course) -> Verdict:
    """What a course proves."""
    if course.at_zero is Side.BELOW:
        return Verdict.BELOW
    if course.falls is not None:
        return Verdict.FALLS
    settled = course.until == fmpq(1) and course.at_zero is not Side.UNDECIDED
    return Verdict.NEVER if settled else Verdict.UNDECIDED
