"""Canonical form: statements as JSON that neither SymPy nor this project is needed to read."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import sympy
from sympy.core.numbers import Exp1, Pi

from proofs_check.checker.terms import STATEMENT_SCHEMA, digest
from proofs_check.statements.experiment import Experiment
from proofs_check.statements.limit_statement import Behaviour, LimitStatement
from proofs_check.statements.statement import Condition, SchurStable, Statement

_FUNCTIONS = {sympy.exp: "exp", sympy.log: "log", sympy.sin: "sin", sympy.cos: "cos"}


def encode_statement(statement: Statement | Experiment | LimitStatement) -> dict[str, Any]:
    """`statement` as JSON data.

    Expressions become prefix trees with exact numbers as strings, sums and products sorted by their
    text.  Ranges worth sampling are left out: they restrict nothing.
    """
    if isinstance(statement, Statement):
        return {
            "schema": STATEMENT_SCHEMA,
            "variables": [symbol.name for symbol in statement.symbols],
            "hypotheses": [_encode_condition(condition) for condition in statement.hypotheses],
            "conclusions": [_encode_condition(condition) for condition in statement.conclusions],
        }
    if isinstance(statement, LimitStatement):
        return _encode_limit(statement)
    return {
        "schema": "backfire.experiment/1",
        "name": statement.name,
        "samples": statement.samples,
        "source": _source_digest(statement.strategy) + _source_digest(statement.predicate),
    }


def statement_hash(statement: Statement | Experiment | LimitStatement) -> str:
    """SHA-256 of the encoded statement: what ties evidence to it."""
    return digest(encode_statement(statement))


def encode_expression(expression: sympy.Expr) -> Any:
    """An exact expression as a prefix tree.

    Raises
    ------
    ValueError
        On anything but ``+ - * /``, integer powers, square roots, ``exp``, ``log``, ``sin``, ``cos``, π.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> encode_expression(x / 2 - sympy.sqrt(x))
    ['+', ['*', '-1', ['sqrt', 'x']], ['*', '1/2', 'x']]
    """
    return _encode(expression)


@lru_cache(maxsize=100_000)
def _encode(node: sympy.Basic) -> Any:
    if isinstance(node, sympy.Rational):
        return str(node.p) if node.q == 1 else f"{node.p}/{node.q}"
    if isinstance(node, sympy.Symbol):
        return node.name
    if isinstance(node, Pi):
        return ["pi"]
    if isinstance(node, Exp1):
        return ["exp", "1"]
    if isinstance(node, sympy.Add | sympy.Mul):
        head = "+" if isinstance(node, sympy.Add) else "*"
        return [head, *sorted((_encode(argument) for argument in node.args), key=_text)]
    if isinstance(node, sympy.Pow):
        return _encode_power(node)
    if type(node) in _FUNCTIONS:
        return [_FUNCTIONS[type(node)], _encode(node.args[0])]
    raise ValueError(f"Expected an exact expression of known functions, got {type(node).__name__} {node}")


def _encode_power(node: sympy.Pow) -> Any:
    base, exponent = node.args
    if isinstance(exponent, sympy.Rational) and exponent.q in (1, 2):
        inner = _encode(base) if exponent.q == 1 else ["sqrt", _encode(base)]
        return inner if exponent.p == 1 else ["^", inner, int(exponent.p)]
    raise ValueError(f"Expected an integer power or a square root, got {node}")


def _encode_condition(condition: Condition) -> dict[str, Any]:
    if isinstance(condition, SchurStable):
        return {"schur_stable": [[_encode(entry) for entry in row] for row in condition.matrix.tolist()]}
    return {
        "left": _encode(condition.left),
        "is": condition.comparison.value,
        "right": _encode(condition.right),
    }


def _encode_limit(statement: LimitStatement) -> dict[str, Any]:
    converges = statement.behaviour is Behaviour.CONVERGES
    return {
        "schema": "backfire.limit/1",
        "variables": [symbol.name for symbol in statement.variables],
        "step": [_encode(expression) for expression in statement.step],
        "start": [_encode(expression) for expression in statement.start],
        "limit": [_encode(expression) for expression in statement.limit],
        "rate": None if statement.rate is None else _encode(statement.rate),
        **({} if converges else {"behaviour": statement.behaviour.value}),
    }


def _source_digest(function: Callable[..., Any]) -> str:
    """Digest of the whole file that holds `function`: any edit there makes evidence stale."""
    return digest(Path(inspect.getfile(function)).read_text(encoding="utf-8"))


def _text(tree: Any) -> str:
    return json.dumps(tree, ensure_ascii=True)
