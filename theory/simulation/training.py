"""Training set: the parts of a model's mixture, and the statistic of what is drawn from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import sympy

from theory.channel import Channel
from theory.curation.selected_normal import is_normal
from theory.ecosystem import Ecosystem, Model, Stream
from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.sampling import Floats
from theory.reward import Taste
from theory.simulation.compiled import ArrayFunction, array_function, numbers
from theory.simulation.maker import AbstractMaker, ChosenMaker, RawMaker, TiltedMaker
from theory.simulation.producer import Counts, Points
from theory.simulation.rejection import RejectionMaker
from theory.simulation.reweighted import reweighted_maker
from theory.update_map import state_symbols
from theory.update_map.retraining import curation_offset, training_set

BLOCK = 2**14
"""Numbers held for samples that are drawn at once; up to `FEW_CANDIDATES` for one count as one."""
FEW_CANDIDATES = 4


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a mixture: its share, who makes it, how, and the channel that it passes.

    `producer` is None for real data, whose law is in `state`.
    """

    share: float
    maker: AbstractMaker
    producer: str | None = None
    state: Floats | None = None
    matrix: Floats | None = None
    shift: Floats | None = None

    def law(self, states: Mapping[str, Floats], seeds: int) -> Floats:
        """State of whoever makes the part, one column a seed."""
        if self.producer is not None:
            return states[self.producer]
        return np.repeat(np.asarray(self.state)[:, None], seeds, axis=1)

    def seen(self, states: Floats, counts: Counts, generator: np.random.Generator) -> Points:
        """What the reader sees of kept samples of each law, as many as counted."""
        samples = self.maker.make(states, counts, generator)
        made = self.maker.producer.points(samples, counts)
        if self.matrix is None or self.shift is None:
            return made
        return replace(made, values=self.matrix @ made.values + self.shift)


def parts_of(ecosystem: Ecosystem, model: Model) -> tuple[Part, ...]:
    """The parts of a model's training set, in an ecosystem without parameters."""
    found = []
    if model.real is not None:
        share, source = float(model.real.share), model.real.source or model.family
        found.append(Part(share=share, maker=RawMaker(source), state=numbers(model.real.state)))
    for stream in model.reads:
        found += _stream_parts(ecosystem, stream)
    return tuple(part for part in found if part.share > 0)


def family_as_asked(ecosystem: Ecosystem, model: Model) -> AbstractFamily:
    """The model's family on the prompts of its training sets, which no state and no choice changes."""
    family = model.family
    if not family.answers_prompts:
        return family
    states = {m.name: state_symbols(m) for m in ecosystem.models}
    means = training_set(ecosystem, model, states).law.expectations(family.fitted)
    at_rest = {curation_offset(model.name): sympy.S.Zero}
    return family.asked_as(tuple(mean.xreplace(at_rest) for mean in means))


def _stream_parts(ecosystem: Ecosystem, stream: Stream) -> Iterator[Part]:
    family = ecosystem.model(stream.producer).family
    people = None if stream.curators is None else ecosystem.users_named(stream.curators)
    choices = ((sympy.S.One, None),) if people is None else people.choices()
    matrix, shift = _affine(stream.channel)
    for probability, taste in choices:
        yield Part(
            share=float(stream.share * probability),
            maker=maker_of(family, taste, None if people is None else people.pool),
            producer=stream.producer,
            matrix=matrix,
            shift=shift,
        )


def maker_of(family: AbstractFamily, taste: Taste | None, pool: int | None) -> AbstractMaker:
    """What is kept by a taste of K candidates (None is K = ∞), or the raw law without a taste."""
    if taste is None:
        return RawMaker(family)
    if pool is not None:
        return ChosenMaker(family, taste, pool)
    if _tilts(family, taste):
        return TiltedMaker(family, taste)
    return RejectionMaker(family, taste) if is_normal(family) else reweighted_maker(family, taste)


def _tilts(family: AbstractFamily, taste: Taste) -> bool:
    """Whether the tilt is a law of the family, or of a wider one."""
    if family.reward_parts(taste.reward).outside is None:
        return True
    wider = family.widened(tuple(sympy.Dummy(name, real=True) for name in family.coordinates))
    return wider is not None and _tilts(wider[0], taste)


def _affine(channel: Channel | None) -> tuple[Floats | None, Floats | None]:
    if channel is None:
        return None, None
    matrix = numbers(list(channel.matrix)).reshape(channel.matrix.shape)
    return matrix, numbers(list(channel.shift))[:, None]


def statistic_function(family: AbstractFamily) -> ArrayFunction:
    """What decides the fit, as a function from points, shape ``(d, m)``, to shape ``(k, m)``."""
    return array_function(family.fitted, family.variables)


def blocks(counts: Counts, limit: int) -> Iterator[tuple[Counts, Counts]]:
    """Seeds that read something, with how many samples they read, at most `limit` samples at a time.

    Examples
    --------
    >>> [[a.tolist() for a in block] for block in blocks(np.array([2, 0, 3]), 4)]
    [[[0, 2], [2, 2]], [[2], [1]]]
    """
    ends = np.cumsum(counts)
    for low in range(0, int(ends[-1]), limit):
        first, last = np.searchsorted(ends, (low, low + limit - 1), side="right")
        inside = counts[first : last + 1].copy()
        inside[0] = ends[first] - low
        inside[-1] -= max(0, ends[min(last, len(ends) - 1)] - low - limit)
        present = np.flatnonzero(inside)
        yield first + present, inside[present]


def drawn(
    part: Part, laws: Floats, counts: Counts, generator: np.random.Generator
) -> Iterator[tuple[Counts, Points]]:
    """What the reader sees of a part, as many samples a seed as counted: seeds with their points."""
    width = -(-part.maker.pool // FEW_CANDIDATES) * part.maker.producer.width
    for seeds, wanted in blocks(counts, max(1, BLOCK // width)):
        yield seeds, part.seen(laws[:, seeds], wanted, generator)
