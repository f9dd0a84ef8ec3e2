"""Two models on three atoms whose users want opposite things: the settings of a conflict, at an equilibrium.

Real data are uniform, rewards r_p = (4/5, 0, −4/5) = −r_q, K = ∞. Model p is trained on real data of share
1 − λ, on what its users keep of its own output, λ(1 − k_p), and on chosen output of model q, λk_p; model q
likewise with λ_q = 1/2 and k_q. Producers' or consumers' users choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.claim import Point
from proofs_check.encoding.near_equilibria import NEARLY, settled_decimals
from proofs_check.encoding.relations import at_least, within
from proofs_check.encoding.symbols import reals
from proofs_check.statements.statement import Relation

REWARD = sympy.Rational(4, 5)
_THIRD, _HALF = sympy.Rational(1, 3), sympy.Rational(1, 2)
_WEIGHTS = (sympy.exp(REWARD), sympy.Integer(1), sympy.exp(-REWARD))
Exprs = tuple[sympy.Expr, ...]


@dataclass(frozen=True, kw_only=True)
class OpposedUsers:
    """Symbols and equations of one setting.

    Parameters
    ----------
    share : Rational
        λ, the curated share of model p.
    crosses : pair of Rational
        k_p and k_q.
    consumers : bool
        Whether the reader's users choose, instead of the producer's.
    """

    share: sympy.Rational
    crosses: tuple[sympy.Rational, sympy.Rational]
    consumers: bool = False

    @cached_property
    def free(self) -> tuple[sympy.Symbol, ...]:
        """First and last probability of p, then of q."""
        return reals("p1 p3 q1 q3")

    @cached_property
    def laws(self) -> tuple[Exprs, Exprs]:
        """p and q."""
        p1, p3, q1, q3 = self.free
        return (p1, 1 - p1 - p3, p3), (q1, 1 - q1 - q3, q3)

    @cached_property
    def steps(self) -> tuple[Exprs, Exprs]:
        """p' and q'."""
        (own_p, cross_p), (own_q, cross_q) = self._chosen(0), self._chosen(1)
        return (
            _mixture(self.share, self.crosses[0], own_p, cross_p),
            _mixture(_HALF, self.crosses[1], own_q, cross_q),
        )

    def _chosen(self, reader: int) -> tuple[Exprs, Exprs]:
        """What users keep of the reader's own output and of the other's."""
        other = 1 - reader
        weights = (_WEIGHTS, _WEIGHTS[::-1])
        picks = reader if self.consumers else other
        return _tilted(self.laws[reader], weights[reader]), _tilted(self.laws[other], weights[picks])

    @property
    def alignments(self) -> tuple[sympy.Expr, sympy.Expr]:
        """J_p = E_p r_p and J_q = E_q r_q."""
        p1, p3, q1, q3 = self.free
        return REWARD * (p1 - p3), REWARD * (q3 - q1)

    def nearly_stationary(self) -> tuple[Relation, ...]:
        """First and last probability of each model move by at most 10⁻⁹ in one round."""
        pairs = zip(self.laws, self.steps, strict=True)
        return tuple(r for law, step in pairs for i in (0, 2) for r in within(step[i] - law[i], NEARLY))

    def witness(self) -> Point:
        """Decimals of the laws that iteration from the real data settles on."""
        steps = [self.steps[model][i] for model in (0, 1) for i in (0, 2)]
        return settled_decimals(self.free, steps, (_THIRD,) * 4)

    def domain(self) -> tuple[Relation, ...]:
        """Every probability is at least its share of the real data, which stationarity implies."""
        floors = ((1 - self.share) * _THIRD, _HALF * _THIRD)
        pairs = zip(self.laws, floors, strict=True)
        bounds = [(law, floor) for law, floor in pairs]
        return (
            *(at_least(law[i], floor) for law, floor in bounds for i in (0, 2)),
            *(at_least(1 - 2 * floor, law[i]) for law, floor in bounds for i in (0, 2)),
            *(at_least(law[1], floor) for law, floor in bounds),
        )


def _tilted(law: Sequence[sympy.Expr], weights: Sequence[sympy.Expr]) -> Exprs:
    total = sympy.Add(*(p * a for p, a in zip(law, weights, strict=True)))
    return tuple(p * a / total for p, a in zip(law, weights, strict=True))


def _mixture(share: sympy.Expr, cross: sympy.Expr, own: Exprs, other: Exprs) -> Exprs:
    """Uniform real data, own and other curated output."""
    return tuple(
        (1 - share) * _THIRD + share * ((1 - cross) * x + cross * y) for x, y in zip(own, other, strict=True)
    )
