"""Random ecosystems of d statistics at an equilibrium, with exact numbers; used by sampled claims."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from flint import fmpq, fmpq_mat

from proofs_check.encoding.sampled_scalars import (
    identity,
    nonzero,
    sampled_seeds,
    solved,
    stable_links,
    touched_part,
)
from proofs_check.encoding.scalar_knobs import Knob


@dataclass(frozen=True)
class SampledStream:
    """A share of model i's data made by model j (counted from 0), ∇²A_j at its law, whether β tilts it."""

    reader: int
    producer: int
    share: fmpq
    law: fmpq_mat
    touched: bool


@dataclass(frozen=True)
class SampledTilts:
    """∇²A_j at the models' laws, the streams, and the reward of model 1's users."""

    variances: tuple[fmpq_mat, ...]
    streams: tuple[SampledStream, ...]
    reward: fmpq_mat
    knob: Knob

    @property
    def size(self) -> int:
        """N."""
        return len(self.variances)

    @property
    def shares(self) -> fmpq_mat:
        """W: all that i reads from j."""
        return self._sum_of_shares(self.streams)

    @property
    def touched_shares(self) -> fmpq_mat:
        """What β tilts of it."""
        return self._sum_of_shares([s for s in self.streams if s.touched])

    def _sum_of_shares(self, streams: Sequence[SampledStream]) -> fmpq_mat:
        total = fmpq_mat(self.size, self.size)
        for stream in streams:
            total[stream.reader, stream.producer] += stream.share
        return total

    def moves(self) -> list[fmpq_mat]:
        """dμ_j/dβ, one column a model, from J = Σ w B H⁻¹ and ∂G/∂β = Σ w B c in all coordinates at once."""
        d = self.reward.nrows()
        jacobian, push = fmpq_mat(self.size * d, self.size * d), fmpq_mat(self.size * d, 1)
        inverses = [variance.inv() for variance in self.variances]
        for s in self.streams:
            link = s.share * s.law * inverses[s.producer]
            pull = s.share * s.law * self.reward
            for a in range(d):
                if s.touched:
                    push[s.reader * d + a, 0] += pull[a, 0]
                for b in range(d):
                    jacobian[s.reader * d + a, s.producer * d + b] += link[a, b]
        found = solved(jacobian, push)
        return [fmpq_mat([[found[j * d + a, 0]] for a in range(d)]) for j in range(self.size)]

    def direct_effect(self) -> fmpq:
        """⟨c, ∂G_1/∂β⟩: what one round does to model 1's alignment."""
        read = (
            s.share * inner(self.reward, s.law * self.reward)
            for s in self.streams
            if s.touched and s.reader == 0
        )
        return sum(read, fmpq(0))

    def __str__(self) -> str:
        streams = [(s.reader, s.producer, str(s.share), s.law.tolist(), s.touched) for s in self.streams]
        variances = [v.tolist() for v in self.variances]
        return f"variances {variances}, streams {streams}, reward {self.reward.tolist()}"


def sampled(build: Callable[[Random, int], SampledTilts]) -> Any:
    """Hypothesis strategy for what `build` makes of a source of random numbers and N = 1 … 8."""

    def built(drawn: tuple[int, int]) -> SampledTilts:
        size, seed = drawn
        return build(Random(seed), size)  # noqa: S311  (instances to test, no secrets)

    return sampled_seeds().map(built)


def inner(left: fmpq_mat, right: fmpq_mat) -> fmpq:
    """⟨left, right⟩ of two columns."""
    return (left.transpose() * right)[0, 0]


def covariance(draw: Random, dimension: int) -> fmpq_mat:
    """A random positive definite matrix L Lᵀ."""
    root = invertible(draw, dimension)
    return root * root.transpose()


def invertible(draw: Random, dimension: int) -> fmpq_mat:
    """A random triangular matrix with a nonzero diagonal, its rows in a random order."""
    rows = [
        [
            nonzero(draw) if j == i else fmpq(draw.randint(-3, 3)) if j < i else fmpq(0)
            for j in range(dimension)
        ]
        for i in range(dimension)
    ]
    draw.shuffle(rows)
    return fmpq_mat(rows)


def diagonal(values: Sequence[fmpq]) -> fmpq_mat:
    """diag(values)."""
    square = identity(len(values))
    for k, value in enumerate(values):
        square[k, k] = value
    return square


def direction(draw: Random, dimension: int) -> fmpq_mat:
    """A random column other than 0."""
    return fmpq_mat([[nonzero(draw)] if k == 0 else [fmpq(draw.randint(-3, 3))] for k in range(dimension)])


def plain_shares(draw: Random, size: int) -> SampledTilts:
    """Fixed covariances, or strengths 0: at every stream ∇²A is that of its producer."""
    dimension, knob = draw.randint(1, 3), draw.choice(tuple(Knob))
    variances = tuple(covariance(draw, dimension) for _ in range(size))
    whole = stable_links(draw, size)
    part = touched_part(draw, whole, knob)
    streams = [
        SampledStream(i, j, matrix[i, j], variances[j], touched)
        for matrix, touched in ((whole - part, False), (part, True))
        for i in range(size)
        for j in range(size)
        if matrix[i, j] != 0
    ]
    return SampledTilts(variances, tuple(streams), direction(draw, dimension), knob)


def common_basis(draw: Random, size: int) -> SampledTilts:
    """∇²A = P diag(…) Pᵀ at every law with one P: in each coordinate any J ≥ 0 with ρ(J) < 1."""
    dimension, knob = draw.randint(1, 3), draw.choice(tuple(Knob))
    basis = invertible(draw, dimension)
    scales = [[fmpq(draw.randint(1, 6)) for _ in range(dimension)] for _ in range(size)]
    links = [stable_links(draw, size) for _ in range(dimension)]
    parts = [touched_part(draw, whole, knob) for whole in links]

    def law(values: Sequence[fmpq]) -> fmpq_mat:
        return basis * diagonal(values) * basis.transpose()

    streams = []
    for i in range(size):
        for j in range(size):
            share = fmpq(1, draw.randint(1, 4))
            for touched in (False, True):
                kept = [p if touched else w - p for w, p in zip(links, parts, strict=True)]
                values = [k[i, j] * scale / share for k, scale in zip(kept, scales[j], strict=True)]
                streams.append(SampledStream(i, j, share, law(values), touched))
    variances = tuple(law(scale) for scale in scales)
    return SampledTilts(variances, tuple(streams), direction(draw, dimension), knob)


def one_curated(draw: Random, size: int) -> SampledTilts:
    """Raw streams and one chosen one, from model 1 to itself; stable, up to close to the boundary."""
    dimension = draw.randint(1, 3)
    weights = stable_links(draw, size)
    room = 1 / solved(weights, _first(size))[0, 0]
    share = fmpq(1, draw.randint(2, 9))
    root = invertible(draw, dimension)
    gains = [room * fmpq(draw.randint(1, 99), 100) / share for _ in range(dimension)]
    own = root * root.transpose()
    variances = (own, *(covariance(draw, dimension) for _ in range(size - 1)))
    streams = [
        SampledStream(i, j, weights[i, j], variances[j], touched=False)
        for i in range(size)
        for j in range(size)
        if weights[i, j] != 0
    ]
    chosen = SampledStream(0, 0, share, root * diagonal(gains) * root.transpose(), touched=True)
    return SampledTilts(variances, (*streams, chosen), direction(draw, dimension), Knob.OWN)


def _first(size: int) -> fmpq_mat:
    """The first unit column."""
    return fmpq_mat([[int(k == 0)] for k in range(size)])


def no_way_back(draw: Random, size: int) -> SampledTilts:
    """Some models are upstream of model 1, the rest downstream, and streams only run down.

    Any curvature among the others; model 1's own streams are one raw and one chosen, stable by themselves.
    """
    dimension = draw.randint(1, 3)
    upstream = draw.randint(0, size - 1)
    raw, share = fmpq(draw.randint(0, 8), 10), fmpq(1, draw.randint(2, 9))
    root = invertible(draw, dimension)
    gains = [(1 - raw) * fmpq(draw.randint(1, 99), 100) / share for _ in range(dimension)]
    variances = tuple(root * root.transpose() if k == 0 else covariance(draw, dimension) for k in range(size))
    streams = [
        SampledStream(0, 0, raw, variances[0], touched=False),
        SampledStream(0, 0, share, root * diagonal(gains) * root.transpose(), touched=True),
    ]
    depth = [1, *(0 if k <= upstream else 2 for k in range(1, size))]
    for i in range(size):
        for j in range(size):
            if (i, j) != (0, 0) and depth[i] >= depth[j] and draw.random() < 1 / 2:
                law = covariance(draw, dimension)
                streams.append(SampledStream(i, j, fmpq(1, draw.randint(5, 90)), law, touched=False))
    return SampledTilts(variances, tuple(streams), direction(draw, dimension), Knob.OWN)
