"""From an `Analysis` to its document."""

from __future__ import annotations

from collections.abc import Iterable

from flint import arb

from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.report.analysis_document import (
    AnalysisDocument,
    ConditionDocument,
    EquilibriumDocument,
    InfluenceDocument,
    ThresholdDocument,
)
from proofs_check.report.decimals import (
    decimal_approximation,
    decimal_ball,
    decimal_lower,
    decimal_number,
    decimal_upper,
)
from proofs_check.report.document import BallDocument, FileDocument, IntervalDocument
from theory.analysis import Analysis, EquilibriumReport
from theory.equilibrium.result import Equilibrium, Existence, Interval
from theory.equilibrium.threshold import Threshold, decimal
from theory.expressions import render
from theory.influence import Influence
from theory.version import VERSION


def analysis_document(
    analysis: Analysis, conditions: Iterable[EcosystemCondition], file: FileDocument | None = None
) -> AnalysisDocument:
    """The document of an analysis.

    Parameters
    ----------
    analysis : Analysis
    conditions : iterable of EcosystemCondition
        One a claim that registers a condition, in the order of the claims' ids.
    file : FileDocument or None
        The file that the ecosystem was read from.

    Returns
    -------
    AnalysisDocument
    """
    digits = analysis.budget.digits
    update_map, equilibria = analysis.update_map, analysis.equilibria
    state = tuple(symbol.name for symbol in update_map.state)
    return AnalysisDocument(
        ecosystem=analysis.ecosystem.name,
        digits=digits,
        state=state,
        update_map=dict(update_map.text()),
        data=analysis.ecosystem.data.value,
        equilibria=tuple(_equilibrium(report, state, digits) for report in analysis.reports),
        reached=equilibria.reached,
        reached_detail=equilibria.reached_detail.value,
        complete=equilibria.complete,
        conditions=tuple(_condition(row, digits) for row in conditions),
        detail="; ".join(filter(None, (equilibria.detail, *(t.sentence for t in analysis.thresholds)))),
        thresholds=tuple(_threshold(found) for found in analysis.thresholds),
        version=VERSION,
        parameters={p.name: render(p.value) for p in analysis.ecosystem.parameters},
        file=file,
        seed=analysis.budget.seed,
        time_limit=decimal_number(analysis.budget.seconds),
    )


def _threshold(found: Threshold) -> ThresholdDocument:
    return ThresholdDocument(
        knob=found.knob,
        converges=decimal(found.converges),
        fails=decimal(found.fails),
        failure=found.failure.value,
    )


def _equilibrium(report: EquilibriumReport, state: tuple[str, ...], digits: int) -> EquilibriumDocument:
    found = report.equilibrium
    certified = found.existence is Existence.CERTIFIED
    point = _point(found, state, digits) if certified else None
    alignment = {model: _ball(value, digits) for model, value in report.alignment} if certified else None
    wide = [f"{name}: {_too_wide(digits)}" for name, value in (point or {}).items() if value is None]
    wide += [
        f"alignment of {model}: {_too_wide(digits)}"
        for model, value in (alignment or {}).items()
        if value is None
    ]
    return EquilibriumDocument(
        existence=found.existence.value,
        uniqueness=found.uniqueness.value,
        point=point,
        approximate=None
        if certified
        else {
            name: decimal_approximation(ball, digits) for name, ball in zip(state, found.point, strict=True)
        },
        spectral_radius=_interval(found.spectral_radius, digits) if certified else None,
        stability=found.stability.value,
        alignment=alignment,
        influence=tuple(_influence(row, digits) for row in report.influence),
        method=found.method,
        detail="; ".join(part for part in (found.detail, *wide) if part),
    )


def _point(found: Equilibrium, state: tuple[str, ...], digits: int) -> dict[str, BallDocument | None]:
    return {name: _ball(ball, digits) for name, ball in zip(state, found.point, strict=True)}


def _influence(row: Influence, digits: int) -> InfluenceDocument:
    values = {"total": row.total, "direct": row.direct, "isolated": row.isolated}
    printed = {name: _ball(value, digits) for name, value in values.items()}
    wide = [
        f"{name}: {_too_wide(digits)}"
        for name, value in values.items()
        if value is not None and printed[name] is None
    ]
    return InfluenceDocument(
        knob=row.knob,
        on=row.on,
        kind=row.kind,
        **printed,
        sign=row.sign.value,
        verdict=None if row.verdict is None else row.verdict.value,
        detail="; ".join(part for part in (row.detail, *wide) if part),
    )


def _condition(row: EcosystemCondition, digits: int) -> ConditionDocument:
    gives = {name: _interval(value, digits) for name, value in row.gives}
    return ConditionDocument(
        claim=row.claim,
        holds=row.holds.value,
        margin=_interval(row.margin, digits),
        detail=row.detail,
        gives={name: value for name, value in gives.items() if value is not None},
    )


def _ball(value: arb | None, digits: int) -> BallDocument | None:
    printed = None if value is None else decimal_ball(value, digits)
    return None if printed is None else BallDocument(mid=printed.mid, rad=printed.rad)


def _interval(value: Interval | None, digits: int) -> IntervalDocument | None:
    if value is None:
        return None
    return IntervalDocument(lo=decimal_lower(value.lower, digits), hi=decimal_upper(value.upper, digits))


def _too_wide(digits: int) -> str:
    return f"the proved radius exceeds 10^{5 - digits} max(1, |mid|)"
