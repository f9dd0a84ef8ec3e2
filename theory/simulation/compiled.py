"""Expressions as functions of arrays in double precision."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import sympy

from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.program import Program
from theory.exponential_family.sampling import Floats

ArrayFunction = Callable[[Floats], Floats]


def array_function(expressions: Sequence[sympy.Expr], inputs: Sequence[sympy.Symbol]) -> ArrayFunction:
    """The expressions as a function from inputs, shape ``(len(inputs), m)``, to values, shape ``(k, m)``.

    Outside an expression's domain its value is NaN or infinite, without a warning.

    Examples
    --------
    >>> x = sympy.Symbol("x", real=True)
    >>> array_function([x + 1, sympy.S(2)], [x])(np.array([[0.0, 1.0]]))
    array([[1., 2.],
           [2., 2.]])
    """
    with np.errstate(all="ignore"):
        run = Program.compile(expressions, inputs).bind(ArrayArithmetic())

    def values(at: Floats) -> Floats:
        with np.errstate(all="ignore"):
            rows = run(list(at))
        if len(rows) == 1 and np.shape(rows[0]) == at.shape[1:]:
            alone: Floats = np.asarray(rows[0])[None]
            return alone
        found: Floats = np.empty((len(rows), *at.shape[1:]))
        for k, row in enumerate(rows):
            found[k] = row
        return found

    return values


def numbers(expressions: Sequence[sympy.Expr]) -> Floats:
    """Values of closed expressions, shape ``(k,)``."""
    return array_function(expressions, ())(np.empty((0, 1)))[:, 0]
