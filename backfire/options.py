"""Options that subcommands share, each written once."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from theory.budget import Budget

Function = TypeVar("Function", bound=Callable[..., Any])

_LARGEST_SEED = 2**32 - 1


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Values of the shared options; a subcommand that does not offer one sees its default."""

    json: bool = False
    digits: int = 30
    seed: int = 0
    time_limit: float = 60.0
    jobs: int = 1
    out: Path | None = None
    verbosity: int = 0
    strict: bool = False

    def budget(self) -> Budget:
        """Precision, seed and time limit as the theory takes them."""
        from theory.budget import Budget

        return Budget(digits=self.digits, seconds=self.time_limit, seed=self.seed)


def _finite(_: click.Context, parameter: click.Parameter, value: float) -> float:
    if not math.isfinite(value):
        raise click.BadParameter(f"{value} is not a finite number of seconds", param=parameter)
    return value


def _quieter(quiet: int, verbose: int) -> int:
    return verbose - quiet


_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "json": click.option(
        "--json", is_flag=True, help="Machine output on standard output, nothing else there."
    ),
    "digits": click.option(
        "--digits",
        type=click.IntRange(1, 10_000),
        default=30,
        show_default=True,
        metavar="D",
        help="Decimal digits wanted; a radius ends at most 10^(5-D) max(1, |mid|).",
    ),
    "seed": click.option(
        "--seed",
        type=click.IntRange(0, _LARGEST_SEED),
        default=0,
        show_default=True,
        metavar="S",
        help="Seed of every random choice.",
    ),
    "time_limit": click.option(
        "--time-limit",
        type=click.FloatRange(0, min_open=True),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        callback=_finite,
        help="Limit for each claim or equilibrium.",
    ),
    "jobs": click.option(
        "--jobs",
        type=click.IntRange(1, 1024),
        default=lambda: os.cpu_count() or 1,
        show_default="all cores",
        metavar="J",
        help="Processes that work side by side.",
    ),
    "out": click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help="Write the results into this folder.",
    ),
    "strict": click.option(
        "--strict", is_flag=True, help="Exit with status 3 when something is left undecided."
    ),
}

_VERBOSITY = (
    click.option("-q", "--quiet", count=True, help="Say less."),
    click.option("-v", "--verbose", count=True, help="Say more."),
)


def shared(*names: str) -> Callable[[Function], Function]:
    """Decorate a subcommand with the named shared options, `-q` and `-v`, passed as `settings`.

    Parameters
    ----------
    *names : str
        Fields of `Settings` other than `verbosity`.
    """

    def decorate(function: Function) -> Function:
        @wraps(function)
        def with_settings(*, quiet: int, verbose: int, **values: Any) -> Any:
            chosen = {name: values.pop(name) for name in names}
            settings = Settings(verbosity=_quieter(quiet, verbose), **chosen)
            return function(settings=settings, **values)

        decorated: Any = with_settings
        for option in (*reversed(_VERBOSITY), *(_OPTIONS[name] for name in reversed(names))):
            decorated = option(decorated)
        return decorated  # type: ignore[no-any-return]

    return decorate
