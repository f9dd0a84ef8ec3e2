"""Rewards in logarithms, cosines, sines and reciprocals of the sample."""

from __future__ import annotations

import pytest
import sympy

from theory.errors import InvalidInput
from theory.exact_input import ExactInput

X = sympy.Symbol("x", real=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2*(log(x) - 1)", 2 * sympy.log(X) - 2),
        ("log(1 - x)/2", sympy.log(1 - X) / 2),
        ("(cos(x) + sin(x))**2", sympy.cos(X) ** 2 + 2 * sympy.cos(X) * sympy.sin(X) + sympy.sin(X) ** 2),
        ("3/x + x", 3 / X + X),
        ("2*sqrt(x) - 1/x**2", 2 * sympy.sqrt(X) - X**-2),
        ("(x + 1)**2", X**2 + 2 * X + 1),
    ],
)
def test_functions_of_the_sample_are_read(text, expected):
    assert ExactInput().reward(text, "reward", (X,)) == expected


@pytest.mark.parametrize("text", ["exp(x)", "log(2*x)", "cos(2*x)", "1/(1 + x)", "sqrt(1 + x)", "x*exp(x)"])
def test_other_functions_are_refused(text):
    with pytest.raises(InvalidInput):
        ExactInput().reward(text, "reward", (X,))
