"""Models in exponential families with a common statistic T that read each other's raw and curated output.

Model j has a log-partition A_j and a natural parameter θ_j; its mean is ∇A_j(θ_j).  Choosing by the reward
⟨c,T⟩ at strength β turns it into the law θ_j + βc of its family [K = ∞ candidates].  A_j stays a symbol: what
is left of it after differentiation is its second derivatives, matrices that the caller names.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import sympy

from proofs_check.encoding.matrices import inverse
from proofs_check.encoding.symbols import Matrix, column, real

_STEP = real("epsilon")


class LogPartition(sympy.Function):
    """Partial derivative of A_j at a point: j, the order in each coordinate, the point's coordinates.

    Examples
    --------
    >>> a, b = sympy.Symbol("a", real=True), sympy.Symbol("b", real=True)
    >>> LogPartition(1, 0, 0, a, b).diff(a).diff(b)
    LogPartition(1, 1, 1, a, b)
    """

    def fdiff(self, argindex: int = 1) -> sympy.Expr:
        """One order more in the coordinate that is differentiated."""
        place = argindex - 1 - len(self.args) // 2
        orders = list(self.args)
        orders[place] += 1
        return LogPartition(*orders)


@dataclass(frozen=True, kw_only=True)
class TiltedStream:
    """A share of a model's training set that another model, or itself, makes.

    Parameters
    ----------
    reader, producer : int
        Models, counted from 1.
    share : Expr
    variance : Matrix or None
        ∇²A of the producer at the law of the stream, shape ``(d, d)``; None where that is the producer's own
        law: raw output, or output chosen at strength 0.
    reward : Matrix or None
        c when the strength β that is varied tilts this stream along c, shape ``(d, 1)``; else None.
    """

    reader: int
    producer: int
    share: sympy.Expr
    variance: Matrix | None = None
    reward: Matrix | None = None


@dataclass(frozen=True)
class TiltedNetwork:
    """N models with ∇²A_j at their laws, and the streams between them; the rest of the data is real.

    Parameters
    ----------
    variances : tuple of Matrix
        ∇²A_j(θ_j), symmetric, shape ``(d, d)`` each.
    streams : tuple of TiltedStream
    """

    variances: tuple[Matrix, ...]
    streams: tuple[TiltedStream, ...]

    @property
    def size(self) -> int:
        """N."""
        return len(self.variances)

    @property
    def dimension(self) -> int:
        """d."""
        return int(self.variances[0].rows)

    def linearised(self, moves: Sequence[Matrix]) -> tuple[sympy.Expr, ...]:
        """d/dβ of (mean − mean of the data), model by model, as the laws move by θ_j' = `moves`.

        All are zero for the derivative of an equilibrium.
        """
        paths = [Matrix(here + _STEP * move) for here, move in zip(self._state, moves, strict=True)]
        means = [self._mean(j, path) for j, path in enumerate(paths, 1)]
        gaps = [mean - read for mean, read in zip(means, self._read(paths, _STEP), strict=True)]
        return tuple(self._evaluated(e.diff(_STEP).subs(_STEP, 0)) for gap in gaps for e in gap)

    @cached_property
    def jacobian(self) -> Matrix:
        """J = ∂G/∂μ: the derivative of what is read in θ, times the inverse of dμ/dθ; shape ``(Nd, Nd)``."""
        state = [symbol for point in self._state for symbol in point]
        step = Matrix.vstack(*self._read(self._state, sympy.S.Zero))
        slopes = step.jacobian(state).applyfunc(self._evaluated)
        return Matrix(slopes * sympy.diag(*(inverse(variance) for variance in self.variances)))

    @cached_property
    def direct(self) -> Matrix:
        """∂G/∂β, shape ``(Nd, 1)``."""
        step = Matrix.vstack(*self._read(self._state, _STEP))
        return Matrix(step.diff(_STEP).subs(_STEP, 0).applyfunc(self._evaluated))

    @cached_property
    def _state(self) -> tuple[Matrix, ...]:
        return tuple(column(f"theta{j}_", self.dimension) for j in range(1, self.size + 1))

    def _mean(self, model: int, point: Matrix) -> Matrix:
        """∇A_j at a point."""
        d = self.dimension
        unit = sympy.eye(d)
        return Matrix([LogPartition(model, *unit.row(a), *point) for a in range(d)])

    def _read(self, laws: Sequence[Matrix], step: sympy.Expr) -> tuple[Matrix, ...]:
        """What each model reads from models, as a mean of T, at strength β + step."""
        read = [sympy.zeros(self.dimension, 1) for _ in laws]
        for place, stream in enumerate(self.streams):
            law = Matrix(laws[stream.producer - 1] + self._tilt(place, step))
            read[stream.reader - 1] += stream.share * self._mean(stream.producer, law)
        return tuple(map(Matrix, read))

    def _tilt(self, place: int, step: sympy.Expr) -> Matrix:
        """What is added to the producer's θ: an unknown vector where somebody chooses, and step · c."""
        stream = self.streams[place]
        tilt = sympy.zeros(self.dimension, 1)
        if stream.variance is not None:
            tilt += column(f"tilt{place}_", self.dimension)
        if stream.reward is not None:
            tilt += step * stream.reward
        return Matrix(tilt)

    @cached_property
    def _laws(self) -> dict[tuple[Any, ...], Matrix]:
        """∇²A at each law that occurs: those of the models and those of the streams."""
        known = {
            (j, *here): v for j, (here, v) in enumerate(zip(self._state, self.variances, strict=True), 1)
        }
        for place, stream in enumerate(self.streams):
            if stream.variance is not None:
                law = self._state[stream.producer - 1] + self._tilt(place, sympy.S.Zero)
                known[stream.producer, *law] = stream.variance
        return known

    def _evaluated(self, expression: sympy.Expr) -> sympy.Expr:
        """The expression with the named matrices for second derivatives of A."""
        found = {}
        for derivative in expression.atoms(LogPartition):
            d = self.dimension
            model, orders, law = derivative.args[0], derivative.args[1 : d + 1], derivative.args[d + 1 :]
            a, b = (k for k, order in enumerate(orders) for _ in range(int(order)))
            found[derivative] = self._laws[int(model), *law][a, b]
        return sympy.expand(expression.xreplace(found))
