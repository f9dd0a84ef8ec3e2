"""attack.flips: a budget of label flips against a Bradley–Terry reward, chosen by influence functions.

Statement. Pairs with differences z_k of features and labels o_k in {0, 1}; the reward r̂ = θᵀφ minimises Σ
(log(1 + e^u_k) − o_k u_k) + (ρ/2)|θ|², u_k = z_kᵀθ, ρ > 0. An attacker flips at most B labels to lower E_q
a, q ∝ p e^r̂, a = e^r the weight of the reward fitted to the labels as given: by robust.one-step, E_q a −
E_p a = Cov_p(a, e^r̂)/E_p e^r̂ is what choice by r̂ adds to E a in a round. (i) As o_k moves, E_q a moves
at z_kᵀH⁻¹Cov_q(a, φ), with H = Σ σ(u)σ(−u) z zᵀ + ρI. (ii) z_kᵀ dθ/do_k ≥ ρ|dθ/do_k|²: a label pulls the
difference of its own pair its own way. (iii) On random sets of 10 pairs with 3 flips, the attacker who
follows these influences reaches at least 80 % of the best possible damage, in the median over 50 sets, no
less than one who flips the pairs that a tells apart most clearly, and more than one who flips at random.

Argument. (i) ∂L/∂θ = 0 for every o, so H dθ/do_k − z_k = 0; the tilt's derivative in θ is the covariance; H
is symmetric. (ii) Multiply H dθ/do_k = z_k by dθ/do_k. (iii) is measured.

Provenance. The attack, its budget and the baselines follow the code released with [WZ25]: influences
through the inverse Hessian, refitted over some epochs with labels moved in part, then the B largest
flipped. Differences: there steps are normalised and averaged, here they are Frank–Wolfe's, and the sets met
on the way are compared by fitting anew. That code lowers Cov_p(e^r, e^r̂) itself; here it is over the
means, so that adding a constant to r̂ changes nothing. (ii) was worked out here.

Machine-checked. (i) Both derivatives from their definitions: the objective's for 2, 3 and 4 items, the
fit's for up to 4 pairs and 3 features. (ii) for 1 pair of 2 features, and 2 and 3 pairs of one. (iii) is
sampled, in double precision: it can only be supported, for the sizes that are named, and a proof of the
claim covers (i) and (ii) alone.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.label_attack import LabelAttack, TiltedItems
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.sampled_attacks import sampled_seeds, why_the_attack_is_weak
from proofs_check.encoding.symbols import column, entries, point, variables
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement

_SAMPLES = 2


def claim() -> Claim:
    """The claim ``attack.flips``."""
    return Claim(
        id="attack.flips",
        title="Flipped labels against a Bradley–Terry reward, chosen by influence",
        provenance=Provenance.ENCODED,
        source="WZ25",
        statement=(
            "Bradley–Terry reward with ridge ρ > 0 on labelled pairs: as label k moves, E_q a (q ∝ p e^r̂) "
            "moves at z_kᵀH⁻¹Cov_q(a, φ), and z_kᵀ dθ/do_k ≥ ρ|dθ/do_k|². Flips chosen by these influences "
            "reach 80 % of the exhaustive optimum in the median of 50 small sets, no less than flips "
            "by distance and more than random ones."
        ),
        latex=(
            r"\frac{\mathrm d\,\mathbb E_q a}{\mathrm do_k}=z_k^\top H^{-1}\operatorname{Cov}_q(a,\varphi),"
            r"\quad H=\sum_k\sigma(u_k)\sigma(-u_k)z_kz_k^\top+\rho I"
        ),
        hypotheses=(
            "A reward linear in features, fitted to pairwise labels by penalised maximum likelihood, ρ > 0.",
            "The attacker knows the pairs, labels, features and the model's law, and can only flip labels.",
        ),
        cases=(
            *(_objective(n) for n in (2, 3, 4)),
            *(_influence(m, d) for m, d in ((2, 1), (3, 2), (4, 3))),
            *(_own_pull(m, d) for m, d in ((1, 2), (2, 1), (3, 1))),
            _small_sets(),
        ),
        scope=(
            "influences symbolic: 2–4 items, up to 4 pairs and 3 features; own pull: 1 pair of 2 features, 2 "
            "and 3 pairs of one; 10 pairs with 3 flips sampled"
        ),
        sharpness=(_needs_a_ridge(),),
    )


def _objective(n: int) -> Case:
    """∂E_q a/∂θ = Cov_q(a, φ)."""
    items = TiltedItems(n)
    return Case(
        name=f"{n} items, the objective",
        statement=Statement(
            variables=items.variables,
            hypotheses=(items.defined,),
            conclusions=(equal(items.slope, items.covariance),),
        ),
        witness=point(
            entries(
                {
                    items.law: [[f"1/{n}"]] * n,
                    items.honest: [[i + 1] for i in range(n)],
                    items.tilt: [[n - i] for i in range(n)],
                    items.feature: [[i] for i in range(n)],
                }
            )
        ),
    )


def _influence(m: int, d: int) -> Case:
    """yᵀ(drift of ∂L/∂θ) = gᵀv − z_1ᵀy for g = Hy: where the drift is 0, gᵀv = z_1ᵀH⁻¹g."""
    attack = LabelAttack(m, d)
    response = column("y", d)
    gradient = attack.hessian * response
    drift = sympy.Add(*(y * x for y, x in zip(response, attack.drift, strict=True)))
    moved = gradient.dot(attack.velocity) - attack.differences.row(0).dot(response)
    return Case(
        name=f"{_size(m, d)}, the influence",
        statement=Statement(
            variables=(*attack.variables, *variables(response)),
            hypotheses=(),
            conclusions=(equal(drift, moved),),
        ),
    )


def _own_pull(m: int, d: int) -> Case:
    """z_1ᵀv ≥ ρ|v|² and z_1ᵀv ≥ 0 where the drift of ∂L/∂θ is 0 along v."""
    attack = LabelAttack(m, d)
    velocity, pull = attack.velocity, attack.moves[0]
    drift = sympy.Add(*(v * x for v, x in zip(velocity, attack.drift, strict=True)))
    return Case(
        name=f"{_size(m, d)}, the own pair",
        statement=Statement(
            variables=attack.variables,
            hypotheses=(*attack.domain, equal(drift)),
            conclusions=(at_least(pull, attack.ridge * velocity.dot(velocity)), at_least(pull)),
        ),
        witness=point(_one_direction(attack)),
    )


def _size(m: int, d: int) -> str:
    return f"{m} {'pair' if m == 1 else 'pairs'}, {d} {'feature' if d == 1 else 'features'}"


def _one_direction(attack: LabelAttack, ridge: str = "1") -> dict[sympy.Symbol, sympy.Expr]:
    """z_1 = e_1, the other differences 0, s = ½: v = e_1/(1/4 + ρ)."""
    m, d = attack.pairs, attack.features
    speed = str(1 / (sympy.Rational(1, 4) + sympy.Rational(ridge)))
    first = [speed] + ["0"] * (d - 1)
    return entries(
        {
            attack.differences: [[1] + [0] * (d - 1)] + [[0] * d] * (m - 1),
            attack.velocity: [[entry] for entry in first],
            attack.chances: [["1/2"]] * m,
        }
    ) | {attack.ridge: sympy.Rational(ridge)}


def _needs_a_ridge() -> Sharpness:
    """ρ = −1: the fit is a saddle, and the label pushes its pair the other way."""
    attack = LabelAttack(2, 1)
    at = point(_one_direction(attack, "-1"))
    return dropping(_own_pull(2, 1), positive(attack.ridge), hypothesis=0, point=at)


def _small_sets() -> Case:
    return Case(
        name="small sets",
        statement=Experiment(
            name="50 sets of 10 pairs, at most 3 flips, in double precision",
            strategy=sampled_seeds,
            predicate=why_the_attack_is_weak,
            samples=_SAMPLES,
        ),
    )
