"""single.closed-form-equilibrium: where a model ends that reads real data and its own tilted output.

Statement. One model that can be any law on finitely many atoms, synthetic share 0 < η < 1, all of it tilted
by a = e^r > 0 (K = ∞), p_ref of full support: p' = (1 − η)p_ref + η p a/E_p[a]. There is exactly one
equilibrium,

    p* = (1 − η) p_ref Z/(Z − ηa),    Z the only root of E_ref[(1 − η)a/(Z − ηa)] = 1 above η max a,

it has full support, E_{p*}[a] = Z, and η max a < Z ≤ max a. [WXZZ26, Prop. 3.8].

Argument. Stationarity reads p_i(1 − ηa_i/Z) = (1 − η)p_ref,i > 0 with Z = E_p[a]: so every p_i > 0, Z >
ηa_i, and p has the form above; multiplied by a and summed, it is E_ref[(1 − η)aZ/(Z − ηa)] = Z. Conversely
let Z be a root above η max a and p* as above. Since (1 − η)Z/(Z − ηa) = 1 − η + η(1 − η)a/(Z − ηa), the
p*_i sum to 1 − η + η = 1; E_{p*}[a] = Z; and p* is stationary. The function of Z falls strictly on (η max
a, ∞), from +∞ (p_ref has mass at max a) to 0, so there is exactly one root; at Z = max a it is ≤ 1, because
(1 − η)a ≤ max a − ηa.

Thin top. Where p_ref has no mass at the best atoms the root may be missing, and an atom forms there: on two
atoms with weights 1 and a > 1/η, all real data on the first, p_1 = (1 − η)a/(a − 1) and p_2 = 1 − p_1 > 0
is an equilibrium with Z = ηa; and so is p_1 = 1.

Machine-checked. Two and three atoms: an equilibrium has the form, Z > ηa_i, and (two atoms) Z is a root.
Three atoms: a root above η max a makes the form a law, with E[a] = Z, and stationary; the function of Z
falls, is ≤ 1 at max a, and the part of the best atom alone is 1 at max a (η + (1 − η)p_ref). Iteration in
100 digits on three atoms to the closed form.
"""

from __future__ import annotations

from typing import Any

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.curated_with_real_data import closed_form
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Condition, Relation, Statement
from theory.analysis import Analysis

_ETA, _ROOT = reals("eta Z")


def claim() -> Claim:
    """The claim ``single.closed-form-equilibrium``."""
    return Claim(
        id="single.closed-form-equilibrium",
        title="The equilibrium of a model with real data and its own tilted output, in closed form",
        provenance=Provenance.STATED,
        source="WXZZ26",
        statement=(
            "p' = (1 − η)p_ref + ηC_∞(p), 0 < η < 1, p_ref of full support: the only equilibrium "
            "is p* = (1 − "
            "η)p_ref Z/(Z − ηa), Z the unique root of E_ref[(1 − η)a/(Z − ηa)] = 1 above η max a."
        ),
        latex=(
            r"p^*=\frac{(1-\eta)p_{\mathrm{ref}}Z}{Z-\eta a},\qquad "
            r"\mathbb E_{\mathrm{ref}}\Bigl[\frac{(1-\eta)a}{Z-\eta a}\Bigr]=1,\ Z>\eta\max a"
        ),
        hypotheses=(
            "One model that can be any law on finitely many atoms; one reward, K = ∞.",
            "Synthetic share 0 < η < 1, all of it curated.",
            "p_ref of full support.",
        ),
        cases=(
            *(_has_the_form(n) for n in (2, 3)),
            _is_stationary(3),
            _one_root(3),
            _between(3),
            _iterated(),
        ),
        scope="2 and 3 atoms symbolic; every finite support by the argument",
        sharpness=(_needs_choice(), _needs_real_data(), _needs_full_support()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads real data and its own tilted output alone."""
    return closed_form("single.closed-form-equilibrium", analysis)


def _share() -> tuple[Condition, Condition]:
    return positive(_ETA), less(_ETA, 1)


def _level(model: OneCuratedModel, root: sympy.Expr) -> sympy.Expr:
    """E_ref[(1 − η)a/(Z − ηa)]."""
    return model.mean([(1 - _ETA) * a / (root - _ETA * a) for a in model.weights])


def _above(model: OneCuratedModel, root: sympy.Expr) -> tuple[Relation, ...]:
    """Z > ηa_i."""
    return tuple(positive(root - _ETA * a) for a in model.weights)


def _has_the_form(n: int) -> Case:
    """An equilibrium p of positive parts p_i (its total mass is free), with Z = E_p[a]."""
    real, law = OneCuratedModel(n, name="q"), OneCuratedModel(n)
    weights, total = real.weights, law.mean(real.weights)
    tilted = kept(law.law, weights, None)
    new = [(1 - _ETA) * q + _ETA * c for q, c in zip(real.law, tilted, strict=True)]
    at = {**real.at([f"1/{n}"] * (n - 1), [1] * n), **law.at([f"1/{n}"] * (n - 1)), _ETA: "1/2"}
    return Case(
        name=f"an equilibrium has the form, {n} atoms",
        statement=Statement(
            variables=(
                *real.law_variables,
                *law.law_variables,
                *real.weight_variables,
                *variables(_ETA, _ROOT, typical=UNIT),
            ),
            hypotheses=(
                *_share(),
                *real.full_support,
                *real.positive_weights,
                *law.full_support,
                equal(_ROOT, total),
                *(equal(p, f) for p, f in zip(law.law, new, strict=True)),
            ),
            conclusions=(
                positive(_ROOT),
                *_above(real, _ROOT),
                equal(law.law[0], (1 - _ETA) * real.law[0] * _ROOT / (_ROOT - _ETA * weights[0])),
                *((equal(_level(real, _ROOT), 1),) if n == 2 else ()),
            ),
        ),
        witness=point({**at, _ROOT: 1}),
    )


def _root_point(n: int) -> dict[sympy.Symbol, Any]:
    model = OneCuratedModel(n, name="q")
    return {**model.at([f"1/{n}"] * (n - 1), [1] * n), _ETA: "1/2", _ROOT: 1}


def _is_stationary(n: int) -> Case:
    """A root above η max a: the form is a law, E[a] = Z, and one round leaves it."""
    model = OneCuratedModel(n, name="q")
    law = [(1 - _ETA) * q * _ROOT / (_ROOT - _ETA * a) for q, a in zip(model.law, model.weights, strict=True)]
    total = model.mean(model.weights, law)
    new = (1 - _ETA) * model.law[0] + _ETA * law[0] * model.weights[0] / _ROOT
    return Case(
        name=f"a root gives an equilibrium, {n} atoms",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(_ETA, _ROOT, typical=UNIT)),
            hypotheses=(
                *_share(),
                *model.full_support,
                *model.positive_weights,
                *_above(model, _ROOT),
                positive(_ROOT),
                equal(_level(model, _ROOT), 1),
            ),
            conclusions=(
                equal(sympy.Add(*law), 1),
                equal(total, _ROOT),
                equal(new, law[0]),
                positive(law[0]),
            ),
        ),
        witness=point(_root_point(n)),
    )


def _one_root(n: int) -> Case:
    """Z = ηa_n + e and Z + d, atoms in rising order: E_ref[(1 − η)a/(Z − ηa)] is larger at Z."""
    model = OneCuratedModel(n, name="q")
    excess, step = reals("e d")

    def level(root: sympy.Expr) -> sympy.Expr:
        return model.mean([(1 - _ETA) * a / (root - _ETA * a) for a in model.rising])

    root = _ETA * model.rising[-1] + excess
    at = {**model.at([f"1/{n}"] * (n - 1)), **dict.fromkeys(model.gaps, 1), _ETA: "1/2"}
    return Case(
        name=f"at most one root, {n} atoms",
        statement=Statement(
            variables=(
                *model.law_variables,
                *model.gap_variables,
                *variables(_ETA, excess, step, typical=UNIT),
            ),
            hypotheses=(
                *_share(),
                *model.full_support,
                *model.rises_weakly,
                positive(excess),
                positive(step),
            ),
            conclusions=(less(level(root + step), level(root)),),
        ),
        witness=point({**at, excess: 1, step: "1/1000"}),
    )


def _between(n: int) -> Case:
    """≤ 1 at Z = max a; and already the part of the best atom is 1 at Z = max a (η + (1 − η)q)."""
    model = OneCuratedModel(n, name="q")
    weights, top, mass = model.rising, model.rising[-1], model.law[-1]
    level = model.mean([(1 - _ETA) * a / (top - _ETA * a) for a in weights])
    low = top * (_ETA + (1 - _ETA) * mass)
    return Case(
        name=f"there is a root up to max a, {n} atoms",
        statement=Statement(
            variables=(*model.law_variables, *model.gap_variables, *variables(_ETA, typical=UNIT)),
            hypotheses=(*_share(), *model.full_support, *model.rises_weakly),
            conclusions=(
                at_least(1, level),
                equal(mass * (1 - _ETA) * top / (low - _ETA * top), 1),
                at_least(top, low),
            ),
        ),
        witness=point(
            {
                **model.at([f"1/{n}"] * (n - 1)),
                **dict(zip(model.gaps, (1, *[0] * (n - 1)), strict=True)),
                _ETA: "1/2",
            }
        ),
        suspects=(point({**model.at(["1/1000"] * (n - 1)), **dict.fromkeys(model.gaps, 1), _ETA: "1/2"}),),
    )


def _iterated() -> Case:
    """a = (1, 2, 4), η = 1/2 and p_ref with E_ref[a/(6 − a)] = q_1/5 + q_2/2 + 2q_3 = 1: Z = 3."""
    first, second = reals("p1 p2")
    law, weights = (first, second, 1 - first - second), (1, 2, 4)
    root, share = sympy.Integer(3), sympy.Rational(1, 2)
    real = tuple(map(sympy.Rational, ("5/24", "5/12", "3/8")))
    ends = [(1 - share) * q * root / (root - share * a) for q, a in zip(real, weights, strict=True)]
    total = sum(p * a for p, a in zip(law, weights, strict=True))
    step = [(1 - share) * q + share * p * a / total for q, p, a in zip(real, law, weights, strict=True)]
    return Case(
        name="iterated on three atoms",
        statement=LimitStatement(
            variables=(first, second), step=tuple(step[:2]), start=real[:2], limit=tuple(ends[:2])
        ),
    )


def _above_at_equilibrium(
    hypothesis: int,
    share: tuple[Condition, ...],
    real_law: tuple[Condition, ...],
    values: dict[sympy.Symbol, Any],
) -> Sharpness:
    """On two atoms: an equilibrium without E_p[a] > η max a."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    new = (1 - _ETA) * real.law[0] + _ETA * kept(law.law, real.weights, None)[0]
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=(*real.law_variables, *law.law_variables, *real.weight_variables, *variables(_ETA)),
            hypotheses=(*share, *real_law, *law.is_law, *real.positive_weights, equal(law.law[0], new)),
            conclusions=_above(real, law.mean(real.weights)),
        ),
        point=point(values),
    )


def _needs_choice() -> Sharpness:
    """K = 2, a = (2, 1), η = 1/2, q = 5/12: an equilibrium at 1/2, where the form says 5/8."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    new = (1 - _ETA) * real.law[0] + _ETA * kept(law.law, real.weights, 2)[0]
    total = law.mean(real.weights)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=(*real.law_variables, *law.law_variables, *real.weight_variables, *variables(_ETA)),
            hypotheses=(
                *_share(),
                *real.full_support,
                *law.is_law,
                *real.positive_weights,
                equal(law.law[0], new),
            ),
            conclusions=(
                equal(law.law[0], (1 - _ETA) * real.law[0] * total / (total - _ETA * real.weights[0])),
            ),
        ),
        point=point({**real.at(["5/12"], [2, 1]), **law.at(["1/2"]), _ETA: "1/2"}),
    )


def _needs_full_support() -> Sharpness:
    """The atom: η = 1/2, a = (1, 4), real data on the first: p = (2/3, 1/3), Z = 2 = ηa_2."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    values = {**real.at([1], [1, 4]), **law.at(["2/3"]), _ETA: "1/2"}
    return _above_at_equilibrium(2, _share(), real.is_law, values)


def _needs_real_data() -> Sharpness:
    """η = 1: the law on the second atom stays, with Z = a_2 = ηa_2."""
    real, law = OneCuratedModel(2, name="q"), OneCuratedModel(2)
    values = {**real.at(["1/2"], [1, 4]), **law.at([0]), _ETA: 1}
    return _above_at_equilibrium(1, (positive(_ETA), at_least(1, _ETA)), real.full_support, values)
