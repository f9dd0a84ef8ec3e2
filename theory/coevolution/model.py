"""The model: outcomes with features, a law over them that is retrained, and a preference that learns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import sympy

from theory.coevolution.projection import inner
from theory.coevolution.selection import selection_weights
from theory.errors import InvalidInput
from theory.expressions.signs import NumberSign, sign_of

Exprs = tuple[sympy.Expr, ...]
_AT_LEAST_0 = (NumberSign.POSITIVE, NumberSign.ZERO)


@dataclass(frozen=True, kw_only=True)
class CoevolutionState:
    """What changes from round to round.

    Parameters
    ----------
    law : tuple of Expr, shape ``(n,)``
        p, over the outcomes.
    preference : tuple of Expr, shape ``(m,)``
        w, in the unit ball.
    """

    law: Exprs
    preference: Exprs


@dataclass(frozen=True, kw_only=True)
class Coevolution:
    """One model and its users: p' = (1 − η)p_ref + ηC_K(p; w), w' = (1 − β)w + βE_{p'}[φ].

    C_K keeps one of K candidates with probability in proportion to e^{τ⟨w, φ⟩}.  [WXZZ26] project w' on the
    unit ball; from a preference in the ball w' is a mean of points of the ball, so that the projection
    never moves it.

    Parameters
    ----------
    features : tuple of tuple of Expr, shape ``(n, m)``
        φ_i, exact vectors of length 1.
    temperature : Expr
        τ > 0.  As log(16), say, it makes choice weights at rational rewards algebraic.
    candidates : int or None
        K ≥ 2; None is K = ∞, the tilt.
    synthetic_share : Expr
        η in [0, 1].
    reference : tuple of Expr, shape ``(n,)``
        p_ref, a law.
    learning_rate : Expr
        β in [0, 1].

    Raises
    ------
    InvalidInput
        When a number is out of its range, or a feature's length is not 1.

    Examples
    --------
    >>> one, zero, half = sympy.S.One, sympy.S.Zero, sympy.Rational(1, 2)
    >>> model = Coevolution(
    ...     features=((one, zero), (zero, one)), temperature=sympy.log(16), candidates=None,
    ...     synthetic_share=sympy.Rational(13, 22), reference=(half, half), learning_rate=one,
    ... )
    >>> model.step(CoevolutionState(law=(half / 2, 3 * half / 2), preference=(half / 2, 3 * half / 2)))
    CoevolutionState(law=(1/4, 3/4), preference=(1/4, 3/4))
    """

    features: tuple[Exprs, ...]
    temperature: sympy.Expr
    candidates: int | None
    synthetic_share: sympy.Expr
    reference: Exprs
    learning_rate: sympy.Expr

    def __post_init__(self) -> None:
        _require_unit(self.features)
        _require_law(self.reference, len(self.features))
        if sign_of(self.temperature) is not NumberSign.POSITIVE:
            raise InvalidInput(expected="a number > 0", found=str(self.temperature), place="temperature")
        if self.candidates is not None and self.candidates < 2:
            raise InvalidInput(
                expected="at least 2 candidates, or None", found=str(self.candidates), place="candidates"
            )
        _require_share(self.synthetic_share, "synthetic_share")
        _require_share(self.learning_rate, "learning_rate")

    @cached_property
    def outcomes(self) -> int:
        """n."""
        return len(self.features)

    @cached_property
    def dimension(self) -> int:
        """m, of the features."""
        return len(self.features[0])

    def rewards(self, preference: Exprs) -> Exprs:
        """r_i = ⟨w, φ_i⟩, in [−1, 1] for w in the unit ball."""
        return tuple(inner(preference, feature) for feature in self.features)

    def choice_weights(self, preference: Exprs) -> Exprs:
        """a_i = e^{τ r_i}."""
        return tuple(sympy.exp(self.temperature * r) for r in self.rewards(preference))

    def selection_weights(self, state: CoevolutionState) -> Exprs:
        """H_i: a round of choice makes p_i H_i of p_i."""
        return selection_weights(state.law, self.choice_weights(state.preference), self.candidates)

    def curated(self, state: CoevolutionState) -> Exprs:
        """C_K(p; w)."""
        return tuple(p * h for p, h in zip(state.law, self.selection_weights(state), strict=True))

    def mean_feature(self, law: Exprs) -> Exprs:
        """E_p[φ]."""
        return tuple(inner(law, column) for column in zip(*self.features, strict=True))

    def step(self, state: CoevolutionState) -> CoevolutionState:
        """One round: the model is retrained, and the users learn from what it makes now."""
        share, rate = self.synthetic_share, self.learning_rate
        law = tuple(
            (1 - share) * q + share * c for q, c in zip(self.reference, self.curated(state), strict=True)
        )
        seen = self.mean_feature(law)
        preference = tuple((1 - rate) * w + rate * e for w, e in zip(state.preference, seen, strict=True))
        return CoevolutionState(law=law, preference=preference)


def _require_unit(features: tuple[Exprs, ...]) -> None:
    if len(features) < 2:
        raise InvalidInput(expected="at least 2 outcomes", found=str(len(features)), place="features")
    for i, feature in enumerate(features):
        place = f"features[{i}]"
        if len(feature) != len(features[0]) or not feature:
            raise InvalidInput(
                expected=f"{len(features[0])} coordinates", found=str(len(feature)), place=place
            )
        square = sympy.simplify(inner(feature, feature))
        if square != 1:
            raise InvalidInput(expected="a vector of length 1", found=f"length² {square}", place=place)


def _require_law(law: Exprs, size: int) -> None:
    if len(law) != size:
        raise InvalidInput(expected=f"{size} probabilities", found=str(len(law)), place="reference")
    if any(sign_of(p) not in _AT_LEAST_0 for p in law) or sympy.simplify(sympy.Add(*law) - 1) != 0:
        raise InvalidInput(
            expected="probabilities ≥ 0 of sum 1", found=", ".join(map(str, law)), place="reference"
        )


def _require_share(share: sympy.Expr, place: str) -> None:
    if sign_of(share) not in _AT_LEAST_0 or sign_of(1 - share) not in _AT_LEAST_0:
        raise InvalidInput(expected="a number in [0, 1]", found=str(share), place=place)
