"""Affine systems: sparse exact elimination, and the solution that is nearest to given free values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq

Row = tuple[int, ...]
_RIGHT = -1


class Inconsistent(Exception):
    """No unknowns solve the equations."""


class AffineSystem:
    """Equations Σ unknown · column = right, solved for as many unknowns as there are independent equations.

    Parameters
    ----------
    columns : sequence of mapping
        For each unknown its coefficient in each equation.
    right : mapping
        Right sides that are not 0.

    Attributes
    ----------
    free : tuple of int
        Unknowns that may take any value.
    independent : frozenset
        Equations that imply the others.

    Raises
    ------
    Inconsistent
    """

    def __init__(self, columns: Sequence[Mapping[Row, fmpq]], right: Mapping[Row, fmpq]) -> None:
        self.width = len(columns)
        lines: dict[Row, dict[int, fmpq]] = {}
        for k, column in enumerate(columns):
            for row, c in column.items():
                lines.setdefault(row, {})[k] = c
        for row, c in right.items():
            lines.setdefault(row, {})[_RIGHT] = c
        names = list(lines)
        self._lines = [dict(line) for line in lines.values()]
        self._where: list[set[int]] = [set() for _ in range(self.width)]
        for number, line in enumerate(self._lines):
            for k in line.keys() - {_RIGHT}:
                self._where[k].add(number)
        self._pivots: dict[int, int] = {}
        self._eliminate()
        self.independent = frozenset(names[number] for number in self._pivots.values())
        self.free = tuple(k for k in range(self.width) if k not in self._pivots)

    def solution(self, values: Mapping[int, fmpq]) -> list[fmpq]:
        """All unknowns, given the free ones."""
        found = [values.get(k, fmpq(0)) for k in range(self.width)]
        for k, number in self._pivots.items():
            line = self._lines[number]
            total = line.get(_RIGHT, fmpq(0))
            for other, c in line.items():
                if other not in (k, _RIGHT):
                    total = total - c * found[other]
            found[k] = total
        return found

    def _eliminate(self) -> None:
        """Gauss–Jordan elimination, shortest line first, by the unknown that occurs least often."""
        pending = set(range(len(self._lines)))
        while pending:
            number = min(pending, key=lambda n: (len(self._lines[n]), n))
            pending.discard(number)
            line = self._lines[number]
            unknowns = sorted(line.keys() - {_RIGHT})
            if unknowns:
                self._solve_for(min(unknowns, key=lambda k: (len(self._where[k]), k)), number)
            elif line.get(_RIGHT, fmpq(0)) != 0:
                raise Inconsistent("no unknowns solve the equations")

    def _solve_for(self, k: int, number: int) -> None:
        line = self._lines[number]
        lead = line[k]
        for other in line:
            line[other] = line[other] / lead
        self._pivots[k] = number
        for target in sorted(self._where[k] - {number}):
            self._subtract(target, line, self._lines[target][k])
        self._where[k] = {number}

    def _subtract(self, target: int, line: Mapping[int, fmpq], factor: fmpq) -> None:
        goal = self._lines[target]
        for k, c in line.items():
            value = goal.get(k, fmpq(0)) - factor * c
            if value == 0:
                goal.pop(k, None)
            else:
                goal[k] = value
            if k != _RIGHT:
                (self._where[k].discard if value == 0 else self._where[k].add)(target)
