"""single.retraining-rate: without curation, retraining with real data converges at the rate λ/(1 + λ).

Statement. One model of an exponential family with statistic T, retrained by maximum likelihood on real data
of mean m = E_real[T] and λ ≥ 0 times as much of its own raw output: μ' = (m + λμ)/(1 + λ). If m is the mean
of a law of the family, that law is the only equilibrium, and μ_t − m = (λ/(1 + λ))^t (μ_0 − m): it is
stable for every λ, and in any smooth coordinates the Jacobian there is λ/(1 + λ) times the identity. The
condition λ(1 + Lε/α) < 1/2 of [B23] (L, ε, α > 0 or ≥ 0 constants of the loss) is sufficient for this, and
not necessary.

Argument. Maximum likelihood matches the mean of T, which is affine in the mixture. With θ ↦ μ = ∇A(θ) a
smooth change of coordinates in the interior of the means, the Jacobian in θ at the equilibrium is H⁻¹(λ/(1
+ λ))H, H = ∇²A. Since λ/(1 + λ) < 1, it is stable; [B23]'s condition implies λ < 1/2, which no λ ≥ 1/2
meets.

Where m is on the boundary of the means (a Bernoulli model whose real data are all 0), there is no
equilibrium in the family: the refits go on to leave it.

Machine-checked. The first four rounds of a mean, for every λ ≥ 0. The slope at the equilibrium, the refit
differentiated in another coordinate than the mean: Bernoulli (odds), exponential (rate), geometric
(probability); and the Jacobian of the Gaussian in mean and variance. [B23]'s condition implies stability,
and λ = 1 shows that it is not needed. High-precision iteration of the Bernoulli model in its natural
parameter, λ = 3: limit and rate 3/4.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.retraining import raw_retraining
from proofs_check.encoding.relations import all_equal, at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Condition, SchurStable, Statement
from theory.analysis import Analysis

_SHARE, _MEAN, _REAL, _EXCESS, _STATE = reals("lam mu m x z")
_RATE = _SHARE / (1 + _SHARE)


def claim() -> Claim:
    """The claim ``single.retraining-rate``."""
    return Claim(
        id="single.retraining-rate",
        title="Retraining without curation converges at the rate λ/(1 + λ), for every λ",
        provenance=Provenance.KNOWN,
        source="B23",
        statement=(
            "Exponential family, no curation, μ' = (m + λμ)/(1 + λ), m a mean of the family: one "
            "equilibrium, μ_t "
            "− m = (λ/(1 + λ))^t (μ_0 − m), Jacobian λ/(1 + λ) in all coordinates: stable for every λ. "
            "λ(1 + Lε/α) < ½ is sufficient, not necessary."
        ),
        latex=r"\mu_t-m=\Bigl(\frac{\lambda}{1+\lambda}\Bigr)^{t}(\mu_0-m),\qquad "
        r"J=\frac{\lambda}{1+\lambda}I",
        hypotheses=(
            "One model of an exponential family, refitted by maximum likelihood; no curation.",
            "λ ≥ 0 times as much of its own output as real data.",
            "The mean of the real data is the mean of a law of the family.",
        ),
        cases=(
            _rounds(),
            _equilibrium(),
            *(_slope(*family) for family in _families()),
            _mean_and_variance(),
            _sufficient(),
            _not_necessary(),
            _iterated(),
        ),
        scope="means in one coordinate for every λ ≥ 0; three families of one parameter, one of two",
        sharpness=(_needs_no_curation(), _needs_real_data_inside()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one model reads real data and its own raw output alone."""
    return raw_retraining("single.retraining-rate", analysis)


def _next(mean: sympy.Expr, real_mean: sympy.Expr) -> sympy.Expr:
    """The mean of the mixture."""
    return (real_mean + _SHARE * mean) / (1 + _SHARE)


def _rounds() -> Case:
    """μ_t by iteration, t = 1 … 4."""
    mean: sympy.Expr = _MEAN
    goals = []
    for t in range(1, 5):
        mean = _next(mean, _REAL)
        goals.append(equal(mean - _REAL, _RATE**t * (_MEAN - _REAL)))
    return Case(
        name="four rounds",
        statement=Statement(
            variables=variables(_SHARE, _MEAN, _REAL),
            hypotheses=(at_least(_SHARE),),
            conclusions=(*goals, less(_RATE, 1)),
        ),
        witness=point({_SHARE: 1, _MEAN: 1, _REAL: "1/3"}),
    )


def _inside() -> tuple[Condition, Condition]:
    return positive(_REAL), less(_REAL, 1)


def _equilibrium() -> Case:
    """A Bernoulli mean: the equilibrium is m, a law of the family."""
    return Case(
        name="one equilibrium, a Bernoulli law",
        statement=Statement(
            variables=variables(_SHARE, _MEAN, _REAL, typical=UNIT),
            hypotheses=(at_least(_SHARE), *_inside(), equal(_MEAN, _next(_MEAN, _REAL))),
            conclusions=(equal(_MEAN, _REAL), positive(_MEAN), less(_MEAN, 1)),
        ),
        witness=point({_SHARE: 1, _MEAN: "1/2", _REAL: "1/2"}),
    )


def _families() -> tuple[tuple[str, sympy.Expr, sympy.Expr], ...]:
    """Name, the mean in a coordinate x > 0, and the coordinate refitted to a mean μ."""
    return (
        ("Bernoulli, in the odds", _STATE / (1 + _STATE), _MEAN / (1 - _MEAN)),
        ("exponential, in the rate", 1 / _STATE, 1 / _MEAN),
        ("geometric, in the probability to go on", _STATE / (1 - _STATE), _MEAN / (1 + _MEAN)),
    )


def _slope(name: str, mean: sympy.Expr, refitted: sympy.Expr) -> Case:
    """Slope of one round at the equilibrium x = x*, the real data having the mean of x*."""
    centre = real("y")
    step = refitted.subs(_MEAN, _next(mean, mean.subs(_STATE, centre)))
    slope = step.diff(_STATE).subs(_STATE, centre)
    return Case(
        name=name,
        statement=Statement(
            variables=variables(_SHARE, centre, typical=UNIT),
            hypotheses=(at_least(_SHARE), positive(centre), less(centre, 1)),
            conclusions=(equal(slope, _RATE), less(slope, 1)),
        ),
        witness=point({_SHARE: 1, centre: "1/2"}),
    )


def _mean_and_variance() -> Case:
    """A Gaussian in (mean, variance): the mixture's mean, and second moment minus squared mean."""
    (mean, spread), (at, size) = reals("mu v"), reals("m V")
    first = _next(mean, at)
    second = _next(spread + mean**2, size + at**2)
    step = sympy.Matrix([first, second - first**2])
    jacobian = Matrix(
        step.jacobian([mean, spread]).xreplace({mean: at, spread: size}).applyfunc(sympy.factor)
    )
    return Case(
        name="Gaussian, in mean and variance",
        statement=Statement(
            variables=variables(_SHARE, at, size),
            hypotheses=(at_least(_SHARE), positive(size)),
            conclusions=(
                equal(first.xreplace({mean: at}), at),
                equal(step[1].xreplace({mean: at, spread: size}), size),
                *all_equal(jacobian, Matrix(_RATE * sympy.eye(2))),
                SchurStable(jacobian),
            ),
        ),
        witness=point({_SHARE: 99, at: 1, size: 1}),
    )


def _sufficient() -> Case:
    """λ(1 + x) < 1/2 with x = Lε/α ≥ 0: the rate is below 1/3."""
    return Case(
        name="the published condition suffices",
        statement=Statement(
            variables=variables(_SHARE, _EXCESS, typical=UNIT),
            hypotheses=(
                at_least(_SHARE),
                at_least(_EXCESS),
                less(_SHARE * (1 + _EXCESS), sympy.Rational(1, 2)),
            ),
            conclusions=(less(_RATE, sympy.Rational(1, 3)), at_least(_RATE)),
        ),
        witness=point({_SHARE: 0, _EXCESS: 0}),
        suspects=(point({_SHARE: "49/100", _EXCESS: 0}),),
    )


def _not_necessary() -> Case:
    """λ = 1 and any x ≥ 0: the condition fails, the rate is 1/2."""
    return Case(
        name="and is not necessary",
        statement=Statement(
            variables=variables(_SHARE, _EXCESS, typical=UNIT),
            hypotheses=(equal(_SHARE, 1), at_least(_EXCESS)),
            conclusions=(
                less(sympy.Rational(1, 2), _SHARE * (1 + _EXCESS)),
                equal(_RATE, sympy.Rational(1, 2)),
            ),
        ),
        witness=point({_SHARE: 1, _EXCESS: 0}),
    )


def _iterated() -> Case:
    """Bernoulli, θ = log(μ/(1 − μ)), λ = 3, real mean 1/3, from θ = 2."""
    theta, share = real("theta"), sympy.Integer(3)
    mean = (sympy.Rational(1, 3) + share * sympy.exp(theta) / (1 + sympy.exp(theta))) / (1 + share)
    return Case(
        name="Bernoulli iterated, λ = 3",
        statement=LimitStatement(
            variables=(theta,),
            step=(sympy.log(mean / (1 - mean)),),
            start=(sympy.Integer(2),),
            limit=(-sympy.log(2),),
            rate=sympy.Rational(3, 4),
        ),
    )


def _needs_no_curation() -> Sharpness:
    """A Poisson model tilted by e^β = 3 with λ = 1: the mean is multiplied by 3/2."""
    factor = real("b")
    step = (_REAL + _SHARE * factor * _MEAN) / (1 + _SHARE)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_SHARE, _MEAN, _REAL, factor),
            hypotheses=(at_least(_SHARE), positive(_REAL), positive(factor)),
            conclusions=(equal(step.diff(_MEAN), _RATE),),
        ),
        point=point({_SHARE: 1, _MEAN: 1, _REAL: 1, factor: 3}),
    )


def _needs_real_data_inside() -> Sharpness:
    """Real data that are all 0: the equilibrium mean is 0, which no Bernoulli law has."""
    at = point({_SHARE: 1, _MEAN: 0, _REAL: 0})
    return dropping(_equilibrium(), _inside()[0], hypothesis=2, point=at)
