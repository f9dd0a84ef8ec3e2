"""Mean and variance of one refitted Gaussian from the streams it reads, for linear and quadratic curators."""

from __future__ import annotations

from dataclasses import dataclass

import sympy


@dataclass(frozen=True)
class GaussianStream:
    """A share of the training set with the law N(mean, variance)."""

    share: sympy.Expr
    mean: sympy.Expr
    variance: sympy.Expr

    def tilted_linearly(self, strength: sympy.Expr) -> GaussianStream:
        """Curated by the reward x at this strength: N(m + βv, v)."""
        return GaussianStream(self.share, self.mean + strength * self.variance, self.variance)

    def tilted_to(self, target: sympy.Expr, strength: sympy.Expr) -> GaussianStream:
        """Curated by the reward −(x − target)²/2: the precision 1/v grows by the strength."""
        divisor = 1 + strength * self.variance
        mean = (self.mean + strength * self.variance * target) / divisor
        return GaussianStream(self.share, mean, self.variance / divisor)


def refit(*streams: GaussianStream) -> tuple[sympy.Expr, sympy.Expr]:
    """Mean and variance of the mixture: what maximum likelihood fits."""
    first = sympy.Add(*(s.share * s.mean for s in streams))
    second = sympy.Add(*(s.share * (s.variance + s.mean**2) for s in streams))
    return first, second - first**2
