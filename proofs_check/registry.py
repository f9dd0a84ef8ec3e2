"""Registry: claims and engines, found by walking their folders."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from theory.errors import BackfireError, InvalidInput

if TYPE_CHECKING:
    from proofs_check.claim import Claim
    from proofs_check.conditions.ecosystem_condition import EcosystemCondition
    from proofs_check.engine import AbstractEngine
    from theory.analysis import Analysis

_HERE = Path(__file__).parent
LONGEST_CAUSE = 300


class BrokenClaim(BackfireError, ValueError):
    """The file of a claim does not give that claim; `cause` says why in one line."""

    def __init__(self, claim_id: str, cause: str) -> None:
        super().__init__(claim_id, cause)
        self.claim_id = claim_id
        self.cause = cause

    def __str__(self) -> str:
        return f"{self.claim_id} cannot be loaded: {self.cause}"


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
    BrokenClaim
        When its module cannot be imported, or gives something else, or a statement without canonical form.
    """
    from proofs_check.claim import Claim

    module = _module(claim_id)
    with _told_as_broken(claim_id):
        claim = _built(import_module(module).claim)
        if not isinstance(claim, Claim) or claim.id != claim_id:
            raise ValueError(f"Expected a claim with id {claim_id} in {module}, got {claim!r:.80}")
    return claim


@cache
def _built(make: Callable[[], object]) -> object:
    """What the function of a claim's module returns, built once; its statements have canonical forms."""
    from proofs_check.statements.canonical import encode_statement

    claim = make()
    for case in getattr(claim, "cases", ()):
        encode_statement(case.statement)
    return claim


def condition(claim_id: str) -> Callable[[Analysis], EcosystemCondition] | None:
    """What evaluates the claim's hypotheses in an analysed ecosystem; None when it registers nothing.

    Raises
    ------
    InvalidInput
        When there is no such claim.
    BrokenClaim
        When its module cannot be imported.
    """
    module = _module(claim_id)
    found: Callable[[Analysis], EcosystemCondition] | None
    with _told_as_broken(claim_id):
        found = vars(import_module(module)).get("condition")
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


@contextmanager
def _told_as_broken(claim_id: str) -> Iterator[None]:
    """Whatever goes wrong inside becomes a `BrokenClaim`."""
    try:
        yield
    except Exception as error:
        raise BrokenClaim(claim_id, in_one_line(error)) from error


def in_one_line(error: Exception) -> str:
    """An exception's kind and the first line of its message."""
    first = next(iter(str(error).splitlines()), "")
    return f"{type(error).__name__}: {first[:LONGEST_CAUSE]}"


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
