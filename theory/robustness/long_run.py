"""Long run: the rows of a report about the equilibrium that is followed from the one without adversaries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sympy

from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.ecosystem import Ecosystem
from theory.equilibrium.enclosures import Balls, precision_for
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.problem import ball_values
from theory.equilibrium.result import Equilibrium
from theory.equilibrium.solve import solve
from theory.robustness.adversarial import AdversarialEcosystem
from theory.robustness.along_curve import CurveTrace, Level
from theory.robustness.course import course_of
from theory.robustness.equilibrium_curve import EquilibriumCurve, follow
from theory.robustness.measures import Measure
from theory.robustness.rows import Reference, Row, Verdict, When, verdict_of
from theory.robustness.share_problem import BITS
from theory.robustness.starting_point import affected_states, chosen_equilibrium, start_of_curve
from theory.update_map import UpdateMap, derive

_NO_START = "no stable equilibrium without adversaries is singled out"
_NO_REFERENCE = "no stable equilibrium without choice is singled out"
_NO_LEVEL = "the quantity is not proved to exist at the reference"
_NO_CURVE = "the equilibrium without adversaries is not proved to move on smoothly"


@dataclass(frozen=True)
class _Level:
    """A reference value: in balls, and itself where it is known."""

    balls: Level
    exact: sympy.Expr | None


@dataclass(frozen=True, kw_only=True)
class _Settings:
    """An adversarial ecosystem with what its rows share."""

    adversarial: AdversarialEcosystem
    update_map: UpdateMap
    affected: frozenset[sympy.Symbol]
    honest: Equilibrium | None
    unchosen: Equilibrium | None
    curve: EquilibriumCurve | None
    budget: Budget


def long_run(
    adversarial: AdversarialEcosystem,
    update_map: UpdateMap,
    measured: tuple[Measure, ...],
    budget: Budget,
) -> Iterator[Row]:
    """A row for every measure and reference: real data, no choice, no adversaries.

    Parameters
    ----------
    adversarial : AdversarialEcosystem
    update_map : UpdateMap
        That of the adversarial ecosystem.
    measured : tuple of Measure
    budget : Budget
        Its seconds are for each equilibrium, for the curve, and for each row.

    Yields
    ------
    Row
    """
    honest = _equilibrium(adversarial.without_adversaries(), budget)
    unchosen = _equilibrium(adversarial.without_choice(), budget)
    settings = _Settings(
        adversarial=adversarial,
        update_map=update_map,
        affected=affected_states(update_map, adversarial.share),
        honest=honest,
        unchosen=unchosen,
        curve=_curve(adversarial, update_map, honest, budget),
        budget=budget,
    )
    for measure in measured:
        for reference in (Reference.REAL_DATA, Reference.NO_CHOICE, Reference.NO_ADVERSARIES):
            real = adversarial.ecosystem.model(measure.model).real
            if reference is not Reference.REAL_DATA or real is not None:
                yield _row(settings, measure, reference)


def _equilibrium(ecosystem: Ecosystem, budget: Budget) -> Equilibrium | None:
    return chosen_equilibrium(solve(derive(ecosystem), budget.started()))


def _curve(
    adversarial: AdversarialEcosystem, update_map: UpdateMap, honest: Equilibrium | None, budget: Budget
) -> EquilibriumCurve | None:
    clock = budget.started()
    start = None if honest is None else start_of_curve(update_map, adversarial.share, honest, clock)
    return None if start is None else follow(*start, clock)


def _row(settings: _Settings, measure: Measure, reference: Reference) -> Row:
    def row(verdict: Verdict, **more: object) -> Row:
        return Row(
            users=settings.adversarial.users,
            model=measure.model,
            quantity=measure.quantity,
            when=When.EQUILIBRIUM,
            reference=reference,
            verdict=verdict,
            **more,  # type: ignore[arg-type]
        )

    if not measure.value.free_symbols & settings.affected:
        return row(Verdict.UNAFFECTED)
    if settings.honest is None:
        return row(Verdict.UNDECIDED, detail=_NO_START)
    if settings.curve is None:
        return row(Verdict.UNDECIDED, detail=_NO_CURVE)
    if settings.curve.until == 0:
        return row(Verdict.UNDECIDED, detail=settings.curve.detail)
    if reference is Reference.NO_CHOICE and settings.unchosen is None:
        return row(Verdict.UNDECIDED, detail=_NO_REFERENCE)
    level = _level(settings, measure, reference)
    if level is None:
        return row(Verdict.UNDECIDED, detail=_NO_LEVEL)
    trace = _trace(settings, settings.curve, measure, level, reference)
    course = course_of(trace, precision_for(settings.budget.digits), settings.budget.started())
    return row(verdict_of(course), course=course, detail=course.detail)


def _trace(
    settings: _Settings,
    curve: EquilibriumCurve,
    measure: Measure,
    level: _Level,
    reference: Reference,
) -> CurveTrace:
    values, embedding = dict(settings.update_map.values), dict(curve.problem.face.embedding)
    return CurveTrace(
        curve=curve,
        quantity=measure.value.xreplace(values).xreplace(embedding),
        domain=tuple(d.xreplace(values).xreplace(embedding) for d in measure.domain),
        reference=level.balls,
        exact_reference=level.exact,
        starts_at_reference=reference is Reference.NO_ADVERSARIES,
    )


def _level(settings: _Settings, measure: Measure, reference: Reference) -> _Level | None:
    """The measure at the reference; None where the reference is no proved equilibrium."""
    if reference is Reference.REAL_DATA:
        real = settings.adversarial.ecosystem.model(measure.model).real
        return None if real is None else _exact_level(settings, measure, tuple(real.state))
    found = settings.unchosen if reference is Reference.NO_CHOICE else settings.honest
    if found is None:
        return None
    places = [settings.update_map.state.index(s) for s in measure.state]
    if found.exact is not None:
        exact = found.exact
        return _exact_level(settings, measure, tuple(to_sympy(exact[k]) for k in places))
    values = dict(settings.update_map.values)
    there: Balls = tuple(found.point[k] for k in places)
    return _measured(
        tuple(e.xreplace(values) for e in (measure.value, *measure.domain)), measure.state, there
    )


def _exact_level(settings: _Settings, measure: Measure, state: tuple[sympy.Expr, ...]) -> _Level | None:
    values, mean = dict(settings.update_map.values), measure.at(state)
    domain = tuple(d.xreplace(values) for d in mean.domain)
    if _measured((sympy.S.Zero, *domain), (), ()) is None:
        return None
    value = mean.value.xreplace(values)
    found = _measured((value,), (), ())
    return None if found is None else _Level(found.balls, value)


def _measured(
    expressions: tuple[sympy.Expr, ...], symbols: tuple[sympy.Symbol, ...], point: Balls
) -> _Level | None:
    """The first expression at a point, where all others are proved to be > 0 there."""
    program = Program.compile(expressions, symbols)
    _, *conditions = ball_values(program, point, BITS)
    if not all(c > 0 for c in conditions):
        return None
    return _Level(lambda bits: ball_values(program, point, bits)[0], None)
