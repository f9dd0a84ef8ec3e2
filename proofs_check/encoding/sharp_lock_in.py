"""Lock-in where one of its hypotheses is missing: two outcomes, K = 2, the bound after one round."""

from __future__ import annotations

import sympy

from proofs_check.encoding.coevolving import GAP, TOP, order_factor
from proofs_check.encoding.one_curated_model import kept
from proofs_check.encoding.relations import at_least, less, positive
from proofs_check.encoding.symbols import point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement

_EPS = reals("eps")[0]


def needs_no_real_data() -> Sharpness:
    """η = 1/2 and uniform real data: p_0(x_i) = 1 is left at once."""
    names, weakened = _first_round(closeness=True, lead=True, share=reals("eta"))
    return _sharp(0, names, weakened, 1, 16, 1, 16, 4, "1/100", "1/2")


def needs_a_lead() -> Sharpness:
    """p_0(x_i) = 1/100 with ε = 0, weights 4 and 1: p_1(x_i) is below 1/50, and λ = 9/10."""
    names, weakened = _first_round(closeness=True, lead=False)
    return _sharp(2, names, weakened, "1/100", 4, 1, 4, 2, 0)


def needs_an_eighth() -> Sharpness:
    """φ_2 = −φ_1, w_0 = φ_1/2, β = 1, K = ∞ and 1 − p_0(x_1) = 13/50 > γ/8: odds above λ²o in round 2."""
    odds, heat = reals("o tau")
    first = odds * sympy.exp(-heat)
    second = first * sympy.exp(-2 * heat * (1 - first) / (1 + first))
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=variables(odds, heat),
            hypotheses=(positive(odds), positive(heat)),
            conclusions=(at_least(sympy.exp(-2 * heat) * odds, second),),
        ),
        point=point({odds: "13/37", heat: "1/100"}),
    )


def needs_users_who_agree() -> Sharpness:
    """φ_2 = −φ_1, e^τ = 4 and w_0 = φ_2: weights 1 and 16, D = e^{τγ/2} = 4; x_2 gains."""
    names, weakened = _first_round(closeness=False, lead=True)
    return _sharp(3, names, weakened, "67/68", 1, 16, 16, 4, "1/60")


def _first_round(
    *, closeness: bool, lead: bool, share: tuple[sympy.Symbol, ...] = ()
) -> tuple[tuple[sympy.Symbol, ...], Statement]:
    """Two outcomes, K = 2, weights a, b in [1, E] with a ≥ Db where users are close: the bound at t = 1."""
    own, heavy, light = reals("p a b")
    part = share[0] if share else sympy.Integer(1)
    new = (1 - part) / 2 + part * kept((own, 1 - own), (heavy, light), 2)[0]
    factor = order_factor(2)
    conditions = [
        at_least(own),
        at_least(1, own),
        *(at_least(x, 1) for x in (heavy, light)),
        *(at_least(TOP, x) for x in (heavy, light)),
        less(1, GAP),
        at_least(TOP, GAP**2),
    ]
    conditions += [at_least(heavy, GAP * light)] if closeness else []
    conditions += [at_least(_EPS), less(_EPS, 1 - factor)]
    conditions += [at_least(_EPS, 1 - own)] if lead else []
    conditions += [at_least(part), at_least(1, part)] if share else []
    names = (own, heavy, light, TOP, GAP, _EPS, *share)
    goal = at_least(factor / (1 - _EPS) * (1 - own), 1 - new)
    return names, Statement(variables=variables(*names), hypotheses=tuple(conditions), conclusions=(goal,))


def _sharp(
    hypothesis: int, names: tuple[sympy.Symbol, ...], weakened: Statement, *values: int | str
) -> Sharpness:
    return Sharpness(
        hypothesis=hypothesis, weakened=weakened, point=point(dict(zip(names, values, strict=True)))
    )
