"""Orbits of affine maps with rational numbers, decided exactly.

With z = (x, 1) and M the matrix of the map, let q be the least polynomial with q(M)z₀ = 0.
The orbit is unbounded iff q has a root of modulus > 1, or a multiple root of modulus 1; it
converges iff every root is 1 (simple) or of modulus < 1, and then to s(M)z₀/s(1), q = (t − 1)s.

Where data accumulate, z' = z + (M − I)z/(k + 2) in round k.  Along a root λ this multiplies by
Π(1 + (λ − 1)/(k + 2)), of size k^(Re λ − 1) up to powers of log k: the orbit converges to the same limit
if every root is 1 (simple) or has a real part < 1; it is unbounded if one
has a real part > 1, or 1 is multiple.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import arb, ctx, fmpq, fmpq_mat, fmpq_poly

from theory.arithmetic.program import Program
from theory.equilibrium.closed_forms.affine import exact_affine_parts, is_affine
from theory.equilibrium.enclosures import complex_roots
from theory.equilibrium.problem import FixedPointProblem, Rationals, rational_values
from theory.equilibrium.result import Reached


@dataclass(frozen=True, kw_only=True)
class LinearOrbit:
    """What is proved about the orbit, and its exact limit when it converges."""

    reached: Reached
    limit: Rationals | None = None
    detail: str = ""


def linear_orbit(problem: FixedPointProblem, bits: int, *, accumulates: bool = False) -> LinearOrbit | None:
    """The orbit of the start; None unless the map is affine and rational and no condition holds a state.

    Parameters
    ----------
    problem : FixedPointProblem
    bits : int
        Working precision.
    accumulates : bool
        Whether round t goes 1/(t + 2) of the way only.
    """
    states = set(problem.coordinates)
    if any(e.free_symbols & states for e in problem.domain) or not is_affine(problem):
        return None
    strict, _ = problem.conditions_at(problem.start_at(bits), bits)
    if not all(v > 0 for v in strict):
        return None
    parts = exact_affine_parts(problem)
    start = rational_values(Program.compile(problem.start, ()), ())
    if parts is None or start is None:
        return None
    matrix = _homogeneous(*parts)
    vectors = _krylov(matrix, fmpq_mat(problem.size + 1, 1, [*start, fmpq(1)]))
    return _classified(problem, vectors, bits, accumulates=accumulates)


def _homogeneous(jacobian: fmpq_mat, constant: fmpq_mat) -> fmpq_mat:
    n = jacobian.nrows()
    rows = [[*(jacobian[i, j] for j in range(n)), constant[i, 0]] for i in range(n)]
    rows.append([fmpq(0)] * n + [fmpq(1)])
    return fmpq_mat(n + 1, n + 1, [x for row in rows for x in row])


def _krylov(matrix: fmpq_mat, vector: fmpq_mat) -> list[fmpq_mat]:
    """z, Mz, M²z, … up to the first one that depends on those before it (included)."""
    vectors = [vector]
    while _side_by_side(vectors).rank() == len(vectors):
        vectors.append(matrix * vectors[-1])
    return vectors


def _side_by_side(vectors: list[fmpq_mat]) -> fmpq_mat:
    n = vectors[0].nrows()
    return fmpq_mat(n, len(vectors), [v[i, 0] for i in range(n) for v in vectors])


def _classified(
    problem: FixedPointProblem, vectors: list[fmpq_mat], bits: int, *, accumulates: bool
) -> LinearOrbit | None:
    polynomial = _annihilator(vectors)
    with ctx.workprec(bits):
        roots = [
            (arb(root.real) if accumulates else abs(root), multiplicity)
            for root, multiplicity in complex_roots(polynomial)
        ]
        grows = any(size > 1 for size, _ in roots)
        outside = sum(multiplicity for size, multiplicity in roots if not size < 1)
    one = sum(multiplicity for root, multiplicity in polynomial.roots() if root == 1)
    if (grows or one > 1) and not problem.nonnegative:
        return LinearOrbit(reached=Reached.DIVERGES, detail=_why_unbounded(grows, accumulates))
    if outside == one == 1:
        return LinearOrbit(reached=Reached.CONVERGED, limit=_limit(vectors, polynomial))
    return None


def _why_unbounded(grows: bool, accumulates: bool) -> str:  # noqa: FBT001
    size = "real part" if accumulates else "modulus"
    root = f"an eigenvalue of {size} > 1" if grows else "the multiple eigenvalue 1"
    return (
        f"the update is affine and the start sets off {root} of its matrix; every {size} < 1 would converge"
    )


def _annihilator(vectors: list[fmpq_mat]) -> fmpq_poly:
    """Monic q with Σ q_k M^k z = 0, from the one dependency among the vectors."""
    *basis, last = vectors
    columns = _side_by_side(basis)
    weights = (columns.transpose() * columns).solve(columns.transpose() * last)
    return fmpq_poly([*(-w for w in weights.entries()), fmpq(1)])


def _limit(vectors: list[fmpq_mat], polynomial: fmpq_poly) -> Rationals:
    rest, _ = divmod(polynomial, fmpq_poly([-1, 1]))
    total, scale = vectors[0] * fmpq(0), rest(fmpq(1))
    for weight, vector in zip(rest.coeffs(), vectors, strict=False):
        total = total + vector * (weight / scale)
    return tuple(total.entries()[:-1])
