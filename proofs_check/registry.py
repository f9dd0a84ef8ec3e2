"""Registry: claims and engines, found by walking their folders."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from theory.errors import InvalidInput

if TYPE_CHECKING:
    from proofs_check.claim import Claim
    from proofs_check.conditions.ecosystem_condition import EcosystemCondition
    from proofs_check.engine import AbstractEngine
    from theory.analysis import Analysis

_HERE = Path(__file__).parent


def claim_ids() -> tuple[str, ...]:
    """Ids of all claims, from file names alone.

    ``claims/influence/two_model_sign.py`` is ``influence.two-model-sign``.
    """
    files = (_HERE / "claims").glob("*/*.py")
    return tuple(
        sorted(
            f"{file.parent.name.rstrip('_')}.{file.stem.rstrip('_').replace('_', '-')}"
            for file in files
            if not file.stem.startswith("_")
        )
    )


def load(claim_id: str) -> Claim:
    """The claim of that id; imports its one module.

    Raises
    ------
    InvalidInput
        When there is no such claim.
    ValueError
        When the module's claim carries another id.
    """
    claim = import_module(_module(claim_id)).claim()
    if claim.id != claim_id:
        raise ValueError(f"Expected a claim with id {claim_id} in {_module(claim_id)}, got {claim.id}")
    loaded: Claim = claim
    return loaded


def condition(claim_id: str) -> Callable[[Analysis], EcosystemCondition] | None:
    """What evaluates the claim's hypotheses in an analysed ecosystem; None when it registers nothing."""
    found: Callable[[Analysis], EcosystemCondition] | None
    found = vars(import_module(_module(claim_id))).get("condition")
    return found


@cache
def engines() -> tuple[AbstractEngine, ...]:
    """One instance of every engine, ordered by name."""
    found: list[AbstractEngine] = []
    for file in sorted((_HERE / "engines").glob("*.py")):
        if not file.stem.startswith("_"):
            module = import_module(f"proofs_check.engines.{file.stem}")
            found += [kind() for kind in _engine_types(module)]
    return tuple(sorted(found, key=lambda engine: engine.name))


def engine(name: str) -> AbstractEngine:
    """The engine of that name.

    Raises
    ------
    InvalidInput
    """
    by_name = {item.name: item for item in engines()}
    if name not in by_name:
        raise InvalidInput(expected=f"an engine among {', '.join(by_name)}", found=name)
    return by_name[name]


def _module(claim_id: str) -> str:
    if claim_id not in claim_ids():
        raise InvalidInput(expected="the id of a claim", found=claim_id)
    group, _, slug = claim_id.partition(".")
    file = next(
        file
        for file in (_HERE / "claims").glob("*/*.py")
        if file.parent.name.rstrip("_") == group and file.stem.rstrip("_") == slug.replace("-", "_")
    )
    return f"proofs_check.claims.{file.parent.name}.{file.stem}"


def _engine_types(module: ModuleType) -> list[type[AbstractEngine]]:
    from proofs_check.engine import AbstractEngine

    return [
        kind
        for _, kind in inspect.getmembers(module, inspect.isclass)
        if issubclass(kind, AbstractEngine) and kind.__module__ == module.__name__
    ]
