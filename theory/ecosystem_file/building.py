"""Building: validated tables to an `Ecosystem`, every number and name checked on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from theory.ecosystem import DataRegime, Ecosystem, Model, RealData, Users
from theory.ecosystem_file.bounds import probability, require_slack
from theory.ecosystem_file.compatibility import check_models
from theory.ecosystem_file.people import build_users
from theory.ecosystem_file.streams import build_streams
from theory.ecosystem_file.tables import EcosystemTable, ModelTable, table_of_family
from theory.ecosystem_file.validation import place_of, validated
from theory.errors import InvalidInput
from theory.exact_input import ExactInput
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.expressions.render import render
from theory.parameter import Parameter
from theory.wording import describe, nearest

A_SHARE = "a share in [0, 1]"
LONGEST_SUM = 120


@dataclass(frozen=True)
class _Draft:
    """A model's table, its family, and where it stands."""

    name: str
    table: ModelTable
    family: AbstractFamily
    place: str


def build(
    document: Mapping[str, object],
    source: str,
    families: Mapping[str, type[AbstractFamily]],
    default_name: str = "ecosystem",
) -> Ecosystem:
    """The ecosystem that a document describes.

    Raises
    ------
    InvalidInput
        Naming the source, the place, what was expected and what was found.
    """
    table = validated(EcosystemTable, document, "", source)
    parameters = _parameters(table, source)
    read = ExactInput(parameters, source)
    users = {name: build_users(name, entry, read) for name, entry in table.users.items()}
    drafts = {name: _draft(name, entry, families, read) for name, entry in table.models.items()}
    models = tuple(_model(draft, drafts, users, read) for draft in drafts.values())
    check_models(models, users, read)
    return Ecosystem(
        name=table.name or default_name,
        models=models,
        users=tuple(users.values()),
        parameters=parameters,
        order=_order(table, drafts, read),
        data=DataRegime(table.data),
    )


def _parameters(table: EcosystemTable, source: str) -> tuple[Parameter, ...]:
    read = ExactInput((), source)
    built = []
    for name, entry in table.parameters.items():
        place = place_of(("parameters", name))
        read.name(name, place)
        value = read.number(entry.value, f"{place}.value")
        lower = upper = None
        if entry.range is not None:
            lower, upper = read.vector(entry.range, f"{place}.range", length=2)
            read.require(upper - lower, ">= 0", f"{place}.range", "a range whose ends are in order")
            expected = f"a value in the range [{read.shown(lower)}, {read.shown(upper)}]"
            for slack in (value - lower, upper - value):
                require_slack(read, slack, f"{place}.value", expected, read.shown(value))
        built.append(Parameter(name=name, value=value, lower=lower, upper=upper))
    return tuple(built)


def _draft(
    name: str, value: object, families: Mapping[str, type[AbstractFamily]], read: ExactInput
) -> _Draft:
    place = place_of(("models", name))
    read.name(name, place)
    if not isinstance(value, dict):
        raise read.refusal(place, "a table", describe(value))
    if "family" not in value:
        raise read.refusal(place, "the key 'family'", "nothing", nearest("family", value) if value else "")
    family_name = value["family"]
    if not isinstance(family_name, str) or family_name not in families:
        hint = nearest(str(family_name), families)
        raise read.refusal(f"{place}.family", "a registered family", describe(family_name), hint)
    family_class = families[family_name]
    table = validated(table_of_family(family_class), value, place, read.source)
    given = {key: value[key] for key in family_class.settings if key in value}
    try:
        family = family_class.from_settings(given, read, place)
    except InvalidInput as problem:
        raise _located(problem, place, read.source) from problem
    return _Draft(name, table, family, place)


def _located(problem: InvalidInput, place: str, source: str) -> InvalidInput:
    """The same error with the place and source that a family need not know."""
    return InvalidInput(
        expected=problem.expected,
        found=problem.found,
        place=problem.place or place,
        source=problem.source or source,
        hint=problem.hint,
    )


def _state(draft: _Draft, key: str, read: ExactInput) -> Exprs | None:
    data = getattr(draft.table, key)
    if data is None:
        return None
    table = {k: getattr(data, k) for k in draft.family.data_keys}
    place = f"{draft.place}.{key}"
    try:
        return tuple(draft.family.state_from_data(table, read, place))
    except InvalidInput as problem:
        raise _located(problem, place, read.source) from problem


def _source(draft: _Draft, read: ExactInput) -> AbstractFamily | None:
    """The family of the real data's law, where their table says that it is not the model's own."""
    given = {k: getattr(draft.table.real, k) for k in draft.family.real_settings}
    given = {key: value for key, value in given.items() if value is not None}
    if not given:
        return None
    try:
        return draft.family.source_of_data(given, read, f"{draft.place}.real")
    except InvalidInput as problem:
        raise _located(problem, f"{draft.place}.real", read.source) from problem


def _model(
    draft: _Draft, drafts: Mapping[str, _Draft], users: Mapping[str, Users], read: ExactInput
) -> Model:
    table, place = draft.table, draft.place
    if table.users is not None and table.users not in users:
        hint = nearest(table.users, users)
        raise read.refusal(f"{place}.users", "declared users", describe(table.users), hint)
    state = _state(draft, "real", read)
    start = _state(draft, "start", read) or state
    if start is None:
        raise read.refusal(place, "`real` or `start`, to know where iteration starts", "neither")
    real = None
    if state is not None:
        share = probability(read, table.real.share, f"{place}.real.share", A_SHARE)
        real = RealData(share=share, state=state, source=_source(draft, read))
    producers = {name: (other.family, other.table.users) for name, other in drafts.items()}
    reads = build_streams(table.reads, draft.family, producers, users, read, f"{place}.reads")
    model = Model(
        name=draft.name, family=draft.family, start=start, real=real, users=table.users, reads=reads
    )
    _require_whole(model, read, place)
    return model


def _require_whole(model: Model, read: ExactInput, place: str) -> None:
    total = sympy.Add(model.real_data_share, *(s.share for s in model.reads))
    value = read.shown(total)
    found = f"a sum of {value}"
    if total.free_symbols:
        written = render(total)
        shown = written if len(written) <= LONGEST_SUM else f"an expression of {len(written)} characters"
        found = f"a sum of {shown} ({value} at the parameters' values)"
    expected = "shares (real data and reads) that sum to 1, identically in the parameters"
    read.require_zero(total - 1, place, expected, found)


def _order(table: EcosystemTable, drafts: Mapping[str, _Draft], read: ExactInput) -> tuple[str, ...] | None:
    order = table.order
    if not isinstance(order, list):
        return None
    if DataRegime(table.data).accumulates:
        expected = 'order = "synchronous" where data accumulate, or data = "replace"'
        raise read.refusal("order", expected, f"a list, with data = {describe(table.data)}")
    for k, name in enumerate(order):
        if name not in drafts:
            raise read.refusal(f"order[{k}]", "the name of a model", describe(name), nearest(name, drafts))
        if name in order[:k]:
            raise read.refusal(f"order[{k}]", "every model once", f"{name!r} twice")
    missing = [name for name in drafts if name not in order]
    if missing:
        raise read.refusal("order", "every model once", f"no {missing[0]!r}")
    return tuple(order)
