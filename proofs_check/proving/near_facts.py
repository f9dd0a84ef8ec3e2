"""Near facts: what exceeds a fact by something that is ≥ 0; else positive coefficients."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.workspace import Known, Term

MAX_NEAR_TERMS = 400
MAX_PEELED = 40


class NearFactsMethod(BernsteinMethod):
    """Shows p > 0 or p ≥ 0 as its base does, or from p = fact + Σ products of variables ≥ 0.

    Where both fail, products of a fact of higher degree with variables ≥ 0 are taken off while that makes
    p shorter, and the rest is shown as its base does.
    """

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        signs = self._signs_of_variables()
        for known in list(self.workspace.facts.values()):
            rest = polynomial - known.polynomial
            if known.relation in (">", ">=") and len(rest) < len(polynomial):
                terms = _terms(rest, signs)
                fact = Term(coefficient=fmpq(1), facts={known.name: 1})
                found = None if terms is None else self._sum(polynomial, [fact, *terms], strict=strict)
                if found is not None:
                    return found
        return super().show(polynomial, strict=strict) or self._peeled(polynomial, signs, strict=strict)

    def _peeled(self, polynomial: fmpq_mpoly, signs: dict[int, str], *, strict: bool) -> Known | None:
        rest, terms = polynomial, list[Term]()
        while len(terms) < MAX_PEELED and len(rest) <= MAX_NEAR_TERMS:
            peel = self._shortest(rest, signs, strict=strict)
            if peel is None or self.budget.spent:
                break
            rest = peel[0]
            terms.append(peel[1])
        if not terms:
            return None
        needed = strict and not any(self._strict(term) for term in terms)
        lemma = None if rest == 0 else super().show(rest, strict=needed)
        if lemma is not None:
            terms.append(Term(coefficient=fmpq(1), facts={lemma.name: 1}))
        return self._sum(polynomial, terms, strict=strict) if rest == 0 or lemma is not None else None

    def _shortest(
        self, rest: fmpq_mpoly, signs: dict[int, str], *, strict: bool
    ) -> tuple[fmpq_mpoly, Term] | None:
        """What is left of `rest` and the term taken off, for the shortest that is shorter than it."""
        relations = (">",) if strict else (">", ">=")
        best: tuple[fmpq_mpoly, Term] | None = None
        for known in self.workspace.facts.values():
            constant = known.polynomial.to_dict().get((0,) * len(known.polynomial.degrees()), fmpq(0))
            if known.relation not in relations or known.polynomial.total_degree() < 2 or constant <= 0:
                continue
            for exponents, c in rest.to_dict().items():
                monomial = self.workspace.context.from_dict({exponents: c / constant})
                term = _terms(monomial, signs)
                left = rest - monomial * known.polynomial if term is not None else rest
                if term is not None and len(left) < len(rest if best is None else best[0]):
                    facts = {**term[0].facts, known.name: 1}
                    best = (left, Term(coefficient=term[0].coefficient, facts=facts))
        return best

    def _sum(self, polynomial: fmpq_mpoly, total: list[Term], *, strict: bool) -> Known | None:
        """The lemma that polynomial = Σ terms, if it is as strict as is asked."""
        if strict and not any(self._strict(term) for term in total):
            return None
        one = (Term(coefficient=fmpq(1)),)
        return self.workspace.lemma(polynomial, ">" if strict else ">=", times=one, total=total)

    def _strict(self, term: Term) -> bool:
        return all(self.workspace.facts[name].relation == ">" for name in term.facts)

    def _signs_of_variables(self) -> dict[int, str]:
        """The facts that say x ≥ 0 or x > 0, by the position of x; strict ones win."""
        found: dict[int, str] = {}
        for known in self.workspace.facts.values():
            data = known.polynomial.to_dict()
            exponents = next(iter(data), ())
            single = len(data) == 1 and sum(exponents) == 1 and data[exponents] == 1
            if single and known.relation in (">", ">="):
                place = exponents.index(1)
                if known.relation == ">" or place not in found:
                    found[place] = known.name
        return found


def _terms(polynomial: fmpq_mpoly, signs: dict[int, str]) -> list[Term] | None:
    """Each monomial as a term ≥ 0, or None."""
    terms = []
    for exponents, coefficient in polynomial.to_dict().items():
        used = {place: int(power) for place, power in enumerate(exponents) if power}
        if coefficient < 0 or not used.keys() <= signs.keys():
            return None
        terms.append(Term(coefficient=coefficient, facts={signs[k]: power for k, power in used.items()}))
    return terms
