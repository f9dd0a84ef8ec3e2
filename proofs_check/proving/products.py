"""Products of hypotheses: a positive combination of them that equals a multiple of the goal [Handelman].

A linear programme over floating-point numbers proposes which products to use; their coefficients are then
solved for exactly, and nothing inexact enters the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat, fmpq_mpoly

from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.sign_sampling import negative_somewhere
from proofs_check.proving.workspace import Known, Term, Workspace
from theory.budget import Budget

MAX_FACTS = 14
MAX_COLUMNS = 2_500
MAX_ROWS = 2_000
DEGREES = (1, 2, 3)
LOW_DEGREE = 4
MAX_LOW_COLUMNS = 1_500
SEARCH_SECONDS = 2.0
_SMALL = 1e-9

Column = dict[tuple[int, ...], fmpq]


@dataclass(frozen=True)
class _Product:
    """A term that is ≥ 0 with its expansion, and whether it is surely > 0."""

    term: Term
    polynomial: fmpq_mpoly
    strict: bool

    @cached_property
    def column(self) -> Column:
        """The coefficients of the expansion."""
        return dict(self.polynomial.to_dict())


class ProductsMethod(AbstractMethod):
    """Shows p > 0 or p ≥ 0 from Σ multiplier · p = Σ products of facts, squares of monomials included."""

    def __init__(self, workspace: Workspace, budget: Budget) -> None:
        super().__init__(workspace, budget)
        self._known: dict[tuple[object, ...], list[_Product]] = {}

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        if polynomial.is_constant():
            return None
        facts = self._facts_about(polynomial)
        if negative_somewhere(polynomial, facts):
            return None
        multipliers = [self._one(), *(_single(f) for f in facts if f.relation == ">")]
        for degree in (*DEGREES, LOW_DEGREE):
            if degree == LOW_DEGREE:
                multipliers = [m for m in multipliers if m.polynomial.total_degree() <= 1]
                products = self._low_products(facts, 1 + polynomial.total_degree())
            else:
                products = self._products(facts, degree, polynomial)
            if self.budget.spent:
                return None
            if not products or len(products) > MAX_COLUMNS:
                continue
            found = _combination(polynomial, multipliers, products, strict=strict)
            if found is not None:
                times, total = found
                return self.workspace.lemma(polynomial, ">" if strict else ">=", times=times, total=total)
        return None

    def _facts_about(self, polynomial: fmpq_mpoly) -> list[Known]:
        """Inequalities that share variables with p, or with such ones; fewest terms first."""
        known = [f for f in self.workspace.facts.values() if f.relation in (">", ">=")]
        known = [f for f in known if not f.polynomial.is_constant()]
        reach = _variables(polynomial)
        for _ in range(2):
            for fact in known:
                if reach & _variables(fact.polynomial):
                    reach = reach | _variables(fact.polynomial)
        near = [f for f in known if _variables(f.polynomial) <= reach]
        distinct = {str(f.polynomial): f for f in sorted(near, key=lambda f: f.relation == ">")}
        return sorted(distinct.values(), key=lambda f: (len(f.polynomial), f.name))[:MAX_FACTS]

    def _products(self, facts: Sequence[Known], degree: int, goal: fmpq_mpoly) -> list[_Product]:
        """Products of at most `degree` facts, each alone and times the squares of single variables."""
        used = sorted(set().union(*(_variables(f.polynomial) for f in facts), _variables(goal)))
        key = (degree, tuple(used), tuple(f.name for f in facts))
        if key not in self._known:
            squares = [self.workspace.context.gens()[k] for k in used]
            self._known[key] = list(self._multiplied(facts, degree, squares))
        return self._known[key]

    def _low_products(self, facts: Sequence[Known], top: int) -> list[_Product]:
        """Products of at most LOW_DEGREE facts whose total degree is at most `top`; none when many."""
        sizes = [(f, int(f.polynomial.total_degree())) for f in facts]
        layer: list[tuple[int, int, list[Known]]] = [(0, 0, [])]
        chosen = list(layer)
        for _ in range(LOW_DEGREE):
            layer = [
                (place, total + size, [*before, f])
                for start, total, before in layer
                for place, (f, size) in enumerate(sizes[start:], start)
                if total + size <= top
            ]
            chosen += layer
            if len(chosen) > MAX_LOW_COLUMNS:
                return []
        return [self._product(members) for _, _, members in chosen]

    def _multiplied(
        self, facts: Sequence[Known], degree: int, squares: Sequence[fmpq_mpoly]
    ) -> Iterator[_Product]:
        known = [self._one()]
        for size in range(1, degree + 1):
            known += [self._product(chosen) for chosen in combinations_with_replacement(facts, size)]
        for product in known:
            yield product
            for root in squares if len(product.term.facts) < degree else ():
                term = Term(coefficient=fmpq(1), facts=product.term.facts, square=root)
                yield _Product(term, product.polynomial * root * root, strict=False)

    def _one(self) -> _Product:
        return _Product(Term(coefficient=fmpq(1)), self.workspace.constant(1), strict=True)

    def _product(self, facts: Sequence[Known]) -> _Product:
        powers: dict[str, int] = {}
        polynomial = self.workspace.constant(1)
        for fact in facts:
            powers[fact.name] = powers.get(fact.name, 0) + 1
            polynomial = polynomial * fact.polynomial
        strict = all(fact.relation == ">" for fact in facts)
        return _Product(Term(coefficient=fmpq(1), facts=powers), polynomial, strict)


def _single(fact: Known) -> _Product:
    return _Product(Term(coefficient=fmpq(1), facts={fact.name: 1}), fact.polynomial, strict=True)


def _variables(polynomial: fmpq_mpoly) -> frozenset[int]:
    return frozenset(k for k, degree in enumerate(polynomial.degrees()) if degree)


def _combination(
    goal: fmpq_mpoly, multipliers: Sequence[_Product], products: Sequence[_Product], *, strict: bool
) -> tuple[list[Term], list[Term]] | None:
    """Multipliers and products with positive coefficients such that both sides agree; None when not found."""
    left: list[Column] = [(m.polynomial * goal).to_dict() for m in multipliers]
    columns = [*left, *(product.column for product in products)]
    rows = sorted(set().union(*columns))
    if len(rows) > MAX_ROWS:
        return None
    counted = [k for k, p in enumerate(products) if p.strict] if strict else []
    support = _proposed(columns, rows, len(left), [len(left) + k for k in counted])
    if support is None:
        return None
    weights = _exact(columns, rows, support, len(left))
    if weights is None:
        return None
    times = [_scaled(multipliers[k].term, w) for k, w in weights.items() if k < len(left)]
    total = [_scaled(products[k - len(left)].term, w) for k, w in weights.items() if k >= len(left)]
    positive = any(k >= len(left) and products[k - len(left)].strict for k in weights)
    return (times, total) if positive or not strict else None


def _proposed(
    columns: Sequence[Column], rows: Sequence[tuple[int, ...]], multipliers: int, wanted: Sequence[int]
) -> list[int] | None:
    """Columns with positive weight in a vertex of the feasible set, by a floating-point linear programme.

    Every column is scaled to largest entry 1, so that the size of a hypothesis does not matter.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csc_matrix

    place = {exponents: k for k, exponents in enumerate(rows)}
    data: list[float] = []
    row: list[int] = []
    column: list[int] = []
    for k, entries in enumerate(columns):
        scale = max((abs(c) for c in entries.values()), default=fmpq(1)) * (1 if k < multipliers else -1)
        data += [_float(c / scale) for c in entries.values()]
        row += [place[exponents] for exponents in entries]
        column += [k] * len(entries)
    data += [1.0] * multipliers
    row += [len(rows)] * multipliers
    column += range(multipliers)
    shape = (len(rows) + 1, len(columns))
    cost = [0.0] * len(columns)
    for k in wanted:
        cost[k] = -1.0
    found = linprog(
        cost,
        A_eq=csc_matrix((data, (row, column)), shape=shape),
        b_eq=[0.0] * len(rows) + [1.0],
        bounds=(0, 1e6),
        method="highs-ds",
        options={"time_limit": SEARCH_SECONDS},
    )
    if found.x is None or not found.success:
        return None
    return [k for k, weight in enumerate(found.x) if weight > _SMALL]


def _float(value: fmpq) -> float:
    """A number of size at most 1, in floating point."""
    return int(value.p) / int(value.q)


def _exact(
    columns: Sequence[Column], rows: Sequence[tuple[int, ...]], support: Sequence[int], multipliers: int
) -> dict[int, fmpq] | None:
    """Exact positive weights on the proposed columns, with Σ multipliers = 1; None when there are none."""
    zero = fmpq(0)
    signs = [1 if k < multipliers else -1 for k in support]
    table = [
        [sign * columns[k].get(exponents, zero) for k, sign in zip(support, signs, strict=True)] + [zero]
        for exponents in rows
    ]
    table.append([fmpq(int(k < multipliers)) for k in support] + [fmpq(1)])
    reduced, rank = fmpq_mat([line for line in table if any(line)]).rref()
    width = len(support)
    weights: dict[int, fmpq] = {}
    for line in range(rank):
        pivot = next(k for k in range(width + 1) if reduced[line, k] != 0)
        if pivot == width:
            return None
        weights[support[pivot]] = reduced[line, width]
    weights = {k: w for k, w in weights.items() if w != 0}
    return weights if all(w > 0 for w in weights.values()) else None


def _scaled(term: Term, weight: fmpq) -> Term:
    return Term(coefficient=weight, facts=term.facts, square=term.square)
