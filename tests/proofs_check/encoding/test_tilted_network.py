"""Linearised networks of exponential families, against maps whose log-partitions are known."""

from __future__ import annotations

import pytest
import sympy

from proofs_check.encoding.symbols import Matrix
from proofs_check.encoding.tilted_network import TiltedNetwork, TiltedStream

R = sympy.Rational
A, B = sympy.symbols("a b", real=True)


def test_poisson_and_gaussian_links_are_those_of_their_log_partitions():
    """A = e^θ and A = θ²: J of the concrete map in the means equals J from named second derivatives."""
    first, second, tilt, strength = sympy.symbols("first second tilt strength", real=True)
    count, normal = sympy.exp(first), 2 * second
    step = (
        R(1, 5) * count * sympy.exp(strength) + R(1, 3) * (normal + 2 * tilt),
        R(1, 4) * count + R(1, 7) * (normal + 2 * strength),
    )
    exact = Matrix(step).jacobian([first, second]) * sympy.diag(1 / count, R(1, 2))
    network = TiltedNetwork(
        (Matrix([[count]]), Matrix([[2]])),
        (
            TiltedStream(
                reader=1,
                producer=1,
                share=R(1, 5),
                variance=Matrix([[count * sympy.exp(strength)]]),
                reward=Matrix([1]),
            ),
            TiltedStream(reader=1, producer=2, share=R(1, 3), variance=Matrix([[2]])),
            TiltedStream(reader=2, producer=1, share=R(1, 4)),
            TiltedStream(reader=2, producer=2, share=R(1, 7), variance=Matrix([[2]]), reward=Matrix([1])),
        ),
    )
    assert (network.jacobian - exact).applyfunc(sympy.simplify).is_zero_matrix
    assert (network.direct - Matrix(step).diff(strength)).applyfunc(sympy.simplify).is_zero_matrix


def quadratic_network(reward):
    """One model with A = ½θᵀSθ that reads itself raw and chosen."""
    covariance = Matrix([[2, 1], [1, 3]])
    return covariance, TiltedNetwork(
        (covariance,),
        (
            TiltedStream(reader=1, producer=1, share=R(1, 4)),
            TiltedStream(reader=1, producer=1, share=R(1, 8), variance=covariance, reward=reward),
        ),
    )


def test_a_fixed_covariance_makes_plain_shares():
    reward = Matrix([1, -2])
    covariance, network = quadratic_network(reward)
    assert network.jacobian.applyfunc(sympy.cancel) == R(3, 8) * sympy.eye(2)
    assert network.direct == R(1, 8) * covariance * reward


def test_the_derivative_of_the_equilibrium_and_nothing_else_makes_the_equations_zero():
    reward = Matrix([1, -2])
    covariance, network = quadratic_network(reward)
    move = covariance.inv() * (R(8, 5) * network.direct)
    assert all(sympy.simplify(e) == 0 for e in network.linearised([Matrix(move)]))
    assert any(sympy.simplify(e) != 0 for e in network.linearised([Matrix(2 * move)]))


@pytest.mark.parametrize("touched", [True, False])
def test_a_stream_that_the_strength_leaves_alone_has_no_direct_effect(touched):
    reward = Matrix([A]) if touched else None
    network = TiltedNetwork(
        (Matrix([[B]]),), (TiltedStream(reader=1, producer=1, share=R(1, 2), reward=reward),)
    )
    assert network.direct == Matrix([A * B / 2 if touched else 0])
    assert sympy.cancel(network.jacobian[0]) == R(1, 2)
