"""Tables: the structure of an ecosystem file, before its numbers and names mean anything."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from theory.ecosystem import DataRegime
from theory.exact_input import A_NUMBER, DecimalLiteral
from theory.exponential_family.family import AbstractFamily

WRONG_VALUE = "wrong_value"
"""Type of the errors whose context says what was expected."""
_NUMBER_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "number"}, {"type": "string"}],
    "description": "an exact number: an integer, a decimal literal, or an expression as text",
}
_REWARD_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "number"},
        {"type": "string"},
        {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 1},
        {"type": "array", "items": {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 1}, "minItems": 1},
    ],
    "description": "a polynomial in x (or x1…xd), y for answers; on a finite support a list, one number an "
    "atom, or one such list a prompt",
}
_POOL_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "integer", "minimum": 2}, {"const": "inf"}],
    "description": "number of candidates to choose from",
}
_ORDER_SCHEMA: dict[str, Any] = {
    "anyOf": [{"const": "synchronous"}, {"type": "array", "items": {"type": "string"}}],
    "description": "synchronous, or every model once in the order of their updates",
}


_DATA_SCHEMA: dict[str, Any] = {
    "enum": [regime.value for regime in DataRegime],
    "description": "what becomes of the data of earlier rounds",
}
_ONE_OF_REWARDS: dict[str, Any] = {"oneOf": [{"required": ["reward"]}, {"required": ["rewards"]}]}


def _wrong(expected: str) -> PydanticCustomError:
    return PydanticCustomError(WRONG_VALUE, "expected {expected}", {"expected": expected})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | str | DecimalLiteral) and not isinstance(value, bool)


def _number(value: Any) -> Any:
    if not _is_number(value):
        raise _wrong(A_NUMBER)
    return value


def _reward(value: Any) -> Any:
    if not _is_number(value) and not (isinstance(value, list) and value):
        raise _wrong("a polynomial, or a list with one number an atom")
    return value


def _pool(value: Any) -> Any:
    integer = isinstance(value, int) and not isinstance(value, bool)
    if value != "inf" and not (integer and value >= 2):
        raise _wrong('an integer ≥ 2, or "inf" in quotes')
    return value


def _order(value: Any) -> Any:
    names = isinstance(value, list) and all(isinstance(entry, str) for entry in value)
    if value != "synchronous" and not names:
        raise _wrong('"synchronous" or a list of every model once')
    return value


def _data(value: Any) -> Any:
    known = [regime.value for regime in DataRegime]
    if value not in known:
        raise _wrong(", ".join(f'"{name}"' for name in known[:-1]) + f' or "{known[-1]}"')
    return value


def _title(value: Any) -> Any:
    if not isinstance(value, str) or not value.isprintable() or not 0 < len(value) <= 1000:
        raise _wrong("printable text of at most 1000 characters")
    return value


Number = Annotated[Any, BeforeValidator(_number), WithJsonSchema(_NUMBER_SCHEMA)]
RewardText = Annotated[Any, BeforeValidator(_reward), WithJsonSchema(_REWARD_SCHEMA)]
Pool = Annotated[Any, BeforeValidator(_pool), WithJsonSchema(_POOL_SCHEMA)]
Order = Annotated[Any, BeforeValidator(_order), WithJsonSchema(_ORDER_SCHEMA)]
Data = Annotated[Any, BeforeValidator(_data), WithJsonSchema(_DATA_SCHEMA)]
Title = Annotated[str, BeforeValidator(_title)]


class Table(BaseModel):
    """A table whose keys are all known and whose values are never converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class ParameterTable(Table):
    """A named number and its closed range."""

    value: Number
    range: Annotated[list[Number], Field(min_length=2, max_length=2)] | None = None


class AdversaryTable(Table):
    """People who choose by another reward."""

    share: Number
    reward: RewardText
    strength: Number = 1


class WeightedRewardTable(Table):
    """A reward, the probability that whoever chooses has it, and perhaps a strength of its own."""

    reward: RewardText
    probability: Number
    strength: Number | None = None


class UsersTable(Table):
    """People with one reward, or several with probabilities, who curate what models produce."""

    model_config = ConfigDict(json_schema_extra=_ONE_OF_REWARDS)

    reward: RewardText | None = None
    rewards: Annotated[list[WeightedRewardTable], Field(min_length=1)] | None = None
    strength: Number = 1
    pool: Pool = "inf"
    noise: Number = 0
    adversary: AdversaryTable | None = None


class ChannelTable(Table):
    """The affine map x ↦ matrix·x + shift."""

    matrix: list[list[Number]] | None = None
    shift: list[Number] | None = None


class StreamTable(Table):
    """A share of a training set, made by another model or by the reader itself."""

    producer: str = Field(alias="from")
    share: Number
    curated: bool = False
    by: str | None = None
    channel: ChannelTable | None = None


class ModelTable(Table):
    """One model; its family's settings stand beside these keys."""

    family: str
    users: str | None = None
    reads: list[StreamTable] = []
    real: Any = None
    start: Any = None


class EcosystemTable(Table):
    """A whole ecosystem file."""

    name: Title = ""
    parameters: dict[str, ParameterTable] = {}
    users: dict[str, UsersTable] = {}
    models: Annotated[dict[str, Any], Field(min_length=1)]
    order: Order = "synchronous"
    data: Data = "replace"


def table_of_family(family: type[AbstractFamily]) -> type[ModelTable]:
    """The model table of one family: its settings, and the keys of its data."""
    data: dict[str, Any] = dict.fromkeys(family.data_keys, (Any, ...))
    title = "".join(part.title() for part in family.name.split("-"))
    start = create_model(f"{title}Start", __base__=Table, **data)
    others: dict[str, Any] = dict.fromkeys(family.real_settings, (Any, None))
    real = create_model(f"{title}Real", __base__=Table, share=(Number, ...), **data, **others)
    fields: dict[str, Any] = dict.fromkeys(family.settings, (Any, None))
    fields |= {
        "family": (Literal[family.name], ...), "real": (real | None, None), "start": (start | None, None),
    }  # fmt: skip
    return create_model(f"{title}Model", __base__=ModelTable, **fields)
