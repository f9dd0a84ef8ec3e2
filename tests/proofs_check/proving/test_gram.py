"""The parts of the search for squares, each against what it must satisfy exactly."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy
from flint import fmpq, fmpq_mpoly_ctx
from hypothesis import given
from hypothesis import strategies as st
from strategies.statements import GE, GT, encoded, implication, real, relation

from proofs_check.proving.affine_system import AffineSystem, Inconsistent
from proofs_check.proving.gram import Ansatz, Block, Weight
from proofs_check.proving.gram_bases import bounds_of
from proofs_check.proving.gram_faces import restricted
from proofs_check.proving.gram_plans import PLANS, ansatzes, inputs_about
from proofs_check.proving.gram_pruning import pruned
from proofs_check.proving.gram_rounding import rounded
from proofs_check.proving.gram_search import GramSearch
from proofs_check.proving.sign_sampling import negative_somewhere
from proofs_check.proving.workspace import Known, Term, Workspace

CONTEXT = fmpq_mpoly_ctx.get(["x0", "x1"], "degrevlex")
X, Y = CONTEXT.gens()
ONE = Weight(term=Term(coefficient=fmpq(1)), polynomial=CONTEXT.constant(1), strict=True)
MOTZKIN = X**4 * Y**2 + X**2 * Y**4 - 3 * X**2 * Y**2 + 1

fractions = st.fractions(min_value=-5, max_value=5, max_denominator=6)


def exact(value):
    return fmpq(value.numerator, value.denominator)


def ansatz(goal, roots):
    blocks = (Block(weight=ONE, roots=tuple(roots)),)
    return Ansatz(goal=goal, multipliers=(ONE,), blocks=blocks, surplus=(), cofactors=())


def total(terms):
    return sum((term.coefficient * (1 if term.square is None else term.square**2) for term in terms), 0 * X)


@given(
    table=st.lists(st.lists(fractions, min_size=4, max_size=4), min_size=1, max_size=5),
    point=st.lists(fractions, min_size=4, max_size=4),
    free=st.lists(fractions, min_size=4, max_size=4),
)
def test_an_affine_solution_solves_every_equation(table, point, free):
    columns = [{(row,): exact(line[k]) for row, line in enumerate(table) if line[k]} for k in range(4)]
    right = {
        (row,): exact(sum((a * b for a, b in zip(line, point, strict=True)), Fraction(0)))
        for row, line in enumerate(table)
    }
    system = AffineSystem(columns, right)
    found = system.solution({k: exact(free[k]) for k in system.free})
    for row, line in enumerate(table):
        assert sum(exact(c) * value for c, value in zip(line, found, strict=True)) == right[(row,)]
    assert len(system.independent) == 4 - len(system.free)
    assert len(system.independent) == sympy.Matrix(table).rank()
    assert all(found[k] == exact(free[k]) for k in system.free)


def test_equations_that_contradict_each_other_are_noticed():
    columns = [{(0,): fmpq(1), (1,): fmpq(2)}]
    with pytest.raises(Inconsistent):
        AffineSystem(columns, {(0,): fmpq(1), (1,): fmpq(3)})


def test_pruning_leaves_half_the_newton_polytope():
    monomials = [X**i * Y**j for i in range(4) for j in range(4 - i)]
    left = pruned(ansatz(MOTZKIN, monomials))
    assert {str(root) for root in left.blocks[0].roots} == {
        str(m) for m in (1 + 0 * X, X * Y, X**2 * Y, X * Y**2)
    }


def test_pruning_sees_what_no_square_reaches():
    assert pruned(ansatz(X**2 + Y, [X, CONTEXT.constant(1)])) is None


def test_bounds_know_gradings_and_signs():
    bounds = bounds_of(X**2 * Y - X * Y**2, [CONTEXT.constant(1)], [], [], variables=(0, 1), extra=0)
    assert bounds.gradings == ((1, 1),)
    assert bounds.grades == (3,)
    bounds = bounds_of(MOTZKIN, [CONTEXT.constant(1)], [], [], variables=(0, 1), extra=0)
    assert sorted(bounds.parities) == [(0, 1), (1, 0)]
    assert all(len({bounds.parity(m) for m in part}) == 1 for part in bounds.roots(CONTEXT.constant(1)))


@given(squares=st.lists(st.lists(st.integers(-3, 3), min_size=3, max_size=3), min_size=1, max_size=4))
def test_a_rounded_identity_is_exact(squares):
    roots = [CONTEXT.constant(1), X, Y]
    gram = np.array(squares).T @ np.array(squares)
    parts = [sum((c * root for c, root in zip(line, roots, strict=True)), 0 * X) for line in squares]
    goal = sum((part**2 for part in parts), 0 * X)
    if goal == 0:
        return
    whole = ansatz(goal, roots)
    columns = whole.columns()
    columns[-1][()] = fmpq(1)
    guess = np.array([gram[row, column] for row, column in whole.blocks[0].pairs] + [1.0])
    found = rounded(whole, AffineSystem(columns, {(): fmpq(1)}), guess + 1e-4, strict=False, fine=False)
    assert total(found.total) == goal
    assert all(term.coefficient > 0 for term in found.total)


def test_a_rational_kernel_becomes_a_face():
    whole = ansatz((2 * X - 3 * Y) ** 2, [X, Y])
    face = restricted(whole, np.array([4.0, -6.0, 9.0, 1.0]) + 1e-8)
    (root,) = face.blocks[0].roots
    assert divmod(2 * X - 3 * Y, root)[1] == 0


def test_an_irrational_kernel_is_left_alone():
    whole = ansatz(X**2 + Y**2, [X, Y])
    value = 2**0.5
    assert restricted(whole, np.array([2.0, -value, 1.0, 1.0])) is None


def test_sampling_sees_a_negative_value_and_respects_the_facts():
    positive = [Known(name="h0", polynomial=X, relation=">")]
    assert negative_somewhere(X, [])
    assert not negative_somewhere(X, positive)
    assert negative_somewhere(X - Y, positive)
    assert not negative_somewhere(MOTZKIN, [])


def test_every_plan_states_an_identity_that_its_squares_satisfy():
    pytest.importorskip("clarabel")
    x, y = real("x y")
    statement = implication((x, y), [relation(x, GT), relation(y, GE)], [relation(x + y, GT)])
    workspace = Workspace(encoded(statement))
    first, second = workspace.context.gens()
    goal = first**3 + second**3 - first * second * (first + second)
    (inputs, *_) = inputs_about(goal, tuple(workspace.facts.values()))
    shown = 0
    for plan in PLANS:
        for form in ansatzes(workspace, goal, inputs, plan, strict=False):
            small = pruned(form)
            found = None if small is None else GramSearch(float("inf"), strict=False).identity(small)
            if found is not None:
                shown += 1
                facts = {name: known.polynomial for name, known in workspace.facts.items()}
                assert expanded(found.times, facts) * goal == expanded(found.total, facts)
    assert shown >= 3


def expanded(terms, facts):
    result = None
    for term in terms:
        part = term.coefficient * (1 if term.square is None else term.square**2)
        for name, power in term.facts.items():
            part = part * facts[name] ** power
        result = part if result is None else result + part
    return result
