"""The published table of the gate, as Markdown."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

from proofs_check.gate.planted import Planted
from proofs_check.gate.run import GateReport, GateResult

FILE = Path(__file__).parents[2] / "docs" / "silent-error-gate.md"

_HEAD = """# The silent-error gate

Statements whose truth is known beforehand, put before every engine through the same runner, audit and checker
as the claims. A false one must be refuted, by an exact point that the checker accepts; a true one never. A
*sliver* is false only on a tiny part of its domain: a neighbourhood of relative volume 10⁻³ or less, a
surface, a single point, huge or tiny values. The cases name no suspects, and their witnesses are no
counterexamples. The points at which the false ones fail are kept from the engines; `tests/proofs_check/gate`
verifies them, and samples the true ones at 60 digits, by means that share no code with the engines.

`make gate` runs it, writes this table, and fails on any error.
"""


def markdown(report: GateReport) -> str:
    """The table of a report, group by group."""
    lines = [_HEAD, f"**Last run:** {report.summary}.", ""]
    for name, results in groupby(report.results, key=lambda result: group_of(result.key)):
        lines += [
            f"## {name}",
            "",
            "| name | says | truth | verdict | by | why |",
            "|---|---|---|---|---|---|",
        ]
        lines += [_row(result) for result in results]
        lines.append("")
    return "\n".join(lines)


def truths(text: str) -> dict[str, str]:
    """Id to truth as told by a table: ``true``, ``false`` or ``false, sliver``."""
    found: dict[str, str] = {}
    heading = ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if heading and line.startswith("| `"):
            found[f"gate.{heading}.{cells[0].strip('`')}"] = cells[2]
    return found


def truth_of(item: Planted) -> str:
    """How the table tells a statement's truth."""
    return "true" if item.truth else "false, sliver" if item.sliver else "false"


def group_of(key: str) -> str:
    """The group in a planted statement's id."""
    return key.split(".")[1]


def _row(result: GateResult) -> str:
    item = result.planted
    cells = (
        f"`{item.name}`",
        item.says,
        truth_of(item),
        result.verdict.value,
        ", ".join(result.engines),
        item.why,
    )
    return "| " + " | ".join(cell.replace("|", "∣") for cell in cells) + " |"
