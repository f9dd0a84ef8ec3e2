"""Where output goes: results to standard output, warnings to standard error, files under `--out`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click


def emit(text: str) -> None:
    """Write one result to standard output; a reader that has gone away is no error.

    Parameters
    ----------
    text : str
        Without the final line break.
    """
    try:
        click.echo(text)
    except BrokenPipeError:
        _discard_output()


def warn(text: str) -> None:
    """Say on standard error, in a line, what did not stop the work."""
    click.echo(f"backfire: {' '.join(text.split())}", err=True)


def flush() -> None:
    """Hand over what was written; a reader that has gone away is no error.

    Raises
    ------
    OSError
        When the output cannot be written; it is then given up, so that nothing fails once more at exit.
    """
    try:
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _discard_output()
    except OSError:
        _discard_output()
        raise


def encode_always() -> None:
    """Let signs that the terminal's encoding lacks be written as escapes rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")


def save(folder: Path, name: str, text: str) -> Path:
    """Write ``folder/name``, making the folder, and return its path.

    Raises
    ------
    OSError
        When the file cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _discard_output() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
