"""Fifty small sets: the white-box attack reaches the optimum's neighbourhood, random flips do not."""

from __future__ import annotations

import numpy as np
import pytest

from theory.attack import small_sets
from theory.attack.small_sets import SmallSets, compare


def silent(_):
    return


@pytest.mark.slow
@pytest.mark.parametrize(
    ("drawn", "seed"),
    [(SmallSets(), 0), (SmallSets(dimension=5), 1), (SmallSets(taste=3.0), 2), (SmallSets(dimension=2), 3)],
)
def test_white_box_reaches_four_fifths_of_the_optimum_in_the_median_and_random_less(drawn, seed):
    compared = compare(drawn, seed, silent)
    assert compared.instances == 50
    median = {name: compared.quantiles(name, 0.5)[0] for name, _ in compared.reached}
    assert median["white-box"] >= 0.8
    assert median["influence"] >= 0.8
    assert median["random"] < min(median[name] for name in median if name != "random")
    assert max(part for _, parts in compared.reached for part in parts) <= 1 + 1e-9


def test_the_same_holds_of_fewer_smaller_sets():
    compared = compare(SmallSets(instances=12, pairs=8, budget=2), 0, silent, ("white-box", "random"))
    strong, weak = (compared.quantiles(name, 0.5)[0] for name in ("white-box", "random"))
    assert weak < 0.8 <= strong <= 1 + 1e-9
    assert compared == compare(SmallSets(instances=12, pairs=8, budget=2), 0, silent, ("white-box", "random"))


def test_finished_sets_are_kept_when_interrupted():
    seen = []

    def stop(text):
        seen.append(text)
        if len(seen) == 4:
            raise KeyboardInterrupt

    compared = compare(SmallSets(instances=9, pairs=5, budget=1), 0, stop, ("random",))
    assert compared.interrupted
    assert compared.instances == 3


def test_sets_that_cannot_be_harmed_are_left_out(monkeypatch):
    useless = SmallSets(instances=4, pairs=5, budget=1)
    problem = small_sets.random_problem(useless, np.random.default_rng(0)).within(0)
    monkeypatch.setattr(small_sets, "random_problem", lambda *_: problem)
    assert compare(useless, 0, silent, ("random",)).instances == 0
