"""Drawing of the six panels; every number comes from the data."""

from __future__ import annotations

from typing import Any

from paper_figures.canvas import Axes, Figure, panels, styled
from paper_figures.figure_data import FigureData, Series
from paper_figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, SKY, VERMILLION
from theory.attack.attackers.registry import attackers

_COLOURS = (BLUE, ORANGE, SKY, GREEN, PURPLE, VERMILLION, BLACK)
_MARKS = ("s", "^", "D", "v", "P", "X", "*")
_TITLES = (
    ("a", "Reward before, pairs flipped"),
    ("b", "Reward after"),
    ("c", "Covariance against distance"),
    ("d", "Retraining"),
    ("e", "First round"),
    ("f", "Small sets: part of the optimum"),
)


def draw_panels(data: FigureData) -> Figure:
    """Six panels, three rows of two."""
    with styled():
        figure, grid = panels(3, 2, height=8.4)
        axes = [one for row in grid for one in row]
        for one, (letter, title) in zip(axes, _TITLES, strict=True):
            one.set_title(rf"$\bf{{{letter}}}$  {title}")
        _items(figure, axes[0], axes[1], data)
        _trade(axes[2], data)
        _rounds(axes[3], data)
        _first_round(axes[4], data)
        _small_sets(axes[5], data)
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    return figure


def _series(data: FigureData, panel: str) -> tuple[Series, ...]:
    return tuple(series for series in data.series if series.panel == panel)


def _looks(data: FigureData) -> dict[str, dict[str, Any]]:
    """Colour and marker of every attacker, the same in every figure; grey for no flips."""
    known = {
        name: {"color": _COLOURS[place % len(_COLOURS)], "marker": _MARKS[place % len(_MARKS)]}
        for place, name in enumerate(attackers())
    }
    none: dict[str, Any] = {"color": GREY, "marker": "o"}
    return {name: known.get(name, none) for name in data.find("c", "attackers").words("attacker")}


def _items(figure: Figure, before: Axes, after: Axes, data: FigureData) -> None:
    found = {panel: data.find(panel, "items") for panel in "ab"}
    size = max(float(abs(series["reward"]).max()) for series in found.values()) or 1.0
    drawn = None
    for axes, panel in ((before, "a"), (after, "b")):
        items = found[panel]
        drawn = axes.scatter(
            items["x"], items["y"], c=items["reward"], s=7, cmap="coolwarm", vmin=-size, vmax=size, zorder=2
        )
        axes.set_xlabel(dict(data.parameters)["axes"].split(" / ")[0])
        axes.set_ylabel(dict(data.parameters)["axes"].split(" / ")[1])
    flips = data.find("a", "flips")
    for ends in zip(flips["x_from"], flips["x_to"], flips["y_from"], flips["y_to"], strict=True):
        before.plot(ends[:2], ends[2:], color=BLACK, lw=0.4, alpha=0.6, zorder=1)
    if drawn is not None:
        figure.colorbar(drawn, ax=after, label="reward")


def _trade(axes: Axes, data: FigureData) -> None:
    for series in _series(data, "c"):
        if series.name == "front":
            axes.plot(
                series["distance"],
                series["covariance"],
                color=BLACK,
                lw=0.8,
                drawstyle="steps-post",
                label="front",
            )
    played, looks = data.find("c", "attackers"), _looks(data)
    for name, x, y in zip(played.words("attacker"), played["distance"], played["covariance"], strict=True):
        axes.plot([x], [y], ls="", label=name, **looks[name])
    axes.axhline(0, color=GREY, lw=0.5, zorder=0)
    axes.set_xlabel(r"standard deviation of $\hat r-r$")
    axes.set_ylabel("covariance over means")
    axes.legend(loc="best", fontsize=7)


def _rounds(axes: Axes, data: FigureData) -> None:
    looks = _looks(data)
    for series in _series(data, "d"):
        colour = looks[series.name]["color"]
        axes.plot(series["round"], series["weight"], color=colour, label=series.name)
        axes.plot(
            [1.0, 1.03],
            [series["limit"][-1]] * 2,
            color=colour,
            transform=axes.get_yaxis_transform(),
            clip_on=False,
        )
    axes.set_xlabel("round")
    axes.set_ylabel(r"$E_t[a]/E_0[a]$")


def _first_round(axes: Axes, data: FigureData) -> None:
    looks = _looks(data)
    for series in _series(data, "e"):
        share, gain = series["share"], series["gain"]
        axes.plot([share[0], share[-1]], [gain[0], gain[-1]], color=looks[series.name]["color"])
        axes.plot(share[1:2], gain[1:2], ls="", **looks[series.name])
    axes.axhline(0, color=GREY, lw=0.5, zorder=0)
    axes.set_xlabel("share by the attacked reward")
    axes.set_ylabel(r"gain of $E[a]/E_0[a]$")


def _small_sets(axes: Axes, data: FigureData) -> None:
    for series in _series(data, "f"):
        names = series.words("attacker")
        rows = range(len(names))
        axes.hlines(rows, series["least"], series["most"], color=GREY, lw=0.8)
        axes.hlines(rows, series["low"], series["high"], color=BLUE, lw=4)
        axes.plot(series["median"], list(rows), "|", color=BLACK, ms=10, mew=1.5)
        axes.set_yticks(list(rows), names)
        axes.set_xlabel("damage over optimal damage")
