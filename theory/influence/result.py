"""What is told of one influence: values as balls, a proved sign, a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flint import arb


class Sign(Enum):
    """Proved sign; ``?`` when the ball does not decide it."""

    POSITIVE = "+"
    NEGATIVE = "-"
    ZERO = "0"
    UNDECIDED = "?"


class InfluenceVerdict(Enum):
    """What curation does in the long run against what it does in one round."""

    AMPLIFIES = "amplifies"
    UNCHANGED = "unchanged"
    DAMPENS = "dampens"
    INVERTS = "inverts"
    NEUTRAL = "neutral"
    MISALIGNED = "misaligned"
    INDIRECT = "indirect"
    UNDECIDED = "undecided"


@dataclass(frozen=True, kw_only=True)
class Influence:
    """dR_i/dτ at an equilibrium.

    Parameters
    ----------
    knob : str
        Name of the knob τ.
    on : str
        Name of the model i whose alignment moves.
    kind : str
        ``self``, ``cross`` or ``parameter``.
    total : arb or None
        (I − J)⁻¹ carried through: ∇R_i · (I − J)⁻¹ ∂G/∂τ + ∂R_i/∂τ.  Radius 0 and midpoint 0
        only when exactly zero is proved.  None where the balls stay wider than the budget asks.
    direct : arb or None
        ∇R_i · ∂G_i/∂τ + ∂R_i/∂τ.
    isolated : arb or None
        The same knob's total in the ecosystem that has model i alone (kind *self*, stable equilibria).
    sign : Sign
        Of `total`.
    verdict : InfluenceVerdict or None
        None unless the kind is *self* and the equilibrium is proved stable.
    detail : str
        Why a value is None.
    """

    knob: str
    on: str
    kind: str
    total: arb | None
    direct: arb | None
    isolated: arb | None
    sign: Sign
    verdict: InfluenceVerdict | None
    detail: str = ""
