"""An update map in LaTeX."""

from __future__ import annotations

import re

import sympy

from proofs_check.report.analysis_json import step_without_offsets
from theory.update_map import UpdateMap


def update_map_latex(update_map: UpdateMap) -> str:
    """One round as an ``aligned`` block: each state after the round, over the states before it.

    Parameters
    ----------
    update_map : UpdateMap

    Returns
    -------
    str
        States are written as coordinates with the model as index, primed on the left.
    """
    names = {symbol: _state(symbol.name) for symbol in update_map.state}
    rows = (
        rf"{names[symbol]}' &= {sympy.latex(expression, symbol_names=names)}"
        for symbol, expression in zip(update_map.state, step_without_offsets(update_map), strict=True)
    )
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _state(name: str) -> str:
    r"""LaTeX for a state name: ``p.mean[0]`` is ``\mathrm{mean}_{p,0}``."""
    model, _, coordinate = name.partition(".")
    word, *places = re.findall(r"[^\[\],]+", coordinate)
    index = ",".join((rf"\mathrm{{{_escaped(model)}}}", *places))
    return rf"\mathrm{{{_escaped(word)}}}_{{{index}}}"


def _escaped(name: str) -> str:
    return name.replace("_", r"\_")
