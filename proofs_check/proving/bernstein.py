"""Bernstein and Pólya: positive coefficients in cone coordinates, simplices homogenised."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations_with_replacement, islice
from math import comb, prod
from random import Random

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.cone_coordinates import (
    ConeCoordinates,
    Simplex,
    cone_coordinates,
    linked_variables,
)
from proofs_check.proving.prover import AbstractMethod
from proofs_check.proving.workspace import Known, Term

Groups = dict[tuple[int, ...], dict[tuple[int, ...], fmpq]]
SAMPLES = 80
MAX_RAISES = 8
MAX_TERMS = 20_000
MAX_MARGINS = 60


class BernsteinMethod(AbstractMethod):
    """Shows p > 0 or p ≥ 0 by expanding p in linear facts until no coefficient is negative.

    Each simplex among the facts (slack + Σ weights · g = total) is homogenised, then the polynomial is
    multiplied by such sums up to a few times [Pólya], as long as the terms stay few and the time lasts.
    """

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        if polynomial.is_constant():
            return None
        facts = tuple(self.workspace.facts.values())
        own = [k for k, degree in enumerate(polynomial.degrees()) if degree]
        linked = linked_variables(facts, own)
        for variables in (own, linked) if linked != own else (own,):
            terms = self._terms(polynomial, facts, variables, strict=strict)
            if terms is not None:
                relation = ">" if strict else ">="
                one = (Term(coefficient=fmpq(1)),)
                return self.workspace.lemma(polynomial, relation, times=one, total=terms)
        return None

    def _terms(
        self, polynomial: fmpq_mpoly, facts: tuple[Known, ...], variables: list[int], *, strict: bool
    ) -> list[Term] | None:
        coordinates = cone_coordinates(facts, variables)
        if coordinates is None:
            return None
        images = [coordinates.context.constant(0)] * len(polynomial.degrees())
        for position, image in zip(variables, coordinates.images, strict=True):
            images[position] = image
        expanded = polynomial.compose(*images, ctx=coordinates.context)
        if _negative_somewhere(expanded, coordinates):
            return None
        return self._positive_terms(expanded, coordinates, strict=strict)

    def _positive_terms(
        self, p: fmpq_mpoly, coordinates: ConeCoordinates, *, strict: bool
    ) -> list[Term] | None:
        """p as nonnegative terms, one of them surely positive if `strict`; None when not found."""
        terms = _read_off(p, coordinates, strict=strict)
        if terms is not None or not coordinates.simplices:
            return terms
        units = [_unit(simplex, coordinates) for simplex in coordinates.simplices]
        groups = _by_degrees(p, coordinates)
        for raises in range(MAX_RAISES + 1):
            full = _full_degrees(groups, raises)
            expected = _expected_terms(p, coordinates, full)
            if self.budget.spent or expected > MAX_TERMS:
                why = "the time was over" if self.budget.spent else f"{expected} terms were to come"
                self.gave_up = f"after {raises} raises of the degree {why}"
                return None
            homogeneous = _homogenised(groups, coordinates, units, full)
            terms = _read_off(homogeneous, coordinates, strict=strict)
            if terms is None and strict:
                terms = _with_margin(homogeneous, coordinates, units, full)
            if terms is not None:
                return terms
        return None


def _negative_somewhere(p: fmpq_mpoly, coordinates: ConeCoordinates) -> bool:
    """Whether p is negative at one of a few points of the simplices: then no expansion can help."""
    draw = Random(0)  # noqa: S311  (points to look at, no secrets)
    for sample in range(SAMPLES):
        values = [fmpq(draw.randint(1, 60), 20) for _ in coordinates.facts]
        if sample % 2:
            values = [value * draw.randint(0, 1) for value in values]
        for simplex in coordinates.simplices:
            _normalise(values, simplex)
        if p(*values) < 0:
            return True
    return False


def _normalise(values: list[fmpq], simplex: Simplex) -> None:
    """Scale the values on a simplex onto it."""
    parts = [values[k] * w for k, w in zip(simplex.members, simplex.weights, strict=True)]
    if values[simplex.slack] == 0 and all(part == 0 for part in parts):
        values[simplex.slack] = fmpq(1)
    scale = simplex.total / (sum(parts, fmpq(0)) + values[simplex.slack])
    for k in simplex.members:
        values[k] = values[k] * scale


def _read_off(p: fmpq_mpoly, coordinates: ConeCoordinates, *, strict: bool) -> list[Term] | None:
    """The terms of p when all coefficients are positive (and one term is surely positive)."""
    data = p.to_dict()
    if any(c < 0 for c in data.values()):
        return None
    terms = [Term(coefficient=c, facts=_named(exponents, coordinates)) for exponents, c in data.items()]
    relations = {known.name: known.relation for known in coordinates.facts}
    if strict and not any(all(relations[name] == ">" for name in term.facts) for term in terms):
        return None
    return terms


def _named(exponents: tuple[int, ...], coordinates: ConeCoordinates) -> dict[str, int]:
    return {
        known.name: int(power) for known, power in zip(coordinates.facts, exponents, strict=True) if power
    }


def _unit(simplex: Simplex, coordinates: ConeCoordinates) -> fmpq_mpoly:
    """(slack + Σ weight · g) / total, which equals 1."""
    gens = coordinates.context.gens()
    total = gens[simplex.slack]
    for member, weight in zip(simplex.members, simplex.weights, strict=True):
        total = total + weight * gens[member]
    return total / simplex.total


def _by_degrees(p: fmpq_mpoly, coordinates: ConeCoordinates) -> Groups:
    """The monomials of p, gathered by their degrees in the simplices."""
    groups: Groups = {}
    for exponents, c in p.to_dict().items():
        groups.setdefault(_degrees(exponents, coordinates.simplices), {})[exponents] = c
    return groups


def _degrees(exponents: tuple[int, ...], simplices: tuple[Simplex, ...]) -> tuple[int, ...]:
    return tuple(sum(int(exponents[k]) for k in (*simplex.members, simplex.slack)) for simplex in simplices)


def _full_degrees(groups: Groups, raises: int) -> list[int]:
    tops = [max(column) for column in zip(*groups, strict=True)]
    return [top + raises if top else 0 for top in tops]


def _expected_terms(p: fmpq_mpoly, coordinates: ConeCoordinates, full: list[int]) -> int:
    """At most how many terms p has when homogenised to full degrees."""
    inside = {k for simplex in coordinates.simplices for k in (*simplex.members, simplex.slack)}
    outside = [k for k in range(len(coordinates.facts)) if k not in inside]
    others = len({tuple(exponents[k] for k in outside) for exponents in p.to_dict()})
    sizes = [len(simplex.members) for simplex in coordinates.simplices]
    return others * prod(comb(degree + size, size) for degree, size in zip(full, sizes, strict=True))


def _homogenised(
    groups: Groups, coordinates: ConeCoordinates, units: list[fmpq_mpoly], full: list[int]
) -> fmpq_mpoly:
    """The sum of the groups, each brought to full degrees."""
    result = coordinates.context.constant(0)
    for degrees, terms in groups.items():
        part = coordinates.context.from_dict(terms)
        for unit, have, want in zip(units, degrees, full, strict=True):
            part = part * unit ** (want - have)
        result = result + part
    return result


def _with_margin(
    homogeneous: fmpq_mpoly, coordinates: ConeCoordinates, units: list[fmpq_mpoly], full: list[int]
) -> list[Term] | None:
    """p = ε · m + nonnegative terms, where m is 1 or a product of facts that are > 0.

    ε times m, homogenised, is taken off the coefficients.
    """
    data = homogeneous.to_dict()
    if any(c < 0 for c in data.values()):
        return None
    for margin in islice(_margins(coordinates, full), MAX_MARGINS):
        exponents = next(iter(margin.to_dict()))
        degrees = _degrees(exponents, coordinates.simplices)
        spread = margin
        for unit, have, want in zip(units, degrees, full, strict=True):
            spread = spread * unit ** (want - have)
        least = min(data.get(key, fmpq(0)) / c for key, c in spread.to_dict().items())
        if least > 0:
            rest = (homogeneous - least * spread).to_dict()
            terms = [Term(coefficient=c, facts=_named(key, coordinates)) for key, c in rest.items()]
            return [Term(coefficient=least, facts=_named(exponents, coordinates)), *terms]
    return None


def _margins(coordinates: ConeCoordinates, full: list[int]) -> Iterator[fmpq_mpoly]:
    """1, the facts that are > 0, and their products of two, none of more than full degrees."""
    strict = [k for k, known in enumerate(coordinates.facts) if known.relation == ">"]
    gens = coordinates.context.gens()
    for size in range(3):
        for chosen in combinations_with_replacement(strict, size):
            margin = coordinates.context.constant(1)
            for k in chosen:
                margin = margin * gens[k]
            degrees = _degrees(next(iter(margin.to_dict())), coordinates.simplices)
            if all(have <= want for have, want in zip(degrees, full, strict=True)):
                yield margin
