"""false.single-model-is-safe: "a single model's users never lose by choosing more strongly".

Refuted. Two groups of users curating one Gaussian are enough.

Two opposed groups (`user-groups.toml`): real data N(5/18, 44/81) with share 1/2, shares 1/6 and 1/3 curated
with tilts 1/2 and −2/3. At the equilibrium N(0, 1), J = [[1/2, −5/36], [−5/18, 8/9]], ρ(J) = 26/27, and
d(mean)/d(tilt 1) = −1/7: the stronger first tilt spreads the law, which the second group's tilt,
proportional to the variance, turns into a larger shift against the first.

Two targets (`two-targets.toml`): rewards −(x − 3)²/2 at strength 2 and −(x + 1)²/2 at strength 1, shares
1/50 and 1/2, real data N(7/16, 2143/2304) with share 12/25. At the equilibrium N(0, 1), ρ(J) = 0.4409…, the
first group's alignment changes by −1426/265283 per unit of its strength.

What the statement says. For every such ecosystem (each a family with all its numbers free): if (m, v) is
stationary and stable, the variances, shares and strengths are positive, and (dm, dv) solves (I − J)(dm, dv)
= ∂G/∂τ, then dR/dτ ≥ 0. The refutation is one exact rational point at which every hypothesis holds and the
conclusion fails.
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.equilibrium import KnobAtEquilibrium
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.relations import at_least, equal, positive
from proofs_check.encoding.symbols import Matrix, column, reals, variables
from proofs_check.statement import Statement

_REAL_SHARE, _REAL_MEAN, _REAL_VARIANCE = reals("a M V")
_MEAN, _VARIANCE = reals("m v")
_SHARES = column("w", 2)
_REAL = GaussianStream(_REAL_SHARE, _REAL_MEAN, _REAL_VARIANCE)


def claim() -> Claim:
    """The claim ``false.single-model-is-safe``."""
    return Claim(
        id="false.single-model-is-safe",
        title="A single model cannot backfire",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: one model with real data, at a stable equilibrium, never loses alignment with its "
            "users when they choose more strongly. "
            "Two groups of users on one Gaussian give −1/7 (linear rewards) and −1426/265283 (quadratic "
            "rewards)."
        ),
        latex=r"\text{one model, }\rho(J)<1\;\not\Rightarrow\;\frac{dR}{d\beta}\ge 0",
        hypotheses=(
            "One mean–variance Gaussian with real data (a > 0), two groups of users, K = ∞ candidates.",
            "The equilibrium is stable.",
        ),
        cases=(_opposed_groups(), _two_targets()),
        scope="two groups on one Gaussian, linear or quadratic rewards; finite supports are not covered",
        expected=Expectation.REFUTED,
    )


def _case(
    name: str,
    system: KnobAtEquilibrium,
    tastes: tuple[sympy.Symbol | Matrix, ...],
    alignment: sympy.Expr,
    counterexample: dict[sympy.Symbol, sympy.Expr | int | str],
) -> Case:
    domains = (
        positive(_SHARES[0]),
        at_least(_SHARES[1]),
        positive(_REAL_SHARE),
        equal(_REAL_SHARE, 1 - _SHARES[0] - _SHARES[1]),
        positive(_VARIANCE),
        positive(_REAL_VARIANCE),
        positive(system.knob),
    )
    symbols = (_SHARES, *tastes, _REAL_SHARE, _REAL_MEAN, _REAL_VARIANCE, *system.state, *system.moves)
    known = system.point(counterexample)
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=(*domains, *system.hypotheses()),
            conclusions=(at_least(system.influence(alignment)),),
        ),
        witness=known,
        suspects=(known,),
    )


def _opposed_groups() -> Case:
    """R = m: the first group's reward is x and its tilt is the knob."""
    tilts = column("t", 2)
    own = [
        GaussianStream(w, _MEAN, _VARIANCE).tilted_linearly(t) for w, t in zip(_SHARES, tilts, strict=True)
    ]
    system = KnobAtEquilibrium(state=(_MEAN, _VARIANCE), step=refit(_REAL, *own), knob=tilts[0])
    values = {_SHARES[0]: "1/6", _SHARES[1]: "1/3", tilts[0]: "1/2", tilts[1]: "-2/3", _REAL_SHARE: "1/2"}
    law = {_REAL_MEAN: "5/18", _REAL_VARIANCE: "44/81", _MEAN: 0, _VARIANCE: 1}
    return _case("two groups with linear rewards", system, (tilts,), _MEAN, values | law)


def _two_targets() -> Case:
    """R = −E(x − c_1)²/2 = −((m − c_1)² + v)/2."""
    targets, strengths = column("c", 2), column("b", 2)
    own = [
        GaussianStream(w, _MEAN, _VARIANCE).tilted_to(c, b)
        for w, c, b in zip(_SHARES, targets, strengths, strict=True)
    ]
    system = KnobAtEquilibrium(state=(_MEAN, _VARIANCE), step=refit(_REAL, *own), knob=strengths[0])
    alignment = -((_MEAN - targets[0]) ** 2 + _VARIANCE) / 2
    values = {
        _SHARES[0]: "1/50",
        _SHARES[1]: "1/2",
        targets[0]: 3,
        targets[1]: -1,
        strengths[0]: 2,
        strengths[1]: 1,
    }
    law = {_REAL_SHARE: "12/25", _REAL_MEAN: "7/16", _REAL_VARIANCE: "2143/2304", _MEAN: 0, _VARIANCE: 1}
    return _case("two groups with quadratic rewards", system, (targets, strengths), alignment, values | law)
