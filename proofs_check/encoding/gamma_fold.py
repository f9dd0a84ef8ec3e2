"""One gamma model of shape k curated alone: mean ν = kμ/(k − βμ), real share a = 1 − s²."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition, Statement

_MEAN, _REAL_MEAN, _SHAPE, _STRENGTH, _ROOT, _CURATED, _SLACK = reals("mu m k b s f e")
_BOUND = (1 - _ROOT) / (1 + _ROOT)
_ARGUMENT = _STRENGTH * _REAL_MEAN / _SHAPE
_Values = dict[sympy.Symbol, sympy.Expr | int | str]


def _step(mean: sympy.Expr) -> sympy.Expr:
    """G(μ) with 1 − a = s²."""
    return (1 - _ROOT**2) * _REAL_MEAN + _ROOT**2 * _SHAPE * mean / (_SHAPE - _STRENGTH * mean)


def _slope(mean: sympy.Expr) -> sympy.Expr:
    return sympy.factor(_step(_MEAN).diff(_MEAN)).xreplace({_MEAN: mean})


def _case(name: str, extra: tuple[Condition, ...], conclusions: tuple[Condition, ...], more: _Values) -> Case:
    """Hypotheses k, m > 0, 0 < s < 1 and `extra`; the witness has βm/k = 5/18, below the fold 1/3."""
    known: _Values = {_SHAPE: 1, _REAL_MEAN: "5/18", _ROOT: "1/2", _STRENGTH: 1} | more
    return Case(
        name=f"gamma, {name}",
        statement=Statement(
            variables=variables(*known, typical=UNIT),
            hypotheses=(positive(_SHAPE), positive(_REAL_MEAN), positive(_ROOT), less(_ROOT, 1), *extra),
            conclusions=conclusions,
        ),
        witness=point(known),
    )


def _equilibrium() -> tuple[Condition, ...]:
    return positive(_MEAN), positive(_SHAPE - _STRENGTH * _MEAN), equal(_MEAN, _step(_MEAN))


def needs() -> Case:
    """An equilibrium satisfies the inequality."""
    return _case("an equilibrium", _equilibrium(), (at_least(_BOUND, _ARGUMENT),), {_MEAN: "1/3"})


def stable_needs() -> Case:
    """A stable equilibrium satisfies it strictly."""
    stable = less(_slope(_MEAN), 1)
    return _case(
        "a stable equilibrium",
        (*_equilibrium(), stable),
        (less(_ARGUMENT, _BOUND),),
        {_MEAN: "1/3"},
    )


def _end() -> sympy.Expr:
    """μ_0 = (1 + s)m."""
    return (1 + _ROOT) * _REAL_MEAN


def _with_slack() -> Condition:
    """βm/k = (1 − s)/(1 + s) − e."""
    return equal(_ARGUMENT, _BOUND - _SLACK)


def _room() -> Condition:
    """1 − βμ_0/k = s + (1 + s)e, which is > 0."""
    return equal(1 - _STRENGTH * _end() / _SHAPE, _ROOT + (1 + _ROOT) * _SLACK)


def enough() -> Case:
    """Under the inequality G(μ_0) ≤ μ_0 and J(μ_0) ≤ 1."""
    end = _end()
    return _case(
        "enough",
        (_with_slack(), at_least(_SLACK)),
        (
            _room(),
            at_least(end, _step(end)),
            at_least(1, _slope(end)),
        ),
        {_SLACK: "1/18"},
    )


def strictly_enough() -> Case:
    """Under the strict inequality J(μ_0) < 1."""
    end = _end()
    return _case(
        "strictly enough",
        (_with_slack(), positive(_SLACK)),
        (_room(), less(_slope(end), 1)),
        {_SLACK: "1/18"},
    )


def needs_one_stream(hypothesis: int) -> Sharpness:
    """Exponential, a = 3/4, half of the rest raw: an equilibrium at βm = 5/12, beyond 1/3."""
    curated = _SHAPE * _MEAN / (_SHAPE - _STRENGTH * _MEAN)
    step = (1 - _ROOT**2) * _REAL_MEAN + _ROOT**2 * (_CURATED * _MEAN + (1 - _CURATED) * curated)
    known: _Values = {
        _SHAPE: 1,
        _REAL_MEAN: "5/12",
        _ROOT: "1/2",
        _STRENGTH: 1,
        _MEAN: "1/2",
        _CURATED: "1/2",
    }
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(*known),
            hypotheses=(
                *(positive(x) for x in (_SHAPE, _REAL_MEAN, _ROOT, _MEAN)),
                less(_ROOT, 1),
                at_least(_CURATED),
                at_least(1, _CURATED),
                positive(_SHAPE - _STRENGTH * _MEAN),
                equal(_MEAN, step),
            ),
            conclusions=(at_least(_BOUND, _ARGUMENT),),
        ),
        point=point(known),
    )


def needs_stability(hypothesis: int) -> Sharpness:
    """At the fold of the exponential law, a = 3/4: m = 1/3, μ = 1/2, J = 1."""
    at = point({_SHAPE: 1, _REAL_MEAN: "1/3", _ROOT: "1/2", _STRENGTH: 1, _MEAN: "1/2"})
    return dropping(stable_needs(), less(_slope(_MEAN), 1), hypothesis=hypothesis, point=at)
