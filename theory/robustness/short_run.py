"""Short run: the rows of a report about the first round from the start."""

from __future__ import annotations

from collections.abc import Iterator

from theory.budget import Budget
from theory.equilibrium.enclosures import precision_for
from theory.robustness.adversarial import AdversarialEcosystem
from theory.robustness.course import course_of
from theory.robustness.long_rounds import LongRoundTrace, is_long
from theory.robustness.measures import Measure, Quantity
from theory.robustness.one_round import RoundTrace, read_trace, round_trace, threshold_formula
from theory.robustness.rows import Reference, Row, Verdict, When, verdict_of
from theory.update_map import UpdateMap


def short_run(
    adversarial: AdversarialEcosystem,
    update_map: UpdateMap,
    measured: tuple[Measure, ...],
    budget: Budget,
) -> Iterator[Row]:
    """One row a measure, and one for the expected weight in what a model reads where it has a formula.

    Parameters
    ----------
    adversarial : AdversarialEcosystem
    update_map : UpdateMap
        That of the adversarial ecosystem.
    measured : tuple of Measure
    budget : Budget
        Its clock should run.

    Yields
    ------
    Row
    """
    for measure in measured:
        long = is_long(update_map, measure)
        trace: RoundTrace | LongRoundTrace
        if long:
            trace = LongRoundTrace(update_map=update_map, share=adversarial.share, measure=measure)
        else:
            trace = round_trace(adversarial, update_map, measure)
        yield _row(adversarial.users, measure.model, measure.quantity, trace, budget)
        if measure.quantity is Quantity.WEIGHT and not long:
            read = read_trace(adversarial, update_map, measure.model)
            if read is not None:
                yield _row(adversarial.users, measure.model, Quantity.WEIGHT_READ, read, budget)


def _row(
    users: str, model: str, quantity: Quantity, trace: RoundTrace | LongRoundTrace, budget: Budget
) -> Row:
    def row(verdict: Verdict, **more: object) -> Row:
        return Row(
            users=users,
            model=model,
            quantity=quantity,
            when=When.ONE_ROUND,
            reference=Reference.START,
            verdict=verdict,
            **more,  # type: ignore[arg-type]
        )

    if not trace.mentions_share:
        return row(Verdict.UNAFFECTED)
    if not trace.exists():
        return row(Verdict.UNDEFINED, detail="not every choice or mean is proved to exist in the first round")
    if trace.is_constant:
        return row(Verdict.UNAFFECTED)
    bits = precision_for(budget.digits)
    course = course_of(trace, bits, budget)
    threshold = course.falls
    formula = None
    if threshold is not None and isinstance(trace, RoundTrace):
        formula = threshold_formula(trace, threshold.share, bits)
    return row(verdict_of(course), course=course, formula=formula, detail=course.detail)
