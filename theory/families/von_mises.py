"""Von Mises law on the circle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import numpy as np
import sympy

from theory.arithmetic.bessel_clifford import bessel_clifford
from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.features import no_closed_form
from theory.exponential_family.implicit import inverted_gradient
from theory.exponential_family.integrable_parts import spanned_or_integrable
from theory.exponential_family.integration import Integration, Terms
from theory.exponential_family.reward_parts import RewardParts, combined_parts
from theory.exponential_family.sampling import Floats, on_the_line
from theory.exponential_family.support import Support
from theory.quadrature.base.circle import CircleBase
from theory.reward import REWARD_VARIABLE, Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class VonMises(AbstractFamily):
    """Von Mises law of an angle: T = (cos x, sin x), A = log I₀(κ) with κ² = θ₁² + θ₂².

    The state is E[T], the mean resultant, inside the unit disc; θ has no closed form in it.
    """

    name = "von-mises"
    settings = ()
    data_keys = ("cosine", "sine")
    support = Support.ANGLES

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> VonMises:
        return cls()

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        state = tuple(
            read.number(required(table, key, read, place), f"{place}.{key}") for key in self.data_keys
        )
        (inside,) = self.state_domain(state)
        read.require(inside, "> 0", place, "a mean cosine and sine inside the unit disc")
        return state

    @property
    def coordinates(self) -> tuple[str, ...]:
        return ("cosine", "sine")

    @property
    def statistic(self) -> Exprs:
        return (sympy.cos(REWARD_VARIABLE), sympy.sin(REWARD_VARIABLE))

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return -sympy.log(2 * sympy.pi)

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.log(bessel_clifford(0, (natural[0] ** 2 + natural[1] ** 2) / 4))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return inverted_gradient(self, state, start=(sympy.S.Zero, sympy.S.Zero))

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(state)

    def state_domain(self, state: Exprs) -> Exprs:
        return (1 - state[0] ** 2 - state[1] ** 2,)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        """E[cos^m sin^n] = ∂₁^m ∂₂^n I₀/I₀ at θ, with I₀ over θ₁² + θ₂²."""
        if feature in (1, *self.statistic):
            return super().expected_feature(feature, state)
        terms = _terms(feature)
        if terms is None:
            raise no_closed_form(feature, self.name)
        ((degrees, _),) = terms.items()
        symbols, filled = (sympy.Dummy(real=True), sympy.Dummy(real=True)), self.natural(state)
        total = bessel_clifford(0, (symbols[0] ** 2 + symbols[1] ** 2) / 4)
        moment = total.diff(symbols[0], int(degrees[0])).diff(symbols[1], int(degrees[1])) / total
        return moment.xreplace(dict(zip(symbols, filled, strict=True)))

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(mean_parameter)

    def reward_parts(self, reward: Reward) -> RewardParts:
        return spanned_or_integrable(
            self, reward, lambda: combined_parts(reward, self.statistic, (REWARD_VARIABLE,))
        )

    def integration(self, state: Exprs) -> Integration:
        return Integration(
            base=CircleBase(),
            natural=self.natural(state),
            statistic=tuple({feature: sympy.S.One} for feature in CircleBase().statistic),
            terms=_terms,
        )

    def sampling_parameters(self, state: Exprs) -> Exprs:
        return self.natural(state)

    def sample(self, parameters: Floats, generator: np.random.Generator) -> Floats:
        direction = np.arctan2(parameters[1], parameters[0])
        return on_the_line(generator.vonmises(direction, np.hypot(*parameters)))


def _terms(feature: sympy.Expr) -> Terms | None:
    """cos^m sin^n."""
    powers = feature.as_powers_dict()
    found = tuple(
        powers.pop(wave, sympy.S.Zero) for wave in (sympy.cos(REWARD_VARIABLE), sympy.sin(REWARD_VARIABLE))
    )
    if powers or not all(power.is_Integer and power >= 0 for power in found):
        return None
    return {found: sympy.S.One}
