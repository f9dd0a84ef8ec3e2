"""An ecosystem with its parameters at their values, so that every number in it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import sympy

from theory.ecosystem import Ecosystem


def at_parameter_values(ecosystem: Ecosystem) -> Ecosystem:
    """The same ecosystem without parameters: each is replaced by its value.

    Examples
    --------
    >>> from theory.ecosystem_file import from_text
    >>> text = '''
    ... [parameters]
    ... a = { value = "1/3" }
    ... [models.p]
    ... family = "poisson"
    ... real = { share = 1, mean = "3*a" }
    ... '''
    >>> at_parameter_values(from_text(text).ecosystem).models[0].start
    (1,)
    """
    values = ecosystem.parameter_values()
    models = tuple(_valued(m, values) for m in ecosystem.models)
    users = tuple(_valued(u, values) for u in ecosystem.users)
    return replace(ecosystem, models=models, users=users, parameters=())


def _valued(entry: Any, values: Mapping[sympy.Symbol, sympy.Expr]) -> Any:
    """The entry with the values filled in, however deep its frozen data and tuples nest."""
    if isinstance(entry, sympy.Basic | sympy.MatrixBase):
        return entry.xreplace(values)
    if isinstance(entry, tuple):
        return tuple(_valued(part, values) for part in entry)
    if is_dataclass(entry) and not isinstance(entry, type):
        parts = {f.name: _valued(getattr(entry, f.name), values) for f in fields(entry) if f.init}
        return replace(entry, **parts)
    return entry
