"""Interleaved medians of two contenders, each run in a fresh interpreter on one thread."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@dataclass(frozen=True, kw_only=True)
class Contest:
    """Seconds of ours and of a peer, with the bound that ought to hold.

    `bound` is a least ratio peer/ours, or with `difference` a largest ours − peer in seconds.
    """

    name: str
    unit: str
    ours: float
    peer: float
    bound: float
    difference: bool = False
    note: str = ""

    @property
    def figure(self) -> float:
        return self.ours - self.peer if self.difference else self.peer / self.ours

    @property
    def met(self) -> bool:
        return self.figure <= self.bound if self.difference else self.figure >= self.bound

    def __str__(self) -> str:
        shown = (
            f"{self.figure:+.3f} s (≤ {self.bound:g} s)"
            if self.difference
            else (f"{self.figure:.1f}× (≥ {self.bound:g}×)")
        )
        head = f"{self.name}: ours {self.ours:.3f} s, peer {self.peer:.3f} s {self.unit}: {shown}"
        return f"{head}, {'met' if self.met else 'MISSED'}\n    {self.note}"


def interleaved(ours: Callable[[], float], peer: Callable[[], float], repeat: int) -> tuple[float, float]:
    """Medians of `repeat` runs of each, taken in turn."""
    pairs = [(ours(), peer()) for _ in range(repeat)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def medians(benchmark: str, repeat: int) -> tuple[float, float]:
    """Medians of what `ours` and `peer` of a module of this folder report, each in a fresh interpreter."""
    statement = f"from benchmarks import {benchmark} as b; print(b.{{}}())"
    return interleaved(
        lambda: reported(statement.format("ours")), lambda: reported(statement.format("peer")), repeat
    )


def reported(statement: str) -> float:
    """The number that a fresh interpreter prints on running `statement`."""
    done = subprocess.run(
        [sys.executable, "-c", statement],
        cwd=ROOT,
        env=os.environ | _ONE_THREAD,
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def wall(command: list[str]) -> float:
    """Seconds that a command takes from start to end."""
    start = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start
