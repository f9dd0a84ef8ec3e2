"""Entry point: runs the command and turns what went wrong into one message and an exit status."""

from __future__ import annotations

import sys

import click

from backfire.command import backfire
from backfire.interruption import interruptible
from backfire.output import encode_always, flush
from backfire.status import ExitStatus
from theory.errors import BackfireError, InvalidInput


def run(arguments: list[str] | None = None) -> int:
    """Exit status of the command on `arguments` (default: the process's own).

    Parameters
    ----------
    arguments : list of str or None

    Returns
    -------
    int
        An `ExitStatus`.
    """
    try:
        status = backfire.main(arguments, prog_name="backfire", standalone_mode=False)
    except click.ClickException as error:
        return _refuse(_one_line(error))
    except InvalidInput as error:
        return _refuse(f"backfire: {error}")
    except BackfireError as error:
        _refuse(f"backfire: {error}")
        return ExitStatus.UNEXPECTED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _refuse(f"backfire: {place}{error.strerror or error}")
    except SystemExit:  # how click ends when the reader of its help has gone away
        return ExitStatus.AS_EXPECTED
    except (click.Abort, KeyboardInterrupt):
        click.echo("backfire: interrupted", err=True)
        return ExitStatus.INTERRUPTED
    return ExitStatus.AS_EXPECTED if status is None else int(status)


def _one_line(error: click.ClickException) -> str:
    message = error.format_message().strip().rstrip(".")
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "backfire"
    return f"{path}: {message} (see {path} --help)" if isinstance(error, click.UsageError) else message


def _refuse(message: str) -> int:
    click.echo(message, err=True)
    return ExitStatus.BAD_INPUT


def main() -> None:
    """Run the command on the process's arguments and exit with its status."""
    encode_always()
    interruptible()
    status = run()
    try:
        flush()
    except OSError as error:
        status = status or _refuse(f"backfire: {error.strerror}")
    sys.exit(status)


if __name__ == "__main__":
    main()
