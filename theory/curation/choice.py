"""Curation: the law that people keep of what a model produces.

Of K candidates one is kept with probability ∝ e^{βr} (Luce, Bradley–Terry); K = ∞ is the
tilt.  Noise keeps a uniform candidate, people of several tastes and adversaries choose each by
their own, and the curated law is the mixture of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import sympy

from theory.curation.pool import kept_probabilities
from theory.curation.pooled import pooled_law
from theory.curation.selected_normal import tilted_normal
from theory.curation.tilted import tilted_law
from theory.ecosystem import Users
from theory.errors import InvalidInput
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.law import AbstractLaw, FamilyLaw, FiniteLaw, MixedLaw
from theory.reward import Taste


@dataclass(frozen=True)
class Output:
    """A law that a model's readers see, and what must be > 0 for it to exist."""

    law: AbstractLaw
    domain: Exprs = ()


def raw_output(family: AbstractFamily, state: Exprs) -> Output:
    """What the model produces, uncurated."""
    return Output(FamilyLaw(family, tuple(state)))


def chosen_output(family: AbstractFamily, state: Exprs, taste: Taste, pool: int | None) -> Output:
    """C_K: what a single taste keeps of K candidates.

    Parameters
    ----------
    family : AbstractFamily
        The producer's.
    state : tuple of Expr
        The producer's state.
    taste : Taste
        Whoever chooses.
    pool : int or None
        K; None is K = ∞, the tilt.

    Raises
    ------
    InvalidInput
        When the pool is finite and the family has no closed form for it.
    """
    outside = family.reward_parts(taste.reward).outside
    wider = None if outside is None else family.widened(tuple(state))
    if wider is not None:
        return chosen_output(*wider, taste, pool)
    if pool is None and outside is not None:
        return _integrated(family, state, taste)
    if pool is None and family.finite_support and family.reward_parts(taste.reward).bends:
        kept = _reweighted_probabilities(family, state, taste)
        return Output(FiniteLaw(family.support_points(), kept))
    if pool is None:
        base, tilted, domain = family.tilted(state, taste)
        return Output(FamilyLaw(base, tilted), domain)
    if not family.finite_support:
        law = pooled_law(family, tuple(state), taste, pool)
        if law is None:
            raise InvalidInput(
                expected=f'pool = "inf" on family {family.name}',
                found=str(pool),
                hint="finite pools exist on finite supports, and for some rewards on other families",
            )
        return Output(law)
    return Output(_kept_law(family, state, taste, pool))


def _kept_law(family: AbstractFamily, state: Exprs, taste: Taste, pool: int) -> AbstractLaw:
    """The law kept of K candidates, which are answers to one prompt where there are prompts."""
    weights = _choice_weights(family, taste)
    chances, points = family.support_probabilities(state), family.support_points()
    parts = tuple(
        (share, FiniteLaw(points[menu], kept_probabilities(chances[menu], weights[menu], pool)))
        for share, menu in family.menus(state)
    )
    return parts[0][1] if len(parts) == 1 else MixedLaw(parts)


@lru_cache(maxsize=1024)
def curated_output(family: AbstractFamily, state: Exprs, users: Users, strength_offset: sympy.Expr) -> Output:
    """What `users` keep: the mixture of what each taste among them keeps, noise and adversary included.

    `strength_offset` is added to the users' strength, as in `Users.choices`.
    """
    outputs = [
        (probability, _output(family, state, taste, users.pool))
        for probability, taste in users.choices(strength_offset)
    ]
    domain = tuple(dict.fromkeys(d for _, output in outputs for d in output.domain))
    if len(outputs) == 1:
        return outputs[0][1]
    return Output(MixedLaw(tuple((weight, output.law) for weight, output in outputs)), domain)


def _integrated(family: AbstractFamily, state: Exprs, taste: Taste) -> Output:
    """The tilt by a reward outside the span of T, by quadrature."""
    tilted = tilted_normal(family, state, taste) or tilted_law(family, tuple(state), taste)
    if tilted is None:
        raise InvalidInput(
            expected=f"a reward in the span of {family.statistic}", found=str(taste.reward.polynomial)
        )
    return Output(*tilted)


def _choice_weights(family: AbstractFamily, taste: Taste) -> Exprs:
    """e^{βr} at each point of a finite support."""
    return tuple(sympy.exp(taste.strength * r) for r in family.support_rewards(taste.reward))


def _reweighted_probabilities(family: AbstractFamily, state: Exprs, taste: Taste) -> Exprs:
    """The tilt on a finite support by a reward outside the span of T, point by point."""
    chances = family.support_probabilities(state)
    masses = [p * a for p, a in zip(chances, _choice_weights(family, taste), strict=True)]
    total = sympy.Add(*masses)
    return tuple(mass / total for mass in masses)


def _output(family: AbstractFamily, state: Exprs, taste: Taste | None, pool: int | None) -> Output:
    return raw_output(family, state) if taste is None else chosen_output(family, state, taste, pool)
