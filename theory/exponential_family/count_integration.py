"""Laws of counts as laws of a base: their features are powers of the count."""

from __future__ import annotations

import sympy

from theory.exponential_family.integration import Integration, Terms
from theory.quadrature.base.abstract import Exprs
from theory.quadrature.base.counts import CountBase
from theory.reward import REWARD_VARIABLE


def count_integration(natural: Exprs, successes: sympy.Expr | None) -> Integration | None:
    """The negative binomial law with r successes, or the Poisson law; None where r is no number."""
    if successes is not None and not isinstance(successes, sympy.Rational):
        return None
    base = CountBase(successes)
    return Integration(base=base, natural=natural, statistic=({(sympy.S.One,): sympy.S.One},), terms=_terms)


def _terms(feature: sympy.Expr) -> Terms | None:
    base, power = feature.as_base_exp()
    if base != REWARD_VARIABLE or not power.is_Integer or power < 1:
        return None
    return {(power,): sympy.S.One}
