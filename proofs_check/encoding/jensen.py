"""Jensen's inequality for the logarithm, on two points, in a form without logarithms."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.symbols import UNIT, point, reals, variables
from proofs_check.statements.statement import Statement


def jensen_on_two_points() -> Case:
    """h(z) = log(1 − q + qz) − q log z falls to h(1) = 0 and rises after it: h ≥ 0 for z > 0, 0 ≤ q ≤ 1."""
    mass, ratio = reals("q z")
    gap = sympy.log(1 - mass + mass * ratio) - mass * sympy.log(ratio)
    return Case(
        name="Jensen's inequality, two points",
        statement=Statement(
            variables=variables(mass, ratio, typical=UNIT),
            hypotheses=(at_least(mass), at_least(1, mass), positive(ratio)),
            conclusions=(
                positive(1 - mass + mass * ratio),
                at_least(gap.diff(ratio) * (ratio - 1)),
                equal(gap.xreplace({ratio: sympy.S.One}), 0),
            ),
        ),
        witness=point({mass: "1/3", ratio: 2}),
    )
