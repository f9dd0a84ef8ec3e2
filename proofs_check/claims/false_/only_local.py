"""false.only-local: "backfire is a local matter: users never end below where no curation would leave them".

Refuted. One Gaussian with two groups of linear curators: the first group's alignment is the mean, which the
first group's strength β at first raises and then, because it spreads the law, hands over to the second
group, past its value at β = 0.

Shares 1/32 (tilt β) and 13/32 (tilt −1/2), real data N(1/4, 77/144) of share 9/16. At β = 0 the stable
equilibrium is N(1/186, 21/31), at β = 2 it is N(0, 1): R(2) = 0 < R(0) = 1/186.

Shares 1/50 (tilt β) and 47/150 (tilt −2/3), real data N(143/600, 65617/120000) of share 2/3: R(5/2) = 0 <
R(0) = 0.0204960241478449939772850712988….

In both examples the stable equilibrium exists for every strength in between and depends continuously on it:
4Γ(β)V < 1 (gaussian.user-groups) holds at both ends and Γ is convex in β.

What the statement says. For every such ecosystem with positive shares, strength and variances: if (m, v) is
stationary and stable at β and (m_0, v_0) at 0, then m ≥ m_0. In the second example v_0 is irrational; with
m_0 = M + k_0 v_0/a, k_0 < 0 and any x for which Γ_0x² − x + V ≤ 0, 2Γ_0x < 1 (so x ≥ v_0 for the stable
v_0), the claim implies m ≥ M + k_0x/a. Exact rational points refute both.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.relations import at_least, equal, less, negative, positive
from proofs_check.encoding.symbols import UNIT, Matrix, point, reals, variables
from proofs_check.statements.statement import Condition, SchurStable, Statement

_GROUPS = GaussianGroups(2)
_BEFORE = reals("m0 v0")
_ABOVE = reals("x")[0]


def claim() -> Claim:
    """The claim ``false.only-local``."""
    return Claim(
        id="false.only-local",
        title="Backfire is only local: curating more never ends below not curating",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: whatever the derivative, users end at least as well off at strength β as at strength 0. "
            "One Gaussian with two groups has R(2) = 0 < R(0) = 1/186, another R(5/2) = 0 < R(0) = 0.02049…"
        ),
        latex=r"\beta>0\;\not\Rightarrow\;R(\beta)\ge R(0)",
        hypotheses=(
            "One mean–variance Gaussian with real data (a > 0), two groups with linear rewards, K = ∞.",
            "The equilibria at β and at 0 are stable.",
        ),
        cases=(_both_rational(), _bounded_before()),
        scope="two groups with linear rewards on one Gaussian, all numbers free",
        expected=Expectation.REFUTED,
    )


def _without_first(expression: sympy.Expr) -> sympy.Expr:
    """At β = 0."""
    return expression.xreplace({_GROUPS.tilts[0]: sympy.Integer(0)})


def _at_strength() -> tuple[Condition, ...]:
    """Positive shares, strength and variances; (m, v) stationary and stable."""
    jacobian = Matrix(_GROUPS.step.jacobian(Matrix(_GROUPS.state)))
    return (
        *(positive(x) for x in (*_GROUPS.shares, _GROUPS.real_share, _GROUPS.tilts[0])),
        *(positive(x) for x in (_GROUPS.real_law[1], _GROUPS.state[1])),
        *(equal(x, g) for x, g in zip(_GROUPS.state, _GROUPS.step, strict=True)),
        SchurStable(jacobian),
    )


def _known(*values: int | str) -> dict[sympy.Symbol, int | str]:
    """w, t, M, V and the state N(0, 1)."""
    symbols = (*_GROUPS.shares, *_GROUPS.tilts, *_GROUPS.real_law, *_GROUPS.state)
    return dict(zip(symbols, (*values, 0, 1), strict=True))


def _case(
    name: str, extra: tuple[Condition, ...], conclusion: Condition, known: dict[sympy.Symbol, int | str]
) -> Case:
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*known, typical=UNIT),
            hypotheses=(*_at_strength(), *extra),
            conclusions=(conclusion,),
        ),
        witness=point(known),
        suspects=(point(known),),
    )


def _both_rational() -> Case:
    before = dict(zip(_GROUPS.state, _BEFORE, strict=True))
    step = Matrix([_without_first(g) for g in _GROUPS.step])
    extra: tuple[Condition, ...] = (
        positive(_BEFORE[1]),
        *(equal(x, g.xreplace(before)) for x, g in zip(_BEFORE, step, strict=True)),
        SchurStable(Matrix(step.jacobian(Matrix(_GROUPS.state)).xreplace(before))),
    )
    known = _known("1/32", "13/32", 2, "-1/2", "1/4", "77/144") | {_BEFORE[0]: "1/186", _BEFORE[1]: "21/31"}
    return _case("both equilibria rational", extra, at_least(_GROUPS.state[0], _BEFORE[0]), known)


def _bounded_before() -> Case:
    """x ≥ v_0, and k_0 < 0."""
    pull, spread = _without_first(_GROUPS.total_tilt), _without_first(_GROUPS.spread)
    real_mean, real_variance = _GROUPS.real_law
    extra = (
        negative(pull),
        positive(_ABOVE),
        at_least(_ABOVE, spread * _ABOVE**2 + real_variance),
        less(2 * spread * _ABOVE, 1),
    )
    known = _known("1/50", "47/150", "5/2", "-2/3", "143/600", "65617/120000") | {_ABOVE: "7/10"}
    bound = real_mean + pull * _ABOVE / _GROUPS.real_share
    return _case("a bound on the variance before", extra, at_least(_GROUPS.state[0], bound), known)
