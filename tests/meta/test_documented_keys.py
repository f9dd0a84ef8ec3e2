"""docs/ecosystem-files.md names every key of files, every regime of data and every family's data."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from theory.ecosystem import DataRegime
from theory.ecosystem_file import from_text
from theory.ecosystem_file.tables import (
    AdversaryTable,
    ChannelTable,
    EcosystemTable,
    ModelTable,
    ParameterTable,
    StreamTable,
    UsersTable,
    WeightedRewardTable,
)
from theory.families.registry import families

PAGE = (Path(__file__).parents[2] / "docs" / "ecosystem-files.md").read_text(encoding="utf-8")
WHOLE, *ADDITIONS = re.findall(r"^```toml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
DOCUMENTS = [tomllib.loads(WHOLE + addition) for addition in ("", *ADDITIONS)]
QUOTED = set(re.findall(r"`(\w+)(?: = [^`\n]*)?`", PAGE))
USERS = [users for document in DOCUMENTS for users in document["users"].values()]
MODELS = [model for document in DOCUMENTS for model in document["models"].values()]
STREAMS = [stream for model in MODELS for stream in model.get("reads", [])]
SHOWN = {
    EcosystemTable: DOCUMENTS,
    ParameterTable: [p for document in DOCUMENTS for p in document["parameters"].values()],
    UsersTable: USERS,
    AdversaryTable: [users["adversary"] for users in USERS if "adversary" in users],
    WeightedRewardTable: [entry for users in USERS for entry in users.get("rewards", [])],
    ModelTable: MODELS,
    StreamTable: STREAMS,
    ChannelTable: [stream["channel"] for stream in STREAMS if "channel" in stream],
}


def keys_of(table):
    return {field.alias or name for name, field in table.model_fields.items()}


@pytest.mark.parametrize("table", SHOWN, ids=lambda table: table.__name__)
def test_every_key_is_shown_and_every_key_shown_is_accepted(table):
    shown = {key for entry in SHOWN[table] for key in entry}
    settings = {key for family in families().values() for key in family.settings}
    allowed = keys_of(table) | (settings if table is ModelTable else set())
    assert shown <= allowed
    assert keys_of(table) <= shown | QUOTED


def test_documented_rewards_have_exactly_the_accepted_keys():
    assert {key for entry in SHOWN[WeightedRewardTable] for key in entry} == keys_of(WeightedRewardTable)
    assert {key for entry in SHOWN[AdversaryTable] for key in entry} == keys_of(AdversaryTable)


def test_documented_regimes_of_data_are_exactly_those_accepted():
    rows = re.findall(r'^\| `"([\w-]+)"`( \(default\))? \|', PAGE, re.MULTILINE)
    assert {name for name, _ in rows} == {regime.value for regime in DataRegime}
    assert len(rows) == len(DataRegime)
    text = '[models.m]\nfamily = "poisson"\nreal = { share = 1, mean = 2 }\n'
    for name, _ in rows:
        assert from_text(f'data = "{name}"\n{text}').ecosystem.data.value == name
    (default,) = (name for name, is_default in rows if is_default)
    assert from_text(text).ecosystem.data.value == default


def test_documented_data_of_each_family_are_exactly_those_accepted():
    rows = re.findall(r"^\| `([\w-]+)` \| (.*?) \| (.*?) \| .*? \|$", PAGE, re.MULTILINE)
    assert {name for name, _, _ in rows} == set(families())
    for name, state, data in rows:
        told = state if data == "the same" else data
        assert set(re.findall(r"`(\w+)`", told)) == set(families()[name].data_keys), name
