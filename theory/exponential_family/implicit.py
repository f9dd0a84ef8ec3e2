"""Implicit families: the natural parameter of a family whose ∇A has no closed inverse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from theory.exponential_family.inverse_gradient import natural_parameter
from theory.exponential_family.tilt import Exprs, gradient

if TYPE_CHECKING:
    from theory.exponential_family.family import AbstractFamily


def inverted_gradient(family: AbstractFamily, mean_parameter: Exprs, start: Exprs) -> Exprs:
    """θ with ∇A(θ) = μ in the family, sought from a natural parameter `start` without symbols."""
    symbols, _ = gradient(family)
    return natural_parameter(
        family.name,
        symbols,
        family.log_partition(symbols),
        start,
        family.natural_domain(symbols),
        tuple(mean_parameter),
    )
