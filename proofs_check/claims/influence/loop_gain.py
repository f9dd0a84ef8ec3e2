"""influence.loop-gain: Mason's rule reads every influence off the loops of the ecosystem's graph.

Statement. For scalar states, draw an edge j → i of gain J_ij where i reads j. With Δ = Σ over sets of
simple loops that share no model, of (−1)^(number of loops) times the product of their gains,

    [(I − J)⁻¹]_ij = Σ over simple paths P from j to i of gain(P) · Δ_P / Δ,

Δ_P the same sum over the loops that do not touch P. And Δ = det(I − J).

Argument. Expand det(I − J) over permutations: a permutation is a set of disjoint cycles and fixed points, a
cycle of length l contributes its sign (−1)^(l−1) and (−1)^l from the entries −J, that is −gain; a fixed
point contributes 1 − J_ii, the choice between no loop and the self-loop. This is Δ. The cofactor that
Cramer's rule needs for the entry (i, j) is the sum over permutations in which j → … → i is closed by a
virtual edge: a simple path times the loops disjoint from it, with the signs of Δ_P.

Machine-checked. Δ = det(I − J) and every entry of the inverse for N = 2, 3, 4, generic J, with paths and
loops enumerated on the graph alone; sparse networks of up to eight models, sampled, by exact elimination.
"""

from __future__ import annotations

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.conditions.ecosystem_condition import EcosystemCondition
from proofs_check.conditions.whole_map import regular_scalar_models
from proofs_check.encoding.loops import ReadingGraph
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import equal, unequal
from proofs_check.encoding.sampled_loops import sampled_couplings, why_not_mason
from proofs_check.encoding.sharp_influence import needs_no_eigenvalue_one
from proofs_check.encoding.symbols import Matrix, entries, matrix, point, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.statement import Statement
from theory.analysis import Analysis

_SIZES = (2, 3, 4)


def claim() -> Claim:
    """The claim ``influence.loop-gain``."""
    return Claim(
        id="influence.loop-gain",
        title="Mason's rule: influence from paths and loops",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "Scalar states, I − J invertible: [(I − J)⁻¹]ᵢⱼ is the sum over simple paths from j to i of "
            "path gain "
            "times the cofactor of the loops that do not touch it, over the graph determinant det(I − J)."
        ),
        latex=(
            r"[(I-J)^{-1}]_{ij}=\frac{1}{\Delta}\sum_{P:j\to i}\operatorname{gain}(P)\,\Delta_P,"
            r"\qquad\Delta=\det(I-J)"
        ),
        hypotheses=("One state a model.", "I − J is invertible."),
        cases=(*(make(n) for n in _SIZES for make in (_graph_determinant, _paths)), _sampled()),
        scope="N = 2, 3, 4 symbolic; N ≤ 8 sampled",
        sharpness=(_needs_single_states(), needs_no_eigenvalue_one(1)),
    )


def condition(analysis: Analysis) -> EcosystemCondition:
    """Whether I − J is invertible in an ecosystem of models with one state each."""
    return regular_scalar_models("influence.loop-gain", analysis)


def _graph_determinant(n: int) -> Case:
    jacobian = matrix("J", n, n)
    return Case(
        name=f"N = {n}, graph determinant",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(),
            conclusions=(
                equal(ReadingGraph(jacobian.tolist()).determinant(), determinant(identity_minus(jacobian))),
            ),
        ),
    )


def _paths(n: int) -> Case:
    jacobian = matrix("J", n, n)
    field = identity_minus(jacobian)
    solved, graph = inverse(field), ReadingGraph(jacobian.tolist())
    return Case(
        name=f"N = {n}, paths",
        statement=Statement(
            variables=variables(jacobian),
            hypotheses=(unequal(determinant(field)),),
            conclusions=tuple(
                equal(graph.path_sum(j, i) / determinant(field), solved[i, j])
                for i in range(n)
                for j in range(n)
            ),
        ),
        witness=point(entries({jacobian: [["1/8"] * n] * n})),
    )


def _sampled() -> Case:
    return Case(
        name="N ≤ 8, sampled",
        statement=Experiment(
            name="sparse couplings, N = 1…8",
            strategy=sampled_couplings,
            predicate=why_not_mason,
            samples=100,
        ),
    )


def _needs_single_states() -> Sharpness:
    """Two models of two states each, their blocks taken for gains: Δ = (I − A)(I − D) − BC misleads."""
    whole = matrix("J", 4, 4)
    own, other = (identity_minus(Matrix(whole[k : k + 2, k : k + 2])) for k in (0, 2))
    loop = Matrix(whole[:2, 2:] * whole[2:, :2])
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(whole),
            hypotheses=(unequal(determinant(identity_minus(whole))),),
            conclusions=(equal(determinant(Matrix(own * other - loop)), determinant(identity_minus(whole))),),
        ),
        point=point(entries({whole: [[0, 2, 0, 0], [0, 0, -1, 1], [0, 1, 0, 0], [0, 0, 0, -1]]})),
    )
