"""influence.blow-up: influence grows like 1/(1 − λ) as a simple eigenvalue λ of J tends to 1, unless unseen.

Statement. Let λ be a simple eigenvalue of J with left and right eigenvectors l, r, and let the other
eigenvalues stay away from λ and from 1. Then

    ∇Rᵀ(I − J)⁻¹∂G = (∇R·r)(l·∂G) / ((1 − λ) l·r) + a term that stays bounded as λ → 1.

So dR/dτ blows up as λ → 1 unless (∇R·r)(l·∂G) tends to 0: unless, in the limit, l kills ∂G/∂τ or r kills ∇R.
At −1 or at a conjugate pair on the unit circle stability is lost without blow-up.

Argument. Write det(zI − J) = (z − λ)q(z) and P = q(J)/q(λ). (J − λI)q(J) = 0 (Cayley–Hamilton), so JP = λP
and (I − J)⁻¹P = P/(1 − λ); P = r lᵀ/(l·r). The remainder (I − J)⁻¹(I − P) is a polynomial in J and λ over
q(1)q(λ): I − P = (λI − J)s(J)/q(λ) with q(λ) − q(z) = (λ − z)s(z), and q(1)(I − J)⁻¹ = q(J)(I − J)⁻¹ + t(J)
with q(1) − q(z) = (1 − z)t(z); the first term is killed by λI − J. So it is bounded while q(1) and q(λ) stay
away from 0, that is, while the other eigenvalues stay away from 1 and λ. det(I − J) ≠ 0 at −1 and at a
conjugate pair.

Simplicity is needed. J = [[1 − e, 1], [0, 1 − e]] with ∂G = ∇R = (1, 0): the limit's left eigenvector (0, 1)
kills ∂G, and yet dR = 1/e. J = (1 − e)I with ∂G = (1, 1), ∇R = (1, −1): nothing kills all, and yet dR = 0.

Machine-checked. N = 2: the formula and the remainder, every J with two different eigenvalues. N = 3: the
formula in the eigenbasis, with the basis free. The two counterexamples. N = 2: det(I − J) at −1 and at a
conjugate pair.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Provenance
from proofs_check.encoding.matrices import adjugate, determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, equal, positive, unequal
from proofs_check.encoding.sharp_influence import needs_no_eigenvalue_one
from proofs_check.encoding.symbols import Matrix, column, entries, matrix, point, real, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement

_NEAR, _FAR, _THIRD = reals("lam mu nu")


def claim() -> Claim:
    """The claim ``influence.blow-up``."""
    return Claim(
        id="influence.blow-up",
        title="Influence blows up like 1/(1 − λ) at a simple eigenvalue that the knob and the users see",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "λ a simple eigenvalue of J, the others bounded away from λ and 1: dR/dτ = "
            "(∇R·r)(l·∂G)/((1 − λ) l·r) + bounded. At −1 or a conjugate pair on the unit circle no blow-up."
        ),
        latex=(
            r"\nabla R^{\top}(I-J)^{-1}\partial_\tau G=\frac{(\nabla R\cdot r)(l\cdot\partial_\tau G)}"
            r"{(1-\lambda)\,l\cdot r}+O(1)"
        ),
        hypotheses=(
            "λ is a simple eigenvalue of J; the other eigenvalues stay away from λ and from 1.",
            "I − J is invertible.",
        ),
        cases=(_pair(), _basis(), _defective(), _double(), _minus_one(), _conjugate()),
        scope="N = 2, 3 symbolic; every N by the argument",
        sharpness=(_needs_a_simple_eigenvalue(), needs_no_eigenvalue_one(1)),
    )


def _pair() -> Case:
    """N = 2: P = (J − μI)/(λ − μ), and the remainder is (I − P)/(1 − μ)."""
    jacobian, push, wish = matrix("J", 2, 2), column("b", 2), column("g", 2)
    seen = Matrix((jacobian - _FAR * sympy.eye(2)) / (_NEAR - _FAR))
    blown = (wish.T * seen * push)[0, 0] / (1 - _NEAR)
    bounded = (wish.T * identity_minus(seen) * push)[0, 0] / (1 - _FAR)
    field = identity_minus(jacobian)
    return Case(
        name="N = 2, formula",
        statement=Statement(
            variables=variables(jacobian, push, wish, _NEAR, _FAR),
            hypotheses=(
                equal(jacobian[1, 1], _NEAR + _FAR - jacobian[0, 0]),
                equal(jacobian[0, 1] * jacobian[1, 0], jacobian[0, 0] * jacobian[1, 1] - _NEAR * _FAR),
                unequal(_NEAR - _FAR),
                unequal(1 - _NEAR),
                unequal(1 - _FAR),
                unequal(determinant(field)),
            ),
            conclusions=(
                equal(determinant(field), (1 - _NEAR) * (1 - _FAR)),
                equal((wish.T * inverse(field) * push)[0, 0], blown + bounded),
            ),
        ),
        witness=point(
            entries({jacobian: [["1/2", 0], [0, "1/4"]], push: [[1], [1]], wish: [[1], [1]]})
            | {_NEAR: "1/2", _FAR: "1/4"}
        ),
    )


def _basis() -> Case:
    """N = 3: columns of V are right eigenvectors, rows of adj V left ones, l·r = det V."""
    basis, push, wish = matrix("V", 3, 3), column("b", 3), column("g", 3)
    left = adjugate(basis)
    volume = determinant(basis)
    weights = [(wish.T * basis)[0, k] * (left * push)[k, 0] / volume for k in range(3)]
    gains = (_NEAR, _FAR, _THIRD)
    spread = Matrix([c / (1 - gain) for c, gain in zip(left * push, gains, strict=True)])
    move = Matrix(basis * spread)
    jacobian_move = Matrix(basis * sympy.diag(*gains) * left * move / volume)
    return Case(
        name="N = 3, formula in the eigenbasis",
        statement=Statement(
            variables=variables(basis, push, wish, *gains),
            hypotheses=(unequal(volume), *(unequal(1 - gain) for gain in gains)),
            conclusions=(
                *(equal(move[i] - jacobian_move[i], volume * push[i]) for i in range(3)),
                equal(
                    wish.dot(move) / volume,
                    sympy.Add(*(w / (1 - gain) for w, gain in zip(weights, gains, strict=True))),
                ),
            ),
        ),
        witness=point(
            entries({basis: [[1, 0, 0], [0, 1, 0], [0, 0, 1]], push: [[1]] * 3, wish: [[1]] * 3})
            | {_NEAR: "1/2", _FAR: "1/4", _THIRD: 0}
        ),
    )


def _defective() -> Case:
    """The first entry of (I − J)⁻¹(1, 0) is 1/e although (0, 1)·(1, 0) = 0."""
    gap = real("e")
    jacobian = Matrix([[1 - gap, 1], [0, 1 - gap]])
    return Case(
        name="a defective eigenvalue blows up unseen",
        statement=Statement(
            variables=variables(gap),
            hypotheses=(unequal(gap),),
            conclusions=(equal(inverse(identity_minus(jacobian))[0, 0], 1 / gap),),
        ),
        witness=point({gap: "1/2"}),
    )


def _double() -> Case:
    """J = (1 − e)I: (1, −1)(I − J)⁻¹(1, 1) = 0."""
    gap = real("e")
    field = Matrix(gap * sympy.eye(2))
    return Case(
        name="a double eigenvalue may stay unseen",
        statement=Statement(
            variables=variables(gap),
            hypotheses=(unequal(gap),),
            conclusions=(equal((Matrix([[1, -1]]) * inverse(field) * Matrix([1, 1]))[0, 0]),),
        ),
        witness=point({gap: "1/2"}),
    )


def _minus_one() -> Case:
    """Eigenvalues −1 and μ: det(I − J) = 2(1 − μ), positive where μ < 1."""
    own, there, back = reals("x b c")
    jacobian = Matrix([[own, there], [back, _FAR - 1 - own]])
    return Case(
        name="no blow-up at −1",
        statement=Statement(
            variables=variables(own, there, back, _FAR),
            hypotheses=(equal(there * back, own * (_FAR - 1 - own) + _FAR),),
            conclusions=(equal(determinant(identity_minus(jacobian)), 2 * (1 - _FAR)),),
        ),
        witness=point({own: -1, there: 0, back: 0, _FAR: "1/2"}),
    )


def _conjugate() -> Case:
    """Eigenvalues x ± iy with y ≠ 0: det(I − J) = (1 − x)² + y²."""
    jacobian = matrix("J", 2, 2)
    x, y = reals("x y")
    return Case(
        name="no blow-up at a conjugate pair",
        statement=Statement(
            variables=variables(jacobian, x, y),
            hypotheses=(
                equal(2 * x, jacobian[0, 0] + jacobian[1, 1]),
                equal(x**2 + y**2, determinant(jacobian)),
                unequal(y),
            ),
            conclusions=(equal(determinant(identity_minus(jacobian)), (1 - x) ** 2 + y**2),),
        ),
        witness=point(entries({jacobian: [["3/5", "-4/5"], ["4/5", "3/5"]]}) | {x: "3/5", y: "4/5"}),
    )


def _needs_a_simple_eigenvalue() -> Sharpness:
    """J = [[1 − e, 1], [0, 1 − e]], e = 1/20: l kills ∂G = (1, 0), and dR = 20; μ ≤ 1/2 would make it ≤ 2."""
    jacobian, left, moves = matrix("J", 2, 2), column("l", 2), column("x", 2)
    near = real("e")
    field = identity_minus(jacobian)
    values = entries({jacobian: [["19/20", 1], [0, "19/20"]], left: [[0], [1]], moves: [[20], [0]]})
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(jacobian, left, moves, near),
            hypotheses=(
                positive(near),
                unequal(determinant(field)),
                unequal(left.dot(left)),
                *(equal(a, (1 - near) * b) for a, b in zip(left.T * jacobian, left.T, strict=True)),
                equal(left[0]),
                *(equal(a, b) for a, b in zip(field * moves, (1, 0), strict=True)),
            ),
            conclusions=(at_least(2, moves[0]),),
        ),
        point=point(values | {near: "1/20"}),
    )
