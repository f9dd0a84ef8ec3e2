"""Where figures are drawn and saved; nothing else imports Matplotlib.

It draws on the Agg, PDF and SVG canvases directly: no window, no global figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from paper_figures.style import PAGE_WIDTH, SETTINGS

__all__ = ["FORMATS", "Axes", "Figure", "panels", "save", "styled"]

FORMATS = ("pdf", "svg", "png")

_METADATA: dict[str, dict[str, str | None]] = {
    "pdf": {"CreationDate": None, "Producer": None, "Creator": None},
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


@contextmanager
def styled() -> Iterator[None]:
    """Matplotlib's own defaults with the project's style over them, restored on leaving."""
    settings: Any = SETTINGS  # Matplotlib's hints ask for its own literal names
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(settings)
        yield


def panels(rows: int, columns: int, *, height: float) -> tuple[Figure, tuple[tuple[Axes, ...], ...]]:
    """A page-wide figure of `height` inches and its axes, row by row; call it under `styled`."""
    figure = Figure(figsize=(PAGE_WIDTH, height), layout="constrained")
    FigureCanvasAgg(figure)
    grid = figure.subplots(rows, columns, squeeze=False)
    return figure, tuple(tuple(row) for row in grid)


def save(figure: Figure, stem: Path) -> tuple[Path, ...]:
    """Write the figure as PDF, SVG and PNG, without dates: the same figure gives the same bytes."""
    paths = []
    for suffix in FORMATS:
        path = stem.with_suffix(f".{suffix}")
        with styled():
            figure.savefig(path, format=suffix, metadata=_METADATA[suffix])
        paths.append(path)
    return tuple(paths)
