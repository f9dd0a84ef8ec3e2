"""A conflict on three atoms whose users invert their own curation: equations and effects at the equilibrium.

Both models have real data (20, 5, 1)/26. Model q reads real data (share 3/4) and what its users, e^{r_q} =
(1, 4, 1), keep of its own output. Model p reads real data (share 1 − λ, λ = 2/3), what its users, e^{r_p} =
(150, 100, 1), keep of its own output (2λ/5) and the same chosen output of q (3λ/5). K = ∞.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Point
from proofs_check.encoding.near_equilibria import NEARLY, settled_decimals
from proofs_check.encoding.relations import at_least, positive, within
from proofs_check.encoding.symbols import reals
from proofs_check.statements.statement import Relation

_REAL = tuple(sympy.Rational(part, 26) for part in (20, 5, 1))
_WEIGHTS = (150, 100, 1)
_SHARE, _CROSS = sympy.Rational(2, 3), sympy.Rational(3, 5)
_OWN = _SHARE * (1 - _CROSS)
_QUARTER = sympy.Rational(1, 4)
Exprs = tuple[sympy.Expr, ...]


@dataclass(frozen=True)
class InvertedConflict:
    """Symbols, equations, and the effects of λ on E_p r_p."""

    @cached_property
    def free(self) -> tuple[sympy.Symbol, ...]:
        """First and last probability of p, and the middle one of q."""
        return reals("p1 p3 q2")

    @property
    def _law(self) -> Exprs:
        first, last, _ = self.free
        return first, 1 - first - last, last

    @property
    def _total(self) -> sympy.Expr:
        """E_p e^{r_p}."""
        return sympy.Add(*(p * a for p, a in zip(self._law, _WEIGHTS, strict=True)))

    @property
    def _other_curated(self) -> Exprs:
        """C(q; r_q), where q's first and last atom follow from E_q e^{r_q} = 1 + 3q_2 by stationarity."""
        middle = self.free[2]
        total = 1 + 3 * middle
        outer = [real * (1 - _QUARTER) / (1 - _QUARTER / total) for real in (_REAL[0], _REAL[2])]
        return outer[0] / total, 4 * middle / total, outer[1] / total

    @property
    def _curated(self) -> Exprs:
        return tuple(p * a / self._total for p, a in zip(self._law, _WEIGHTS, strict=True))

    @cached_property
    def _mixture(self) -> Exprs:
        pairs = zip(self._curated, self._other_curated, strict=True)
        return tuple((1 - _CROSS) * x + _CROSS * y for x, y in pairs)

    @property
    def _rooms(self) -> Exprs:
        """1 − (2λ/5) e^{r_i}/E_p e^r; times p_i it is the part of p_i that is not own output."""
        return tuple(1 - _OWN * a / self._total for a in _WEIGHTS)

    @cached_property
    def steps(self) -> Exprs:
        """p_1', p_3' and q_2'."""
        own = [(1 - _SHARE) * _REAL[i] + _SHARE * self._mixture[i] for i in (0, 2)]
        return *own, (1 - _QUARTER) * _REAL[1] + _QUARTER * self._other_curated[1]

    def nearly_stationary(self) -> tuple[Relation, ...]:
        """p_1, p_3 and q_2 move by at most 10⁻¹² in one round."""
        pairs = zip(self.free, self.steps, strict=True)
        return tuple(r for x, step in pairs for r in within(step - x, NEARLY / 1000))

    def witness(self) -> Point:
        """Decimals of the laws that iteration from the real data settles on."""
        return settled_decimals(self.free, self.steps, (_REAL[0], _REAL[2], _REAL[1]))

    def domain(self) -> tuple[Relation, ...]:
        """What stationarity implies: probabilities are at least their share of real data, rooms positive."""
        floors = [(1 - _SHARE) * real for real in _REAL]
        first, last, middle = self.free
        low = (1 - _QUARTER) * _REAL[1]
        return (
            at_least(first, floors[0]),
            at_least(last, floors[2]),
            at_least(1 - floors[1] - floors[2], first),
            at_least(1 - floors[0] - floors[1], last),
            at_least(self._law[1], floors[1]),
            at_least(middle, low),
            at_least(1, middle),
            *(positive(room) for room in self._rooms),
        )

    @property
    def _direct(self) -> Exprs:
        """∂p'/∂λ = m − p_ref."""
        return tuple(m - real for m, real in zip(self._mixture, _REAL, strict=True))

    def _moved(self) -> Exprs:
        """dp/dλ from dp_i (1 − (2λ/5) e^{r_i}/Z) = ∂p_i'/∂λ − (2λ/5) C_i S/Z with S = Σ e^{r_i} dp_i."""
        rows = list(zip(_WEIGHTS, self._direct, self._curated, self._rooms, strict=True))
        pushed = sympy.Add(*(a * d / room for a, d, _, room in rows))
        held = 1 + _OWN * sympy.Add(*(a * c / room for a, _, c, room in rows)) / self._total
        move = pushed / held
        return tuple((d - _OWN * c * move / self._total) / room for _, d, c, room in rows)

    @property
    def direct_effect(self) -> sympy.Expr:
        """d = Σ r_i ∂p_i'/∂λ."""
        return _weighed(self._direct)

    @property
    def influence(self) -> sympy.Expr:
        """s = Σ r_i dp_i/dλ."""
        return _weighed(self._moved())


def _weighed(changes: Exprs) -> sympy.Expr:
    """Σ r_i · change; r_3 = 0."""
    return sympy.Add(*(sympy.log(a) * change for a, change in zip(_WEIGHTS[:2], changes[:2], strict=True)))
