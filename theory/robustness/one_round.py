"""One round: how far a quantity moves from its value at the start, as a function of φ alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import final

import sympy
from flint import arb, ctx, fmpq

from theory.arithmetic.program import AbstractSpecialFunction, Program
from theory.equilibrium.exact import to_sympy
from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.problem import ball_values
from theory.exponential_family.family import Exprs
from theory.expressions.differentiation import partial_derivatives
from theory.robustness.adversarial import AdversarialEcosystem
from theory.robustness.course import AbstractTrace
from theory.robustness.measures import Measure, weight_read
from theory.update_map import UpdateMap, state_symbols

_PARTS = 64
_BITS = 128
_LARGEST_GAIN = 2000
_LARGEST_FORMULA = 60
"""Number of operations beyond which a threshold is not written as a formula."""


@final
@dataclass(frozen=True, kw_only=True)
class RoundTrace(AbstractTrace):
    """What a quantity gains in the first round from the start.

    Parameters
    ----------
    share : Symbol
        φ.
    gain : Expr
        f(φ), over φ alone.
    conditions : tuple of Expr
        Must be > 0 for all φ in [0, 1], over φ alone.
    derivative : Expr or None
        f′(φ); None to differentiate `gain`.
    """

    share: sympy.Symbol
    gain: sympy.Expr
    conditions: tuple[sympy.Expr, ...] = ()
    derivative: sympy.Expr | None = None

    @cached_property
    def _gain(self) -> Program:
        return Program.compile([self.gain], [self.share])

    @cached_property
    def _slope_expression(self) -> sympy.Expr:
        if self.derivative is not None:
            return self.derivative
        return partial_derivatives(self.gain, [self.share]).get(self.share, sympy.S.Zero)

    @cached_property
    def _slope(self) -> Program:
        return Program.compile([self._slope_expression], [self.share])

    @property
    def mentions_share(self) -> bool:
        """Whether φ occurs in the gain."""
        return self.share in self.gain.free_symbols

    @property
    def is_constant(self) -> bool:
        return _proved_zero(self._slope_expression)

    def value(self, share: arb, bits: int) -> arb:
        return ball_values(self._gain, (share,), bits)[0]

    def slope(self, share: arb, bits: int) -> arb:
        return ball_values(self._slope, (share,), bits)[0]

    def vanishes(self, share: fmpq) -> bool:
        return _proved_zero(self.gain.xreplace({self.share: to_sympy(share)}))

    def exists(self) -> bool:
        """Whether every choice and every mean is proved to exist at every share.

        An exact number outside a formula's real domain makes it one that no arithmetic knows.
        """
        try:
            program = Program.compile((*self.conditions, self.gain, self._slope_expression), [self.share])
        except TypeError:
            return False
        strict = len(self.conditions)
        with ctx.workprec(_BITS):
            for k in range(_PARTS if self._vary else 1):
                span = arb(fmpq(k, _PARTS)).union(arb(fmpq(k + 1, _PARTS)))
                if not all(v > 0 for v in ball_values(program, (span,), _BITS)[:strict]):
                    return False
        return True

    @property
    def _vary(self) -> bool:
        return any(self.share in c.free_symbols for c in self.conditions)


def round_trace(adversarial: AdversarialEcosystem, update_map: UpdateMap, measure: Measure) -> RoundTrace:
    """The gain of a measure of a model's state in the first round from the start.

    Parameters
    ----------
    adversarial : AdversarialEcosystem
    update_map : UpdateMap
        That of the adversarial ecosystem.
    measure : Measure
    """
    start = dict(zip(update_map.state, update_map.start, strict=True))
    rules = dict(zip(update_map.state, update_map.step, strict=True))
    after = tuple(rules[s].xreplace(start) for s in measure.state)
    before, then = measure.at(tuple(start[s] for s in measure.state)), measure.at(after)
    return _trace(
        adversarial,
        update_map,
        then.value - before.value,
        [*(d.xreplace(start) for d in update_map.domain), *before.domain, *then.domain],
        derivative=_by_the_chain_rule(adversarial.share, rules, start, measure, after),
    )


def _by_the_chain_rule(
    share: sympy.Symbol,
    rules: dict[sympy.Symbol, sympy.Expr],
    start: dict[sympy.Symbol, sympy.Expr],
    measure: Measure,
    after: Exprs,
) -> sympy.Expr:
    """Derivative of the measure after the round, each factor differentiated over plain symbols."""
    gradient = partial_derivatives(measure.value, measure.state)
    there = dict(zip(measure.state, after, strict=True))
    terms = []
    for symbol, slope in gradient.items():
        moved = partial_derivatives(rules[symbol], [share]).get(share, sympy.S.Zero)
        terms.append(slope.xreplace(there) * moved.xreplace(start))
    return sympy.Add(*terms)


def read_trace(adversarial: AdversarialEcosystem, update_map: UpdateMap, model: str) -> RoundTrace | None:
    """The gain of the expected weight in what a model reads in the first round; None without a formula.

    Parameters
    ----------
    adversarial : AdversarialEcosystem
    update_map : UpdateMap
        That of the adversarial ecosystem.
    model : str
    """
    ecosystem = adversarial.ecosystem
    start = dict(zip(update_map.state, update_map.start, strict=True))
    states = {m.name: tuple(start[s] for s in state_symbols(m)) for m in ecosystem.models}
    found = None if ecosystem.order else weight_read(ecosystem, ecosystem.model(model), states)
    if found is None:
        return None
    read, own = found
    domain = [*(d.xreplace(start) for d in update_map.domain), *read.domain, *own.domain]
    return _trace(adversarial, update_map, read.value - own.value, domain)


def threshold_formula(trace: RoundTrace, share: arb, bits: int) -> sympy.Expr | None:
    """The zero of the gain inside a ball in closed form, where the gain is a polynomial of degree 1 or 2.

    Parameters
    ----------
    trace : RoundTrace
    share : arb
        Contains exactly one zero of the gain.
    bits : int
        Working precision.

    Examples
    --------
    >>> phi = sympy.Symbol("phi", real=True)
    >>> trace = RoundTrace(share=phi, gain=1 - 2 * phi**2)
    >>> threshold_formula(trace, arb("0.70710678118 +/- 1e-9"), 128)
    sqrt(2)/2
    """
    if not _is_short(trace.gain):
        return None
    gain = sympy.expand(trace.gain)
    if not gain.is_polynomial(trace.share):
        return None
    terms = sympy.collect(gain, trace.share, evaluate=False)
    degree = max((int(p.as_base_exp()[1]) for p in terms if p != 1), default=0)
    if degree not in (1, 2):
        return None
    found = _roots([terms.get(trace.share**k, sympy.S.Zero) for k in range(degree, -1, -1)])
    roots = [_tidied(root) for root in found if root.count_ops() <= _LARGEST_FORMULA]
    with ctx.workprec(bits):
        values = [ball_values(Program.compile([root], ()), (), bits)[0] for root in roots]
        inside = [root for root, value in zip(roots, values, strict=True) if value.overlaps(share)]
    return inside[0] if len(inside) == 1 else None


def _trace(
    adversarial: AdversarialEcosystem,
    update_map: UpdateMap,
    gain: sympy.Expr,
    conditions: Sequence[sympy.Expr],
    derivative: sympy.Expr | None = None,
) -> RoundTrace:
    values = dict(update_map.values)
    moved = tuple(dict.fromkeys(c.xreplace(values) for c in conditions))
    return RoundTrace(
        share=adversarial.share,
        gain=gain.xreplace(values),
        conditions=tuple(c for c in moved if c.is_positive is not True),
        derivative=None if derivative is None else derivative.xreplace(values),
    )


def _roots(coefficients: list[sympy.Expr]) -> list[sympy.Expr]:
    """Roots of a polynomial of degree 1 or 2."""
    if len(coefficients) == 2:
        slope, constant = coefficients
        return [-constant / slope]
    square, slope, constant = coefficients
    root = sympy.sqrt(sympy.expand(slope**2 - 4 * square * constant))
    return [(-slope + sign * root) / (2 * square) for sign in (1, -1)]


def _tidied(root: sympy.Expr) -> sympy.Expr:
    """In the language of ecosystem files, which has no hyperbolic functions."""
    return sympy.simplify(root).rewrite(sympy.exp)


def _proved_zero(expression: sympy.Expr) -> bool:
    """Whether an expression is proved to vanish; long ones with special functions are not tried."""
    return expression == 0 or (_is_short(expression) and is_identically_zero(expression))


def _is_short(expression: sympy.Expr) -> bool:
    return not expression.has(AbstractSpecialFunction) and expression.count_ops() <= _LARGEST_GAIN
