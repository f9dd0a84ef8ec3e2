"""Every shipped ecosystem reads, from TOML and from JSON, to the same exact data."""

from __future__ import annotations

import hashlib
import json
import tomllib

import pytest
import sympy

from theory import examples
from theory.ecosystem_file import FileFormat, from_text, read
from theory.errors import InvalidInput
from theory.exact_input import ExactInput

EXAMPLES = examples.names()


def test_these_examples_ship():
    assert set(EXAMPLES) >= {
        "adversaries", "conflict-atoms", "divided-crowd", "exponential-fold", "feed-forward", "opposed-loop",
        "overcorrection", "two-curators", "two-targets", "user-groups",
    }  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_reads_with_its_hash(name, tmp_path):
    path = tmp_path / f"{name}.toml"
    path.write_text(examples.text(name), encoding="utf-8")
    file = read(path)
    assert file.source == str(path)
    assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    for model in file.ecosystem.models:
        shares = [model.real_data_share, *(s.share for s in model.reads)]
        assert sympy.expand(sympy.Add(*shares) - 1) == 0


@pytest.mark.parametrize("name", EXAMPLES)
def test_json_says_the_same_as_toml(name, tmp_path):
    text = examples.text(name)
    path = tmp_path / f"{name}.json"
    path.write_text(json.dumps(tomllib.loads(text)), encoding="utf-8")
    assert read(path).ecosystem == from_text(text).ecosystem
    unmarked = tmp_path / "without-ending"
    unmarked.write_bytes(path.read_bytes())
    assert read(unmarked).ecosystem == from_text(text).ecosystem


def test_decimal_literals_are_exact_in_json_and_toml():
    toml = '[models.p]\nfamily = "gaussian"\nreal = { share = 1, mean = 0.2, variance = 1e-3 }'
    plain = '{"models": {"p": {"family": "gaussian", "real": {"share": 1, "mean": 0.2, "variance": 1e-3}}}}'
    expected = (sympy.Rational(1, 5), sympy.Rational(1, 1000))
    for text, file_format in ((toml, FileFormat.TOML), (plain, FileFormat.JSON)):
        assert from_text(text, file_format).ecosystem.models[0].start == expected


def test_two_curators_is_what_its_file_says():
    ecosystem = from_text(examples.text("two-curators")).ecosystem
    lam = ecosystem.parameters[0]
    assert (lam.name, lam.value, lam.lower, lam.upper) == ("lam", *map(sympy.Rational, ("1/5", "0", "2/5")))
    warm = ecosystem.users_named("warm")
    x = sympy.Symbol("x", real=True)
    taste = warm.single_taste
    assert (taste.reward.polynomial, taste.strength, warm.pool) == (x, sympy.Rational(1, 4), None)
    assert warm.adversary_share == sympy.Rational(1, 10)
    assert warm.adversary.reward.polynomial == -x
    streams = ecosystem.model("p").reads
    assert [(s.producer, s.share, s.curators) for s in streams] == [
        ("p", sympy.Rational(2, 5) - lam.symbol, None),
        ("p", lam.symbol, "warm"),
        ("q", sympy.Rational(1, 5), "cool"),
    ]
    channel = ecosystem.model("q").reads[0].channel
    assert channel.matrix == ExactInput().matrix([["1/2"]], "")
    assert channel.shift == sympy.ImmutableDenseMatrix([[0]])


def test_defaults_are_those_of_the_format():
    text = '[users.u]\nreward = 0\nadversary = { share = 0, reward = 1 }\n[models.m]\nfamily = "gaussian"\n'
    text += "start = { mean = 0, variance = 1 }\nreads = [{ from = 'm', share = 1, channel = {} }]"
    ecosystem = from_text(text).ecosystem
    users = ecosystem.users[0]
    assert (users.single_taste.strength, users.noise, users.pool, users.adversary.strength) == (1, 0, None, 1)
    assert ecosystem.order is None
    assert ecosystem.models[0].real is None
    assert ecosystem.models[0].reads[0].channel.matrix == sympy.ImmutableDenseMatrix([[1]])


def test_name_defaults_to_the_file_s(tmp_path):
    path = tmp_path / "lonely.toml"
    path.write_text('[models.p]\nfamily = "gaussian"\nreal = { share = 1, mean = 0, variance = 1 }')
    assert read(path).ecosystem.name == "lonely"


def test_unknown_example_names_the_nearest():
    with pytest.raises(InvalidInput, match="found 'two-curator'; did you mean 'two-curators'"):
        examples.text("two-curator")
