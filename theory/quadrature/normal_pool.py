"""Normal pool: what is kept of K standard normal numbers by weights e^{κu}, as one integral.

With r = e^{κu − s}, φ(s) = E[e^{−r}] and ψ_{n,j}(s) = E[u^n r^j e^{−r}],

    E[u_kept^n] = K ∫ φ^{K−1} ψ_{n,1} ds ,

because a/(a + Σ a_m) = a ∫_0^∞ e^{−v(a + Σ a_m)} dv with v = e^{−s}.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import sympy
from flint import arb

from theory.arithmetic.abstract import AbstractArithmetic
from theory.arithmetic.arrays import ArrayArithmetic
from theory.arithmetic.ball import BallArithmetic
from theory.arithmetic.high_precision import HighPrecisionArithmetic
from theory.arithmetic.program import AbstractSpecialFunction, Operation
from theory.errors import OutsideArithmetic
from theory.quadrature.pool_approximation import in_doubles, in_mpmath
from theory.quadrature.pool_grid import Factor
from theory.quadrature.pool_transforms import BallTransforms

Exprs = tuple[sympy.Expr, ...]


class normal_pool(AbstractSpecialFunction):  # noqa: N801 -- SymPy prints functions by their class name
    """∫ φ^m Π_i ψ_{n_i,j_i} ds, written ``normal_pool(m, ((n_1, j_1), …), κ)``; every j ≥ 1.

    Derivatives stay in the class: φ′ = −ψ_{1,1} and ψ_{n,j}′ = j ψ_{n+1,j} − ψ_{n+1,j+1}.

    Examples
    --------
    >>> kappa = sympy.Symbol("kappa", real=True)
    >>> normal_pool(2, ((1, 1),), kappa)
    normal_pool(2, ((1, 1),), kappa)
    >>> normal_pool(0, ((0, 1),), kappa).diff(kappa)
    normal_pool(0, ((1, 1),), kappa) - normal_pool(0, ((1, 2),), kappa)
    """

    @classmethod
    def eval(
        cls, exponent: sympy.Integer, factors: sympy.Tuple, decisiveness: sympy.Expr
    ) -> sympy.Expr | None:
        pairs = sorted((int(n), int(j)) for n, j in factors)
        if [tuple(map(int, f)) for f in factors] != pairs:
            return cls(exponent, sympy.Tuple(*(sympy.Tuple(*p) for p in pairs)), decisiveness)
        return _at_zero(int(exponent), pairs) if decisiveness == 0 else None

    @property
    def operands(self) -> Exprs:
        return (_Transforms(self.args[2]),)

    def fdiff(self, argindex: int = 3) -> sympy.Expr:
        if argindex != 3:
            raise sympy.ArgumentIndexError(self, argindex)
        exponent, factors, kappa = self.args
        terms = [-exponent * self.func(exponent - 1, (*factors, (1, 1)), kappa)] if exponent else []
        for k, (n, j) in enumerate(factors):
            others = (*factors[:k], *factors[k + 1 :])
            terms.append(j * self.func(exponent, (*others, (n + 1, j)), kappa))
            terms.append(-self.func(exponent, (*others, (n + 1, j + 1)), kappa))
        return sympy.Add(*terms)

    def _eval_derivative(self, symbol: sympy.Symbol) -> sympy.Expr:
        return self.fdiff() * self.args[2].diff(symbol)

    def operation(self) -> Operation:
        exponent, factors = int(self.args[0]), tuple((int(n), int(j)) for n, j in self.args[1])
        return lambda arithmetic, values: _value(arithmetic, exponent, factors, values[0])


class _Transforms(AbstractSpecialFunction):
    """What all pool integrals at one κ share: in balls the transforms for |κ|, elsewhere κ itself."""

    def operation(self) -> Operation:
        def run(arithmetic: AbstractArithmetic, values: Sequence[Any]) -> Any:
            (kappa,) = values
            if not isinstance(arithmetic, BallArithmetic) or kappa.is_zero():
                return kappa
            return kappa < 0, BallTransforms.of(-kappa if kappa < 0 else kappa, arithmetic.bits)

        return run


def pooled_moment(order: int, candidates: int, decisiveness: sympy.Expr) -> sympy.Expr:
    """E[u_kept^n] of what is kept of K standard normal numbers with weights e^{κu}."""
    return candidates * normal_pool(sympy.Integer(candidates - 1), ((order, 1),), decisiveness)


def _at_zero(exponent: int, factors: Sequence[Factor]) -> sympy.Expr:
    """At κ = 0, where r = e^{−s}: Π E[u^n] · Γ(J)/(m + L)^J with J = Σ j and L factors."""
    total = sum(j for _, j in factors)
    moments = [sympy.factorial2(n - 1) if n % 2 == 0 else sympy.S.Zero for n, _ in factors]
    return sympy.Mul(*moments) * sympy.gamma(total) / sympy.Integer(exponent + len(factors)) ** total


def _value(arithmetic: AbstractArithmetic, exponent: int, factors: Sequence[Factor], shared: Any) -> Any:
    odd = sum(n for n, _ in factors) % 2
    if isinstance(arithmetic, BallArithmetic):
        return _enclosed(arithmetic, exponent, factors, shared)
    zero = _at_zero(exponent, factors)
    if isinstance(arithmetic, HighPrecisionArithmetic):
        mp = arithmetic.context
        if shared == 0:
            return mp.mpf(int(zero.p)) / int(zero.q)
        return (-1 if odd and shared < 0 else 1) * in_mpmath(mp, abs(shared), exponent, factors)
    if isinstance(arithmetic, ArrayArithmetic):
        flat = np.ravel(np.asarray(shared, dtype=float))
        found = [
            float(zero) if k == 0 else (-1 if odd and k < 0 else 1) * in_doubles(abs(k), exponent, factors)
            for k in flat.tolist()
        ]
        return np.array(found).reshape(np.shape(shared))[()]
    raise OutsideArithmetic("Expected a rational number, got an integral: use balls instead")


def _enclosed(arithmetic: BallArithmetic, exponent: int, factors: Sequence[Factor], shared: Any) -> arb:
    if isinstance(shared, arb):
        zero = _at_zero(exponent, factors)
        return arithmetic.rational(int(zero.p), int(zero.q))
    negative, transforms = shared
    if transforms is None:
        return arb.nan()
    value: arb = transforms.integral(exponent, factors)
    return -value if negative and sum(n for n, _ in factors) % 2 else value
