"""Families and states drawn at random: by the keys that a family asks for, never by its name."""

from __future__ import annotations

from fractions import Fraction

import sympy
from hypothesis import strategies as st

from theory.errors import InvalidInput
from theory.exact_input import ExactInput
from theory.exponential_family.support import Support
from theory.families.registry import families
from theory.reward import Reward

READ = ExactInput()


def rationals(low, high, denominator=12):
    """Exact rationals in [low, high] with a small denominator."""
    numerators = st.integers(int(Fraction(low) * denominator), int(Fraction(high) * denominator))
    return numerators.map(lambda n: sympy.Rational(n, denominator))


def positive(high=4):
    return rationals(Fraction(1, 4), high)


@st.composite
def covariances(draw, dimension):
    """LLᵀ with L lower triangular of positive diagonal."""
    lower = sympy.zeros(dimension, dimension)
    for j in range(dimension):
        for k in range(j):
            lower[j, k] = draw(rationals(-1, 1, 3))
        lower[j, j] = draw(rationals(Fraction(1, 2), 2, 4))
    return lower * lower.T


@st.composite
def probabilities(draw, atoms, *, boundary=False):
    weights = [draw(st.integers(0 if boundary else 1, 6)) for _ in range(atoms)]
    if not any(weights):
        weights[0] = 1
    return tuple(sympy.Rational(w, sum(weights)) for w in weights)


@st.composite
def instances(draw, family, dimension=None):
    """A family with random settings; `dimension` (or number of atoms) where it has a choice."""
    size = dimension or draw(st.integers(1, 3))
    makers = prompt_makers(draw, size) | {
        "variance": lambda: str(draw(positive())),
        "covariance": lambda: rows(draw(covariances(size))),
        "atoms": lambda: [f"a{k}" for k in range(max(size, 2))],
        "shape": lambda: str(draw(positive())),
        "successes": lambda: str(draw(positive())),
        "scale": lambda: str(draw(positive())),
        "location": lambda: str(draw(rationals(-2, 2))),
        "dimension": lambda: min(size, 2),
        "parts": lambda: max(size, 2),
        "support": lambda: [-1, 0, "1/2", 2, 3][: draw(st.integers(3, 5))],
        "statistic": lambda: draw(st.sampled_from([["x"], ["x**2 - x"], ["x", "x**2"]])),
    }
    keys = family.settings
    if set(keys) == {"variance", "covariance"}:
        keys = ("covariance",)
    table = {key: makers[key]() for key in keys if key in makers}
    if "weights" in keys:
        table["weights"] = [str(draw(positive())) for _ in table["support"]]
    return family.from_settings(table, READ, "models.m")


def mean_of(instance, function, chances):
    points = instance.support_points()
    return sympy.Add(*(p * function.xreplace(point) for p, point in zip(chances, points, strict=True)))


def prompt_makers(draw, size):
    """What says which prompts are answered: second moments of vectors, or probabilities of two names."""
    makers = dict.fromkeys(("prompt_moments", "judged_moments"), lambda: rows(draw(covariances(size))))

    def asked():
        return {name: str(p) for name, p in zip("qr", draw(probabilities(2)), strict=True)}

    return makers | dict.fromkeys(("prompts", "judged_prompts"), asked)


@st.composite
def sources(draw, instance):
    """The family of real data: with other prompts where there are prompts, else None."""
    keys = instance.real_settings
    if not keys or draw(st.booleans()):
        return None
    makers = prompt_makers(draw, instance.dimension)
    return instance.source_of_data({key: makers[key]() for key in keys}, READ, "models.m.real")


def rows(matrix):
    return [[str(entry) for entry in matrix.row(j)] for j in range(matrix.rows)]


@st.composite
def states(draw, instance, *, boundary=False):
    """A state inside the family's domain, through the keys of its data."""
    means = {
        Support.REALS: rationals(-2, 2),
        Support.BINARY: rationals(0 if boundary else Fraction(1, 12), 1 if boundary else Fraction(11, 12)),
    }
    makers = {
        "mean": lambda: [
            str(draw(means.get(instance.support, positive()))) for _ in range(instance.dimension)
        ],
        "coefficients": lambda: [str(draw(rationals(-2, 2))) for _ in range(instance.dimension)],
        "probabilities": lambda: answers(draw, instance, boundary=boundary),
    }
    makers["covariance"] = lambda: rows(draw(covariances(instance.dimension)))
    makers |= {
        key: lambda: str(draw(positive()))
        for key in (
            "variance",
            "shape",
            "mean_square",
            "mean_power",
            "mean_log",
            "deviation",
            "above",
            "below",
        )
    }
    if instance.support is Support.POINTS:
        chances = draw(probabilities(len(instance.support_points())))
        makers["mean"] = lambda: [str(mean_of(instance, t, chances)) for t in instance.statistic]
    makers |= dict.fromkeys(("cosine", "sine"), lambda: str(draw(rationals(Fraction(-2, 3), Fraction(2, 3)))))
    makers |= dict.fromkeys(("alpha", "beta"), lambda: str(draw(rationals(3, 6))))
    makers["concentrations"] = lambda: [str(draw(rationals(3, 6))) for _ in range(instance.dimension)]
    table = {key: makers[key]() for key in instance.data_keys}
    if instance.dimension == 1 and "mean" in table and len(table["mean"]) == 1:
        table["mean"] = table["mean"][0]
    return instance.state_from_data(table, READ, "models.m.real")


def answers(draw, instance, *, boundary):
    """Probabilities of the atoms, or of the answers to each prompt."""
    sizes = [len(instance.atoms[menu]) for _, menu in instance.menus(instance.statistic)]
    laws = [[str(p) for p in draw(probabilities(size, boundary=boundary))] for size in sizes]
    return laws if instance.answers_prompts else laws[0]


@st.composite
def rewards(draw, instance, *, scale=Fraction(1)):
    """A reward that the family can tilt by, of the highest degree that it accepts."""
    size = rationals(-scale, scale)
    if instance.atoms:
        menus = instance.menus(instance.statistic)
        return Reward(table=tuple(draw(size) for _ in instance.atoms), rows=len(menus))
    variables = instance.variables
    constant = Reward(polynomial=draw(size))
    linear = Reward(polynomial=constant.polynomial + sympy.Add(*(draw(size) * v for v in variables)))
    bend = rationals(Fraction(1, 12), scale)
    square = sympy.Add(*(draw(bend) * (v - draw(size)) ** 2 for v in variables)) / 2
    quadratic = Reward(polynomial=sympy.expand(linear.polynomial - square))
    along = [Reward(polynomial=sympy.expand(draw(size) + draw(size) * t)) for t in instance.statistic]
    slopes = [draw(size) for _ in instance.statistic]
    inner = sympy.Add(*(b * t for b, t in zip(slopes, instance.statistic, strict=True)))
    along.append(Reward(polynomial=sympy.expand(draw(size) + inner)))
    mixed = sympy.Add(*(draw(size) * t for t in instance.statistic), *(-draw(bend) * v**2 for v in variables))
    candidates = (linear, quadratic, *along, Reward(polynomial=mixed))
    accepted = [r for r in candidates if accepts(instance, r)]
    return draw(st.sampled_from(accepted or [constant]))


def accepts(instance, reward):
    """Whether the family tilts by the reward, not only chooses by it from finite pools."""
    try:
        parts = instance.reward_parts(reward)
    except InvalidInput:
        return False
    wider = instance.widened(tuple(sympy.Dummy(real=True) for _ in instance.coordinates))
    return parts.outside is None or (wider is not None and accepts(wider[0], reward))


def drawn_family(dimension=None, names=None):
    """Any registered family (or one of `names`) with random settings."""
    chosen = st.sampled_from(sorted(names or families()))
    return chosen.flatmap(lambda name: instances(families()[name], dimension))
