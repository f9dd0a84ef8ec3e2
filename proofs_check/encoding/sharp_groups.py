"""Two groups of users and one Gaussian, without one hypothesis: exact counterexamples."""

from __future__ import annotations

from proofs_check.claim import Case, Point
from proofs_check.encoding.gaussian_groups import GaussianGroups
from proofs_check.encoding.relations import positive
from proofs_check.encoding.symbols import point
from proofs_check.sharpness import Sharpness, dropping
from proofs_check.statements.statement import Condition


def needs_a_group(groups: GaussianGroups, backfires: Case, hypothesis: int) -> Sharpness:
    """Without w_1 > 0: at w_1 = 0 the criterion holds and nothing moves."""
    at = _at(groups, (0, "1/3", "1/2", "-2/3", "4/3"))
    return dropping(backfires, positive(groups.shares[0]), hypothesis=hypothesis, point=at)


def needs_the_lower_branch(
    groups: GaussianGroups, helps: Case, stable: Condition, hypothesis: int
) -> Sharpness:
    """On the upper branch, v = 3/8 with one group of share and tilt ½ and 1: the mean moves the wrong way."""
    return dropping(helps, stable, hypothesis=hypothesis, point=_at(groups, ("1/2", 0, 1, 0, "3/8")))


def _at(groups: GaussianGroups, values: tuple[int | str, ...]) -> Point:
    """The point with these shares, tilts and variance."""
    return point(dict(zip((*groups.shares, *groups.tilts, groups.state[1]), values, strict=True)))
