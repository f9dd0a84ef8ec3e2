"""The conditions that claims put on ecosystems, evaluated on one analysis."""

from __future__ import annotations

from proofs_check import registry
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from theory.analysis import Analysis


def conditions(analysis: Analysis) -> tuple[EcosystemCondition, ...]:
    """One row for each claim that registers a condition, in the order of the claims' ids.

    Parameters
    ----------
    analysis : Analysis

    Returns
    -------
    tuple of EcosystemCondition
    """
    registered = (registry.condition(claim_id) for claim_id in registry.claim_ids())
    return tuple(condition(analysis) for condition in registered if condition is not None)
