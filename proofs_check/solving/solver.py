"""Solver: what a solver of real arithmetic is asked, and what it may answer."""

from __future__ import annotations

import importlib.util
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, ClassVar, final

from proofs_check.checker.facts import Condition, problem_of


@dataclass(frozen=True, kw_only=True)
class Question:
    """Whether there is a point where all `facts` hold and one of `failures` does not.

    Parameters
    ----------
    names : tuple of str
        Variables, in the order of the polynomials' exponents.
    facts, failures : tuple of Condition
    """

    names: tuple[str, ...]
    facts: tuple[Condition, ...]
    failures: tuple[Condition, ...]


@dataclass(frozen=True, kw_only=True)
class Answer:
    """``sat``, ``unsat`` or ``unknown``; with ``sat`` the model's values, rounded where irrational."""

    word: str
    model: Mapping[str, Fraction] = field(default_factory=dict)


class AbstractSolver(ABC):
    """One solver, in one file.

    To implement: `name`, `package` (its distribution) and `ask`.  The package is imported in `ask` alone.
    """

    name: ClassVar[str]
    package: ClassVar[str]

    @abstractmethod
    def ask(self, question: Question, seconds: float) -> Answer:
        """The solver's answer; it tries to stop after `seconds`, and whoever calls sees to it."""

    @final
    @property
    def installed(self) -> bool:
        """Whether its package can be imported."""
        return importlib.util.find_spec(self.name) is not None


def question_of(encoded: dict[str, Any]) -> Question:
    """An encoded implication's negation: hypotheses and divisors hold, a conclusion fails.

    Raises
    ------
    Refused
        When the statement holds what no polynomial condition says.
    """
    problem = problem_of(encoded)
    divisors = [goal for name, goal in problem.goals.items() if ".d" in name]
    failures = [goal for name, goal in problem.goals.items() if ".d" not in name]
    return Question(
        names=tuple(problem.algebra.names),
        facts=(*problem.facts.values(), *divisors),
        failures=tuple(failures),
    )
