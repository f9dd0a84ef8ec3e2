"""Equilibria in closed form, one kind of problem a file; `solve` finds all of them at once."""

from theory.equilibrium.closed_forms.composition import solve
from theory.equilibrium.closed_forms.solutions import Solution, SolutionSet

__all__ = ["Solution", "SolutionSet", "solve"]
