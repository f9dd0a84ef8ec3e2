"""`backfire --help` against a bare interpreter."""

from __future__ import annotations

import sys

from benchmarks.measurement import Contest, interleaved, wall


def contests(repeat: int) -> tuple[Contest, ...]:
    help_command = [sys.executable, "-m", "backfire", "--help"]
    bare = [sys.executable, "-c", "pass"]
    wall(help_command)
    ours, peer = interleaved(lambda: wall(help_command), lambda: wall(bare), 5 * repeat)
    return (
        Contest(
            name="backfire --help against a bare interpreter",
            unit="wall",
            ours=ours,
            peer=peer,
            bound=0.15,
            difference=True,
            note="after one run that warms the file cache",
        ),
    )
