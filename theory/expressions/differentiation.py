"""Derivatives of large sparse expressions, by many symbols in one pass."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sympy

Partials = dict[sympy.Symbol, sympy.Expr]


def partial_derivatives(expression: sympy.Expr, symbols: Collection[sympy.Symbol]) -> Partials:
    """∂f/∂s for each of `symbols` that f depends on; the others' derivatives are zero.

    One pass over the expression, instead of one for each symbol.

    Examples
    --------
    >>> x, y, z = sympy.symbols("x y z", real=True)
    >>> partial_derivatives(x * y**2 + 3 * x, (x, y, z))
    {x: y**2 + 3, y: 2*x*y}
    """
    return _Differentiation(symbols).of(expression)


def jacobian(
    expressions: Sequence[sympy.Expr], symbols: Sequence[sympy.Symbol]
) -> sympy.ImmutableDenseMatrix:
    """Matrix of ∂f_i/∂s_j, shape ``(len(expressions), len(symbols))``."""
    differentiation = _Differentiation(symbols)
    rows = [differentiation.of(expression) for expression in expressions]
    entries = [row.get(s, sympy.S.Zero) for row in rows for s in symbols]
    return sympy.ImmutableDenseMatrix(len(rows), len(symbols), entries)


class _Differentiation:
    """Forward differentiation that visits every distinct subexpression once."""

    def __init__(self, symbols: Collection[sympy.Symbol]) -> None:
        self.known: dict[sympy.Basic, Partials] = {s: {s: sympy.S.One} for s in symbols}
        self.symbols = frozenset(symbols)

    def of(self, root: sympy.Expr) -> Partials:
        pending = [(sympy.sympify(root), False)]
        while pending:
            node, children_done = pending.pop()
            if node in self.known:
                continue
            if not node.args:
                self.known[node] = {}
            elif children_done:
                self.known[node] = self._combine(node)
            else:
                pending.append((node, True))
                pending.extend((child, False) for child in node.args)
        return self.known[sympy.sympify(root)]

    def _combine(self, node: sympy.Expr) -> Partials:
        """Chain rule at one node, from its arguments' partial derivatives."""
        inner = [self.known[child] for child in node.args]
        collected: dict[sympy.Symbol, list[sympy.Expr]] = {}
        for k, partials in enumerate(inner):
            if not partials:
                continue
            outer = _outer_derivative(node, k)
            for symbol, derivative in partials.items():
                term = derivative if outer is sympy.S.One else outer * derivative
                collected.setdefault(symbol, []).append(term)
        ordered = sorted(collected, key=lambda s: s.name)
        return {s: sympy.Add(*collected[s]) for s in ordered}


def _outer_derivative(node: sympy.Expr, k: int) -> sympy.Expr:
    """Derivative of the function at the root of `node` by its k-th argument."""
    if isinstance(node, sympy.Add):
        return sympy.S.One
    if isinstance(node, sympy.Mul):
        return node.func(*node.args[:k], *node.args[k + 1 :])
    if isinstance(node, sympy.Pow):
        base, exponent = node.args
        return exponent * base ** (exponent - 1) if k == 0 else node * sympy.log(base)
    if isinstance(node, sympy.exp):
        return node
    if isinstance(node, sympy.Function):
        return node.fdiff(k + 1)
    raise TypeError(f"Expected a sum, product, power or function, got {type(node).__name__} {node}")
