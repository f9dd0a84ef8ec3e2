"""Mean–variance Gaussians that read each other, at an equilibrium to differentiate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.gaussian_streams import GaussianStream
from proofs_check.encoding.matrices import identity_minus
from proofs_check.encoding.relations import at_least, equal, positive, with_values
from proofs_check.encoding.symbols import UNIT, Matrix, point, real, variables
from proofs_check.statements.statement import Condition, Relation, SchurStable, Statement

Value: TypeAlias = sympy.Expr | int | str


@dataclass(frozen=True, kw_only=True)
class Link:
    """A stream from a producer to a reader (models counted from 1), raw when `tilt` is None.

    Parameters
    ----------
    reader, producer : int
    share : Symbol
        Share of the reader's training set.
    tilt : Symbol or None
        Strength times slope of a linear reward, or the strength of a quadratic one.
    target : Symbol or None
        c of the reward −(x − c)²/2; None is the reward x.
    """

    reader: int
    producer: int
    share: sympy.Symbol
    tilt: sympy.Symbol | None = None
    target: sympy.Symbol | None = None


@dataclass(frozen=True)
class GaussianNetwork:
    """Symbols, update map and equilibrium of N Gaussians; what is not read from models is real data.

    Parameters
    ----------
    size : int
        N ≥ 1.
    links : tuple of Link
    """

    size: int
    links: tuple[Link, ...]

    @cached_property
    def state(self) -> tuple[sympy.Symbol, ...]:
        """Means and variances: m1, v1, m2, v2, and so on."""
        return tuple(real(f"{letter}{i}") for i in self._models for letter in "mv")

    @property
    def _models(self) -> range:
        return range(1, self.size + 1)

    def real_share(self, model: int) -> sympy.Expr:
        """1 − Σ shares that the model reads."""
        return 1 - sympy.Add(*(link.share for link in self.links if link.reader == model))

    def law(self, model: int) -> tuple[sympy.Symbol, sympy.Symbol]:
        """Mean and variance of a model."""
        return self.state[2 * model - 2], self.state[2 * model - 1]

    @cached_property
    def _read_moments(self) -> tuple[tuple[sympy.Expr, sympy.Expr], ...]:
        """Each model's first and second moment of what it reads from models, weighted by the shares."""
        read = [[self._stream(link) for link in self.links if link.reader == i] for i in self._models]
        return tuple(
            (
                sympy.Add(*(s.share * s.mean for s in streams)),
                sympy.Add(*(s.share * (s.variance + s.mean**2) for s in streams)),
            )
            for streams in read
        )

    def _stream(self, link: Link) -> GaussianStream:
        raw = GaussianStream(link.share, *self.law(link.producer))
        if link.tilt is None:
            return raw
        return (
            raw.tilted_linearly(link.tilt) if link.target is None else raw.tilted_to(link.target, link.tilt)
        )

    @cached_property
    def real_laws(self) -> tuple[tuple[sympy.Expr, sympy.Expr], ...]:
        """Mean and variance of each model's real data, such that the state is stationary."""
        laws = []
        for i, (first, second) in zip(self._models, self._read_moments, strict=True):
            (mean, variance), share = self.law(i), self.real_share(i)
            real_mean = (mean - first) / share
            laws.append((real_mean, (variance + mean**2 - second) / share - real_mean**2))
        return tuple(laws)

    def response(self, to: Sequence[sympy.Symbol]) -> Matrix:
        """Derivative of (m1', v1', …) at an equilibrium: m' = m there."""
        rows: list[list[sympy.Expr]] = []
        for i, (first, second) in zip(self._models, self._read_moments, strict=True):
            slopes = [sympy.expand(first.diff(s)) for s in to]
            rows.append(slopes)
            rows.append([second.diff(s) - 2 * self.law(i)[0] * k for s, k in zip(to, slopes, strict=True)])
        return Matrix(rows)

    @cached_property
    def jacobian(self) -> Matrix:
        """J at an equilibrium, shape ``(2N, 2N)``."""
        return self.response(self.state)

    def rest(self, model: int) -> Matrix:
        """J without the rows and columns of one model: the others with that model frozen."""
        kept = [k for k in range(2 * self.size) if k // 2 != model - 1]
        return Matrix(len(kept), len(kept), [self.jacobian[i, j] for i in kept for j in kept])

    def _domain(self) -> tuple[Relation, ...]:
        """Shares, real shares, variances and the variances of the real data are positive."""
        shares = (*(link.share for link in self.links), *(self.real_share(i) for i in self._models))
        return tuple(positive(e) for e in (*shares, *self.state[1::2], *(v for _, v in self.real_laws)))

    def _symbols(self) -> tuple[sympy.Symbol, ...]:
        """Shares, tilts, targets and state, each once."""
        of_links = [s for link in self.links for s in (link.share, link.tilt, link.target) if s is not None]
        return tuple(dict.fromkeys((*of_links, *self.state)))

    def never_lowers(
        self,
        name: str,
        knob: sympy.Symbol,
        alignment: sympy.Expr,
        known: Mapping[sympy.Symbol, Value],
        *,
        extra: Sequence[Condition] = (),
        free: Sequence[sympy.Symbol] = (),
    ) -> Case:
        """At a stable equilibrium the alignment does not fall with the knob; `known` is the point to try.

        Parameters
        ----------
        name : str
        knob : Symbol
            A tilt.
        alignment : Expr
            R, in the state and the targets.
        known : mapping from Symbol to exact value
            Shares, tilts, targets and state.
        extra : sequence of Condition
            Further hypotheses.
        free : sequence of Symbol
            What the statement leaves free; the rest has its value in `known`.
        """
        exact = {symbol: sympy.Rational(value) for symbol, value in known.items()}
        fixed = {symbol: value for symbol, value in exact.items() if symbol not in free}
        moves = tuple(real(f"d{symbol.name}") for symbol in self.state)
        direct = self.response([knob])
        linearised = Matrix(identity_minus(self.jacobian) * Matrix(moves) - direct)
        influence = sympy.Add(*(alignment.diff(x) * d for x, d in zip(self.state, moves, strict=True)))
        conditions = (*self._domain(), *extra, SchurStable(self.jacobian), *(equal(e) for e in linearised))
        answers = identity_minus(self.jacobian.xreplace(exact)).LUsolve(direct.xreplace(exact))
        kept = {symbol: exact[symbol] for symbol in self._symbols() if symbol not in fixed}
        found = point(kept | dict(zip(moves, answers, strict=True)))
        return Case(
            name=name,
            statement=Statement(
                variables=variables(*kept, *moves, typical=UNIT),
                hypotheses=tuple(with_values(c, fixed) for c in conditions),
                conclusions=(with_values(at_least(influence), fixed),),
            ),
            witness=found,
            suspects=(found,),
        )


def two_own_curators(
    own: Sequence[sympy.Symbol], read: Sequence[sympy.Symbol], tilts: Sequence[sympy.Symbol]
) -> GaussianNetwork:
    """Two models, each with its own output curated and the other's raw.

    Parameters
    ----------
    own, read, tilts : pair of Symbol
        For each reader its share of own output, its share of the other's, and its users' tilt.
    """
    return GaussianNetwork(
        2,
        (
            Link(reader=1, producer=1, share=own[0], tilt=tilts[0]),
            Link(reader=1, producer=2, share=read[0]),
            Link(reader=2, producer=2, share=own[1], tilt=tilts[1]),
            Link(reader=2, producer=1, share=read[1]),
        ),
    )
