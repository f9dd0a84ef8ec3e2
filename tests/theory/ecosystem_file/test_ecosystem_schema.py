"""The JSON Schema of ecosystem files agrees with the reader about structure."""

from __future__ import annotations

import tomllib

import jsonschema
import pytest

from theory import examples
from theory.ecosystem_file import from_text, json_schema
from theory.errors import InvalidInput
from theory.families.registry import families

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
MODEL = '[models.p]\nfamily = "gaussian"\nreal = { share = 1, mean = 0, variance = 1 }\n'


def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", examples.names())
def test_shipped_ecosystems_satisfy_the_schema(name):
    VALIDATOR.validate(tomllib.loads(examples.text(name)))


@pytest.mark.parametrize("family", families())
def test_every_family_stands_in_the_schema(family):
    model = SCHEMA["properties"]["models"]["additionalProperties"]
    assert family in model["discriminator"]["mapping"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "models = 3",
        "[models]",
        MODEL + "pool = 3",
        MODEL.replace("gaussian", "gausian"),
        MODEL.replace("mean = 0, ", ""),
        MODEL.replace("mean = 0", "mean = 0, shape = 1"),
        MODEL + "[users.u]\nstrength = 1",
        MODEL + "[users.u]\nreward = true",
        MODEL + '[users.u]\nreward = "x"\npool = 1',
        MODEL + '[users.u]\nreward = "x"\nnoise = [0]',
        MODEL + "[parameters.a]\nvalue = 1\nrange = [0]",
        MODEL + 'reads = [{ share = "1/2" }]',
        MODEL + 'reads = [{ from = "p", share = 0, curated = "yes" }]',
        'order = "random"\n' + MODEL,
        'data = "random"\n' + MODEL,
        MODEL + "[users.u]\nrewards = []",
        MODEL + '[users.u]\nrewards = [{ reward = "x" }]',
        MODEL + '[users.u]\nreward = "x"\nrewards = [{ reward = "x", probability = 1 }]',
    ],
)
def test_schema_and_reader_refuse_the_same_structures(text):
    assert not VALIDATOR.is_valid(tomllib.loads(text))
    with pytest.raises(InvalidInput):
        from_text(text)
