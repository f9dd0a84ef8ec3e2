"""robust.finite-pool: with K candidates it is the spread within the candidates that counts.

Statement. A saturated model reads only its own output; one of K candidates is kept, by a = e^r with
probability 1 − φ and by b = e^s with probability φ. With ā, b̄ the means, s²_a the variance of a and s_ab
the covariance of a and b over the K candidates (each counted 1/K),

    E_{t+1}[a] − E_t[a] = E[ (1 − φ) s²_a/ā + φ s_ab/b̄ ]   over K draws from the current law.

Argument. Given the candidates x_1 … x_K, the kept one has E[a] = Σ a_i²/Σ a_i when a chooses and Σ a_i
b_i/Σ b_i when b does. With means over the candidates these are ā + s²_a/ā and ā + s_ab/b̄. The mean of ā
over the draws is E_t[a].

Machine-checked. The identity for 2 atoms and K = 2, 3, and for 3 atoms and K = 2, every law and all weights
> 0, the kept law computed draw by draw.
"""

from __future__ import annotations

from itertools import product

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.relations import equal
from proofs_check.encoding.symbols import point
from proofs_check.encoding.two_crowds import TwoCrowds
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement

_SIZES = ((2, 2), (2, 3), (3, 2))


def claim() -> Claim:
    """The claim ``robust.finite-pool``."""
    return Claim(
        id="robust.finite-pool",
        title="One round with K candidates and a fraction of other choosers, exactly",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "K candidates, weights a with probability 1 − φ and b with probability φ: E_{t+1}[a] − E_t[a] is "
            "the mean over draws of (1 − φ)s²_a/ā + φ s_ab/b̄, variance and covariance within the candidates."
        ),
        latex=(
            r"\mathbb E_{t+1}a-\mathbb E_ta=\mathbb E_{x_1\dots x_K}\Bigl[(1-\varphi)\frac{s_a^2}{\bar a}"
            r"+\varphi\frac{s_{ab}}{\bar b}\Bigr]"
        ),
        hypotheses=(
            "A saturated model that reads only its own curated output.",
            "The candidates are K independent draws from the current law.",
        ),
        cases=tuple(_identity(n, k) for n, k in _SIZES),
        scope="2 atoms with K = 2, 3 and 3 atoms with K = 2, symbolic; any law and K by the argument",
        sharpness=(_needs_no_real_data(), _needs_independent_draws()),
    )


def gain(crowds: TwoCrowds, candidates: int) -> sympy.Expr:
    """E_{p'} a − E_p a by the law of what is kept."""
    honest = crowds.kept(crowds.honest, candidates)
    other = crowds.kept(crowds.other, candidates)
    after = [(1 - crowds.share) * p + crowds.share * q for p, q in zip(honest, other, strict=True)]
    return sympy.Add(*(p * a for p, a in zip(after, crowds.honest, strict=True))) - crowds.mean(crowds.honest)


def predicted(crowds: TwoCrowds, candidates: int) -> sympy.Expr:
    """The mean over draws of (1 − φ)s²_a/ā + φ s_ab/b̄."""
    terms = []
    for draw in product(range(crowds.atoms), repeat=candidates):
        chance = sympy.Mul(*(crowds.law[i] for i in draw))
        terms.append(
            chance * within(crowds, [crowds.honest[i] for i in draw], [crowds.other[i] for i in draw])
        )
    return sympy.Add(*terms)


def within(crowds: TwoCrowds, honest: list[sympy.Expr], other: list[sympy.Expr]) -> sympy.Expr:
    """(1 − φ)s²_a/ā + φ s_ab/b̄ of one set of candidates."""
    count = len(honest)
    mean, rival = sympy.Add(*honest) / count, sympy.Add(*other) / count
    variance = sympy.Add(*((a - mean) ** 2 for a in honest)) / count
    covariance = sympy.Add(*((a - mean) * (b - rival) for a, b in zip(honest, other, strict=True))) / count
    return (1 - crowds.share) * variance / mean + crowds.share * covariance / rival


def _identity(n: int, candidates: int) -> Case:
    crowds = TwoCrowds(n)
    return Case(
        name=f"{n} atoms, K = {candidates}",
        statement=Statement(
            variables=crowds.variables,
            hypotheses=crowds.domain(),
            conclusions=(equal(gain(crowds, candidates), predicted(crowds, candidates)),),
        ),
        witness=point(crowds.at([f"1/{n}"] * (n - 1), range(1, n + 1), range(n, 0, -1), "1/3")),
    )


def _needs_no_real_data() -> Sharpness:
    """Half the training set is real data equal to p: half the gain."""
    crowds = TwoCrowds(2)
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=crowds.domain(),
            conclusions=(equal(gain(crowds, 2) / 2, predicted(crowds, 2)),),
        ),
        point=point(crowds.at(["1/2"], (1, 2), (2, 1), 0)),
    )


def _needs_independent_draws() -> Sharpness:
    """Two candidates without replacement from two equal halves: one of each, p_1' = a_1/(a_1 + a_2)."""
    crowds = TwoCrowds(2)
    first, last = crowds.honest
    after = (first**2 + last**2) / (first + last)
    half = sympy.Rational(1, 2)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=crowds.variables,
            hypotheses=(*crowds.domain(), equal(crowds.share), equal(crowds.free[0], half)),
            conclusions=(equal(after - crowds.mean(crowds.honest), predicted(crowds, 2)),),
        ),
        point=point(crowds.at(["1/2"], (1, 2), (2, 1), 0)),
    )
