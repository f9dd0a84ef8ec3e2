"""One geometric model curated alone: odds times E = e^β; m = q², (1 − a)(1 + m) = P²."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.statements.statement import Condition, Statement

_MEAN, _TILTED, _WEIGHT, _ROOT_MEAN, _ROOT_REST, _SLACK = reals("mu nu E q P e")
_Values = dict[sympy.Symbol, sympy.Expr | int | str]


def _share() -> sympy.Expr:
    """a = 1 − P²/(1 + q²)."""
    return (1 + _ROOT_MEAN**2 - _ROOT_REST**2) / (1 + _ROOT_MEAN**2)


def _bound() -> sympy.Expr:
    return _share() / (_ROOT_MEAN + _ROOT_REST) ** 2


def _step(mean: sympy.Expr) -> sympy.Expr:
    share = _share()
    return share * _ROOT_MEAN**2 + (1 - share) * _WEIGHT * mean / (1 + mean - _WEIGHT * mean)


def _slope(mean: sympy.Expr) -> sympy.Expr:
    return sympy.factor(_step(_MEAN).diff(_MEAN)).xreplace({_MEAN: mean})


def _case(
    name: str, known: _Values, extra: tuple[Condition, ...], conclusions: tuple[Condition, ...]
) -> Case:
    """Hypotheses q, P, E > 0, a > 0 and `extra`; the witness has m = 9/16, a = 3/4."""
    values: _Values = {_ROOT_MEAN: "3/4", _ROOT_REST: "5/8", _WEIGHT: "5/4"} | known
    return Case(
        name=f"geometric, {name}",
        statement=Statement(
            variables=variables(*values, typical=UNIT),
            hypotheses=(
                *(positive(x) for x in (_ROOT_MEAN, _ROOT_REST, _WEIGHT)),
                positive(_share()),
                *extra,
            ),
            conclusions=conclusions,
        ),
        witness=point(values),
    )


def _equilibrium() -> tuple[Condition, ...]:
    """By the odds, so that ν > 0 says that the tilt is defined."""
    share = _share()
    return (
        positive(_MEAN),
        positive(_TILTED),
        equal(_TILTED / (1 + _TILTED), _WEIGHT * _MEAN / (1 + _MEAN)),
        equal(_MEAN, share * _ROOT_MEAN**2 + (1 - share) * _TILTED),
    )


def needs() -> Case:
    """An equilibrium satisfies the inequality."""
    known: _Values = {_WEIGHT: 1, _MEAN: "9/16", _TILTED: "9/16"}
    at_most = at_least(_bound(), _WEIGHT - 1)
    return _case("an equilibrium", known, _equilibrium(), (at_most,))


def stable_needs() -> Case:
    """A stable one satisfies it strictly; J = (1 − a) dν/dμ, dν/dμ = E(1 + ν)²/(1 + μ)² by the odds."""
    known: _Values = {_WEIGHT: 1, _MEAN: "9/16", _TILTED: "9/16"}
    slope = (1 - _share()) * _WEIGHT * (1 + _TILTED) ** 2 / (1 + _MEAN) ** 2
    extra = (*_equilibrium(), less(slope, 1))
    return _case("a stable equilibrium", known, extra, (less(_WEIGHT - 1, _bound()),))


def _end() -> sympy.Expr:
    """μ_0 = q(q + P)."""
    return _ROOT_MEAN * (_ROOT_MEAN + _ROOT_REST)


def _with_slack() -> Condition:
    """e^β − 1 = (a − e)/(q + P)²."""
    return equal(_WEIGHT, 1 + (_share() - _SLACK) / (_ROOT_MEAN + _ROOT_REST) ** 2)


def _room() -> Condition:
    """1 − (E − 1)μ_0 = (P + (1 − a)q + eq)/(q + P), which is > 0."""
    end = _end()
    left = _ROOT_REST + (1 - _share() + _SLACK) * _ROOT_MEAN
    return equal(1 + end - _WEIGHT * end, left / (_ROOT_MEAN + _ROOT_REST))


def enough() -> Case:
    """Under the inequality G(μ_0) ≤ μ_0 and J(μ_0) ≤ 1."""
    end = _end()
    return _case(
        "enough",
        {_WEIGHT: 1, _SLACK: "3/4"},
        (_with_slack(), at_least(_SLACK)),
        (
            _room(),
            at_least(end, _step(end)),
            at_least(1, _slope(end)),
        ),
    )


def strictly_enough() -> Case:
    """Under the strict inequality J(μ_0) < 1."""
    end = _end()
    return _case(
        "strictly enough",
        {_WEIGHT: 1, _SLACK: "3/4"},
        (_with_slack(), positive(_SLACK)),
        (_room(), less(_slope(end), 1)),
    )
