"""Conditions on one model that reads nothing but what is chosen of its own output."""

from __future__ import annotations

import sympy
from flint import arb, ctx

from proofs_check.conditions.alone_and_saturated import (
    AloneAndSaturated,
    Exprs,
    alone_and_saturated,
    covariance,
    expectation,
)
from proofs_check.conditions.choosers import plain_taste
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import (
    Fact,
    Slack,
    giving,
    judged,
    not_applicable,
    only_replaced,
)
from proofs_check.conditions.known_numbers import KnownNumbers
from theory.analysis import Analysis
from theory.equilibrium.result import Interval
from theory.reward import Taste

_SHAPE = "one model that can be any law on its atoms and reads only its own chosen output"
_ONE_TASTE = "one taste, no noise and no adversary"
_ALONE = Fact("it reads only what is chosen of its own output", holds=True)
_TWO = "K = ∞, one taste, an adversary and no noise"


def concentrates(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K ≥ 2, one reward; gives the mass of the best atoms at the start and the rate of the long run."""
    found = _pure_choice(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    taste = found.only_taste
    if taste is None:
        return not_applicable(claim, _ONE_TASTE)
    ranked = _ranked(found, taste)
    if ranked is None:
        return judged(claim, (Fact("the best atoms of the start are known", holds=None),), ())
    best, next_best = ranked
    mass = sympy.Add(*(p for p, _ in best))
    pool, ratio = found.users.pool, sympy.S.Zero
    if next_best is not None:
        gap = sympy.exp(next_best - best[0][1])
        ratio = gap if pool is None else pool * gap / (pool - 1 + gap)
    return giving(
        judged(claim, (), (found.numbers.slack("P_0(argmax) > 0", mass),)),
        ("P_0(argmax)", found.numbers.interval(mass)),
        ("rate", found.numbers.interval(ratio)),
    )


def one_round_gain(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K ≥ 2, one reward; gives the bound ((K − 1)/K) Var(a)/max a on the first round's gain."""
    found = _pure_choice(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    taste = found.only_taste
    if taste is None:
        return not_applicable(claim, _ONE_TASTE)
    weights, pool = found.weights(taste), found.users.pool
    spread = covariance(found.start, weights, weights)
    if pool is not None:
        spread *= sympy.Rational(pool - 1, pool)
    with ctx.workprec(found.numbers.bits):
        bound = found.numbers.ball(spread) / found.numbers.largest(weights)
    return giving(judged(claim, (_ALONE,), ()), ("gain of E[a] at least", found.numbers.ends(bound)))


def repeated_tilt(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K = ∞, one reward in the span of T; gives until which round the tilt exists, where it ends."""
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    models, numbers = analysis.ecosystem.models, KnownNumbers(analysis)
    streams = models[0].reads if len(models) == 1 else ()
    groups = {s.curators for s in streams}
    if len(groups) != 1 or None in groups or not numbers.is_zero(models[0].real_data_share):
        return not_applicable(claim, "one model that reads only its own output, chosen by one group")
    if models[0].family.answers_prompts or any(s.channel is not None for s in streams):
        return not_applicable(claim, "samples that are not answers to prompts, and no channel")
    taste = plain_taste(analysis, analysis.ecosystem.users_named(str(groups.pop())))
    if taste is None or models[0].family.reward_parts(taste.reward).bends:
        return not_applicable(claim, "K = ∞, one taste in the span of T, no noise and no adversary")
    rounds = sympy.Symbol("rounds", real=True)
    often = Taste(reward=taste.reward, strength=rounds * taste.strength)
    _, _, domain = models[0].family.tilted(tuple(models[0].start), often)
    slacks = [
        numbers.slack("E_0[e^{tr}] is finite for t = 1", d.xreplace({rounds: sympy.S.One})) for d in domain
    ]
    return giving(judged(claim, (_ALONE,), slacks), ("t below", _last_round(numbers, domain, rounds)))


def first_round(claim: str, analysis: Analysis) -> EcosystemCondition:
    """K = ∞, adversaries among the users; gives what the first round adds to E[a], a = e^{βr}."""
    found = _two_crowds(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    own, joint = _moments(found)
    share = found.users.adversary_share
    return giving(
        judged(claim, (_ALONE,), ()),
        ("gain of E[a]", found.numbers.interval((1 - share) * own + share * joint)),
    )


def threshold(claim: str, analysis: Analysis) -> EcosystemCondition:
    """The same ecosystems; gives the share V/(V + |C|) at the start, where C < 0."""
    found = _two_crowds(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    own, joint = _moments(found)
    conflict = found.numbers.ball(joint) < 0
    share = found.numbers.interval(own / (own - joint)) if conflict else None
    return giving(judged(claim, (_ALONE,), ()), ("threshold at the start", share))


def long_run(claim: str, analysis: Analysis) -> EcosystemCondition:
    """The same ecosystems from a start of full support; on two atoms, gives the limit of the first."""
    found = _two_crowds(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    start = found.numbers.ends(found.numbers.least(found.start))
    return giving(judged(claim, (_ALONE,), (Slack("p_0 > 0", start),)), *_limit(found))


def _pure_choice(claim: str, analysis: Analysis) -> AloneAndSaturated | EcosystemCondition:
    if analysis.ecosystem.data.accumulates:
        return only_replaced(claim)
    found = alone_and_saturated(analysis)
    if found is None or not found.numbers.is_zero(1 - found.curated_share):
        return not_applicable(claim, _SHAPE)
    return found


def _two_crowds(claim: str, analysis: Analysis) -> AloneAndSaturated | EcosystemCondition:
    found = _pure_choice(claim, analysis)
    if isinstance(found, EcosystemCondition):
        return found
    users = found.users
    plain = users.pool is None and users.single_taste is not None and found.numbers.is_zero(users.noise)
    return found if plain and users.adversary is not None else not_applicable(claim, _TWO)


def _moments(found: AloneAndSaturated) -> tuple[sympy.Expr, sympy.Expr]:
    """Var(a)/E[a] and Cov(a, b)/E[b] at the start."""
    own, other = _crowds(found)
    law = found.start
    return (
        covariance(law, own, own) / expectation(law, own),
        covariance(law, own, other) / expectation(law, other),
    )


def _crowds(found: AloneAndSaturated) -> tuple[Exprs, Exprs]:
    """Weights a of the users and b of the adversaries."""
    own, other = found.users.all_tastes
    return found.weights(own), found.weights(other)


def _limit(found: AloneAndSaturated) -> tuple[tuple[str, Interval | None], ...]:
    """Where (1 − φ) log E_p a + φ log E_p b is largest on two atoms that the crowds order differently."""
    if len(found.start) != 2:
        return ()
    own, other = _crowds(found)
    share, rise, fall = found.users.adversary_share, own[0] - own[1], other[0] - other[1]
    if not found.numbers.ball(rise * fall) < 0:
        return ()
    inner = found.numbers.ball(-((1 - share) * rise * other[1] + share * fall * own[1]) / (rise * fall))
    with ctx.workprec(found.numbers.bits):
        clipped = inner.max(arb(0)).min(arb(1))
    return (("limit of the first atom", found.numbers.ends(clipped)),)


def _last_round(numbers: KnownNumbers, domain: Exprs, rounds: sympy.Symbol) -> Interval | None:
    """The least t at which an affine condition of the tilt by tr fails; None where none does."""
    ends = []
    for condition in domain:
        if not condition.is_polynomial(rounds) or sympy.degree(condition, rounds) != 1:
            continue
        slope = sympy.expand(condition).coeff(rounds, 1)
        if not numbers.ball(slope) < 0:
            continue
        ends.append(-condition.xreplace({rounds: sympy.S.Zero}) / slope)
    return numbers.ends(numbers.least(ends)) if ends else None


def _ranked(
    found: AloneAndSaturated, taste: Taste
) -> tuple[list[tuple[sympy.Expr, sympy.Expr]], sympy.Expr | None] | None:
    """The best atoms of the start (probability, βr), and the next best βr; None where ties are undecided."""
    occurring = [
        (p, r) for p, r in zip(found.start, found.rewards(taste), strict=True) if not found.numbers.is_zero(p)
    ]
    best = _best(found.numbers, [r for _, r in occurring])
    if best is None:
        return None
    rest = [(p, r) for p, r in occurring if not found.numbers.is_zero(r - best)]
    following = _best(found.numbers, [r for _, r in rest]) if rest else None
    if rest and following is None:
        return None
    return [pair for pair in occurring if pair not in rest], following


def _best(numbers: KnownNumbers, values: list[sympy.Expr]) -> sympy.Expr | None:
    """The largest number, where it is proved to be one: every other is equal to it or smaller."""
    for candidate in values:
        if all(numbers.is_zero(v - candidate) or numbers.ball(v - candidate) < 0 for v in values):
            return candidate
    return None
