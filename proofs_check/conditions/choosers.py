"""How users choose, whether their reward varies, and which streams their strength moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.conditions.at_equilibrium import AtEquilibrium
from proofs_check.conditions.judgement import Fact
from theory.analysis import Analysis
from theory.ecosystem import Ecosystem, Model, Stream, Users
from theory.expressions.polynomials import is_identically_zero
from theory.reward import Reward, Taste

NO_PROMPTS = "models whose samples are not answers to prompts"


@dataclass(frozen=True)
class StrengthKnob:
    """The strength of a model's own users, and what they curate in the whole ecosystem."""

    ecosystem: Ecosystem
    model: Model
    users: Users

    @cached_property
    def curated(self) -> tuple[tuple[Model, Stream], ...]:
        """Every stream that these users curate, with its reader."""
        return tuple((m, s) for m, s in self.ecosystem.streams() if s.curators == self.users.name)

    @property
    def affected(self) -> tuple[Model, ...]:
        """The model, and those whose output these users choose from."""
        return (self.model, *(self.ecosystem.model(s.producer) for _, s in self.curated))

    @property
    def is_own(self) -> bool:
        """They curate what the model reads from itself, and nothing else."""
        own = all(m.name == s.producer == self.model.name for m, s in self.curated)
        return bool(self.curated) and own

    @property
    def is_consumer(self) -> bool:
        """They curate all that the model reads, and nothing else."""
        return bool(self.curated) and self.curated == tuple((self.model, s) for s in self.model.reads)

    @property
    def is_producer(self) -> bool:
        """They curate all that is made from the model, and nothing else."""
        made = tuple((m, s) for m, s in self.ecosystem.streams() if s.producer == self.model.name)
        return bool(self.curated) and self.curated == made

    @property
    def has_a_known_reach(self) -> bool:
        """It is an own, a consumer or a producer knob."""
        return self.is_own or self.is_consumer or self.is_producer

    @property
    def own_share(self) -> sympy.Expr:
        """Share of the model's own output that they curate, in the model's data."""
        return sympy.Add(*(s.share for m, s in self.curated if m.name == s.producer == self.model.name))


def strength_knobs(ecosystem: Ecosystem) -> Iterator[StrengthKnob]:
    """The strength of each model's own users, models in file order."""
    for model in ecosystem.models:
        if model.users is not None:
            yield StrengthKnob(ecosystem, model, ecosystem.users_named(model.users))


def plain_taste(analysis: Analysis, users: Users) -> Taste | None:
    """The one taste by which users choose with K = ∞, without noise or adversary; None for others."""
    return only_taste(analysis, users) if users.pool is None else None


def only_taste(analysis: Analysis, users: Users) -> Taste | None:
    """The one taste by which users choose, without noise or adversary, from a pool of any size; else None."""
    exact = [analysis.update_map.at_values(e) for e in (users.noise, users.adversary_share)]
    return users.single_taste if all(is_identically_zero(e) for e in exact) else None


def chooses_plainly(analysis: Analysis, users: Users) -> bool:
    """K = ∞, one taste, no noise and no adversary."""
    return plain_taste(analysis, users) is not None


def linear_tilt(model: Model, taste: Taste) -> sympy.Expr:
    """t in the tilt e^{tx}: strength times the reward's slope along the first statistic."""
    return taste.strength * model.family.reward_parts(taste.reward).linear[0]


def in_the_span(model: Model, reward: Reward) -> bool:
    """Whether a reward is ⟨c,T⟩ plus a constant on what the model makes."""
    return not model.family.reward_parts(reward).bends


def is_linear(model: Model, reward: Reward, at_values: Callable[[sympy.Expr], sympy.Expr]) -> bool:
    """Whether a reward on a Gaussian is a multiple of x plus a constant."""
    parts = model.family.reward_parts(reward)
    return not parts.bends and is_identically_zero(at_values(parts.linear[1]))


def any_answers_prompts(analysis: Analysis) -> bool:
    """Whether some model is trained on pairs, whose fit need not match the mean of its statistic."""
    return any(m.family.answers_prompts for m in analysis.ecosystem.models)


def varied_reward(model: Model, reward: Reward, place: AtEquilibrium) -> Fact:
    """The reward is not constant almost surely under the model's law at the equilibrium."""
    words = f"the reward is not constant almost surely ({model.name})"
    if model.family.finite_support:
        rewards = model.family.support_rewards(reward)
        weights = model.family.support_probabilities(state_of(place, model))
        return Fact(words, is_positive(place, _variance(rewards, weights)))
    parts = model.family.reward_parts(reward)
    return Fact(words, is_positive(place, sympy.Add(*(c**2 for c in parts.linear))))


def inner_law(model: Model, place: AtEquilibrium) -> Fact:
    """The model's law is inside its family, not on the boundary."""
    bounds = model.family.nonnegative(state_of(place, model))
    signs = [is_positive(place, bound) for bound in bounds]
    holds = False if False in signs else (None if None in signs else True)
    return Fact(f"every outcome of {model.name} has positive probability", holds)


def state_of(place: AtEquilibrium, model: Model) -> tuple[sympy.Symbol, ...]:
    """The states of one model."""
    return tuple(s for s in place.analysis.update_map.state if s.name.startswith(f"{model.name}."))


def is_positive(place: AtEquilibrium, expression: sympy.Expr) -> bool | None:
    """Whether a non-negative quantity is positive at the equilibrium; None when it is not proved."""
    if is_identically_zero(place.analysis.update_map.at_values(expression)):
        return False
    return True if place.values([expression])[0] > 0 else None


def _variance(rewards: Sequence[sympy.Expr], weights: Sequence[sympy.Expr]) -> sympy.Expr:
    """Σ_{i<j} p_i p_j (r_i − r_j)²."""
    n = len(rewards)
    return sympy.Add(
        *(weights[i] * weights[j] * (rewards[i] - rewards[j]) ** 2 for i in range(n) for j in range(i + 1, n))
    )
