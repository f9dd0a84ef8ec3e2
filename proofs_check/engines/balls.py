"""Branch and bound with balls: inequalities between elementary functions on a bounded box."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

import sympy
from flint import ctx

from proofs_check.checker.balls import sign_at
from proofs_check.checker.boxes import OPPOSITE, OnBox, domain_of
from proofs_check.checker.kernel import CERTIFICATE_SCHEMA
from proofs_check.checker.points import Undefined, decide
from proofs_check.checker.terms import Refused, digest
from proofs_check.claim import AnyStatement, Case
from proofs_check.engine import AbstractEngine, Canaries, Finding
from proofs_check.evidence.verdict import Verdict
from proofs_check.refuting.arrays import nearest
from proofs_check.statements.canonical import encode_statement
from proofs_check.statements.statement import Comparison, Relation, Statement, Variable
from theory.budget import Budget

BITS = 128
MAX_BOXES = 20_000
MAX_DEPTH = 200
Box = dict[str, tuple[Fraction, Fraction]]


class BallsEngine(AbstractEngine):
    """Proves inequalities on a box of rational bounds, or refutes them at the centre of a part of it.

    Each part is settled by the plain enclosure, the mean-value form, or the signs of the derivatives; a
    part that is not is split across its longest side, in proportion to the domain.
    """

    name: ClassVar[str] = "balls"
    ceiling: ClassVar[Verdict] = Verdict.PROVED
    packages: ClassVar[tuple[str, ...]] = ("python-flint",)
    patience: ClassVar[float] = 0.5

    def refusal(self, statement: AnyStatement) -> str | None:
        if not isinstance(statement, Statement):
            return "it is not an implication"
        for conclusion in statement.conclusions:
            if not isinstance(conclusion, Relation) or conclusion.comparison is Comparison.EQUAL:
                return "a conclusion is not an inequality"
        try:
            domain_of(encode_statement(statement))
        except Refused as error:
            return str(error)
        return None

    def attempt(self, case: Case, budget: Budget) -> Finding:
        encoded = encode_statement(case.statement)
        with ctx.workprec(BITS):
            search = _Search(encoded, budget)
            covers = [search.cover(index) for index in range(len(encoded["conclusions"]))]
        if search.counterexample is not None:
            detail = "the centre of a box violates a conclusion"
            return Finding(verdict=Verdict.REFUTED, detail=detail, certificate=search.counterexample)
        if any(cover is None for cover in covers):
            detail = f"undecided after {search.boxes} boxes: {search.gap}"
            return Finding(verdict=Verdict.UNKNOWN, detail=detail)
        certificate = {
            "schema": CERTIFICATE_SCHEMA,
            "statement": digest(encoded),
            "kind": "boxes",
            "bits": BITS,
            "goals": [{"show": f"c{index}", "cover": cover} for index, cover in enumerate(covers)],
        }
        return Finding(verdict=Verdict.PROVED, detail=f"{search.boxes} boxes", certificate=certificate)

    def canaries(self) -> Canaries:
        x = sympy.Symbol("x", real=True)
        bounds = (
            Relation(x, Comparison.GREATER_EQUAL, sympy.S.Zero),
            Relation(x, Comparison.LESS_EQUAL, sympy.Integer(2)),
        )
        middle = (("x", sympy.S.One),)

        def case(name: str, bound: sympy.Expr, hypotheses: tuple[Relation, ...]) -> Case:
            conclusion = Relation(sympy.exp(x), Comparison.GREATER, bound)
            statement = Statement(
                variables=(Variable(symbol=x),), hypotheses=hypotheses, conclusions=(conclusion,)
            )
            return Case(name=name, statement=statement, witness=middle)

        return Canaries(
            affirms=case("tangent", x + sympy.Rational(99, 100), bounds),
            refutes=case("chord", x + sympy.Rational(101, 100), bounds),
            unsupported=case("unbounded", x, bounds[:1]),
        )


class _Search:
    """Depth-first subdivision with a shared count of boxes."""

    def __init__(self, encoded: dict[str, Any], budget: Budget) -> None:
        self.encoded = encoded
        self.budget = budget
        self.boxes = 0
        self.gap = ""
        self.counterexample: Mapping[str, Any] | None = None
        self._domain = domain_of(encoded)
        names = encoded["variables"]
        self._conclusions = [OnBox(condition, names) for condition in encoded["conclusions"]]
        relations = [
            (index, OnBox(condition, names))
            for index, condition in enumerate(encoded["hypotheses"])
            if condition.get("is") in OPPOSITE
        ]
        # what holds on the whole domain, such as the bounds that make it, excludes nothing
        self._hypotheses = [item for item in relations if not item[1].holds(self._domain)]

    def cover(self, index: int) -> Any:
        """A cover that proves conclusion `index`, or None."""
        return self._node(index, dict(self._domain), 0)

    def _node(self, index: int, box: Box, depth: int) -> Any:
        self.boxes += 1
        if self._conclusions[index].holds(box):
            return "holds"
        for place, (number, hypothesis) in enumerate(self._hypotheses):
            if hypothesis.holds(box, OPPOSITE[hypothesis.relation]):
                # the next box is likely to be excluded by the same hypothesis: it comes first
                self._hypotheses.insert(0, self._hypotheses.pop(place))
                return ["empty", number]
        if self._refuted(index, box):
            return None
        if depth >= MAX_DEPTH or self.boxes >= MAX_BOXES or self.budget.spent:
            self.gap = ", ".join(
                f"{name} in [{nearest(a):.6g}, {nearest(b):.6g}]" for name, (a, b) in box.items()
            )
            return None
        name = max(box, key=lambda key: self._relative_width(key, box))
        low, high = box[name]
        if low == high:
            self.gap = "a single point"
            return None
        middle = (low + high) / 2
        left = self._node(index, {**box, name: (low, middle)}, depth + 1)
        right = None if left is None else self._node(index, {**box, name: (middle, high)}, depth + 1)
        return None if right is None else ["split", name, str(middle), left, right]

    def _relative_width(self, name: str, box: Box) -> Fraction:
        low, high = self._domain[name]
        return (box[name][1] - box[name][0]) / (high - low) if low < high else Fraction(0)

    def _refuted(self, index: int, box: Box) -> bool:
        point = {name: str((low + high) / 2) for name, (low, high) in box.items()}
        try:
            if decide(self.encoded["conclusions"][index], point, sign_at) is not False:
                return False
            hypotheses = self.encoded["hypotheses"]
            if not all(decide(condition, point, sign_at) is True for condition in hypotheses):
                return False
        except (Undefined, Refused):
            return False
        self.counterexample = {
            "schema": CERTIFICATE_SCHEMA,
            "statement": digest(self.encoded),
            "kind": "counterexample",
            "point": point,
            "violates": index,
        }
        return True
