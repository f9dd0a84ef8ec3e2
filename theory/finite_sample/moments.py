"""Moment recursion: first and second moments of the finite-sample map that determine each other linearly.

Given the mean parameters μ of a round, the new ones are means of n independent samples of the training
mixture D(μ): E μ' = E_D[T], and E[μ'_j μ'_k] = (1 − 1/n) E_D[T_j] E_D[T_k] + (1/n) E_D[T_j T_k] in one model.
Where these are polynomials of degree ≤ 2 in μ (affine maps, quadratic variance functions), the moments of
a round follow linearly from those before.  Only what is closed in this sense is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

import sympy

from theory.ecosystem import Ecosystem
from theory.exponential_family.features import NoClosedForm
from theory.finite_sample.conditional import MeanParameters, Monomial, Polynomial, Turn, turns

MOST_STATISTICS = 16
"""Most mean parameters for which the recursion is derived."""


@dataclass(frozen=True, kw_only=True)
class MomentRecursion:
    """The vector of closed moments, E 1 = 1 first, and the exact matrix L of one round: moments' = L moments.

    Parameters
    ----------
    monomials : tuple of tuple of int
        Which products of mean parameters the moments are of.
    matrix : Matrix
        L, shape ``(q, q)``.
    start : tuple of Expr
        Moments of the start, shape ``(q,)``.
    state : tuple of str
        State names, ``MODEL.COORDINATE``.
    means, squares : mapping
        E x and E x² of each state x for which they are closed, as combinations of the moments.
    """

    monomials: tuple[Monomial, ...]
    matrix: sympy.ImmutableDenseMatrix
    start: tuple[sympy.Expr, ...]
    state: tuple[str, ...]
    means: Mapping[str, Polynomial]
    squares: Mapping[str, Polynomial]

    def mean(self, name: str, moments: Sequence[sympy.Expr]) -> sympy.Expr | None:
        """E x of the state of that name, None where it is not closed."""
        return self._combined(self.means.get(name), moments)

    def variance(self, name: str, moments: Sequence[sympy.Expr]) -> sympy.Expr | None:
        """Var x of the state of that name, None where it is not closed."""
        square = self._combined(self.squares.get(name), moments)
        mean = self.mean(name, moments)
        return None if square is None or mean is None else square - mean**2

    def _combined(self, combination: Polynomial | None, moments: Sequence[sympy.Expr]) -> sympy.Expr | None:
        if combination is None:
            return None
        at = dict(zip(self.monomials, moments, strict=True))
        return sum((value * at[m] for m, value in combination.items()), start=sympy.S.Zero)

    def after(self, rounds: int) -> tuple[sympy.Expr, ...]:
        """The moments after some rounds, exactly."""
        moments = sympy.Matrix(self.start)
        for _ in range(rounds):
            moments = (self.matrix * moments).applyfunc(sympy.expand)
        return tuple(moments)


def moment_recursion(ecosystem: Ecosystem, samples: sympy.Expr) -> MomentRecursion:
    """The exact recursion of the moments of an ecosystem that trains on n samples a model and round.

    It is that of the map itself: a run that reaches a boundary of the domain (no event in a Poisson
    sample) goes on from there.

    Parameters
    ----------
    ecosystem : Ecosystem
    samples : Expr
        n ≥ 1, a number or a symbol.

    Returns
    -------
    MomentRecursion

    Raises
    ------
    NoClosedForm
        When data accumulate, when models answer prompts, when there are too many statistics, or when no
        moment but E 1 is closed.

    Examples
    --------
    >>> from theory.ecosystem_file import from_text
    >>> text = '''
    ... [models.p]
    ... family = "gaussian"
    ... real = { share = 0, mean = 0, variance = 1 }
    ... reads = [ { from = "p", share = 1 } ]
    ... '''
    >>> recursion = moment_recursion(from_text(text).ecosystem, sympy.Integer(10))
    >>> recursion.mean("p.variance", recursion.after(2))
    81/100
    """
    _require_simple(ecosystem)
    means = MeanParameters.of(ecosystem)
    size = len(means.symbols)
    asked = [m for degree in range(3) for m in combinations_with_replacement(range(size), degree)]
    n = sympy.sympify(samples)
    rows = [_known(turn, asked) for turn in turns(ecosystem, n, means)]
    kept = _closed(asked, rows)
    if len(kept) == 1:
        raise NoClosedForm(
            expected="a round whose moments determine each other linearly",
            found="maps or variances of the statistic that are no polynomials of degree ≤ 2",
        )
    matrix = sympy.eye(len(kept))
    for turn in rows:
        matrix = sympy.Matrix([[turn[m].get(other, 0) for other in kept] for m in kept]) * matrix
    means_of, squares = _state_moments(ecosystem, means, set(kept))
    return MomentRecursion(
        monomials=kept,
        matrix=matrix.as_immutable(),
        start=_start(ecosystem, kept),
        state=tuple(f"{m.name}.{c}" for m in ecosystem.models for c in m.family.coordinates),
        means=means_of,
        squares=squares,
    )


def _require_simple(ecosystem: Ecosystem) -> None:
    expected = "an ecosystem whose moments have a recursion"
    if ecosystem.data.accumulates:
        raise NoClosedForm(expected=expected, found="data that accumulate")
    if any(m.family.answers_prompts for m in ecosystem.models):
        raise NoClosedForm(expected=expected, found="models of answers to prompts")
    size = sum(len(m.family.statistic) for m in ecosystem.models)
    if size > MOST_STATISTICS:
        found = f"{size} statistics"
        raise NoClosedForm(expected=expected, found=found, hint=f"at most {MOST_STATISTICS} are taken")


def _known(turn: Turn, asked: Sequence[Monomial]) -> dict[Monomial, Polynomial]:
    """The monomials whose expectation after the turn is a polynomial of degree ≤ 2."""
    found = {m: turn.expectation(m) for m in asked}
    return {m: polynomial for m, polynomial in found.items() if polynomial is not None}


def _closed(asked: Sequence[Monomial], rows: Sequence[Mapping[Monomial, Polynomial]]) -> tuple[Monomial, ...]:
    """The monomials whose expectations hold only monomials of the same kind, in every turn."""
    kept = {m for m in asked if all(m in turn for turn in rows)}
    while True:
        lost = {m for m in kept if any(not set(turn[m]) <= kept for turn in rows)}
        if not lost:
            return tuple(m for m in asked if m in kept)
        kept -= lost


def _state_moments(
    ecosystem: Ecosystem, means: MeanParameters, kept: set[Monomial]
) -> tuple[dict[str, Polynomial], dict[str, Polynomial]]:
    """E x and E x² of each state, by closed monomials."""
    first: dict[str, Polynomial] = {}
    second: dict[str, Polynomial] = {}
    for model in ecosystem.models:
        for name, value in zip(model.family.coordinates, means.states[model.name], strict=True):
            for found, power in ((first, 1), (second, 2)):
                polynomial = means.polynomial(value**power)
                if polynomial is not None and set(polynomial) <= kept:
                    found[f"{model.name}.{name}"] = polynomial
    return first, second


def _start(ecosystem: Ecosystem, kept: Sequence[Monomial]) -> tuple[sympy.Expr, ...]:
    at = [value for m in ecosystem.models for value in m.family.mean_parameter(m.start)]
    return tuple(sympy.Mul(*(at[k] for k in monomial)) for monomial in kept)
