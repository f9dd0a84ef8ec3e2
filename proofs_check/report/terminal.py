"""Tables for a terminal, as text: as wide as the terminal is, coloured only when asked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Context
from decimal import Decimal as Number
from io import StringIO

from rich.box import SIMPLE_HEAD
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from proofs_check.report.document import BallDocument

SHOWN_DIGITS = 12

STYLES = {
    "proved": "green",
    "certified": "green",
    "stable": "green",
    "amplifies": "green",
    "unchanged": "green",
    "yes": "green",
    "passed": "green",
    "supported": "cyan",
    "refuted": "red",
    "failed": "bold red",
    "inverts": "bold red",
    "misaligned": "red",
    "falls": "red",
    "already below": "red",
    "never falls": "green",
    "unstable": "red",
    "no": "red",
    "dampens": "yellow",
    "indirect": "yellow",
    "neutral": "default",
    "+": "green",
    "-": "red",
}
_UNDECIDED = "magenta"
_OPEN_WORDS = ("undecided", "undefined", "unresolved", "unknown", "?")


def to_text(parts: Iterable[RenderableType], *, width: int, colour: bool) -> str:
    """The parts below each other as one text.

    Parameters
    ----------
    parts : iterable of renderable
    width : int
        Columns, ≥ 20.
    colour : bool
        Whether to write terminal colour codes.

    Returns
    -------
    str
        Without a final line break; no line ends in blanks.
    """
    target = StringIO()
    console = Console(
        file=target,
        width=max(width, 20),
        force_terminal=colour,
        color_system="standard" if colour else None,
        highlight=False,
        soft_wrap=False,
    )
    for part in parts:
        console.print(Group(part), crop=False)  # a bare text would lose its own wrapping
    return "\n".join(line.rstrip() for line in target.getvalue().splitlines()).strip("\n")


def word(name: str | None) -> Text:
    """A status word in its colour; a dash for None."""
    if name is None:
        return Text("–", style="dim")
    style = _UNDECIDED if name in _OPEN_WORDS else STYLES.get(name, "default")
    return Text(name, style=style)


def heading(title: str, remark: str = "") -> Text:
    """A section's title, with a remark after it."""
    return Text.assemble("\n", (title, "bold"), (f"  {remark}" if remark else "", "dim"))


def table(*columns: str, whole: Iterable[str] = ()) -> Table:
    """An empty table with these columns; those in `whole` are not broken over lines."""
    made = Table(box=SIMPLE_HEAD, header_style="bold", pad_edge=False, show_edge=False, padding=(0, 1, 0, 0))
    unbroken = set(whole)
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column in unbroken)
    return made


def bullets(items: Iterable[str]) -> Table:
    """One item below the other, each after a dot."""
    made = Table.grid(padding=(0, 1, 0, 0))
    for item in items:
        made.add_row(Text("  ·"), Text(item))
    return made


def number(text: str | None, digits: int | None = SHOWN_DIGITS) -> str:
    """A decimal string to `digits` significant digits (None: all); a dash for None.

    Examples
    --------
    >>> number("-0.14285714285714285714"), number(None)
    ('-0.142857142857', '–')
    """
    if text is None:
        return "–"
    if digits is None:
        return text
    shown = Context(prec=digits).create_decimal(Number(text))
    plain = -7 < shown.adjusted() < 2 * SHOWN_DIGITS
    return (f"{shown:f}" if plain else f"{shown:e}") if shown else "0"


def ball(value: BallDocument | None, digits: int | None = SHOWN_DIGITS) -> str:
    """The midpoint of a ball, with its radius for all digits or around 0; a dash for None."""
    if value is None:
        return "–"
    if value.rad != "0" and abs(Number(value.mid)) <= Number(value.rad):
        return f"0 ± {largest_radius((value,))}" if digits else f"{value.mid} ± {value.rad}"
    if digits is None and value.rad != "0":
        return f"{value.mid} ± {value.rad}"
    return number(value.mid, digits)


def largest_radius(values: Iterable[BallDocument | None]) -> str:
    """The largest radius among the balls, to two digits, rounded up."""
    largest = max((Number(value.rad) for value in values if value is not None), default=Number(0))
    return f"{Context(prec=2, rounding='ROUND_UP').create_decimal(largest):g}"
