"""The figure's data (curves, enclosed crossings, finite samples; not drawing) against plain Python loops."""

from __future__ import annotations

from benchmarks.measurement import Contest, interleaved, reported

_OURS = """
import time
from paper_figures.registry import load
from paper_figures.progress import silent
from theory.budget import Budget
load("gaussian-mechanism").data(Budget(), silent)
print(time.process_time())
"""
_PEER = "from benchmarks import figure_loop as f; print(f.cpu_seconds(f.{run}))"


def contests(repeat: int) -> tuple[Contest, ...]:
    made = []
    for run, bound, words in (
        ("sample_by_sample", 30, "one vector a sample"),
        ("round_by_round", 1, "one array a round; no bound is set for it"),
    ):
        ours, peer = interleaved(
            lambda: reported(_OURS), lambda run=run: reported(_PEER.format(run=run)), repeat
        )
        made.append(
            Contest(
                name=f"Fig. 3 data against a Python loop, {words}",
                unit="CPU, imports included",
                ours=ours,
                peer=peer,
                bound=bound,
                note="the loop's finite samples: one seed of 40 (panels c, d) and of 20 (g, h), multiplied",
            )
        )
    return tuple(made)
