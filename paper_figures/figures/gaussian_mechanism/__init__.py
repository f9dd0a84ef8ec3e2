"""gaussian-mechanism: the eight panels of [WZZ26, Fig. 3] from exact curves, balls and a simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper_figures.figures.gaussian_mechanism.experiment import data

if TYPE_CHECKING:
    from paper_figures.canvas import Figure
    from paper_figures.figure_data import FigureData

__all__ = ["CAPTION", "CLAIMS", "data", "draw"]

CLAIMS = (
    "influence.gaussian-mechanism",
    "influence.self",
    "influence.cross",
)

CAPTION = """
When curation of model p ends up hurting the users of model q: the Gaussian mechanism of [WZZ26, Fig. 3].
Two models in a loop, θ = φ + λa and φ = A(t)θ, A(t) twelve scaled rotations of the plane; J(x) = gᵀx −
η|x|²/2 for each model's users; curated share λ = {curation} unless it is on the axis.

(a) Alignment proxies: both cosines stay positive for every coupling t. (b) Influence of p's curated
share on both models' users at the stable point: lines by differentiating the closed form, markers by the
influence theorem (the same expression, symbolically), dotted the effect of one round on p's own users.
dJ_q/dλ changes sign at a coupling proved to lie in [{q_zero_lower}, {q_zero_upper}]; the black line is
that interval, the shade where curation inverts for q. dJ_p/dλ is above its one-round effect up to the
coupling in [{p_even_lower}, {p_even_upper}] and below it after.

(c, d) The two influences estimated from finite samples of n points a refit: mean over {repetitions}
seeds with a 95 % confidence band of the mean (± 1.96 standard errors), central difference δ = {step}
with common random numbers within a seed and coupling, {rounds} rounds from φ = 0 of which the last
{kept} are averaged; line: exact.

(e, f) Contribution of each of the twelve blocks at t = {contribution_coupling}: the raw inner product of
taste and push, and the same with the loop's distortion S = (I − A)⁻¹. (g, h) Alignment against λ at two
couplings: lines exact, markers with 95 % bands the finite-sample means over {share_repetitions} seeds.
Small samples lie below because J is concave: sampling costs η/2 times the variance of the point.
"""


def draw(data: FigureData) -> Figure:
    """The figure, drawn from `data` alone."""
    from paper_figures.figures.gaussian_mechanism.panels import draw_panels

    return draw_panels(data)
