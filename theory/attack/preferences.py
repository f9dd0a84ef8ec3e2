"""Preferences: pairs of items, and which of the two somebody picked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from theory.attack.numbers import Floats, Integers, kept, kept_integers
from theory.errors import InvalidInput


@dataclass(frozen=True, kw_only=True, eq=False)
class Preferences:
    """m labelled pairs among n items.

    Parameters
    ----------
    features : array, shape ``(n, d)``
        Features φ(x) of the items; a reward is r(x) = θᵀφ(x).
    pairs : array of int, shape ``(m, 2)``
        Items of each pair, two different ones.
    labels : array, shape ``(m,)``
        1 where the first item of the pair was picked, 0 where the second was.

    Raises
    ------
    InvalidInput
        When there is no pair, a pair names no two items, or a label is neither 0 nor 1.
    """

    features: Floats
    pairs: Integers
    labels: Floats

    def __post_init__(self) -> None:
        for name, freeze in (("features", kept), ("pairs", kept_integers), ("labels", kept)):
            object.__setattr__(self, name, freeze(getattr(self, name)))
        _require(
            self.features.ndim == 2 and bool(np.isfinite(self.features).all()),
            "finite features, one row an item",
        )
        _require(
            self.pairs.ndim == 2 and self.pairs.shape[1:] == (2,) and len(self.pairs) > 0, "at least one pair"
        )
        inside = bool(((self.pairs >= 0) & (self.pairs < len(self.features))).all())
        _require(
            inside and bool((self.pairs[:, 0] != self.pairs[:, 1]).all()), "pairs of two different items"
        )
        known = self.labels.shape == (len(self.pairs),) and bool(np.isin(self.labels, (0.0, 1.0)).all())
        _require(known, "a label 0 or 1 for each pair")

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def differences(self) -> Floats:
        """z = φ(first) − φ(second), shape ``(m, d)``."""
        first, second = self.pairs.T
        found: Floats = self.features[first] - self.features[second]
        return found

    def flipped(self, flips: Iterable[int]) -> Floats:
        """The labels with those of the given pairs turned round, shape ``(m,)``."""
        labels = self.labels.copy()
        chosen = list(flips)
        labels[chosen] = 1 - labels[chosen]
        return labels


def drawn_preferences(
    features: Floats, reward: Floats, pairs: int, generator: np.random.Generator
) -> Preferences:
    """Pairs of different items, uniform, labelled by Bradley–Terry choice under a reward.

    Parameters
    ----------
    features : array, shape ``(n, d)``
    reward : array, shape ``(n,)``
        The first of a pair is picked with probability 1/(1 + exp(r(second) − r(first))).
    pairs : int
        How many, ≥ 1.
    generator : numpy.random.Generator

    Returns
    -------
    Preferences

    Raises
    ------
    InvalidInput
        When there are fewer than two items, or no pair is asked for.
    """
    _require(len(features) > 1, "at least two items")
    first = generator.integers(len(features), size=pairs)
    second = (first + generator.integers(1, len(features), size=pairs)) % len(features)
    picked = generator.random(pairs) < expit(reward[first] - reward[second])
    return Preferences(features=features, pairs=np.stack([first, second], axis=1), labels=picked)


def _require(holds: bool, expected: str) -> None:  # noqa: FBT001 (a condition, not a switch)
    if not holds:
        raise InvalidInput(expected=expected, found="something else", place="preferences")
