"""robust.one-step: what one round does to the expected weight when a fraction chooses by another reward.

Statement. A saturated model reads only its own output, chosen at K = ∞: by the weights a = e^r with
probability 1 − φ, by b = e^s with probability φ. Then

    E_{t+1}[a] − E_t[a] = (1 − φ) Var_t(a)/E_t[a] + φ Cov_t(a, b)/E_t[b].

Argument. p' = (1 − φ) a p/E a + φ b p/E b, so E_{p'} a = (1 − φ) E[a²]/E[a] + φ E[ab]/E[b]. Subtract E[a] =
(1 − φ) E[a]²/E[a] + φ E[a]E[b]/E[b]. Nothing needs φ to be a probability, or the support to be finite.

Machine-checked. The identity for 2, 3 and 4 atoms, every law and all weights with E[a], E[b] ≠ 0.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.choice_alone import first_round
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.encoding.relations import equal, unequal
from proofs_check.encoding.symbols import point
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)


def claim() -> Claim:
    """The claim ``robust.one-step``."""
    return Claim(
        id="robust.one-step",
        title="One round with a fraction of other choosers, exactly",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K = ∞, weights a = e^r with probability 1 − φ and b = e^s with probability φ: "
            "E_{t+1}[a] − E_t[a] = (1 − φ)Var_t(a)/E_t[a] + φ Cov_t(a, b)/E_t[b]."
        ),
        latex=(
            r"\mathbb E_{t+1}a-\mathbb E_ta=(1-\varphi)\frac{\operatorname{Var}_t(a)}{\mathbb E_ta}"
            r"+\varphi\frac{\operatorname{Cov}_t(a,b)}{\mathbb E_tb}"
        ),
        hypotheses=(
            "A saturated model that reads only its own curated output.",
            "K = ∞ candidates.",
        ),
        cases=tuple(_identity(n) for n in _SIZES),
        scope="2, 3, 4 atoms symbolic, every φ; any law by the argument",
        sharpness=(_needs_no_real_data(), _needs_many_candidates()),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether one saturated model reads only its own output, with adversaries, K = ∞."""
    return first_round("robust.one-step", analysis)


def predicted(crowds: TwoCrowds) -> sympy.Expr:
    """(1 − φ)Var(a)/E[a] + φ Cov(a, b)/E[b]."""
    a, b = crowds.honest, crowds.other
    own = (1 - crowds.share) * crowds.covariance(a, a) / crowds.mean(a)
    return own + crowds.share * crowds.covariance(a, b) / crowds.mean(b)


def _identity(n: int) -> Case:
    crowds = TwoCrowds(n)
    return Case(
        name=f"{n} atoms",
        statement=Statement(
            variables=crowds.variables,
            hypotheses=(unequal(crowds.mean(crowds.honest)), unequal(crowds.mean(crowds.other))),
            conclusions=(equal(crowds.gain, predicted(crowds)),),
        ),
        witness=point(crowds.at([f"1/{n}"] * (n - 1), range(1, n + 1), range(n, 0, -1), "1/3")),
    )


def _half_crowds() -> tuple[TwoCrowds, dict[sympy.Symbol, sympy.Expr]]:
    """Two atoms with a = (1, 2), b = (2, 1), p = ½, φ = 0."""
    crowds = TwoCrowds(2)
    return crowds, crowds.at(["1/2"], (1, 2), (2, 1), 0)


def _needs_no_real_data() -> Sharpness:
    """Half the training set is real data equal to p: half the gain."""
    crowds, values = _half_crowds()
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=crowds.domain(),
            conclusions=(equal(crowds.gain / 2, predicted(crowds)),),
        ),
        point=point(values),
    )


def _needs_many_candidates() -> Sharpness:
    """K = 2 and φ = 0: p_1' = p_1² + 2p_1p_2 a_1/(a_1 + a_2) gains 1/12, not 1/6."""
    crowds, values = _half_crowds()
    (first, last), (a, b) = crowds.law, crowds.honest
    kept = first**2 + 2 * first * last * a / (a + b)
    gain = kept * a + (1 - kept) * b - crowds.mean(crowds.honest)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=(*crowds.domain(), equal(crowds.share)),
            conclusions=(equal(gain, predicted(crowds)),),
        ),
        point=point(values),
    )
