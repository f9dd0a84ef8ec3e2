"""Lipschitz constants of one round of choice, in total variation, and when they make a contraction."""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from theory.coevolution.model import Coevolution
from theory.expressions.signs import NumberSign, sign_of


@dataclass(frozen=True, kw_only=True)
class ContractionBound:
    """TV(C_K(p; w), C_K(q; v)) ≤ L_p TV(p, q) + L_w |w − v|, and what follows (coevolve.unique-equilibrium).

    Parameters
    ----------
    law_constant, preference_constant : Expr
        L_p and L_w.
    synthetic_share, learning_rate : Expr
        η and β.
    """

    law_constant: sympy.Expr
    preference_constant: sympy.Expr
    synthetic_share: sympy.Expr
    learning_rate: sympy.Expr

    @property
    def smallness(self) -> sympy.Expr:
        """q = η(L_p + 2L_w); below 1 there is one equilibrium where β > 0."""
        return self.synthetic_share * (self.law_constant + 2 * self.preference_constant)

    @property
    def factor(self) -> sympy.Expr:
        """1 − β(1 − q): a round contracts max(TV(p, q), |w − v|/2) by it."""
        return 1 - self.learning_rate * (1 - self.smallness)

    @property
    def proves_uniqueness(self) -> bool:
        """Whether q < 1 and β > 0 are proved."""
        numbers = (1 - self.smallness, self.learning_rate)
        return all(sign_of(number) is NumberSign.POSITIVE for number in numbers)


def stated_contraction(model: Coevolution) -> ContractionBound:
    """L_p = 2e^{2τ}(2 + e^{2τ}) and L_w = 2τe^{4τ}, as [WXZZ26] state them.

    Examples
    --------
    >>> from theory.coevolution.model import Coevolution
    >>> one, zero, half = sympy.S.One, sympy.S.Zero, sympy.Rational(1, 2)
    >>> model = Coevolution(
    ...     features=((one, zero), (zero, one)), temperature=sympy.log(2), candidates=2,
    ...     synthetic_share=half / 3, reference=(half, half), learning_rate=half,
    ... )
    >>> stated_contraction(model).law_constant, sharp_contraction(model).law_constant
    (48, 8/5)
    >>> stated_contraction(model).proves_uniqueness, sharp_contraction(model).proves_uniqueness
    (False, True)
    """
    top = sympy.exp(2 * model.temperature)
    return _bound(model, 2 * top * (2 + top), 2 * model.temperature * top**2)


def sharp_contraction(model: Coevolution) -> ContractionBound:
    """L_p = Ke^{2τ}/(e^{2τ} + K − 1), e^{2τ} for K = ∞, and L_w = τ/2.

    L_p is the least constant over all features, and L_w the least that serves every K.
    """
    top, pool = sympy.exp(2 * model.temperature), model.candidates
    law = top if pool is None else pool * top / (top + pool - 1)
    return _bound(model, law, model.temperature / 2)


def _bound(model: Coevolution, law: sympy.Expr, preference: sympy.Expr) -> ContractionBound:
    return ContractionBound(
        law_constant=law,
        preference_constant=preference,
        synthetic_share=model.synthetic_share,
        learning_rate=model.learning_rate,
    )
