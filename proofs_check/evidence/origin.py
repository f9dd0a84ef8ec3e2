"""Origin: with what stored evidence was found, so that it is not mistaken for that of other engines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from typing import TYPE_CHECKING, Any, Self

from theory.budget import Budget
from theory.version import VERSION

if TYPE_CHECKING:
    from proofs_check.engine import AbstractEngine

NOT_INSTALLED = "not installed"


@dataclass(frozen=True, kw_only=True)
class Origin:
    """What decides which evidence is found.

    Parameters
    ----------
    version : str
        Of the project.
    engines : tuple of str
        Every engine that was asked, by name.
    packages : tuple of (package, version) pairs
        What those engines stand on; ``not installed`` where that is so.
    digits, seed : int
    seconds : str
        The time limit.

    Examples
    --------
    >>> from dataclasses import replace
    >>> origin = Origin.of((), Budget(seed=0))
    >>> Origin.read(origin.data) == origin
    True
    >>> origin.has_engines_of(replace(origin, seed=1)), origin.has_engines_of(replace(origin, version="9"))
    (True, False)
    """

    version: str
    engines: tuple[str, ...]
    packages: tuple[tuple[str, str], ...]
    digits: int
    seed: int
    seconds: str

    @classmethod
    def of(cls, engines: Iterable[AbstractEngine], budget: Budget) -> Self:
        """The origin of what these engines find here and now within a budget."""
        engines = tuple(engines)
        return cls(
            version=VERSION,
            engines=tuple(sorted(engine.name for engine in engines)),
            packages=installed(("sympy", *(package for engine in engines for package in engine.packages))),
            digits=budget.digits,
            seed=budget.seed,
            seconds=f"{budget.seconds:g}",
        )

    @classmethod
    def read(cls, data: Any) -> Self:
        """The origin that JSON data tell of.

        Raises
        ------
        KeyError, TypeError, AttributeError
            On data of another shape.
        """
        return cls(
            version=data["version"],
            engines=tuple(data["engines"]),
            packages=tuple(sorted(data["packages"].items())),
            digits=data["digits"],
            seed=data["seed"],
            seconds=data["seconds"],
        )

    @property
    def data(self) -> dict[str, Any]:
        """The origin as JSON data."""
        return {
            "version": self.version,
            "engines": list(self.engines),
            "packages": dict(self.packages),
            "digits": self.digits,
            "seed": self.seed,
            "seconds": self.seconds,
        }

    def has_engines_of(self, other: Origin) -> bool:
        """Whether the same engines, in the same version, are behind both."""
        mine, others = ((o.version, o.engines, o.packages) for o in (self, other))
        return mine == others


def installed(packages: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Packages with the versions that are installed, by name."""
    return tuple((package, _version(package)) for package in sorted(set(packages)))


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return NOT_INSTALLED
