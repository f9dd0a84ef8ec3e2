"""The shipped ecosystems: certified equilibria against their comments and against iteration."""

from __future__ import annotations

import mpmath
import pytest
from flint import arb, ctx, fmpq
from oracles.iteration import iterated, to_mpf

from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Existence, Reached, Stability, Uniqueness
from theory.equilibrium.solve import solve
from theory.examples import names, text
from theory.update_map import derive


def solved(name, digits=30):
    update = derive(from_text(text(name)).ecosystem)
    return update, solve(update, Budget(digits=digits).started())


@pytest.mark.parametrize("name", [n for n in names() if not from_text(text(n)).ecosystem.data.accumulates])
def test_iteration_at_one_hundred_digits_ends_in_the_certified_ball(name):
    update, found = solved(name, digits=50)
    reached = found.found[found.reached]
    assert (reached.existence, reached.stability) == (Existence.CERTIFIED, Stability.STABLE)
    with mpmath.workdps(100):
        end = iterated(update, 100, 9000, mpmath.mpf(10) ** -42)
        for value, ball in zip(end, reached.point, strict=True):
            assert abs(value - to_mpf(ball)) < mpmath.mpf(10) ** -38
            assert ball.rad() < arb("1e-60")


@pytest.mark.parametrize(
    ("name", "point", "radius"),
    [
        ("user-groups", (0, 1), "0.962962962962962962962962962962962963"),
        ("feed-forward", (0, 1, fmpq(-11, 2), 2), "0.98989794855663561963945681494"),
        ("opposed-loop", (0, 1, fmpq(-1, 4), fmpq(1, 4)), None),
        ("two-targets", (0, 1), "0.440912"),
        ("divided-crowd", (0, fmpq(7, 18)), "0.986771632004453059027307901926"),
        ("overcorrection", (fmpq(1, 5),), "1.5"),
    ],
)
def test_exact_equilibria_are_found_exactly(name, point, radius):
    _, found = solved(name)
    reached = found.found[found.reached]
    assert reached.exact == point
    with ctx.workprec(300):
        if radius is not None:
            assert abs(reached.spectral_radius.lower - arb(radius)) < arb(10) ** (3 - len(radius))
        assert reached.spectral_radius.upper - reached.spectral_radius.lower < arb("1e-25")


def test_exponential_fold_has_both_equilibria():
    _, found = solved("exponential-fold")
    assert found.complete
    assert [e.exact for e in found.found] == [(fmpq(3, 2),), (2,)]
    assert [e.stability for e in found.found] == [Stability.STABLE, Stability.UNSTABLE]
    assert [e.uniqueness for e in found.found] == [Uniqueness.IN_BOX] * 2
    assert (found.reached, found.reached_detail) == (0, Reached.CONVERGED)
    assert abs(found.found[0].spectral_radius.lower - arb(fmpq(8, 9))) < arb("1e-14")
    assert found.found[1].spectral_radius.upper == fmpq(9, 8)


def test_one_gaussian_files_are_complete():
    assert solved("user-groups")[1].complete
    _, found = solved("two-targets")
    assert found.complete
    assert found.found[0].uniqueness is Uniqueness.GLOBAL
    assert solved("feed-forward")[1].complete


def test_conflict_atoms_radius():
    _, found = solved("conflict-atoms")
    assert str(found.found[0].spectral_radius.lower.str(5, radius=False)) == "0.42703"
