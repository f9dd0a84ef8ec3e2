"""Data of the Gaussian mechanism's figure: exact curves, enclosed values, finite samples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import sympy
from flint import arb, fmpq
from numpy.typing import NDArray

from paper_figures.decimals import outward
from paper_figures.figure_data import FigureData, Series
from paper_figures.progress import Progress
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.program import Program
from theory.budget import Budget
from theory.gaussian_mechanism.constants import CURATION, P_COST, Q_COST
from theory.gaussian_mechanism.crossing import enclose_crossing
from theory.gaussian_mechanism.curves import COUPLING, CURATION_SHARE, MechanismCurves, mechanism
from theory.gaussian_mechanism.finite_sample import (
    PlaneArrays,
    Trial,
    influence_estimates,
    mean_alignments,
)
from theory.gaussian_mechanism.two_sides import generic_loop, theorem

Floats = NDArray[np.float64]

SAMPLE_SIZES = (4, 12, 64)
REPETITIONS = 40
SHARE_SAMPLE_SIZES = (4, 32)
SHARE_REPETITIONS = 20
COUPLINGS = 18
SHARES = 17
STEP = sympy.Rational(1, 50)
SHARE_COUPLINGS = (sympy.Rational(1, 5), sympy.Rational(9, 10))
CONTRIBUTION_COUPLING = sympy.Rational(9, 10)
TABLE_COUPLINGS = tuple(sympy.Rational(k, 20) for k in (1, 4, 8, 12, 16, 18, 20))

_Q_BRACKET = (sympy.Rational(1, 20), sympy.Integer(1))
_P_BRACKET = (sympy.Rational(1, 20), sympy.Integer(1))


def data(budget: Budget, progress: Progress) -> FigureData:
    """Everything the eight panels show."""
    progress("gaussian-mechanism: exact curves")
    curves = mechanism()
    series = [*_curves(curves), *_theorem(curves), *_contributions(curves)]
    progress("gaussian-mechanism: enclosing the crossings")
    facts = _crossings(curves, budget) | _table(curves, budget)
    progress("gaussian-mechanism: finite samples")
    planes = PlaneArrays.of(curves.parts)
    series += [*_estimates(planes, budget), *_sampled_alignments(planes, budget)]
    return FigureData.of("gaussian-mechanism", series, budget, facts=facts, parameters=_parameters())


def _parameters() -> dict[str, str]:
    trial = Trial(sample_size=SAMPLE_SIZES[0], repetitions=REPETITIONS)
    return {
        "curation": str(CURATION),
        "p_cost": str(P_COST),
        "q_cost": str(Q_COST),
        "noise": str(trial.noise),
        "rounds": str(trial.rounds),
        "kept": str(trial.rounds - trial.discarded),
        "step": str(STEP),
        "sample_sizes": ", ".join(map(str, SAMPLE_SIZES)),
        "repetitions": str(REPETITIONS),
        "share_sample_sizes": ", ".join(map(str, SHARE_SAMPLE_SIZES)),
        "share_repetitions": str(SHARE_REPETITIONS),
        "contribution_coupling": str(CONTRIBUTION_COUPLING),
        "share_couplings": ", ".join(map(str, SHARE_COUPLINGS)),
    }


def _curves(curves: MechanismCurves) -> Iterable[Series]:
    """Panels a, b and the exact curves of c, d against t; those of g, h against λ."""
    t = np.linspace(0.05, 1.0, 191)
    share = np.full_like(t, float(CURATION))
    p_proxy, q_proxy, p, q, direct = _values(
        (curves.p_proxy, curves.q_proxy, curves.p_influence, curves.q_influence, curves.p_direct), t, share
    )
    yield Series.of("a", "cos(∇J_p, θ*)", t=t, value=p_proxy)
    yield Series.of("a", "cos(∇J_q, Aa)", t=t, value=q_proxy)
    yield Series.of("b", "dJ_p/dλ", t=t, value=p)
    yield Series.of("b", "dJ_q/dλ", t=t, value=q)
    yield Series.of("b", "one round, p", t=t, value=direct)
    yield Series.of("c", "exact", t=t, value=p)
    yield Series.of("d", "exact", t=t, value=q)
    shares = np.linspace(0.0, 0.8, 161)
    for coupling in SHARE_COUPLINGS:
        at = np.full_like(shares, float(coupling))
        p, q = _values((curves.p_alignment, curves.q_alignment), at, shares)
        yield Series.of("g", f"exact, t = {float(coupling)}", share=shares, value=p)
        yield Series.of("h", f"exact, t = {float(coupling)}", share=shares, value=q)


def _theorem(curves: MechanismCurves) -> Iterable[Series]:
    """The theorem's right-hand sides, block by block from the generic formula."""
    loop = generic_loop()
    inputs = (*loop.channel, *loop.pull, *loop.taste, loop.cost, loop.curation)
    program = Program.compile(theorem(loop), inputs)
    planes = PlaneArrays.of(curves.parts)
    t = np.linspace(0.05, 1.0, COUPLINGS)
    turned = t[:, None] * planes.turned_gain
    channel = (turned.real, -turned.imag, turned.imag, turned.real)
    pull = (planes.pull.real, planes.pull.imag)
    for index, (name, taste, cost) in enumerate(
        (("dJ_p/dλ", planes.p_taste, P_COST), ("dJ_q/dλ", planes.q_taste, Q_COST))
    ):
        values = (*channel, *pull, taste.real, taste.imag, float(cost), float(CURATION))
        total = program.evaluate(ArrayArithmetic(), values)[index].sum(axis=1)
        yield Series.of("b", f"{name} by the theorem", t=t, value=total)


def _contributions(curves: MechanismCurves) -> Iterable[Series]:
    """Panels e, f: each block's inner product, raw and distorted."""
    at = {COUPLING: CONTRIBUTION_COUPLING}
    for panel, raw, distorted in (
        ("e", [part.taste_pull for part in curves.p], [part.p_distorted for part in curves.p]),
        ("f", [part.taste_forward for part in curves.q], [part.q_distorted for part in curves.q]),
    ):
        program = Program.compile([e.xreplace(at) for e in (*raw, *distorted)], ())
        values = program.evaluate(ArrayArithmetic(), ())
        block = range(1, len(raw) + 1)
        yield Series.of(panel, "raw", block=block, value=values[: len(raw)])
        yield Series.of(panel, "distorted", block=block, value=values[len(raw) :])


def _crossings(curves: MechanismCurves, budget: Budget) -> dict[str, str]:
    """Enclosures of the zero of dJ_q/dλ and of the point where p's gain over one round ends."""
    facts: dict[str, str] = {}
    for name, curve, bracket in (
        ("q_zero", curves.q_influence, _Q_BRACKET),
        ("p_even", curves.p_influence - curves.p_direct, _P_BRACKET),
    ):
        found = enclose_crossing(curve.xreplace({CURATION_SHARE: CURATION}), COUPLING, bracket, budget)
        lower, upper = bracket if found is None else (found.lower, found.upper)
        facts[f"{name}_lower"], facts[f"{name}_upper"] = outward(lower, upper, budget.digits)
    return facts


def _table(curves: MechanismCurves, budget: Budget) -> dict[str, str]:
    """The influences as balls at the couplings of the paper's table."""
    arithmetic = BallArithmetic(bits=4 * budget.digits + 64)
    program = Program.compile([curves.p_influence, curves.q_influence], [COUPLING, CURATION_SHARE])
    facts: dict[str, str] = {}
    with arithmetic.precision():
        run = program.bind(arithmetic)
        for t in TABLE_COUPLINGS:
            p, q = run([arb(fmpq(int(x.p), int(x.q))) for x in (t, CURATION)])
            facts[f"dJ_p/dλ at t = {float(t)}"] = p.str(budget.digits)
            facts[f"dJ_q/dλ at t = {float(t)}"] = q.str(budget.digits)
    return facts


def _estimates(planes: PlaneArrays, budget: Budget) -> Iterable[Series]:
    """Panels c, d: central differences of the finite-sample loop."""
    t = np.linspace(0.05, 1.0, COUPLINGS)
    for n in SAMPLE_SIZES:
        trial = Trial(sample_size=n, repetitions=REPETITIONS)
        generator = np.random.default_rng((budget.seed, 2, n))
        estimates = influence_estimates(planes, t, float(CURATION), float(STEP), trial, generator)
        for panel, runs in zip("cd", estimates, strict=True):
            yield Series.of(panel, f"n = {n}", t=t, **_band(runs))


def _sampled_alignments(planes: PlaneArrays, budget: Budget) -> Iterable[Series]:
    """Panels g, h: mean alignment of the finite-sample loop against λ."""
    shares = np.linspace(0.0, 0.8, SHARES)
    couplings = np.array([float(t) for t in SHARE_COUPLINGS])
    for n in SHARE_SAMPLE_SIZES:
        trial = Trial(sample_size=n, repetitions=SHARE_REPETITIONS)
        generator = np.random.default_rng((budget.seed, 4, n))
        sampled = mean_alignments(planes, couplings, shares, trial, generator)
        for panel, runs in zip("gh", sampled, strict=True):
            for k, t in enumerate(couplings):
                yield Series.of(panel, f"n = {n}, t = {t}", share=shares, **_band(runs[:, k]))


def _band(runs: Floats) -> Mapping[str, Floats]:
    """Mean over the first axis and its 95 % confidence band."""
    mean = runs.mean(axis=0)
    half = 1.96 * runs.std(axis=0, ddof=1) / np.sqrt(len(runs))
    return {"mean": mean, "lower": mean - half, "upper": mean + half}


def _values(expressions: Sequence[sympy.Expr], t: Floats, share: Floats) -> tuple[Floats, ...]:
    program = Program.compile(expressions, [COUPLING, CURATION_SHARE])
    return tuple(np.broadcast_to(v, t.shape) for v in program.evaluate(ArrayArithmetic(), [t, share]))
