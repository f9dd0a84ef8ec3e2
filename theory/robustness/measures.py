"""Measures: what may fall as adversaries grow, over a model's state or over what the model reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import sympy

from theory.arithmetic.program import AbstractSpecialFunction
from theory.ecosystem import Ecosystem, Model
from theory.errors import InvalidInput
from theory.exponential_family.family import Exprs
from theory.exponential_family.law import AbstractLaw
from theory.reward import Taste
from theory.robustness.weights import Mean, expected_weight, family_weight, log_weight
from theory.update_map import UpdateMap, state_symbols
from theory.update_map.retraining import training_set


class Quantity(Enum):
    """What is compared with its reference."""

    REWARD = "reward"
    """Alignment: the users' own expected reward under the model."""
    WEIGHT = "weight"
    """E[e^{βr}] under the model, r and β the users' own."""
    WEIGHT_READ = "weight read"
    """E[e^{βr}] in the data that the model reads, before it is fitted to them."""


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A quantity of one model, as an expression over its own state.

    Parameters
    ----------
    model : str
    quantity : Quantity
    state : tuple of Symbol
        The model's state names.
    value : Expr
        The quantity, or an increasing function of it.
    domain : tuple of Expr
        Must be > 0 for it to exist.
    """

    model: str
    quantity: Quantity
    state: tuple[sympy.Symbol, ...]
    value: sympy.Expr
    domain: Exprs = ()

    def at(self, state: Exprs) -> Mean:
        """The quantity and its conditions in a state."""
        known = dict(zip(self.state, state, strict=True))
        return Mean(self.value.xreplace(known), tuple(d.xreplace(known) for d in self.domain))


def measures(update_map: UpdateMap) -> tuple[Measure, ...]:
    """Reward, and weight where it has a formula, of every model with users.

    The weight is measured by its logarithm where that is a difference of log-partitions.
    """
    found = []
    for name, reward in update_map.alignments:
        model = update_map.ecosystem.model(name)
        state = state_symbols(model)
        found.append(Measure(model=name, quantity=Quantity.REWARD, state=state, value=reward))
        weight = _model_weight(update_map.ecosystem, model, state)
        if weight is not None:
            found.append(
                Measure(
                    model=name,
                    quantity=Quantity.WEIGHT,
                    state=state,
                    value=weight.value,
                    domain=weight.domain,
                )
            )
    return tuple(found)


def weight_read(ecosystem: Ecosystem, model: Model, states: Mapping[str, Exprs]) -> tuple[Mean, Mean] | None:
    """E[e^{βr}] in what a model reads when each producer is in a state, and under the model itself.

    None without a formula for both, and where a fit keeps every expectation: on categorical supports.
    """
    taste = _own_taste(ecosystem, model)
    if taste is None or model.family.atoms:
        return None
    try:
        read = expected_weight(_read_law(ecosystem, model, states), taste)
        own = family_weight(model.family, states[model.name], taste)
    except InvalidInput:
        return None
    return None if read is None or own is None else (read, own)


def _read_law(ecosystem: Ecosystem, model: Model, states: Mapping[str, Exprs]) -> AbstractLaw:
    return training_set(ecosystem, model, states).law


def _own_taste(ecosystem: Ecosystem, model: Model) -> Taste | None:
    return None if model.users is None else ecosystem.users_named(model.users).single_taste


def _model_weight(ecosystem: Ecosystem, model: Model, state: Exprs) -> Mean | None:
    taste = _own_taste(ecosystem, model)
    if taste is None:
        return None
    if not model.family.finite_support:
        return log_weight(model.family, state, taste)
    weight = family_weight(model.family, state, taste)
    return None if weight is None or weight.value.has(AbstractSpecialFunction) else weight
