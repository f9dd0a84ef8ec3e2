"""Collapse of one Gaussian that is refitted to n of its own samples, exactly."""

from __future__ import annotations

import sympy


def variance_factor(samples: sympy.Expr) -> sympy.Expr:
    """1 − 1/n: the factor of E v in each round of maximum likelihood.

    Parameters
    ----------
    samples : Expr
        n ≥ 1.
    """
    return 1 - 1 / sympy.sympify(samples)


def log_variance_drift(samples: sympy.Expr) -> sympy.Expr:
    """E log(v'/v) = ψ((n − 1)/2) − log(n/2) < 0, since nv'/v has a χ² law with n − 1 degrees.

    The log-variances of the rounds are a random walk of this drift, so v tends to 0 almost surely [S+23].

    Parameters
    ----------
    samples : Expr
        n ≥ 2.

    Examples
    --------
    >>> log_variance_drift(sympy.Integer(3))
    -EulerGamma - log(3/2)
    """
    n = sympy.sympify(samples)
    return sympy.polygamma(0, (n - 1) / 2) - sympy.log(n / 2)


def log_variance_variance(samples: sympy.Expr) -> sympy.Expr:
    """Variance ψ′((n − 1)/2) of log(v'/v), one step of that random walk.

    Parameters
    ----------
    samples : Expr
        n ≥ 2.
    """
    return sympy.polygamma(1, (sympy.sympify(samples) - 1) / 2)
