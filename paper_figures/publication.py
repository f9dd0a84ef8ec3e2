"""Building a figure: its picture in three formats, the plotted data, and the caption beside it."""

from __future__ import annotations

import json
from pathlib import Path

from paper_figures.caption import caption_text
from paper_figures.figure_data import FigureData
from paper_figures.progress import Progress, silent
from paper_figures.registry import load
from theory.budget import Budget
from theory.errors import InvalidInput


def build(name: str, out_dir: Path, budget: Budget, progress: Progress = silent) -> tuple[Path, ...]:
    """Compute, draw and write one figure.

    Parameters
    ----------
    name : str
        As `figure_names` lists it.
    out_dir : Path
        Folder to write to, made when absent.
    budget : Budget
        Digits of the proved numbers and seed of the random ones.
    progress : callable
        Receives one line a step.

    Returns
    -------
    tuple of Path
        ``NAME.pdf``, ``NAME.svg``, ``NAME.png``, ``NAME.json`` (the data), ``NAME.txt`` (the caption).

    Raises
    ------
    InvalidInput
        When there is no such figure, or the folder cannot be made.
    """
    figure = load(name)
    data = figure.data(budget, progress)
    progress(f"{name}: drawing")
    paths = publish(name, data, Path(out_dir) / name)
    progress(f"{name}: written to {out_dir}")
    return paths


def publish(name: str, data: FigureData, stem: Path) -> tuple[Path, ...]:
    """Draw and write a figure whose data are known.

    Parameters
    ----------
    name : str
        As `figure_names` lists it.
    data : FigureData
        As the figure's `data` gives it, perhaps from other input.
    stem : Path
        Of the files to write; its folder is made when absent.

    Returns
    -------
    tuple of Path
        As `build`.

    Raises
    ------
    InvalidInput
        As `build`.
    """
    figure = load(name)
    _folder(stem.parent)
    picture = figure.draw(data)
    from paper_figures.canvas import save  # Matplotlib is imported only once there is something to draw

    pictures = save(picture, stem)
    data_path, caption_path = stem.parent / f"{stem.name}.json", stem.parent / f"{stem.name}.txt"
    data_path.write_text(json.dumps(data.as_json(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    caption_path.write_text(caption_text(figure.CAPTION, figure.CLAIMS, data), encoding="utf-8")
    return (*pictures, data_path, caption_path)


def _folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidInput(
            expected="a folder that can be written to", found=f"{path} ({error.strerror})", place="--out"
        ) from error
