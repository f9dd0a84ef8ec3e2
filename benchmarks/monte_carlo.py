"""The Monte Carlo simulator against a plain Python loop over runs, rounds, models and samples.

Both start from the same shipped file's numbers and draw the same laws; the loop is written for that
one ecosystem, with the standard library's generator, and knows no array.  Ours includes deriving and
compiling what it draws.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable

from benchmarks.measurement import Contest, interleaved, reported
from theory.ecosystem_file import from_text
from theory.simulation.simulation import Trial, simulate

SAMPLES, ROUNDS, SEEDS, PEER_SEEDS = 1000, 10, 3000, 20
POOL = 4
LEAST_RATIO = 20

GAUSSIANS = """
[users.warm]
reward = "x"
strength = "1/4"
[models.p]
family = "gaussian"
users = "warm"
real = { share = "2/5", mean = 0, variance = 1 }
reads = [
  { from = "p", share = "1/5" },
  { from = "p", share = "1/5", curated = true },
  { from = "q", share = "1/5" },
]
[models.q]
family = "gaussian"
real = { share = "1/2", mean = 1, variance = 1 }
reads = [{ from = "p", share = "1/2", channel = { matrix = [["1/2"]], shift = [0] } }]
"""

ATOMS = """
[users.warm]
reward = ["4/5", 0, "-4/5"]
pool = 4
[users.cool]
reward = ["-4/5", 0, "4/5"]
pool = 4
[models.p]
family = "categorical"
atoms = ["warm", "neutral", "cool"]
users = "warm"
real = { share = "1/2", probabilities = ["1/3", "1/3", "1/3"] }
reads = [
  { from = "p", share = "3/20", curated = true },
  { from = "q", share = "7/20", curated = true },
]
[models.q]
family = "categorical"
atoms = ["warm", "neutral", "cool"]
users = "cool"
real = { share = "1/2", probabilities = ["1/3", "1/3", "1/3"] }
reads = [
  { from = "p", share = "7/20", curated = true },
  { from = "q", share = "3/20", curated = true },
]
"""


def ours(text: str) -> float:
    """Seconds a run for an ecosystem in a file's text."""
    ecosystem = from_text(text).ecosystem
    start = time.process_time()
    simulate(ecosystem, Trial(samples=SAMPLES, rounds=ROUNDS, seeds=SEEDS))
    return (time.process_time() - start) / SEEDS


def plain_gaussians() -> float:
    """Seconds a run of the loop for `GAUSSIANS`."""
    draw, gauss = random.Random(1).random, random.Random(2).gauss
    start = time.process_time()
    for _ in range(PEER_SEEDS):
        (m, v), (k, w) = (0.0, 1.0), (1.0, 1.0)
        for _ in range(ROUNDS):
            s, t = math.sqrt(v), math.sqrt(w)
            total = square = 0.0
            for _ in range(SAMPLES):
                u = draw()
                if u < 0.4:
                    x = gauss(0.0, 1.0)
                elif u < 0.6:
                    x = gauss(m, s)
                elif u < 0.8:
                    x = gauss(m + v / 4, s)
                else:
                    x = gauss(k, t)
                total += x
                square += x * x
            other = other_square = 0.0
            for _ in range(SAMPLES):
                x = gauss(1.0, 1.0) if draw() < 0.5 else gauss(m, s) / 2
                other += x
                other_square += x * x
            m, k = total / SAMPLES, other / SAMPLES
            v, w = square / SAMPLES - m * m, other_square / SAMPLES - k * k
    return (time.process_time() - start) / PEER_SEEDS


def atom(law: list[float], height: float) -> int:
    return 0 if height < law[0] else 1 if height < law[0] + law[1] else 2


def chosen(law: list[float], weight: list[float], draw: Callable[[], float]) -> int:
    candidates = [atom(law, draw()) for _ in range(POOL)]
    height = draw() * sum(weight[c] for c in candidates)
    for c in candidates:
        height -= weight[c]
        if height < 0:
            return c
    return candidates[-1]


def plain_atoms() -> float:
    """Seconds a run of the loop for `ATOMS`."""
    draw = random.Random(1).random
    warm = [math.exp(r) for r in (0.8, 0.0, -0.8)]
    cool, even = warm[::-1], [1 / 3] * 3
    start = time.process_time()
    for _ in range(PEER_SEEDS):
        p = q = even
        for _ in range(ROUNDS):
            counts = [[0, 0, 0], [0, 0, 0]]
            for count, share in zip(counts, (0.65, 0.85), strict=True):
                for _ in range(SAMPLES):
                    u = draw()
                    if u < 0.5:
                        count[atom(even, draw())] += 1
                    elif u < share:
                        count[chosen(p, warm, draw)] += 1
                    else:
                        count[chosen(q, cool, draw)] += 1
            p, q = ([c / SAMPLES for c in count] for count in counts)
    return (time.process_time() - start) / PEER_SEEDS


def contests(repeat: int) -> tuple[Contest, ...]:
    return tuple(_contest(name, text, loop, repeat) for name, text, loop in _SETTINGS)


_SETTINGS = (
    ("two Gaussians, tilt and channel", "GAUSSIANS", "plain_gaussians"),
    ("two categorical models, pool of 4", "ATOMS", "plain_atoms"),
)


def _contest(name: str, text: str, loop: str, repeat: int) -> Contest:
    statement = "from benchmarks import monte_carlo as c; print(c.{})"
    ours_median, peer_median = interleaved(
        lambda: reported(statement.format(f"ours(c.{text})")),
        lambda: reported(statement.format(f"{loop}()")),
        repeat,
    )
    return Contest(
        name=f"Monte Carlo, {name}, against a plain Python loop",
        unit="of CPU a run",
        ours=ours_median,
        peer=peer_median,
        bound=LEAST_RATIO,
        note=f"{SAMPLES} samples, {ROUNDS} rounds; ours in {SEEDS} runs side by side, compilation included",
    )
