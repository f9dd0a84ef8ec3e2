"""Experiment: a statement that can be sampled exactly but not written as an implication."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Experiment:
    """For every instance that `strategy` can draw, `predicate` finds no counterexample.

    Only the falsification engine accepts it, so it is at best *supported*.

    Parameters
    ----------
    name : str
        What is sampled, in words (``substochastic W, N = 4…8``).
    strategy : callable
        Builds the Hypothesis strategy that draws instances; called without arguments, and the only
        place that needs Hypothesis.  A function of a module, so that another process can find it.
    predicate : callable
        Exact test of one instance: None, or a description of the exact counterexample.  A function of
        a module.
    samples : int
        How many instances to draw, ≥ 1.

    Raises
    ------
    ValueError
        When a function is not found by its module and name.
    """

    name: str
    strategy: Callable[[], Any]
    predicate: Callable[[Any], str | None]
    samples: int = 200

    def __post_init__(self) -> None:
        if self.samples < 1:
            raise ValueError(f"Expected samples >= 1, got {self.samples}")
        for function in (self.strategy, self.predicate):
            if "<" in getattr(function, "__qualname__", "<unnamed>"):
                raise ValueError(f"Expected a function of a module, got {function!r}")
