"""ecosystem.grounded: an ecosystem forgets its start iff every closed group of models has real data.

Statement. W ≥ 0 with row sums 1 − a_i. ρ(W) < 1 iff every closed strongly connected component of the
reading graph (edge i → j when i reads j) contains a model with a_i > 0.

Argument. Add a node 0, the real data, with an edge i → 0 of weight a_i. Since 1 − w_ii = a_i + Σ_{j≠i}
w_ij, the matrix I − W is the Laplacian of the weighted graph with node 0 struck out, and the matrix-tree
theorem gives

    det(I − W) = Σ over spanning forests that lead every model to real data of the product of their weights,

a form with non-negative coefficients. It is positive iff some forest has positive weight iff every model
reaches, along positive links, a model with real data; and a model fails to reach one iff it leads into a
closed component without real data. W ≥ 0 has row sums at most 1, so ρ(W) ≤ 1, and ρ(W) is an eigenvalue of
W (Perron–Frobenius): ρ(W) = 1 iff det(I − W) = 0.

Dichotomy. Let U be the set of models that reach no real data along positive links. If U is empty, each
model has a shortest way to real data, and the first steps of these ways make a forest of positive weight.
If not, then U has no real data, reads nothing outside itself (what it reads would reach nothing either),
and so contains a closed component without real data. One of the two always holds, never both.

Machine-checked. For N = 2 and 3, the whole statement: for each forest, up to the numbering of the models,
ρ(W) < 1 where the shares on the forest are positive and all others are ≥ 0; for each group C that has
neither real data nor anything to read outside C, det(I − W) = 0, so that 1 is an eigenvalue. For N = 4: a
chain that leads to real data, whatever else is read. For N = 2, 3, 4: the matrix-tree identity with every
share generic; hence det(I − W) ≥ 0. The graph test against the exact spectral test is sampled on networks
with up to 8 models.
"""

from __future__ import annotations

from itertools import permutations

import sympy

from proofs_check.claim import Case, Claim, Point, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.networks import grounded
from proofs_check.encoding.matrices import determinant, identity_minus
from proofs_check.encoding.networks import spanning_forests
from proofs_check.encoding.relations import all_nonnegative, at_least, equal, positive
from proofs_check.encoding.sampled_networks import sampled_networks, why_not_grounded_iff_stable
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Relation, SchurStable, Statement
from theory.analysis import Analysis

Forest = tuple[int | None, ...]

_SIZES = (2, 3, 4)
_WHOLE = (2, 3)
_CHAIN = (None, 0, 1, 2)


def claim() -> Claim:
    """The claim ``ecosystem.grounded``."""
    return Claim(
        id="ecosystem.grounded",
        title="Real data in every closed component: the graph test for ρ(W) < 1",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "W ≥ 0 with row sums 1 − aᵢ: ρ(W) < 1 iff every closed strongly connected component of the "
            "reading graph "
            "contains a model with aᵢ > 0. det(I − W) is the sum over spanning forests rooted at real data."
        ),
        latex=(
            r"\det(I-W)=\sum_{\text{forests}}\ \prod_{i\to 0}a_i\prod_{i\to j}w_{ij},"
            r"\qquad a_i+\sum_j w_{ij}=1"
        ),
        hypotheses=("Shares are non-negative: W ≥ 0, a ≥ 0.", "aᵢ + Σⱼ wᵢⱼ = 1 for every model."),
        cases=(
            _sampled(),
            *(_matrix_tree(n) for n in _SIZES),
            *(_nonnegative(n) for n in _WHOLE),
            *(_forest(n, choice) for n in _WHOLE for choice in forests_up_to_numbering(n)),
            _forest(4, _CHAIN),
            *(_closed_group(n, size) for n in _WHOLE for size in range(1, n + 1)),
        ),
        scope=(
            "N = 2, 3 symbolic in both directions; N = 4 the matrix-tree identity and a chain; "
            "graph test = spectral test sampled for N ≤ 8"
        ),
        sharpness=(_negative_shares(), _shares_above_one()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether every closed component of the ecosystem's reading graph has real data."""
    return grounded("ecosystem.grounded", analysis)


def _shares_sum_to_one(weights: Matrix, real_shares: Matrix) -> tuple[Relation, ...]:
    return tuple(equal(real_shares[i], 1 - sympy.Add(*weights.row(i))) for i in range(weights.rows))


def forest_sum(weights: Matrix, real_shares: Matrix) -> sympy.Expr:
    """Σ over spanning forests of the product of their shares."""
    n = weights.rows

    def weight(choice: tuple[int | None, ...]) -> sympy.Expr:
        return sympy.Mul(*(real_shares[i] if j is None else weights[i, j] for i, j in enumerate(choice)))

    return sympy.Add(*(weight(choice) for choice in spanning_forests(n)))


def _matrix_tree(n: int) -> Case:
    weights, real_shares = matrix("w", n, n), column("a", n)
    return Case(
        name=f"N = {n}, matrix-tree identity",
        statement=Statement(
            variables=variables(weights, real_shares, typical=UNIT),
            hypotheses=_shares_sum_to_one(weights, real_shares),
            conclusions=(equal(determinant(identity_minus(weights)), forest_sum(weights, real_shares)),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n, real_shares: [[f"{8 - n}/8"]] * n})),
    )


def _nonnegative(n: int) -> Case:
    weights, real_shares = matrix("w", n, n), column("a", n)
    return Case(
        name=f"N = {n}, det(I − W) ≥ 0",
        statement=Statement(
            variables=variables(weights, real_shares, typical=UNIT),
            hypotheses=(
                *_shares_sum_to_one(weights, real_shares),
                *all_nonnegative(weights),
                *all_nonnegative(real_shares),
            ),
            conclusions=(at_least(determinant(identity_minus(weights))),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n, real_shares: [[f"{8 - n}/8"]] * n})),
    )


def forests_up_to_numbering(n: int) -> tuple[Forest, ...]:
    """One spanning forest of each shape: N models renumbered make the same statement.

    Examples
    --------
    >>> forests_up_to_numbering(2)
    ((None, None), (None, 0))
    """
    found: dict[Forest, Forest] = {}
    for choice in sorted(spanning_forests(n), key=_order):
        found.setdefault(min((_renumbered(choice, p) for p in permutations(range(n))), key=_order), choice)
    return tuple(found.values())


def _order(choice: Forest) -> tuple[int, ...]:
    return tuple(-1 if j is None else j for j in choice)


def _renumbered(choice: Forest, numbers: tuple[int, ...]) -> Forest:
    renamed = {numbers[i]: None if j is None else numbers[j] for i, j in enumerate(choice)}
    return tuple(renamed[i] for i in range(len(choice)))


def _forest(n: int, choice: Forest) -> Case:
    """Positive shares along a forest that leads every model to real data: ρ(W) < 1."""
    weights = matrix("w", n, n)
    real = [1 - sympy.Add(*weights.row(i)) for i in range(n)]
    on_forest = {(i, j): real[i] if j is None else weights[i, j] for i, j in enumerate(choice)}
    shares = {(i, j): weights[i, j] for i in range(n) for j in range(n)} | {
        (i, None): real[i] for i in range(n)
    }
    return Case(
        name=f"N = {n}, grounded by {_words(choice)}",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=tuple(
                positive(share) if link in on_forest else at_least(share) for link, share in shares.items()
            ),
            conclusions=(SchurStable(weights),),
        ),
        witness=point(entries({weights: [["1/8"] * n] * n})),
    )


def _words(choice: Forest) -> str:
    return ", ".join(f"{i + 1} → {'real' if j is None else j + 1}" for i, j in enumerate(choice))


def _closed_group(n: int, size: int) -> Case:
    """Models 1 … size read only each other and have no real data: 1 is an eigenvalue of W."""
    weights = matrix("w", n, n)
    inside = [equal(sympy.Add(*weights[i, :size]), 1) for i in range(size)]
    outside = [equal(weights[i, j]) for i in range(size) for j in range(size, n)]
    closed = [[f"1/{size}" if j < size else 0 for j in range(n)] for _ in range(size)]
    return Case(
        name=f"N = {n}, closed group of {size} without real data",
        statement=Statement(
            variables=variables(weights, typical=UNIT),
            hypotheses=(*inside, *outside),
            conclusions=(equal(determinant(identity_minus(weights))),),
        ),
        witness=point(entries({weights: closed + [["1/8"] * n] * (n - size)})),
    )


def _sampled() -> Case:
    return Case(
        name="N ≤ 8, graph test against spectral test, sampled",
        statement=Experiment(
            name="networks of shares, N = 1…8",
            strategy=sampled_networks,
            predicate=why_not_grounded_iff_stable,
        ),
    )


def _real_data_everywhere(hypothesis: int, extra: tuple[Relation, ...], values: Point) -> Sharpness:
    """Two models that both have real data: ρ(W) < 1 fails at the point."""
    weights, real_shares = matrix("w", 2, 2), column("a", 2)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(weights, real_shares, typical=UNIT),
            hypotheses=(*extra, *(positive(a) for a in real_shares)),
            conclusions=(SchurStable(weights),),
        ),
        point=values,
    )


def _negative_shares() -> Sharpness:
    """The row sums are right, ρ(W) = 7/2."""
    weights, real_shares = matrix("w", 2, 2), column("a", 2)
    rows: list[list[int | str]] = [[2, "-3/2"], ["-3/2", 2]]
    values = point(entries({weights: rows, real_shares: [["1/2"], ["1/2"]]}))
    return _real_data_everywhere(0, _shares_sum_to_one(weights, real_shares), values)


def _shares_above_one() -> Sharpness:
    """A model that copies itself whole and reads the other as well: ρ(W) = 1."""
    weights, real_shares = matrix("w", 2, 2), column("a", 2)
    rows: list[list[int | str]] = [[1, "1/2"], [0, 0]]
    values = point(entries({weights: rows, real_shares: [["1/2"], [1]]}))
    return _real_data_everywhere(1, (*all_nonnegative(weights), *all_nonnegative(real_shares)), values)
