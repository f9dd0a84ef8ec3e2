"""Registry: every family in this folder, found by walking it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import theory.families
from theory.exponential_family.family import AbstractFamily


@lru_cache(maxsize=1)
def families() -> Mapping[str, type[AbstractFamily]]:
    """Families by their names in ecosystem files.

    Examples
    --------
    >>> "gaussian" in families()
    True
    """
    found: dict[str, type[AbstractFamily]] = {}
    for info in pkgutil.iter_modules(theory.families.__path__):
        module = importlib.import_module(f"{theory.families.__name__}.{info.name}")
        for _, member in inspect.getmembers(module, inspect.isclass):
            defined_here = member.__module__ == module.__name__
            if defined_here and issubclass(member, AbstractFamily) and not inspect.isabstract(member):
                found[member.name] = member
    return MappingProxyType(dict(sorted(found.items())))
