"""Boxes: a subdivision of the hypotheses' box, on each part of which a conclusion is enclosed.

The certificate has `bits` and `goals`, one ``{"show": "c0", "cover": node}`` for each conclusion.  A node is
``"holds"``, ``["empty", k]`` (hypothesis k fails on the whole box) or ``["split", variable, at, low,
high]`` with two nodes; so the boxes cover the domain by construction.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx

from proofs_check.checker.balls import Enclosure, exact, sign_of, span
from proofs_check.checker.points import NotRational, Undefined, exact_value
from proofs_check.checker.polynomials import Algebra, Polynomial
from proofs_check.checker.terms import FUNCTIONS, RELATIONS, Refused, integer, number, record, sequence

Box = Mapping[str, tuple[Fraction, Fraction]]
MAX_SPLITS = 300
OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!="}


def check_cover(statement: dict[str, Any], certificate: dict[str, Any]) -> None:
    """Refuse the certificate unless its covers prove every conclusion."""
    domain = domain_of(statement)
    bits = integer(certificate["bits"], 32, 4096, "bits")
    goals = sequence(certificate["goals"], "goals")
    names = [record(goal, ("show", "cover"), "goals")["show"] for goal in goals]
    if names != [f"c{index}" for index in range(len(statement["conclusions"]))]:
        raise Refused("goals: expected each conclusion once, in order")
    with ctx.workprec(bits):
        hypotheses = [_claimed(condition, statement) for condition in statement["hypotheses"]]
        for condition, goal in zip(statement["conclusions"], goals, strict=True):
            conclusion = _claimed(condition, statement)
            if conclusion is None:
                raise Refused(f"{goal['show']}: a cover shows inequalities only")
            _check_node(goal["cover"], dict(domain), conclusion, hypotheses, 0)


class OnBox:
    """A relation between expressions that can be proved on a whole box."""

    def __init__(self, condition: Mapping[str, Any], names: list[str]) -> None:
        self.relation: str = condition["is"]
        self.names = names
        self.tree = ["+", condition["left"], ["*", "-1", condition["right"]]]
        self.difference = Enclosure(self.tree, names)

    def holds(self, box: Box, relation: str | None = None) -> bool:
        """Whether balls prove the relation at every point of `box`.

        Tried in turn: the plain enclosure; the mean-value form; the mean-value form on the face of the
        box where the difference is least, by the proved signs of its derivatives.
        """
        relation = relation or self.relation
        bounds = [box[name] for name in self.names]
        balls = [span(*bound) for bound in bounds]
        if _proves(self.difference.value(balls), relation):
            return True
        value, slopes = self.difference.gradient(balls)
        if not value.is_finite() or not all(slope.is_finite() for slope in slopes):
            return False
        if _proves(self._mean_value(bounds, slopes), relation):
            return True
        directions = {">": (1,), ">=": (1,), "<": (-1,), "<=": (-1,), "!=": (1, -1), "=": ()}[relation]
        return any(self._holds_on_face(bounds, slopes, relation, direction) for direction in directions)

    def _holds_on_face(
        self, bounds: list[tuple[Fraction, Fraction]], slopes: list[arb], relation: str, direction: int
    ) -> bool:
        face = []
        for (low, high), slope in zip(bounds, slopes, strict=True):
            sign = (sign_of(slope) or 0) * direction
            face.append({0: (low, high), 1: (low, low), -1: (high, high)}[sign])
        if face == bounds:
            return False
        wanted = (">" if direction > 0 else "<") if relation == "!=" else relation
        if _proves(self._mean_value(face, slopes), wanted):
            return True
        return all(low == high for low, high in face) and self._holds_at([low for low, _ in face], wanted)

    def _mean_value(self, bounds: list[tuple[Fraction, Fraction]], slopes: list[arb]) -> arb:
        centre = [(low + high) / 2 for low, high in bounds]
        total = self.difference.value([exact(c) for c in centre])
        for (low, high), c, slope in zip(bounds, centre, slopes, strict=True):
            if low < high:
                total = total + slope * span(low - c, high - c)
        return total

    def _holds_at(self, corner: list[Fraction], relation: str) -> bool:
        point = {name: str(value) for name, value in zip(self.names, corner, strict=True)}
        try:
            return relation in (">=", "<=") and exact_value(self.tree, point) == 0
        except (NotRational, Undefined):
            return False


def domain_of(statement: dict[str, Any]) -> dict[str, tuple[Fraction, Fraction]]:
    """The box that hypotheses linear in one variable confine the variables to.

    Raises
    ------
    Refused
        When a variable has no lower or no upper bound, or the box is empty.
    """
    low, high = bounds_of(statement)
    for name in statement["variables"]:
        if name not in low or name not in high:
            raise Refused(f"no hypothesis bounds {name} on both sides")
        if low[name] > high[name]:
            raise Refused(f"the bounds on {name} contradict each other")
    return {name: (low[name], high[name]) for name in statement["variables"]}


def bounds_of(statement: dict[str, Any]) -> tuple[dict[str, Fraction], dict[str, Fraction]]:
    """(lower bounds, upper bounds) of the variables that hypotheses linear in one variable give."""
    algebra = Algebra(statement["variables"])
    low: dict[str, Fraction] = {}
    high: dict[str, Fraction] = {}
    for condition in statement["hypotheses"]:
        for name, bound, side in _bounds(algebra, condition):
            if side >= 0:
                low[name] = max(bound, low.get(name, bound))
            if side <= 0:
                high[name] = min(bound, high.get(name, bound))
    return low, high


def _bounds(algebra: Algebra, condition: Mapping[str, Any]) -> list[tuple[str, Fraction, int]]:
    """(variable, bound, +1 from below, −1 from above, 0 both) when the condition is one."""
    if "schur_stable" in condition or condition["is"] == "!=":
        return []
    tree = ["+", condition["left"], ["*", "-1", condition["right"]]]
    if _has_function(tree):
        return []
    quotient = algebra.quotient(tree)
    linear = None if quotient.divisors else _linear(algebra, quotient.numerator)
    if linear is None:
        return []
    name, slope, rest = linear
    side = {">": 1, ">=": 1, "<": -1, "<=": -1, "=": 0}[condition["is"]]
    return [(name, -rest / slope, side if slope > 0 else -side)]


def _linear(algebra: Algebra, polynomial: Polynomial) -> tuple[str, Fraction, Fraction] | None:
    """(variable, slope, rest) of a polynomial slope · variable + rest."""
    varying = [monomial for monomial in polynomial if any(monomial)]
    if len(varying) != 1 or sum(varying[0]) != 1:
        return None
    name = algebra.names[varying[0].index(1)]
    rest = sum((c for monomial, c in polynomial.items() if not any(monomial)), Fraction(0))
    return name, Fraction(polynomial[varying[0]]), Fraction(rest)


def _has_function(tree: Any) -> bool:
    if type(tree) is not list:
        return False
    return tree[0] == "pi" or tree[0] in FUNCTIONS or any(_has_function(part) for part in tree[1:])


def _claimed(condition: Mapping[str, Any], statement: dict[str, Any]) -> OnBox | None:
    return None if "schur_stable" in condition else OnBox(condition, statement["variables"])


def _check_node(
    node: Any,
    box: dict[str, tuple[Fraction, Fraction]],
    conclusion: OnBox,
    hypotheses: list[OnBox | None],
    depth: int,
) -> None:
    if depth > MAX_SPLITS:
        raise Refused("cover: split too deep")
    if node == "holds":
        if not conclusion.holds(box):
            raise Refused(f"cover: the conclusion is not enclosed on {_shown(box)}")
    elif type(node) is list and len(node) == 2 and node[0] == "empty":
        hypothesis = hypotheses[integer(node[1], 0, len(hypotheses) - 1, "cover, empty")]
        if hypothesis is None or hypothesis.relation not in OPPOSITE:
            raise Refused("cover: this hypothesis cannot exclude a box")
        if not hypothesis.holds(box, OPPOSITE[hypothesis.relation]):
            raise Refused(f"cover: hypothesis {node[1]} is not excluded on {_shown(box)}")
    elif type(node) is list and len(node) == 5 and node[0] == "split":
        _check_split(node, box, conclusion, hypotheses, depth)
    else:
        raise Refused(f"cover: expected holds, empty or split, found {str(node)[:40]}")


def _check_split(
    node: list[Any],
    box: dict[str, tuple[Fraction, Fraction]],
    conclusion: OnBox,
    hypotheses: list[OnBox | None],
    depth: int,
) -> None:
    name, at = node[1], number(node[2], "cover, split")
    if type(name) is not str or name not in box:
        raise Refused(f"cover: no variable is named {str(name)[:40]!r}")
    low, high = box[name]
    if not low < at < high:
        raise Refused(f"cover: {name} is split at {at}, outside ({low}, {high})")
    _check_node(node[3], {**box, name: (low, at)}, conclusion, hypotheses, depth + 1)
    _check_node(node[4], {**box, name: (at, high)}, conclusion, hypotheses, depth + 1)


def _shown(box: Box) -> str:
    return ", ".join(f"{name} in [{low}, {high}]" for name, (low, high) in box.items())


def _proves(ball: arb, relation: str) -> bool:
    """Whether a ball around a value shows its relation to zero; a comparison that is False shows nothing."""
    return ball.is_finite() and relation != "=" and RELATIONS[relation](ball, 0) is True
