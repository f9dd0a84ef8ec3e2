"""Plans: which facts, products, multipliers and degrees a search for squares may use, in turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.gram import Ansatz, Block, Cofactor, Weight
from proofs_check.proving.gram_bases import Bounds, TooManyMonomials, bounds_of, dot
from proofs_check.proving.workspace import Known, Term, Workspace

MAX_FACTS = 12
MAX_VARIABLES = 12
MAX_BLOCKS = 300
MAX_REPEATED = 4
MAX_WORK = 60_000


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a search draws on: indeterminates, inequalities and equations over them."""

    variables: tuple[int, ...]
    facts: tuple[Known, ...]
    equations: tuple[Known, ...]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Products of up to `products` facts, multipliers of one kind, `extra` degrees above what is given.

    Products of three and more facts stand without a square but for the least.  `multipliers` is ``one``,
    ``facts`` (1 and the facts), ``pairs`` (products of two) or ``squares`` (1 and the squared variables).
    """

    products: int
    multipliers: str = "one"
    extra: int = 0


PLANS = (
    Plan(products=1),
    Plan(products=2),
    Plan(products=4),
    Plan(products=2, multipliers="facts"),
    Plan(products=1, multipliers="squares"),
    Plan(products=2, extra=2),
    Plan(products=3, multipliers="pairs"),
)


def inputs_about(goal: fmpq_mpoly, known: Sequence[Known]) -> Iterator[Inputs]:
    """What is known about the goal's own variables, then about those that facts tie them to."""
    near = _variables(goal)
    reach = near.union(*(_variables(f.polynomial) for f in known if near & _variables(f.polynomial)))
    previous: Inputs | None = None
    for variables in (near, reach):
        inputs = _inputs(variables, known)
        if len(variables) <= MAX_VARIABLES and inputs != previous:
            yield inputs
        previous = inputs


def ansatzes(
    workspace: Workspace, goal: fmpq_mpoly, inputs: Inputs, plan: Plan, *, strict: bool
) -> Iterator[Ansatz]:
    """The unknown identities of a plan, one for each grade that its multipliers have.

    Parameters
    ----------
    workspace : Workspace
    goal : fmpq_mpoly
    inputs : Inputs
    plan : Plan
    strict : bool
        Whether terms that are surely > 0 are wanted.
    """
    for multipliers in _multipliers(workspace, goal, inputs, plan):
        bounds = _bounds(goal, multipliers, inputs, plan.extra)
        surplus = _surplus(workspace, inputs, bounds) if strict else ()
        try:
            blocks = _blocks(workspace, inputs, bounds, plan.products)
            cofactors = _cofactors(workspace, inputs, bounds)
        except TooManyMonomials:
            continue
        if blocks is not None and (surplus or not strict):
            yield Ansatz(
                goal=goal, multipliers=multipliers, blocks=blocks, surplus=surplus, cofactors=cofactors
            )


def _inputs(variables: frozenset[int], known: Sequence[Known]) -> Inputs:
    inside = [f for f in known if not f.polynomial.is_constant() and _variables(f.polynomial) <= variables]
    facts: dict[tuple[object, ...], Known] = {}
    for fact in sorted(inside, key=lambda f: (">=", "!=", ">", "=").index(f.relation)):
        lead = fact.polynomial.leading_coefficient()
        monic = fact.polynomial / (lead if fact.relation in ("!=", "=") or lead > 0 else -lead)
        facts[(fact.relation in ("!=", "="), *monic.to_dict().items())] = fact
    distinct = sorted(facts.values(), key=lambda f: (len(f.polynomial), f.name))
    return Inputs(
        variables=tuple(sorted(variables)),
        facts=tuple(f for f in distinct if f.relation != "=")[:MAX_FACTS],
        equations=tuple(f for f in distinct if f.relation == "="),
    )


def _multipliers(
    workspace: Workspace, goal: fmpq_mpoly, inputs: Inputs, plan: Plan
) -> Iterator[tuple[Weight, ...]]:
    """Multipliers of the plan's kind in groups of equal grade, each with one that is surely > 0."""
    one = _weight(workspace, ())
    found = [one]
    if plan.multipliers == "facts":
        found += [_weight(workspace, (fact,)) for fact in inputs.facts]
    elif plan.multipliers == "pairs":
        found += [_weight(workspace, pair) for pair in combinations(inputs.facts, 2)]
    elif plan.multipliers == "squares":
        roots = (workspace.context.gens()[k] for k in inputs.variables)
        found += [
            Weight(term=Term(coefficient=fmpq(1), square=root), polynomial=root * root, strict=False)
            for root in roots
        ]
    gradings = _bounds(goal, (one,), inputs, 0).gradings
    groups: dict[tuple[int, ...], list[Weight]] = {}
    for weight in found:
        lead = min(weight.polynomial.to_dict())
        groups.setdefault(tuple(dot(grading, lead) for grading in gradings), []).append(weight)
    for group in groups.values():
        if any(w.strict for w in group) and (plan.multipliers == "one" or group != [one]):
            yield tuple(group)


def _bounds(goal: fmpq_mpoly, multipliers: Sequence[Weight], inputs: Inputs, extra: int) -> Bounds:
    return bounds_of(
        goal,
        [weight.polynomial for weight in multipliers],
        [fact.polynomial for fact in inputs.facts],
        [fact.polynomial for fact in inputs.equations],
        variables=inputs.variables,
        extra=extra,
    )


def _blocks(workspace: Workspace, inputs: Inputs, bounds: Bounds, most: int) -> tuple[Block, ...] | None:
    """One block for each product of at most `most` facts and each parity; None when they are too many."""
    facts = [fact for fact in inputs.facts if fact.relation != "!="]
    blocks: list[Block] = []
    work = 0
    for count in range(most + 1):
        for chosen in combinations(facts, count):
            weight = _weight(workspace, chosen)
            for roots in bounds.roots(weight.polynomial)[: 1 if count > 2 else None]:
                monomials = tuple(
                    _monomial(workspace, exponents) for exponents in (roots if count < 3 else roots[:1])
                )
                blocks.append(Block(weight=weight, roots=monomials))
                work += len(monomials) ** 2 * len(weight.polynomial)
            if len(blocks) > MAX_BLOCKS or work > MAX_WORK:
                return None
    return tuple(blocks)


def _cofactors(workspace: Workspace, inputs: Inputs, bounds: Bounds) -> tuple[Cofactor, ...]:
    found = []
    for equation in inputs.equations:
        for exponents in bounds.cofactors(equation.polynomial):
            monomial = _monomial(workspace, exponents)
            polynomial = monomial * equation.polynomial
            found.append(Cofactor(equation=equation.name, monomial=monomial, polynomial=polynomial))
    return tuple(found)


def _surplus(workspace: Workspace, inputs: Inputs, bounds: Bounds) -> tuple[Weight, ...]:
    """Products of at most two facts (four where gradings ask for it or facts are few) that are surely > 0."""
    facts = [fact for fact in inputs.facts if fact.relation in (">", "!=")]
    found: list[Weight] = []
    for count in range(5 if bounds.gradings or len(facts) <= MAX_REPEATED else 3):
        for chosen in combinations_with_replacement(facts, count):
            weight = _weight(workspace, chosen)
            found += [weight] if bounds.fits(weight.polynomial) else []
    return tuple(found[:MAX_BLOCKS])


def _weight(workspace: Workspace, facts: Sequence[Known]) -> Weight:
    """The product of the facts; a fact that is only known to be nonzero is squared."""
    powers: dict[str, int] = {}
    polynomial = workspace.constant(1)
    for fact in facts:
        power = 2 if fact.relation == "!=" else 1
        powers[fact.name] = powers.get(fact.name, 0) + power
        polynomial = polynomial * fact.polynomial**power
    strict = all(fact.relation != ">=" for fact in facts)
    return Weight(term=Term(coefficient=fmpq(1), facts=powers), polynomial=polynomial, strict=strict)


def _monomial(workspace: Workspace, exponents: tuple[int, ...]) -> fmpq_mpoly:
    return workspace.context.from_dict({exponents: 1})


def _variables(polynomial: fmpq_mpoly) -> frozenset[int]:
    return frozenset(k for k, degree in enumerate(polynomial.degrees()) if degree)
