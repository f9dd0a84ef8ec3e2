"""What is proved about an equilibrium: each status is a theorem, never a hope."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from flint import arb, fmpq


class Existence(Enum):
    """Whether an equilibrium is proved to lie in the enclosure."""

    CERTIFIED = "certified"
    UNRESOLVED = "unresolved"


class Uniqueness(Enum):
    """Where the equilibrium is proved to be the only one."""

    GLOBAL = "global"
    IN_BOX = "in_box"
    UNRESOLVED = "unresolved"


class Stability(Enum):
    """Whether the spectral radius is proved below 1 (stable) or above 1 (unstable)."""

    STABLE = "stable"
    UNSTABLE = "unstable"
    UNDECIDED = "undecided"


class Reached(Enum):
    """What is proved about the iteration from the start."""

    CONVERGED = "converged"
    DIVERGES = "diverges"
    LEAVES_DOMAIN = "leaves domain"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Interval:
    """A closed interval proved to contain a real number (``upper`` may be infinite)."""

    lower: arb
    upper: arb


@dataclass(frozen=True, kw_only=True)
class Equilibrium:
    """A fixed point x* = G(x*) with what is proved about it.

    Parameters
    ----------
    point : tuple of arb
        Balls, one a state of the update map (dependent states included), that contain x*;
        approximate midpoints only when `existence` is unresolved.
    exact : tuple of fmpq or None
        x* itself, when it is rational and G(x*) = x* was checked exactly.
    existence, uniqueness, stability
        What is proved; `detail` says why something is not.
    spectral_radius : Interval or None
        Encloses ρ(J(x*)).
    method : str
        How it was found: ``affine``, ``one gaussian``, ``one exponential``, ``iteration``, …
    """

    point: tuple[arb, ...]
    exact: tuple[fmpq, ...] | None
    existence: Existence
    uniqueness: Uniqueness
    stability: Stability
    spectral_radius: Interval | None
    method: str
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Equilibria:
    """The equilibria that were found, in the order of the state's coordinates.

    Parameters
    ----------
    found : tuple of Equilibrium
    reached : int or None
        Index of the one that iteration from the start is proved to reach.
    reached_detail : Reached
    complete : bool
        Whether `found` is proved to be all of them in the domain.
    detail : str
        Why something is undecided.
    """

    found: tuple[Equilibrium, ...]
    reached: int | None
    reached_detail: Reached
    complete: bool
    detail: str = ""
