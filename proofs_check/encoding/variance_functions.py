"""Variance functions V(μ) of one-parameter families with T = x: A″(θ) written in the mean A′(θ).

The tilt by e^{bx} takes θ to θ + b; so a tilted mean ν moves by dν/dθ = V(ν), and the refitted θ(μ) by
dθ/dμ = 1/V(μ).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from proofs_check.encoding.symbols import Matrix, column, real, reals

THETA = real("theta")
SIZE, SPREAD = reals("n s")


@dataclass(frozen=True)
class NaturalFamily:
    """A family by its log-partition in θ, with the variance function that it is said to have.

    Parameters
    ----------
    name : str
    log_partition : Expr
        A, in `THETA`.
    coefficients : tuple of Expr
        v_0, v_1, v_2 of V(μ) = v_0 + v_1 μ + v_2 μ².
    positive : tuple of Expr
        In `THETA`: > 0 exactly where the family is defined.
    """

    name: str
    log_partition: sympy.Expr
    coefficients: tuple[sympy.Expr, sympy.Expr, sympy.Expr]
    positive: tuple[sympy.Expr, ...] = ()

    @property
    def mean(self) -> sympy.Expr:
        """A′(θ)."""
        return self.log_partition.diff(THETA)

    @property
    def variance(self) -> sympy.Expr:
        """A″(θ)."""
        return self.mean.diff(THETA)


def at_natural(expression: sympy.Expr, *parts: sympy.Symbol) -> sympy.Expr:
    """An expression in `THETA` at θ = the sum of the parts, in each part's exponential, cosine and sine.

    Those of a part b are the symbols exp_b, cos_b and sin_b.

    Examples
    --------
    >>> at_natural(sympy.exp(2 * THETA), real("b"), real("c"))
    exp_b**2*exp_c**2
    """
    moved = sympy.expand_trig(expression.subs(THETA, sympy.Add(*parts)))
    circle = {f(part): real(f"{f.__name__}_{part}") for part in parts for f in (sympy.cos, sympy.sin)}

    def product(exponent: sympy.Expr) -> sympy.Expr:
        return sympy.Mul(*(real(f"exp_{part}") ** exponent.coeff(part) for part in parts))

    return moved.xreplace(circle).replace(sympy.exp, lambda exponent: product(sympy.expand(exponent)))


def quadratic(coefficients: tuple[sympy.Expr, ...], mean: sympy.Expr) -> sympy.Expr:
    """v_0 + v_1 μ + v_2 μ²."""
    return sympy.Add(*(v * mean**k for k, v in enumerate(coefficients)))


def concave_families() -> tuple[NaturalFamily, ...]:
    """Bernoulli, binomial of n, Poisson, and the Gaussian of variance s."""
    zero, one = sympy.Integer(0), sympy.Integer(1)
    odds = 1 + sympy.exp(THETA)
    return (
        NaturalFamily("Bernoulli", sympy.log(odds), (zero, one, -one), (odds,)),
        NaturalFamily("binomial", SIZE * sympy.log(odds), (zero, one, -1 / SIZE), (odds,)),
        NaturalFamily("Poisson", sympy.exp(THETA), (zero, one, zero)),
        NaturalFamily("Gaussian", SPREAD * THETA**2 / 2, (SPREAD, zero, zero)),
    )


def convex_families() -> tuple[NaturalFamily, ...]:
    """Gamma of shape n, negative binomial of n, and the generalised hyperbolic secant law of n."""
    zero, one = sympy.Integer(0), sympy.Integer(1)
    rest = 1 - sympy.exp(THETA)
    return (
        NaturalFamily("gamma", -SIZE * sympy.log(-THETA), (zero, zero, 1 / SIZE), (-THETA,)),
        NaturalFamily("negative binomial", -SIZE * sympy.log(rest), (zero, one, 1 / SIZE), (rest,)),
        NaturalFamily(
            "hyperbolic secant",
            -SIZE * sympy.log(sympy.cos(THETA)),
            (SIZE, zero, 1 / SIZE),
            (sympy.cos(THETA),),
        ),
    )


@dataclass(frozen=True)
class MixedMeans:
    """A refitted mean: real data of mean m and share a = 1 − Σ w_k, and streams of tilted mean ν_k.

    Parameters
    ----------
    streams : int
        How many, at least 1.
    """

    streams: int

    @cached_property
    def shares(self) -> Matrix:
        """w_1, w_2, and so on."""
        return column("w", self.streams)

    @cached_property
    def tilted(self) -> Matrix:
        """ν_1, ν_2, and so on."""
        return column("nu", self.streams)

    @cached_property
    def real_mean(self) -> sympy.Symbol:
        """m."""
        return real("m")

    @cached_property
    def real_share(self) -> sympy.Expr:
        """a = 1 − Σ w_k."""
        return 1 - sympy.Add(*self.shares)

    @cached_property
    def mean(self) -> sympy.Expr:
        """μ' = am + Σ w_k ν_k."""
        return self.real_share * self.real_mean + self.weighted(self.tilted)

    def weighted(self, values: Matrix) -> sympy.Expr:
        """Σ w_k · value_k."""
        return (self.shares.T * values)[0, 0]
