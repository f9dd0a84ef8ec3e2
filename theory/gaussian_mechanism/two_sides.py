"""The two sides of the influence formulas for the linear loop θ = φ + λa, φ = Aθ.

Explicit: put the stable point into J and differentiate.  Theorem: the pull of the curated
mixture, carried through the Schur blocks of the stationarity equations.  Both are built from
their own definitions and share nothing but the loop's data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import sympy

Matrix: TypeAlias = sympy.ImmutableDenseMatrix


@dataclass(frozen=True, kw_only=True)
class LinearLoop:
    """One block of the loop, with any square matrix A.

    Parameters
    ----------
    channel : Matrix
        A, shape ``(d, d)``, with I − A invertible.
    pull : Matrix
        a, shape ``(d, 1)``.
    taste : Matrix
        g, shape ``(d, 1)``: J(x) = gᵀx − η|x|²/2.
    cost : Expr
        η.
    curation : Symbol
        λ, the curated share, λ ≠ 1.
    """

    channel: Matrix
    pull: Matrix
    taste: Matrix
    cost: sympy.Expr
    curation: sympy.Symbol

    @property
    def stable_point(self) -> tuple[Matrix, Matrix]:
        """θ* = λ(I − A)⁻¹a and φ* = Aθ*."""
        theta = self.curation * _inverse(_identity(self.channel) - self.channel) * self.pull
        return theta, self.channel * theta

    def alignment(self, x: Matrix) -> sympy.Expr:
        """J(x) = gᵀx − η|x|²/2."""
        return (self.taste.T * x)[0, 0] - self.cost * (x.T * x)[0, 0] / 2

    def alignment_gradient(self, x: Matrix) -> Matrix:
        """∇J(x) = g − ηx."""
        return self.taste - self.cost * x


def explicit(loop: LinearLoop) -> tuple[sympy.Expr, sympy.Expr]:
    """dJ(θ*)/dλ and dJ(φ*)/dλ by differentiating the closed form."""
    theta, phi = loop.stable_point
    return loop.alignment(theta).diff(loop.curation), loop.alignment(phi).diff(loop.curation)


def theorem(loop: LinearLoop) -> tuple[sympy.Expr, sympy.Expr]:
    """∇J(θ*)ᵀ S_p m_H/(1−λ) and ∇J(φ*)ᵀ S_q C_q m_H/(1−λ) [WZZ26].

    The loss is |x − sample|²/2.  Model p's training set is (1−λ) raw output of q, of mean φ,
    and λ of the curated law H, of mean φ + a; model q's is p's output through A.
    """
    d = loop.channel.rows
    theta = Matrix(sympy.symbols(f"theta:{d}", real=True))
    phi = Matrix(sympy.symbols(f"phi:{d}", real=True))
    curated_mean = phi + loop.pull
    p_stationarity = theta - ((1 - loop.curation) * phi + loop.curation * curated_mean)
    q_stationarity = phi - loop.channel * theta
    pp, pq = p_stationarity.jacobian(theta), p_stationarity.jacobian(phi)
    qp, qq = q_stationarity.jacobian(theta), q_stationarity.jacobian(phi)
    theta_star, phi_star = loop.stable_point
    here = dict(zip((*theta, *phi), (*theta_star, *phi_star), strict=True))
    pull_of_curated = (curated_mean - theta).xreplace(here)
    p_sensitivity = _inverse(pp - pq * _inverse(qq) * qp)
    q_sensitivity = _inverse(qq - qp * _inverse(pp) * pq)
    p_to_q = -qp * _inverse(pp)
    moved = pull_of_curated / (1 - loop.curation)
    p_gradient, q_gradient = loop.alignment_gradient(theta_star), loop.alignment_gradient(phi_star)
    return (
        (p_gradient.T * p_sensitivity * moved)[0, 0],
        (q_gradient.T * q_sensitivity * p_to_q * moved)[0, 0],
    )


def generic_loop() -> LinearLoop:
    """A loop in the plane with every entry a symbol of its own."""
    return _planar_loop(Matrix(2, 2, sympy.symbols("A11 A12 A21 A22", real=True)))


def conformal_loop() -> LinearLoop:
    """A loop in the plane with A = [[x, −y], [y, x]], a scaled rotation."""
    x, y = sympy.symbols("x y", real=True)
    return _planar_loop(Matrix([[x, -y], [y, x]]))


def _planar_loop(channel: Matrix) -> LinearLoop:
    return LinearLoop(
        channel=channel,
        pull=Matrix(sympy.symbols("a1 a2", real=True)),
        taste=Matrix(sympy.symbols("g1 g2", real=True)),
        cost=sympy.Symbol("eta", real=True),
        curation=sympy.Symbol("lam", real=True),
    )


def _identity(like: Matrix) -> Matrix:
    return Matrix(sympy.eye(like.rows))


def _inverse(matrix: Matrix) -> Matrix:
    """Adjugate over determinant: one common divisor, no pivoting on symbols."""
    return matrix.adjugate() / matrix.det(method="berkowitz")
