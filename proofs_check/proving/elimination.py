"""Elimination: reduction modulo the equations among the hypotheses, with every multiplier recorded."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.signs import Signs
from proofs_check.proving.workspace import Known, Term, Workspace


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """multiplier · polynomial = Σ cofactor · equation + remainder, with a multiplier that is never zero."""

    multiplier: fmpq_mpoly
    remainder: fmpq_mpoly
    cofactors: dict[str, fmpq_mpoly]


@dataclass(frozen=True, kw_only=True)
class _Pivot:
    """An equation to be divided by in one variable: Σ cofactor · equation = polynomial."""

    polynomial: fmpq_mpoly
    variable: int
    cofactors: dict[str, fmpq_mpoly]


class Elimination:
    """Equations brought to triangular form by pseudo-division, one main variable each.

    A leading coefficient must be a constant or known to be nonzero; equations without such a variable
    are left alone.  With ``trusted=False`` any leading coefficient will do, and a reduction proves
    nothing.
    """

    def __init__(self, workspace: Workspace, signs: Signs, *, trusted: bool = True) -> None:
        self._workspace = workspace
        self._signs = signs
        self._trusted = trusted
        self._pivots: list[_Pivot] = []
        pending = [known for known in workspace.facts.values() if known.relation == "="]
        self.equations = frozenset(known.name for known in pending)
        while pending:
            choice = self._best(pending)
            if choice is None:
                break
            known, pivot = choice
            self._pivots.append(pivot)
            pending.remove(known)

    @property
    def active(self) -> bool:
        """Whether there is any equation to reduce by."""
        return bool(self._pivots)

    @property
    def pivots(self) -> tuple[tuple[fmpq_mpoly, int], ...]:
        """Each equation of the triangular form with the position of its main variable."""
        return tuple((pivot.polynomial, pivot.variable) for pivot in self._pivots)

    def reduce(self, polynomial: fmpq_mpoly) -> Reduction:
        """Remainder of pseudo-division by every pivot in turn."""
        one = self._workspace.constant(1)
        result = Reduction(multiplier=one, remainder=polynomial, cofactors={})
        for pivot in self._pivots:
            result = _divide(result, pivot)
        return result

    def reduced_facts(self) -> None:
        """Record, for each inequality, the lemma that its remainder has the same sign."""
        if not self.active:
            return
        for known in list(self._workspace.facts.values()):
            if known.relation != "=" and not self._is_reduced(known):
                self._reduce_fact(known)
        self._signs.close()

    def positive_multiplier(self, multiplier: fmpq_mpoly) -> tuple[fmpq_mpoly, Term] | None:
        """(m, term) with term = m · multiplier > 0: m is 1, −1 or the multiplier itself."""
        for sign in (1, -1):
            term = self._signs.term(sign * multiplier, strict=True)
            if term is not None:
                return self._workspace.constant(sign), term
        square = self._signs.nonzero_term(multiplier)
        return None if square is None else (multiplier, square)

    def _reduce_fact(self, known: Known) -> None:
        reduction = self.reduce(known.polynomial)
        found = self.positive_multiplier(reduction.multiplier)
        if found is None or reduction.remainder.is_constant():
            return
        factor, term = found
        if known.relation == "!=":
            self._reduce_nonzero(known, reduction)
            return
        product = Term(
            coefficient=term.coefficient,
            facts={**term.facts, known.name: term.facts.get(known.name, 0) + 1},
        )
        self._workspace.lemma(
            factor * reduction.remainder,
            known.relation,
            times=(Term(coefficient=fmpq(1)),),
            total=(product,),
            modulo={name: -factor * cofactor for name, cofactor in reduction.cofactors.items()},
        )

    def _reduce_nonzero(self, known: Known, reduction: Reduction) -> None:
        """m · f = Σ e E + r gives (m f) · r = (m f)² − m f Σ e E, so r is nonzero where f is."""
        square = self._signs.nonzero_term(reduction.multiplier)
        if square is None:
            return
        scaled = reduction.multiplier * known.polynomial
        facts = {**square.facts, known.name: square.facts.get(known.name, 0) + 2}
        self._workspace.lemma(
            reduction.remainder,
            "!=",
            times=scaled,
            total=(Term(coefficient=square.coefficient, facts=facts),),
            modulo={name: -scaled * cofactor for name, cofactor in reduction.cofactors.items()},
        )

    def _is_reduced(self, known: Known) -> bool:
        degrees = known.polynomial.degrees()
        return all(degrees[p.variable] < p.polynomial.degrees()[p.variable] for p in self._pivots)

    def _best(self, pending: list[Known]) -> tuple[Known, _Pivot] | None:
        """The equation and main variable that are easiest to divide by."""
        best: tuple[tuple[int, ...], Known, _Pivot] | None = None
        reductions = [self.reduce(known.polynomial) for known in pending]
        degrees = [reduction.remainder.degrees() for reduction in reductions]
        for known, reduction in zip(pending, reductions, strict=True):
            if reduction.remainder == 0:
                continue
            own = {known.name: reduction.multiplier}
            cofactors = _combined(own, {name: -c for name, c in reduction.cofactors.items()})
            for variable, degree in enumerate(reduction.remainder.degrees()):
                elsewhere = sum(1 for row in degrees if row[variable])
                cost = self._cost(reduction.remainder, variable, degree, elsewhere)
                if cost is not None and (best is None or cost < best[0]):
                    pivot = _Pivot(polynomial=reduction.remainder, variable=variable, cofactors=cofactors)
                    best = (cost, known, pivot)
        return None if best is None else best[1:]

    def _cost(
        self, polynomial: fmpq_mpoly, variable: int, degree: int, elsewhere: int
    ) -> tuple[int, ...] | None:
        """Order of preference of a main variable; None when one cannot divide by it.

        A low degree goes first, then a constant to divide by, then a variable of few open equations.
        """
        if degree == 0:
            return None
        lead = _leading(polynomial, variable, degree)
        if lead.is_constant():
            return (degree, 0, elsewhere, len(polynomial))
        if self._trusted and self._signs.nonzero_term(lead) is None:
            return None
        return (degree, 1, elsewhere, len(polynomial))


def _leading(polynomial: fmpq_mpoly, variable: int, degree: int) -> fmpq_mpoly:
    """Coefficient of variable^degree."""
    terms = {
        (*exponents[:variable], 0, *exponents[variable + 1 :]): c
        for exponents, c in polynomial.to_dict().items()
        if exponents[variable] == degree
    }
    return polynomial.context().from_dict(terms)


def _combined(left: dict[str, fmpq_mpoly], right: dict[str, fmpq_mpoly]) -> dict[str, fmpq_mpoly]:
    total = dict(left)
    for name, cofactor in right.items():
        total[name] = total[name] + cofactor if name in total else cofactor
    return total


def _divide(state: Reduction, pivot: _Pivot) -> Reduction:
    """One pseudo-division of the remainder in the pivot's main variable."""
    variable = pivot.variable
    degree = pivot.polynomial.degrees()[variable]
    lead = _leading(pivot.polynomial, variable, degree)
    x = pivot.polynomial.context().gens()[variable]
    multiplier, remainder, cofactors = state.multiplier, state.remainder, state.cofactors
    while remainder != 0 and (top := remainder.degrees()[variable]) >= degree:
        head = _leading(remainder, variable, top)
        common = head.gcd(lead)
        scale, quotient = divmod(lead, common)[0], divmod(head, common)[0] * x ** (top - degree)
        remainder = scale * remainder - quotient * pivot.polynomial
        multiplier = scale * multiplier
        step = {name: quotient * cofactor for name, cofactor in pivot.cofactors.items()}
        cofactors = _combined({name: scale * c for name, c in cofactors.items()}, step)
    return Reduction(multiplier=multiplier, remainder=remainder, cofactors=cofactors)
