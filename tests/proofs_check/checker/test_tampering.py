"""A certificate that was changed in any way that matters is refused, with a reason and no traceback."""

from __future__ import annotations

import copy
import json

import pytest
import sympy
from strategies.statements import EQ, GE, GT, LT, encoded, implication, real, relation, stable

from proofs_check.checker import polynomials
from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.terms import Refused, digest, read_json

X, Y = real("x y")
TRIANGLE = encoded(
    implication(
        [X, Y],
        [relation(X, GE), relation(Y, GE), relation(1 - X - Y, GT)],
        [relation(1 - X * Y, GT), relation((X + Y) ** 2, EQ, X**2 + 2 * X * Y + Y**2)],
    )
)
IDENTITY = {
    "schema": "backfire.certificate/1",
    "statement": digest(TRIANGLE),
    "kind": "positivstellensatz",
    "steps": [
        {
            "show": {"lemma": "l0", "polynomial": ["+", "1", ["*", "-1", "x"]], "is": ">"},
            "times": [{"coefficient": "1", "facts": {}}],
            "sum": [{"coefficient": "1", "facts": {"h1": 1}}, {"coefficient": "1", "facts": {"h2": 1}}],
            "modulo": [],
        },
        {
            "show": "c0",
            "times": [{"coefficient": "1", "facts": {}}],
            "sum": [
                {"coefficient": "1", "facts": {"l0": 1}},
                {"coefficient": "1", "facts": {"h0": 1, "h2": 1}},
                {"coefficient": "1", "facts": {"h0": 1}, "square": "x"},
            ],
            "modulo": [],
        },
        {"show": "c1", "times": [{"coefficient": "1", "facts": {}}], "sum": [], "modulo": []},
    ],
}
# 1 − xy = (1 − x) + x(1 − x − y) + x · x
IDENTITY["steps"][1]["sum"][2] = {"coefficient": "1", "facts": {}, "square": "x"}

CURVE = encoded(
    implication(
        [X], [relation(X, GE), relation(2 - X, GE)], [relation(sympy.exp(X), GT, X + sympy.Rational(9, 10))]
    )
)
COVER = {
    "schema": "backfire.certificate/1",
    "statement": digest(CURVE),
    "kind": "boxes",
    "bits": 96,
    "goals": [
        {"show": "c0", "cover": ["split", "x", "1/4", ["split", "x", "1/8", "holds", "holds"], "holds"]}
    ],
}
UNSTABLE = encoded(
    implication([X, Y], [stable([[X, Y], [-Y, X]]), relation(Y, LT, 1)], [relation(1 - X - Y, GT)])
)
POINT = {
    "schema": "backfire.certificate/1",
    "statement": digest(UNSTABLE),
    "kind": "counterexample",
    "point": {"x": "3/5", "y": "3/5"},
    "violates": 0,
}
VALID = {"identity": (TRIANGLE, IDENTITY), "cover": (CURVE, COVER), "point": (UNSTABLE, POINT)}
DELETE = object()


@pytest.mark.parametrize("kind", VALID)
def test_the_untouched_certificate_is_accepted(kind):
    outcome = check_certificate(*VALID[kind])
    assert (outcome.accepted, outcome.reason) == (True, "")
    assert outcome.shows == ("refuted" if kind == "point" else "proved")


def changed(data, path, value):
    data = copy.deepcopy(data)
    *parents, last = path
    target = data
    for key in parents:
        target = target[key]
    if value is DELETE:
        del target[last]
    else:
        target[last] = value
    return data


TERM = ("steps", 1, "sum", 0)
NODE = ("goals", 0, "cover")
TAMPERED = [
    ("identity", (*TERM, "coefficient"), "2"),
    ("identity", (*TERM, "coefficient"), "-1"),
    ("identity", (*TERM, "coefficient"), "0"),
    ("identity", (*TERM, "coefficient"), "2/2"),
    ("identity", (*TERM, "coefficient"), "1.0"),
    ("identity", (*TERM, "coefficient"), "1e0"),
    ("identity", (*TERM, "coefficient"), "NaN"),
    ("identity", (*TERM, "coefficient"), "inf"),
    ("identity", (*TERM, "coefficient"), "01"),
    ("identity", (*TERM, "coefficient"), "+1"),
    ("identity", (*TERM, "coefficient"), "1/0"),
    ("identity", (*TERM, "coefficient"), " 1"),
    ("identity", (*TERM, "coefficient"), "١"),
    ("identity", (*TERM, "coefficient"), 1),
    ("identity", (*TERM, "coefficient"), 1.0),
    ("identity", (*TERM, "coefficient"), True),
    ("identity", (*TERM, "coefficient"), None),
    ("identity", (*TERM, "coefficient"), "1" * 5000),
    ("identity", (*TERM, "facts"), {"h1": 1}),
    ("identity", (*TERM, "facts"), {"h0": 1, "h1": 1}),
    ("identity", (*TERM, "facts"), {"h9": 1}),
    ("identity", (*TERM, "facts"), {"c0": 1}),
    ("identity", (*TERM, "facts"), {"l0": 0}),
    ("identity", (*TERM, "facts"), {"l0": -1}),
    ("identity", (*TERM, "facts"), {"l0": True}),
    ("identity", (*TERM, "facts"), {"l0": 10**9}),
    ("identity", (*TERM, "facts"), ["l0"]),
    ("identity", (*TERM, "remark"), "trust me"),
    ("identity", TERM, DELETE),
    ("identity", ("steps", 1, "sum", 2, "square"), "y"),
    ("identity", ("steps", 1, "sum", 2, "square"), ["^", "x", 10**6]),
    ("identity", ("steps", 1, "sum", 2, "square"), ["^", "x", -1]),
    ("identity", ("steps", 1, "sum", 2, "square"), ["*", "x", ["^", "y", 0]]),
    ("identity", ("steps", 1, "sum", 2, "square"), ["abs", "x"]),
    ("identity", ("steps", 1, "sum", 2, "square"), "z"),
    ("identity", ("steps", 1, "times"), []),
    ("identity", ("steps", 1, "times"), [{"coefficient": "2", "facts": {}}]),
    ("identity", ("steps", 1, "modulo"), [{"equation": "h0", "cofactor": "0"}]),
    ("identity", ("steps", 1, "modulo"), [{"equation": "c1", "cofactor": "0"}]),
    ("identity", ("steps", 1, "show"), "c1"),
    ("identity", ("steps", 1, "show"), "c7"),
    ("identity", ("steps", 1), DELETE),
    ("identity", ("steps", 2), DELETE),
    ("identity", ("steps", 0), DELETE),
    ("identity", ("steps",), []),
    ("identity", ("steps", 0, "show", "is"), ">="),
    ("identity", ("steps", 0, "show", "is"), "<"),
    ("identity", ("steps", 0, "show", "lemma"), "h0"),
    ("identity", ("steps", 0, "show", "lemma"), "c0"),
    ("identity", ("steps", 0, "show", "polynomial"), "x"),
    ("identity", ("steps", 2, "times"), []),
    ("identity", ("steps", 2, "sum"), [{"coefficient": "1", "facts": {}}]),
    ("identity", ("statement",), digest(CURVE)),
    ("identity", ("statement",), ""),
    ("identity", ("statement",), DELETE),
    ("identity", ("schema",), "backfire.certificate/2"),
    ("identity", ("kind",), "boxes"),
    ("identity", ("kind",), "trust"),
    ("identity", ("kind",), ["positivstellensatz"]),
    ("identity", ("extra",), 1),
    ("cover", (*NODE, 4), DELETE),
    ("cover", (*NODE, 3), "maybe"),
    ("cover", (*NODE, 3), ["empty", 0]),
    ("cover", (*NODE, 3), ["empty", 5]),
    ("cover", (*NODE, 3), ["empty", True]),
    ("cover", (*NODE, 2), "2"),
    ("cover", (*NODE, 2), "5"),
    ("cover", (*NODE, 2), "0.25"),
    ("cover", (*NODE, 2), 0.25),
    ("cover", (*NODE, 1), "t"),
    ("cover", ("goals", 0, "cover"), "empty"),
    ("cover", ("goals", 0, "cover"), []),
    ("cover", ("goals",), []),
    ("cover", ("goals", 0, "show"), "c1"),
    ("cover", ("bits",), 10**9),
    ("cover", ("bits",), 2),
    ("cover", ("bits",), "96"),
    ("cover", ("bits",), float("nan")),
    ("point", ("point", "x"), "1/5"),
    ("point", ("point", "x"), "2"),
    ("point", ("point", "x"), "y"),
    ("point", ("point", "x"), 0.6),
    ("point", ("point", "x"), "nan"),
    ("point", ("point", "x"), ["^", "0", -1]),
    ("point", ("point", "x"), ["sqrt", "-1"]),
    ("point", ("point", "z"), "0"),
    ("point", ("point", "y"), DELETE),
    ("point", ("violates",), 1),
    ("point", ("violates",), -1),
    ("point", ("violates",), False),
    ("point", ("statement",), digest(TRIANGLE)),
]


@pytest.mark.parametrize(("kind", "path", "value"), TAMPERED)
def test_a_changed_certificate_is_refused(kind, path, value):
    statement, certificate = VALID[kind]
    outcome = check_certificate(statement, changed(certificate, path, value))
    assert not outcome.accepted
    assert outcome.shows == ""
    assert outcome.reason


STATEMENT_CHANGES = [
    ("identity", ("hypotheses", 2, "is"), ">="),
    ("identity", ("conclusions", 0, "is"), ">="),
    ("identity", ("variables",), ["y", "x"]),
    ("identity", ("hypotheses",), []),
    ("cover", ("hypotheses", 1, "is"), ">"),
    ("point", ("hypotheses", 0, "schur_stable", 0, 0), "y"),
    ("point", ("conclusions", 0, "right"), "1"),
]


@pytest.mark.parametrize(("kind", "path", "value"), STATEMENT_CHANGES)
def test_a_changed_statement_loses_its_certificate(kind, path, value):
    statement, certificate = VALID[kind]
    outcome = check_certificate(changed(statement, path, value), certificate)
    assert not outcome.accepted
    assert "another statement" in outcome.reason


HARMFUL = [
    ("identity", ("hypotheses", 2), {"left": "x", "is": "<=", "right": "5"}),
    ("identity", ("hypotheses", 1), {"left": "x", "is": ">=", "right": "0"}),
    ("identity", ("conclusions", 1, "right"), "x"),
    ("cover", ("conclusions", 0, "right"), ["+", "x", "1"]),
    ("cover", ("hypotheses", 0, "is"), "<="),
    ("cover", ("hypotheses", 0, "right"), "-9"),
    ("point", ("hypotheses", 1, "right"), "1/2"),
    ("point", ("conclusions", 0, "right"), "-1"),
]


@pytest.mark.parametrize(("kind", "path", "value"), HARMFUL)
def test_a_certificate_rebound_to_a_false_or_other_statement_is_refused(kind, path, value):
    statement, certificate = VALID[kind]
    other = changed(statement, path, value)
    rebound = {**certificate, "statement": digest(other)}
    assert not check_certificate(other, rebound).accepted


@pytest.mark.parametrize(
    "value",
    [None, [], "proved", 3, {}, {"kind": "counterexample"}, [[[]]], {"schema": None, "statement": None}],
)
def test_what_is_no_certificate_is_refused(value):
    assert not check_certificate(TRIANGLE, value).accepted
    assert not check_certificate(value, IDENTITY).accepted


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1.5}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": -Infinity}',
        '{"a": 1e3}',
        '{"a": 1, "a": 2}',
        "{",
        "",
        "[" * 100_000,
    ],
)
def test_floats_repeated_keys_and_broken_text_are_refused_on_reading(text):
    with pytest.raises(Refused):
        read_json(text)


def test_deep_nesting_is_refused():
    tree = "x"
    for _ in range(5000):
        tree = ["+", tree, "1"]
    assert not check_certificate(TRIANGLE, changed(IDENTITY, ("steps", 1, "sum", 2, "square"), tree)).accepted


def test_an_expansion_that_would_not_end_is_refused(monkeypatch):
    monkeypatch.setattr(polynomials, "MAX_WORK", 20_000)
    tree = ["^", ["+", "1", "x", "y", ["^", "x", 7], ["^", "y", 11]], 200]
    outcome = check_certificate(TRIANGLE, changed(IDENTITY, ("steps", 1, "sum", 2, "square"), tree))
    assert "too much work" in outcome.reason


def test_certificates_survive_their_text():
    for statement, certificate in VALID.values():
        assert check_certificate(
            read_json(json.dumps(statement)), read_json(json.dumps(certificate))
        ).accepted
