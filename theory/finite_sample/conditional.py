"""Conditional moments: mean parameters after a refit to n samples, given those before, as polynomials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations_with_replacement

import sympy

from theory.ecosystem import Ecosystem, Model
from theory.exponential_family.family import Exprs
from theory.exponential_family.features import NoClosedForm
from theory.exponential_family.law import AbstractLaw, ChanneledLaw, FamilyLaw, FiniteLaw, MixedLaw
from theory.expressions.polynomials import NotPolynomial, TooManyTerms, coefficients
from theory.update_map.retraining import curation_offset, strength_offset, training_set

Monomial = tuple[int, ...]
"""Positions of the mean parameters that are multiplied, in ascending order; () is 1."""
Polynomial = Mapping[Monomial, sympy.Expr]


@dataclass(frozen=True, kw_only=True)
class MeanParameters:
    """The mean parameters of all models, side by side.

    Parameters
    ----------
    symbols : tuple of Symbol
    states : mapping
        Each model's state as expressions in them.
    positions : mapping
        Where each model's mean parameters stand.
    """

    symbols: tuple[sympy.Symbol, ...]
    states: Mapping[str, Exprs]
    positions: Mapping[str, tuple[int, ...]]

    @classmethod
    def of(cls, ecosystem: Ecosystem) -> MeanParameters:
        """Generic mean parameters of an ecosystem's models."""
        symbols: list[sympy.Symbol] = []
        states, positions = {}, {}
        for model in ecosystem.models:
            own = tuple(
                sympy.Symbol(f"{model.name}.T{k}", real=True) for k in range(len(model.family.statistic))
            )
            positions[model.name] = tuple(range(len(symbols), len(symbols) + len(own)))
            states[model.name] = model.family.refit(own)
            symbols += own
        return cls(symbols=tuple(symbols), states=states, positions=positions)

    def polynomial(self, expression: sympy.Expr) -> Polynomial | None:
        """The expression by monomials of degree ≤ 2; None where it is no such polynomial."""
        if not expression.is_polynomial(*self.symbols):
            return None
        try:
            terms = coefficients(sympy.expand(expression), self.symbols)
        except (NotPolynomial, TooManyTerms):
            return None
        if any(sum(exponents) > 2 for exponents in terms):
            return None
        return {_monomial(exponents): value for exponents, value in terms.items()}


@dataclass(frozen=True, kw_only=True)
class Turn:
    """Models that are refitted at the same time, each to n samples of its own."""

    ecosystem: Ecosystem
    models: tuple[Model, ...]
    samples: sympy.Expr
    means: MeanParameters

    def expectation(self, monomial: Monomial) -> Polynomial | None:
        """E of the monomial after the turn, given what was before it; None where that is no polynomial."""
        expression = self._expression(monomial)
        return None if expression is None else self.means.polynomial(expression)

    def _expression(self, monomial: Monomial) -> sympy.Expr | None:
        product = sympy.Mul(*(self._after[k] for k in monomial))
        if len(monomial) < 2 or self._turning.get(monomial[0]) != self._turning.get(monomial[1]):
            return product
        if monomial[0] not in self._turning:
            return product
        joint = self._joint.get(monomial)
        return None if joint is None else (1 - 1 / self.samples) * product + joint / self.samples

    @cached_property
    def _turning(self) -> Mapping[int, str]:
        """The model of each mean parameter that changes."""
        return {k: m.name for m in self.models for k in self.means.positions[m.name]}

    @cached_property
    def _after(self) -> tuple[sympy.Expr, ...]:
        """E of each mean parameter after the turn."""
        after: list[sympy.Expr] = list(self.means.symbols)
        for model in self.models:
            moved = self._law(model).expectations(model.family.statistic)
            for k, value in zip(self.means.positions[model.name], moved, strict=True):
                after[k] = value.xreplace(self._still)
        return tuple(after)

    @cached_property
    def _joint(self) -> Mapping[Monomial, sympy.Expr]:
        """E[T_j T_k] under what each model reads, where it has a closed form."""
        found: dict[Monomial, sympy.Expr] = {}
        for model in self.models:
            law = _explicit(self._law(model))
            named = zip(self.means.positions[model.name], model.family.statistic, strict=True)
            for (j, first), (k, second) in combinations_with_replacement(tuple(named), 2):
                try:
                    (value,) = law.expectations((first * second,))
                except NoClosedForm:
                    continue
                found[j, k] = value.xreplace(self._still)
        return found

    def _law(self, model: Model) -> AbstractLaw:
        return training_set(self.ecosystem, model, self.means.states).law

    @cached_property
    def _still(self) -> Mapping[sympy.Symbol, sympy.Expr]:
        """Every knob at rest."""
        offsets = [strength_offset(u.name) for u in self.ecosystem.users]
        offsets += [curation_offset(m.name) for m in self.ecosystem.models]
        return dict.fromkeys(offsets, sympy.S.Zero)


def turns(ecosystem: Ecosystem, samples: sympy.Expr, means: MeanParameters) -> Iterator[Turn]:
    """The turns of one round: a single one when it is synchronous, else one a model."""
    groups = [ecosystem.models]
    if ecosystem.order is not None:
        groups = [(ecosystem.model(name),) for name in ecosystem.order]
    for models in groups:
        yield Turn(ecosystem=ecosystem, models=models, samples=samples, means=means)


def _explicit(law: AbstractLaw) -> AbstractLaw:
    """The same law with finite supports written out, so that every function has an expectation there."""
    if isinstance(law, MixedLaw):
        return MixedLaw(tuple((weight, _explicit(part)) for weight, part in law.parts))
    if isinstance(law, ChanneledLaw):
        return ChanneledLaw(_explicit(law.source), law.channel)
    if isinstance(law, FamilyLaw) and law.family.finite_support:
        return FiniteLaw(law.family.support_points(), law.family.support_probabilities(law.state))
    return law


def _monomial(exponents: tuple[int, ...]) -> Monomial:
    return tuple(k for k, power in enumerate(exponents) for _ in range(power))
