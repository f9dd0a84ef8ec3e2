"""Random exact ecosystems: they meet the hypotheses, and their tests notice what is wrong."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from proofs_check.encoding import sampled_influences as tests_of
from proofs_check.encoding.sampled_scalars import ScalarLinks, stable_links, touched_part, why_not_cooperative
from proofs_check.encoding.sampled_tilts import (
    SampledStream,
    SampledTilts,
    common_basis,
    inner,
    no_way_back,
    one_curated,
    plain_shares,
)
from proofs_check.encoding.scalar_knobs import Knob

BUILDERS = (plain_shares, common_basis, one_curated, no_way_back)


def number(exact):
    return int(exact.p) / int(exact.q)


def floats(matrix):
    return np.array([[number(entry) for entry in row] for row in matrix.tolist()])


def jacobian_of(model):
    d = model.reward.nrows()
    jacobian = np.zeros((model.size * d, model.size * d))
    for s in model.streams:
        rows, columns = slice(s.reader * d, s.reader * d + d), slice(s.producer * d, s.producer * d + d)
        link = floats(s.law) @ np.linalg.inv(floats(model.variances[s.producer]))
        jacobian[rows, columns] += number(s.share) * link
    return jacobian


@pytest.mark.parametrize("build", [plain_shares, common_basis, one_curated])
def test_sampled_ecosystems_are_stable_and_move_as_floating_point_says(build):
    for seed in range(40):
        model = build(Random(seed), 1 + seed % 6)
        jacobian = jacobian_of(model)
        assert max(abs(np.linalg.eigvals(jacobian))) < 1
        push = np.concatenate(
            [
                sum(
                    (
                        number(s.share) * floats(s.law) @ floats(model.reward)
                        for s in model.streams
                        if s.touched and s.reader == i
                    ),
                    np.zeros((model.reward.nrows(), 1)),
                )
                for i in range(model.size)
            ]
        )
        moves = np.linalg.solve(np.eye(len(jacobian)) - jacobian, push)
        found = np.concatenate([floats(move) for move in model.moves()])
        assert np.allclose(found, moves, rtol=1e-6, atol=1e-6 * abs(moves).max())


@pytest.mark.parametrize("build", BUILDERS)
def test_sampled_covariances_are_positive_definite(build):
    for seed in range(20):
        model = build(Random(seed), 3)
        for square in (*model.variances, *(s.law for s in model.streams if s.touched and s.law.det() != 0)):
            assert square == square.transpose()
            assert np.linalg.eigvalsh(floats(square)).min() > 0


def test_stable_links_reach_close_to_the_boundary_and_beyond_row_sums_of_one():
    radii, sums = [], []
    for seed in range(200):
        square = floats(stable_links(Random(seed), 4))
        radii.append(max(abs(np.linalg.eigvals(square))))
        sums.append(square.sum(axis=1).max())
    assert 0.8 < max(radii) < 1 < max(sums)


def planted(reward_law):
    """Half of model 1's data is its own output, chosen with that curvature; covariance I."""
    identity = fmpq_mat([[1, 0], [0, 1]])
    streams = (
        SampledStream(0, 0, fmpq(1, 4), identity, touched=False),
        SampledStream(0, 0, fmpq(1, 2), reward_law, touched=True),
    )
    return SampledTilts((identity,), streams, fmpq_mat([[1], [0]]), Knob.OWN)


def test_each_test_notices_a_planted_falsehood():
    backward = planted(fmpq_mat([[-1, 0], [0, 1]]))
    assert tests_of.why_below_one_round(backward)
    assert tests_of.why_not_one_interest(planted(fmpq_mat([[5, 0], [0, 5]])))
    assert tests_of.why_not_alone(planted(fmpq_mat([[5, 0], [0, 5]])))
    assert tests_of.why_not_share_formulas(planted(fmpq_mat([[1, 1], [1, 3]])))
    good = planted(fmpq_mat([[1, 0], [0, 1]]))
    for test in (
        tests_of.why_below_one_round,
        tests_of.why_not_one_interest,
        tests_of.why_not_alone,
        tests_of.why_not_share_formulas,
    ):
        assert test(good) is None


def test_a_way_back_is_noticed():
    model = no_way_back(Random(3), 3)
    link = replace(model.streams[0], reader=0, producer=2, share=fmpq(1, 3))
    back = replace(model.streams[0], reader=2, producer=0, share=fmpq(1, 3))
    assert tests_of.why_not_alone(model) is None
    assert tests_of.why_not_alone(replace(model, streams=(*model.streams, link, back)))


def test_cooperative_test_notices_a_negative_link():
    good = ScalarLinks(
        fmpq_mat([[fmpq(1, 4), fmpq(1, 4)], [fmpq(1, 4), 0]]),
        fmpq_mat([[fmpq(1, 4), 0], [0, 0]]),
        (fmpq(1), fmpq(2)),
        (fmpq(1), fmpq(-1)),
    )
    bad = replace(good, jacobian=fmpq_mat([[fmpq(1, 4), fmpq(1, 4)], [fmpq(-1, 4), 0]]))
    assert why_not_cooperative(good) is None
    assert "on model 2" in why_not_cooperative(bad)


@pytest.mark.parametrize("knob", Knob)
def test_the_touched_part_stays_in_the_links_of_its_knob(knob):
    whole = stable_links(Random(5), 4)
    part = touched_part(Random(6), whole, knob)
    for i in range(4):
        for j in range(4):
            assert 0 <= part[i, j] <= whole[i, j]
            assert part[i, j] == 0 or (i + 1, j + 1) in knob.touched(4)


def test_inner_product_of_columns():
    assert inner(fmpq_mat([[1], [2]]), fmpq_mat([[3], [4]])) == 11
