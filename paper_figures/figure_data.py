"""FigureData: every number that a figure shows, with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theory.budget import Budget
from theory.version import VERSION

SCHEMA = "backfire.figure/1"

Values = tuple[float, ...] | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Series:
    """One curve, band or set of bars.

    Parameters
    ----------
    panel : str
        Letter of the panel.
    name : str
        What it is, unique in its panel.
    columns : tuple of (name, values)
        Columns of equal length.
    """

    panel: str
    name: str
    columns: tuple[tuple[str, Values], ...]

    @classmethod
    def of(cls, panel: str, name: str, **columns: Iterable[float] | Iterable[str]) -> Series:
        """A series from arrays or lists of numbers, or of words.

        Raises
        ------
        ValueError
            When the columns differ in length.
        """
        made = tuple((key, _plain(values)) for key, values in columns.items())
        if len({len(values) for _, values in made}) > 1:
            raise ValueError(f"Expected columns of one length in {name!r}, got {[len(v) for _, v in made]}")
        return cls(panel=panel, name=name, columns=made)

    def __getitem__(self, column: str) -> NDArray[np.float64]:
        return np.array(dict(self.columns)[column], dtype=np.float64)

    def words(self, column: str) -> tuple[str, ...]:
        """A column of words."""
        return tuple(str(value) for value in dict(self.columns)[column])


@dataclass(frozen=True, kw_only=True)
class FigureData:
    """What one figure shows.

    Parameters
    ----------
    figure : str
        The figure's name.
    series : tuple of Series
    facts : tuple of (name, text)
        Proved numbers, as decimal text; captions quote them by name.
    parameters : tuple of (name, text)
        Parameter values of the experiment, exact where they are exact.
    seed, digits : int
        As the budget gave them.
    """

    figure: str
    series: tuple[Series, ...]
    facts: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]
    seed: int
    digits: int

    @classmethod
    def of(
        cls,
        figure: str,
        series: Iterable[Series],
        budget: Budget,
        *,
        facts: Mapping[str, str],
        parameters: Mapping[str, str],
    ) -> FigureData:
        """The data with the budget's seed and digits on record."""
        return cls(
            figure=figure,
            series=tuple(series),
            facts=tuple(facts.items()),
            parameters=tuple(parameters.items()),
            seed=budget.seed,
            digits=budget.digits,
        )

    def find(self, panel: str, name: str) -> Series:
        """The series of that panel and name.

        Raises
        ------
        KeyError
        """
        for series in self.series:
            if (series.panel, series.name) == (panel, name):
                return series
        raise KeyError(f"Expected a series of panel {panel}, got {name!r}")

    def as_json(self) -> dict[str, object]:
        """The data as plain objects, with schema, version, seed and parameters."""
        return {
            "schema": SCHEMA,
            "figure": self.figure,
            "version": VERSION,
            "seed": self.seed,
            "digits": self.digits,
            "parameters": dict(self.parameters),
            "facts": dict(self.facts),
            "series": [
                {"panel": s.panel, "name": s.name, "columns": {key: list(v) for key, v in s.columns}}
                for s in self.series
            ],
        }


def _plain(values: Iterable[float] | Iterable[str]) -> Values:
    items: list[float | str] = list(values)
    words = tuple(item for item in items if isinstance(item, str))
    return words or tuple(float(item) for item in items)
