"""Run the gate: ``python -m proofs_check.gate [PATTERN ...] [--write]``; exit 1 on any error."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from itertools import groupby

from proofs_check.gate.document import FILE, group_of, markdown
from proofs_check.gate.registry import planted
from proofs_check.gate.run import GateReport, GateResult, run
from theory.errors import InvalidInput
from theory.names import chosen


def main(arguments: Sequence[str]) -> int:
    """Run what the patterns choose (all without one) and print it; ``--write`` publishes a full run."""
    items = planted()
    patterns = [argument for argument in arguments if argument != "--write"]
    try:
        ids = chosen(patterns, tuple(items), "a planted statement")
    except InvalidInput as error:
        sys.stderr.write(f"{error}\n")
        return 2
    results: list[GateResult] = []
    for _, keys in groupby(ids, key=group_of):
        part = run({key: items[key] for key in keys}, jobs=os.cpu_count() or 1).results
        sys.stdout.write("".join(map(_row, part)))
        sys.stdout.flush()
        results += part
    report = GateReport(results=tuple(results))
    sys.stdout.write("\n".join(["", *(f"ERROR {error}" for error in report.errors), report.summary, ""]))
    if "--write" in arguments and not patterns:
        FILE.write_text(markdown(report), encoding="utf-8")
    return 1 if report.errors else 0


def _row(result: GateResult) -> str:
    kind = "true" if result.planted.truth else "sliver" if result.planted.sliver else "false"
    mark = "!" if result.error else " "
    return f"{mark} {kind:6} {result.verdict.value:10} {result.key}  {', '.join(result.engines)}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
