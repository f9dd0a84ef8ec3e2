"""Validation: the first thing wrong with a table, as one `InvalidInput`."""

from __future__ import annotations

import typing
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ValidationError

from theory.ecosystem_file.tables import WRONG_VALUE
from theory.errors import InvalidInput
from theory.expressions.tokens import NAME
from theory.wording import describe, nearest

TableType = TypeVar("TableType", bound=BaseModel)
_EXPECTED = {
    "string_type": "text", "bool_type": "true or false", "list_type": "a list",
    "dict_type": "a table", "model_type": "a table", "model_attributes_type": "a table",
}  # fmt: skip


def validated(table: type[TableType], value: object, place: str, source: str) -> TableType:
    """The value as a table of this type.

    Raises
    ------
    InvalidInput
        Naming the first unknown key, else the first other mistake.
    """
    try:
        return table.model_validate(value)
    except ValidationError as problem:
        raise _first(table, problem.errors(include_url=False), place, source) from None


def place_of(location: Sequence[str | int], prefix: str = "") -> str:
    """The dotted path of a location.

    Examples
    --------
    >>> place_of(("reads", 0, "share"), "models.p")
    'models.p.reads[0].share'
    """
    place = prefix
    for part in location:
        if isinstance(part, int):
            place += f"[{part}]"
        else:
            shown = part if NAME.fullmatch(part) or part.replace("-", "").isalnum() else describe(part)
            place += f".{shown}" if place else shown
    return place


def _first(table: type[BaseModel], errors: Sequence[Any], prefix: str, source: str) -> InvalidInput:
    chosen = next((e for e in errors if e["type"] == "extra_forbidden"), errors[0])
    kind, location = chosen["type"], tuple(chosen["loc"])
    if kind == "extra_forbidden":
        known = _keys_at(table, location[:-1])
        return InvalidInput(
            expected="a known key",
            found=f"the unknown key {describe(location[-1])}",
            place=place_of(location[:-1], prefix),
            source=source,
            hint=nearest(str(location[-1]), known),
        )
    if kind == "missing":
        return InvalidInput(
            expected=f"the key {location[-1]!r}",
            found="nothing",
            place=place_of(location[:-1], prefix),
            source=source,
        )
    return InvalidInput(
        expected=_expected(kind, chosen),
        found=describe(chosen["input"]),
        place=place_of(location, prefix),
        source=source,
    )


def _expected(kind: str, error: Any) -> str:
    if kind == WRONG_VALUE:
        return str(error["ctx"]["expected"])
    if kind in ("too_short", "too_long"):
        bound = error["ctx"].get("min_length", error["ctx"].get("max_length"))
        amount = "at least" if kind == "too_short" else "at most"
        return f"{amount} {bound} {'entry' if bound == 1 else 'entries'}"
    return _EXPECTED.get(kind, str(error["msg"]))


def _keys_at(table: type[BaseModel], location: Sequence[str | int]) -> tuple[str, ...]:
    """Valid keys of the table at a location below `table`."""
    current: Any = table
    for part in location:
        current = _below(current, str(part))
    return tuple(_fields(current))


def _below(annotation: Any, part: str) -> Any:
    """Annotation of an entry of a table, a dictionary or a list."""
    if typing.get_origin(annotation) in (dict, list):
        return typing.get_args(annotation)[-1]
    return _fields(annotation)[part]


def _fields(annotation: Any) -> dict[str, Any]:
    """Annotation of each key of a table that may be optional."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return {field.alias or name: _required(field.annotation) for name, field in fields}
    return {}


def _required(annotation: Any) -> Any:
    """The annotation without its None and without what is asked beside the type."""
    if type(None) in typing.get_args(annotation):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    return typing.get_args(annotation)[0] if typing.get_origin(annotation) is Annotated else annotation
