"""single.repeated-tilt: without real data and with K = ∞, t rounds of choice are one tilt by tr.

Statement. p_{t+1} = C_∞(p_t) ∝ p_t e^r, no real data: as long as E_0[e^{tr}] is finite,

    p_t ∝ p_0 e^{tr}.

In an exponential family with r = ⟨c, T⟩ the natural parameter is θ_t = θ_0 + tc, as long as it stays in the
family. The exponential law of rate θ_0 with r = cx, c > 0, has the rate θ_0 − tc after t rounds, and stops
existing at t = θ_0/c.

Argument. Induction: p_{t+1} ∝ p_t e^r ∝ p_0 e^{tr} e^r; the constants are E_t[e^r] =
E_0[e^{(t+1)r}]/E_0[e^{tr}], finite as long as E_0[e^{(t+1)r}] is. For the exponential law p_0 e^{tcx} ∝
e^{−(θ_0 − tc)x}, of finite mass iff tc < θ_0. [FBBG24] state the limit process; the case of the exponential
law was worked out here.

Machine-checked. Three atoms, t = 1, 2, 3, by iteration from the definition. The Poisson, Bernoulli,
exponential and Gaussian (known variance) means after t = 1, 2, 3 rounds, each the gradient of the
log-partition moved by c once a round. The exponential law: θ_0 − tc > 0 iff t < θ_0/c, and its mean runs
off to ∞ there. Iterated at 100 digits: a Poisson model with e^c = 2 leaves every bounded set.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import repeated_tilt
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.one_curated_model import OneCuratedModel, kept
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, point, real, reals, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_MEAN, _TILT, _TIME, _RATE, _FACTOR, _SHARE = reals("mu c t theta b alpha")
_ROUNDS = 3


def claim() -> Claim:
    """The claim ``single.repeated-tilt``."""
    return Claim(
        id="single.repeated-tilt",
        title="Rounds of choice from infinitely many candidates add up to one tilt",
        provenance=Provenance.STATED,
        source="FBBG24",
        statement=(
            "K = ∞, no real data: p_t ∝ p_0 e^{tr} as long as E_0[e^{tr}] < ∞. The exponential law "
            "of rate θ_0 with r "
            "= cx has the rate θ_0 − tc, and stops existing at t = θ_0/c."
        ),
        latex=r"p_t\propto p_0\,e^{tr}\qquad\bigl(\mathbb E_0[e^{tr}]<\infty\bigr)",
        hypotheses=(
            "One model that can be any law (or an exponential family with r in its span), one reward; K = ∞.",
            "No real data.",
            "E_0[e^{tr}] is finite.",
        ),
        cases=(_atoms(), _means(), _exponential(), _past(), _poisson()),
        scope="3 atoms and four families, three rounds; every t by induction",
        sharpness=(_needs_the_tilt(), _needs_no_real_data(), _needs_a_tilt_that_exists()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one model reads only its own output, tilted by a reward in its span."""
    return repeated_tilt("single.repeated-tilt", analysis)


def _atoms() -> Case:
    """p_t by iteration against the tilt of p_0 by e^{tr}, t = 2 and 3."""
    model = OneCuratedModel(3)
    totals = [model.mean([a**t for a in model.weights]) for t in range(1, _ROUNDS + 1)]
    law, goals = model.law, []
    for t in range(1, _ROUNDS + 1):
        law = kept(law, model.weights, None)
        at_once = kept(model.law, [a**t for a in model.weights], None)
        goals += [equal(law[0], at_once[0])] if t > 1 else []
    return Case(
        name="three atoms, two and three rounds",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=tuple(unequal(total) for total in totals),
            conclusions=tuple(goals),
        ),
        witness=point(model.typical_point()),
    )


def _means() -> Case:
    """A round in the mean μ, from the tilted law: composed t times it is the tilt by t at once.

    Bernoulli and Poisson with b = e^c, exponential and Gaussian of variance 1 with c.
    """
    rounds = (
        _FACTOR * _MEAN / (1 - _MEAN + _FACTOR * _MEAN),
        _FACTOR * _MEAN,
        1 / (1 / _MEAN - _TILT),
        _MEAN + _TILT,
    )
    goals = []
    for step in rounds:
        mean: sympy.Expr = _MEAN
        for t in range(1, _ROUNDS + 1):
            mean = step.subs(_MEAN, mean)
            at_once = step.subs({_FACTOR: _FACTOR**t, _TILT: t * _TILT}, simultaneous=True)
            goals += [equal(mean, at_once)] if t > 1 else []
    return Case(
        name="means of four families, two and three rounds",
        statement=Statement(
            variables=variables(_MEAN, _TILT, _FACTOR, typical=UNIT),
            hypotheses=(
                positive(_MEAN),
                less(_MEAN, 1),
                positive(_FACTOR),
                positive(_TILT),
                less(3 * _TILT * _MEAN, 1),
            ),
            conclusions=(
                positive(1 - 2 * _TILT * _MEAN),
                positive(1 - _TILT * _MEAN),
                positive(1 - _MEAN + _FACTOR * _MEAN),
                positive(1 - _MEAN + _FACTOR**2 * _MEAN),
                positive(1 - _MEAN + _FACTOR**3 * _MEAN),
                *goals,
            ),
        ),
        witness=point({_MEAN: "1/2", _TILT: "1/3", _FACTOR: 2}),
    )


def _exponential() -> Case:
    """θ_t = θ_0 − tc > 0 as long as tc < θ_0, with the mean 1/(θ_0 − tc) > 1/θ_0."""
    left = _RATE - _TIME * _TILT
    return Case(
        name="exponential law, while it exists",
        statement=Statement(
            variables=variables(_RATE, _TILT, _TIME, typical=UNIT),
            hypotheses=(positive(_RATE), positive(_TILT), positive(_TIME), less(_TIME, _RATE / _TILT)),
            conclusions=(positive(left), less(1 / _RATE, 1 / left)),
        ),
        witness=point({_RATE: 1, _TILT: "1/1000", _TIME: 1}),
        suspects=(point({_RATE: 1, _TILT: 1, _TIME: "999/1000"}),),
    )


def _past() -> Case:
    """At t ≥ θ_0/c no exponential law is left."""
    return Case(
        name="exponential law, from θ_0/c on",
        statement=Statement(
            variables=variables(_RATE, _TILT, _TIME, typical=UNIT),
            hypotheses=(positive(_RATE), positive(_TILT), at_least(_TIME, _RATE / _TILT)),
            conclusions=(at_least(0, _RATE - _TIME * _TILT),),
        ),
        witness=point({_RATE: 1, _TILT: 1, _TIME: 1}),
    )


def _poisson() -> Case:
    mean = real("mu")
    return Case(
        name="Poisson iterated, e^c = 2",
        statement=LimitStatement(
            variables=(mean,),
            step=(2 * mean,),
            start=(sympy.Integer(1),),
            behaviour=Behaviour.LEAVES,
        ),
    )


def _two_rounds(
    hypothesis: int, pool: int | None, share: sympy.Expr, values: dict[sympy.Symbol, object]
) -> Sharpness:
    """Two rounds on two atoms against the tilt by 2r."""
    model = OneCuratedModel(2)
    law = model.law
    for _ in range(2):
        picked = kept(law, model.weights, pool)
        law = tuple(share * q + (1 - share) * c for q, c in zip(model.law, picked, strict=True))
    at_once = kept(model.law, [a**2 for a in model.weights], None)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(_SHARE)),
            hypotheses=(*model.full_support, *model.positive_weights, at_least(_SHARE), less(_SHARE, 1)),
            conclusions=(equal(law[0], at_once[0]),),
        ),
        point=point({**model.at(["1/2"], [2, 1]), **values}),
    )


def _needs_the_tilt() -> Sharpness:
    """K = 2."""
    return _two_rounds(0, 2, sympy.Integer(0), {_SHARE: 0})


def _needs_no_real_data() -> Sharpness:
    """Half of the training set real."""
    return _two_rounds(1, None, _SHARE, {_SHARE: "1/2"})


def _needs_a_tilt_that_exists() -> Sharpness:
    """θ_0 = 1, c = 2: after one round the rate would be −1."""
    at = point({_RATE: 1, _TILT: 2, _TIME: 1})
    return dropping(_exponential(), less(_TIME, _RATE / _TILT), hypothesis=2, point=at)
