"""Registry: every attacker in this folder, found by walking it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import theory.attack.attackers
from theory.attack.attacker import AbstractAttacker


@lru_cache(maxsize=1)
def attackers() -> Mapping[str, AbstractAttacker]:
    """Attackers by name.

    Examples
    --------
    >>> "white-box" in attackers()
    True
    """
    found: dict[str, AbstractAttacker] = {}
    for info in pkgutil.iter_modules(theory.attack.attackers.__path__):
        module = importlib.import_module(f"{theory.attack.attackers.__name__}.{info.name}")
        for _, member in inspect.getmembers(module, inspect.isclass):
            defined_here = member.__module__ == module.__name__
            if defined_here and issubclass(member, AbstractAttacker) and not inspect.isabstract(member):
                found[member.name] = member()
    return MappingProxyType(dict(sorted(found.items())))
