"""single.collapse: a model refitted on n of its own samples, without real data, loses its variance.

Statement. Each round the model draws n independent samples from itself and is refitted on them by maximum
likelihood.

- Mean–variance Gaussian: E[v_{t+1} | v_t] = (1 − 1/n) v_t, and E[log v_{t+1} − log v_t] < −1/n, so that for
  n ≥ 2 log v_t drifts to −∞ and v_t → 0 almost surely (for n = 1, v_1 = 0).
- A law on a finite alphabet: the heterozygosity h = 1 − Σ p_i² has E[h_{t+1} | p_t] = (1 − 1/n) h_t; it
  tends to 0, and one letter is left in the end, letter i with the probability p_0,i.

Argument. The maximum-likelihood variance is (1/n) Σ x_k² − x̄², with mean E[x²] − (E[x]² + v/n) = v(1 −
1/n), for any law of variance v. Given v_t, v_{t+1}/v_t = y is a chi-square of n − 1 degrees over n, not
constant, and log y < y − 1 unless y = 1: E log y < E y − 1 = −1/n. The y of different rounds are
independent and alike, so log v_t/t tends to E log y < 0 by the law of large numbers. On an alphabet, h is
the chance that two draws from p differ; two draws from the empirical law take two different samples with
probability 1 − 1/n, and are then two independent draws from p. h_t ≥ 0 with E h_t = (1 − 1/n)^t h_0 tends
to 0 almost surely, being a supermartingale; p_t,i is a bounded martingale, with a limit in {0, 1} and
expectation p_0,i. [S23] show the collapse; with real data in every round the variance is kept from 0
(single.retraining-rate).

Machine-checked. n = 2 and 3 samples from every law on two and three atoms, by enumeration: the expected
variance of any values of the atoms, and the expected heterozygosity. n = 2, 3, 4 samples with any moments E
x = m, E x² = v + m²: the expected variance. The drift from log y ≤ y − 1. Two letters, n = 4: the
distribution of the number of copies iterated at 100 digits from one copy: it is fixed with probability 1/4
and lost with 3/4, at the rate 1 − 1/n = 3/4.
"""

from __future__ import annotations

from itertools import product
from math import comb

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.one_curated_model import OneCuratedModel, candidate_sets, within_set
from proofs_check.encoding.relations import at_least, equal, less, positive
from proofs_check.encoding.symbols import UNIT, column, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.limit_statement import LimitStatement
from proofs_check.statements.statement import Statement

_MEAN, _VARIANCE, _PART, _SHARE = reals("m v u a")


def claim() -> Claim:
    """The claim ``single.collapse``."""
    return Claim(
        id="single.collapse",
        title="A model refitted on its own samples loses its variance",
        provenance=Provenance.KNOWN,
        source="S23",
        statement=(
            "Refit on n own samples, no real data: E v_{t+1} = (1 − 1/n) v_t (maximum likelihood), "
            "log v_t drifts to −∞; on a finite alphabet the heterozygosity decays by 1 − 1/n in expectation."
        ),
        latex=(
            r"\mathbb E[v_{t+1}\mid v_t]=\Bigl(1-\frac1n\Bigr)v_t,\quad "
            r"\mathbb E[\log v_{t+1}-\log v_t]<-\frac1n,"
            r"\quad \mathbb E[h_{t+1}\mid p_t]=\Bigl(1-\frac1n\Bigr)h_t"
        ),
        hypotheses=(
            "Refitted by maximum likelihood on n independent samples of its own output, n finite.",
            "No real data.",
        ),
        cases=(
            *(_variance(n) for n in (2, 3)),
            _moments(),
            *(_heterozygosity(n) for n in (2, 3)),
            _drift(),
            _copies(),
        ),
        scope=(
            "2 and 3 atoms, n = 2, 3, by enumeration; any law with n = 2, 3, 4 by moments; every n by "
            "the argument"
        ),
        sharpness=(_needs_finite_samples(), _needs_no_real_data()),
    )


def _variance(atoms: int) -> Case:
    """E of the variance within n = 2 and 3 samples of any values."""
    model = OneCuratedModel(atoms)
    goals = []
    for size in (2, 3):
        sets = candidate_sets(model.law, size)
        refitted = sympy.Add(*(q * within_set(counts, model.weights)[1] for q, counts in sets))
        goals.append(equal(refitted, (1 - sympy.Rational(1, size)) * model.moments()[1]))
    return Case(
        name=f"variance of samples, {atoms} atoms, n = 2 and 3",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(),
            conclusions=tuple(goals),
        ),
        witness=point(model.typical_point()),
    )


def _moments() -> Case:
    """n = 2, 3, 4: (1/n)Σx_k² − x̄², with E x_k² = v + m² and E x_j x_k = m² for j ≠ k."""
    goals = []
    for size in (2, 3, 4):
        square = sympy.Add(*(_VARIANCE + _MEAN**2 for _ in range(size))) / size
        pairs = [_VARIANCE * int(j == k) + _MEAN**2 for j, k in product(range(size), repeat=2)]
        goals.append(equal(square - sympy.Add(*pairs) / size**2, (1 - sympy.Rational(1, size)) * _VARIANCE))
    return Case(
        name="variance of samples, any law, n = 2, 3, 4",
        statement=Statement(variables=variables(_MEAN, _VARIANCE), hypotheses=(), conclusions=tuple(goals)),
        witness=point({_MEAN: 1, _VARIANCE: 1}),
    )


def _spread(law: tuple[sympy.Expr, ...]) -> sympy.Expr:
    """1 − Σ p_i²."""
    return 1 - sympy.Add(*(p**2 for p in law))


def _heterozygosity(atoms: int) -> Case:
    model = OneCuratedModel(atoms)
    goals = []
    for size in (2, 3):
        expected = sympy.Add(
            *(
                q * _spread(tuple(sympy.Rational(count, size) for count in counts))
                for q, counts in candidate_sets(model.law, size)
            )
        )
        goals.append(equal(expected, (1 - sympy.Rational(1, size)) * _spread(model.law)))
    return Case(
        name=f"heterozygosity, {atoms} letters, n = 2 and 3",
        statement=Statement(variables=model.law_variables, hypotheses=(), conclusions=tuple(goals)),
        witness=point(model.at([f"1/{k + 2}" for k in range(atoms - 1)])),
    )


def _drift() -> Case:
    """Σ p_i l_i ≤ −u where Σ p_i y_i = 1 − u, u = 1/n, and l_i = log y_i ≤ y_i − 1."""
    model, ratios, logs = OneCuratedModel(2), column("y", 2), column("l", 2)
    return Case(
        name="drift of the logarithm",
        statement=Statement(
            variables=(*model.law_variables, *variables(ratios, logs, _PART)),
            hypotheses=(
                *model.is_law,
                equal(model.mean(tuple(ratios)), 1 - _PART),
                *(at_least(y - 1, entry) for y, entry in zip(ratios, logs, strict=True)),
            ),
            conclusions=(at_least(-_PART, model.mean(tuple(logs))),),
        ),
        witness=point(
            {
                **model.at(["1/3"]),
                **dict.fromkeys(ratios, "1/2"),
                **dict.fromkeys(logs, "-1/2"),
                _PART: "1/2",
            }
        ),
    )


def _copies() -> Case:
    """Chances of 0 … 4 copies of a letter among n = 4 samples: a binomial law of the last round's share."""
    size = 4
    chances = tuple(real(f"f{k}") for k in range(size + 1))

    def arrives(j: int, k: int) -> sympy.Rational:
        share = sympy.Rational(j, size)
        return comb(size, k) * share**k * (1 - share) ** (size - k)

    step = tuple(sympy.Add(*(chances[j] * arrives(j, k) for j in range(size + 1))) for k in range(size + 1))
    start = tuple(sympy.Integer(k == 1) for k in range(size + 1))
    limit = (sympy.Rational(3, 4), *(sympy.Integer(0) for _ in range(size - 1)), sympy.Rational(1, 4))
    return Case(
        name="two letters, n = 4, iterated",
        statement=LimitStatement(
            variables=chances, step=step, start=start, limit=limit, rate=sympy.Rational(3, 4)
        ),
    )


def _needs_finite_samples() -> Sharpness:
    """n = ∞, the population limit: the variance stays, and does not shrink."""
    after = (_VARIANCE + _MEAN**2) - _MEAN**2
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(_MEAN, _VARIANCE),
            hypotheses=(positive(_VARIANCE),),
            conclusions=(less(after, _VARIANCE),),
        ),
        point=point({_MEAN: 0, _VARIANCE: 1}),
    )


def _needs_no_real_data() -> Sharpness:
    """Half of the sample variance from real data of variance 1, n = 2: at v = 1/2 it rises to 5/8."""
    after = _SHARE * 1 + (1 - _SHARE) * _VARIANCE / 2
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(_SHARE, _VARIANCE, typical=UNIT),
            hypotheses=(positive(_VARIANCE), at_least(_SHARE), less(_SHARE, 1)),
            conclusions=(less(after, _VARIANCE),),
        ),
        point=point({_SHARE: "1/2", _VARIANCE: "1/2"}),
    )
