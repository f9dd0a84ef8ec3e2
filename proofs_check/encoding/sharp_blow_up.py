"""The blow-up of one Gaussian where one of its hypotheses is missing."""

from __future__ import annotations

from proofs_check.encoding.one_gaussian import (
    MEAN,
    OWN_SHARE,
    REAL_MEAN,
    REAL_SHARE,
    REAL_VARIANCE,
    TILT,
    VARIANCE,
    shares,
    stationary,
)
from proofs_check.encoding.relations import equal, positive
from proofs_check.encoding.symbols import point, variables
from proofs_check.sharpness import Sharpness
from proofs_check.statements.statement import Statement


def needs_real_data() -> Sharpness:
    """a = 0: the tilted Gaussian has moved by tv, so no state stays."""
    grows = MEAN + TILT * VARIANCE
    return Sharpness(
        hypothesis=0,
        weakened=Statement(
            variables=variables(TILT, MEAN, VARIANCE),
            hypotheses=(positive(VARIANCE),),
            conclusions=(equal(grows, MEAN),),
        ),
        point=point({TILT: 1, MEAN: 0, VARIANCE: 1}),
    )


def needs_all_curated() -> Sharpness:
    """Half of the own output curated by t = 1, half by −1: at v = 1/2 the variance equation is another."""
    one, other = MEAN + TILT * VARIANCE, MEAN - TILT * VARIANCE
    first = REAL_SHARE * REAL_MEAN + OWN_SHARE * (one + other) / 2
    second = REAL_SHARE * (REAL_VARIANCE + REAL_MEAN**2) + OWN_SHARE * (VARIANCE + (one**2 + other**2) / 2)
    return Sharpness(
        hypothesis=1,
        weakened=Statement(
            variables=variables(REAL_SHARE, TILT, MEAN, VARIANCE, REAL_MEAN, REAL_VARIANCE),
            hypotheses=(*shares(), equal(first, MEAN), equal(second - first**2, VARIANCE)),
            conclusions=(stationary(),),
        ),
        point=point(
            {REAL_SHARE: "1/2", TILT: 1, MEAN: 0, VARIANCE: "1/2", REAL_MEAN: 0, REAL_VARIANCE: "1/4"}
        ),
    )
