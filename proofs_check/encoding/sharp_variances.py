"""Models with one state each, without one hypothesis on their variance functions: exact counterexamples."""

from __future__ import annotations

import sympy

from proofs_check.encoding import three_points
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import SchurStable, Statement

_SHARE, _REAL_MEAN, _WEIGHT, _FIRST, _SECOND = reals("a m E x y")


def needs_one_family(hypothesis: int) -> Sharpness:
    """Two models on {−1, 0, 1} that read each other, base weights (1, 2, 1) and (1, 3, 1): J is not stable.

    Both variance functions are concave, (1 − μ²)/2 and (3√(4 + 5μ²) − 4)/5 − μ².  The first model's output is
    tilted back to the middle for the second, the second's out to 16 for the first: J_12 J_21 > 1.
    """
    states, tilts, real_means = column("z", 2), column("E", 2), column("m", 2)
    middles, sources = (2, 3), (1, 0)
    means = [three_points.mean(z, b) for z, b in zip(states, middles, strict=True)]
    read = [three_points.mean(e * states[j], middles[j]) for e, j in zip(tilts, sources, strict=True)]
    steps = [_SHARE * m + (1 - _SHARE) * x for m, x in zip(real_means, read, strict=True)]
    natural = [mean.diff(z) for mean, z in zip(means, states, strict=True)]
    jacobian = Matrix(2, 2, lambda i, j: sympy.factor(steps[i].diff(states[j]) / natural[i]))
    edge = sympy.Rational(19, 20) * three_points.mean(sympy.Integer(16), 3) + sympy.Rational(9, 200)
    first = (1 + edge) / (1 - edge)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(states, tilts, real_means, _SHARE, typical=UNIT),
            hypotheses=(
                *(positive(x) for x in (*states, *tilts, _SHARE)),
                less(_SHARE, 1),
                *(less(m, 1) for m in real_means),
                *(less(-1, m) for m in real_means),
                *(equal(mean, step) for mean, step in zip(means, steps, strict=True)),
            ),
            conclusions=(SchurStable(jacobian),),
        ),
        point=point(
            dict(zip(states, (first, 1), strict=True))
            | dict(zip(tilts, (16, 1 / first), strict=True))
            | dict(zip(real_means, ("9/10", 0), strict=True))
            | {_SHARE: "1/20"}
        ),
    )


def needs_real_data_inside(hypothesis: int) -> Sharpness:
    """One Bernoulli model, real mean 0, a = 1/2, e^β = 4: the equilibria 0 and 1/3."""

    def stationary(mean: sympy.Symbol) -> sympy.Expr:
        curated = _WEIGHT * mean / (1 - mean + _WEIGHT * mean)
        return _SHARE * _REAL_MEAN + (1 - _SHARE) * curated - mean

    means = (_FIRST, _SECOND)
    inside = (at_least(x) for x in (_REAL_MEAN, *means))
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(_SHARE, _REAL_MEAN, _WEIGHT, *means, typical=UNIT),
            hypotheses=(
                positive(_SHARE),
                positive(_WEIGHT),
                *inside,
                *(at_least(1, x) for x in (_SHARE, _REAL_MEAN, *means)),
                *(equal(stationary(x)) for x in means),
            ),
            conclusions=(equal(_FIRST, _SECOND),),
        ),
        point=point({_SHARE: "1/2", _REAL_MEAN: 0, _WEIGHT: 4, _FIRST: 0, _SECOND: "1/3"}),
    )


def needs_quadratic(hypothesis: int) -> Sharpness:
    """One model on {−1, 0, 1}, base weights (1, 18, 1), e^b = 16: the states 2 and 1/2 are both stable."""
    model = three_points.OpposedGroups(middle=sympy.Integer(18))
    first, second = three_points.STATE, three_points.OTHER_STATE
    known = {first: sympy.Integer(2), second: sympy.Rational(1, 2), model.weight: sympy.Integer(16)}
    (share,) = sympy.solve(model.surplus(first).xreplace(known), model.real_share)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(first, second, model.weight, model.real_share),
            hypotheses=(
                *(positive(x) for x in (first, second, model.weight, model.real_share)),
                less(model.real_share, 1),
                *(equal(model.surplus(z)) for z in (first, second)),
                less(model.slope(first), 1),
                unequal(first, second),
            ),
            conclusions=(at_least(model.slope(second), 1),),
        ),
        point=point(known | {model.real_share: share}),
    )
