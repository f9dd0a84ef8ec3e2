"""Parser of the expression language: text to exact SymPy, nothing executed.

Grammar, loosest first (``**`` binds tighter than a sign and associates to the right)::

    sum     = product (("+" | "-") product)*
    product = signed (("*" | "/") signed)*
    signed  = ("+" | "-")* power
    power   = atom ["**" signed]
    atom    = NUMBER | NAME | FUNCTION "(" sum ")" | "(" sum ")"
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import sympy
from flint import ctx

from theory.errors import InvalidInput
from theory.expressions import quantity
from theory.expressions.limits import MAX_BITS, MAX_DEPTH
from theory.expressions.quantity import Quantity, TooDeep, TooLarge
from theory.expressions.tokens import (
    CONSTANTS,
    FUNCTIONS,
    REWARD_VARIABLE_NAME,
    Token,
    TokenKind,
    decimal_literal,
    tokenize,
)
from theory.wording import describe, nearest

_LANGUAGE = (
    sympy.Add, sympy.Mul, sympy.Pow, sympy.Rational, sympy.Symbol,
    sympy.exp, sympy.log, sympy.sin, sympy.cos,
)  # fmt: skip
_NO_VALUES: Mapping[sympy.Symbol, sympy.Expr] = MappingProxyType({})


def parse(
    text: str,
    names: Mapping[str, sympy.Symbol],
    place: str = "",
    *,
    values: Mapping[sympy.Symbol, sympy.Expr] = _NO_VALUES,
    source: str = "",
) -> sympy.Expr:
    """The exact expression that `text` writes over the given names.

    Parameters
    ----------
    text : str
        An expression of the language.
    names : mapping of str to Symbol
        What may be named.
    place : str
        Where the text stands, for messages.
    values : mapping of Symbol to Expr, optional
        Values at which the expression must be defined and of bounded size.
    source : str
        The file it stands in, for messages.

    Raises
    ------
    InvalidInput
        When the text is outside the language or its limits, or undefined at `values`.

    Examples
    --------
    >>> lam = sympy.Symbol("lam", real=True)
    >>> parse("2/5 - lam**2", {"lam": lam})
    2/5 - lam**2
    >>> parse("10**10**10", {})
    Traceback (most recent call last):
    ...
    theory.errors.InvalidInput: expected an exponent of size at most 1000, found 10000000000
    """
    tokens = tokenize(text, place, source)
    try:
        with ctx.workprec(quantity.WORKING_BITS):
            formula = _Parser(tokens, names, values, place, source).whole()
    except TooLarge as problem:
        raise InvalidInput(
            expected=f"exact results of at most {MAX_BITS} bits",
            found=f"{problem} in {describe(text)}",
            place=place,
            source=source,
        ) from problem
    except (RecursionError, TooDeep) as problem:
        raise InvalidInput(
            expected="an expression whose functions nest less deeply",
            found=describe(text),
            place=place,
            source=source,
        ) from problem
    _require_language(formula, text, place, source)
    return formula


def _require_language(formula: sympy.Expr, text: str, place: str, source: str) -> None:
    for node in sympy.preorder_traversal(formula):
        if isinstance(node, _LANGUAGE) or node in (sympy.pi, sympy.E) or _is_distance(node):
            continue
        hint = ""
        if isinstance(node, sympy.Abs):
            hint = "only a reward's x has an absolute value (or root of a square): write the quantity itself"
        raise InvalidInput(
            expected="a real number built from + - * / ** exp log sqrt sin cos abs pi",
            found=f"{type(node).__name__} in {describe(text)}",
            place=place,
            source=source,
            hint=hint,
        )


def _is_distance(node: sympy.Basic) -> bool:
    """Whether this is the absolute value of something with a reward's variable."""
    names = (symbol.name for symbol in node.free_symbols)
    return isinstance(node, sympy.Abs) and any(REWARD_VARIABLE_NAME.fullmatch(name) for name in names)


class _Parser:
    """Recursive descent over the tokens; the depth of nesting is counted on the way down."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        names: Mapping[str, sympy.Symbol],
        values: Mapping[sympy.Symbol, sympy.Expr],
        place: str,
        source: str,
    ) -> None:
        self.tokens = tokens
        self.names = names
        self.values = values
        self.place = place
        self.source = source
        self.position = 0
        self.depth = 0

    def whole(self) -> sympy.Expr:
        result = self._sum()
        if self._next.kind is not TokenKind.END:
            raise self._unexpected("an operator or the end of the expression")
        return result.formula

    @property
    def _next(self) -> Token:
        return self.tokens[self.position]

    def _take(self, *operators: str) -> str | None:
        """The next token's text if it is one of these operators, which is then consumed."""
        token = self._next
        if token.kind is TokenKind.OPERATOR and token.text in operators:
            self.position += 1
            return token.text
        return None

    def _sum(self) -> Quantity:
        terms = [self._product()]
        while operator := self._take("+", "-"):
            term = self._product()
            terms.append(quantity.negate(term) if operator == "-" else term)
        return quantity.add(terms) if len(terms) > 1 else terms[0]

    def _product(self) -> Quantity:
        factors = [self._signed()]
        while operator := self._take("*", "/"):
            factor = self._signed()
            if operator == "/":
                factor = quantity.reciprocal(factor, self.place, self.source)
            factors.append(factor)
        return quantity.multiply(factors) if len(factors) > 1 else factors[0]

    def _signed(self) -> Quantity:
        negative = False
        while sign := self._take("+", "-"):
            negative ^= sign == "-"
        result = self._power()
        return quantity.negate(result) if negative else result

    def _power(self) -> Quantity:
        base = self._atom()
        if not self._take("**"):
            return base
        self._descend()
        exponent = self._signed()
        self.depth -= 1
        return quantity.power(base, exponent, self.place, self.source)

    def _atom(self) -> Quantity:
        token = self._next
        if token.kind is TokenKind.NUMBER:
            self.position += 1
            return quantity.number(*decimal_literal(token.text, self.place, self.source))
        if token.kind is TokenKind.NAME:
            self.position += 1
            return self._named(token)
        if self._take("("):
            return self._enclosed()
        raise self._unexpected("a number, a name or an opening parenthesis")

    def _named(self, token: Token) -> Quantity:
        name = token.text
        if name in FUNCTIONS:
            if not self._take("("):
                raise self._unexpected(f"an opening parenthesis after {name}")
            return quantity.apply(name, self._enclosed(), self.place, self.source)
        if name in CONSTANTS:
            return quantity.pi()
        symbol = self.names.get(name)
        if symbol is None:
            raise InvalidInput(
                expected="a declared parameter or a function of the language",
                found=str(token),
                place=self.place,
                source=self.source,
                hint=nearest(name, (*self.names, *FUNCTIONS, *CONSTANTS)),
            )
        return quantity.named(symbol, self.values)

    def _enclosed(self) -> Quantity:
        self._descend()
        inner = self._sum()
        self.depth -= 1
        if not self._take(")"):
            raise self._unexpected("an operator or a closing parenthesis")
        return inner

    def _descend(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise InvalidInput(
                expected=f"an expression of depth at most {MAX_DEPTH}",
                found=f"deeper nesting at column {self._next.column + 1}",
                place=self.place,
                source=self.source,
            )

    def _unexpected(self, expected: str) -> InvalidInput:
        return InvalidInput(expected=expected, found=str(self._next), place=self.place, source=self.source)
