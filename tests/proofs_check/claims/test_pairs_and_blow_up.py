"""Pair-trained models by their own least squares, and the formula at a simple eigenvalue by NumPy."""

from __future__ import annotations

import numpy as np
import pytest

from proofs_check.claims.influence import blow_up, pairs

MISMATCHED = {
    "shares": [[1 / 3] * 3, [1 / 3] * 3],
    "prompts": [[[2, -1], [-1, 1]], [[1, 1], [1, 2]]],
    "real": [[[2, 1], [1, 1]], [[1, 0], [0, 2]]],
}
MATCHED = {
    "shares": [[1 / 8, 1 / 8, 6 / 8, 0], [1 / 8, 0, 0, 7 / 8], [1 / 8, 7 / 8, 0, 0]],
    "prompts": [[[3, -2], [-2, 2]], [[10, 6], [6, 4]], [[15, -20], [-20, 45]]],
}
LOOP = {
    "shares": [[1 / 4, 1 / 4, 1 / 2], [1 / 3] * 3],
    "prompts": [[[3, -2], [-2, 2]], [[2, 1], [1, 1]]],
    "real": [[[1, 1], [1, 2]], [[1, -2], [-2, 5]]],
}
FOUR = {
    "shares": [
        [1 / 500, 1 / 4, 1 / 2, 1 / 4 - 1 / 500, 0],
        [1 / 500, 1 / 3, 1 / 3, 0, 1 / 3 - 1 / 500],
        [1, 0, 0, 0, 0],
        [1, 0, 0, 0, 0],
    ],
    "prompts": [[[3, -2], [-2, 2]], [[2, 1], [1, 1]], [[1, 1], [1, 2]], [[1, -2], [-2, 5]]],
}


def refit(models, answers, shift):
    """One round of weighted least squares; real answers are 0, model 1's own ones are shifted."""
    prompts = [np.array(s, dtype=float) for s in models["prompts"]]
    real = [np.array(s, dtype=float) for s in models.get("real", models["prompts"])]
    fitted = []
    for i, (own, *read) in enumerate(models["shares"]):
        left = own * real[i] + sum(w * s for w, s in zip(read, prompts, strict=True))
        right = sum(
            w * s @ (answers[j] + (shift if i == j == 0 else 0))
            for j, (w, s) in enumerate(zip(read, prompts, strict=True))
        )
        fitted.append(np.linalg.solve(left, right))
    return np.array(fitted)


@pytest.mark.parametrize(
    ("models", "shift", "direct", "total"),
    [
        (MISMATCHED, (0, 1), 1 / 19, -5 / 29),
        (MATCHED, (4, 5), 15 / 103, -2201248 / 246488811),
    ],
)
def test_iterated_least_squares_settles_at_the_stated_influence(models, shift, direct, total):
    along = np.array(shift, dtype=float)
    wish = along @ np.array(models.get("real", models["prompts"])[0], dtype=float)
    answers = np.zeros((len(models["shares"]), 2))
    first = refit(models, answers, along)
    for _ in range(400):
        answers = refit(models, answers, along)
    assert np.isclose(wish @ first[0], direct)
    assert np.isclose(wish @ answers[0], total)


@pytest.mark.parametrize("models", [LOOP, FOUR])
def test_the_unstable_loops_run_away_although_real_data_are_everywhere(models):
    assert all(row[0] > 0 for row in models["shares"])
    start = np.random.default_rng(1).normal(size=(len(models["shares"]), 2))
    answers = start
    for _ in range(3000):
        answers = refit(models, answers, np.zeros(2))
    assert np.abs(answers).max() > 1e3


def test_matched_pairs_of_two_models_amplify():
    draw = np.random.default_rng(0)
    for _ in range(100):
        roots = draw.normal(size=(2, 3, 3))
        prompts = [root @ root.T + 0.01 * np.eye(3) for root in roots]
        shares = draw.dirichlet((1, 1, 1), size=2)
        along = draw.normal(size=3)
        models = {"shares": shares, "prompts": prompts}
        first = refit(models, np.zeros((2, 3)), along)
        columns = [refit(models, np.eye(6)[k].reshape(2, 3), np.zeros(3)).ravel() for k in range(6)]
        settled = np.linalg.solve(np.eye(6) - np.array(columns).T, first.ravel())[:3]
        wish = along @ prompts[0]
        assert wish @ settled >= wish @ first[0] - 1e-9
        assert wish @ first[0] > 0


def test_influence_times_the_gap_tends_to_the_projection():
    draw = np.random.default_rng(4)
    basis, push, wish = draw.normal(size=(3, 3)), draw.normal(size=3), draw.normal(size=3)
    left = np.linalg.inv(basis)
    found = []
    for gap in (1e-3, 1e-6):
        jacobian = basis @ np.diag([1 - gap, 0.3, -0.5]) @ left
        found.append(wish @ np.linalg.solve(np.eye(3) - jacobian, push) * gap)
    limit = (wish @ basis[:, 0]) * (left[0] @ push)
    assert abs(found[1] - limit) < 1e-4 * (1 + abs(limit))
    assert abs(found[1] - limit) < abs(found[0] - limit)


def test_both_claims_name_their_cases():
    assert len(pairs.claim().cases) == 6
    assert len(blow_up.claim().cases) == 6
