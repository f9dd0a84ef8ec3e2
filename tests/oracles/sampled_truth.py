"""Truth of implications at sampled points, in mpmath at 60 digits; it shares no code with checker or engines.

Equations among the hypotheses are solved for one variable each, so that sampled points satisfy them.
"""

from __future__ import annotations

import mpmath
import sympy

from proofs_check.statements.statement import Comparison, Relation, SchurStable

CONTEXT = mpmath.mp.clone()
CONTEXT.dps = 60
TOLERANCE = CONTEXT.mpf(10) ** -40
TRIES = 4000


def condition_holds(condition, values):
    """True, False, or None where it is undefined or too close to call (equations: within the tolerance)."""
    try:
        if isinstance(condition, SchurStable):
            return stable([[number(entry, values) for entry in row] for row in condition.matrix.tolist()])
        left, right = (number(side, values) for side in condition.expressions)
    except (ZeroDivisionError, ValueError, TypeError, OverflowError):
        return None
    if not all(CONTEXT.isfinite(side) and CONTEXT.im(side) == 0 for side in (left, right)):
        return None
    difference = CONTEXT.re(left - right)
    near = abs(difference) <= TOLERANCE * (1 + abs(left) + abs(right))
    if condition.comparison is Comparison.EQUAL:
        return near
    if condition.comparison is Comparison.UNEQUAL:
        return not near
    if near:
        return None
    greater = condition.comparison in (Comparison.GREATER, Comparison.GREATER_EQUAL)
    return bool(difference > 0) is greater


def number(expression, values):
    """Value of an expression at 60 digits, by walking its tree."""
    if expression.is_Symbol:
        return values[expression]
    if expression.is_Rational:
        return CONTEXT.mpf(int(expression.p)) / int(expression.q)
    parts = [number(part, values) for part in expression.args]
    if expression.is_Add:
        return CONTEXT.fsum(parts)
    if expression.is_Mul:
        return CONTEXT.fprod(parts)
    if expression.is_Pow and expression.exp.is_Integer:
        return parts[0] ** int(expression.exp)
    if expression.is_Pow:
        return CONTEXT.sqrt(parts[0]) ** int(expression.exp * 2)
    return {sympy.exp: CONTEXT.exp, sympy.log: CONTEXT.log}[type(expression)](parts[0])


def stable(rows):
    """ρ < 1 by eigenvalues; None within 10⁻¹⁰ of the circle, for multiple roots are inexact."""
    radius = max(abs(root) for root in CONTEXT.eig(CONTEXT.matrix(rows), left=False, right=False))
    return None if abs(radius - 1) < CONTEXT.mpf(10) ** -10 else bool(radius < 1)


def sampled_points(case, random, wanted, *, near=True):
    """Points at which every hypothesis holds: around the witness, or anywhere in its bounds."""
    statement = case.statement
    solved = eliminated(statement)
    bounds = bounds_of(statement)
    others = [c for c in statement.hypotheses if not is_equation(c)]
    witness = {} if case.witness is None else {n: CONTEXT.mpf(int(v.p)) / int(v.q) for n, v in case.witness}
    found = []
    for _ in range(TRIES):
        spread = 10 ** random.uniform(-3, 0.5) if near and witness and random.random() < 0.6 else None
        part = random.choice((1, random.random()))
        values = {s: drawn(random, witness.get(s.name), spread, part, *bounds[s]) for s in statement.symbols}
        if fill(values, solved) and all(condition_holds(c, values) is True for c in others):
            found.append(values)
        if len(found) == wanted:
            break
    return found


def drawn(random, centre, spread, part, low, high):
    """Around a centre, or uniform within the lower part of the bounds; small fractions now and then."""
    if spread is not None:
        return centre + CONTEXT.mpf(random.gauss(0, spread))
    high = low + (high - low) * part
    if random.random() < 0.3:
        return low + (high - low) * random.randint(0, 12) / 12
    return low + (high - low) * CONTEXT.mpf(random.random())


def bounds_of(statement):
    """(low, high) of each variable as far as one-variable linear hypotheses tell, else −3 and 3."""
    found = {s: [None, None] for s in statement.symbols}
    for condition in statement.hypotheses:
        if not isinstance(condition, Relation):
            continue
        difference = condition.left - condition.right
        symbols = difference.free_symbols
        if len(symbols) != 1 or not difference.is_polynomial(*symbols):
            continue
        polynomial = sympy.Poly(difference, *symbols)
        if polynomial.degree() == 1 and condition.comparison not in (Comparison.EQUAL, Comparison.UNEQUAL):
            slope, rest = polynomial.all_coeffs()
            upward = condition.comparison in (Comparison.GREATER, Comparison.GREATER_EQUAL)
            found[next(iter(symbols))][int(upward is not bool(slope > 0))] = -rest / slope
    return {s: filled(low, high) for s, (low, high) in found.items()}


def filled(low, high):
    """A range of width 6 where a bound is missing."""
    low = low if low is not None else (-3 if high is None or high > -3 else high - 6)
    high = high if high is not None else low + 6
    return tuple(CONTEXT.mpf(int(sympy.Rational(b).p)) / int(sympy.Rational(b).q) for b in (low, high))


def is_equation(condition):
    """Whether it is an equation."""
    return isinstance(condition, Relation) and condition.comparison is Comparison.EQUAL


def eliminated(statement):
    """(variable, value) pairs that solve the equations, to be filled in from the last to the first."""
    left = [c.left - c.right for c in statement.hypotheses if is_equation(c)]
    solved = []
    while left:
        equation = sympy.numer(sympy.together(left.pop(0)))
        symbol, value = best_solution(equation)
        solved.append((symbol, value))
        left = [sympy.together(e.xreplace({symbol: value})) for e in left]
    return solved[::-1]


def best_solution(equation):
    """A variable in which the equation is linear, or else quadratic, and its value."""
    symbols = sorted(equation.free_symbols, key=str)
    degrees = {s: sympy.degree(equation, s) for s in symbols if equation.is_polynomial(s)}
    symbol = min(degrees, key=lambda s: (degrees[s], s.name))
    return symbol, sympy.solve(equation, symbol)[-1]


def fill(values, solved):
    """Complete the values by the solved variables; False where that leaves the real numbers."""
    for symbol, value in solved:
        try:
            found = number(value, values)
        except (ZeroDivisionError, KeyError):
            return False
        if CONTEXT.im(found) != 0 or not CONTEXT.isfinite(found):
            return False
        values[symbol] = CONTEXT.re(found)
    return True
