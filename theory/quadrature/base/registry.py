"""Registry of bases: each one written as SymPy arguments, and read back."""

from __future__ import annotations

from functools import lru_cache

import sympy
from sympy.core.symbol import Str

from theory.quadrature.base.abstract import AbstractBase
from theory.quadrature.base.circle import CircleBase
from theory.quadrature.base.counts import CountBase
from theory.quadrature.base.gamma import GammaBase
from theory.quadrature.base.normal import NormalBase
from theory.quadrature.base.sides import SidesBase
from theory.quadrature.base.unit import UnitBase
from theory.quadrature.base.wald import WaldBase

_KINDS: dict[str, type[AbstractBase]] = {
    "gamma": GammaBase,
    "counts": CountBase,
    "circle": CircleBase,
    "sides": SidesBase,
    "unit": UnitBase,
    "wald": WaldBase,
    "normal": NormalBase,
}


def bases() -> dict[str, type[AbstractBase]]:
    """Every base by its kind."""
    return dict(_KINDS)


def code_of(base: AbstractBase) -> tuple[Str, sympy.Tuple, sympy.Tuple]:
    """The kind, its settings and the features of the choice weights."""
    kind = next(name for name, known in _KINDS.items() if isinstance(base, known))
    rewards = sympy.Tuple(*(sympy.Tuple(*feature) for feature in base.rewards))
    return Str(kind), sympy.Tuple(*base.settings), rewards


@lru_cache(maxsize=1024)
def base_of(kind: Str, settings: sympy.Tuple, rewards: sympy.Tuple) -> AbstractBase:
    """The base that `code_of` wrote so."""
    return _KINDS[str(kind)].from_settings(tuple(settings), tuple(tuple(feature) for feature in rewards))
