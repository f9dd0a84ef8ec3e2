"""open.reward-monotone: from real data on, the expected reward weight never falls under the tilt (K = ∞).

Statement. One saturated model with real share α > 0 and the rest tilted by a = e^r (K = ∞), p_{t+1} = α
p_ref + (1 − α) p_t a/Z_t, Z_t = E_t[a], started at p_0 = p_ref: Z_{t+1} ≥ Z_t for every t. For finite K the
question is open.

Argument. Put π_0 = 1, π_{t+1} = π_t Z_t/(1 − α), M_k = E_ref[a^k]. Unrolling the recursion, p_t π_t =
p_ref(α Σ_{k<t} a^k π_{t−k} + a^t), and summing over atoms π_t = α Σ_{k<t} M_k π_{t−k} + M_t. With
generating functions, Π(z) = (1 − α)M(z)/(1 − αM(z)), M(z) = E_ref 1/(1 − az). Im z > 0 gives Im M > 0,
Im(1/M − α) < 0 and Im Π > 0; Π is rational, vanishes at infinity, and M ≤ 1 < 1/α for z ≤ 0, so Π(z) = Σ_i
ρ_i/(1 − b_i z) with ρ_i, b_i > 0. Hence π_t = Σ ρ_i b_i^t is log-convex by Cauchy–Schwarz and Z_t = (1 −
α)π_{t+1}/π_t does not decrease; bounded a and any law follow by a limit. It gives λ/(1 + λ) for the reward
floor at K = ∞.

Machine-checked. π_{t+2}π_t ≥ π_{t+1}² for t = 0, 1, 2 with two atoms and t = 0, 1 with three, every weight
and every 0 < α < 1; and that (1 − α)π_{t+1}/π_t is Z_t for t = 0, 1, 2 with two atoms (Z_t > 0 is a
hypothesis there, which always holds). K = 2 and 3: four rounds, sampled exactly.

Searched. Finite K, for a round in which E_t[a] falls: 52,800 starts, 2 to 6 atoms, K = 2 to 5, twelve
rounds each, by directed search for the least gain relative to the first (seed 1, 300 s, in floating point);
and 6,648,000 starts, 3 to 6 atoms, K = 2 and 3, eight rounds each, for the least ratio of a gain to the one
before (seed 3, 150 s). Gains tend to 0 as the law settles; none was below 0 by more than rounding.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.sampled_choices import sampled_starts, why_the_reward_falls
from proofs_check.encoding.symbols import UNIT, Matrix, column, point, real, variables
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_ALPHA = real("alpha")


def claim() -> Claim:
    """The claim ``open.reward-monotone``."""
    return Claim(
        id="open.reward-monotone",
        title="The expected reward weight never falls from real data on (K = ∞)",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p₀ = p_ref, p_{t+1} = α p_ref + (1 − α) p_t a/E_t[a]: E_t[a] does not decrease. Proved by "
            "argument for K = ∞, machine-checked for the first rounds on two and three atoms; open for "
            "finite K."
        ),
        latex=r"p_{t+1}=\alpha p_{\mathrm{ref}}+(1-\alpha)\frac{a\,p_t}{\mathbb E_t a},\ p_0=p_{\mathrm{ref}}"
        r"\;\Rightarrow\;\mathbb E_{t+1}a\ge\mathbb E_t a",
        hypotheses=("One saturated model, K = ∞, 0 < α < 1.", "The start is the real data: p₀ = p_ref."),
        cases=(_sequence(), _log_convex(2, 3), _log_convex(3, 2), _sampled()),
        scope="K = ∞: rounds 0–3 on two atoms, 0–2 on three; K = 2, 3 sampled; finite K is open",
        expected=Expectation.OPEN,
    )


def _sampled() -> Case:
    return Case(
        name="K = 2 and 3, sampled",
        statement=Experiment(
            name="four rounds from real data, K = 2 and 3",
            strategy=sampled_starts,
            predicate=why_the_reward_falls,
        ),
    )


def totals(weights: list[sympy.Expr], law: list[sympy.Expr], count: int) -> list[sympy.Expr]:
    """π_0 … π_count from π_t (1 − α) = α Σ_{1≤k<t} M_k π_{t−k} + M_t, each times (1 − α)^t."""
    moments = [sympy.Add(*(p * a**k for p, a in zip(law, weights, strict=True))) for k in range(count + 1)]
    rest = 1 - _ALPHA
    found: list[sympy.Expr] = [sympy.Integer(1)]
    for t in range(1, count + 1):
        earlier = [moments[k] * found[t - k] * rest ** (k - 1) for k in range(1, t)]
        found.append(_ALPHA * sympy.Add(*earlier) + moments[t] * rest ** (t - 1))
    return found


def _atoms(n: int) -> tuple[Matrix, list[sympy.Expr], Matrix, list[sympy.Expr]]:
    """Gaps and weights a_1 < a_2 < …, free probabilities, and the whole law."""
    gaps, free = column("s", n), column("p", n - 1)
    weights = [sympy.Add(*gaps[: k + 1]) for k in range(n)]
    return gaps, weights, free, [*free, 1 - sympy.Add(*free)]


def _case(
    name: str,
    n: int,
    conclusions: tuple[sympy.Expr, ...],
    *,
    equations: bool,
    known: tuple[sympy.Expr, ...] = (),
) -> Case:
    gaps, _, free, law = _atoms(n)
    return Case(
        name=name,
        statement=Statement(
            variables=(*variables(gaps), *variables(free, _ALPHA, typical=UNIT)),
            hypotheses=(
                *(positive(s) for s in gaps),
                *(positive(p) for p in law),
                positive(_ALPHA),
                less(_ALPHA, 1),
                *(positive(e) for e in known),
            ),
            conclusions=tuple(equal(c) if equations else at_least(c) for c in conclusions),
        ),
        witness=point(
            dict.fromkeys(gaps, 1) | dict.fromkeys(free, sympy.Rational(1, n + 1)) | {_ALPHA: "1/3"}
        ),
    )


def _log_convex(n: int, rounds: int) -> Case:
    """π_{t+2}π_t − π_{t+1}² ≥ 0, both scaled by (1 − α)^{2t + 2}."""
    _, weights, _, law = _atoms(n)
    pi = totals(weights, law, rounds + 1)
    goals = tuple(pi[t + 2] * pi[t] - pi[t + 1] ** 2 for t in range(rounds))
    return _case(f"{n} atoms, log-convex", n, goals, equations=False)


def _sequence() -> Case:
    """Z_t of the iteration itself against π."""
    _, weights, _, law = _atoms(2)
    pi = totals(weights, law, 3)
    now, gaps, means = list(law), [], []
    for t in range(3):
        mean = sympy.Add(*(p * a for p, a in zip(now, weights, strict=True)))
        means.append(mean)
        gaps.append(mean - pi[t + 1] / pi[t])
        now = [_ALPHA * q + (1 - _ALPHA) * p * a / mean for q, p, a in zip(law, now, weights, strict=True)]
    return _case("2 atoms, E_t[a] by iteration", 2, tuple(gaps), equations=True, known=tuple(means))
