"""Robustness report: for every group of curators and every model with users, where which measure falls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sympy

from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.errors import InvalidInput
from theory.reward import Taste
from theory.robustness.adversarial import adversarial_ecosystem, curating_groups
from theory.robustness.long_run import long_run
from theory.robustness.measures import measures
from theory.robustness.rows import Row
from theory.robustness.short_run import short_run
from theory.update_map import derive
from theory.wording import describe, nearest

Progress = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Adversaries:
    """What the adversaries among one group want, whether the file says so, and their share in the file."""

    users: str
    taste: Taste
    declared: bool
    share: sympy.Expr


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """The robustness report of one ecosystem."""

    ecosystem: Ecosystem
    adversaries: tuple[Adversaries, ...]
    rows: tuple[Row, ...]
    budget: Budget


def robustness(
    ecosystem: Ecosystem,
    budget: Budget,
    *,
    users: str | None = None,
    on: str | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """From which share of adversaries on each model's alignment falls, with proofs.

    Parameters
    ----------
    ecosystem : Ecosystem
    budget : Budget
        Its seconds are for each equilibrium; where they are spent, verdicts are undecided.
    users : str or None
        Only adversaries among this group.
    on : str or None
        Only this model's measures.
    progress : callable or None
        Receives short messages.

    Raises
    ------
    InvalidInput
        When `users` curates nothing, or `on` is not a model with users.
    """
    tell = progress or (lambda _: None)
    groups = _chosen(users, curating_groups(ecosystem), "users", "users who curate something")
    judged = tuple(m.name for m in ecosystem.models if m.users is not None)
    models = _chosen(on, judged, "on", "a model with users")
    found: list[Adversaries] = []
    rows: list[Row] = []
    for group in groups:
        tell(f"adversaries among {group}")
        adversarial = adversarial_ecosystem(ecosystem, group)
        found.append(
            Adversaries(
                users=group,
                taste=adversarial.adversary,
                declared=adversarial.declared,
                share=ecosystem.users_named(group).adversary_share,
            )
        )
        update_map = derive(adversarial.ecosystem)
        measured = tuple(m for m in measures(update_map) if m.model in models)
        rows += short_run(adversarial, update_map, measured, budget.started())
        tell(f"adversaries among {group}: equilibria")
        rows += long_run(adversarial, update_map, measured, budget)
    return Robustness(ecosystem=ecosystem, adversaries=tuple(found), rows=tuple(rows), budget=budget)


def _chosen(wanted: str | None, known: tuple[str, ...], place: str, expected: str) -> tuple[str, ...]:
    """The names asked for: all of them, or the one wanted."""
    if wanted is None:
        return known
    if wanted not in known:
        raise InvalidInput(
            expected=expected, found=describe(wanted), place=f"--{place}", hint=nearest(wanted, known)
        )
    return (wanted,)
