"""Conditions on one gamma, geometric or Poisson model that reads its own curated output alone."""

from __future__ import annotations

import sympy
from flint import ctx

from proofs_check.conditions.choosers import linear_tilt, plain_taste
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.judgement import Fact, Slack, judged, not_applicable
from proofs_check.conditions.variance_functions import MEAN, tilted_streams, variance_function
from theory.analysis import Analysis
from theory.arithmetic.program import Program
from theory.ecosystem import Model
from theory.equilibrium.enclosures import precision_for
from theory.equilibrium.problem import ball_values
from theory.equilibrium.result import Interval
from theory.expressions.polynomials import is_identically_zero

_SHAPE = "one gamma, geometric or Poisson model whose only stream is its own output, curated"


def below_the_fold(claim: str, analysis: Analysis) -> EcosystemCondition:
    """The strength lies below the fold: there is a stable equilibrium."""
    needs = tilted_streams(analysis) or _not_alone(analysis)
    if needs:
        return not_applicable(claim, needs)
    ecosystem, at_values = analysis.ecosystem, analysis.update_map.at_values
    model = ecosystem.models[0]
    users = ecosystem.users_named(str(model.reads[0].curators))
    taste = plain_taste(analysis, users)
    if taste is None:
        return not_applicable(claim, "one taste, no noise and no adversary")
    room = _room(model, linear_tilt(model, taste))
    if room is None or model.real is None:
        return not_applicable(claim, _SHAPE)
    expressions = [at_values(e) for e in (model.real.share, model.real.state[0], room)]
    with ctx.workprec(precision_for(analysis.budget.digits)):
        program = Program.compile(expressions, ())
        balls = ball_values(program, (), precision_for(analysis.budget.digits))
        words = ("a > 0", "m > 0", "strength below the fold")
        slacks = [
            Slack(w, Interval(ball.lower(), ball.upper()) if ball.is_finite() else None)
            for w, ball in zip(words, balls, strict=True)
        ]
    return judged(claim, (Fact("one model, one stream", holds=True),), slacks)


def _not_alone(analysis: Analysis) -> str:
    models = analysis.ecosystem.models
    alone = len(models) == 1 and len(models[0].reads) == 1 and models[0].reads[0].curators is not None
    return "" if alone else _SHAPE


def _room(model: Model, strength: sympy.Expr) -> sympy.Expr | None:
    """Threshold minus its argument, by the variance function μ²/k, μ + μ² or μ; None for another one."""
    variance = variance_function(model)
    if variance is None or model.real is None:
        return None
    linear, square = variance.coeff(MEAN, 1), variance.coeff(MEAN, 2)
    if not is_identically_zero(variance.coeff(MEAN, 0)):
        return None
    share, (mean, *_) = model.real.share, model.real.state
    if is_identically_zero(linear):
        root = sympy.sqrt(1 - share)
        return (1 - root) / (1 + root) - strength * mean * square
    if is_identically_zero(linear - 1) and is_identically_zero(square):
        return 1 - sympy.exp(strength) * (1 - share)
    if is_identically_zero(linear - 1) and is_identically_zero(square - 1):
        roots = sympy.sqrt(mean) + sympy.sqrt((1 - share) * (1 + mean))
        return share / roots**2 - (sympy.exp(strength) - 1)
    return None
