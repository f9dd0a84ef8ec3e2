"""Monomial bases of Gram matrices: what degrees, gradings and sign symmetries leave of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq_mat, fmpq_mpoly, nmod_mat

Exponents = tuple[int, ...]
MAX_MONOMIALS = 20_000


class TooManyMonomials(Exception):
    """The degrees allow more monomials than a search can look at."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """Which monomials may occur in an identity.

    Parameters
    ----------
    variables : tuple of int
        Positions of the indeterminates that may occur.
    degree : int
        Largest total degree.
    degrees : tuple of int
        Largest degree in each indeterminate.
    gradings : tuple of tuple of int
        Weights of the indeterminates under which every polynomial of the identity is homogeneous.
    grades : tuple of int
        Degree of the identity in each grading.
    parities : tuple of tuple of int
        Sets of indeterminates, as 0 and 1, whose joint change of sign leaves the identity alone.
    """

    variables: tuple[int, ...]
    degree: int
    degrees: tuple[int, ...]
    gradings: tuple[Exponents, ...]
    grades: tuple[int, ...]
    parities: tuple[Exponents, ...]

    def fits(self, polynomial: fmpq_mpoly) -> bool:
        """Whether the polynomial itself may stand in the identity."""
        return self._room(polynomial) is not None and not any(self._missing(polynomial))

    def roots(self, weight: fmpq_mpoly) -> list[list[Exponents]]:
        """Monomials m with weight · m² inside the bounds, apart where no m · m' is symmetric.

        Raises
        ------
        TooManyMonomials
        """
        room = self._room(weight)
        if room is None:
            return []
        total, each = room
        classes: dict[Exponents, list[Exponents]] = {}
        missing = self._missing(weight)
        for m in self._monomials(total // 2, [top // 2 for top in each]):
            if all(2 * dot(u, m) == grade for u, grade in zip(self.gradings, missing, strict=True)):
                classes.setdefault(self.parity(m), []).append(m)
        return [classes[key] for key in sorted(classes)]

    def cofactors(self, equation: fmpq_mpoly) -> list[Exponents]:
        """Monomials m with m · equation inside the bounds and symmetric.

        Raises
        ------
        TooManyMonomials
        """
        room = self._room(equation)
        if room is None:
            return []
        total, each = room
        own, missing = self.parity(min(equation.to_dict())), self._missing(equation)
        return [
            m
            for m in self._monomials(total, each)
            if all(dot(u, m) == grade for u, grade in zip(self.gradings, missing, strict=True))
            and self.parity(m) == own
        ]

    def parity(self, exponents: Exponents) -> Exponents:
        """How the monomial behaves under each change of signs."""
        return tuple(dot(symmetry, exponents) % 2 for symmetry in self.parities)

    def _room(self, polynomial: fmpq_mpoly) -> tuple[int, list[int]] | None:
        """What the bounds leave beside the polynomial: total degree and degree in each indeterminate."""
        own = [int(d) for d in polynomial.degrees()]
        each = [top - d for top, d in zip(self.degrees, own, strict=True)]
        total = self.degree - int(polynomial.total_degree())
        return None if total < 0 or min(each) < 0 else (total, each)

    def _missing(self, polynomial: fmpq_mpoly) -> tuple[int, ...]:
        """What the polynomial lacks of the identity's degree in each grading."""
        lead = min(polynomial.to_dict())
        return tuple(g - dot(u, lead) for u, g in zip(self.gradings, self.grades, strict=True))

    def _monomials(self, total: int, each: Sequence[int]) -> Iterator[Exponents]:
        tops = [each[k] for k in self.variables]
        width = len(self.degrees)
        for count, chosen in enumerate(_bounded(tops, total)):
            if count >= MAX_MONOMIALS:
                raise TooManyMonomials(f"more than {MAX_MONOMIALS} monomials of degree {total} at most")
            exponents = [0] * width
            for k, e in zip(self.variables, chosen, strict=True):
                exponents[k] = e
            yield tuple(exponents)


def bounds_of(
    target: fmpq_mpoly,
    multipliers: Sequence[fmpq_mpoly],
    facts: Sequence[fmpq_mpoly],
    equations: Sequence[fmpq_mpoly],
    *,
    variables: tuple[int, ...],
    extra: int,
) -> Bounds:
    """Bounds of an identity multiplier · target = weighted squares of products of `facts`.

    Parameters
    ----------
    target : fmpq_mpoly
    multipliers, facts, equations : sequence of fmpq_mpoly
    variables : tuple of int
    extra : int
        How much the degrees may exceed what the polynomials have.
    """
    products = [multiplier * target for multiplier in multipliers]
    parts = [*products, *facts, *equations]
    degree = max(int(part.total_degree()) for part in parts) + extra
    columns = zip(*(part.degrees() for part in parts), strict=True)
    degrees = tuple(_even(max(int(d) for d in column) + extra) for column in columns)
    joint = [e for product in products for e in product.to_dict()]
    own = [list(part.to_dict()) for part in (*facts, *equations)]
    gradings = _gradings(_differences([joint, *own]), variables, len(degrees))
    even = [e for part in (*products, *facts) for e in part.to_dict()]
    even += _differences([list(part.to_dict()) for part in equations])
    return Bounds(
        variables=variables,
        degree=_even(degree),
        degrees=degrees,
        gradings=gradings,
        grades=tuple(dot(grading, joint[0]) for grading in gradings),
        parities=_parities(even, variables, len(degrees)),
    )


def dot(left: Sequence[int], right: Sequence[int]) -> int:
    """Scalar product."""
    return sum(a * b for a, b in zip(left, right, strict=True))


def _even(degree: int) -> int:
    return degree + degree % 2


def _differences(supports: Iterable[Sequence[Exponents]]) -> list[Exponents]:
    return [
        tuple(a - b for a, b in zip(e, support[0], strict=True)) for support in supports for e in support[1:]
    ]


def _gradings(
    differences: Sequence[Exponents], variables: tuple[int, ...], width: int
) -> tuple[Exponents, ...]:
    """Integer basis of the weights that vanish on every difference."""
    rows = [[d[k] for k in variables] for d in set(differences)] or [[0] * len(variables)]
    reduced, rank = fmpq_mat(sorted(rows)).rref()
    pivots = [next(k for k in range(len(variables)) if reduced[row, k] != 0) for row in range(rank)]
    found = []
    for free in (k for k in range(len(variables)) if k not in pivots):
        column = [reduced[row, free] for row in range(rank)]
        scale = 1
        for entry in column:
            scale = scale * int(entry.q) // _gcd(scale, int(entry.q))
        weights = [0] * width
        weights[variables[free]] = scale
        for row, pivot in enumerate(pivots):
            weights[variables[pivot]] = -int((column[row] * scale).p)
        found.append(tuple(weights))
    return tuple(found)


def _gcd(a: int, b: int) -> int:
    while b:
        a, b = b, a % b
    return a


def _parities(even: Sequence[Exponents], variables: tuple[int, ...], width: int) -> tuple[Exponents, ...]:
    """Basis of the sets of indeterminates in which every exponent vector of `even` has even degree."""
    rows = sorted({tuple(e[k] % 2 for k in variables) for e in even}) or [(0,) * len(variables)]
    reduced, rank = nmod_mat(len(rows), len(variables), [x for row in rows for x in row], 2).rref()
    pivots = [next(k for k in range(len(variables)) if int(reduced[row, k])) for row in range(rank)]
    found = []
    for free in (k for k in range(len(variables)) if k not in pivots):
        signs = [0] * width
        signs[variables[free]] = 1
        for row, pivot in enumerate(pivots):
            signs[variables[pivot]] = int(reduced[row, free])
        found.append(tuple(signs))
    return tuple(found)


def _bounded(tops: Sequence[int], total: int) -> Iterator[Exponents]:
    """Exponents below `tops` of degree at most `total`."""
    if not tops:
        yield ()
        return
    for first in range(min(tops[0], total) + 1):
        for rest in _bounded(tops[1:], total - first):
            yield (first, *rest)
