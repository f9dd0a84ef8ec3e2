"""Lock-in: the basin in which one outcome takes over, and users come to prefer it [WXZZ26]."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from theory.coevolution.model import Coevolution, CoevolutionState
from theory.coevolution.projection import inner
from theory.coevolution.selection import order_factor
from theory.errors import InvalidInput
from theory.expressions.signs import NumberSign, sign_of

Exprs = tuple[sympy.Expr, ...]
_AT_LEAST_0 = (NumberSign.POSITIVE, NumberSign.ZERO)


@dataclass(frozen=True, kw_only=True)
class LockInBasin:
    """Starts from which outcome i takes over (coevolve.lock-in).

    Parameters
    ----------
    outcome : int
        i, from 0.
    feature : tuple of Expr, shape ``(m,)``
        φ_i.
    margin : Expr
        γ_i > 0.
    factor : Expr
        λ = λ_K(γ_i/2) in (0, 1).
    """

    outcome: int
    feature: Exprs
    margin: sympy.Expr
    factor: sympy.Expr

    @property
    def missing_mass(self) -> sympy.Expr:
        """γ_i/8, the most of 1 − p_0(x_i) for which lock-in is proved."""
        return self.margin / 8

    @property
    def stated_missing_mass(self) -> sympy.Expr:
        """min(1 − λ, γ_i/8), as [WXZZ26] state it; below it their rate λ/(1 − ε) is < 1."""
        return sympy.Min(1 - self.factor, self.margin / 8)

    @property
    def preference_distance(self) -> sympy.Expr:
        """γ_i/4, the most of |w_0 − φ_i|."""
        return self.margin / 4

    def rate(self, missing: sympy.Expr) -> sympy.Expr:
        """λ/(1 − ε): 1 − p_t(x_i) ≤ rate^t (1 − p_0(x_i)) where 1 − p_0(x_i) ≤ ε."""
        return self.factor / (1 - missing)

    def bound(self, missing: sympy.Expr, rounds: int) -> sympy.Expr:
        """λ^t m/(1 − m + λ^t m): what 1 − p_t(x_i) stays below from 1 − p_0(x_i) = m on.

        The odds against the outcome fall by λ in every round.
        """
        fallen = self.factor**rounds * missing
        return fallen / (1 - missing + fallen)

    def holds(self, state: CoevolutionState) -> bool:
        """Whether the state is proved to lie in the basin."""
        away = tuple(w - f for w, f in zip(state.preference, self.feature, strict=True))
        room = (
            self.missing_mass - 1 + state.law[self.outcome],
            self.preference_distance**2 - inner(away, away),
        )
        return all(sign_of(sympy.simplify(slack)) in _AT_LEAST_0 for slack in room)


def margin(features: tuple[Exprs, ...], outcome: int) -> sympy.Expr:
    """γ_i = min over j ≠ i of ⟨φ_i, φ_i − φ_j⟩: 0 where another outcome has the same feature.

    Parameters
    ----------
    features : tuple of tuple of Expr, shape ``(n, m)``
        Of length 1.
    outcome : int
        i, from 0.

    Examples
    --------
    >>> one, zero = sympy.S.One, sympy.S.Zero
    >>> margin(((one, zero), (zero, one), (-one, zero)), 0)
    1
    """
    own = features[outcome]
    return sympy.Min(*(1 - inner(own, other) for j, other in enumerate(features) if j != outcome))


def lock_in_basin(model: Coevolution, outcome: int) -> LockInBasin:
    """The basin of an outcome whose feature no other outcome has, in a model without real data.

    Parameters
    ----------
    model : Coevolution
        With η = 1.
    outcome : int
        i, from 0.

    Raises
    ------
    InvalidInput
        When there are real data, there is no such outcome, or its feature occurs twice.

    Examples
    --------
    >>> one, zero, half = sympy.S.One, sympy.S.Zero, sympy.Rational(1, 2)
    >>> model = Coevolution(
    ...     features=((one, zero), (zero, one)), temperature=sympy.log(16), candidates=2,
    ...     synthetic_share=one, reference=(half, half), learning_rate=half,
    ... )
    >>> basin = lock_in_basin(model, 0)
    >>> basin.factor, basin.missing_mass, basin.stated_missing_mass
    (1025/1028, 1/8, 3/1028)
    >>> basin.holds(CoevolutionState(law=(sympy.Rational(9, 10), one / 10), preference=(one, zero)))
    True
    """
    if sign_of(1 - model.synthetic_share) is not NumberSign.ZERO:
        raise InvalidInput(
            expected="no real data (synthetic_share = 1)",
            found=str(model.synthetic_share),
            place="synthetic_share",
        )
    if not 0 <= outcome < model.outcomes:
        raise InvalidInput(
            expected=f"an outcome from 0 to {model.outcomes - 1}", found=str(outcome), place="outcome"
        )
    found = margin(model.features, outcome)
    if sign_of(found) is not NumberSign.POSITIVE:
        raise InvalidInput(
            expected="a feature that no other outcome has", found=f"margin {found}", place="outcome"
        )
    return LockInBasin(
        outcome=outcome,
        feature=model.features[outcome],
        margin=found,
        factor=order_factor(found / 2, model.temperature, model.candidates),
    )
