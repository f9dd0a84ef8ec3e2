"""Strengths that cannot backfire: claimed formulas against iterated ecosystems of concrete families.

The oracle knows nothing of Jacobians: it iterates means of T at 50 digits for two strengths nearby and takes
the difference of the alignments.
"""

from __future__ import annotations

import mpmath
import pytest

DIGITS = 50
STEP = "1e-16"


def settled(refit, start, strength):
    """The means after iterating until they stop moving."""
    means = start
    for _ in range(20_000):
        new = refit(means, strength)
        if max(abs(a - b) for a, b in zip(new, means, strict=True)) < mpmath.mpf(10) ** (-DIGITS + 6):
            return new
        means = new
    raise AssertionError("no equilibrium")


def rate(refit, start, strength, alignment):
    """d alignment/d strength at the equilibrium, by a central difference."""
    step = mpmath.mpf(STEP)
    up, down = (alignment(settled(refit, start, strength + s)) for s in (step, -step))
    return (up - down) / (2 * step)


def close(found, expected):
    return abs(found - expected) < mpmath.mpf("1e-12") * max(1, abs(expected))


# One-parameter families with T = x, each as (mean after a tilt of θ by t, variance), from its mean μ.


def bernoulli(mean, tilt):
    odds = mean / (1 - mean) * mpmath.exp(tilt)
    mean = odds / (1 + odds)
    return mean, mean * (1 - mean)


def poisson(mean, tilt):
    return mean * mpmath.exp(tilt), mean * mpmath.exp(tilt)


def normal(mean, tilt):
    return mean + 2 * tilt, mpmath.mpf(2)


def exponential(mean, tilt):
    mean = 1 / (1 / mean - tilt)
    return mean, mean**2


SCALAR = (poisson, normal, exponential)
# reader: (real share, real mean), then (share, producer, tilt by others, moved by the strength)
READS = (
    (("0.5", "1"), (("0.1", 0, "0", True), ("0.2", 1, "-0.3", False), ("0.2", 2, "0.1", False))),
    (("0.6", "2"), (("0.3", 0, "0.2", False), ("0.1", 2, "-0.5", False))),
    (("0.5", "1.5"), (("0.3", 1, "0.25", False), ("0.2", 0, "0", False))),
)


def scalar_refit(families, moved):
    def refit(means, strength):
        new = []
        for i, ((share, real), streams) in enumerate(READS):
            total = mpmath.mpf(share) * mpmath.mpf(real)
            for weight, j, tilt, _ in streams:
                push = strength if (i, j) in moved else 0
                total += mpmath.mpf(weight) * families[j](means[j], mpmath.mpf(tilt) + push)[0]
            new.append(total)
        return tuple(new)

    return refit


def scalar_links(families, means, strength, moved):
    """J and the pushes of the claim: Σ wB/H and Σ wB."""
    jacobian, push = mpmath.zeros(3, 3), mpmath.zeros(3, 1)
    for i, (_, streams) in enumerate(READS):
        for weight, j, tilt, _ in streams:
            at = mpmath.mpf(tilt) + (strength if (i, j) in moved else 0)
            law = mpmath.mpf(weight) * families[j](means[j], at)[1]
            jacobian[i, j] += law / families[j](means[j], mpmath.mpf(0))[1]
            push[i] += law if (i, j) in moved else 0
    return jacobian, push


@pytest.mark.parametrize("moved", [{(0, 0)}, {(0, 0), (0, 1), (0, 2)}, {(0, 0), (1, 0), (2, 0)}])
def test_scalar_models_of_one_statistic_move_by_the_inverse_of_non_negative_links(moved):
    with mpmath.workdps(DIGITS):
        strength, start = mpmath.mpf("0.05"), (mpmath.mpf(1),) * 3
        refit = scalar_refit(SCALAR, moved)
        jacobian, push = scalar_links(SCALAR, settled(refit, start, strength), strength, moved)
        expected = mpmath.lu_solve(mpmath.eye(3) - jacobian, push)
        assert min(jacobian) >= 0
        for j in range(3):
            found = rate(refit, start, strength, lambda means, j=j: means[j])
            assert close(found, expected[j])
            assert found > 0
        assert expected[0] >= push[0] > 0


def test_bernoulli_models_help_those_who_agree_and_hurt_those_who_do_not():
    families = (bernoulli,) * 2

    def refit(means, strength):
        first = mpmath.mpf("0.5") * mpmath.mpf("0.3") + mpmath.mpf("0.2") * families[0](means[0], strength)[0]
        second = mpmath.mpf("0.4") * mpmath.mpf("0.6")
        return (
            first + mpmath.mpf("0.3") * families[1](means[1], mpmath.mpf(-1))[0],
            second + mpmath.mpf("0.6") * means[0],
        )

    with mpmath.workdps(DIGITS):
        start, strength = (mpmath.mpf("0.3"), mpmath.mpf("0.6")), mpmath.mpf(2)
        assert rate(refit, start, strength, lambda m: m[1]) > 0
        assert rate(refit, start, strength, lambda m: -m[1]) < 0
        assert rate(refit, start, strength, lambda m: m[0]) > 0


# The mean–variance Gaussian, T = (x, x²), as its mean parameters (E x, E x²).


def gaussian(means, tilt=(0, 0)):
    """Mean parameters after θ moves by a tilt (a, b): density times e^{ax + bx²}."""
    mean, variance = means[0], means[1] - means[0] ** 2
    new = 1 / (1 / variance - 2 * tilt[1])
    mean = new * (mean / variance + tilt[0])
    return mean, new + mean**2


def covariance(means):
    """Covariance of (x, x²) under N(m, v)."""
    mean, v = means[0], means[1] - means[0] ** 2
    return mpmath.matrix([[v, 2 * mean * v], [2 * mean * v, 4 * mean**2 * v + 2 * v**2]])


def mixed(*parts):
    return tuple(sum(mpmath.mpf(share) * law[k] for share, law in parts) for k in range(2))


REAL = (mpmath.mpf(0), mpmath.mpf(1))
OTHER = (mpmath.mpf(1), mpmath.mpf("1.5"))


def one_interest(share, back, raw_law, curated_law, reward):
    """w c·((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c."""
    gap = (1 - back) * covariance(curated_law) ** -1 - share * covariance(raw_law) ** -1
    c = mpmath.matrix(reward)
    return share * (c.T * mpmath.lu_solve(gap, c))[0]


@pytest.mark.parametrize("reward", [(1, 0), (0, "-0.5"), (1, "-0.25"), (-1, "0.05")])
def test_only_one_curated_stream_follows_the_formula_with_what_comes_back_raw(reward):
    with mpmath.workdps(DIGITS):
        c = tuple(map(mpmath.mpf, reward))
        share, strength = mpmath.mpf("0.2"), mpmath.mpf("0.5")

        def refit(state, beta):
            first, second = state[:2], state[2:]
            chosen = gaussian(first, (beta * c[0], beta * c[1]))
            one = mixed(("0.4", REAL), (share, chosen), ("0.1", first), ("0.3", second))
            two = mixed(("0.3", OTHER), ("0.5", first), ("0.2", second))
            return (*one, *two)

        def alignment(state):
            return c[0] * state[0] + c[1] * state[1]

        state = settled(refit, (*REAL, *OTHER), strength)
        back = mpmath.mpf("0.1") + mpmath.mpf("0.3") * mpmath.mpf("0.5") / (1 - mpmath.mpf("0.2"))
        curated = gaussian(state[:2], (strength * c[0], strength * c[1]))
        expected = one_interest(share, back, state[:2], curated, c)
        assert expected > 0
        assert close(rate(refit, (*REAL, *OTHER), strength, alignment), expected)


@pytest.mark.parametrize("reward", [(1, 0), (1, "-0.25")])
def test_without_a_way_back_only_the_own_streams_count(reward):
    """Upstream a Gaussian with opposed curators of its own, downstream one that reads all."""
    with mpmath.workdps(DIGITS):
        c = tuple(map(mpmath.mpf, reward))
        share, strength = mpmath.mpf("0.2"), mpmath.mpf("0.5")

        def refit(state, beta):
            first, above, below = state[:2], state[2:4], state[4:]
            chosen = gaussian(first, (beta * c[0], beta * c[1]))
            turned = gaussian(above, (mpmath.mpf("-0.7"), mpmath.mpf("0.02")))
            one = mixed(("0.4", REAL), (share, chosen), ("0.1", first), ("0.3", turned))
            two = mixed(("0.8", OTHER), ("0.2", turned))
            three = mixed(("0.2", OTHER), ("0.5", gaussian(first, (mpmath.mpf(-1), 0))), ("0.3", below))
            return (*one, *two, *three)

        start = (*REAL, *OTHER, *OTHER)
        state = settled(refit, start, strength)
        curated = gaussian(state[:2], (strength * c[0], strength * c[1]))
        expected = one_interest(share, mpmath.mpf("0.1"), state[:2], curated, c)
        assert expected > 0
        assert close(rate(refit, start, strength, lambda s: c[0] * s[0] + c[1] * s[1]), expected)


@pytest.mark.parametrize(("own", "read"), [(True, False), (True, True)])
def test_the_first_bit_of_choice_follows_the_shares(own, read):
    with mpmath.workdps(DIGITS):
        c = (mpmath.mpf(1), mpmath.mpf("-0.3"))
        shares = mpmath.matrix([["0.3", "0.4"], ["0.5", "0.1"]])

        def refit(state, beta):
            first, second = state[:2], state[2:]
            tilt = (beta * c[0], beta * c[1])
            mine = gaussian(first, tilt) if own else first
            theirs = gaussian(second, tilt) if read else second
            one = mixed(("0.3", REAL), ("0.1", first), ("0.2", mine), ("0.4", theirs))
            return (*one, *mixed(("0.4", OTHER), ("0.5", first), ("0.1", second)))

        start = (*REAL, *OTHER)
        state = settled(refit, start, mpmath.mpf(0))
        returns = ((mpmath.eye(2) - shares) ** -1)[0, 0]
        chosen = mpmath.mpf("0.2") * covariance(state[:2])
        if read:
            chosen += mpmath.mpf("0.4") * covariance(state[2:])
        reward = mpmath.matrix(c)
        expected = returns * (reward.T * chosen * reward)[0]
        assert expected > 0
        assert close(rate(refit, start, mpmath.mpf(0), lambda s: c[0] * s[0] + c[1] * s[1]), expected)


SIGMA = ([[1, -2], [-2, 5]], [[2, 1], [1, 3]])
WEIGHTS = (("0.3", "0.2"), ("0.4", "0.1"))


def wished(wish, on):
    """⟨wish, mean of model `on`⟩."""
    return lambda state: wish[0] * state[2 * on] + wish[1] * state[2 * on + 1]


@pytest.mark.parametrize("moved", [{(0, 0)}, {(0, 0), (0, 1)}, {(0, 0), (1, 0)}])
def test_location_models_follow_the_formulas_and_an_acute_wish_can_lose(moved):
    with mpmath.workdps(DIGITS):
        first, wanted = mpmath.matrix([1, 0]), mpmath.matrix([1, 1])
        sigma = [mpmath.matrix(s) for s in SIGMA]
        weights = mpmath.matrix(WEIGHTS)

        def refit(state, beta):
            means = (mpmath.matrix(state[:2]), mpmath.matrix(state[2:]))
            new = []
            for i in range(2):
                total = mpmath.matrix([i, 1]) / 2
                for j in range(2):
                    push = beta * sigma[j] * first if (i, j) in moved else mpmath.zeros(2, 1)
                    total += weights[i, j] * (means[j] + push)
                new += [*total]
            return tuple(new)

        returns = (mpmath.eye(2) - weights) ** -1
        start = (mpmath.mpf(0),) * 4
        for on, wish in ((0, first), (1, wanted)):
            expected = sum(returns[on, i] * weights[i, j] * (wish.T * sigma[j] * first)[0] for i, j in moved)
            found = rate(refit, start, mpmath.mpf(3), wished(wish, on))
            assert close(found, expected)
            if on == 1 and moved == {(0, 0)}:
                assert found < 0 < (first.T * wanted)[0]
        if len(moved) == 2 and (1, 0) in moved:
            alone = (returns[0, 0] - 1) * (first.T * sigma[0] * first)[0]
            assert close(rate(refit, start, mpmath.mpf(1), lambda s: s[0]), alone)


def test_two_independent_counts_move_coordinate_by_coordinate():
    """Products of two Poisson laws: covariances diagonal in one basis, a reward that mixes them."""
    with mpmath.workdps(DIGITS):
        c, strength = (mpmath.mpf(1), mpmath.mpf("-0.5")), mpmath.mpf("0.1")

        def tilted(means, beta):
            return tuple(m * mpmath.exp(beta * k) for m, k in zip(means, c, strict=True))

        def refit(state, beta):
            first, second = state[:2], state[2:]
            one = mixed(("0.5", (1, 2)), ("0.2", tilted(first, beta)), ("0.3", tilted(second, -1)))
            return (*one, *mixed(("0.5", (2, 1)), ("0.4", tilted(first, beta)), ("0.1", second)))

        state = settled(refit, (1, 2, 2, 1), strength)
        expected, at_once = mpmath.mpf(0), mpmath.mpf(0)
        for k, slope in enumerate(c):
            up, down = mpmath.exp(strength * slope), mpmath.exp(-slope)
            jacobian = mpmath.matrix(
                [
                    [mpmath.mpf("0.2") * up, mpmath.mpf("0.3") * down],
                    [mpmath.mpf("0.4") * up, mpmath.mpf("0.1")],
                ]
            )
            push = mpmath.matrix([mpmath.mpf("0.2"), mpmath.mpf("0.4")]) * up * state[k] * slope
            expected += slope * mpmath.lu_solve(mpmath.eye(2) - jacobian, push)[0]
            at_once += slope * push[0]
        found = rate(refit, (1, 2, 2, 1), strength, lambda s: c[0] * s[0] + c[1] * s[1])
        assert close(found, expected)
        assert found >= at_once > 0
