"""Kernel: what a certificate must contain, and the only code whose word counts.

A certificate is ``{"schema", "statement", "kind", …}`` where `statement` is the hash of the encoded
statement that it belongs to.  Kinds:

``positivstellensatz``
    `steps`, each an identity between polynomials that shows one goal (or one lemma, usable later);
    optionally `stable`: in which way the stability of which conclusions is shown, see `stability`.
``counterexample``
    `point` and `violates`: every hypothesis holds there and that conclusion fails.
``boxes``
    a subdivision of the hypotheses' box, see `boxes`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from proofs_check.checker.facts import Condition, Problem, problem_of
from proofs_check.checker.points import NotRational, Signs, Undefined, decide
from proofs_check.checker.polynomials import Algebra, Polynomial
from proofs_check.checker.terms import (
    MAX_DEPTH,
    MAX_EXPONENT,
    Refused,
    check_statement,
    check_tree,
    digest,
    integer,
    number,
    record,
    sequence,
)

CERTIFICATE_SCHEMA = "backfire.certificate/1"
Covers = Callable[[dict[str, Any], dict[str, Any]], None]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What checking one certificate showed; `shows` is ``proved``, ``refuted`` or, if refused, empty."""

    accepted: bool
    shows: str
    reason: str


def check(
    statement: Any, certificate: Any, sign: Signs | None = None, cover: Covers | None = None
) -> Outcome:
    """Whether `certificate` proves or refutes the encoded `statement`.

    Parameters
    ----------
    statement, certificate : JSON data
    sign, cover : callable, optional
        Ball arithmetic: the sign of an expression at a point, and the check of a box cover.  Without them
        only exact certificates are accepted.
    """
    try:
        return Outcome(accepted=True, shows=_check(statement, certificate, sign, cover), reason="")
    except (Refused, Undefined, NotRational) as error:
        return Outcome(accepted=False, shows="", reason=str(error))
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as error:
        return Outcome(accepted=False, shows="", reason=f"malformed: {type(error).__name__} {error}")


def _check(statement: Any, certificate: Any, sign: Signs | None, cover: Covers | None) -> str:
    check_statement(statement)
    if type(certificate) is not dict:
        raise Refused("certificate: expected an object")
    kind = certificate.get("kind")
    fields = {
        "positivstellensatz": ("steps",),
        "counterexample": ("point", "violates"),
        "boxes": ("bits", "goals"),
    }
    if type(kind) is not str or kind not in fields:
        raise Refused(f"certificate: unknown kind {str(kind)[:40]!r}")
    optional = ("stable",) if kind == "positivstellensatz" and "stable" in certificate else ()
    record(certificate, ("schema", "statement", "kind", *fields[kind], *optional), "certificate")
    if certificate["schema"] != CERTIFICATE_SCHEMA:
        raise Refused(f"certificate: expected schema {CERTIFICATE_SCHEMA}")
    if certificate["statement"] != digest(statement):
        raise Refused("certificate: it belongs to another statement")
    if kind == "counterexample":
        _check_counterexample(statement, certificate, sign)
        return "refuted"
    if kind == "positivstellensatz":
        stable = certificate["stable"] if optional else {}
        if type(stable) is not dict:
            raise Refused("stable: expected an object")
        _check_steps(problem_of(statement, stable), sequence(certificate["steps"], "steps"))
    elif cover is None:
        raise Refused("no ball arithmetic to check a cover with")
    else:
        cover(statement, certificate)
    return "proved"


def _check_counterexample(statement: dict[str, Any], certificate: dict[str, Any], sign: Signs | None) -> None:
    point = record(certificate["point"], statement["variables"], "point")
    for name, value in point.items():
        check_tree(value, (), f"point, {name}")
    for index, condition in enumerate(statement["hypotheses"]):
        if decide(condition, point, sign) is not True:
            raise Refused(f"point: hypothesis {index} is not shown to hold")
    last = len(statement["conclusions"]) - 1
    violated = integer(certificate["violates"], 0, last, "violates")
    if decide(statement["conclusions"][violated], point, sign) is not False:
        raise Refused(f"point: conclusion {violated} is not shown to fail")


def _check_steps(problem: Problem, steps: list[Any]) -> None:
    """Check each step in turn; a shown goal or lemma may be used by later steps."""
    shown: set[str] = set()
    for index, step in enumerate(steps):
        place = f"steps[{index}]"
        record(step, ("show", "times", "sum", "modulo"), place)
        name, condition = _target(problem, step["show"], place)
        if name in problem.facts:
            raise Refused(f"{place}: {name} is known already")
        _check_identity(problem, condition, step, place)
        problem.facts[name] = condition
        shown.add(name)
        problem.release(shown)
    if missing := problem.goals.keys() - shown:
        raise Refused(f"steps: not shown: {', '.join(sorted(missing))}")


def _target(problem: Problem, show: Any, place: str) -> tuple[str, Condition]:
    if type(show) is str:
        if show not in problem.goals:
            raise Refused(f"{place}: no goal is named {show[:40]!r}")
        return show, problem.goals[show]
    lemma = record(show, ("lemma", "polynomial", "is"), place)
    name = lemma["lemma"]
    if type(name) is not str or not name.startswith("l") or lemma["is"] not in (">", ">=", "=", "!="):
        raise Refused(f"{place}: expected a lemma named l… with a relation to zero")
    return name, Condition(_expand(problem.algebra, lemma["polynomial"], place), lemma["is"])


def _check_identity(problem: Problem, target: Condition, step: dict[str, Any], place: str) -> None:
    """times · target = sum + Σ cofactor · equation, with signs that give the target's relation.

    `times` and `sum` are sums of terms ≥ 0; for ``!=``, `times` is any polynomial.
    """
    algebra = problem.algebra
    total, sum_strict = _cone_element(problem, step["sum"], f"{place}.sum")
    if target.relation == "!=":
        times, times_strict = _expand(algebra, step["times"], f"{place}.times"), False
    else:
        times, times_strict = _cone_element(problem, step["times"], f"{place}.times")
    for entry in sequence(step["modulo"], f"{place}.modulo"):
        record(entry, ("equation", "cofactor"), f"{place}.modulo")
        equation = _fact(problem, entry["equation"], place)
        if equation.relation != "=":
            raise Refused(f"{place}: {entry['equation']} is no equation")
        cofactor = _expand(algebra, entry["cofactor"], f"{place}.modulo")
        algebra.add_to(total, algebra.multiply(cofactor, equation.polynomial))
    if algebra.multiply(times, target.polynomial) != total:
        raise Refused(f"{place}: the two sides of the identity differ")
    enough = {
        ">": sum_strict,
        ">=": sum_strict or times_strict,
        "!=": sum_strict,
        "=": times_strict and not step["sum"],
    }
    if not enough[target.relation]:
        raise Refused(f"{place}: the identity does not give {target.relation}")


def _cone_element(problem: Problem, terms: Any, place: str) -> tuple[Polynomial, bool]:
    """A sum of terms coefficient · Π fact^power · square², and whether it is surely > 0."""
    total: Polynomial = {}
    strict = False
    products: dict[tuple[tuple[str, int], ...], Polynomial] = {(): problem.algebra.constant(1)}
    for term in sequence(terms, place):
        optional = ("square",) if type(term) is dict and "square" in term else ()
        record(term, ("coefficient", "facts", *optional), place)
        coefficient = number(term["coefficient"], place)
        if coefficient <= 0:
            raise Refused(f"{place}: expected a coefficient > 0, found {coefficient}")
        powers, positive = _powers(problem, term["facts"], place)
        product = _product(problem, powers, products)
        if optional:
            root = _expand(problem.algebra, term["square"], place)
            product = problem.algebra.multiply(product, problem.algebra.multiply(root, root))
        problem.algebra.add_to(total, product, coefficient)
        strict = strict or (positive and not optional)
    return total, strict


def _powers(problem: Problem, facts: Any, place: str) -> tuple[tuple[tuple[str, int], ...], bool]:
    """Facts with their powers when the product is surely ≥ 0, and whether it is surely > 0."""
    if type(facts) is not dict:
        raise Refused(f"{place}: expected facts as an object")
    strict = True
    for name, power in facts.items():
        integer(power, 1, MAX_EXPONENT, place)
        relation = _fact(problem, name, place).relation
        if relation not in (">", ">=") and not (relation == "!=" and power % 2 == 0):
            raise Refused(f"{place}: {name} to the power {power} has no known sign")
        strict = strict and relation != ">="
    return tuple(sorted(facts.items())), strict


def _product(
    problem: Problem,
    powers: tuple[tuple[str, int], ...],
    known: dict[tuple[tuple[str, int], ...], Polynomial],
) -> Polynomial:
    """Π fact^power, each beginning of the product expanded once."""
    if powers not in known:
        if len(powers) > MAX_DEPTH:
            raise Refused("too many facts in one product")
        name, power = powers[-1]
        factor = problem.algebra.power(problem.facts[name].polynomial, power)
        known[powers] = problem.algebra.multiply(_product(problem, powers[:-1], known), factor)
    return known[powers]


def _fact(problem: Problem, name: Any, place: str) -> Condition:
    if type(name) is not str or name not in problem.facts:
        raise Refused(f"{place}: no fact is named {str(name)[:40]!r} here")
    return problem.facts[name]


def _expand(algebra: Algebra, tree: Any, place: str) -> Polynomial:
    check_tree(tree, algebra.names, place)
    return algebra.polynomial(tree)
