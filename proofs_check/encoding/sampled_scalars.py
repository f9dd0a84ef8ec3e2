"""Random networks of scalar links with a strength, and exact tests of one of them; used by sampled claims."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from proofs_check.encoding.scalar_knobs import Knob

MAX_MODELS = 8
SEEDS = 2**32


@dataclass(frozen=True)
class ScalarLinks:
    """J ≥ 0 with ρ(J) < 1, the part of it that the strength touches, variances and slopes of rewards."""

    jacobian: fmpq_mat
    touched: fmpq_mat
    variances: tuple[fmpq, ...]
    rewards: tuple[fmpq, ...]

    @property
    def direct(self) -> fmpq_mat:
        """∂G/∂β: a touched link from j of weight k pushes by k A_j″ c_1."""
        return self.touched * fmpq_mat([[h * self.rewards[0]] for h in self.variances])

    @property
    def moves(self) -> fmpq_mat:
        """(I − J)⁻¹ ∂G/∂β."""
        return solved(self.jacobian, self.direct)


def solved(jacobian: fmpq_mat, push: fmpq_mat) -> fmpq_mat:
    """(I − J)⁻¹ times a column."""
    return (identity(jacobian.nrows()) - jacobian).solve(push)


def identity(size: int) -> fmpq_mat:
    """The identity matrix."""
    return fmpq_mat(size, size, [int(k % (size + 1) == 0) for k in range(size * size)])


def stable_links(draw: Random, size: int) -> fmpq_mat:
    """A random J ≥ 0 with ρ(J) < 1: V P V⁻¹ with V a positive diagonal and row sums of P below 1."""
    scale = [fmpq(draw.randint(1, 9)) for _ in range(size)]
    parts = [[draw.choice((0, 0, 0, 1, 2, 5)) for _ in range(size)] for _ in range(size)]
    rows = [[fmpq(part, sum(row) + draw.choice((1, 3))) for part in row] for row in parts]
    return fmpq_mat(
        [[rows[i][j] * scale[i] / scale[j] for j in range(size)] for i in range(size)],
    )


def touched_part(draw: Random, jacobian: fmpq_mat, knob: Knob) -> fmpq_mat:
    """A random part of the links that the strength tilts."""
    size = jacobian.nrows()
    part = fmpq_mat(size, size)
    for i, j in knob.touched(size):
        part[i - 1, j - 1] = jacobian[i - 1, j - 1] * fmpq(draw.randint(0, 4), 4)
    return part


def nonzero(draw: Random) -> fmpq:
    """A random small number other than 0."""
    return fmpq(draw.choice((-7, -3, -1, 1, 2, 5)), draw.randint(1, 4))


def sampled_seeds() -> Any:
    """Hypothesis strategy for (N, seed) with N = 1 … 8: what a random instance is built from."""
    from hypothesis import strategies

    return strategies.tuples(strategies.integers(1, MAX_MODELS), strategies.integers(0, SEEDS))


def sampled_scalars() -> Any:
    """Hypothesis strategy for `ScalarLinks`."""
    return sampled_seeds().map(_scalar_links)


def _scalar_links(built_from: tuple[int, int]) -> ScalarLinks:
    size, seed = built_from
    draw = Random(seed)  # noqa: S311  (instances to test, no secrets)
    jacobian = stable_links(draw, size)
    return ScalarLinks(
        jacobian,
        touched_part(draw, jacobian, draw.choice(tuple(Knob))),
        tuple(fmpq(draw.randint(1, 6), draw.randint(1, 3)) for _ in range(size)),
        tuple(nonzero(draw) for _ in range(size)),
    )


def why_not_cooperative(model: ScalarLinks) -> str | None:
    """An influence of the wrong sign, other than 0 without a chain, or below the direct effect."""
    direct, moves, rewards = model.direct, model.moves, model.rewards
    reached = _reached(model.jacobian, {i for i in range(len(rewards)) if direct[i, 0] != 0})
    for j, slope in enumerate(rewards):
        agreement = rewards[0] * moves[j, 0]
        if (agreement > 0) != (j in reached) or agreement < 0:
            return f"on model {j + 1}: {slope * moves[j, 0]} in {_shown(model)}"
    if rewards[0] * moves[0, 0] < rewards[0] * direct[0, 0]:
        return f"less than one round: {_shown(model)}"
    return None


def _reached(jacobian: fmpq_mat, sources: set[int]) -> set[int]:
    """The models that read a source through a chain, sources included."""
    found = set(sources)
    for _ in range(jacobian.nrows()):
        found |= {i for i in range(jacobian.nrows()) for j in found if jacobian[i, j] != 0}
    return found


def _shown(model: ScalarLinks) -> str:
    return (
        f"J = {model.jacobian.tolist()}, touched {model.touched.tolist()}, "
        f"variances {model.variances}, rewards {model.rewards}"
    )
