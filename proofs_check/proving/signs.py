"""Signs: what is known of irreducible factors, and the signs of products of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flint import fmpq, fmpq_mpoly

from proofs_check.proving.workspace import Known, Term, Workspace

Key = tuple[tuple[tuple[int, ...], fmpq], ...]


class Method(Protocol):
    """Shows that a polynomial is > 0 (if strict) or ≥ 0."""

    def __call__(self, polynomial: fmpq_mpoly, *, strict: bool) -> Known | None:
        """The lemma that says so, or None."""


@dataclass(frozen=True)
class Factorisation:
    """constant · Π factor^power with irreducible factors of leading coefficient 1."""

    constant: fmpq
    factors: tuple[tuple[fmpq_mpoly, int], ...]


def key_of(polynomial: fmpq_mpoly) -> Key:
    """A hashable copy of a polynomial's terms."""
    return tuple(polynomial.to_dict().items())


def factorise(polynomial: fmpq_mpoly) -> Factorisation:
    """Irreducible factorisation over the rationals; the zero polynomial has constant 0."""
    if polynomial == 0:
        return Factorisation(fmpq(0), ())
    constant, pairs = polynomial.factor()
    factors = []
    for factor, power in pairs:
        lead = factor.leading_coefficient()
        constant = constant * lead ** int(power)
        factors.append((factor / lead, int(power)))
    return Factorisation(fmpq(constant), tuple(factors))


class Signs:
    """Known signs of irreducible polynomials, closed under what products of them imply.

    A method, when given to `use`, is asked for the sign of a factor that no fact settles: it returns
    the fact that ``polynomial > 0`` (or ``>= 0``), or None.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._method: Method | None = None
        self._known: dict[Key, dict[str, tuple[str, fmpq]]] = {}
        self._settled: set[str] = set()
        self._tried: set[tuple[Key, int, bool]] = set()
        self.close()

    def use(self, method: Method) -> None:
        """Ask `method` from now on about factors of unknown sign."""
        self._method = method

    def close(self) -> None:
        """Take in all facts; repeat until none says anything new."""
        progress = True
        while progress:
            progress = False
            for known in list(self._workspace.facts.values()):
                if known.name not in self._settled and known.relation != "=":
                    progress = self._take_in(known) or progress

    def term(self, polynomial: fmpq_mpoly, *, strict: bool) -> Term | None:
        """`polynomial` as one term that is > 0 (if strict) or ≥ 0, or None."""
        found = factorise(polynomial)
        sign, scale = (1 if found.constant > 0 else -1), abs(found.constant)
        facts: dict[str, int] = {}
        root = self._workspace.constant(1)
        if found.constant == 0:
            return None
        for factor, power in found.factors:
            name, coefficient, factor_sign = self._look_up(factor, power, strict=strict)
            if name is None:
                if power % 2 or strict:
                    return None
                root = root * factor ** (power // 2)
                continue
            facts[name] = facts.get(name, 0) + power
            scale = scale / abs(coefficient) ** power
            sign *= factor_sign**power
        if sign < 0:
            return None
        return Term(coefficient=scale, facts=facts, square=None if root == 1 else root)

    def nonzero_term(self, polynomial: fmpq_mpoly) -> Term | None:
        """`polynomial`² as one term > 0 when every factor is known to be nonzero, else None."""
        return self.term(polynomial * polynomial, strict=True)

    def _look_up(self, factor: fmpq_mpoly, power: int, *, strict: bool) -> tuple[str | None, fmpq, int]:
        """(fact, c, sign) with fact = c · factor and `sign` that of c; fact None when nothing is known."""
        relations: tuple[str, ...] = (">",) if strict else (">", ">=")
        if power % 2 == 0:
            relations = (">", "!=") if strict else (">", ">=", "!=")
        if (power % 2 or strict) and not self._has(factor, relations):
            self._ask(factor, strict=strict)
        for relation in relations:
            if relation in self._known.get(key_of(factor), {}):
                name, coefficient = self._known[key_of(factor)][relation]
                return name, coefficient, 1 if coefficient > 0 else -1
        return None, fmpq(1), 1

    def _has(self, factor: fmpq_mpoly, relations: tuple[str, ...]) -> bool:
        return any(relation in self._known.get(key_of(factor), {}) for relation in relations)

    def _ask(self, factor: fmpq_mpoly, *, strict: bool) -> None:
        """Ask the method about either sign of a factor, then about its partners in known products."""
        for sign in (1, -1):
            if (key_of(factor), sign, strict) in self._tried or self._method is None:
                return
            self._tried.add((key_of(factor), sign, strict))
            known = self._method(sign * factor, strict=strict)
            if known is not None:
                self._note(factor, known, fmpq(sign))
                self._tried.add((key_of(factor), -sign, strict))
                return
        self._ask_partners(factor)

    def _ask_partners(self, factor: fmpq_mpoly) -> None:
        """The sign of a product of known sign and those of its other factors give the factor's."""
        for known in list(self._workspace.facts.values()):
            if known.relation not in (">", ">=") or known.name in self._settled:
                continue
            found = factorise(known.polynomial)
            odd = [f for f, power in found.factors if power % 2]
            if factor not in odd or len(odd) < 2:
                continue
            for partner in odd:
                if partner != factor and not self._has(partner, (">",)):
                    self._ask(partner, strict=True)
            self._take_in(known)

    def _note(self, factor: fmpq_mpoly, known: Known, coefficient: fmpq) -> bool:
        """Remember known = coefficient · factor; whether that is news."""
        table = self._known.setdefault(key_of(factor), {})
        if known.relation in table:
            return False
        table[known.relation] = (known.name, coefficient)
        if ">=" in table and "!=" in table and ">" not in table:
            self._sharpen(factor, table)
        return True

    def _sharpen(self, factor: fmpq_mpoly, table: dict[str, tuple[str, fmpq]]) -> None:
        """f ≥ 0 and f ≠ 0 give f > 0, since f · f = f² > 0."""
        name, coefficient = table[">="]
        other, scale = table["!="]
        ratio = (coefficient / scale) ** 2
        sharp = self._workspace.lemma(
            self._workspace.facts[name].polynomial,
            ">",
            times=(Term(coefficient=fmpq(1), facts={name: 1}),),
            total=(Term(coefficient=ratio, facts={other: 2}),),
        )
        table[">"] = (sharp.name, coefficient)
        self._settled.add(sharp.name)

    def _take_in(self, known: Known) -> bool:
        """Learn from one fact; whether anything new was learnt."""
        found = factorise(known.polynomial)
        if len(found.factors) == 1 and found.factors[0][1] == 1:
            self._settled.add(known.name)
            return self._note(found.factors[0][0], known, found.constant)
        news = False
        if known.relation in (">", "!="):
            for factor, _ in found.factors:
                news = self._split_off_nonzero(known, factor) or news
        open_factors = [f for f, power in found.factors if power % 2 and not self._has(f, (">",))]
        if known.relation in (">", ">=") and len(open_factors) == 1:
            news = self._split_off_sign(known, found, open_factors[0]) or news
        if not open_factors:
            self._settled.add(known.name)
        return news

    def _split_off_nonzero(self, known: Known, factor: fmpq_mpoly) -> bool:
        """A factor of something nonzero is nonzero: (f · f/q) · q = f² > 0."""
        if self._has(factor, (">", "!=")):
            return False
        rest, _ = divmod(known.polynomial, factor)
        lemma = self._workspace.lemma(
            factor,
            "!=",
            times=known.polynomial * rest,
            total=(Term(coefficient=fmpq(1), facts={known.name: 2}),),
        )
        self._settled.add(lemma.name)
        return self._note(factor, lemma, fmpq(1))

    def _split_off_sign(self, known: Known, found: Factorisation, factor: fmpq_mpoly) -> bool:
        """The sign of the one odd factor that is not settled: (rest) · q = f with rest > 0."""
        rest, _ = divmod(known.polynomial, factor)
        for sign in (1, -1):
            times = self.term(sign * rest, strict=True) if not self._has(factor, (known.relation,)) else None
            if times is not None:
                lemma = self._workspace.lemma(
                    sign * factor,
                    known.relation,
                    times=(times,),
                    total=(Term(coefficient=fmpq(1), facts={known.name: 1}),),
                )
                self._settled.update((lemma.name, known.name))
                return self._note(factor, lemma, fmpq(sign))
        return False
