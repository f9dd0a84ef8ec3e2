"""Digits: scikit-learn's bundled handwritten digits 3 and 8, on their first two principal components."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.data_set import AbstractDataSet, Items
from theory.attack.numbers import Floats
from theory.errors import InvalidInput

_LIKED, _OTHER = 3, 8
_TASTE = 2.0


@final
class Digits(AbstractDataSet):
    """All 357 pictures of a 3 or an 8; people give a 3 the reward 2 and an 8 the reward 0."""

    name: ClassVar[str] = "digits"
    about: ClassVar[str] = (
        "handwritten 3s and 8s in the plane of their two principal components; people like 3s"
    )

    def items(self, generator: np.random.Generator) -> Items:
        pixels, labels = _pictures()
        wanted = np.isin(labels, (_LIKED, _OTHER))
        reward = np.where(labels[wanted] == _LIKED, _TASTE, 0.0)
        axes = ("first component", "second component")
        return Items(points=principal_components(pixels[wanted]), reward=reward, axes=axes)


def principal_components(rows: Floats) -> Floats:
    """The first two principal components of each row, over the deviation of the first, shape ``(n, 2)``.

    The largest loading of each is positive, so that the signs are settled.
    """
    centred = rows - rows.mean(axis=0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    first = directions[:2]
    largest = np.argmax(np.abs(first), axis=1)
    first = first * np.sign(first[np.arange(2), largest])[:, None]
    scores = centred @ first.T
    found: Floats = scores / scores[:, 0].std()
    return found


def _pictures() -> tuple[Floats, Floats]:
    """Pixels and labels of the bundled digits; nothing is fetched."""
    try:
        from sklearn.datasets import load_digits
    except ImportError as error:
        raise InvalidInput(
            expected="the package scikit-learn, which holds the digits",
            found="none installed",
            place="--data digits",
            hint='install it with pip install "backfire[attack]", or take --data eight-gaussians',
        ) from error
    pixels, labels = load_digits(return_X_y=True)
    return np.asarray(pixels, dtype=np.float64), np.asarray(labels, dtype=np.float64)
