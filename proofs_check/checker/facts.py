"""Facts and goals: a statement as polynomial conditions, with every divisor and domain made explicit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from proofs_check.checker.polynomials import Algebra, Key, Polynomial, Quotient, atom_name
from proofs_check.checker.stability import Inequality, Matrix, consequences, minors_of_stable, sufficient
from proofs_check.checker.terms import FUNCTIONS, Refused

Tree = Any


@dataclass(frozen=True)
class Condition:
    """``polynomial relation 0`` with relation ``>``, ``>=``, ``=`` or ``!=``."""

    polynomial: Polynomial
    relation: str

    @property
    def evident(self) -> bool:
        """Whether it is an inequality between numbers that holds."""
        constant = not any(any(monomial) for monomial in self.polynomial)
        value = sum(self.polynomial.values()) if constant else -1
        return self.relation in (">", ">=") and (value > 0 or (value == 0 and self.relation == ">="))


@dataclass
class Problem:
    """What may be used and what must be shown.

    `facts` hold at every point that satisfies the hypotheses: ``h0`` is hypothesis 0, ``h0.d1`` its
    divisor 1 (nonzero, since a hypothesis holds only where it is defined), ``h0.j2`` and ``h0.m1``
    consequences of stability.  `goals` together give the conclusions: ``c0``, ``c0.d1`` likewise, for a
    stability ``c0.j2`` or what `stability` names in its place, and for each atom that only conclusions
    mention ``a3.d0``, ``a3.domain``.  `pending` holds the facts on such an atom, usable once its goals are
    shown: ``a3.square`` and so on.
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


def problem_of(statement: dict[str, Any], stable: Mapping[str, Any] | None = None) -> Problem:
    """Facts and goals of a checked encoded statement.

    Parameters
    ----------
    statement : encoded statement
    stable : mapping, optional
        How stability is to be shown, for conclusions by name: see `stability.sufficient`.
    """
    stable = {} if stable is None else stable
    known = _atoms(statement["hypotheses"], {})
    atoms = _atoms(statement["conclusions"], dict(known))
    problem = Problem(Algebra([*statement["variables"], *atoms]))
    for index, condition in enumerate(statement["hypotheses"]):
        problem.facts.update(_conditions(problem.algebra, f"h{index}", condition))
    for index, condition in enumerate(statement["conclusions"]):
        problem.goals.update(_goals(problem.algebra, f"c{index}", condition, stable.get(f"c{index}")))
    named = {f"c{k}" for k, c in enumerate(statement["conclusions"]) if "schur_stable" in c}
    if unknown := stable.keys() - named:
        raise Refused(f"stable: no such conclusion, {', '.join(sorted(map(str, unknown)))[:40]}")
    for index, (name, tree) in enumerate(atoms.items()):
        domain = _domain(problem.algebra, f"a{index}", tree)
        (problem.facts if name in known else problem.goals).update(domain)
        problem.pending[f"a{index}"] = _atom_facts(problem.algebra, f"a{index}", tree, atoms)
    problem.release(set())
    for index, condition in enumerate(statement["hypotheses"]):
        problem.facts.update(_minors(problem, f"h{index}", condition))
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


def _conditions(algebra: Algebra, name: str, condition: dict[str, Any]) -> Iterator[tuple[str, Condition]]:
    """What a condition implies; equivalent to it unless it is the stability of more than three rows."""
    seen: dict[Key, None] = {}
    if "schur_stable" in condition:
        yield from _inequalities(name, consequences(_matrix(algebra, condition, seen)))
    else:
        left, right = condition["left"], condition["right"]
        sides = (left, right) if condition["is"] in ("=", "!=", ">", ">=") else (right, left)
        quotient = algebra.quotient(["+", sides[0], ["*", "-1", sides[1]]], seen)
        relation = {"<": ">", "<=": ">="}.get(condition["is"], condition["is"])
        yield name, _against_zero(quotient, relation)
    yield from _divisors(name, seen)


def _goals(
    algebra: Algebra, name: str, condition: dict[str, Any], way: Any
) -> Iterator[tuple[str, Condition]]:
    """What implies a condition; inequalities between numbers that hold are left out of a stability's."""
    if "schur_stable" not in condition:
        yield from _conditions(algebra, name, condition)
        return
    seen: dict[Key, None] = {}
    rows = _matrix(algebra, condition, seen)
    evident = way is not None or len(rows) > 3
    for goal, shown in _inequalities(name, sufficient(rows, way, algebra, seen)):
        if not (evident and shown.evident):
            yield goal, shown
    yield from _divisors(name, seen)


def _minors(problem: Problem, name: str, condition: dict[str, Any]) -> Iterator[tuple[str, Condition]]:
    """Consequences of the stability of a matrix whose entries are seen to be ≥ 0."""
    if "schur_stable" not in condition:
        return
    rows = _matrix(problem.algebra, condition, {})
    known = [c.polynomial for c in problem.facts.values() if c.relation in (">", ">=")]
    signs = [_against_zero(entry, ">=").polynomial for row in rows for entry in row]
    if all(_is_nonnegative(problem.algebra, sign, known) for sign in signs):
        yield from _inequalities(name, minors_of_stable(rows))


def _is_nonnegative(algebra: Algebra, polynomial: Polynomial, known: list[Polynomial]) -> bool:
    """Whether `polynomial` is `known` to be ≥ 0, or made of numbers and indeterminates that are."""
    odd = {k for monomial in polynomial for k, exponent in enumerate(monomial) if exponent % 2}
    return polynomial in known or (
        all(coefficient > 0 for coefficient in polynomial.values())
        and all(algebra.indeterminate(algebra.names[k]) in known for k in odd)
    )


def _matrix(algebra: Algebra, condition: dict[str, Any], seen: dict[Key, None]) -> Matrix:
    return [[algebra.quotient(entry, seen) for entry in row] for row in condition["schur_stable"]]


def _inequalities(name: str, found: Iterator[Inequality]) -> Iterator[tuple[str, Condition]]:
    return ((f"{name}.{suffix}", _against_zero(quotient, relation)) for suffix, quotient, relation in found)


def _divisors(name: str, seen: dict[Key, None]) -> Iterator[tuple[str, Condition]]:
    return ((f"{name}.d{index}", Condition(dict(key), "!=")) for index, key in enumerate(seen))


def _against_zero(quotient: Quotient, relation: str) -> Condition:
    """The same condition without divisors: multiplied by an even power of each."""
    odd = {key: 1 for key, exponent in quotient.divisors.items() if exponent % 2 and relation in (">", ">=")}
    return Condition(quotient.algebra.times_divisors(quotient.numerator, odd), relation)


def _domain(algebra: Algebra, name: str, tree: Tree) -> Iterator[tuple[str, Condition]]:
    """What must hold for an atom to be defined, given that the atoms inside it are."""
    if tree[0] == "pi":
        return
    seen: dict[Key, None] = {}
    argument = algebra.quotient(tree[1], seen)
    yield from _divisors(name, seen)
    if tree[0] in ("log", "sqrt"):
        relation = ">" if tree[0] == "log" else ">="
        yield f"{name}.domain", _against_zero(argument, relation)


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
