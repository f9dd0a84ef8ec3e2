"""single.gain-identity: what a round of choice adds to the expected choice weight is E[s²/ā].

Statement. One model that can be any law, no real data, users who keep one of K ≥ 1 candidates with
probability in proportion to a = e^r. With E_t[a²] finite, p_{t+1} = C_K(p_t) has

    E_{t+1}[a] − E_t[a] = E[s²/ā],

the expectation over K independent draws x_1 … x_K from p_t, ā = (1/K) Σ a(x_k) and s² = (1/K) Σ (a(x_k) −
ā)². In particular E_t[a] never falls, and stays where it is only if a is constant almost surely, for K ≥ 2.
For K = ∞ the gain is Var_t(a)/E_t[a].

Argument. Given the draws, x_k is kept with probability a(x_k)/(Kā), so that the expected weight of what is
kept is Σ a(x_k)²/(Kā) = (s² + ā²)/ā = ā + s²/ā. The expectation of ā is E_t[a]. The gain is ≥ 0, and 0 only
if s² = 0 almost surely, which for K ≥ 2 makes a constant almost surely. For K = ∞, E_{t+1}[a] =
E_t[a²]/E_t[a].

What is needed. It is the weight a itself that gains: the expectation of another function of the atoms can
fall, and so can E[a] where real data pull it back.

Machine-checked. Two and three atoms, K = 2, 3 and ∞, every law and all weights: both sides from the draws.
One choice set of 2, 3 and 5 candidates of any weights: that it adds s²/ā, which is > 0 unless the weights
agree (the supports may be infinite then). Sampled exactly: up to six atoms, K ≤ 8.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.one_curated_model import OneCuratedModel, candidate_sets, kept, within_set
from proofs_check.encoding.relations import at_least, equal, less, positive, unequal
from proofs_check.encoding.sampled_rounds import sampled_rounds, why_not_the_gain
from proofs_check.encoding.symbols import column, point, real, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_POOLS = (2, 3)
_ATOMS = (2, 3)


def claim() -> Claim:
    """The claim ``single.gain-identity``."""
    return Claim(
        id="single.gain-identity",
        title="What a round of choice adds to the expected choice weight, exactly",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "p_{t+1} = C_K(p_t), a = e^r: E_{t+1}[a] − E_t[a] = E over K draws of s²/ā, s² and ā the "
            "variance and mean of a within the choice set; Var_t(a)/E_t[a] for K = ∞."
        ),
        latex=(
            r"\mathbb E_{t+1}[a]-\mathbb E_t[a]=\mathbb E_{x_1,\dots,x_K\sim p_t}"
            r"\Bigl[\frac{s^2}{\bar a}\Bigr]\ge 0"
        ),
        hypotheses=(
            "One model that can be any law; one reward r, a = e^r with E_t[a²] finite.",
            "All of the next training set is chosen from K ≥ 2 candidates (or K = ∞): no real data.",
            "It is the choice weight a whose expectation is taken.",
        ),
        cases=(
            *(_one_set(size) for size in (2, 3, 5)),
            *(_identity(n) for n in _ATOMS),
            *(_tilt(n) for n in _ATOMS),
            _sampled(),
        ),
        scope="2 and 3 atoms, K = 2, 3, ∞ symbolic; choice sets of 2, 3, 5; sampled to 6 atoms and K = 8",
        sharpness=(_needs_no_real_data(), _needs_the_weight()),
    )


def _one_set(size: int) -> Case:
    """One candidate each of the weights a_1 … a_K."""
    weights = tuple(column("a", size))
    chosen = sympy.Add(*(a**2 for a in weights)) / sympy.Add(*weights)
    mean, variance = within_set((1,) * size, weights)
    return Case(
        name=f"one choice set of {size}",
        statement=Statement(
            variables=variables(*weights),
            hypotheses=(*(positive(a) for a in weights), unequal(weights[0], weights[1])),
            conclusions=(equal(chosen, mean + variance / mean), positive(variance / mean)),
        ),
        witness=point({a: k + 1 for k, a in enumerate(weights)}),
    )


def _identity(n: int) -> Case:
    """Left from what is kept of each atom, right from the draws; K = 2 and 3."""
    model = OneCuratedModel(n)
    return Case(
        name=f"{n} atoms, K = 2 and 3",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=tuple(unequal(total) for total in _totals(model)),
            conclusions=tuple(equal(gain(model, pool), expected_spread(model, pool)) for pool in _POOLS),
        ),
        witness=point(model.typical_point()),
    )


def _totals(model: OneCuratedModel) -> list[sympy.Expr]:
    """Total weights of the candidate sets, K = 2 and 3."""
    sets = [counts for pool in _POOLS for _, counts in candidate_sets(model.law, pool)]
    return [sympy.Add(*(k * a for k, a in zip(counts, model.weights, strict=True))) for counts in sets]


def gain(model: OneCuratedModel, pool: int | None) -> sympy.Expr:
    """E_{C_K(p)}[a] − E_p[a], from what is kept of each atom."""
    return model.mean(model.weights, kept(model.law, model.weights, pool)) - model.moments()[0]


def expected_spread(model: OneCuratedModel, pool: int) -> sympy.Expr:
    """E[s²/ā] over all candidate sets."""
    sets = [(q, *within_set(counts, model.weights)) for q, counts in candidate_sets(model.law, pool)]
    return sympy.Add(*(q * variance / mean for q, mean, variance in sets))


def _tilt(n: int) -> Case:
    """K = ∞: Var(a)/E[a], which is > 0 unless a is constant."""
    model = OneCuratedModel(n)
    mean, variance = model.moments()
    first, second = model.weights[:2]
    return Case(
        name=f"{n} atoms, K = ∞",
        statement=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(*model.full_support, *model.positive_weights, unequal(first, second)),
            conclusions=(equal(gain(model, None), variance / mean), positive(gain(model, None))),
        ),
        witness=point(model.typical_point()),
    )


def _sampled() -> Case:
    experiment = Experiment(
        name="up to six atoms, K ≤ 8", strategy=sampled_rounds, predicate=why_not_the_gain, samples=60
    )
    return Case(name=experiment.name, statement=experiment)


def _needs_no_real_data() -> Sharpness:
    """Real data of weight 1 pull a model of weight 2 back, however it is chosen from."""
    model, share = OneCuratedModel(2), real("alpha")
    mixed = [
        share * q + (1 - share) * c for q, c in zip((1, 0), kept(model.law, model.weights, 2), strict=True)
    ]
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables, *variables(share)),
            hypotheses=(*model.is_law, *model.positive_weights, at_least(share), less(share, 1)),
            conclusions=(at_least(model.mean(model.weights, mixed), model.moments()[0]),),
        ),
        point=point({**model.at([0], [1, 2]), share: "1/2"}),
    )


def _needs_the_weight() -> Sharpness:
    """The probability of the atom of less weight falls, K = 2."""
    model = OneCuratedModel(2)
    return Sharpness(
        hypothesis=2,
        weakened=Statement(
            variables=(*model.law_variables, *model.weight_variables),
            hypotheses=(*model.is_law, *model.positive_weights),
            conclusions=(at_least(kept(model.law, model.weights, 2)[0], model.law[0]),),
        ),
        point=point(model.at(["1/2"], [1, 2])),
    )
