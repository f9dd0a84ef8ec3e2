"""Mean chart: a round written in the mean parameters E[T], which average where data are mixed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import sympy

from theory.ecosystem import Model
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.update_map.derivation import UpdateMap, state_symbols
from theory.update_map.retraining import training_set


@dataclass(frozen=True, kw_only=True)
class MeanChart:
    """An update map in mean parameters, and the way there and back.

    Parameters
    ----------
    update_map : UpdateMap
        M, the round in the coordinates of the chart.
    means : tuple of Expr
        Each coordinate of the chart over the states of the original map.
    states : tuple of Expr
        Each state of the original map over the coordinates of the chart.
    """

    update_map: UpdateMap
    means: Exprs
    states: Exprs


def mean_chart(update_map: UpdateMap) -> MeanChart | None:
    """The round in mean parameters; None where they do not decide the fits, or do not number as the states.

    Models whose states are mean parameters already keep their states' names.  So do models of answers to
    prompts, whose fits average too: all data sets of a model are asked alike.
    """
    matched = _matched(update_map)
    if matched is None:
        return None
    names: list[sympy.Symbol] = []
    means: list[sympy.Expr] = []
    states: list[sympy.Expr] = []
    for model in update_map.ecosystem.models:
        symbols = state_symbols(model)
        there = averaged(model.family, symbols)
        chart = _chart_symbols(model, symbols, there)
        if chart is None:
            return None
        names.extend(chart)
        means.extend(there)
        states.extend(symbols if chart == symbols else model.family.refit(chart))
    back = dict(zip(update_map.state, states, strict=True))
    plain = {mean: name for mean, name in zip(means, names, strict=True) if mean != name}
    step = tuple(e.xreplace(plain).xreplace(back) for e in matched)
    moved = _moved(update_map, tuple(names), step, means, back)
    return MeanChart(update_map=moved, means=tuple(means), states=tuple(states))


def averaged(family: AbstractFamily, state: Exprs) -> Exprs:
    """What averages where a model's data sets are mixed: μ, or the state itself for answers to prompts.

    Each of its data sets is asked alike, so that a fit θ = E[xxᵀ]⁻¹E[xy] (or p(y|x) = E[1{x, y}]/E[1{x}])
    is linear in what differs.
    """
    return tuple(state) if family.answers_prompts else family.mean_parameter(state)


def _chart_symbols(
    model: Model, symbols: tuple[sympy.Symbol, ...], means: Exprs
) -> tuple[sympy.Symbol, ...] | None:
    """Names of the mean parameters: the states' own where they are the same."""
    if tuple(means) == symbols:
        return symbols
    if len(means) != len(symbols) or model.family.dependent(symbols):
        return None
    return tuple(sympy.Symbol(f"{model.name}.statistic[{k}]", real=True) for k in range(len(means)))


def _matched(update_map: UpdateMap) -> Exprs | None:
    """What averages of each next training set, over the states of the map; None unless it gives the map."""
    ecosystem = update_map.ecosystem
    states: dict[str, Exprs] = {m.name: state_symbols(m) for m in ecosystem.models}
    steps = dict(zip(update_map.state, update_map.step, strict=True))
    means: list[sympy.Expr] = []
    fits: list[sympy.Expr] = []
    for model in ecosystem.models:
        if model.family.answers_prompts:
            means.extend(steps[s] for s in states[model.name])
            fits.extend(steps[s] for s in states[model.name])
            continue
        read = training_set(ecosystem, model, states).law.expectations(model.family.statistic)
        means.extend(read)
        fits.extend(model.family.refit(read))
    return tuple(means) if tuple(fits) == update_map.step else None


def _moved(
    update_map: UpdateMap,
    names: tuple[sympy.Symbol, ...],
    step: Exprs,
    means: list[sympy.Expr],
    back: dict[sympy.Symbol, sympy.Expr],
) -> UpdateMap:
    start = dict(zip(update_map.state, update_map.start, strict=True))
    return replace(
        update_map,
        state=names,
        step=step,
        domain=tuple(e.xreplace(back) for e in update_map.domain),
        nonnegative=tuple(e.xreplace(back) for e in update_map.nonnegative),
        start=tuple(mean.xreplace(start) for mean in means),
        alignments=tuple((name, reward.xreplace(back)) for name, reward in update_map.alignments),
    )
