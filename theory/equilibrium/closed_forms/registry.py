"""The closed forms at hand, found by walking this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from pathlib import Path

from theory.equilibrium.closed_forms.solutions import AbstractClosedForm

_HERE = Path(__file__).parent


@cache
def closed_forms() -> tuple[AbstractClosedForm, ...]:
    """Every ``CLOSED_FORM`` of a module in this folder, by rank."""
    found = []
    for module in pkgutil.iter_modules([str(_HERE)]):
        loaded = importlib.import_module(f"theory.equilibrium.closed_forms.{module.name}")
        form = getattr(loaded, "CLOSED_FORM", None)
        if isinstance(form, AbstractClosedForm):
            found.append(form)
    return tuple(sorted(found, key=lambda form: (form.rank, form.name)))
