"""Cases on strengths in networks of plain shares: the moves of the means, their signs, and cᵀΣc > 0."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.matrices import determinant
from proofs_check.encoding.relations import at_least, equal, positive, unequal
from proofs_check.encoding.scalar_knobs import Knob
from proofs_check.encoding.share_network import ShareKnob
from proofs_check.encoding.symbols import Matrix, column, point, real, variables
from proofs_check.statements.statement import Relation, Statement


def solves_the_equilibrium(model: ShareKnob, mean_moves: tuple[Matrix, ...]) -> Case:
    """The case that the means move by `mean_moves`: they solve the linearised equilibrium equations."""
    residuals = model.is_the_derivative(mean_moves)
    return Case(
        name=f"N = {model.size}, d = {model.dimension}, {model.knob.value} strength, moves",
        statement=Statement(
            variables=model.variables,
            hypotheses=model.regular(),
            conclusions=tuple(map(equal, residuals)),
        ),
        witness=model.witness(),
    )


def share_signs(model: ShareKnob, returns: Matrix) -> Case:
    """The case that model 1 gains its direct effect or more, and what reaches others keeps the pull's sign.

    Parameters
    ----------
    model : ShareKnob
    returns : Matrix
        What multiplies the pull in the move of each model's mean, shape ``(N, 1)``.
    """
    sizes = column("q", model.size)
    pull, known = _pull(model, sizes)
    at_once = model.touched[1, 1] if model.knob is Knob.PRODUCER else sympy.S.One
    return Case(
        name=f"N = {model.size}, {model.knob.value} strength, signs",
        statement=Statement(
            variables=(*model.share_variables, *variables(*known)),
            hypotheses=(*model.shares(), *(at_least(size) for size in known)),
            conclusions=(
                positive(determinant(model.field)),
                *map(at_least, returns),
                at_least(returns[0] * pull, at_once * pull),
                at_least(at_once * pull),
            ),
        ),
        witness=point(model.share_witness() | {size: sympy.Integer(k + 2) for k, size in enumerate(known)}),
    )


def _pull(model: ShareKnob, sizes: Matrix) -> tuple[sympy.Expr, tuple[sympy.Symbol, ...]]:
    """⟨c, pull⟩ from the sizes q_j = cᵀΣ_jc ≥ 0 that count, and those sizes."""
    if model.knob is Knob.CONSUMER:
        parts = (share * sizes[j - 1] for (_, j), share in model.touched.items())
        return sympy.Add(*parts), tuple(sizes)
    own = model.touched[1, 1] * sizes[0] if model.knob is Knob.OWN else sizes[0]
    return own, (sizes[0],)


def positive_variance(dimension: int) -> Case:
    """The case Σ = LLᵀ, c = L⁻ᵀp with p ≠ 0: cᵀΣc > 0; every positive definite Σ and every c ≠ 0 are such."""
    root = Matrix(dimension, dimension, lambda i, j: real(f"L{i + 1}{j + 1}") if j <= i else sympy.S.Zero)
    image = column("p", dimension)
    reward = Matrix(root.T.LUsolve(image))
    size = (reward.T * root * root.T * reward)[0, 0]
    diagonal: tuple[Relation, ...] = tuple(unequal(root[k, k]) for k in range(dimension))
    symbols = tuple(entry for entry in root if entry != 0)
    return Case(
        name=f"d = {dimension}, cᵀΣc > 0",
        statement=Statement(
            variables=variables(*symbols, image),
            hypotheses=(*diagonal, positive(image.dot(image))),
            conclusions=(positive(size),),
        ),
        witness=point({symbol: k + 1 for k, symbol in enumerate((*symbols, *image))}),
    )
