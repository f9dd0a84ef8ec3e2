"""Which figures there are: the modules of `paper_figures.figures`, named with dashes."""

from __future__ import annotations

import importlib
import pkgutil
from typing import TYPE_CHECKING, Protocol, cast

from paper_figures import figures as _folder
from paper_figures.figure_data import FigureData
from paper_figures.progress import Progress
from theory.budget import Budget
from theory.errors import InvalidInput

if TYPE_CHECKING:
    from paper_figures.canvas import Figure


class FigureModule(Protocol):
    """What a module of `paper_figures.figures` gives.

    Attributes
    ----------
    CAPTION : str
        Text with the names of the data's facts in braces.
    CLAIMS : tuple of str
        Ids of the claims that the figure rests on.
    """

    CAPTION: str
    CLAIMS: tuple[str, ...]

    def data(self, budget: Budget, progress: Progress) -> FigureData:
        """Everything the figure shows."""
        ...

    def draw(self, data: FigureData) -> Figure:
        """The picture of `data`, which adds no number of its own."""
        ...


def figure_names() -> tuple[str, ...]:
    """Names of all figures, in alphabetical order.

    Examples
    --------
    >>> "gaussian-mechanism" in figure_names()
    True
    """
    return tuple(sorted(found.name.replace("_", "-") for found in pkgutil.iter_modules(_folder.__path__)))


def load(name: str) -> FigureModule:
    """The module of one figure.

    Raises
    ------
    InvalidInput
        When there is no such figure.
    """
    known = figure_names()
    if name not in known:
        raise InvalidInput(expected="the name of a figure", found=name, hint=f"known: {', '.join(known)}")
    module = importlib.import_module(f"{_folder.__name__}.{name.replace('-', '_')}")
    return cast(FigureModule, module)
