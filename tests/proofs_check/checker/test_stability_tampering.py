"""Certificates of stability by weights and bounds, or by minors: any change that matters is refused."""

from __future__ import annotations

import copy

import pytest

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.terms import digest

ONE = [{"coefficient": "1", "facts": {}}]
DELETE = object()


def at_least_zero(tree, relation=">="):
    return {"left": tree, "is": relation, "right": "0"}


def known(name, coefficient="1"):
    return [{"coefficient": coefficient, "facts": {name: 1}}]


def step(show, total):
    return {"show": show, "times": ONE, "sum": total, "modulo": []}


def minus(*trees):
    return ["+", "1", *(["*", "-1", tree] for tree in trees)]


def certificate(statement, stable, *steps):
    return {
        "schema": "backfire.certificate/1",
        "statement": digest(statement),
        "kind": "positivstellensatz",
        "stable": {"c0": stable},
        "steps": list(steps),
    }


SIGNED = {
    "schema": "backfire.statement/1",
    "variables": ["x", "y", "b"],
    "hypotheses": [
        at_least_zero("x"),
        at_least_zero(["+", "b", ["*", "-1", "y"]]),
        at_least_zero(["+", "b", "y"]),
        at_least_zero(minus("x", "b", "b"), ">"),
    ],
    "conclusions": [{"schur_stable": [["x", "y"], ["3/2", "-1/8"]]}],
}
BY_ROWS = certificate(
    SIGNED,
    {"norm": "rows", "weights": ["1", "2"], "bounds": [["x", "b"], ["3/2", "1/8"]]},
    step("c0.l0.0", known("h0", "2")),
    step("c0.u0.1", known("h1")),
    step("c0.l0.1", known("h2")),
    step("c0.r0", known("h3")),
)
POSITIVE = {
    "schema": "backfire.statement/1",
    "variables": ["x", "y"],
    "hypotheses": [at_least_zero("x"), at_least_zero(["+", minus("x"), ["*", "-1/2", "y"]], ">")],
    "conclusions": [{"schur_stable": [["x", "y"], ["1/2", "0"]]}],
}
POSITIVE["hypotheses"].append(at_least_zero("y"))
BY_MINORS = certificate(
    POSITIVE,
    "minors",
    step("c0.e0.0", known("h0")),
    step("c0.e0.1", known("h2")),
    step("c0.m0", known("h1") + known("h2", "1/2")),
    step("c0.m1", known("h1")),
)
VALID = {"rows": (SIGNED, BY_ROWS), "minors": (POSITIVE, BY_MINORS)}

WAY = ("stable", "c0")
WEIGHT = (*WAY, "weights", 1)
BOUND = (*WAY, "bounds", 1, 1)
TAMPERED = [
    ("rows", WEIGHT, "1"),
    ("rows", WEIGHT, "3"),
    ("rows", WEIGHT, "0"),
    ("rows", WEIGHT, "-2"),
    ("rows", WEIGHT, "x"),
    ("rows", WEIGHT, "z"),
    ("rows", WEIGHT, "NaN"),
    ("rows", WEIGHT, "inf"),
    ("rows", WEIGHT, "2.0"),
    ("rows", WEIGHT, "4/2"),
    ("rows", WEIGHT, 2),
    ("rows", WEIGHT, 2.0),
    ("rows", WEIGHT, True),
    ("rows", WEIGHT, None),
    ("rows", WEIGHT, ["2"]),
    ("rows", WEIGHT, ["pi"]),
    ("rows", WEIGHT, ["sqrt", "4"]),
    ("rows", WEIGHT, ["^", "0", -1]),
    ("rows", WEIGHT, ["*", "2", "x", ["^", "x", -1]]),
    ("rows", WEIGHT, "1" * 5000),
    ("rows", WEIGHT, "9" * 3999),
    ("rows", WEIGHT, DELETE),
    ("rows", (*WAY, "weights"), ["1", "2", "3"]),
    ("rows", (*WAY, "weights"), []),
    ("rows", (*WAY, "weights"), {"0": "1", "1": "2"}),
    ("rows", (*WAY, "weights"), DELETE),
    ("rows", BOUND, "1/9"),
    ("rows", BOUND, "-1/8"),
    ("rows", BOUND, "0"),
    ("rows", BOUND, "x"),
    ("rows", BOUND, DELETE),
    ("rows", (*WAY, "bounds", 0, 0), "0"),
    ("rows", (*WAY, "bounds", 0, 1), "y"),
    ("rows", (*WAY, "bounds", 0, 1), "x"),
    ("rows", (*WAY, "bounds", 0), DELETE),
    ("rows", (*WAY, "bounds", 0), "xb"),
    ("rows", (*WAY, "bounds"), [["x", "b"], ["3/2", "1/8"], ["0", "0"]]),
    ("rows", (*WAY, "bounds"), DELETE),
    ("rows", (*WAY, "norm"), "columns"),
    ("rows", (*WAY, "norm"), "row"),
    ("rows", (*WAY, "norm"), ["rows"]),
    ("rows", (*WAY, "norm"), DELETE),
    ("rows", (*WAY, "radius"), "1/2"),
    ("rows", WAY, "minors"),
    ("rows", WAY, "rows"),
    ("rows", WAY, None),
    ("rows", WAY, []),
    ("rows", WAY, DELETE),
    ("rows", ("stable",), DELETE),
    ("rows", ("stable",), None),
    ("rows", ("stable",), []),
    ("rows", ("stable", "c1"), "minors"),
    ("rows", ("stable", "h3"), "minors"),
    ("rows", ("statement",), "0" * 64),
    ("rows", ("kind",), "boxes"),
    ("rows", ("steps", 3), DELETE),
    ("rows", ("steps", 1), DELETE),
    ("rows", ("steps", 0), DELETE),
    ("rows", ("steps", 3, "sum"), known("h1")),
    ("rows", ("steps", 3, "show"), "c0.r1"),
    ("rows", ("steps", 3, "show"), "c0"),
    ("rows", ("steps", 3, "sum", 0, "facts"), {"c0.r0": 1}),
    ("minors", WAY, {"norm": "rows", "weights": ["1", "1"], "bounds": [["x", "y"], ["1/2", "0"]]}),
    ("minors", WAY, "leading minors"),
    ("minors", WAY, DELETE),
    ("minors", ("steps", 0), DELETE),
    ("minors", ("steps", 1), DELETE),
    ("minors", ("steps", 2), DELETE),
    ("minors", ("steps", 3), DELETE),
    ("minors", ("steps", 1, "sum"), known("h0")),
    ("minors", ("steps", 2, "sum"), known("h1")),
]


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


@pytest.mark.parametrize("name", VALID)
def test_the_untouched_certificate_is_accepted(name):
    outcome = check_certificate(*VALID[name])
    assert (outcome.accepted, outcome.shows, outcome.reason) == (True, "proved", "")


@pytest.mark.parametrize(("name", "path", "value"), TAMPERED)
def test_a_tampered_certificate_is_refused(name, path, value):
    statement, data = VALID[name]
    outcome = check_certificate(statement, changed(data, path, value))
    assert not outcome.accepted
    assert outcome.reason


ENTRY = ("conclusions", 0, "schur_stable", 1)
CHANGED_STATEMENTS = [
    ("rows", (*ENTRY, 0), "2"),
    ("rows", (*ENTRY, 0), "-2"),
    ("rows", (*ENTRY, 1), "-1/2"),
    ("rows", (*ENTRY, 1), "y"),
    ("rows", ("hypotheses", 1, "is"), "!="),
    ("rows", ("hypotheses", 2, "left"), ["+", "b", "b", "y"]),
    ("rows", ("hypotheses", 3, "is"), ">="),
    ("minors", ENTRY, ["1/2", "1/100"]),
    ("minors", ENTRY, ["-1/2", "0"]),
    ("minors", ("hypotheses", 1, "is"), ">="),
    ("minors", ("hypotheses", 2, "right"), "-1"),
]


@pytest.mark.parametrize(("name", "path", "value"), CHANGED_STATEMENTS)
def test_a_certificate_does_not_carry_over_to_a_changed_statement(name, path, value):
    statement, data = VALID[name]
    other = changed(statement, path, value)
    assert "another statement" in check_certificate(other, data).reason
    assert not check_certificate(other, {**data, "statement": digest(other)}).accepted


def test_only_the_stability_of_a_conclusion_may_be_shown_so():
    statement = {**SIGNED, "conclusions": [at_least_zero("x"), *SIGNED["conclusions"]]}
    data = certificate(statement, "minors", step("c0", known("h0")))
    assert "no such conclusion" in check_certificate(statement, data).reason


def test_weights_with_a_root_need_its_domain():
    """J = x/2 is unstable at x = −4, where the weight √x that another conclusion mentions is undefined."""
    root = {"left": ["^", ["sqrt", "x"], 2], "is": "=", "right": "x"}
    matrix = {"schur_stable": [[["*", "1/2", "x"]]]}
    bound = at_least_zero(["+", "1", ["*", "-1", "x"]])
    statement = {
        "schema": "backfire.statement/1",
        "variables": ["x"],
        "hypotheses": [bound],
        "conclusions": [matrix, root],
    }
    way = {"norm": "rows", "weights": [["sqrt", "x"]], "bounds": [[["*", "1/2", "x"]]]}
    square = {"show": "c1", "times": ONE, "sum": [], "modulo": [{"equation": "a0.square", "cofactor": "1"}]}
    outcome = check_certificate(statement, certificate(statement, way, square))
    assert not outcome.accepted
    assert "a0.square" in outcome.reason
    assert "not shown" in check_certificate(statement, certificate(statement, way)).reason
