"""Streams: which model can be fitted to what another produces."""

from __future__ import annotations

from theory.ecosystem import Channel
from theory.errors import InvalidInput
from theory.family import AbstractFamily


def check_stream(reader: AbstractFamily, producer: AbstractFamily, channel: Channel | None) -> None:
    """Accept a stream whose samples lie in the reader's support, in its dimension.

    A Gaussian reads any numbers of its dimension; an exponential model numbers ≥ 0; a Bernoulli
    model 0 and 1; a categorical model the same atoms in the same order.

    Raises
    ------
    InvalidInput
        Naming what was expected; the caller adds the place.
    """
    if channel is not None:
        _check_channel(reader, producer, channel)
    elif reader.dimension != producer.dimension:
        raise InvalidInput(
            expected=f"samples of dimension {reader.dimension}",
            found=f"dimension {producer.dimension}",
            hint="a channel with a matrix maps one to the other",
        )
    if not producer.support.within(reader.support):
        raise InvalidInput(
            expected=f"a stream of {reader.support.value} for family {reader.name}",
            found=f"{producer.support.value} from family {producer.name}",
        )
    if reader.atoms != producer.atoms:
        raise InvalidInput(
            expected=f"the same atoms in the same order: {', '.join(reader.atoms)}",
            found=", ".join(producer.atoms),
        )


def _check_channel(reader: AbstractFamily, producer: AbstractFamily, channel: Channel) -> None:
    for family in (reader, producer):
        if not family.takes_channels:
            raise InvalidInput(expected="a channel between Gaussian models", found=f"family {family.name}")
    shape = (reader.dimension, producer.dimension)
    if channel.matrix.shape != shape:
        raise InvalidInput(
            expected=f"a {shape[0]} × {shape[1]} channel matrix",
            found=f"{channel.matrix.rows} × {channel.matrix.cols}",
        )
    if channel.shift.shape != (reader.dimension, 1):
        raise InvalidInput(
            expected=f"a channel shift of length {reader.dimension}", found=f"length {len(channel.shift)}"
        )
