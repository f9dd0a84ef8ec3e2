"""The shipped JSON Schemas are current, and what is shipped or printed satisfies them."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest
from jsonschema import Draft202012Validator

from proofs_check.report.schemas import schemas, shipped

EXAMPLES = sorted(entry.name for entry in files("theory.examples").iterdir() if entry.name.endswith(".toml"))


@pytest.mark.parametrize("name", ["ecosystem.json", "analysis.json", "check.json", "simulation.json"])
def test_shipped_schema_is_current(name):
    assert shipped(name) == schemas()[name], "run `make schemas`"


@pytest.mark.parametrize("schema", schemas().values(), ids=schemas())
def test_schema_is_a_schema(schema):
    Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize("name", EXAMPLES)
def test_shipped_example_satisfies_the_schema(name):
    document = tomllib.loads(files("theory.examples").joinpath(name).read_text(encoding="utf-8"))
    Draft202012Validator(shipped("ecosystem.json")).validate(document)


@pytest.mark.parametrize(
    "document",
    [{}, {"models": {}, "surprise": 1}, {"name": "n", "models": {"p": {"family": "gaussian", "raeds": []}}}],
)
def test_schema_refuses_what_is_no_ecosystem(document):
    assert not Draft202012Validator(shipped("ecosystem.json")).is_valid(document)


def test_decimal_strings_are_in_the_schema():
    ball = shipped("analysis.json")["$defs"]["BallDocument"]
    validator = Draft202012Validator(ball)
    assert validator.is_valid({"mid": "-1.5e-31", "rad": "0"})
    for bad in ("nan", "1.", ".5", "1e5", "+1", "1/2", ""):
        assert not validator.is_valid({"mid": bad, "rad": "0"}), bad
