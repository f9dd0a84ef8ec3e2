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

from proofs_check.claim import Case, Point
from proofs_check.encoding.near_equilibria import NEARLY, settled_decimals
from proofs_check.encoding.relations import at_least, less, within
from proofs_check.encoding.symbols import UNIT, reals, variables
from proofs_check.statements.statement import Relation, Statement

REWARD = sympy.Rational(4, 5)
_THIRD, _HALF = sympy.Rational(1, 3), sympy.Rational(1, 2)
_WEIGHTS = (sympy.exp(REWARD), sympy.Integer(1), sympy.exp(-REWARD))
SETTINGS: dict[str, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]] = {
    "A1": (("0", "1/10"), ("0.294233", "0.219048"), ("0.380831", "0.216519")),
    "A2": (("1/5", "4/5"), ("0.185668", "-0.185668"), ("0.241654", "-0.201378")),
    "A3": (("3/10", "2/5"), ("0.103245", "0.035510"), ("0.135814", "0.029520")),
    "A4": (("7/10", "3/10"), ("-0.125847", "0.125847"), ("-0.155722", "0.129768")),
    "A5": (("1/5", "3/10"), ("0.159704", "0.089377"), ("0.208652", "0.083632")),
    "A6": (("7/10", "4/5"), ("-0.055985", "-0.113022"), ("-0.070032", "-0.110042")),
}
"""(k_p, k_q), then (J_p, J_q) at λ = 1/2 and at λ = 3/5."""
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


def tabled(name: str, column_of: int) -> Case:
    """(J_p − its decimal)² + (J_q − its decimal)² < 10⁻¹² at every equilibrium; λ = 1/2 or 3/5 by column."""
    crosses, decimals = SETTINGS[name][0], SETTINGS[name][1 + column_of]
    share = (sympy.Rational(1, 2), sympy.Rational(3, 5))[column_of]
    first, second = (sympy.Rational(k) for k in crosses)
    model = OpposedUsers(share=share, crosses=(first, second))
    off = [(j - sympy.Rational(d)) ** 2 for j, d in zip(model.alignments, decimals, strict=True)]
    return Case(
        name=f"{name}, λ = {share}",
        statement=Statement(
            variables=variables(*model.free, typical=UNIT),
            hypotheses=(*model.nearly_stationary(), *model.domain()),
            conclusions=(less(sympy.Add(*off), sympy.Rational(1, 10**12)),),
        ),
        witness=model.witness(),
    )
