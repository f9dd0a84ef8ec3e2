"""Categorical law: any probabilities on finitely many named atoms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.reward_parts import RewardParts, table_values
from theory.exponential_family.support import Support
from theory.reward import Reward

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class Categorical(AbstractFamily):
    """Probabilities p_k on atoms: T_k the atom's indicator, θ_k = log p_k, A = log Σ e^{θ_k}.

    θ has one dimension too many (adding a constant to all changes nothing), which keeps
    every formula regular where some p_k = 0.
    """

    atom_names: tuple[str, ...]

    name = "categorical"
    settings = ("atoms",)
    data_keys = ("probabilities",)
    support = Support.ATOMS
    finite_support = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> Categorical:
        return cls(read.names(required(table, "atoms", read, place), f"{place}.atoms"))

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        given = required(table, "probabilities", read, place)
        place = f"{place}.probabilities"
        probabilities = read.vector(given, place, length=len(self.atom_names))
        for k, probability in enumerate(probabilities):
            read.require(probability, ">= 0", f"{place}[{k}]", "a probability ≥ 0")
        total = sympy.Add(*probabilities)
        read.require_zero(total - 1, place, "probabilities that sum to 1", f"a sum of {read.shown(total)}")
        return tuple(probabilities)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return self.atom_names

    @property
    def atoms(self) -> tuple[str, ...]:
        return self.atom_names

    @property
    def statistic(self) -> Exprs:
        return tuple(sympy.Symbol(atom, real=True) for atom in self.atom_names)

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        return sympy.log(sympy.Add(*(sympy.exp(t) for t in natural)))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return tuple(sympy.log(p) for p in state)

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(state)

    def state_domain(self, state: Exprs) -> Exprs:
        return ()

    def nonnegative(self, state: Exprs) -> Exprs:
        return tuple(state)

    def dependent(self, state: Exprs) -> tuple[tuple[int, sympy.Expr], ...]:
        return ((len(state) - 1, 1 - sympy.Add(*state[:-1])),)

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(mean_parameter)

    def reward_parts(self, reward: Reward) -> RewardParts:
        return RewardParts(constant=sympy.S.Zero, linear=self.support_rewards(reward))

    def support_rewards(self, reward: Reward) -> Exprs:
        return table_values(reward, len(self.atom_names))

    def support_probabilities(self, state: Exprs) -> Exprs:
        return tuple(state)

    def support_points(self) -> tuple[Mapping[sympy.Symbol, sympy.Expr], ...]:
        atoms = self.statistic
        return tuple({a: sympy.Integer(a == atom) for a in atoms} for atom in atoms)
