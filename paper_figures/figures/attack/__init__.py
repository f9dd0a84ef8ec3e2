"""attack: flipped labels, the reward they lead to, and retraining by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper_figures.figures.attack.experiment import data, figure_data

if TYPE_CHECKING:
    from paper_figures.canvas import Figure
    from paper_figures.figure_data import FigureData

__all__ = ["CAPTION", "CLAIMS", "data", "draw", "figure_data"]

CLAIMS = ("attack.flips", "robust.one-step", "robust.threshold", "robust.long-run")

CAPTION = """
A reward learned from preferences, and attacked by flipped labels: {about}. {pairs} labelled pairs among
{items} items, at most {budget} flips, a Bradley–Terry reward on the five monomials of degree 1 and 2.

(a) Reward fitted to the labels as they were given; lines join the pairs that the attacker {shown} flips. (b)
Reward fitted after that. Both are centred; one scale of colours.

(c) Covariance of the weights a = e^r and b = e^r̂ of the two rewards, each over its mean, against the standard
deviation of r̂ − r: every attacker, and the Pareto front ({front}). (d) Retraining on what is picked,
share {share} by the attacked reward and the rest by the untouched one: expected weight E_t[a] over that of
the start; ticks on the right are the limits by robust.long-run.

(e) Gain of E[a] in the first round against the share that chooses by the attacked reward: lines by
robust.one-step, markers measured in the retraining of (d); below 0 the round does harm. The largest
difference over all rounds is {error} of E[a]. (f) {small_sets}
"""


def draw(data: FigureData) -> Figure:
    """The figure, drawn from `data` alone."""
    from paper_figures.figures.attack.panels import draw_panels

    return draw_panels(data)
