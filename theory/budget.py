"""Budget: precision, seed and time limit, passed to whoever computes."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace


@dataclass(frozen=True, kw_only=True)
class Budget:
    """What a computation may spend and how precise it must be.

    Parameters
    ----------
    digits : int
        Decimal digits D wanted; radii end at most 10^(5−D)·max(1, |mid|).
    seconds : float
        Time limit for each claim or equilibrium.
    seed : int
        Seed of every random choice.
    deadline : float or None
        Moment on the monotonic clock at which the limit ends; set by `started`.
    """

    digits: int = 30
    seconds: float = 60.0
    seed: int = 0
    deadline: float | None = None

    def started(self) -> Budget:
        """The same budget with its clock running from now."""
        return replace(self, deadline=time.monotonic() + self.seconds)

    @property
    def spent(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and time.monotonic() > self.deadline
