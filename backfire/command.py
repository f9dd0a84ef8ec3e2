"""The group `backfire`: its subcommands are the files in `backfire/commands`, imported when named."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

import click

_FOLDER = Path(__file__).parent / "commands"


class CommandGroup(click.Group):
    """A group that finds each subcommand in the file of its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names of the subcommands, in alphabetical order."""
        return sorted(path.stem for path in _FOLDER.glob("*.py") if not path.stem.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        found: click.Command = import_module(f"backfire.commands.{cmd_name}").command
        return found

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The subcommand that the arguments name.

        Raises
        ------
        click.UsageError
            On a name that is no subcommand, with the nearest one.
        """
        known = self.list_commands(ctx)
        if args and not args[0].startswith("-") and args[0] not in known:
            from difflib import get_close_matches

            near = get_close_matches(args[0], known, n=1, cutoff=0.4)
            hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
            raise click.UsageError(f"no command {args[0]!r}; {hint}", ctx)
        return super().resolve_command(ctx, args)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 (click's signature)
    if wanted:
        from theory.version import VERSION

        click.echo(f"backfire {VERSION}")
        ctx.exit(0)


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version.",
)
@click.pass_context
def backfire(ctx: click.Context) -> None:
    """When human curation backfires.

    Analyse an ecosystem of models that train on each other's curated output, and check claims
    about such ecosystems by machine.

    Exit status: 0 all as expected; 1 a verdict opposes its expectation, engines disagree or a
    certificate fails; 2 bad input; 3 undecided and --strict was given; 130 interrupted.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
