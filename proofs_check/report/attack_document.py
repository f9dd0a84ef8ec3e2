"""What `backfire attack --json` prints: schema ``backfire.attack/1``."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from proofs_check.report.document import AbstractDocument, Decimal


class LongRunDocument(AbstractDocument):
    """A maximiser of (1 − φ) log E a + φ log E b: its items with their chances, and E[a]/E_0[a] there."""

    items: dict[str, Decimal]
    weight: Decimal
    potential: Decimal


class OutcomeDocument(AbstractDocument):
    """One attacker: its flips, the reward fitted after them, and retraining by it.

    `weight`, `potential` and `gap` are after each round from the start on, `predicted` is each round's gain
    of `weight` by robust.one-step.  `gap` is at least what the potential can still rise, `slack` the least
    rise of the potential in a round less KL(p' ‖ p).
    """

    attacker: str
    flips: tuple[int, ...]
    parameters: tuple[Decimal, ...]
    covariance: Decimal
    distance: Decimal
    threshold: Decimal | None
    weight: tuple[Decimal, ...]
    predicted: tuple[Decimal, ...]
    identity_error: Decimal
    potential: tuple[Decimal, ...]
    gap: tuple[Decimal, ...]
    slack: Decimal | None
    limit: LongRunDocument


class FrontPointDocument(AbstractDocument):
    """A set of flips on the Pareto front."""

    flips: tuple[int, ...]
    covariance: Decimal
    distance: Decimal


class FrontDocument(AbstractDocument):
    """The Pareto front; `exact` when every set of flips within the budget was tried."""

    exact: bool
    points: tuple[FrontPointDocument, ...]


class DataSetDocument(AbstractDocument):
    """One data set under attack; `budget` is the largest number of flips."""

    data: str
    items: int
    pairs: int
    budget: int
    share: Decimal
    rounds: int
    ridge: Decimal
    penalty: Decimal
    outcomes: tuple[OutcomeDocument, ...]
    front: FrontDocument | None


class ReachedDocument(AbstractDocument):
    """The part of the optimal damage that one attacker reaches on the instances, in order."""

    attacker: str
    median: Decimal
    quartiles: tuple[Decimal, Decimal]
    least: Decimal
    parts: tuple[Decimal, ...]


class SmallSetsDocument(AbstractDocument):
    """Attackers against the exhaustive optimum on random small sets."""

    instances: int
    pairs: int
    budget: int
    items: int
    dimension: int
    reached: tuple[ReachedDocument, ...]


class AttackDocument(AbstractDocument):
    """Attacks by flipped labels; null is not finished or not asked for."""

    model_config = ConfigDict(title="backfire.attack/1")

    schema_: Literal["backfire.attack/1"] = Field(default="backfire.attack/1", alias="schema")
    data: tuple[DataSetDocument, ...]
    small_sets: SmallSetsDocument | None
    seed: int
    interrupted: bool
    version: str
