"""``python -m benchmarks [NAME …] [--repeat R] [--strict]``: print every ratio."""

from __future__ import annotations

import argparse
import importlib
import sys

NAMES = (
    "help_answer",
    "certified_equilibrium",
    "figure_data",
    "finite_pool",
    "generic_cofactors",
    "jury_inequalities",
    "monte_carlo",
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join(NAMES)} (default: all)")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each contender, interleaved")
    parser.add_argument("--strict", action="store_true", help="exit 1 when a bound is missed")
    options = parser.parse_args()
    unknown = set(options.names) - set(NAMES)
    if unknown:
        parser.error(f"expected names among {', '.join(NAMES)}, got {', '.join(sorted(unknown))}")
    missed = 0
    for name in options.names or NAMES:
        for contest in importlib.import_module(f"benchmarks.{name}").contests(options.repeat):
            print(contest, flush=True)
            missed += not contest.met
    return 1 if missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
