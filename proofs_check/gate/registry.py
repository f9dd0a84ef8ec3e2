"""Registry of the gate: groups of planted statements, found by walking their folder."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from proofs_check.claim import Claim, Expectation, Provenance
from proofs_check.gate.planted import Planted

_GROUPS = Path(__file__).parent / "groups"


def group_names() -> tuple[str, ...]:
    """Names of the groups: the modules in ``groups/``."""
    return tuple(sorted(file.stem for file in _GROUPS.glob("*.py") if not file.stem.startswith("_")))


def group(name: str) -> tuple[Planted, ...]:
    """The planted statements of one group."""
    found: tuple[Planted, ...] = import_module(f"proofs_check.gate.groups.{name}").planted()
    return found


def planted() -> dict[str, Planted]:
    """Every planted statement by its id, ``gate.group.name``.

    Raises
    ------
    ValueError
        When two statements of a group have one name.
    """
    found: dict[str, Planted] = {}
    for name in group_names():
        for item in group(name):
            key = f"gate.{name.replace('_', '-')}.{item.name}"
            if key in found:
                raise ValueError(f"Expected distinct names, got {key} twice")
            found[key] = item
    return found


def as_claim(key: str, item: Planted) -> Claim:
    """A planted statement as a claim, so that it is run and audited as claims are."""
    return Claim(
        id=key,
        title=item.name,
        provenance=Provenance.DERIVED,
        source="",
        statement=item.says,
        latex="",
        hypotheses=(),
        cases=(item.case,),
        scope=item.case.name,
        expected=Expectation.NOT_REFUTED if item.truth else Expectation.REFUTED,
    )
