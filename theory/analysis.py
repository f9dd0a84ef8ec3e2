"""Analysis of one ecosystem: update map, equilibria, alignment, influences, in that order."""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb

from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.equilibrium.result import Equilibria, Equilibrium
from theory.influence import Influence
from theory.update_map import UpdateMap


@dataclass(frozen=True, kw_only=True)
class EquilibriumReport:
    """An equilibrium with what follows from it.

    `alignment` has one ball (or None) a model with users; `influence` is empty where I − J is not proved
    invertible.
    """

    equilibrium: Equilibrium
    alignment: tuple[tuple[str, arb], ...]
    influence: tuple[Influence, ...]


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Everything about one ecosystem."""

    ecosystem: Ecosystem
    update_map: UpdateMap
    equilibria: Equilibria
    reports: tuple[EquilibriumReport, ...]
    budget: Budget

    @property
    def reached(self) -> EquilibriumReport | None:
        """The report on the equilibrium that is proved to be reached."""
        index = self.equilibria.reached
        return None if index is None else self.reports[index]
