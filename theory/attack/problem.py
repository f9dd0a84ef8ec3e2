"""AttackProblem: whose labels may be flipped, how many, and what it is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from theory.attack.numbers import Flips, Floats
from theory.attack.objective import Objective
from theory.attack.preferences import Preferences
from theory.attack.reward_fit import fit, hessian
from theory.errors import InvalidInput


@dataclass(frozen=True, kw_only=True, eq=False)
class AttackProblem:
    """Flip the labels of at most `budget` pairs so that the reward fitted to them is as bad as possible.

    The attacker may turn labels round and nothing else: pairs are neither added, removed nor edited, and
    a label is flipped once or not at all.  The victim then fits the same regularised Bradley–Terry model as
    before.  Bad is a low `Objective` on the model's law, here uniform on the items.

    Parameters
    ----------
    preferences : Preferences
        As people gave them.
    budget : int
        B, from 0 to the number of pairs.
    ridge : float
        > 0, of the victim's fit.
    penalty : float
        ≥ 0, as in `Objective`.

    Raises
    ------
    InvalidInput
        When a number is outside its range.
    """

    preferences: Preferences
    budget: int
    ridge: float = 1.0
    penalty: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.budget <= len(self.preferences):
            expected = f"a budget of 0 to {len(self.preferences)} flips"
            raise InvalidInput(expected=expected, found=str(self.budget), place="budget")
        for name, value, least in (("ridge", self.ridge, "> 0"), ("penalty", self.penalty, "≥ 0")):
            fine = np.isfinite(value) and (value > 0 or (value == 0 and least == "≥ 0"))
            if not fine:
                raise InvalidInput(expected=f"a finite number {least}", found=str(value), place=name)

    @cached_property
    def differences(self) -> Floats:
        """z of every pair, shape ``(m, d)``."""
        return self.preferences.differences

    @cached_property
    def untouched(self) -> Floats:
        """θ, fitted to the labels that people gave, shape ``(d,)``."""
        return fit(self.differences, self.preferences.labels, self.ridge)

    @cached_property
    def objective(self) -> Objective:
        """What the attacker lowers."""
        items = len(self.preferences.features)
        return Objective(
            features=self.preferences.features,
            law=np.full(items, 1 / items),
            untouched=self.untouched,
            penalty=self.penalty,
        )

    def fitted(self, labels: Floats) -> Floats:
        """θ̂ for labels of shape ``(…, m)``, shape ``(…, d)``."""
        return fit(self.differences, labels, self.ridge, self.untouched)

    def attacked(self, flips: Flips) -> Floats:
        """θ̂ after the flips, shape ``(d,)``."""
        return self.fitted(self.preferences.flipped(flips))

    def values(self, choices: Sequence[Flips]) -> Floats:
        """The objective after each choice of flips, with the reward fitted anew, one number a choice."""
        labels = np.array([self.preferences.flipped(flips) for flips in choices])
        return self.objective.value(self.fitted(labels))

    def influence(self, labels: Floats) -> Floats:
        """Derivative of the objective along each pair's flip, at labels in [0, 1], shape ``(m,)``.

        The fit obeys Σ (σ(u) − o) z + ridge·θ̂ = 0, so ∂θ̂/∂o_k = H⁻¹ z_k; a flip moves o_k by 1 − 2o_k of the
        label that was given.
        """
        parameters = self.fitted(labels)
        curvature = hessian(self.differences, self.ridge, parameters)
        response = np.linalg.solve(curvature, self.objective.gradient(parameters))
        found: Floats = (1 - 2 * self.preferences.labels) * (self.differences @ response)
        return found

    def penalised(self, penalty: float) -> AttackProblem:
        """The same problem with another weight on the distance."""
        return replace(self, penalty=penalty)

    def within(self, budget: int) -> AttackProblem:
        """The same problem with another budget."""
        return replace(self, budget=budget)
