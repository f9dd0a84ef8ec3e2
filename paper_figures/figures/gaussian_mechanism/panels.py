"""Drawing of the eight panels; every number comes from the data."""

from __future__ import annotations

import sympy

from paper_figures.canvas import Axes, Figure, panels, styled
from paper_figures.decimals import outward
from paper_figures.figure_data import FigureData, Series
from paper_figures.style import BLACK, BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILLION

_SAMPLE_LOOKS = (("n = 4", ORANGE, "o"), ("n = 12", GREEN, "s"), ("n = 64", PURPLE, "^"))
_COUPLING_LOOKS = (("t = 0.2", BLUE), ("t = 0.9", VERMILLION))
_SHARE_SIZES = (("n = 4", "o", "white"), ("n = 32", "s", None))
_TITLES = (
    ("a", "Alignment proxies"),
    ("b", "Influence of curating $p$"),
    ("c", "Finite samples: $\\mathrm{d}J_p/\\mathrm{d}\\lambda$"),
    ("d", "Finite samples: $\\mathrm{d}J_q/\\mathrm{d}\\lambda$"),
    ("e", "Blocks of $p$'s influence, $t=0.9$"),
    ("f", "Blocks of $q$'s influence, $t=0.9$"),
    ("g", "Alignment of $p$ against curation"),
    ("h", "Alignment of $q$ against curation"),
)
_SHOWN_PLACES = 20


def draw_panels(data: FigureData) -> Figure:
    """Eight panels, four rows of two."""
    with styled():
        figure, grid = panels(4, 2, height=9.4)
        axes = [one for row in grid for one in row]
        for one, (letter, title) in zip(axes, _TITLES, strict=True):
            one.set_title(rf"$\bf{{{letter}}}$  {title}")
        _proxies(axes[0], data)
        _influences(axes[1], data)
        _estimates(axes[2], data, "c", r"$\mathrm{d}J_p/\mathrm{d}\lambda$")
        _estimates(axes[3], data, "d", r"$\mathrm{d}J_q/\mathrm{d}\lambda$")
        _contributions(axes[4], data, "e", (r"raw $g_i^\top a_i$", r"distorted $g_i^\top S_i a_i$"))
        _contributions(axes[5], data, "f", (r"raw $g_i^\top A_i a_i$", r"distorted $g_i^\top S_i A_i a_i$"))
        _alignments(axes[6], data, "g", r"$J_p$")
        _alignments(axes[7], data, "h", r"$J_q$")
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    return figure


def _proxies(axes: Axes, data: FigureData) -> None:
    for name, label, colour, style in (
        ("cos(∇J_p, θ*)", r"$\cos(\nabla J_p,\,\theta^\ast)$", BLUE, "-"),
        ("cos(∇J_q, Aa)", r"$\cos(\nabla J_q,\,Aa)$", VERMILLION, "-"),
    ):
        series = data.find("a", name)
        axes.plot(series["t"], series["value"], style, color=colour, label=label)
    axes.text(0.932, 0.012, "hurts $q$", color=VERMILLION, fontsize=8, ha="center")
    axes.set_ylim(0, 0.26)
    axes.set_ylabel("cosine")
    _coupling_axis(axes, data)
    axes.legend(loc="lower left")


def _influences(axes: Axes, data: FigureData) -> None:
    for name, label, colour, marker in (
        ("dJ_p/dλ", r"$\mathrm{d}J_p/\mathrm{d}\lambda$", BLUE, "o"),
        ("dJ_q/dλ", r"$\mathrm{d}J_q/\mathrm{d}\lambda$", VERMILLION, "s"),
    ):
        series, theorem = data.find("b", name), data.find("b", f"{name} by the theorem")
        axes.plot(series["t"], series["value"], color=colour, label=label)
        axes.plot(
            theorem["t"], theorem["value"], marker, color=colour, mfc="white", mew=0.8, label="by the theorem"
        )
    direct = data.find("b", "one round, p")
    axes.plot(direct["t"], direct["value"], ":", color=BLUE, lw=1.1)
    axes.text(0.99, direct["value"][-1] + 0.22, "one round, $p$", color=BLUE, fontsize=8, ha="right")
    axes.axhline(0, color=GREY, lw=0.6, zorder=0)
    lower, upper = _zero(data)
    axes.plot([float(lower)], [0.0], "D", color=BLACK, ms=4, zorder=5)
    low, high = outward(lower, upper, _SHOWN_PLACES)
    axes.annotate(
        f"proved to vanish in\n$[{low},$\n$\\ {high}]$",
        (float(lower), 0.0),
        xytext=(0.30, -2.6),
        fontsize=8,
        ha="left",
        va="center",
        arrowprops={"arrowstyle": "-", "color": BLACK, "lw": 0.6, "shrinkB": 3, "relpos": (1.0, 1.0)},
    )
    axes.set_ylim(-4.2, 4.9)
    axes.set_ylabel("influence")
    _coupling_axis(axes, data)
    axes.legend(loc="upper left", ncols=2, columnspacing=1.2)


def _estimates(axes: Axes, data: FigureData, panel: str, label: str) -> None:
    for name, colour, marker in _SAMPLE_LOOKS:
        series = data.find(panel, name)
        axes.fill_between(series["t"], series["lower"], series["upper"], color=colour, alpha=0.2, lw=0)
        axes.plot(
            series["t"],
            series["mean"],
            f"{marker}-",
            color=colour,
            lw=0.7,
            ms=3,
            label=f"${name}$",
        )
    exact = data.find(panel, "exact")
    axes.plot(exact["t"], exact["value"], color=BLACK, lw=1.2, label="exact")
    axes.axhline(0, color=GREY, lw=0.6, zorder=0)
    axes.set_ylabel(label)
    _coupling_axis(axes, data)
    axes.legend(loc="lower left")


def _contributions(axes: Axes, data: FigureData, panel: str, labels: tuple[str, str]) -> None:
    width = 0.38
    for name, label, colour, side in zip(
        ("raw", "distorted"), labels, (GREY, VERMILLION if panel == "f" else BLUE), (-1, 1), strict=True
    ):
        series = data.find(panel, name)
        axes.bar(series["block"] + side * width / 2, series["value"], width, color=colour, label=label)
    axes.axhline(0, color=BLACK, lw=0.6)
    axes.set_xticks(range(1, 13))
    axes.set_xlim(0.3, 12.7)
    axes.set_xlabel("block $i$")
    axes.set_ylabel("contribution")
    axes.legend(loc="best")


def _alignments(axes: Axes, data: FigureData, panel: str, label: str) -> None:
    for coupling, colour in _COUPLING_LOOKS:
        exact = data.find(panel, f"exact, {coupling}")
        axes.plot(exact["share"], exact["value"], color=colour, lw=1.2, label=f"exact, ${coupling}$")
        for size, marker, face in _SHARE_SIZES:
            _sampled(axes, data.find(panel, f"{size}, {coupling}"), size, colour, marker, face)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high + 0.3 * (high - low))
    axes.set_xlim(-0.012, 0.812)
    axes.set_xlabel(r"curated share $\lambda$")
    axes.set_ylabel(label)
    axes.legend(loc="upper left", ncols=2, columnspacing=1.0)


def _sampled(axes: Axes, series: Series, size: str, colour: str, marker: str, face: str | None) -> None:
    axes.fill_between(series["share"], series["lower"], series["upper"], color=colour, alpha=0.15, lw=0)
    axes.plot(
        series["share"],
        series["mean"],
        marker,
        color=colour,
        mfc=face or colour,
        ms=3,
        mew=0.8,
        label=f"${size}$",
    )


def _coupling_axis(axes: Axes, data: FigureData) -> None:
    """The coupling on the x axis, and a shade over the couplings past the proved zero."""
    lower, upper = _zero(data)
    axes.axvspan(float(upper), 1.0, color=VERMILLION, alpha=0.08, lw=0, zorder=0)
    axes.axvspan(float(lower), float(upper), color=BLACK, lw=0.6, zorder=1)
    axes.set_xlim(0.03, 1.0)
    axes.set_xlabel("coupling $t$")


def _zero(data: FigureData) -> tuple[sympy.Rational, sympy.Rational]:
    facts = dict(data.facts)
    return sympy.Rational(facts["q_zero_lower"]), sympy.Rational(facts["q_zero_upper"])
