"""Ecosystems that backfire once a safe claim loses one hypothesis: exact counterexamples."""

from __future__ import annotations

import sympy

from proofs_check.claim import Case
from proofs_check.encoding.equilibrium import KnobAtEquilibrium
from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, less, positive, unequal
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, reals, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import SchurStable, Statement

_SHARE, _RAW, _TILT, _OTHER_TILT = reals("w u t s")


def needs_no_way_back(hypothesis: int) -> Sharpness:
    """Two mean–variance Gaussians with opposed own curators that read each other: −29248/719041."""
    network = GaussianNetwork(
        2,
        (
            Link(reader=1, producer=1, share=_SHARE, tilt=_TILT),
            Link(reader=1, producer=2, share=(read := reals("u12 u21"))[0]),
            Link(reader=2, producer=2, share=_RAW, tilt=_OTHER_TILT),
            Link(reader=2, producer=1, share=read[1]),
        ),
    )
    values = dict(
        zip(
            (_SHARE, _RAW, *read, _TILT, _OTHER_TILT),
            ("1/10", "3/10", "7/10", "1/10", "3/8", "-13/8"),
            strict=True,
        )
    ) | dict(zip(network.state, (0, 1, "-1/4", "1/4"), strict=True))
    case = network.never_lowers(
        "opposed own curators", _TILT, network.state[0], values, free=(_TILT, _OTHER_TILT)
    )
    return _refuted(case, hypothesis)


def needs_an_own_knob(hypothesis: int) -> Sharpness:
    """A mean–variance Gaussian whose users also choose among what another one makes: −1, without a loop."""
    network = GaussianNetwork(
        2,
        (
            Link(reader=1, producer=1, share=_SHARE, tilt=_TILT),
            Link(reader=1, producer=2, share=_RAW, tilt=_TILT),
        ),
    )
    values = {_SHARE: "1/10", _RAW: "1/10", _TILT: 2} | dict(
        zip(network.state, (0, 1, "-11/2", 2), strict=True)
    )
    case = network.never_lowers("both streams chosen", _TILT, network.state[0], values, free=(_TILT,))
    return _refuted(case, hypothesis)


def needs_a_common_statistic(hypothesis: int) -> Sharpness:
    """N(m, 1) with T = x and N(0, v) with T = x²; the second is chosen by −x and x/2: −1/11 for the first.

    Shares: model 1 reads ⅖ real data, ⅒ of its own output chosen at strength t, ½ of model 2's output (mean
    −v); model 2 reads ¼ real data, ½ of model 1's output and ¼ of its own (second moment v + v²/4).
    """
    mean, moment, real_mean, real_moment = reals("m v M S")
    rational = sympy.Rational
    first = rational(2, 5) * real_mean + rational(1, 10) * (mean + _TILT) - moment / 2
    second = real_moment / 4 + (mean**2 + 1) / 2 + (moment + moment**2 / 4) / 4
    system = KnobAtEquilibrium(state=(mean, moment), step=(first, second), knob=_TILT)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(mean, moment, real_mean, real_moment, _TILT, *system.moves),
            hypotheses=(*map(positive, (moment, real_moment, _TILT)), *system.hypotheses()),
            conclusions=(at_least(system.influence(mean)),),
        ),
        point=system.point({mean: 1, moment: 8, real_mean: 12, real_moment: 4, _TILT: 1}),
    )


def needs_one_reward(hypothesis: int) -> Sharpness:
    """One mean–variance Gaussian, its own output chosen by two opposed groups: −1/7 for the first."""
    network = GaussianNetwork(
        1,
        (
            Link(reader=1, producer=1, share=_SHARE, tilt=_TILT),
            Link(reader=1, producer=1, share=_RAW, tilt=_OTHER_TILT),
        ),
    )
    values = {_SHARE: "1/6", _RAW: "1/3", _TILT: "1/2", _OTHER_TILT: "-2/3"} | dict(
        zip(network.state, (0, 1), strict=True)
    )
    case = network.never_lowers("two groups", _TILT, network.state[0], values, free=(_TILT, _OTHER_TILT))
    return _refuted(case, hypothesis)


def needs_no_own_channel(hypothesis: int) -> Sharpness:
    """One two-dimensional location model that reads its own output through a quarter turn: −1/13.

    Curated share w, raw share u through the matrix B: J = wI + uB, direct effect w cᵀΣc.
    """
    a, b, d = reals("S11 S12 S22")
    covariance, channel, reward = Matrix([[a, b], [b, d]]), matrix("B", 2, 2), column("c", 2)
    jacobian = Matrix(_SHARE * sympy.eye(2) + _RAW * channel)
    field = identity_minus(jacobian)
    moved = inverse(field) * (_SHARE * covariance * reward)
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(a, b, d, channel, reward, _SHARE, _RAW),
            hypotheses=(
                positive(a),
                positive(a * d - b**2),
                positive(reward.dot(reward)),
                positive(_SHARE),
                at_least(_RAW),
                less(_SHARE + _RAW, 1),
                SchurStable(jacobian),
                unequal(determinant(field)),
            ),
            conclusions=(positive(reward.dot(moved)),),
        ),
        point=point(
            {a: 1, b: 3, d: 10, _SHARE: "1/10", _RAW: "3/5"}
            | entries({channel: [[0, -1], [1, 0]], reward: [[1], [0]]})
        ),
    )


def needs_no_channels(hypothesis: int) -> Sharpness:
    """Two location models of one dimension with channels x ↦ b_ij x: J = [[−¾, −2], [1, 3/2]], −2 for 1.

    Model 1 chooses the share ¼ of its own output, which adds ¼ to its link.
    """
    shares, slopes = matrix("w", 2, 2), matrix("b", 2, 2)
    own, reward = reals("k c")
    jacobian = Matrix(2, 2, lambda i, j: shares[i, j] * slopes[i, j] + (own if i == j == 0 else sympy.S.Zero))
    field = identity_minus(jacobian)
    pull = Matrix([own * reward, 0])
    return Sharpness(
        hypothesis=hypothesis,
        weakened=Statement(
            variables=variables(shares, own, typical=UNIT) + variables(slopes, reward),
            hypotheses=(
                *all_nonnegative(shares),
                positive(own),
                less(shares[0, 0] + shares[0, 1] + own, 1),
                less(shares[1, 0] + shares[1, 1], 1),
                unequal(reward),
                SchurStable(jacobian),
                unequal(determinant(field)),
            ),
            conclusions=(at_least(reward * (inverse(field) * pull)[0]),),
        ),
        point=point(
            entries({shares: [["1/4", "1/4"], ["1/4", "1/4"]], slopes: [[-4, -8], [4, 6]]})
            | {own: "1/4", reward: 1}
        ),
    )


def _refuted(case: Case, hypothesis: int) -> Sharpness:
    """The case's statement with its suspect as the counterexample."""
    if not isinstance(case.statement, Statement):
        raise TypeError(f"Expected an implication, got {type(case.statement).__name__}")
    return Sharpness(hypothesis=hypothesis, weakened=case.statement, point=case.suspects[0])
