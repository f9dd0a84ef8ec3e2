"""Statements of known truth on which provers were compared, with what each needs to be settled."""

from __future__ import annotations

from dataclasses import dataclass

import sympy
from strategies.statements import EQ, GE, GT, LT, NE, case, implication, motzkin, real, relation, stable
from sympy import Rational

from proofs_check.claim import Case

A, B, C, D, E, X, Y, T = real("a b c d e x y t")
G1, G2 = real("g1 g2")
ZERO = {A: 0, B: 0, C: 0, D: 0}
GAP = (1 - A) * (1 - D) - B * C


@dataclass(frozen=True, kw_only=True)
class Example:
    """A case and the engine without which nobody settles it; empty when several can."""

    case: Case
    needs: str = ""


def numbered(name, count):
    return real(" ".join(f"{name}{k}" for k in range(1, count + 1)))


def covariance(weights, left, right):
    """Σw Σwxy − Σwx Σwy."""
    both = sum(w * u * v for w, u, v in zip(weights, left, right, strict=True))
    one, two = (sum(w * u for w, u in zip(weights, values, strict=True)) for values in (left, right))
    return sympy.expand(sum(weights) * both - one * two)


def own_sign():
    """The (1, 1) entry e of (I − J)⁻¹, J stable, has the sign of 1 − J₂₂."""
    hypotheses = [stable([[A, B], [C, D]]), relation(E * GAP, EQ, 1 - D), relation(D, NE, 1)]
    return case(implication([A, B, C, D, E], hypotheses, [relation(E * (1 - D), GT)]), {**ZERO, E: 1})


def own_entry(size):
    """J ≥ 0 with positive leading minors of I − J gives (I − J)⁻¹₁₁ ≥ 1."""
    j = sympy.Matrix(size, size, lambda r, k: sympy.Symbol(f"j{r}{k}", real=True))
    gap = sympy.eye(size) - j

    def minor(block):
        return block.det(method="berkowitz").expand()

    minors = [relation(minor(gap[size - k :, size - k :]), GT) for k in range(1, size + 1)]
    entry = minor(gap[1:, 1:]) / minor(gap)
    hypotheses = [*(relation(e, GE) for e in j), *minors]
    return case(implication(list(j), hypotheses, [relation(entry, GE, 1)]), dict.fromkeys(j, 0))


def cauchy_schwarz(count):
    weights, values = numbered("w", count), numbered("x", count)
    hypotheses = [relation(w, GE) for w in weights]
    symbols = (*weights, *values)
    statement = implication(symbols, hypotheses, [relation(covariance(weights, values, values), GE)])
    return case(statement, dict.fromkeys(symbols, 1))


def chebyshev(count):
    """Two sequences in the same order have a covariance ≥ 0."""
    weights, left, right = numbered("w", count), numbered("x", count), numbered("y", count)
    hypotheses = [relation(w, GE) for w in weights]
    for values in (left, right):
        hypotheses += [relation(values[k + 1], GE, values[k]) for k in range(count - 1)]
    symbols = (*weights, *left, *right)
    statement = implication(symbols, hypotheses, [relation(covariance(weights, left, right), GE)])
    return case(statement, dict.fromkeys(symbols, 1))


def mixture_variance():
    """The variance of a mixture of two laws is at least the mean of theirs."""
    m1, m2, v1, v2, w = real("m1 m2 v1 v2 w")
    mean = w * m1 + (1 - w) * m2
    second = w * (v1 + m1**2) + (1 - w) * (v2 + m2**2)
    hypotheses = [relation(s, GE) for s in (w, 1 - w, v1, v2)]
    conclusion = relation(second - mean**2, GE, w * v1 + (1 - w) * v2)
    symbols = (m1, m2, v1, v2, w)
    return case(implication(symbols, hypotheses, [conclusion]), dict.fromkeys(symbols, Rational(1, 2)))


def motzkin_times():
    product = sympy.expand(motzkin(X, Y) * (X**2 + Y**2))
    return case(implication([X, Y], [], [relation(product, GE)]))


def jury_over_substochastic():
    w = sympy.Matrix(3, 3, lambda i, j: sympy.Symbol(f"w{i}{j}", real=True))
    hypotheses = [relation(entry, GE) for entry in w]
    hypotheses += [relation(sum(w.row(i)), LT, 1) for i in range(3)]
    return case(implication(list(w), hypotheses, [stable(w.tolist())]), dict.fromkeys(w, 0))


def positive_entry():
    """False at J = [[−3/4, −2], [1, 2]]."""
    entry = relation((1 - D) / GAP, GT)
    return case(implication([A, B, C, D], [stable([[A, B], [C, D]])], [entry]), ZERO)


def cycle_gains_suffice():
    """False at 0.6(11ᵀ − I): every cycle gain is below 1, and ρ = 6/5."""
    j = sympy.Matrix(3, 3, lambda r, k: 0 if r == k else sympy.Symbol(f"j{r}{k}", real=True))
    symbols = [e for e in j if e != 0]
    gains = [j[0, 1] * j[1, 0], j[0, 2] * j[2, 0], j[1, 2] * j[2, 1]]
    gains += [j[0, 1] * j[1, 2] * j[2, 0], j[0, 2] * j[2, 1] * j[1, 0]]
    hypotheses = [*(relation(e, GE) for e in symbols), *(relation(g, LT, 1) for g in gains)]
    return case(implication(symbols, hypotheses, [stable(j.tolist())]), dict.fromkeys(symbols, 0))


def motzkin_minus():
    return case(implication([X, Y], [], [relation(motzkin(X, Y) - Rational(1, 1000), GE)]))


def nilpotent_cannot_invert():
    """False at A = [[0, 3], [0, 0]], g = (1, −1): gᵀ(I − A)⁻¹g = gᵀ(I + A)g = −1."""
    hypotheses = [relation(A**2 + B * C, EQ), relation(G1**2 + G2**2, GT)]
    influence = G1 * (G1 + A * G1 + B * G2) + G2 * (G2 + C * G1 - A * G2)
    witness = {A: 0, B: 0, C: 0, G1: 1, G2: 0}
    return case(implication([A, B, C, G1, G2], hypotheses, [relation(influence, GT)]), witness)


SQUARES = "sum-of-squares"
TRUE = {
    "own entry has the sign of 1 − J₂₂": Example(case=own_sign()),
    "own entry ≥ 1, N = 2": Example(case=own_entry(2)),
    "own entry ≥ 1, N = 3": Example(case=own_entry(3)),
    "Cauchy–Schwarz, 3 points": Example(case=cauchy_schwarz(3), needs=SQUARES),
    "Cauchy–Schwarz, 4 points": Example(case=cauchy_schwarz(4), needs=SQUARES),
    "Cauchy–Schwarz, 5 points": Example(case=cauchy_schwarz(5), needs=SQUARES),
    "Chebyshev, 3 points": Example(case=chebyshev(3), needs=SQUARES),
    "Chebyshev, 4 points": Example(case=chebyshev(4), needs=SQUARES),
    "mixture variance": Example(case=mixture_variance()),
    "Motzkin times a square": Example(case=motzkin_times(), needs=SQUARES),
    "Jury over substochastic matrices": Example(case=jury_over_substochastic()),
}
FALSE = {
    "a stable J has a positive own entry": Example(case=positive_entry()),
    "cycle gains below 1 suffice": Example(case=cycle_gains_suffice()),
    "Motzkin minus a little": Example(case=motzkin_minus()),
    "nilpotent coupling cannot invert": Example(case=nilpotent_cannot_invert()),
}
