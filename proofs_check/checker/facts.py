"""Facts and goals: a statement as polynomial conditions, with every divisor and domain made explicit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from proofs_check.checker.polynomials import Algebra, Key, Polynomial, Quotient, atom_name
from proofs_check.checker.terms import FUNCTIONS

Tree = Any


@dataclass(frozen=True)
class Condition:
    """``polynomial relation 0`` with relation ``>``, ``>=``, ``=`` or ``!=``."""

    polynomial: Polynomial
    relation: str


@dataclass
class Problem:
    """What may be used and what must be shown.

    `facts` hold at every point that satisfies the hypotheses: ``h0`` is hypothesis 0, ``h0.d1`` its
    divisor 1 (nonzero, since a hypothesis holds only where it is defined), ``h0.j2`` a consequence 2 of
    stability.  `goals` together give the conclusions: ``c0``, ``c0.d1``, ``c0.j2`` likewise, and for each
    atom that only conclusions mention ``a3.d0``, ``a3.domain``.  `pending` holds the facts on such an
    atom, usable once its goals are shown: ``a3.square`` and so on.
    """

    algebra: Algebra
    facts: dict[str, Condition] = field(default_factory=dict)
    goals: dict[str, Condition] = field(default_factory=dict)
    pending: dict[str, dict[str, Condition]] = field(default_factory=dict)

    def release(self, shown: set[str]) -> None:
        """Make the facts on every atom usable whose goals are all among `shown`."""
        for atom in [a for a in self.pending if self._goals_of(a) <= shown]:
            self.facts.update(self.pending.pop(atom))

    def _goals_of(self, atom: str) -> set[str]:
        return {name for name in self.goals if name.startswith(f"{atom}.")}


def problem_of(statement: dict[str, Any]) -> Problem:
    """Facts and goals of a checked encoded statement."""
    known = _atoms(statement["hypotheses"], {})
    atoms = _atoms(statement["conclusions"], dict(known))
    problem = Problem(Algebra([*statement["variables"], *atoms]))
    for index, condition in enumerate(statement["hypotheses"]):
        problem.facts.update(_conditions(problem.algebra, f"h{index}", condition))
    for index, condition in enumerate(statement["conclusions"]):
        problem.goals.update(_conditions(problem.algebra, f"c{index}", condition, conclude=True))
    for index, (name, tree) in enumerate(atoms.items()):
        domain = _domain(problem.algebra, f"a{index}", tree)
        (problem.facts if name in known else problem.goals).update(domain)
        problem.pending[f"a{index}"] = _atom_facts(problem.algebra, f"a{index}", tree, atoms)
    problem.release(set())
    return problem


def _atoms(conditions: list[dict[str, Any]], found: dict[str, Tree]) -> dict[str, Tree]:
    """Functions in encoded conditions, inner ones first, added to `found` by name."""
    for condition in conditions:
        rows = condition.get("schur_stable", [[condition.get("left"), condition.get("right")]])
        for tree in (entry for row in rows for entry in row):
            _atoms_in(tree, found)
    return found


def _atoms_in(tree: Tree, found: dict[str, Tree]) -> None:
    if type(tree) is not list:
        return
    for argument in tree[1:]:
        _atoms_in(argument, found)
    if tree[0] == "pi" or tree[0] in FUNCTIONS:
        found.setdefault(atom_name(tree), tree)


def _conditions(
    algebra: Algebra, name: str, condition: dict[str, Any], *, conclude: bool = False
) -> Iterator[tuple[str, Condition]]:
    seen: dict[Key, None] = {}
    if "schur_stable" in condition:
        rows = [[algebra.quotient(entry, seen) for entry in row] for row in condition["schur_stable"]]
        for index, quotient in enumerate(_stability(algebra, rows, conclude=conclude)):
            yield f"{name}.j{index}", _against_zero(algebra, quotient, ">")
    else:
        left, right = condition["left"], condition["right"]
        sides = (left, right) if condition["is"] in ("=", "!=", ">", ">=") else (right, left)
        quotient = algebra.quotient(["+", sides[0], ["*", "-1", sides[1]]], seen)
        relation = {"<": ">", "<=": ">="}.get(condition["is"], condition["is"])
        yield name, _against_zero(algebra, quotient, relation)
    for index, key in enumerate(seen):
        yield f"{name}.d{index}", Condition(dict(key), "!=")


def _against_zero(algebra: Algebra, quotient: Quotient, relation: str) -> Condition:
    """The same condition without divisors: multiplied by an even power of each."""
    if relation in ("=", "!="):
        return Condition(quotient.numerator, relation)
    odd = {key: 1 for key, exponent in quotient.divisors.items() if exponent % 2}
    return Condition(algebra.times_divisors(quotient.numerator, odd), relation)


def _stability(algebra: Algebra, rows: list[list[Quotient]], *, conclude: bool) -> list[Quotient]:
    """Jury's inequalities, each > 0: equivalent to ρ < 1 for n ≤ 3, consequences of it for larger n."""
    size = len(rows)
    low = _characteristic(algebra, rows)
    combine = _Combination(algebra)
    at_one = combine.sum([(1, c) for c in low])
    at_minus_one = combine.sum([((-1) ** (size - k), c) for k, c in enumerate(low)])
    inequalities = [at_one, at_minus_one]
    if size >= 2:
        one = low[size]
        inequalities += [combine.sum([(1, one), (-1, low[0])]), combine.sum([(1, one), (1, low[0])])]
    if size == 3:
        middle = combine.sum([(1, combine.product(low[0], low[2])), (-1, low[1])])
        base = combine.sum([(1, low[3]), (-1, combine.product(low[0], low[0]))])
        inequalities += [combine.sum([(1, base), (1, middle)]), combine.sum([(1, base), (-1, middle)])]
    if size > 3 and conclude:
        impossible = Quotient(algebra.constant(-1), {})
        inequalities.append(impossible)
    return inequalities


def _characteristic(algebra: Algebra, rows: list[list[Quotient]]) -> list[Quotient]:
    """Coefficients of det(z − matrix), constant term first (Faddeev and LeVerrier)."""
    combine = _Combination(algebra)
    size = len(rows)
    unit, zero = Quotient(algebra.constant(1), {}), Quotient({}, {})
    product = [[unit if i == j else zero for j in range(size)] for i in range(size)]
    coefficients = [unit]
    for k in range(1, size + 1):
        product = [
            [
                combine.sum([(1, combine.product(rows[i][m], product[m][j])) for m in range(size)])
                for j in range(size)
            ]
            for i in range(size)
        ]
        trace = combine.sum([(Fraction(-1, k), product[i][i]) for i in range(size)])
        coefficients.append(trace)
        for i in range(size):
            product[i][i] = combine.sum([(1, product[i][i]), (1, trace)])
    return coefficients[::-1]


class _Combination:
    """Sums and products of quotients."""

    def __init__(self, algebra: Algebra) -> None:
        self.algebra = algebra

    def sum(self, terms: list[tuple[Fraction | int, Quotient]]) -> Quotient:
        """Σ factor · quotient."""
        scaled = [
            Quotient(self.algebra.add_to({}, q.numerator, Fraction(factor)), q.divisors)
            for factor, q in terms
        ]
        return self.algebra.total(scaled)

    def product(self, left: Quotient, right: Quotient) -> Quotient:
        """left · right."""
        return self.algebra.product([left, right])


def _domain(algebra: Algebra, name: str, tree: Tree) -> Iterator[tuple[str, Condition]]:
    """What must hold for an atom to be defined, given that the atoms inside it are."""
    if tree[0] == "pi":
        return
    seen: dict[Key, None] = {}
    argument = algebra.quotient(tree[1], seen)
    for index, key in enumerate(seen):
        yield f"{name}.d{index}", Condition(dict(key), "!=")
    if tree[0] in ("log", "sqrt"):
        relation = ">" if tree[0] == "log" else ">="
        yield f"{name}.domain", _against_zero(algebra, argument, relation)


def _atom_facts(algebra: Algebra, name: str, tree: Tree, atoms: dict[str, Tree]) -> dict[str, Condition]:
    """What is known of an atom wherever it is defined."""
    head = tree[0]
    atom = algebra.indeterminate(atom_name(tree))

    def bound(low: Fraction | int, sign: int) -> Polynomial:
        return algebra.add_to(algebra.constant(low), atom, Fraction(sign))

    if head == "exp":
        return {f"{name}.positive": Condition(atom, ">")}
    if head == "pi":
        low, high = bound(Fraction(-333, 106), 1), bound(Fraction(355, 113), -1)
        return {f"{name}.low": Condition(low, ">"), f"{name}.high": Condition(high, ">")}
    if head == "sqrt":
        gap = algebra.quotient(["+", ["^", tree, 2], ["*", "-1", tree[1]]])
        square = Condition(gap.numerator, "=")
        return {f"{name}.square": square, f"{name}.nonnegative": Condition(atom, ">=")}
    if head in ("sin", "cos"):
        facts = {
            f"{name}.low": Condition(bound(1, 1), ">="),
            f"{name}.high": Condition(bound(1, -1), ">="),
        }
        partner = ["cos" if head == "sin" else "sin", tree[1]]
        if atom_name(partner) in atoms:
            circle = algebra.polynomial(["+", ["^", tree, 2], ["^", partner, 2], "-1"])
            facts[f"{name}.circle"] = Condition(circle, "=")
        return facts
    return {}
