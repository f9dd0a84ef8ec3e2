"""Near facts: what differs from a fact by a sum of products of variables ≥ 0; else positive coefficients."""

from __future__ import annotations

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.bernstein import BernsteinMethod
from proofs_check.proving.workspace import Known, Term


class NearFactsMethod(BernsteinMethod):
    """Shows p > 0 or p ≥ 0 from p = fact + Σ positive coefficient · Π variables ≥ 0, or as its base does."""

    def show(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        return self._near(polynomial, strict=strict) or super().show(polynomial, strict=strict)

    def _near(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        signs = self._signs_of_variables()
        for known in list(self.workspace.facts.values()):
            rest = polynomial - known.polynomial
            if known.relation not in (">", ">=") or len(rest) >= len(polynomial):
                continue
            terms = _terms(rest, signs)
            if terms is None:
                continue
            first = Term(coefficient=fmpq(1), facts={known.name: 1})
            if strict and not any(self._strict(term) for term in (first, *terms)):
                continue
            one = (Term(coefficient=fmpq(1)),)
            relation = ">" if strict else ">="
            return self.workspace.lemma(polynomial, relation, times=one, total=(first, *terms))
        return None

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
