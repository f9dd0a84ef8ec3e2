"""The conditions that claims put on ecosystems, evaluated on one analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import EcosystemCondition, Holds
from proofs_check.registry import BrokenClaim
from theory.analysis import Analysis


def conditions(
    analysis: Analysis, warn: Callable[[str], None] = lambda _: None
) -> tuple[EcosystemCondition, ...]:
    """One row for each claim that registers a condition, in the order of the claims' ids.

    A condition that fails to be evaluated is undecided, and the others are evaluated all the same.

    Parameters
    ----------
    analysis : Analysis
    warn : callable
        Told which claims are broken.

    Returns
    -------
    tuple of EcosystemCondition
    """
    return tuple(_conditions(analysis, warn))


def _conditions(analysis: Analysis, warn: Callable[[str], None]) -> Iterator[EcosystemCondition]:
    for claim_id in registry.claim_ids():
        try:
            condition = registry.condition(claim_id)
            if condition is not None:
                yield condition(analysis)
        except BrokenClaim as error:
            warn(str(error))
        except Exception as error:  # noqa: BLE001  (whatever the claim's file does wrong)
            why = f"its condition failed: {registry.in_one_line(error)}"
            warn(f"{claim_id}: {why}")
            yield EcosystemCondition(claim=claim_id, holds=Holds.UNDECIDED, detail=why)
