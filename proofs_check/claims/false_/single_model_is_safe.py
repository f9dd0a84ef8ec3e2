"""false.single-model-is-safe: "a single model's users never lose by choosing more strongly".

Refuted. Two groups of users curating one Gaussian are enough.

Two opposed groups (`user-groups.toml`): real data N(5/18, 44/81) with share 1/2, shares 1/6 and 1/3 curated
with tilts 1/2 and −2/3. At the equilibrium N(0, 1), J = [[1/2, −5/36], [−5/18, 8/9]], ρ(J) = 26/27, and
d(mean)/d(tilt 1) = −1/7: the stronger first tilt spreads the law, which the second group's tilt,
proportional to the variance, turns into a larger shift against the first.

Two targets (`two-targets.toml`): rewards −(x − 3)²/2 at strength 2 and −(x + 1)²/2 at strength 1, shares
1/50 and 1/2, real data N(7/16, 2143/2304) with share 12/25. At the equilibrium N(0, 1), ρ(J) = 0.4409…, the
first group's alignment changes by −1426/265283 per unit of its strength.

A reward outside the span: the lattice {0, 1, 2} with T = x and laws proportional to (1, z, z²), one group
with r = (0, 2, 1), which is not linear in x, and e^β = 4, real mean 6/7, a = 1/2. At the uniform law J =
8/49; the choice of 1 pulls the mean down, and the refit can follow only by giving 0 more: total −2/123,
after a direct effect of −2/147 already.

What the statement says. For every such ecosystem (each a family with all its numbers free; for Gaussians x
measured so that the equilibrium is N(0, 1)): if the law is stationary and stable, the variances, shares and
strengths are positive, and the moves solve (I − J)dx = ∂G/∂τ, then dR/dτ ≥ 0. The refutation is one exact
rational point at which every hypothesis holds and the conclusion fails.
"""

from __future__ import annotations

from collections.abc import Sequence

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.equilibrium import KnobAtEquilibrium
from proofs_check.encoding.gaussian_streams import GaussianStream, refit
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import at_least, equal, positive, unequal, with_values
from proofs_check.encoding.symbols import Matrix, column, point, reals, variables
from proofs_check.statements.statement import SchurStable, Statement

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
            "rewards); one group on {0, 1, 2} with a reward that is not linear in x gives −2/123."
        ),
        latex=r"\text{one model, }\rho(J)<1\;\not\Rightarrow\;\frac{dR}{d\beta}\ge 0",
        hypotheses=(
            "One model with real data (a > 0), K = ∞: a Gaussian with two groups, or {0, 1, 2} with one.",
            "The equilibrium is stable.",
        ),
        cases=(_opposed_groups(), _two_targets(), _outside_the_span()),
        scope="two groups on one Gaussian, linear or quadratic rewards; one group on {0, 1, 2}",
        expected=Expectation.REFUTED,
    )


def _case(
    name: str,
    system: KnobAtEquilibrium,
    tastes: tuple[sympy.Symbol | Matrix, ...],
    alignment: sympy.Expr,
    counterexample: dict[sympy.Symbol, sympy.Expr | int | str],
) -> Case:
    """The family with its equilibrium moved to N(0, 1), which a change of scale and origin of x does."""
    domains = (
        positive(_SHARES[0]),
        at_least(_SHARES[1]),
        positive(_REAL_SHARE),
        equal(_REAL_SHARE, 1 - _SHARES[0] - _SHARES[1]),
        positive(_REAL_VARIANCE),
        positive(system.knob),
    )
    symbols = (_SHARES, *tastes, _REAL_SHARE, _REAL_MEAN, _REAL_VARIANCE, *system.moves)
    standard = {_MEAN: sympy.Integer(0), _VARIANCE: sympy.Integer(1)}
    known = tuple((n, v) for n, v in system.point(counterexample | standard) if n not in ("m", "v"))
    return Case(
        name=name,
        statement=Statement(
            variables=variables(*symbols),
            hypotheses=tuple(with_values(h, standard) for h in (*domains, *system.hypotheses())),
            conclusions=(with_values(at_least(system.influence(alignment)), standard),),
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
    law = {_REAL_MEAN: "5/18", _REAL_VARIANCE: "44/81"}
    return _case("two groups with linear rewards", system, (tilts,), _MEAN, values | law)


def _two_targets() -> Case:
    """R = −E(x − c_1)²/2 = −((m − c_1)² + v)/2, with a, M and V solved from the shares and stationarity."""
    targets, strengths = column("c", 2), column("b", 2)
    streams = [GaussianStream(w, _MEAN, _VARIANCE) for w in _SHARES]
    own = [s.tilted_to(c, b) for s, c, b in zip(streams, targets, strengths, strict=True)]
    system = KnobAtEquilibrium(state=(_MEAN, _VARIANCE), step=refit(_REAL, *own), knob=strengths[0])
    alignment = -((_MEAN - targets[0]) ** 2 + _VARIANCE) / 2
    real_share = 1 - _SHARES[0] - _SHARES[1]
    solved = _real_data_for_standard_normal(own, real_share)
    jacobian = Matrix(system.jacobian.xreplace(solved).applyfunc(sympy.factor))
    direct = Matrix([g.diff(system.knob) for g in system.step]).xreplace(solved).applyfunc(sympy.factor)
    moves = inverse(identity_minus(jacobian)) * direct
    slope = Matrix([alignment.diff(x) for x in system.state]).xreplace(solved)
    known = dict(zip((*_SHARES, *targets, *strengths), ("1/50", "1/2", 3, -1, 2, 1), strict=True))
    return Case(
        name="two groups with quadratic rewards",
        statement=Statement(
            variables=variables(_SHARES, targets, strengths),
            hypotheses=(
                positive(_SHARES[0]),
                at_least(_SHARES[1]),
                positive(real_share),
                positive(strengths[0]),
                at_least(strengths[1]),
                positive(solved[_REAL_VARIANCE]),
                SchurStable(jacobian),
                unequal(determinant(identity_minus(jacobian))),
            ),
            conclusions=(at_least((slope.T * moves)[0, 0]),),
        ),
        witness=point(known),
        suspects=(point(known),),
    )


def _lattice_mean(values: tuple[int, ...], state: sympy.Expr, weight: sympy.Expr | int = 1) -> sympy.Expr:
    """E of a function on {0, 1, 2} under (1, zE², z²E), the law (1, z, z²) tilted by E^r, r = (0, 2, 1)."""
    law = (sympy.Integer(1), state * weight**2, state**2 * weight)
    return sympy.Add(*(f * p for f, p in zip(values, law, strict=True))) / sympy.Add(*law)


def _outside_the_span() -> Case:
    """State z = e^θ, strength β = log E: μ(z) = am + (1 − a)ν(z, E), and its derivative in β."""
    state, weight, move = reals("z E dz")
    mean, curated = _lattice_mean((0, 1, 2), state), _lattice_mean((0, 1, 2), state, weight)
    alignment = _lattice_mean((0, 2, 1), state)
    share = 1 - _REAL_SHARE
    slope, per_state = mean.diff(state), curated.diff(state)
    moved = share * (per_state * move + weight * curated.diff(weight))
    known = point(
        {state: 1, weight: 4, _REAL_SHARE: "1/2", _REAL_MEAN: "6/7", move: "-2/41"},
    )
    return Case(
        name="one group, a reward outside the span",
        statement=Statement(
            variables=variables(state, weight, _REAL_SHARE, _REAL_MEAN, move),
            hypotheses=(
                *(positive(x) for x in (state, weight - 1, _REAL_SHARE, share, _REAL_MEAN, 2 - _REAL_MEAN)),
                equal(mean, _REAL_SHARE * _REAL_MEAN + share * curated),
                SchurStable(Matrix([[sympy.factor(share * per_state / slope)]])),
                equal(sympy.factor(slope * move), sympy.factor(moved)),
            ),
            conclusions=(at_least(sympy.factor(alignment.diff(state)) * move),),
        ),
        witness=known,
        suspects=(known,),
    )


def _real_data_for_standard_normal(
    curated: Sequence[GaussianStream], real_share: sympy.Expr
) -> dict[sympy.Symbol, sympy.Expr]:
    """a, M and V that make N(0, 1) stationary, with the state at its value."""
    standard = {_MEAN: sympy.Integer(0), _VARIANCE: sympy.Integer(1)}
    first = sympy.Add(*(s.share * s.mean for s in curated)).xreplace(standard)
    second = sympy.Add(*(s.share * (s.variance + s.mean**2) for s in curated)).xreplace(standard)
    real_mean = -first / real_share
    real_variance = sympy.factor((1 - second) / real_share - real_mean**2)
    return {_REAL_SHARE: real_share, _REAL_MEAN: real_mean, _REAL_VARIANCE: real_variance, **standard}
