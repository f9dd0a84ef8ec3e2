"""What every output document shares: strictness, decimal strings, balls, intervals, provenance."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Decimal = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?(e[+-][0-9]+)?$")]
"""A decimal string ``-?digits[.digits][e±digits]``."""


class AbstractDocument(BaseModel):
    """A frozen part of an output document that knows each of its keys.

    To implement: the fields, in the order in which they are printed.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


class BallDocument(AbstractDocument):
    """The ball ``mid ± rad``, proved to contain the true value."""

    mid: Decimal
    rad: Decimal


class IntervalDocument(AbstractDocument):
    """The closed interval from ``lo`` to ``hi``, proved to contain the true value; null is no bound."""

    lo: Decimal | None
    hi: Decimal | None


class FileDocument(AbstractDocument):
    """Which file was read: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
