"""Ecosystems of shares: when ρ(W) < 1, contraction constants, update orders, sampled networks and limits."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.networks import spectral_radius_below_one
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, less, positive
from proofs_check.encoding.symbols import Matrix, column, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import SchurStable

_W, _V = matrix("W", 2, 2), matrix("V", 3, 3)
_ZERO = {symbol.name: 0 for symbol in _W}
_EMPTY = {symbol.name: 0 for symbol in _V}
_B = column("b", 2)


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (*_shares(), *_more_shares(), *_scaled(), *_constants(), *_orders(), *_sampled(), *_limits())


def _rows(generic: Matrix) -> list[sympy.Expr]:
    return [sympy.Add(*generic.row(i)) for i in range(generic.rows)]


def _shares() -> tuple[Planted, ...]:
    two, three = _rows(_W), _rows(_V)
    half = sympy.Rational(1, 2)
    return (
        false(
            "some-real-data-suffices",
            "W ≥ 0 on two models with row sums at most 1/2 and at most 1 is stable",
            given=(*all_nonnegative(_W), at_least(half, two[0]), at_least(1, two[1])),
            then=SchurStable(_W),
            witness=_ZERO,
            fails_at={**_ZERO, "W22": 1},
            why="only when model 2 reads itself alone: W₂₂ = 1",
            sliver=True,
        ),
        false(
            "some-real-data-suffices-for-three",
            "W ≥ 0 on three models with row sums at most 1/2, 1/2 and 1 is stable",
            given=(
                *all_nonnegative(_V),
                at_least(half, three[0]),
                at_least(half, three[1]),
                at_least(1, three[2]),
            ),
            then=SchurStable(_V),
            witness=_EMPTY,
            fails_at={**_EMPTY, "V33": 1},
            why="only when model 3 reads itself alone",
            sliver=True,
        ),
        false(
            "cycle-gains-below-one-for-two",
            "W ≥ 0 with W₁₁, W₂₂ and W₁₂W₂₁ below 1 is stable",
            given=(*all_nonnegative(_W), less(_W[0, 0], 1), less(_W[1, 1], 1), less(_W[0, 1] * _W[1, 0], 1)),
            then=SchurStable(_W),
            witness=_ZERO,
            fails_at={"W11": "1/2", "W12": "9/10", "W21": "9/10", "W22": "1/2"},
            why="the walks combine: ρ = 7/5",
        ),
    )


def _more_shares() -> tuple[Planted, ...]:
    three = _rows(_V)
    return (
        true(
            "row-sums-below-one",
            "W ≥ 0 on three models with row sums below 1 is stable",
            given=(*all_nonnegative(_V), *(less(row, 1) for row in three)),
            then=SchurStable(_V),
            witness=_EMPTY,
            why="the maximum norm is below 1",
        ),
        true(
            "column-sums-below-one",
            "W ≥ 0 on two models with column sums below 1 is stable, whatever its row sums",
            given=(*all_nonnegative(_W), *(less(row, 1) for row in _rows(Matrix(_W.T)))),
            then=SchurStable(_W),
            witness=_ZERO,
            why="the 1-norm is below 1",
        ),
    )


def _scaled() -> tuple[Planted, ...]:
    scaled = Matrix(sympy.diag(*_B) * _W)
    stochastic = (*all_nonnegative(_W), *(equal(row, 1) for row in _rows(_W)), *(at_least(b) for b in _B))
    start = {"W11": 0, "W12": 1, "W21": 1, "W22": 0, "b1": 0, "b2": 0}
    return (
        false(
            "constants-at-most-one",
            "diag(b)W with b ≤ 1 and W row-stochastic is stable",
            given=(*stochastic, *(at_least(1, b) for b in _B)),
            then=SchurStable(scaled),
            witness=start,
            fails_at={**start, "b1": 1, "b2": 1},
            why="only when b = 1 on a closed set of models",
            sliver=True,
        ),
        false(
            "mean-constant-below-one",
            "diag(b)W with b₁ + b₂ < 2 and W row-stochastic is stable",
            given=(*stochastic, less(_B[0] + _B[1], 2)),
            then=SchurStable(scaled),
            witness=start,
            fails_at={"W11": 1, "W12": 0, "W21": 0, "W22": 1, "b1": "3/2", "b2": 0},
            why="a model that reads itself alone has b₁ as its own gain",
        ),
        true(
            "constants-below-one",
            "diag(b)W with 0 ≤ b < 1 and W row-stochastic is stable",
            given=(*stochastic, *(less(b, 1) for b in _B)),
            then=SchurStable(scaled),
            witness=start,
            why="row sums are b_i < 1",
        ),
        true(
            "product-of-constants",
            "diag(b)W for two models without self-streams is stable when b₁b₂ < 1, even for b₁ > 1",
            given=(*(at_least(b) for b in _B), less(_B[0] * _B[1], 1)),
            then=SchurStable(Matrix([[0, _B[0]], [_B[1], 0]])),
            witness={"b1": 0, "b2": 0},
            why="the eigenvalues are ±√(b₁b₂)",
        ),
    )


def _constants() -> tuple[Planted, ...]:
    a, m, e, k, n = reals("a m e k n")
    constant = k * m / (a + k * (a - e))
    other = constant.xreplace({k: n})
    given = (positive(a), positive(m), at_least(e), at_least(k))
    start = {"a": 1, "m": 1, "e": 0, "k": 1}
    return (
        true(
            "constant-rises-with-the-share",
            "b = λM/(α + λ(α − Lε)) rises with λ as long as its divisor is positive",
            given=(*given, at_least(n, k), positive(a + k * (a - e)), positive(a + n * (a - e))),
            then=at_least(other, constant),
            witness={**start, "n": 2},
            why="its derivative in λ is αM over a square",
        ),
        false(
            "smoothness-below-concavity",
            "M < α makes b = λM/(α + λ(α − Lε)) < 1 as long as its divisor is positive",
            given=(*given, less(m, a), positive(a + k * (a - e))),
            then=less(constant, 1),
            witness={**start, "m": "1/2"},
            fails_at={**start, "m": "9/10", "e": "3/2"},
            why="Lε may exceed α: 0.9/0.5 at Lε = 3/2",
        ),
        true(
            "smoothness-below-concavity-without-shift",
            "M ≤ α and ε = 0 make b < 1",
            given=(positive(a), positive(m), at_least(k), at_least(a, m)),
            then=less(constant.xreplace({e: sympy.Integer(0)}), 1),
            witness={"a": 1, "m": 1, "k": 1},
            why="λM ≤ λα < α + λα",
        ),
    )


def _orders() -> tuple[Planted, ...]:
    a, b, c, d = _W
    sequential = Matrix([[a, b], [c * a, c * b + d]])
    return (
        false(
            "order-does-not-matter",
            "a two-model loop that is stable when updated at once is stable when updated in turn",
            given=(SchurStable(_W),),
            then=SchurStable(sequential),
            witness=_ZERO,
            fails_at={"W11": "6/5", "W12": "-36/25", "W21": 1, "W22": "-6/5"},
            why="in turn the determinant is W₁₁W₂₂ = −36/25",
        ),
        true(
            "order-does-not-matter-for-shares",
            "a two-model loop with W ≥ 0 that is stable when updated at once is stable when updated in turn",
            given=(SchurStable(_W), *all_nonnegative(_W)),
            then=SchurStable(sequential),
            witness=_ZERO,
            why="(I − W)v > 0 for some v > 0, and the update in turn then lowers v too",
        ),
    )


def _draw() -> Any:
    """Hypothesis strategy: substochastic matrices on four models, often with row sums 1."""
    from hypothesis import strategies

    entry = strategies.integers(min_value=0, max_value=3)
    rows = strategies.lists(strategies.lists(entry, min_size=4, max_size=4), min_size=4, max_size=4)
    return strategies.tuples(rows, strategies.lists(strategies.integers(0, 2), min_size=4, max_size=4))


def _network(instance: Any) -> tuple[list[list[Fraction]], list[Fraction]]:
    """Shares W and real shares, from whole numbers of samples."""
    rows, real = instance
    totals = [max(1, sum(row) + extra) for row, extra in zip(rows, real, strict=True)]
    shares = [[Fraction(n, total) for n in row] for row, total in zip(rows, totals, strict=True)]
    return shares, [1 - sum(row, Fraction(0)) for row in shares]


def _one_real_share_is_enough(instance: Any) -> str | None:
    """Some real data anywhere make ρ(W) < 1."""
    shares, real = _network(instance)
    if any(real) and not spectral_radius_below_one(shares):
        return (
            f"real shares {list(map(str, real))} and ρ = 1 for W = {[list(map(str, row)) for row in shares]}"
        )
    return None


def _real_shares_everywhere(instance: Any) -> str | None:
    """Real data at every model make ρ(W) < 1."""
    shares, real = _network(instance)
    if all(real) and not spectral_radius_below_one(shares):
        return f"ρ ≥ 1 for W = {[list(map(str, row)) for row in shares]}"
    return None


def _sampled() -> tuple[Planted, ...]:
    anywhere = Experiment(
        name="real data somewhere, N = 4", strategy=_draw, predicate=_one_real_share_is_enough
    )
    everywhere = Experiment(
        name="real data everywhere, N = 4", strategy=_draw, predicate=_real_shares_everywhere
    )
    return (
        Planted(
            name="real-data-somewhere-sampled",
            case=Case(name="N = 4", statement=anywhere),
            truth=False,
            says="four models with real data somewhere have ρ(W) < 1",
            why="models that read each other alone keep ρ = 1",
        ),
        Planted(
            name="real-data-everywhere-sampled",
            case=Case(name="N = 4", statement=everywhere),
            truth=True,
            says="four models with real data each have ρ(W) < 1",
            why="row sums are below 1",
        ),
    )


def _limits() -> tuple[Planted, ...]:
    """One curated Gaussian with V = 3/4, κ = 1/4: v' = wv + (1 − w)V + …, by its fold map v' = V + κv²."""
    (v,) = reals("v")
    step, start = sympy.Rational(3, 4) + v**2 / 4, sympy.Integer(0)

    def limit(name: str, truth: bool, goal: int, says: str, why: str) -> Planted:  # noqa: FBT001
        statement = LimitStatement(variables=(v,), step=(step,), start=(start,), limit=(sympy.Integer(goal),))
        return Planted(name=name, case=Case(name=name, statement=statement), truth=truth, says=says, why=why)

    return (
        limit(
            "smaller-root-is-reached", True, 1, "v' = 3/4 + v²/4 from 0 tends to 1", "its smaller fixed point"
        ),
        limit("no-fixed-point", False, 2, "v' = 3/4 + v²/4 from 0 tends to 2", "2 moves to 7/4"),
    )
