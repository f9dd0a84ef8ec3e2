"""One model on finitely many atoms, and what its users keep of K candidates, written out draw by draw.

The atoms carry the choice weights a_i = e^{r_i}.  Of K independent candidates one is kept with probability
in proportion to its weight; K = None is K = ∞, the tilt p·a/E_p[a].
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement
from math import factorial
from typing import Any

import sympy

from proofs_check.encoding.relations import at_least, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, real, variables
from proofs_check.statements.statement import Condition, Variable

Exprs = tuple[sympy.Expr, ...]
_HIGH = (sympy.Rational(1, 10), sympy.Rational(5))


def candidate_sets(law: Sequence[Any], size: int) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """(probability, how often each atom is drawn) for every outcome of `size` independent draws.

    Examples
    --------
    >>> half = sympy.Rational(1, 2)
    >>> list(candidate_sets((half, half), 2))
    [(1/4, (2, 0)), (1/2, (1, 1)), (1/4, (0, 2))]
    """
    for drawn in combinations_with_replacement(range(len(law)), size):
        counts = tuple(drawn.count(i) for i in range(len(law)))
        chance = factorial(size)
        for count in counts:
            chance //= factorial(count)
        probability: Any = chance
        for p, count in zip(law, counts, strict=True):
            probability = probability * p**count
        yield probability, counts


def kept(law: Sequence[Any], weights: Sequence[Any], pool: int | None) -> tuple[Any, ...]:
    """C_K(p): of a candidate set, atom i is kept with probability (times drawn)·a_i / Σ of all weights.

    Examples
    --------
    >>> half = sympy.Rational(1, 2)
    >>> kept((half, half), (1, 2), 2)
    (5/12, 7/12)
    >>> kept((half, half), (1, 2), None)
    (1/3, 2/3)
    """
    if pool is None:
        total = _dot(law, weights)
        return tuple(p * a / total for p, a in zip(law, weights, strict=True))
    found: list[Any] = [0] * len(law)
    for probability, counts in candidate_sets(law, pool):
        total = _dot(counts, weights)
        for i, (count, a) in enumerate(zip(counts, weights, strict=True)):
            if count:
                found[i] = found[i] + probability * count * a / total
    return tuple(found)


def within_set(counts: Sequence[int], values: Sequence[Any]) -> tuple[Any, Any]:
    """Mean and population variance of `values` over one candidate set.

    Examples
    --------
    >>> within_set((1, 1), (sympy.Integer(1), sympy.Integer(3)))
    (2, 1)
    """
    size = sum(counts)
    mean = _dot(counts, values) / size
    spread = sum((count * (x - mean) ** 2 for count, x in zip(counts, values, strict=True)), start=0 * mean)
    return mean, spread / size


def mean_and_variance(law: Sequence[Any], values: Sequence[Any]) -> tuple[Any, Any]:
    """E_p[f] and Var_p(f) = E_p[f²] − E_p[f]²."""
    mean = _dot(law, values)
    return mean, _dot(law, [x**2 for x in values]) - mean**2


def _dot(left: Sequence[Any], right: Sequence[Any]) -> Any:
    total: Any = 0
    for x, y in zip(left, right, strict=True):
        total = total + x * y
    return total


@dataclass(frozen=True)
class OneCuratedModel:
    """Symbols of one model: n atoms, free probabilities p_1 … p_{n−1}, weights a_1 … a_n.

    Parameters
    ----------
    atoms : int
        n ≥ 2.
    name : str
        Letter of the law's symbols.
    """

    atoms: int
    name: str = "p"

    @cached_property
    def free(self) -> Matrix:
        """p_1 … p_{n−1}."""
        return column(self.name, self.atoms - 1)

    @cached_property
    def law(self) -> Exprs:
        """All probabilities; the last is what is left."""
        return (*self.free, 1 - sympy.Add(*self.free))

    @cached_property
    def weights(self) -> tuple[sympy.Symbol, ...]:
        """a_1 … a_n."""
        return tuple(column("a", self.atoms))

    @cached_property
    def gaps(self) -> tuple[sympy.Symbol, ...]:
        """s_1 = a_1 and s_k = a_k − a_{k−1}, for atoms in rising order."""
        return tuple(column("s", self.atoms))

    @cached_property
    def rising(self) -> Exprs:
        """The weights a_k = s_1 + … + s_k."""
        return tuple(sympy.Add(*self.gaps[: k + 1]) for k in range(self.atoms))

    @cached_property
    def gap_variables(self) -> tuple[Variable, ...]:
        """The gaps."""
        return variables(*self.gaps, typical=_HIGH)

    @cached_property
    def rises(self) -> tuple[Condition, ...]:
        """0 < a_1 < a_2 < … < a_n."""
        return tuple(positive(s) for s in self.gaps)

    @cached_property
    def rises_weakly(self) -> tuple[Condition, ...]:
        """0 < a_1 ≤ a_2 ≤ … ≤ a_n."""
        return (positive(self.gaps[0]), *(at_least(s) for s in self.gaps[1:]))

    @cached_property
    def top(self) -> sympy.Symbol:
        """M: a bound of all weights, e^{r*}."""
        return real("M")

    def mean(self, values: Sequence[sympy.Expr], law: Sequence[sympy.Expr] | None = None) -> sympy.Expr:
        """E_p[f], under this law unless another is given."""
        return sympy.sympify(_dot(self.law if law is None else law, values))

    def moments(self, law: Sequence[sympy.Expr] | None = None) -> tuple[sympy.Expr, sympy.Expr]:
        """E_p[a] and Var_p(a)."""
        return mean_and_variance(self.law if law is None else law, self.weights)

    @cached_property
    def law_variables(self) -> tuple[Variable, ...]:
        """The free probabilities."""
        return variables(self.free, typical=UNIT)

    @cached_property
    def weight_variables(self) -> tuple[Variable, ...]:
        """The weights."""
        return variables(*self.weights, typical=_HIGH)

    @cached_property
    def is_law(self) -> tuple[Condition, ...]:
        """Every probability is ≥ 0."""
        return tuple(at_least(p) for p in self.law)

    @cached_property
    def full_support(self) -> tuple[Condition, ...]:
        """Every probability is > 0."""
        return tuple(positive(p) for p in self.law)

    @cached_property
    def positive_weights(self) -> tuple[Condition, ...]:
        """Every weight is > 0."""
        return tuple(positive(a) for a in self.weights)

    @cached_property
    def bounded(self) -> tuple[Condition, ...]:
        """Every weight is at most M."""
        return tuple(at_least(self.top, a) for a in self.weights)

    def at(self, law: Sequence[int | str], weights: Sequence[int | str] = ()) -> Mapping[sympy.Symbol, Any]:
        """Values of the free probabilities, and of the weights where given."""
        values: dict[sympy.Symbol, Any] = dict(zip(self.free, law, strict=True))
        if weights:
            values |= dict(zip(self.weights, weights, strict=True))
        return values

    def typical_point(self) -> Mapping[sympy.Symbol, Any]:
        """Unequal probabilities, and weights 1 … n."""
        n = self.atoms
        total = n * (n + 1) // 2
        return self.at([f"{i + 1}/{total}" for i in range(n - 1)], [i + 1 for i in range(n)])
