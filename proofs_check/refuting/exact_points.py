"""Exact points: completed by the equations, tested exactly, simplified, certified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mpoly

from proofs_check.checker.balls import sign_at
from proofs_check.checker.kernel import CERTIFICATE_SCHEMA
from proofs_check.checker.points import Undefined, decide
from proofs_check.checker.terms import Refused, digest
from proofs_check.proving.elimination import Elimination
from proofs_check.proving.signs import Signs
from proofs_check.proving.workspace import Workspace
from proofs_check.refuting.arrays import Floats, nearest

DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 30, 60, 100, 1000, 10**4, 10**6, 10**9)
Point = dict[str, Fraction]


@dataclass(frozen=True, kw_only=True)
class _Solve:
    """The variable that an equation gives once the variables after it are known.

    `partners` is set when the equation is variable² + Σ partner² = 1: then the partners' values are read as
    the parameters t of the point ((1 − |t|²)/(1 + |t|²), 2t/(1 + |t|²)) of the sphere.
    """

    variable: str
    position: int
    polynomial: fmpq_mpoly
    partners: tuple[str, ...]


class ExactPoints:
    """Tests exact points of an encoded implication; dependent variables follow from the equations."""

    def __init__(self, encoded: dict[str, Any]) -> None:
        self.encoded = encoded
        self.names: tuple[str, ...] = tuple(encoded["variables"])
        self._solves = _triangular(encoded)
        dependent = {solve.variable for solve in self._solves}
        self.free = tuple(name for name in self.names if name not in dependent)

    def complete(self, free: Mapping[str, Fraction]) -> Point | None:
        """The point with these free variables on the equations, or None."""
        point = {name: free[name] for name in self.free}
        for solve in self._solves:
            if solve.partners:
                point |= _on_sphere(solve, point, Fraction(1))
                continue
            value = self._solved(solve, point)
            if value is None:
                return None
            point[solve.variable] = value
        return point

    def free_part(self, point: Mapping[str, Fraction]) -> dict[str, Fraction]:
        """The free variables from which `complete` gives `point`, if it lies on the equations."""
        free = {name: point[name] for name in self.free}
        for solve in self._solves:
            cosine = point[solve.variable]
            for partner in solve.partners:
                free[partner] = point[partner] / (1 + cosine) if cosine != -1 else Fraction(10**6)
        return free

    def complete_floats(self, free: Mapping[str, Floats], count: int) -> dict[str, Floats]:
        """The same completion in floating point for many points; NaN where it fails."""
        values = dict(free)
        with np.errstate(all="ignore"):
            for solve in self._solves:
                if solve.partners:
                    values |= _on_sphere(solve, values, np.array(1.0))
                else:
                    values[solve.variable] = _float_root(solve, values, self.names, count)
        return values

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        """Whether every hypothesis is seen to hold."""
        text = _text(point)
        return self._all(self.encoded["hypotheses"], text)

    def violated(self, point: Mapping[str, Fraction]) -> int | None:
        """Index of a conclusion that fails where every hypothesis holds, or None."""
        text = _text(point)
        for index, conclusion in enumerate(self.encoded["conclusions"]):
            if _decided(conclusion, text) is False:
                return index if self._all(self.encoded["hypotheses"], text) else None
        return None

    def refutation(self, suggestion: Mapping[str, float | Fraction]) -> dict[str, Any] | None:
        """A certificate from the simplest exact point near `suggestion` that is a counterexample."""
        for denominator in DENOMINATORS:
            near = {name: Fraction(suggestion[name]).limit_denominator(denominator) for name in self.free}
            if self._refutes(near):
                point = self.complete(self._simplified(near))
                return None if point is None else self.certificate(point)
        return None

    def certificate(self, point: Point) -> dict[str, Any]:
        """The counterexample certificate of a violating point."""
        return {
            "schema": CERTIFICATE_SCHEMA,
            "statement": digest(self.encoded),
            "kind": "counterexample",
            "point": _text(point),
            "violates": self.violated(point),
        }

    def _refutes(self, free: Mapping[str, Fraction]) -> bool:
        point = self.complete(free)
        return point is not None and self.violated(point) is not None

    def _simplified(self, free: dict[str, Fraction]) -> dict[str, Fraction]:
        """A counterexample with each free variable in turn as simple as it can be."""
        for name in self.free:
            for denominator in DENOMINATORS:
                simple = free[name].limit_denominator(denominator)
                if simple == free[name]:
                    break
                if self._refutes({**free, name: simple}):
                    free = {**free, name: simple}
                    break
        return free

    def _solved(self, solve: _Solve, point: Point) -> Fraction | None:
        values = [fmpq(point[n].numerator, point[n].denominator) if n in point else None for n in self.names]
        coefficients = _in_one_variable(solve.polynomial, solve.position, values)
        return None if coefficients is None else _root(coefficients)

    def _all(self, conditions: Iterable[Mapping[str, Any]], point: Mapping[str, str]) -> bool:
        return all(_decided(condition, point) is True for condition in conditions)


def _decided(condition: Mapping[str, Any], point: Mapping[str, str]) -> bool | None:
    try:
        return decide(condition, point, sign_at)
    except (Undefined, Refused):
        return None


def _text(point: Mapping[str, Fraction]) -> dict[str, str]:
    return {name: str(value) for name, value in point.items()}


def _triangular(encoded: dict[str, Any]) -> tuple[_Solve, ...]:
    """The equations among the hypotheses in triangular form, those over plain variables only."""
    try:
        workspace = Workspace(encoded)
    except Refused:
        return ()
    names = encoded["variables"]
    width = len(names)
    pivots = [
        (polynomial, position)
        for polynomial, position in Elimination(workspace, Signs(workspace), trusted=False).pivots
        if position < width and not any(polynomial.degrees()[width:])
    ]
    taken = {position for _, position in pivots}
    spheres: list[_Solve] = []
    others: list[_Solve] = []
    for polynomial, position in pivots[::-1]:
        found = _partners(polynomial, position)
        partners = () if taken.intersection(found) else found
        solve = _Solve(
            variable=names[position],
            position=position,
            polynomial=polynomial,
            partners=tuple(names[partner] for partner in partners),
        )
        (spheres if partners else others).append(solve)
        taken.update(partners)
    return (*spheres, *others)


def _partners(polynomial: fmpq_mpoly, position: int) -> tuple[int, ...]:
    """The other variables of a unit sphere, when the polynomial is one."""
    used = [k for k, degree in enumerate(polynomial.degrees()) if degree]
    gens = polynomial.context().gens()
    sphere = sum((gens[k] ** 2 for k in used), -polynomial.context().constant(1))
    scaled = polynomial / polynomial.leading_coefficient()
    return tuple(k for k in used if k != position) if scaled == sphere else ()


def _on_sphere(solve: _Solve, values: Mapping[str, Any], one: Any) -> dict[str, Any]:
    """The values on a unit sphere whose partners' values are read as parameters."""
    size = sum((values[partner] ** 2 for partner in solve.partners), 0 * one)
    found = {partner: 2 * values[partner] / (one + size) for partner in solve.partners}
    return found | {solve.variable: (one - size) / (one + size)}


def _in_one_variable(
    polynomial: fmpq_mpoly, position: int, values: list[fmpq | None]
) -> dict[int, fmpq] | None:
    """Coefficients in one variable after all others take their values."""
    result: dict[int, fmpq] = {}
    for exponents, start in polynomial.to_dict().items():
        coefficient = start
        for k, exponent in enumerate(exponents[: len(values)]):
            value = values[k]
            if k == position or not exponent:
                continue
            if value is None:
                return None
            coefficient = coefficient * value ** int(exponent)
        power = int(exponents[position])
        result[power] = result.get(power, fmpq(0)) + coefficient
    return result


def _root(coefficients: dict[int, fmpq]) -> Fraction | None:
    """A rational root of a polynomial of degree 1 or 2."""
    c, b, a = (coefficients.get(k, fmpq(0)) for k in range(3))
    if any(value != 0 for power, value in coefficients.items() if power > 2):
        return None
    if a == 0:
        return None if b == 0 else _fraction(-c / b)
    square = _fraction(b * b - 4 * a * c)
    if square < 0:
        return None
    root = Fraction(isqrt(square.numerator), isqrt(square.denominator))
    return (_fraction(-b) + root) / _fraction(2 * a) if root * root == square else None


def _float_root(solve: _Solve, values: Mapping[str, Floats], names: tuple[str, ...], count: int) -> Floats:
    """The root of degree 1, or the larger one of degree 2, at many points."""
    parts = [np.zeros(count) for _ in range(3)]
    for exponents, coefficient in solve.polynomial.to_dict().items():
        term = np.full(count, nearest(_fraction(coefficient)))
        for name, exponent in zip(names, exponents, strict=False):
            if exponent and name != solve.variable:
                term = term * values[name] ** int(exponent)
        if exponents[solve.position] > 2:
            return np.full(count, np.nan)
        parts[int(exponents[solve.position])] += term
    c, b, a = parts
    return np.where(a == 0, -c / b, (-b + np.sqrt(b * b - 4 * a * c)) / (2 * a))


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
