"""Closed forms of one block A = [[x, −y], [y, x]]: rational in the block's six inner products.

With n = x² + y² and D = (1−x)² + y² one has (I−A)⁻¹ = (I − Aᵀ)/D and A(I−A)⁻¹ = (A − nI)/D,
hence |(I−A)⁻¹a|² = |a|²/D.  `proofs_check` proves these forms equal to both sides of the theorem.
"""

from __future__ import annotations

from dataclasses import dataclass

import sympy

from theory.gaussian_mechanism.two_sides import LinearLoop


@dataclass(frozen=True, kw_only=True)
class BlockProducts:
    """What the influences of one block depend on.

    Parameters
    ----------
    x : Expr
        Half the trace of A.
    n : Expr
        x² + y², the determinant of A.
    pull_square, taste_square : Expr
        |a|² and |g|².
    taste_pull, taste_forward, taste_backward : Expr
        gᵀa, gᵀAa and gᵀAᵀa.
    cost, curation : Expr
        η and λ.
    """

    x: sympy.Expr
    n: sympy.Expr
    pull_square: sympy.Expr
    taste_square: sympy.Expr
    taste_pull: sympy.Expr
    taste_forward: sympy.Expr
    taste_backward: sympy.Expr
    cost: sympy.Expr
    curation: sympy.Expr

    @property
    def resistance(self) -> sympy.Expr:
        """D = det(I − A)."""
        return 1 - 2 * self.x + self.n

    @property
    def p_distorted(self) -> sympy.Expr:
        """gᵀ(I−A)⁻¹a."""
        return (self.taste_pull - self.taste_backward) / self.resistance

    @property
    def q_distorted(self) -> sympy.Expr:
        """gᵀA(I−A)⁻¹a."""
        return (self.taste_forward - self.n * self.taste_pull) / self.resistance

    @property
    def p_square(self) -> sympy.Expr:
        """|(I−A)⁻¹a|²."""
        return self.pull_square / self.resistance

    @property
    def q_square(self) -> sympy.Expr:
        """|A(I−A)⁻¹a|²."""
        return self.n * self.pull_square / self.resistance

    @property
    def p_influence(self) -> sympy.Expr:
        """dJ/dλ at θ*."""
        return self.p_distorted - self.cost * self.curation * self.p_square

    @property
    def q_influence(self) -> sympy.Expr:
        """dJ/dλ at φ*."""
        return self.q_distorted - self.cost * self.curation * self.q_square

    @property
    def p_direct(self) -> sympy.Expr:
        """∇J(θ*)ᵀa, the effect of one round."""
        slope = self.pull_square * (1 - self.x) / self.resistance
        return self.taste_pull - self.cost * self.curation * slope

    @property
    def q_direct(self) -> sympy.Expr:
        """∇J(φ*)ᵀAa, the push that reaches q in the first pass."""
        slope = self.n * self.pull_square * (1 - self.x) / self.resistance
        return self.taste_forward - self.cost * self.curation * slope

    @property
    def p_alignment(self) -> sympy.Expr:
        """J(θ*)."""
        return self.curation * self.p_distorted - self.cost * self.curation**2 * self.p_square / 2

    @property
    def q_alignment(self) -> sympy.Expr:
        """J(φ*)."""
        return self.curation * self.q_distorted - self.cost * self.curation**2 * self.q_square / 2

    @property
    def p_gradient_square(self) -> sympy.Expr:
        """|∇J(θ*)|²."""
        scale = self.cost * self.curation
        return self.taste_square - 2 * scale * self.p_distorted + scale**2 * self.p_square

    @property
    def q_gradient_square(self) -> sympy.Expr:
        """|∇J(φ*)|²."""
        scale = self.cost * self.curation
        return self.taste_square - 2 * scale * self.q_distorted + scale**2 * self.q_square


def products_of(loop: LinearLoop) -> BlockProducts:
    """The products of a loop in the plane whose A is [[x, −y], [y, x]]."""
    a, g, channel = loop.pull, loop.taste, loop.channel
    x, y = channel[0, 0], channel[1, 0]
    return BlockProducts(
        x=x,
        n=x**2 + y**2,
        pull_square=(a.T * a)[0, 0],
        taste_square=(g.T * g)[0, 0],
        taste_pull=(g.T * a)[0, 0],
        taste_forward=(g.T * channel * a)[0, 0],
        taste_backward=(g.T * channel.T * a)[0, 0],
        cost=loop.cost,
        curation=loop.curation,
    )
