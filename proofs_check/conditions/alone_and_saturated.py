"""One model that can be any law on finitely many atoms and reads only real data and its own output."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.conditions.choosers import only_taste, plain_taste
from proofs_check.conditions.judgement import Fact, Slack
from proofs_check.conditions.known_numbers import KnownNumbers
from proofs_check.conditions.saturated_models import SATURATED
from theory.analysis import Analysis
from theory.ecosystem import Model, Users
from theory.reward import Taste

Exprs = tuple[sympy.Expr, ...]


@dataclass(frozen=True)
class AloneAndSaturated:
    """The model, and the one group that chooses among what it makes."""

    analysis: Analysis
    model: Model
    users: Users

    @cached_property
    def numbers(self) -> KnownNumbers:
        """What can be evaluated without an equilibrium."""
        return KnownNumbers(self.analysis)

    @property
    def real_share(self) -> sympy.Expr:
        """α."""
        return self.model.real_data_share

    @property
    def curated_share(self) -> sympy.Expr:
        """Share of chosen output."""
        return self.model.curation_share

    @property
    def raw_share(self) -> sympy.Expr:
        """Share of output as it is made."""
        return 1 - self.real_share - self.curated_share

    @property
    def start(self) -> Exprs:
        """p_0."""
        return self._law(self.model.start)

    @property
    def real_law(self) -> Exprs:
        """p_ref, where there are real data."""
        return self._law(self.model.real.state) if self.model.real else ()

    def _law(self, state: Exprs) -> Exprs:
        return self.model.family.support_probabilities(tuple(state))

    def weights(self, taste: Taste) -> Exprs:
        """a = e^{βr} at each atom."""
        return tuple(sympy.exp(r) for r in self.rewards(taste))

    def rewards(self, taste: Taste) -> Exprs:
        """βr at each atom."""
        return tuple(taste.strength * r for r in self.model.family.support_rewards(taste.reward))

    @property
    def plain_taste(self) -> Taste | None:
        """The one taste that chooses with K = ∞."""
        return plain_taste(self.analysis, self.users)

    @property
    def only_taste(self) -> Taste | None:
        """The one taste that chooses, from a pool of any size."""
        return only_taste(self.analysis, self.users)

    @property
    def is_all_curated(self) -> bool:
        """Whether all but real data is chosen."""
        return self.numbers.is_zero(self.raw_share)

    @property
    def has_real_data(self) -> bool:
        """Whether real data are read (their share may still be 0 at the values)."""
        return self.model.real is not None and not self.numbers.is_zero(self.real_share)

    def full_support(self) -> Slack:
        """p_ref > 0 at every atom."""
        return Slack("p_ref > 0", self.numbers.ends(self.numbers.least(self.real_law)))

    def real_data(self) -> Slack:
        """α > 0."""
        return self.numbers.slack("real share > 0", self.real_share)

    def starts_at_real_data(self) -> Fact:
        """p_0 = p_ref, exactly."""
        gaps = [p - q for p, q in zip(self.start, self.real_law, strict=True)]
        if all(self.numbers.is_zero(gap) for gap in gaps):
            return Fact("the start is the real data", holds=True)
        apart = any(not self.numbers.ball(gap).contains(0) for gap in gaps)
        return Fact("the start is the real data", holds=False if apart else None)

    def prefers_something(self, taste: Taste) -> Fact:
        """The reward is not constant on the atoms; None when neither is proved."""
        first, *others = self.rewards(taste)
        gaps = [r - first for r in others]
        if all(self.numbers.is_zero(g) for g in gaps):
            return Fact("the reward is not constant", holds=False)
        varied = any(not self.numbers.ball(g).contains(0) for g in gaps)
        return Fact("the reward is not constant", varied or None)


def alone_and_saturated(analysis: Analysis) -> AloneAndSaturated | None:
    """The model with its curators, or None for ecosystems of another shape."""
    ecosystem = analysis.ecosystem
    if len(ecosystem.models) != 1 or ecosystem.models[0].family.name not in SATURATED:
        return None
    (model,) = ecosystem.models
    groups = {s.curators for s in model.reads if s.curators is not None and s.share != 0}
    if len(groups) != 1:
        return None
    return AloneAndSaturated(analysis, model, ecosystem.users_named(groups.pop()))


def expectation(law: Exprs, values: Exprs) -> sympy.Expr:
    """Σ p_i f_i."""
    return sympy.Add(*(p * f for p, f in zip(law, values, strict=True)))


def covariance(law: Exprs, first: Exprs, second: Exprs) -> sympy.Expr:
    """Cov(f, g) under a law."""
    product = tuple(f * g for f, g in zip(first, second, strict=True))
    return expectation(law, product) - expectation(law, first) * expectation(law, second)
