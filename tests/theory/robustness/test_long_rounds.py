"""Rounds evaluated factor by factor agree with those written out; random ecosystems end in verdicts."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flint import arb
from hypothesis import HealthCheck, assume, given, settings
from strategies.ecosystems import ecosystems

from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.families.registry import families
from theory.robustness.adversarial import adversarial_ecosystem, curating_groups
from theory.robustness.long_rounds import LongRoundTrace, is_long
from theory.robustness.measures import measures
from theory.robustness.one_round import round_trace
from theory.robustness.report import robustness
from theory.robustness.rows import Verdict
from theory.update_map import derive

WRITTEN_OUT = sorted(
    set(families()) - {"lattice", "beta", "von-mises", "gaussian-covariance", "inverse-gaussian"}
)


@pytest.mark.parametrize("name", ["user-groups", "conflict-atoms", "exponential-fold"])
def test_both_ways_enclose_the_same_gains(name, example_text):
    ecosystem = from_text(example_text(name)).ecosystem
    for group in curating_groups(ecosystem):
        adversarial = adversarial_ecosystem(ecosystem, group)
        update_map = derive(adversarial.ecosystem)
        for measure in measures(update_map):
            short = round_trace(adversarial, update_map, measure)
            long = LongRoundTrace(update_map=update_map, share=adversarial.share, measure=measure)
            assert not is_long(update_map, measure)
            assert (short.mentions_share, short.exists()) == (long.mentions_share, long.exists())
            for share in map(arb, ("0", "0.3", "0.6 +/- 0.1")):
                assert short.value(share, 128).overlaps(long.value(share, 128))
                assert short.slope(share, 128).overlaps(long.slope(share, 128))


@pytest.mark.slow
@settings(max_examples=5, suppress_health_check=list(HealthCheck))
@given(ecosystem=ecosystems(names=WRITTEN_OUT, models=1))
def test_random_ecosystems_end_in_verdicts(ecosystem):
    assume(curating_groups(ecosystem))
    for row in robustness(ecosystem, Budget(digits=10, seconds=0.2)).rows:
        falls = None if row.course is None else row.course.falls
        assert (falls is not None and row.verdict is not Verdict.BELOW) == (row.verdict is Verdict.FALLS)
        if row.course is not None:
            shares = [c.share for c in row.course.crossings]
            assert all(a < b for a, b in pairwise(shares))
            assert all(c.share < arb(row.course.until) for c in row.course.crossings)
