"""Signs and sizes of the entries of (I − J)⁻¹: self-influence, cross-influence, and their mix-ups."""

from __future__ import annotations

import sympy

from proofs_check.encoding.matrices import determinant, identity_minus, inverse
from proofs_check.encoding.relations import all_nonnegative, at_least, less, positive, unequal
from proofs_check.encoding.symbols import Matrix, matrix, reals
from proofs_check.gate.planted import Planted, false, true
from proofs_check.statements.statement import Relation, SchurStable

_J = matrix("J", 2, 2)
_S = inverse(identity_minus(_J))
_G = matrix("G", 3, 3)
_T = inverse(identity_minus(_G))
_A, _B, _C, _D, _E = reals("a b c d e")
_TINY = sympy.Rational(1, 10**6)
_ZERO = {"J11": 0, "J12": 0, "J21": 0, "J22": 0}
_HOLLOW = {"G12": 0, "G13": 0, "G21": 0, "G23": 0, "G31": 0, "G32": 0}
_EMPTY = {**_HOLLOW, "G11": 0, "G22": 0, "G33": 0}
_LOOP = Matrix([[0, _A, 0, 0], [0, 0, _B, 0], [0, 0, _C, _D], [_E, 0, 0, 0]])
_OPEN = {"a": 0, "b": 0, "c": 0, "d": 0, "e": 0}


def planted() -> tuple[Planted, ...]:
    """The group's statements."""
    return (
        *_two_models(),
        *_mixed_up(),
        *_three_and_four(),
        *_more_three_and_four(),
        *_slivers(),
        *_more_slivers(),
        *_true(),
        *_more_true(),
    )


def _two_models() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    flipped = {"J11": 0, "J12": -1, "J21": "3/4", "J22": "3/2"}
    return (
        false(
            "positive-self-loops",
            "J stable with self-loops ≥ 0 has (I − J)⁻¹₁₁ ≥ 0",
            given=(stable, at_least(_J[0, 0]), at_least(_J[1, 1])),
            then=at_least(_S[0, 0]),
            witness=_ZERO,
            fails_at=flipped,
            why="[[0, −1], [3/4, 3/2]] is stable and the partner's own loop exceeds 1",
        ),
        false(
            "one-loop-below-one-suffices",
            "J stable with J₁₁ < 1 has (I − J)⁻¹₁₁ > 0",
            given=(stable, less(_J[0, 0], 1)),
            then=positive(_S[0, 0]),
            witness=_ZERO,
            fails_at=flipped,
            why="it is J₂₂ that counts",
        ),
        false(
            "negative-loop-product-dampens",
            "J stable with J₁₂J₂₁ < 0 and J₁₁ ≠ 1 has (I − J)⁻¹₁₁ ≤ 1/(1 − J₁₁)",
            given=(stable, less(_J[0, 1] * _J[1, 0], 0), unequal(_J[0, 0], 1)),
            then=at_least(1 / (1 - _J[0, 0]), _S[0, 0]),
            witness={"J11": 0, "J12": "-1/2", "J21": "1/2", "J22": 0},
            fails_at={"J11": "3/2", "J12": "-3/4", "J21": 1, "J22": 0},
            why="for J₁₁ > 1 the right side is negative: 4 against −2 at J₁₁ = 3/2",
        ),
    )


def _mixed_up() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        false(
            "transposed-cross-influence",
            "J stable with J₂₁ > 0 has (I − J)⁻¹₁₂ > 0",
            given=(stable, positive(_J[1, 0])),
            then=positive(_S[0, 1]),
            witness={**_ZERO, "J12": "1/2", "J21": "1/2"},
            fails_at={**_ZERO, "J12": "-1/2", "J21": "1/2"},
            why="the entry is J₁₂/det(I − J)",
        ),
        false(
            "own-partner-swapped",
            "(I − J)⁻¹₁₁ has the sign of 1 − J₁₁ for stable J",
            given=(stable,),
            then=at_least(_S[0, 0] * (1 - _J[0, 0])),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": -1, "J21": "3/4", "J22": "3/2"},
            why="the sign is that of 1 − J₂₂",
        ),
        false(
            "two-rounds-are-a-lower-bound",
            "J stable and J ≥ 0 off the diagonal has (I − J)⁻¹₁₁ ≥ 1 + J₁₁ + J₁₁²",
            given=(stable, at_least(_J[0, 1]), at_least(_J[1, 0])),
            then=at_least(_S[0, 0], 1 + _J[0, 0] + _J[0, 0] ** 2),
            witness=_ZERO,
            fails_at={**_ZERO, "J11": "-1/2"},
            why="1/(1 − x) falls short of 1 + x + x² by −x³/(1 − x) for x < 0",
        ),
        false(
            "dominance-along-the-row",
            "J ≥ 0 with row sums below 1 has (I − J)⁻¹₁₁ ≥ (I − J)⁻¹₁₂",
            given=(*all_nonnegative(_J), less(_J[0, 0] + _J[0, 1], 1), less(_J[1, 0] + _J[1, 1], 1)),
            then=at_least(_S[0, 0], _S[0, 1]),
            witness=_ZERO,
            fails_at={**_ZERO, "J12": "9/10", "J22": "9/10"},
            why="rows dominate down the column: (I − J)⁻¹₁₁ ≥ (I − J)⁻¹₂₁; here 1/10 stands against 9/10",
        ),
    )


def _three_and_four() -> tuple[Planted, ...]:
    hollow = Matrix(_G - sympy.diag(*(_G[i, i] for i in range(3))))
    return (
        false(
            "no-self-loops-no-inversion",
            "a stable J on three models without self-loops has (I − J)⁻¹₁₁ > 0",
            given=(SchurStable(hollow),),
            then=positive(inverse(identity_minus(hollow))[0, 0]),
            witness=_HOLLOW,
            fails_at={**_HOLLOW, "G12": "-3/2", "G21": 1, "G23": 1, "G32": "3/2"},
            why="models 2 and 3 have the loop gain 3/2 > 1 between them, and J is nilpotent",
        ),
        false(
            "influence-is-symmetric",
            "J ≥ 0 on three models with row sums below 1 and J₁₂ ≥ J₂₁ has (I − J)⁻¹₁₂ ≥ (I − J)⁻¹₂₁",
            given=(*_substochastic(), at_least(_G[0, 1], _G[1, 0])),
            then=at_least(_T[0, 1], _T[1, 0]),
            witness=_EMPTY,
            fails_at={**_EMPTY, "G23": "1/2", "G31": "1/2"},
            why="model 2 reads model 3, which reads model 1: 1/4 against 0",
        ),
        false(
            "only-direct-loops-count",
            "J ≥ 0 on three models with row sums below 1 has (I − J)⁻¹₁₁(1 − J₁₁ − J₁₂J₂₁ − J₁₃J₃₁) ≤ 1",
            given=_substochastic(),
            then=at_least(1, _T[0, 0] * (1 - _G[0, 0] - _G[0, 1] * _G[1, 0] - _G[0, 2] * _G[2, 0])),
            witness=_EMPTY,
            fails_at={**_EMPTY, "G12": "1/2", "G23": "1/2", "G31": "1/2"},
            why="the cycle through all three adds to it: 8/7",
        ),
    )


def _more_three_and_four() -> tuple[Planted, ...]:
    full = matrix("H", 4, 4)
    nothing = {symbol.name: 0 for symbol in full}
    return (
        false(
            "a-ring-of-four-never-inverts",
            "a stable ring of four with a self-loop c at model 3 has (I − J)⁻¹₁₁ ≥ 0",
            given=(SchurStable(_LOOP),),
            then=at_least((1 - _C) / determinant(identity_minus(_LOOP))),
            witness=_OPEN,
            fails_at={"a": 1, "b": 1, "c": "11/10", "d": 1, "e": "-11/100"},
            why="z⁴ − (11/10)z³ + 11/100 has its roots in the disc, and 1 − c < 0",
        ),
        false(
            "four-models-never-invert",
            "a stable J on four models has (I − J)⁻¹₁₁ ≥ 0",
            given=(SchurStable(full),),
            then=at_least(inverse(identity_minus(full))[0, 0]),
            witness=nothing,
            fails_at={**nothing, "H12": -1, "H21": "3/4", "H22": "3/2"},
            why="two of the four are enough",
        ),
    )


def _substochastic() -> tuple[Relation, ...]:
    rows = tuple(less(sympy.Add(*_G.row(i)), 1) for i in range(3))
    return (*all_nonnegative(_G), *rows)


def _slivers() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    bounded = tuple(at_least(2, entry) for entry in _J) + tuple(at_least(entry, -2) for entry in _J)
    return (
        false(
            "partner-a-little-past-one",
            "J stable with entries in [−2, 2] and J₂₂ ≤ 1 + 10⁻⁶ has (I − J)⁻¹₁₁ ≥ 0",
            given=(stable, *bounded, at_least(1 + _TINY, _J[1, 1])),
            then=at_least(_S[0, 0]),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": -1, "J21": "1/2", "J22": "2000001/2000000"},
            why="it is negative for 1 < J₂₂ ≤ 1 + 10⁻⁶",
            sliver=True,
        ),
        false(
            "partner-at-one",
            "J stable with J₂₂ ≤ 1 has (I − J)⁻¹₁₁ > 0",
            given=(stable, at_least(1, _J[1, 1])),
            then=positive(_S[0, 0]),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": -1, "J21": "1/2", "J22": 1},
            why="it is 0 at J₂₂ = 1",
            sliver=True,
        ),
        false(
            "always-amplified",
            "J ≥ 0 stable has (I − J)⁻¹₁₁ > 1",
            given=(stable, *all_nonnegative(_J)),
            then=positive(_S[0, 0] - 1),
            witness={**_ZERO, "J11": "1/2"},
            fails_at=_ZERO,
            why="it is 1 where no cycle passes through model 1: J₁₁ = J₁₂J₂₁ = 0",
            sliver=True,
        ),
    )


def _more_slivers() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        false(
            "everyone-is-reached",
            "J ≥ 0 on three models with row sums below 1 has (I − J)⁻¹₁₂ > 0",
            given=_substochastic(),
            then=positive(_T[0, 1]),
            witness={**_EMPTY, "G12": "1/2"},
            fails_at=_EMPTY,
            why="it is 0 where no path leads from model 1 to model 2: J₁₂ = J₁₃J₃₂ = 0",
            sliver=True,
        ),
        false(
            "two-model-trace-with-a-margin",
            "a stable J has tr (I − J)⁻¹ ≥ 1 + 10⁻⁵",
            given=(stable,),
            then=at_least(_S[0, 0] + _S[1, 1], 1 + 10 * _TINY),
            witness=_ZERO,
            fails_at={"J11": 0, "J12": "-9999999/10000000", "J21": 1, "J22": 0},
            why="it is 2/(2 − 10⁻⁷) for a quarter turn of determinant 1 − 10⁻⁷",
            sliver=True,
        ),
    )


def _true() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        true(
            "cross-influence-follows-its-link",
            "(I − J)⁻¹₁₂ has the sign of J₁₂ for stable J",
            given=(stable,),
            then=at_least(_S[0, 1] * _J[0, 1]),
            witness=_ZERO,
            why="the entry is J₁₂/det(I − J), and det(I − J) > 0",
        ),
        true(
            "quarter-of-the-direct-effect",
            "J stable with J₂₂ ≤ 0 has (I − J)⁻¹₁₁ > 1/4",
            given=(stable, at_least(0, _J[1, 1])),
            then=positive(_S[0, 0] - sympy.Rational(1, 4)),
            witness=_ZERO,
            why="1 − J₂₂ ≥ 1 over a determinant below 4",
        ),
        true(
            "negative-loop-dampens-below-one",
            "J stable with J₁₂J₂₁ < 0 and J₁₁ < 1 has (I − J)⁻¹₁₁ < 1/(1 − J₁₁), even for J₂₂ > 1",
            given=(stable, less(_J[0, 1] * _J[1, 0], 0), less(_J[0, 0], 1)),
            then=less(_S[0, 0], 1 / (1 - _J[0, 0])),
            witness={"J11": 0, "J12": "-1/2", "J21": "1/2", "J22": 0},
            why="with P = (1 − J₁₁)(1 − J₂₂) and k = J₁₂J₂₁ the ratio is P/(P − k) < 1 as P − k > 0 > k",
        ),
    )


def _more_true() -> tuple[Planted, ...]:
    stable = SchurStable(_J)
    return (
        true(
            "first-round-is-a-lower-bound",
            "J stable and ≥ 0 off the diagonal has (I − J)⁻¹₁₁ ≥ 1 + J₁₁, even for J₁₁ < 0",
            given=(stable, at_least(_J[0, 1]), at_least(_J[1, 0])),
            then=at_least(_S[0, 0], 1 + _J[0, 0]),
            witness=_ZERO,
            why="it is at least 1/(1 − J₁₁), since J₂₂ < 1, and 1/(1 − x) − (1 + x) = x²/(1 − x)",
        ),
        true(
            "volume-of-influence",
            "J stable has (I − J)⁻¹₁₁(I − J)⁻¹₂₂ − (I − J)⁻¹₁₂(I − J)⁻¹₂₁ > 1/4",
            given=(stable,),
            then=positive(_S[0, 0] * _S[1, 1] - _S[0, 1] * _S[1, 0] - sympy.Rational(1, 4)),
            witness=_ZERO,
            why="it is 1/det(I − J), and det(I − J) < 4",
        ),
    )
