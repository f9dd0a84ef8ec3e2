"""Curves of the Gaussian mechanism: exact sums over the twelve blocks, in t and λ."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from theory.gaussian_mechanism.closed_form import BlockProducts
from theory.gaussian_mechanism.constants import P_COST, Q_COST, Block, PlaneVector, blocks

COUPLING = sympy.Symbol("t", real=True)
CURATION_SHARE = sympy.Symbol("lam", real=True)


@dataclass(frozen=True)
class MechanismCurves:
    """Alignments and influences as expressions in the coupling t and the curated share λ.

    Each is a sum of twelve rational functions of t, quadratic or less in λ.
    """

    parts: tuple[Block, ...]

    @cached_property
    def p(self) -> tuple[BlockProducts, ...]:
        """The blocks' products with p's taste."""
        return tuple(_products(block, block.p_taste, P_COST) for block in self.parts)

    @cached_property
    def q(self) -> tuple[BlockProducts, ...]:
        """The blocks' products with q's taste."""
        return tuple(_products(block, block.q_taste, Q_COST) for block in self.parts)

    @cached_property
    def p_influence(self) -> sympy.Expr:
        """dJ_p/dλ at the stable point."""
        return sympy.Add(*(part.p_influence for part in self.p))

    @cached_property
    def q_influence(self) -> sympy.Expr:
        """dJ_q/dλ at the stable point."""
        return sympy.Add(*(part.q_influence for part in self.q))

    @cached_property
    def p_direct(self) -> sympy.Expr:
        """∇J_p(θ*)ᵀa: what one round of more curation does for p."""
        return sympy.Add(*(part.p_direct for part in self.p))

    @cached_property
    def q_direct(self) -> sympy.Expr:
        """∇J_q(φ*)ᵀAa: what the first pass of p's displacement does for q."""
        return sympy.Add(*(part.q_direct for part in self.q))

    @cached_property
    def p_alignment(self) -> sympy.Expr:
        """J_p(θ*)."""
        return sympy.Add(*(part.p_alignment for part in self.p))

    @cached_property
    def q_alignment(self) -> sympy.Expr:
        """J_q(φ*)."""
        return sympy.Add(*(part.q_alignment for part in self.q))

    @cached_property
    def p_proxy(self) -> sympy.Expr:
        """cos(∇J_p(θ*), θ*) for λ > 0, where θ* is λ times (I−A)⁻¹a."""
        gradient = sympy.Add(*(part.p_gradient_square for part in self.p))
        point = sympy.Add(*(part.p_square for part in self.p))
        return self.p_influence * _inverse_root(gradient * point)

    @cached_property
    def q_proxy(self) -> sympy.Expr:
        """cos(∇J_q(φ*), Aa)."""
        return self.q_direct * _inverse_root(self.q_gradient_square * self.push_square)

    @cached_property
    def q_gradient_square(self) -> sympy.Expr:
        """|∇J_q(φ*)|²."""
        return sympy.Add(*(part.q_gradient_square for part in self.q))

    @cached_property
    def push_square(self) -> sympy.Expr:
        """|Aa|²."""
        return sympy.Add(*(part.n * part.pull_square for part in self.q))


def mechanism() -> MechanismCurves:
    """The curves with the constants of [WZZ26, Fig. 3]."""
    return MechanismCurves(blocks())


def _products(block: Block, taste: PlaneVector, cost: sympy.Expr) -> BlockProducts:
    scale = COUPLING * block.gain
    return BlockProducts(
        x=scale * sympy.cos(block.turn),
        n=scale**2,
        pull_square=block.pull.dot(block.pull),
        taste_square=taste.dot(taste),
        taste_pull=taste.dot(block.pull),
        taste_forward=scale * taste.dot(block.pull, turn=block.turn),
        taste_backward=scale * taste.dot(block.pull, turn=-block.turn),
        cost=cost,
        curation=CURATION_SHARE,
    )


def _inverse_root(square: sympy.Expr) -> sympy.Expr:
    """1/√square as it stands: SymPy would first ask for the sign of every term."""
    return sympy.Pow(square, sympy.Rational(-1, 2), evaluate=False)
