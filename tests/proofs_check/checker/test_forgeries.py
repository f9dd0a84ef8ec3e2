"""Certificates forged for statements that are false, undefined somewhere or not implied: all refused."""

from __future__ import annotations

import pytest

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.terms import MAX_ROWS, digest

ONE = [{"coefficient": "1", "facts": {}}]
X_SQUARED = ["^", "x", 2]
UNIT = (("x", ">=", "0"), ("x", "<=", "1"))


def statement(hypotheses, *conclusions, variables=("x",)):
    def conditions(triples):
        return [dict(zip(("left", "is", "right"), t, strict=True)) for t in triples]

    return {
        "schema": "backfire.statement/1",
        "variables": list(variables),
        "hypotheses": conditions(hypotheses),
        "conclusions": conditions(conclusions),
    }


def term(facts, coefficient="1", **square):
    return {"coefficient": coefficient, "facts": facts, **square}


def step(show, times=ONE, total=(), modulo=()):
    cofactors = [{"equation": name, "cofactor": cofactor} for name, cofactor in modulo]
    return {"show": show, "times": times, "sum": list(total), "modulo": cofactors}


def lemma(polynomial, relation):
    return {"lemma": "l0", "polynomial": polynomial, "is": relation}


def outcome(about, kind, **fields):
    head = {"schema": "backfire.certificate/1", "statement": digest(about), "kind": kind}
    return check_certificate(about, {**head, **fields})


WEAK = statement([("x", ">=", "0")], ("x", ">", "0"))
UNEQUAL = statement([("x", "!=", "0")], ("x", ">", "0"))
EQUAL = statement([("x", ">=", "0")], ("x", "=", "0"))
INVERSE = statement([], (["^", "x", -2], ">", "0"))
CANCELLED = statement([], (["*", "x", ["^", "x", -1]], "=", "1"))
ABSORBED = statement([], (["*", "0", ["^", "x", -1]], "=", "0"))
LOGARITHM = statement([], (["+", ["log", "x"], ["*", "-1", ["log", "x"]]], "=", "0"))
ROOT = statement([], (["^", ["sqrt", "x"], 2], "=", "x"))
SINE = statement([], (["sin", ["^", "x", -1]], "<=", "1"))
COSINE = statement([], (["cos", ["log", "x"]], "<=", "1"))
NESTED = statement([], (["exp", ["log", "-1"]], ">", "0"), variables=())

FALSE_PROOFS = {
    "strict from weak": (WEAK, [step("c0", total=[term({"h0": 1})])]),
    "a factor that may vanish": (WEAK, [step("c0", times=[term({"h0": 1})], total=[term({"h0": 2})])]),
    "zero times the goal": (WEAK, [step("c0", times=[])]),
    "a square of zero": (WEAK, [step("c0", [term({}, square="0")], [term({}, square="0")])]),
    "coefficient 0": (WEAK, [step("c0", [term({}, "0")], [term({}, "0")])]),
    "coefficient −1": (WEAK, [step("c0", [term({}, "-1")])]),
    "power 0": (WEAK, [step("c0", total=[term({"h0": 0})])]),
    "a goal from itself": (WEAK, [step("c0", total=[term({"c0": 1})])]),
    "a lemma from itself": (WEAK, [step(lemma("x", ">"), total=[term({"l0": 1})])]),
    "a lemma named like a goal": (
        WEAK,
        [step({**lemma("x", ">"), "lemma": "c0"}, total=[term({"h0": 1})])],
    ),
    "nothing": (WEAK, []),
    "odd power of an inequation": (UNEQUAL, [step("c0", total=[term({"h0": 1})])]),
    "an inequality as an equation": (EQUAL, [step("c0", modulo=[("h0", "1")])]),
    "an equation from zero": (EQUAL, [step("c0", times=[term({}, square="0")])]),
    "an equation from an empty sum": (EQUAL, [step("c0", times=[])]),
    "a divisor forgotten": (INVERSE, [step("c0", total=[term({})])]),
    "a divisor from its square": (
        INVERSE,
        [step("c0", total=[term({})]), step("c0.d0", "x", [term({}, square="x")])],
    ),
    "x / x": (CANCELLED, [step("c0")]),
    "x / x, its divisor from zero": (CANCELLED, [step("c0"), step("c0.d0", "0")]),
    "0 / x": (ABSORBED, [step("c0")]),
    "log x − log x": (LOGARITHM, [step("c0")]),
    "a root used before its domain": (ROOT, [step("c0", modulo=[("a0.square", "1")])]),
    "a root's domain from its square": (
        ROOT,
        [
            step("a0.domain", total=[term({}, square=["sqrt", "x"])], modulo=[("a0.square", "-1")]),
            step("c0", modulo=[("a0.square", "1")]),
        ],
    ),
    "the sine of a quotient": (SINE, [step("c0", total=[term({"a0.high": 1})])]),
    "the cosine of a logarithm": (COSINE, [step("c0", total=[term({"a1.high": 1})])]),
    "exp of an undefined value": (NESTED, [step("c0", total=[term({"a1.positive": 1})])]),
}


@pytest.mark.parametrize("name", FALSE_PROOFS)
def test_a_false_proof_is_refused(name):
    about, steps = FALSE_PROOFS[name]
    found = outcome(about, "positivstellensatz", steps=steps)
    assert not found.accepted
    assert found.reason
    assert "malformed" not in found.reason


SYMMETRIC = (("x", ">=", "-1"), ("x", "<=", "1"))
SPLIT_AT_ZERO = ["split", "x", "0", "holds", "holds"]
FALSE_COVERS = {
    "the closed end": (statement(UNIT, ("x", ">", "0")), ["split", "x", "1/2", "holds", "holds"]),
    "a zero on the seam": (statement(SYMMETRIC, (X_SQUARED, ">", "0")), SPLIT_AT_ZERO),
    "a pole on the seam": (statement(SYMMETRIC, (["^", "x", -2], ">", "0")), SPLIT_AT_ZERO),
    "undefined on one side": (statement(SYMMETRIC, (["sqrt", "x"], ">=", "0")), SPLIT_AT_ZERO),
    "bounds that contradict": (
        statement((("x", ">=", "1"), ("x", "<=", "0")), ("x", ">", "5")),
        "holds",
    ),
    "no upper bound": (statement(UNIT[:1], ("x", ">=", "0")), "holds"),
    "half the box empty": (
        statement(UNIT, ("x", "<=", "1/2")),
        ["split", "x", "1/2", "holds", ["empty", 0]],
    ),
    "split at an end": (
        statement(UNIT, ("x", "<=", "1/2")),
        ["split", "x", "1", "holds", "holds"],
    ),
    "hypothesis −1": (statement(UNIT, ("x", "<=", "1/2")), ["empty", -1]),
    "hypothesis false": (statement(UNIT, ("x", "<=", "1/2")), ["empty", False]),
}


@pytest.mark.parametrize("name", FALSE_COVERS)
def test_a_false_cover_is_refused(name):
    about, cover = FALSE_COVERS[name]
    found = outcome(about, "boxes", bits=128, goals=[{"show": "c0", "cover": cover}])
    assert not found.accepted
    assert "malformed" not in found.reason


ON_ROOT = statement([(X_SQUARED, "=", "2")], ("x", "<", "0"))
FALSE_POINTS = {
    "the hypothesis is undefined": (statement([(["^", "x", -1], ">", "0")], ("x", ">", "0")), "0"),
    "the conclusion is undefined": (INVERSE, "0"),
    "an irrational equation": (ON_ROOT, ["sqrt", "2"]),
    "a sum that is zero in balls": (
        statement([], (["+", ["*", ["sqrt", "2"], ["sqrt", "2"]], "-2"], "=", "0")),
        "0",
    ),
    "minus zero": (statement([], ("x", ">", "0")), "-0"),
    "not in lowest terms": (statement([], ("x", ">", "0")), "-2/4"),
    "another script's digits": (statement([], ("x", ">", "0")), "-\u0661"),
    "a line break": (statement([], ("x", ">", "0")), "-1\n"),
}


@pytest.mark.parametrize("name", FALSE_POINTS)
def test_a_false_counterexample_is_refused(name):
    about, value = FALSE_POINTS[name]
    assert not outcome(about, "counterexample", point={"x": value}, violates=0).accepted


STABLE = {
    "1": [["x"]],
    "2, diagonal": [["x", "0"], ["0", "0"]],
    "2, turning": [["0", "x"], ["-1", "0"]],
    "3, diagonal": [["x", "0", "0"], ["0", "0", "0"], ["0", "0", "0"]],
    "3, cyclic": [["0", "1", "0"], ["0", "0", "1"], ["x", "0", "0"]],
}


@pytest.mark.parametrize("rows", STABLE.values(), ids=STABLE)
def test_the_unit_circle_is_outside_and_everything_within_is_inside(rows):
    for value, unstable in (("1", True), ("-1", True), ("999999/1000000", False)):
        about = {**statement([("x", "=", value)]), "conclusions": [{"schur_stable": rows}]}
        found = outcome(about, "counterexample", point={"x": value}, violates=0)
        assert found.accepted is unstable


def test_a_matrix_too_large_to_decide_is_refused():
    size = MAX_ROWS + 1
    rows = [["1"] * size for _ in range(size)]
    about = {**statement([], variables=()), "conclusions": [{"schur_stable": rows}]}
    assert "rows" in outcome(about, "counterexample", point={}, violates=0).reason
