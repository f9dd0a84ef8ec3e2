"""EcosystemCondition: whether the hypotheses of a claim hold in one analysed ecosystem."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from theory.equilibrium.result import Interval


class Holds(Enum):
    """Whether a claim's hypotheses hold."""

    YES = "yes"
    NO = "no"
    UNDECIDED = "undecided"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, kw_only=True)
class EcosystemCondition:
    """A claim's hypotheses at the reached equilibrium.

    Parameters
    ----------
    claim : str
        Claim id.
    holds : Holds
        *Yes* only where the margin is proved positive and all else is proved.
    margin : Interval or None
        Encloses the least slack over the inequality hypotheses; None for combinatorial ones.
    detail : str
    gives : tuple of (str, Interval)
        What the claim says of this ecosystem in numbers, by name; empty unless its hypotheses hold.
    """

    claim: str
    holds: Holds
    margin: Interval | None = None
    detail: str = ""
    gives: tuple[tuple[str, Interval], ...] = ()
