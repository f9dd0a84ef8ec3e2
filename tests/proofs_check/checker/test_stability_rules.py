"""The checker's ways to see a stable matrix, against eigenvalues and against forgeries."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proofs_check.checker.certificate_check import check_certificate
from proofs_check.checker.facts import problem_of
from proofs_check.checker.points import is_schur_stable
from proofs_check.checker.terms import digest

STEP = Fraction(1, 10**9)


def stable(rows, variables=(), hypotheses=()):
    return {
        "schema": "backfire.statement/1",
        "variables": list(variables),
        "hypotheses": list(hypotheses),
        "conclusions": [{"schur_stable": [[str(entry) for entry in row] for row in rows]}],
    }


def shown(rows, way=None):
    """Whether the stability of a matrix of numbers is accepted without a single step."""
    statement = stable(rows)
    data = {
        "schema": "backfire.certificate/1",
        "statement": digest(statement),
        "kind": "positivstellensatz",
        "steps": [],
    }
    return check_certificate(statement, data if way is None else {**data, "stable": {"c0": way}}).accepted


def by_table(rows):
    """What the goals of a matrix of numbers say."""
    goals = problem_of(stable(rows)).goals.values()
    return all(goal.polynomial.get((), 0) > 0 for goal in goals)


def radius(rows):
    with mpmath.workdps(60):
        matrix = mpmath.matrix([[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in rows])
        return max(abs(z) for z in mpmath.eig(matrix, left=False, right=False))


def random_matrix(draw, size, spread=9):
    """Integers over 7, some rows and entries zero, scaled to about the unit circle."""
    rows = [[Fraction(draw.randint(-spread, spread), 7) for _ in range(size)] for _ in range(size)]
    rows = [
        [x * draw.randint(0, 3) for x in row] if draw.randint(0, 5) else [x * 0 for x in row] for row in rows
    ]
    found = radius(rows)
    if found < 0.01:
        return rows
    away = 1 + draw.choice((-1, 1)) * Fraction(1, 10 ** draw.randint(1, 12))
    scale = away * Fraction(int(10**15 / found), 10**15)
    return [[x * scale for x in row] for row in rows]


def companion(descending):
    """The companion matrix of a monic polynomial, leading coefficient first."""
    size = len(descending) - 1
    first = [-Fraction(c) for c in descending[1:]]
    return [first, *([Fraction(int(j == i)) for j in range(size)] for i in range(size - 1))]


@pytest.mark.parametrize("size", [4, 5, 6, 7])
def test_the_table_agrees_with_eigenvalues_near_the_unit_circle(size):
    draw = Random(size)
    for _ in range(50 // size):
        rows = random_matrix(draw, size)
        inside = bool(radius(rows) < 1)
        assert by_table(rows) is inside
        assert shown(rows) is inside
        assert is_schur_stable(rows) is inside


CYCLOTOMIC = {
    "5": (1, 1, 1, 1, 1),
    "8": (1, 0, 0, 0, 1),
    "12": (1, 0, -1, 0, 1),
    "1 · 2 · 3": (1, 1, 0, -1, -1),
    "squared 4": (1, 0, 2, 0, 1),
    "7": (1, 1, 1, 1, 1, 1, 1),
    "9, and 0": (1, 0, 0, 1, 0, 0, 1, 0),
}


@pytest.mark.parametrize("descending", CYCLOTOMIC.values(), ids=CYCLOTOMIC)
def test_roots_on_the_unit_circle_are_not_inside(descending):
    assert not shown(companion(descending))
    for scale, inside in ((1 - STEP, True), (1 + STEP, False)):
        moved = [[x * scale for x in row] for row in companion(descending)]
        assert shown(moved) is inside


@pytest.mark.parametrize("size", [4, 6, 8])
def test_defective_matrices_and_zero_rows(size):
    for value, inside in ((1 - STEP, True), (Fraction(1), False), (-1 + STEP, True), (Fraction(-1), False)):
        block = [
            [value if i == j else Fraction(50 * int(j == i + 1)) for j in range(size)] for i in range(size)
        ]
        assert shown(block) is inside
    nilpotent = [[Fraction(7 * int(j > i)) for j in range(size)] for i in range(size)]
    assert shown(nilpotent)
    assert shown([[Fraction(0)] * size] * size)


fractions = st.fractions(min_value=-2, max_value=2, max_denominator=9)


@settings(max_examples=40)
@given(
    st.integers(1, 5).flatmap(
        lambda n: st.lists(st.lists(fractions, min_size=n, max_size=n), min_size=n, max_size=n)
    ),
    st.data(),
)
def test_no_weights_and_bounds_show_an_unstable_matrix(rows, data):
    size = len(rows)
    numbers = st.fractions(min_value=-3, max_value=3, max_denominator=20)
    weights = data.draw(st.lists(numbers, min_size=size, max_size=size))
    slack = data.draw(st.sampled_from((Fraction(0), Fraction(-1, 1000), Fraction(1, 1000))))
    bounds = [[str(abs(x) + slack) for x in row] for row in rows]
    norm = data.draw(st.sampled_from(("rows", "columns")))
    way = {"norm": norm, "weights": [str(w) for w in weights], "bounds": bounds}
    if shown(rows, way) or shown(rows, "minors") or shown(rows):
        assert is_schur_stable(rows)


def test_weights_that_nearly_serve_are_refused():
    """At ρ = 1 the Perron vector has Bv = v: strictly less is needed, by however little."""
    for top, accepted in (("1/2", False), ("499999999999/1000000000000", True)):
        rows = [[top, "1"], ["1/4", "1/2"]]
        way = {"norm": "rows", "weights": ["2", "1"], "bounds": rows}
        assert shown(rows, way) is False
        column = {"norm": "columns", "weights": ["1", "2"], "bounds": rows}
        assert shown(rows, column) is False
        lifted = {**way, "weights": ["1999999999999/1000000000000", "1"]}
        assert shown(rows, lifted) is accepted


def test_leading_minors_need_entries_at_least_zero():
    rows = [[Fraction(0), Fraction(-3)], [Fraction(3), Fraction(0)]]
    assert not is_schur_stable(rows)
    assert not shown(rows, "minors")
    swapped = [[Fraction(3), Fraction(0)], [Fraction(0), Fraction(3)]]
    assert not shown(swapped, "minors")


def test_columns_and_rows_are_told_apart():
    rows = [["1/10", "5"], ["0", "1/10"]]
    for norm, weights, accepted in (
        ("rows", ["6", "1"], True),
        ("rows", ["1", "6"], False),
        ("columns", ["1", "6"], True),
        ("columns", ["6", "1"], False),
    ):
        assert shown(rows, {"norm": norm, "weights": weights, "bounds": rows}) is accepted


def hypothesis_facts(rows, variables, hypotheses=()):
    statement = stable(rows, variables)
    statement["hypotheses"] = [*hypotheses, *statement["conclusions"]]
    statement["conclusions"] = [{"left": "0", "is": "=", "right": "0"}]
    return problem_of(statement).facts


def value(polynomial, point):
    total = Fraction(0)
    for exponents, coefficient in polynomial.items():
        product = Fraction(coefficient)
        for x, exponent in zip(point, exponents, strict=True):
            product *= x**exponent
        total += product
    return total


@pytest.mark.parametrize("size", [2, 3, 4])
def test_what_a_stable_matrix_implies_holds_at_stable_matrices(size):
    names = [f"m{i}{j}" for i in range(size) for j in range(size)]
    rows = [names[size * i : size * (i + 1)] for i in range(size)]
    signs = [{"left": name, "is": ">=", "right": "0"} for name in names]
    general, positive = hypothesis_facts(rows, names), hypothesis_facts(rows, names, signs)
    assert not any(".m" in name for name in general)
    assert sum(".m" in name for name in positive) == 2**size - 2
    draw = Random(size)
    for k in range(30):
        matrix = random_matrix(draw, size)
        facts = general
        if k % 2:
            matrix, facts = [[abs(x) / 2 for x in row] for row in matrix], positive
        if is_schur_stable(matrix):
            point = [x for row in matrix for x in row]
            consequences = [f.polynomial for f in facts.values() if f.relation == ">"]
            assert all(value(polynomial, point) > 0 for polynomial in consequences)


def test_a_few_parameters_have_the_whole_table_as_consequences():
    rows = [["0", "t", "0", "0"], ["0", "0", "t", "0"], ["0", "0", "0", "t"], ["t", "0", "0", "u"]]
    facts = hypothesis_facts(rows, ["t", "u"])
    draw = Random(1)
    for _ in range(200):
        t, u = (Fraction(draw.randint(-12, 12), 8) for _ in "tu")
        matrix = [[{"t": t, "u": u, "0": Fraction(0)}[entry] for entry in row] for row in rows]
        assert is_schur_stable(matrix) is all(value(f.polynomial, (t, u)) > 0 for f in facts.values())


ENTRIES = {
    "a product of variables ≥ 0": (["*", "x", "y"], True),
    "a square times a variable ≥ 0": (["*", "x", ["^", "z", 2]], True),
    "a sum with a number": (["+", "1/9", "x"], True),
    "a hypothesis as it stands": (["+", "z", "2"], True),
    "a quotient of variables ≥ 0": (["*", "x", ["^", "y", -1]], True),
    "a variable of any sign": ("z", False),
    "an odd power of it": (["^", "z", 3], False),
    "a difference": (["+", "x", ["*", "-1", "y"]], False),
    "minus a variable ≥ 0": (["*", "-1", "x"], False),
    "a quotient by any sign": (["*", "x", ["^", "z", -1]], False),
}


@pytest.mark.parametrize("name", ENTRIES)
def test_minors_are_facts_only_where_the_entries_are_seen_to_be_nonnegative(name):
    entry, expected = ENTRIES[name]
    hypotheses = [
        {"left": "x", "is": ">=", "right": "0"},
        {"left": "0", "is": "<", "right": "y"},
        {"left": "z", "is": ">=", "right": "-2"},
    ]
    statement = stable([[1]], ["x", "y", "z"])
    matrix = {"schur_stable": [["0", entry], ["1/2", "0"]]}
    statement |= {"hypotheses": [*hypotheses, matrix], "conclusions": hypotheses[:1]}
    assert any(".m" in fact for fact in problem_of(statement).facts) is expected


def test_many_rows_of_numbers_by_weights():
    size = 64
    rows = [[Fraction((i * j) % 5 - 2, 3 * size) for j in range(size)] for i in range(size)]
    bounds = [[str(abs(x)) for x in row] for row in rows]
    way = {"norm": "rows", "weights": ["1"] * size, "bounds": bounds}
    assert shown(rows, way)
    bounds[17][3] = str(abs(rows[17][3]) - Fraction(1, 10**30))
    assert not shown(rows, way)
