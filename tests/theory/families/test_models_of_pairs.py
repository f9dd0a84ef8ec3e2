"""Models trained on pairs of a prompt and an answer, against least squares and counting by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import sympy
from flint import arb, ctx, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies.families import covariances, positive, rationals

from theory.analysis import analyze
from theory.budget import Budget
from theory.ecosystem_file import from_text
from theory.equilibrium.result import Reached, Stability
from theory.errors import InvalidInput
from theory.examples import text
from theory.families.linear_gaussian import LinearGaussian
from theory.reward import ANSWER_VARIABLE, Reward, Taste, reward_variables
from theory.simulation.simulation import Trial, simulate
from theory.update_map import derive

R = sympy.Rational
Matrix = sympy.ImmutableDenseMatrix
UNSTABLE = """
[models.p]
family = "linear-gaussian"
prompt_moments = [[3, -2], [-2, 2]]
real = { share = "1/4", coefficients = [1, 0], prompt_moments = [[1, 1], [1, 2]] }
reads = [{ from = "p", share = "1/4" }, { from = "q", share = "1/2" }]
[models.q]
family = "linear-gaussian"
prompt_moments = [[2, 1], [1, 1]]
real = { share = "1/3", coefficients = [0, 1], prompt_moments = [[1, -2], [-2, 5]] }
reads = [{ from = "p", share = "1/3" }, { from = "q", share = "1/3" }]
"""


def analysed(source, **budget):
    return analyze(from_text(source).ecosystem, Budget(**budget))


def is_exactly(ball, number):
    with ctx.workprec(400):
        exact = arb(fmpq(int(R(number).p), int(R(number).q)))
        return abs(ball - exact) < arb("1e-24") and not abs(ball - exact) > 0


@pytest.mark.parametrize(
    ("name", "direct", "total", "radius"),
    [
        ("mismatched-prompts", "1/19", "-5/29", "0.766977"),
        ("matched-prompts", "15/103", "-2201248/246488811", "0.674006"),
    ],
)
def test_shipped_pairs_invert_by_exactly_these_numbers(name, direct, total, radius):
    report = analysed(text(name)).reached
    row = next(r for r in report.influence if r.knob == "users.askers.strength")
    assert is_exactly(row.direct, direct)
    assert is_exactly(row.total, total)
    assert row.verdict.value == "inverts"
    assert abs(report.equilibrium.spectral_radius.lower - arb(radius)) < arb("1e-6")


def test_mismatched_prompts_can_destroy_stability():
    analysis = analysed(UNSTABLE)
    (found,) = analysis.equilibria.found
    assert found.stability is Stability.UNSTABLE
    assert found.spectral_radius.lower > 1
    assert analysis.equilibria.reached_detail is Reached.DIVERGES


@settings(max_examples=4)
@given(data=st.data())
def test_two_models_with_matched_prompts_amplify(data):
    moments = [data.draw(covariances(2)).tolist() for _ in range(2)]
    shares = [R(data.draw(st.integers(1, 5)), 12) for _ in range(4)]
    slopes = [data.draw(rationals(-2, 2)), data.draw(positive(2))]
    source = f"""
[users.u]
reward = "({slopes[0]})*x1*y + ({slopes[1]})*x2*y"
[models.p]
family = "linear-gaussian"
prompt_moments = {written(moments[0])}
users = "u"
real = {{ share = "{1 - shares[0] - shares[1]}", coefficients = [0, 1] }}
reads = [{{ from = "p", share = "{shares[0]}", curated = true }}, {{ from = "q", share = "{shares[1]}" }}]
[models.q]
family = "linear-gaussian"
prompt_moments = {written(moments[1])}
real = {{ share = "{1 - shares[2] - shares[3]}", coefficients = [1, 0] }}
reads = [{{ from = "p", share = "{shares[2]}" }}, {{ from = "q", share = "{shares[3]}" }}]
"""
    report = analysed(source).reached
    assert report.equilibrium.stability is Stability.STABLE
    row = next(r for r in report.influence if r.knob == "users.u.strength")
    assert row.direct > 0
    assert not row.total < row.direct


def written(rows):
    return [[str(entry) for entry in row] for row in rows]


@settings(max_examples=10)
@given(data=st.data(), dimension=st.integers(1, 3))
def test_what_is_kept_of_answers_is_the_conjugate_update(data, dimension):
    """e^{β(γᵀxy − κy²/2)} N(y; θᵀx, σ²) is N((θ + βσ²γ)ᵀx/(1 + βκσ²), σ²/(1 + βκσ²)) up to a factor."""
    family = LinearGaussian(Matrix(data.draw(covariances(dimension))), data.draw(positive()))
    theta, gamma = (data.draw(st.tuples(*[rationals(-2, 2)] * dimension)) for _ in range(2))
    kappa, strength = data.draw(rationals(0, 2)), data.draw(positive(2))
    x, y = reward_variables(dimension), ANSWER_VARIABLE
    reward = sympy.expand(sympy.Add(*(g * v for g, v in zip(gamma, x, strict=True))) * y - kappa * y**2 / 2)
    base, tilted, domain = family.tilted(theta, Taste(reward=Reward(polynomial=reward), strength=strength))
    sharper = 1 + strength * kappa * family.variance
    assert base.variance == family.variance / sharper
    expected = [(t + strength * family.variance * g) / sharper for t, g in zip(theta, gamma, strict=True)]
    assert [sympy.simplify(a - b) for a, b in zip(tilted, expected, strict=True)] == [0] * dimension
    assert all(d > 0 for d in domain)


def test_the_fit_is_least_squares_on_the_pairs():
    generator = np.random.default_rng(5)
    prompts, answers = generator.standard_normal((40, 3)), generator.standard_normal(40)
    family = LinearGaussian(Matrix(sympy.eye(3)))
    means = [np.mean(prompts[:, j] * prompts[:, k]) for j in range(3) for k in range(j + 1)]
    means += [np.mean(prompts[:, j] * answers) for j in range(3)]
    symbols = sympy.symbols("m:9", real=True)
    fitted = sympy.lambdify(symbols, family.fit(symbols))(*means)
    assert np.allclose(fitted, np.linalg.lstsq(prompts, answers, rcond=None)[0], rtol=1e-9)


def test_each_prompt_is_an_ecosystem_of_its_own():
    """Weights ∝ share × how often the maker is asked; K = 4 chosen among answers to the prompt."""
    update = derive(from_text(text("prompted-answers")).ecosystem)
    at = dict(zip(update.state, update.start, strict=True))
    after = {s.name: update.at_values(g).xreplace(at) for s, g in zip(update.state, update.step, strict=True)}
    raw = {"praise": (R(1, 2), R(1, 4), R(1, 4)), "harm": (R(1, 4), R(1, 2), R(1, 4))}
    asked = {"p": {"praise": R(3, 4), "harm": R(1, 4)}, "q": {"praise": R(1, 5), "harm": R(4, 5)}}
    liked = {"praise": (1, 0, 0), "harm": (0, 1, 0)}
    for prompt, law in raw.items():
        weights = (R(2, 5) / 2, R(1, 5) * asked["p"][prompt], R(2, 5) * asked["q"][prompt])
        kind = [w * sympy.exp(r) for w, r in zip(law, liked[prompt], strict=True)]
        parts = (law, [k / sum(kind) for k in kind], law)
        check(after, "p", prompt, weights, parts)
        weights = (R(2, 5) * asked["q"][prompt], R(2, 5) * asked["q"][prompt], R(1, 5) * asked["p"][prompt])
        check(
            after, "q", prompt, weights, (law, chosen(law, sympy.exp(R(1, 2))), [k / sum(kind) for k in kind])
        )


def check(after, model, prompt, weights, parts):
    for k, atom in enumerate(("agree", "refuse", "evade")):
        expected = sum(w * part[k] for w, part in zip(weights, parts, strict=True)) / sum(weights)
        assert abs(sympy.N(after[f"{model}.{atom}[{prompt}]"] - expected, 40)) < sympy.Float(10) ** -30


def chosen(law, appeal):
    """Law of the one kept of 4 where the first atom has weight `appeal`, the others 1, by enumeration."""
    kept = [sympy.S.Zero] * 3
    for draw in itertools.product(range(3), repeat=4):
        weights = [appeal if k == 0 else sympy.S.One for k in draw]
        for k, w in zip(draw, weights, strict=True):
            kept[k] += sympy.prod(law[j] for j in draw) * w / sum(weights)
    return kept


def test_alignment_is_measured_on_the_judges_prompts():
    analysis = analysed(text("prompted-answers"))
    report = analysis.reached
    place = {s.name: k for k, s in enumerate(analysis.update_map.state)}
    point = report.equilibrium.point
    by_name = dict(report.alignment)
    assert by_name["q"].overlaps(point[place["q.agree[harm]"]])
    praise, harm = point[place["p.agree[praise]"]], point[place["p.refuse[harm]"]]
    assert by_name["p"].overlaps(arb(3) / 4 * praise + arb(1) / 4 * harm)


@pytest.mark.parametrize("name", ["mismatched-prompts", "prompted-answers"])
def test_simulated_pairs_follow_the_update_map(name):
    ecosystem = from_text(text(name)).ecosystem
    found = simulate(ecosystem, Trial(samples=4000, rounds=1, seeds=60, seed=3))
    update = derive(ecosystem)
    at = dict(zip(update.state, update.start, strict=True))
    exact = np.array([float(update.at_values(g).xreplace(at)) for g in update.step])
    ends = found.paths[-1]
    ends = ends if ends.shape[0] == len(exact) else ends.T
    error = ends.std(axis=1) / np.sqrt(60)
    assert np.all(np.abs(ends.mean(axis=1) - exact) < 5 * error + 1e-3)


REFUSED = {
    "a finite pool": ('pool = 2\nreward = "x2*y"', "", "", r'users\.askers\.pool: expected pool = "inf"'),
    "a reward in y alone": ('reward = "y"', "", "", r"users\.askers\.reward: expected a polynomial in x1\*y"),
    "a third coordinate": (
        'reward = "x3*y"',
        "",
        "",
        r"users\.askers\.reward: expected a polynomial in x1 to x2 and y",
    ),
    "a parameter y": (
        "",
        "parameters = { y = { value = 1 } }\n",
        "",
        r"parameters\.y: expected another name",
    ),
    "indefinite prompts": (
        "",
        "",
        "[[1, 2], [2, 1]]",
        r"models\.p\.prompt_moments: expected a symmetric positive",
    ),
    "another dimension": ("", "", "[[1]]", r"models\.p\.judged_moments: expected 1 rows of 1 numbers"),
}


@pytest.mark.parametrize(("reward", "head", "moments", "message"), REFUSED.values(), ids=REFUSED)
def test_files_of_pairs_that_break_a_rule_are_refused(reward, head, moments, message):
    source = head + text("mismatched-prompts")
    source = source.replace('reward = "x2*y"', reward) if reward else source
    source = source.replace("[[2, -1], [-1, 1]]", moments) if moments else source
    with pytest.raises(InvalidInput, match=message):
        from_text(source)


PROMPTS = {
    "an unknown prompt": ("praise = 0, harm = 1", "prise = 0, harm = 1", "judged_prompts: expected a prompt"),
    "a prompt too few": ("praise = 0, harm = 1", "harm = 1", "judged_prompts: expected every prompt"),
    "a prompt never asked": (
        'praise = "3/4", harm = "1/4"', "praise = 1, harm = 0", r"prompts\.harm: expected a probability > 0",
    ),
    "prompts that miss 1": ('praise = "3/4"', 'praise = "1/4"', "probabilities that sum to 1"),
    "answers too few": ("[[1, 0, 0], [0, 1, 0]]", "[[1, 0], [0, 1]]", "2 numbers in a list"),
    "a polynomial": ("[[1, 0, 0], [0, 1, 0]]", '"y"', "one an answer"),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), PROMPTS.values(), ids=PROMPTS)
def test_files_of_prompts_that_break_a_rule_are_refused(old, new, message):
    source = text("prompted-answers")
    assert old in source
    with pytest.raises(InvalidInput, match=message):
        from_text(source.replace(old, new))
