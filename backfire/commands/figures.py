"""`backfire figures`: the paper's figures, with the data that they plot."""

from __future__ import annotations

from pathlib import Path

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("figures")
@click.argument("names", nargs=-1, metavar="[NAME ...]")
@shared("json", "digits", "seed", "time_limit", "out")
def command(names: tuple[str, ...], settings: Settings) -> int:
    """Build the figures called NAME (globs allowed; default: all).

    Each is written into --out (default: figures) as a picture (PDF, SVG, PNG), the plotted data (JSON)
    and a caption that names the claims it rests on.
    """
    import json

    from backfire.output import emit
    from backfire.progress import progress
    from paper_figures.publication import build
    from paper_figures.registry import figure_names
    from theory.names import chosen

    selected = chosen(names, figure_names(), "the name of a figure")
    folder = settings.out or Path("figures")
    written: dict[str, list[str]] = {}
    with progress(quiet=settings.verbosity < 0 or settings.json) as tell:
        for name in selected:
            written[name] = [str(path) for path in build(name, folder, settings.budget(), tell)]
            if not settings.json:
                emit("\n".join(written[name]))
    if settings.json:
        emit(json.dumps(written, indent=1))
    return ExitStatus.AS_EXPECTED
