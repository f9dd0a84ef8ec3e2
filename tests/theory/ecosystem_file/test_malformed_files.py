"""Malformed and hostile files: each is refused with its place, what was expected and what came."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from theory.ecosystem_file import FileFormat, from_text, read
from theory.errors import InvalidInput

GOOD = """
name = "good"
[parameters]
lam = { value = "2/5", range = ["0", "19/20"] }
[users.warm]
reward = "x"
[models.p]
family = "gaussian"
users = "warm"
real = { share = "3/5 - lam / 2", mean = 0, variance = 1 }
reads = [{ from = "p", share = "2/5 + lam / 2", curated = true }]
"""
ATOMS = """
[models.c]
family = "categorical"
atoms = ["hot", "cold"]
real = { share = 1, probabilities = ["1/3", "2/3"] }
"""


def toml(old="", new="", base=GOOD):
    """The base file with one piece replaced."""
    assert old in base
    return base.replace(old, new, 1)


STRUCTURE = {
    "empty": ("", "", r"f: expected the key 'models', found nothing"),
    "no models": ("", GOOD[: GOOD.index("[models")] + "[models]", "models: expected at least 1 entry"),
    "unknown key": ('name = "good"', "parametres = 1", "f: .*unknown key 'parametres'.*did you mean"),
    "unknown user key": (
        'reward = "x"',
        'reward = "x"\nstrenght = 1',
        "users.warm: .*did you mean 'strength'",
    ),
    "unknown model key": ('users = "warm"', 'user = "warm"', "models.p: .*'user'; did you mean 'users'"),
    "unknown real key": ("variance = 1", "varience = 1", "models.p.real: .*did you mean 'variance'"),
    "unknown stream key": ("curated", "currated", r"models.p.reads\[0\]: .*did you mean 'curated'"),
    "setting of another family": (
        '"gaussian"',
        '"gaussian"\natoms = ["a"]',
        "models.p: .*unknown key 'atoms'",
    ),
    "unknown adversary key": (
        'reward = "x"',
        'reward = "x"\nadversary = { share = 0, reward = 1, K = 2 }',
        "users.warm.adversary: expected a known key, found the unknown key 'K'",
    ),
    "unknown family": ('"gaussian"', '"gausian"', "models.p.family: .*'gausian'; did you mean 'gaussian'"),
    "family not text": ('"gaussian"', "3", "models.p.family: expected a registered family, found 3"),
    "no family": ('family = "gaussian"', "", "models.p: expected the key 'family', found nothing"),
    "unknown users": ('users = "warm"', 'users = "wram"', "models.p.users: .*'wram'; did you mean 'warm'"),
    "unknown producer": (
        'from = "p"',
        'from = "q"',
        r"models.p.reads\[0\].from: expected the name of a model",
    ),
    "missing share": (', share = "2/5 + lam / 2"', "", r"models.p.reads\[0\]: expected the key 'share'"),
    "missing mean": (" mean = 0,", "", "models.p.real: expected the key 'mean', found nothing"),
    "missing reward": ('reward = "x"', "", "users.warm: expected the key 'reward', or 'rewards', found noth"),
    "models a list": (
        GOOD[GOOD.index("[models.p]") :],
        "[[models]]",
        "models: expected a table, found a list",
    ),
    "model a number": ("[models.p]", "[models]\nq = 3\n[models.p]", "models.q: expected a table, found 3"),
    "reads a table": (
        GOOD[GOOD.index("reads =") :],
        "reads = {}",
        "models.p.reads: expected a list, found a table",
    ),
    "curated a string": ("curated = true", 'curated = "yes"', r"reads\[0\].curated: expected true or false"),
    "users a number": ('users = "warm"', "users = 1", "models.p.users: expected text, found 1"),
    "range of one": ('"0", "19/20"', '"0"', "parameters.lam.range: expected at least 2 entries"),
    "range of three": ('"0", "19/20"', '"0", "1/2", "1"', "parameters.lam.range: expected at most 2 entries"),
    "title with an escape": ('"good"', r'"\u001b[31m"', "name: expected printable text"),
    "pool of one": ('reward = "x"', 'reward = "x"\npool = 1', "users.warm.pool: expected an integer ≥ 2"),
    "pool a bare inf": ('reward = "x"', 'reward = "x"\npool = inf', 'pool: .*"inf" in quotes, found inf'),
    "order a number": ("[parameters]", "order = 3\n[parameters]", 'order: expected "synchronous" or a list'),
    "hostile key": ("[users.warm]", '[users."a\\u001b\\n"]', r"users.'a\\x1b\\n': expected a name"),
}
NUMBERS = {
    "import": ('"2/5"', "\"__import__('os').system('x')\"", "parameters.lam.value: expected numbers, names"),
    "tower": ('"2/5"', '"10**10**10"', "parameters.lam.value: expected an exponent of size at most 1000"),
    "megabyte": ('"2/5"', '"' + "1+" * 500_000 + '1"', "parameters.lam.value: .*at most 10000 characters"),
    "long integer": ("mean = 0", "mean = " + "9" * 9_999, "valid TOML.*4300"),
    "hexadecimal bits": (
        "mean = 0",
        "mean = 0x" + "f" * 30_000,
        "real.mean: expected a number of at most 100000",
    ),
    "long decimal": ("mean = 0", "mean = 0." + "1" * 20_000, "real.mean: .*at most 10000 characters"),
    "decimal exponent": ("mean = 0", "mean = 1e1001", "real.mean: expected a decimal exponent"),
    "boolean": ("mean = 0", "mean = true", "real.mean: .*found the boolean true"),
    "boolean share": ('share = "3/5 - lam / 2"', "share = false", "real.share: .*found the boolean false"),
    "nan": ("mean = 0", "mean = nan", "models.p.real.mean: .*found nan"),
    "infinity": ("variance = 1", "variance = -inf", "models.p.real.variance: .*found -inf"),
    "quoted nan": ("mean = 0", 'mean = "nan"', "models.p.real.mean: .*found 'nan'"),
    "date": ("mean = 0", "mean = 2026-01-01", "models.p.real.mean: .*found the date or time 2026-01-01"),
    "list": ("mean = 0", "mean = [0]", "models.p.real.mean: .*found a list of length 1"),
    "table": ("mean = 0", "mean = {}", "models.p.real.mean: .*found a table"),
    "unknown parameter": (
        '"2/5 + lam',
        '"2/5 + lan',
        r"reads\[0\].share: .*'lan' at column 7; did you mean 'lam'",
    ),
    "zero divisor": ("mean = 0", 'mean = "1/(lam - 2/5)"', "real.mean: expected a divisor that is not zero"),
    "empty text": ("mean = 0", 'mean = ""', "real.mean: .*found the end of the expression"),
    "reward variable": ("mean = 0", 'mean = "x"', "real.mean: expected a declared parameter .*found 'x'"),
}


@pytest.mark.parametrize(("old", "new", "message"), (STRUCTURE | NUMBERS).values(), ids=STRUCTURE | NUMBERS)
def test_malformed_file_is_refused_at_its_place(old, new, message):
    text = toml(old, new) if old else new
    with pytest.raises(InvalidInput, match=message) as refusal:
        from_text(text, source="f")
    assert str(refusal.value).startswith("f: ")
    assert "\n" not in str(refusal.value)
    assert len(str(refusal.value)) < 600


JSON_TEXTS = {
    "not JSON": ("{", "f: expected valid JSON, found an error"),
    "duplicate key": ('{"models": {}, "models": {}}', "expected each key once, found 'models' twice"),
    "deep duplicate": ('{"models": {"p": {"family": "a", "family": "b"}}}', "'family' twice"),
    "a list": ("[]", "expected a table of name, .*found an empty list"),
    "a number": ("3", "expected a table of name, .*found 3"),
    "null": ('{"models": {"p": {"family": "gaussian", "users": null}}}', "found null"),
    "NaN": ('{"parameters": {"a": {"value": NaN}}, "models": {"p": {}}}', "parameters.a.value: .*found NaN"),
    "Infinity": ('{"parameters": {"a": {"value": -Infinity}}, "models": {"p": {}}}', "found -Infinity"),
    "deep lists": ('{"models": ' + "[" * 200_000 + "]" * 200_000 + "}", "nested at most 50 deep"),
    "deep tables": ('{"a":' * 60 + "1" + "}" * 60, "nested at most 50 deep"),
    "trailing text": ("{} {}", "valid JSON"),
    "long integer": (
        '{"parameters": {"a": {"value": ' + "1" * 50_000 + '}}, "models": {"p": {}}}',
        "parameters.a.value: expected a number of at most 10000 characters",
    ),
    "control character in the name": ('{"name": "\\u0000", "models": {"p": {}}}', "name: expected printable"),
    "surrogate in the name": ('{"name": "\\ud800", "models": {"p": {}}}', "name: expected printable"),
}


@pytest.mark.parametrize(("text", "message"), JSON_TEXTS.values(), ids=JSON_TEXTS)
def test_malformed_json_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message):
        from_text(text, FileFormat.JSON, source="f")


TOML_TEXTS = {
    "not TOML": ("models", "f: expected valid TOML, found an error: Expected '='"),
    "duplicate key": ('name = "a"\nname = "b"', "valid TOML.*overwrite"),
    "duplicate table": ("[users.a]\nreward = 1\n[users.a]\nreward = 2", "valid TOML.*twice"),
    "deep lists": ("a = " + "[" * 100_000 + "]" * 100_000, "(nested at most 50 deep|valid TOML)"),
    "dotted key": (".".join(["a"] * 300_000) + " = 1", "expected keys of at most 20 dots"),
    "dotted header": ("[" + " . ".join(['"a"'] * 1000) + "]", "expected keys of at most 20 dots"),
    "NUL": ('name = "\x00"', "valid TOML"),
}


@pytest.mark.parametrize(("text", "message"), TOML_TEXTS.values(), ids=TOML_TEXTS)
def test_malformed_toml_is_refused(text, message):
    with pytest.raises(InvalidInput, match=message):
        from_text(text, source="f")


BYTES = {
    "latin-1": (b'name = "caf\xe9"', "expected UTF-8 text, found the byte 0xe9 at offset 11"),
    "UTF-16": (GOOD.encode("utf-16"), "expected UTF-8 text, found the byte"),
    "byte order mark": (b"\xef\xbb\xbf" + GOOD.encode(), "without a byte order mark"),
    "too large": (b"#" * 4_000_001, "at most 4000000 bytes"),
    "NUL bytes": (b"\x00" * 100, "valid TOML"),
}


@pytest.mark.parametrize(("content", "message"), BYTES.values(), ids=BYTES)
def test_unreadable_bytes_are_refused(tmp_path, content, message):
    path = tmp_path / "e.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidInput, match=message) as refusal:
        read(path)
    assert refusal.value.source == str(path)


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="expected an ecosystem file, found no file of that name"):
        read(tmp_path / "nothing.toml")


def test_directory_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="expected an ecosystem file, found a directory"):
        read(tmp_path)


def test_path_below_a_file_is_refused(tmp_path):
    (tmp_path / "e.toml").write_text(GOOD)
    with pytest.raises(InvalidInput, match="expected a readable ecosystem file, found not a directory"):
        read(tmp_path / "e.toml" / "e.toml")


def test_unreadable_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "e.toml"
    path.write_text(GOOD)

    def denied(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", denied)
    with pytest.raises(InvalidInput, match="expected a readable ecosystem file, found permission denied"):
        read(path)


def test_path_with_a_nul_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match="expected a readable ecosystem file"):
        read(tmp_path / "a\x00b")


def test_good_files_are_read():
    assert from_text(GOOD).ecosystem.name == "good"
    assert from_text(ATOMS).ecosystem.models[0].family.atoms == ("hot", "cold")


@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    cut = data.draw(st.integers(0, len(GOOD)))
    length = data.draw(st.integers(0, 12))
    patch = data.draw(st.text(alphabet='"[]{}=,.0123456789 \nabcefilnprstuvx_-*/()', max_size=8))
    text = GOOD[:cut] + patch + GOOD[cut + length :]
    try:
        assert from_text(text, source="f").ecosystem.models
    except InvalidInput as problem:
        refusal = problem
    else:
        return
    assert refusal.source == "f"


VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(["name", "parameters", "users", "models", "order"])


@given(st.dictionaries(KEYS, VALUES))
def test_any_json_is_read_or_refused(document):
    try:
        assert from_text(json.dumps(document), FileFormat.JSON, source="f").ecosystem.models
    except InvalidInput as problem:
        refusal = problem
    else:
        return
    assert refusal.source == "f"
