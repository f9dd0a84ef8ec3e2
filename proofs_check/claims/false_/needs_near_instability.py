"""false.needs-near-instability: "backfire happens only close to instability".

Refuted by `two-targets.toml`. One Gaussian, two groups of users with the rewards −(x − 3)²/2 (share 1/50,
strength 2) and −(x + 1)²/2 (share 1/2, strength 1), real data N(7/16, 2143/2304) of share 12/25. At the
equilibrium N(0, 1), ρ(J) = 0.4409…, half-way from the boundary, and the first group's alignment R = −((m −
3)² + v)/2 changes by −1426/265283 per unit of its strength.

What the statement says. For every ecosystem with these shares and targets, the strengths free and positive,
and real data that make N(0, 1) stationary: if the law is stationary with ρ(J) < 9/20
and the moves solve (I − J)dx = ∂G/∂β, then
dR/dβ ≥ 0. The refutation is one exact rational point.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import Matrix, reals
from proofs_check.statements.statement import Condition, SchurStable

_SHARES, _STRENGTHS, _TARGETS = reals("w1 w2"), reals("b1 b2"), reals("c1 c2")
_RADIUS = sympy.Rational(9, 20)


def network() -> GaussianNetwork:
    """One Gaussian with two groups of quadratic curators."""
    return GaussianNetwork(
        1,
        tuple(
            Link(reader=1, producer=1, share=w, tilt=b, target=c)
            for w, b, c in zip(_SHARES, _STRENGTHS, _TARGETS, strict=True)
        ),
    )


def claim() -> Claim:
    """The claim ``false.needs-near-instability``."""
    return Claim(
        id="false.needs-near-instability",
        title="Backfire happens only close to instability",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if ρ(J) < 9/20, users never lose by choosing more strongly. "
            "two-targets.toml has ρ(J) = 0.4409 and dR/dβ = −1426/265283."
        ),
        latex=r"\rho(J)<\tfrac{9}{20}\;\not\Rightarrow\;\frac{dR}{d\beta}\ge 0",
        hypotheses=(
            "One mean–variance Gaussian with real data, two groups with quadratic rewards, K = ∞.",
            "ρ(J) < 9/20.",
        ),
        cases=(_case(),),
        scope="two groups with quadratic rewards on one Gaussian, both strengths free",
        expected=Expectation.REFUTED,
    )


def alignment(model: GaussianNetwork) -> sympy.Expr:
    """R = E r of the first group."""
    mean, variance = model.state
    return -((mean - _TARGETS[0]) ** 2 + variance) / 2


def _case() -> Case:
    model = network()
    values = dict(zip((*_SHARES, *_STRENGTHS, *_TARGETS), ("1/50", "1/2", 2, 1, 3, -1), strict=True)) | dict(
        zip(model.state, (0, 1), strict=True)
    )
    far = SchurStable(Matrix(model.jacobian / _RADIUS))
    extra: tuple[Condition, ...] = (*(positive(b) for b in _STRENGTHS), far)
    return model.never_lowers(
        "two quadratic groups", _STRENGTHS[0], alignment(model), values, extra=extra, free=_STRENGTHS
    )
