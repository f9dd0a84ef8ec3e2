"""Streams: what one model reads, from whom, chosen by whom, through which channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sympy

from theory.channel import Channel
from theory.ecosystem import Stream, Users
from theory.ecosystem_file.tables import ChannelTable, StreamTable
from theory.errors import InvalidInput
from theory.exact_input import ExactInput
from theory.exponential_family.family import AbstractFamily
from theory.exponential_family.features import NoClosedForm
from theory.exponential_family.law import AbstractLaw, ChanneledLaw, FamilyLaw
from theory.exponential_family.support import Support
from theory.wording import describe, nearest

Producers = Mapping[str, tuple[AbstractFamily, str | None]]


def build_streams(
    tables: Sequence[StreamTable],
    reader: AbstractFamily,
    producers: Producers,
    users: Mapping[str, Users],
    read: ExactInput,
    place: str,
) -> tuple[Stream, ...]:
    """The streams of one reader.

    Parameters
    ----------
    tables : sequence of StreamTable
    reader : AbstractFamily
    producers : mapping
        Family and users' name (or None) of every model.
    users : mapping of str to Users
    read : ExactInput
    place : str
        Place of the list.

    Raises
    ------
    InvalidInput
        When a name is unknown, a share is outside [0, 1], a curator is missing or named in
        vain, or what the producer makes is nothing the reader could have made or has no closed-form mean.
    """
    return tuple(
        _stream(table, reader, producers, users, read, f"{place}[{k}]") for k, table in enumerate(tables)
    )


def _stream(
    table: StreamTable,
    reader: AbstractFamily,
    producers: Producers,
    users: Mapping[str, Users],
    read: ExactInput,
    place: str,
) -> Stream:
    if table.producer not in producers:
        hint = nearest(table.producer, producers)
        raise read.refusal(f"{place}.from", "the name of a model", describe(table.producer), hint)
    family, own_users = producers[table.producer]
    share = read.number(table.share, f"{place}.share")
    for slack in (share, 1 - share):
        _require_share(read, slack, share, f"{place}.share")
    curators = _curators(table, own_users, users, read, place)
    channel = None
    if table.channel is not None:
        channel = _channel(table.channel, reader, family, read, f"{place}.channel")
    else:
        _require_readable(table.producer, family, reader, read, place)
    _require_closed_form(table.producer, family, reader, channel, read, place)
    return Stream(producer=table.producer, share=share, curators=curators, channel=channel)


def _require_share(read: ExactInput, slack: sympy.Expr, share: sympy.Expr, place: str) -> None:
    try:
        read.require(slack, ">= 0", place, "a share in [0, 1]")
    except InvalidInput as problem:
        raise InvalidInput(
            expected="a share in [0, 1]", found=read.shown(share), place=place, source=read.source
        ) from problem


def _curators(
    table: StreamTable, own_users: str | None, users: Mapping[str, Users], read: ExactInput, place: str
) -> str | None:
    if table.by is None:
        if table.curated and own_users is None:
            found = f"no `by`, and model {table.producer!r} has no users"
            raise read.refusal(place, "`by`, to say whose users curate", found)
        return own_users if table.curated else None
    if not table.curated:
        raise read.refusal(f"{place}.by", "`curated = true` beside `by`", f"by = {describe(table.by)} alone")
    if table.by not in users:
        raise read.refusal(f"{place}.by", "declared users", describe(table.by), nearest(table.by, users))
    return table.by


def _channel(
    table: ChannelTable, reader: AbstractFamily, producer: AbstractFamily, read: ExactInput, place: str
) -> Channel:
    for role, family in (("reader", reader), ("producer", producer)):
        if not family.takes_channels:
            expected = "a channel between Gaussian families only"
            raise read.refusal(place, expected, f"a {role} of family {family.name!r}")
    rows, columns = reader.dimension, producer.dimension
    if table.matrix is not None:
        matrix = read.matrix(table.matrix, f"{place}.matrix", shape=(rows, columns))
    elif rows == columns:
        matrix = sympy.ImmutableDenseMatrix(sympy.eye(rows))
    else:
        raise read.refusal(place, f"a matrix of {rows} rows and {columns} columns", "none")
    shift = sympy.ImmutableDenseMatrix(sympy.zeros(rows, 1))
    if table.shift is not None:
        entries = read.vector(table.shift, f"{place}.shift", length=rows)
        shift = sympy.ImmutableDenseMatrix(rows, 1, entries)
    return Channel(matrix=matrix, shift=shift)


def _require_readable(
    name: str, producer: AbstractFamily, reader: AbstractFamily, read: ExactInput, place: str
) -> None:
    """Refuse a stream whose samples the reader's family could not have made."""
    if not reader.could_have_made(producer):
        raise read.refusal(
            f"{place}.from",
            f"a model that makes {reader.support.value}",
            f"{name!r} of family {producer.name!r}, which makes {producer.support.value}",
        )
    if producer.support is Support.ATOMS and producer.atoms != reader.atoms:
        raise read.refusal(
            f"{place}.from",
            f"a model with the atoms {', '.join(reader.atoms)} in this order",
            f"{name!r} with {', '.join(producer.atoms)}",
        )
    if producer.dimension == reader.dimension:
        return
    if not producer.takes_channels or not reader.takes_channels:
        expected, found = (
            f"a model of dimension {reader.dimension}",
            f"{name!r} of dimension {producer.dimension}",
        )
        raise read.refusal(f"{place}.from", expected, found)
    raise read.refusal(
        place,
        f"a channel with a matrix of {reader.dimension} rows and {producer.dimension} columns",
        f"none, while {name!r} has dimension {producer.dimension}",
    )


def _require_closed_form(
    name: str,
    producer: AbstractFamily,
    reader: AbstractFamily,
    channel: Channel | None,
    read: ExactInput,
    place: str,
) -> None:
    """Refuse a stream whose reader matches a mean that has no closed form under the producer's law."""
    state = tuple(sympy.Dummy(name, real=True) for name in producer.coordinates)
    law: AbstractLaw = FamilyLaw(producer, state)
    try:
        (law if channel is None else ChanneledLaw(law, channel)).expectations(reader.fitted)
    except NoClosedForm as problem:
        raise read.refusal(
            f"{place}.from",
            f"a model under which {problem.found} has a closed form (family {reader.name!r} matches it)",
            f"{name!r} of family {producer.name!r}",
        ) from problem
