"""The cases of ecosystem.grounded cover every network of two or three models, and no network twice."""

from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
import sympy

from proofs_check.claims.ecosystem.grounded import claim, forests_up_to_numbering
from proofs_check.encoding.networks import spanning_forests
from proofs_check.encoding.symbols import matrix
from proofs_check.statements.statement import Comparison

TRUE = {
    Comparison.GREATER: lambda slack: slack > 0,
    Comparison.GREATER_EQUAL: lambda slack: slack >= 0,
    Comparison.EQUAL: lambda slack: slack == 0,
}


def hypotheses(n, word):
    """Tests of all hypotheses, a function of the shares row by row for each case with `word` in its name."""
    symbols = list(matrix("w", n, n))
    for case in claim().cases:
        if case.name.startswith(f"N = {n}, {word}"):
            pairs = [
                (TRUE[h.comparison], sympy.lambdify(symbols, h.left - h.right, modules=[]))
                for h in case.statement.hypotheses
            ]
            yield lambda shares, pairs=pairs: all(test(slack(*shares)) for test, slack in pairs)


def networks(n):
    """Every pattern of links and real data on n models, in unequal shares."""
    rows = [bits for bits in itertools.product((0, 1), repeat=n + 1) if any(bits)]
    for pattern in itertools.product(rows, repeat=n):
        parts = [[bit * (k + 1) for k, bit in enumerate(row)] for row in pattern]
        yield [[Fraction(part, sum(row)) for part in row[1:]] for row in parts]


def numberings(weights):
    """The shares row by row, for every order of the models."""
    n = len(weights)
    for order in itertools.permutations(range(n)):
        yield [weights[i][j] for i in order for j in order]


@pytest.mark.parametrize("n", [2, 3])
def test_each_network_meets_one_side_of_the_dichotomy(n):
    grounded, closed = list(hypotheses(n, "grounded")), list(hypotheses(n, "closed"))
    seen = set()
    for weights in networks(n):
        ways = list(numberings(weights))
        by_forest = any(test(shares) for shares in ways for test in grounded)
        by_group = any(test(shares) for shares in ways for test in closed)
        assert by_forest != by_group
        seen.add(by_forest)
    assert seen == {True, False}


@pytest.mark.parametrize(("n", "shapes"), [(1, 1), (2, 2), (3, 4), (4, 9)])
def test_forests_up_to_numbering_are_rooted_trees_with_the_real_data_as_root(n, shapes):
    found = forests_up_to_numbering(n)
    assert len(found) == shapes
    assert set(found) <= set(spanning_forests(n))
