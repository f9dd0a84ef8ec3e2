"""Eight Gaussians: a ring of eight clusters, one of which people like best."""

from __future__ import annotations

from typing import ClassVar, final

import numpy as np

from theory.attack.data_set import AbstractDataSet, Items

_CLUSTERS = 8
_EACH = 30
_DEVIATION = 0.25
_RADIUS = 2.0


@final
class EightGaussians(AbstractDataSet):
    """240 points around the corners of an octagon of radius 2; people like to be near the first."""

    name: ClassVar[str] = "eight-gaussians"
    about: ClassVar[str] = "a ring of eight clusters; people like to be near the first"

    def items(self, generator: np.random.Generator) -> Items:
        angles = 2 * np.pi * np.arange(_CLUSTERS) / _CLUSTERS
        corners = _RADIUS * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        points = np.repeat(corners, _EACH, axis=0)
        points = points + _DEVIATION * generator.standard_normal(points.shape)
        reward = -np.linalg.norm(points - corners[0], axis=1)
        return Items(points=points, reward=reward, axes=("$x_1$", "$x_2$"))
