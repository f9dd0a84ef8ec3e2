"""JSON Schema of ecosystem files, generated from the tables and the registered families."""

from __future__ import annotations

from typing import Annotated, Any, Union

from pydantic import Field, create_model

from theory.ecosystem_file.tables import EcosystemTable, table_of_family
from theory.families.registry import families

SCHEMA_ID = "backfire.ecosystem/1"


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the structure of an ecosystem file.

    It says which keys and kinds of values there are, not whether shares sum to 1.
    """
    tables = tuple(table_of_family(family) for family in families().values())
    any_model = Annotated[Union[tables], Field(discriminator="family")]  # type: ignore[valid-type]  # noqa: UP007
    whole = create_model(
        "Ecosystem", __base__=EcosystemTable, models=(dict[str, any_model], Field(min_length=1))
    )
    schema: dict[str, Any] = _without_null(whole.model_json_schema(by_alias=True))
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA_ID}
    return head | schema


def _without_null(schema: Any) -> Any:
    """The schema with absent keys left out rather than null, as files have it."""
    if isinstance(schema, list):
        return [_without_null(entry) for entry in schema if entry != {"type": "null"}]
    if not isinstance(schema, dict):
        return schema
    kept = {k: _without_null(v) for k, v in schema.items() if not (k == "default" and v is None)}
    alternatives = kept.get("anyOf")
    if isinstance(alternatives, list) and len(alternatives) == 1:
        del kept["anyOf"]
        return alternatives[0] | kept
    return kept
