"""false.one-step-gain-suffices: "if the first round of stronger curation helps, the users end better off".

Refuted twice, each time by one model with one loop.

A channel. N(μ, Σ) in the plane with known Σ = [[1, 3], [3, 10]], reward x_1; own output curated, share
1/10, and own output turned by 90°, share 3/5; the rest is real data. The update is linear with J = [[1/10,
−3/5], [3/5, 1/10]], ρ(J) = 0.6083. Raising the strength by 1 raises x_1 by 1/10 in the first round and
lowers it by 1/13 in the end: the tilt moves x_2 thrice as far as x_1, and the turn takes x_2 to −x_1.

Two groups (`user-groups.toml`). One Gaussian, tilts 1/2 and −2/3 with shares 1/6 and 1/3: at the
equilibrium N(0, 1) a stronger first group gains 1/6 in the first round and loses 1/7 in the end.

What the statement says. For every such ecosystem: if the equilibrium is stable and the direct effect (one
round, all else as it was) is positive, the total effect is not negative. Exact rational points refute both.
With one reward, no channel and K = ∞ the implication is true (safe.one-interest).
"""

from __future__ import annotations

import sympy

from proofs_check.claim import Case, Claim, Expectation, Provenance
from proofs_check.encoding.gaussian_network import GaussianNetwork, Link
from proofs_check.encoding.relations import all_equal, at_least, less, positive
from proofs_check.encoding.symbols import UNIT, Matrix, column, entries, matrix, point, reals, variables
from proofs_check.statements.statement import SchurStable, Statement

_CURATED, _TURNED = reals("w u")
_SHARES, _TILTS = reals("w1 w2"), reals("t1 t2")


def claim() -> Claim:
    """The claim ``false.one-step-gain-suffices``."""
    return Claim(
        id="false.one-step-gain-suffices",
        title="A gain in the first round suffices",
        provenance=Provenance.DERIVED,
        source="",
        statement=(
            "False: if stronger curation raises its users' alignment in the first round, it ends higher. "
            "A Gaussian of known covariance with a channel: +1/10, then −1/13. One Gaussian with two groups: "
            "+1/6, then −1/7."
        ),
        latex=r"\nabla R\cdot\frac{\partial G}{\partial\tau}>0\;\not\Rightarrow\;\frac{dR}{d\tau}\ge 0",
        hypotheses=(
            "One Gaussian, of known covariance with a channel or with two groups of users; K = ∞.",
            "The equilibrium is stable.",
            "The direct effect is positive.",
        ),
        cases=(_channel(), _two_groups()),
        scope="d = 2, any channel matrix; two groups with linear rewards, tilts and shares free",
        expected=Expectation.REFUTED,
    )


def _channel() -> Case:
    """(I − J)d = wΣc with J = wI + uB and c = (1, 0); R changes by d_1."""
    covariance, turn, moves = matrix("S", 2, 2), matrix("B", 2, 2), column("d", 2)
    reward = Matrix([1, 0])
    jacobian = Matrix(_CURATED * sympy.eye(2) + _TURNED * turn)
    direct = Matrix(_CURATED * covariance * reward)
    known = point(
        entries({covariance: [[1, 3], [3, 10]], turn: [[0, -1], [1, 0]], moves: [["-1/13"], ["11/39"]]})
        | {_CURATED: "1/10", _TURNED: "3/5"}
    )
    return Case(
        name="a channel",
        statement=Statement(
            variables=variables(covariance, turn, moves, _CURATED, _TURNED, typical=UNIT),
            hypotheses=(
                positive(covariance[0, 0]),
                *all_equal(Matrix([covariance[0, 1]]), Matrix([covariance[1, 0]])),
                positive(covariance[0, 0] * covariance[1, 1] - covariance[0, 1] * covariance[1, 0]),
                positive(_CURATED),
                at_least(_TURNED),
                less(_CURATED + _TURNED, 1),
                SchurStable(jacobian),
                *all_equal(Matrix(moves - jacobian * moves), direct),
                positive((reward.T * direct)[0, 0]),
            ),
            conclusions=(at_least((reward.T * moves)[0, 0]),),
        ),
        witness=known,
        suspects=(known,),
    )


def network() -> GaussianNetwork:
    """One Gaussian with two groups of linear curators."""
    links = (Link(reader=1, producer=1, share=w, tilt=t) for w, t in zip(_SHARES, _TILTS, strict=True))
    return GaussianNetwork(1, tuple(links))


def _two_groups() -> Case:
    """At N(0, 1), shares and tilts free."""
    model = network()
    mean = model.state[0]
    (direct,) = (e for e in model.response([_TILTS[0]])[:1])
    values = dict(zip((*_SHARES, *_TILTS), ("1/6", "1/3", "1/2", "-2/3"), strict=True))
    standard = dict(zip(model.state, (0, 1), strict=True))
    return model.never_lowers(
        "two groups",
        _TILTS[0],
        mean,
        values | standard,
        extra=(positive(direct),),
        free=(*_SHARES, *_TILTS),
    )
