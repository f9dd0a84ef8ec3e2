"""Long run: sizes and spreads of iterates over windows of rounds, each as long as all rounds before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.budget import Budget

DOUBLINGS = 12
LAST = 6
GROWTH = 1.3
STEADY = 0.99
STEADY_WINDOWS = 4
SPREAD = 1e-20
FAR = 1_000
GROWING = 3
LONGEST_PERIOD = 64
SLACK_DIGITS = 8

Step = Callable[[Sequence[Any]], Sequence[Any]]


@dataclass(frozen=True, kw_only=True)
class Window:
    """Least and largest size of the iterates in a window of rounds, and their spread in some coordinate."""

    least: Any
    largest: Any
    spread: Any


@dataclass(frozen=True, kw_only=True)
class LongRun:
    """What was seen of the iterates.

    Parameters
    ----------
    windows : tuple of Window
        Rounds 1, 2, 3–4, 5–8, …
    rounds : int
    period : int
        Least p ≤ 64 with x_(t+p) = x_t up to rounding, 0 when there is none.
    beyond : bool
        Whether the run ended beyond 10¹⁰⁰⁰, larger in each of the last three rounds.
    stopped : str
        Why the run ended early otherwise; empty when it did not.
    """

    windows: tuple[Window, ...]
    rounds: int
    period: int = 0
    beyond: bool = False
    stopped: str = ""

    @property
    def leaves(self) -> bool:
        """Whether iterates passed 10¹⁰⁰⁰ while growing, or grew window by window, six times over.

        Then every iterate of a window is larger by three tenths than all of the window before the last.
        """
        if self.beyond:
            return True
        recent = self.windows[-LAST - 2 :]
        pairs = list(zip(recent, recent[2:], strict=False))
        return len(pairs) == LAST and all(b.least >= GROWTH * a.largest > 0 for a, b in pairs)

    @property
    def keeps_moving(self) -> bool:
        """Whether the spread stayed as it was, within a hundredth, over the last four windows."""
        spreads = [window.spread for window in self.windows[-STEADY_WINDOWS:]]
        largest = max(spreads)
        return len(spreads) == STEADY_WINDOWS and largest > SPREAD and min(spreads) >= STEADY * largest


def long_run(
    step: Step, start: Sequence[Any], arithmetic: HighPrecisionArithmetic, budget: Budget
) -> LongRun:
    """Iterate over twelve doublings of the rounds, or until the iterates are beyond 10¹⁰⁰⁰."""
    mp = arithmetic.context
    windows: list[Window] = []
    orbit: list[Sequence[Any]] = [start]
    all_sizes: list[Any] = []
    for doubling in range(DOUBLINGS + 1):
        orbit, stopped = _rounds(step, orbit[-1], max(1, 2 ** (doubling - 1)), arithmetic, budget)
        sizes = [max(abs(value) for value in point) for point in orbit]
        all_sizes += sizes
        rounds = len(all_sizes)
        if sizes and sizes[-1] > mp.mpf(10) ** FAR:
            grows = rounds >= GROWING and all(a < b for a, b in pairwise(all_sizes[-GROWING:]))
            return LongRun(windows=tuple(windows), rounds=rounds, beyond=grows)
        if stopped:
            return LongRun(windows=tuple(windows), rounds=rounds, stopped=f"{stopped} {rounds} rounds")
        spread = max(max(column) - min(column) for column in zip(*orbit, strict=True))
        windows.append(Window(least=min(sizes), largest=max(sizes), spread=spread))
    tolerance = mp.mpf(10) ** (SLACK_DIGITS - arithmetic.digits)
    return LongRun(windows=tuple(windows), rounds=rounds, period=_period(orbit, tolerance))


def _rounds(
    step: Step, point: Sequence[Any], count: int, arithmetic: HighPrecisionArithmetic, budget: Budget
) -> tuple[list[Sequence[Any]], str]:
    """The next iterates, and why there are fewer than `count`; none follow one beyond 10¹⁰⁰⁰."""
    mp = arithmetic.context
    far = mp.mpf(10) ** FAR
    orbit: list[Sequence[Any]] = []
    for _ in range(count):
        if budget.spent:
            return orbit, "no time after"
        try:
            point = step(point)
        except (ZeroDivisionError, OverflowError):
            return orbit, "undefined after"
        if not all(mp.isfinite(value) and mp.im(value) == 0 for value in point):
            return orbit, "no real numbers after"
        orbit.append(point)
        if max(abs(value) for value in point) > far:
            break
    return orbit, ""


def _period(orbit: list[Sequence[Any]], tolerance: Any) -> int:
    """Least period of the end of an orbit up to rounding."""
    last = orbit[-1]
    bound = tolerance * (1 + max(abs(value) for value in last))
    for p in range(1, min(LONGEST_PERIOD, len(orbit) - 1) + 1):
        if max(abs(a - b) for a, b in zip(last, orbit[-1 - p], strict=True)) <= bound:
            return p
    return 0
