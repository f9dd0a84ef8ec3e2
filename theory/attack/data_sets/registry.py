"""Registry: every data set in this folder, found by walking it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import theory.attack.data_sets
from theory.attack.data_set import AbstractDataSet


@lru_cache(maxsize=1)
def data_sets() -> Mapping[str, AbstractDataSet]:
    """Data sets by name; none is loaded.

    Examples
    --------
    >>> tuple(data_sets())
    ('digits', 'eight-gaussians')
    """
    found: dict[str, AbstractDataSet] = {}
    for info in pkgutil.iter_modules(theory.attack.data_sets.__path__):
        module = importlib.import_module(f"{theory.attack.data_sets.__name__}.{info.name}")
        for _, member in inspect.getmembers(module, inspect.isclass):
            defined_here = member.__module__ == module.__name__
            if defined_here and issubclass(member, AbstractDataSet) and not inspect.isabstract(member):
                found[member.name] = member()
    return MappingProxyType(dict(sorted(found.items())))
