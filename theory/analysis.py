"""Analysis of one ecosystem: update map, equilibria, alignment, influences, in that order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, ctx

from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.problem import ball_values, rational_values
from theory.equilibrium.result import Equilibria, Equilibrium, Existence
from theory.equilibrium.solve import solve
from theory.equilibrium.threshold import Threshold, thresholds
from theory.errors import InvalidInput
from theory.influence import Influence
from theory.influence.derivatives import InfluenceDerivatives
from theory.influence.isolated import IsolatedModels
from theory.influence.table import influences
from theory.update_map import UpdateMap, derive
from theory.wording import describe, nearest

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class EquilibriumReport:
    """An equilibrium with what follows from it.

    `alignment` has one ball a model with users, and is empty where existence is unresolved;
    `influence` is empty where I − J is not proved invertible.
    """

    equilibrium: Equilibrium
    alignment: tuple[tuple[str, arb], ...]
    influence: tuple[Influence, ...]


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """Everything about one ecosystem.

    `thresholds` enclose the strengths at which iteration stops converging, where it is proved not to.
    """

    ecosystem: Ecosystem
    update_map: UpdateMap
    equilibria: Equilibria
    reports: tuple[EquilibriumReport, ...]
    thresholds: tuple[Threshold, ...]
    budget: Budget

    @property
    def reached(self) -> EquilibriumReport | None:
        """The report on the equilibrium that is proved to be reached."""
        index = self.equilibria.reached
        return None if index is None else self.reports[index]


def analyze(
    ecosystem: Ecosystem,
    budget: Budget,
    *,
    on: str | None = None,
    knob: str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Everything about one ecosystem, certified.

    Parameters
    ----------
    ecosystem : Ecosystem
    budget : Budget
        Its seconds are for each equilibrium; where they are spent, verdicts are undecided.
    on : str or None
        Only influences on this model.
    knob : str or None
        Only influences of this knob.
    progress : callable or None
        Receives short messages.

    Raises
    ------
    InvalidInput
        When `on` is not a model with users, or `knob` not a knob.
    """
    tell = progress or (lambda _: None)
    tell("update map")
    update_map = derive(ecosystem)
    derivatives = InfluenceDerivatives(
        update_map=update_map,
        knobs=tuple(k for k in update_map.knobs if k.name in _chosen(knob, _knobs(update_map), "knob")),
        models=_chosen(on, tuple(name for name, _ in update_map.alignments), "on"),
    )
    equilibria = solve(update_map, budget.started(), tell)
    isolated = IsolatedModels(ecosystem=ecosystem, budget=budget)
    if len(ecosystem.models) == 1 and ecosystem.models[0].real is not None:
        isolated.already_solved(update_map, equilibria)
    reports = []
    for number, equilibrium in enumerate(equilibria.found, start=1):
        tell(f"influences at equilibrium {number} of {len(equilibria.found)}")
        reports.append(
            EquilibriumReport(
                equilibrium=equilibrium,
                alignment=_alignment(update_map, equilibrium, budget),
                influence=influences(derivatives, equilibrium, isolated, budget.started()),
            )
        )
    tell("thresholds")
    return Analysis(
        ecosystem=ecosystem,
        update_map=update_map,
        equilibria=equilibria,
        reports=tuple(reports),
        thresholds=thresholds(update_map, equilibria, budget.started()),
        budget=budget,
    )


def _alignment(
    update_map: UpdateMap, equilibrium: Equilibrium, budget: Budget
) -> tuple[tuple[str, arb], ...]:
    """R_i at the equilibrium, exactly where it is rational."""
    if equilibrium.existence is not Existence.CERTIFIED:
        return ()
    names = [name for name, _ in update_map.alignments]
    values = dict(update_map.values)
    rewards = [reward.xreplace(values) for _, reward in update_map.alignments]
    program = Program.compile(rewards, update_map.state)
    bits = precision_for(budget.digits)
    exact = None if equilibrium.exact is None else rational_values(program, equilibrium.exact)
    if exact is None:
        return tuple(zip(names, ball_values(program, equilibrium.point, bits), strict=True))
    with ctx.workprec(bits):
        return tuple((name, arb(x)) for name, x in zip(names, exact, strict=True))


def _knobs(update_map: UpdateMap) -> tuple[str, ...]:
    return tuple(k.name for k in update_map.knobs)


def _chosen(wanted: str | None, known: tuple[str, ...], place: str) -> tuple[str, ...]:
    """The names asked for: all of them, or the one wanted."""
    if wanted is None:
        return known
    if wanted not in known:
        raise InvalidInput(
            expected="a model with users" if place == "on" else "a knob of this ecosystem",
            found=describe(wanted),
            place=f"--{place}",
            hint=nearest(wanted, known),
        )
    return (wanted,)
