"""false.cycle-gains-suffice: "an ecosystem is stable when every simple cycle of links has gain below 1".

Refuted by D = 0.6(11ᵀ − I) on three models: the cycles of length two have gain 0.36, those of length three
0.216, there are no self-loops, and yet D(1,1,1)ᵀ = 1.2(1,1,1)ᵀ, so ρ(D) = 1.2. The converse is true: ρ(D)
is at least the geometric-mean gain of every simple cycle.

What the statement says. For all real 3 × 3 matrices D ≥ 0 whose self-loops, three two-cycles and two
three-cycles all have gain < 1, ρ(D) < 1. The refutation is an exact point.
"""

from __future__ import annotations

from itertools import permutations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.relations import all_nonnegative, less
from proofs_check.encoding.symbols import Matrix, entries, matrix, point, variables
from proofs_check.statements.statement import Relation, SchurStable, Statement

_TYPICAL = (sympy.Rational(0), sympy.Rational(1))


def claim() -> Claim:
    """The claim ``false.cycle-gains-suffice``."""
    return Claim(
        id="false.cycle-gains-suffice",
        title="Cycle gains below 1 suffice for stability",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: D ≥ 0 with every simple cycle gain below 1 has ρ(D) < 1. "
            "D = 0.6(11ᵀ − I) on three models has gains 0.36 and 0.216, and ρ(D) = 1.2."
        ),
        latex=r"\text{every simple cycle gain of } D\ge 0 \text{ below } 1\;\not\Rightarrow\;\rho(D)<1",
        hypotheses=("D ≥ 0 entrywise, three models.", "Every simple cycle has gain below 1."),
        cases=(_case(),),
        scope="N = 3",
        expected=Expectation.REFUTED,
    )


def cycle_gains(coupling: Matrix) -> tuple[sympy.Expr, ...]:
    """The product of the links along each simple cycle, each cycle once."""
    n = coupling.rows
    cycles = [
        (first, *rest)
        for length in range(n)
        for first in range(n)
        for rest in permutations(range(first + 1, n), length)
    ]
    return tuple(
        sympy.Mul(*(coupling[i, j] for i, j in zip(cycle, (*cycle[1:], cycle[0]), strict=True)))
        for cycle in cycles
    )


def _gains_below_one(coupling: Matrix) -> tuple[Relation, ...]:
    return tuple(less(gain, 1) for gain in cycle_gains(coupling))


def _case() -> Case:
    coupling = matrix("D", 3, 3)
    known = point(entries({coupling: [[0 if i == j else "3/5" for j in range(3)] for i in range(3)]}))
    return Case(
        name="N = 3",
        statement=Statement(
            variables=variables(coupling, typical=_TYPICAL),
            hypotheses=(*all_nonnegative(coupling), *_gains_below_one(coupling)),
            conclusions=(SchurStable(coupling),),
        ),
        witness=known,
        suspects=(known,),
    )
