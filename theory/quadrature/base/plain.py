"""Plain base: laws that their parameters alone say, without settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self, final

from theory.quadrature.base.abstract import AbstractBase, Exprs, Feature


@dataclass(frozen=True)
class AbstractPlainBase(AbstractBase):
    """A base without settings; to implement: the rest of `AbstractBase`.

    Parameters
    ----------
    rewards : tuple of Feature
        ρ_k.
    """

    rewards: tuple[Feature, ...] = ()

    @property
    @final
    def settings(self) -> Exprs:
        return ()

    @classmethod
    @final
    def from_settings(cls, settings: Exprs, rewards: tuple[Feature, ...]) -> Self:
        return cls(rewards)

    @final
    def choosing_by(self, rewards: tuple[Feature, ...]) -> Self:
        return replace(self, rewards=rewards)
