"""Statement: a universally quantified implication as data, with every domain explicit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

import sympy
from sympy.core.numbers import Exp1, Pi


class Comparison(Enum):
    """How the two sides of a relation compare."""

    EQUAL = "="
    UNEQUAL = "!="
    LESS = "<"
    LESS_EQUAL = "<="
    GREATER = ">"
    GREATER_EQUAL = ">="


@dataclass(frozen=True)
class Relation:
    """``left comparison right`` between exact expressions; defined where every divisor is nonzero.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> str(Relation(x**2, Comparison.GREATER_EQUAL, sympy.S.Zero))
    'x**2 >= 0'
    """

    left: sympy.Expr
    comparison: Comparison
    right: sympy.Expr

    def __str__(self) -> str:
        return f"{self.left} {self.comparison.value} {self.right}"

    @property
    def expressions(self) -> tuple[sympy.Expr, ...]:
        """Both sides."""
        return (self.left, self.right)


@dataclass(frozen=True)
class SchurStable:
    """All eigenvalues of a square matrix of expressions lie inside the unit circle: ρ < 1."""

    matrix: sympy.ImmutableDenseMatrix

    def __str__(self) -> str:
        return f"spectral radius of {self.matrix.tolist()} < 1"

    @property
    def expressions(self) -> tuple[sympy.Expr, ...]:
        """The entries, row by row."""
        return tuple(self.matrix)


Condition = Relation | SchurStable


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A real variable of a statement.

    `typical` is a range worth sampling; it restricts nothing: bounds are hypotheses.
    """

    symbol: sympy.Symbol
    typical: tuple[sympy.Rational, sympy.Rational] = (sympy.Rational(-3), sympy.Rational(3))


@dataclass(frozen=True, kw_only=True)
class Statement:
    """For all real `variables`: if every hypothesis holds then every conclusion holds.

    A hypothesis holds at a point only where it is defined; a conclusion's divisors must be
    nonzero by the hypotheses, or the statement cannot be proved.

    Parameters
    ----------
    variables : tuple of Variable
        All free symbols, plain ``real=True`` symbols.
    hypotheses, conclusions : tuple of Condition
        Conjunctions of relations over ``+ - * /``, integer powers, square roots, ``exp``, ``log``,
        ``sin``, ``cos`` and π.

    Raises
    ------
    ValueError
        On a free symbol that is not a variable, a symbol with other assumptions than
        ``real=True``, a float, another function, a matrix that is not square, or no conclusion.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> square = Relation(x**2, Comparison.GREATER_EQUAL, sympy.S.Zero)
    >>> Statement(variables=(Variable(symbol=x),), hypotheses=(), conclusions=(square,)).symbols
    (x,)
    """

    variables: tuple[Variable, ...]
    hypotheses: tuple[Condition, ...]
    conclusions: tuple[Condition, ...]

    def __post_init__(self) -> None:
        require_plain_symbols(self.symbols)
        if not self.conclusions:
            raise ValueError("Expected at least one conclusion, got none")
        for condition in (*self.hypotheses, *self.conclusions):
            require_condition(condition, self.symbols)

    @property
    def symbols(self) -> tuple[sympy.Symbol, ...]:
        """The variables' symbols, in order."""
        return tuple(variable.symbol for variable in self.variables)


def require_condition(condition: Condition, symbols: tuple[sympy.Symbol, ...]) -> None:
    """Refuse a condition that is not made of exact expressions over `symbols`."""
    if isinstance(condition, SchurStable):
        rows, columns = condition.matrix.shape
        if rows != columns or rows == 0:
            raise ValueError(f"Expected a square matrix, got shape {condition.matrix.shape}")
    require_exact(condition.expressions, symbols)


def require_plain_symbols(symbols: Iterable[sympy.Symbol]) -> None:
    """Refuse symbols with hidden assumptions and repeated names."""
    seen: set[str] = set()
    for symbol in symbols:
        if not isinstance(symbol, sympy.Symbol) or symbol != sympy.Symbol(symbol.name, real=True):
            raise ValueError(
                f"Expected a symbol with real=True only, got {symbol}: state every bound as a hypothesis"
            )
        if symbol.name in seen:
            raise ValueError(f"Expected distinct variables, got {symbol.name} twice")
        seen.add(symbol.name)


def require_exact(expressions: Iterable[sympy.Expr], symbols: tuple[sympy.Symbol, ...]) -> None:
    """Refuse floats, unknown functions and free symbols that are not among `symbols`."""
    for expression in expressions:
        if not isinstance(expression, sympy.Expr):
            raise ValueError(  # noqa: TRY004  (one kind of error for every bad statement)
                f"Expected an exact SymPy expression, got {expression!r}"
            )
        for node in _nodes(expression):
            if isinstance(node, sympy.Symbol) and node not in symbols:
                raise ValueError(f"Expected only the declared variables, got the free symbol {node}")
            if not _is_allowed(node):
                raise ValueError(
                    f"Expected + - * /, integer powers, sqrt, exp, log, sin, cos, pi and exact "
                    f"numbers, got {type(node).__name__} {node}"
                )


def _nodes(expression: sympy.Expr) -> Iterator[sympy.Basic]:
    """Every distinct subexpression once."""
    pending: list[sympy.Basic] = [expression]
    seen: set[sympy.Basic] = set()
    while pending:
        node = pending.pop()
        if node not in seen:
            seen.add(node)
            yield node
            pending.extend(node.args)


def _is_allowed(node: sympy.Basic) -> bool:
    if isinstance(node, sympy.Pow):
        exponent = node.exp
        return isinstance(exponent, sympy.Rational) and exponent.q in (1, 2)
    kinds = (sympy.Rational, sympy.Symbol, sympy.Add, sympy.Mul, Pi, Exp1)
    return isinstance(node, kinds) or type(node) in (sympy.exp, sympy.log, sympy.sin, sympy.cos)
