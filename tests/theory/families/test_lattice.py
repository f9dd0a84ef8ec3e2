"""Lattice laws: whom they read, and what is refused."""

from __future__ import annotations

import pytest

from theory.ecosystem_file import from_text
from theory.errors import InvalidInput


def lattice(settings):
    return f'[models.p]\nfamily = "lattice"\n{settings}\nreal = {{ share = 1, mean = "1/2" }}\n'


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ("support = [0]", "support"),
        ("support = [0, 0]", "support"),
        ("support = [0, 'sqrt(2)']", "support"),
        ("support = [0, 1]\nweights = [1, 0]", "weights"),
        ("support = [0, 1]\nweights = [1]", "weights"),
        ("support = [0, 1]\nstatistic = ['x', 'x**2']", "statistic"),
        ("support = [0, 1, 2]\nstatistic = ['log(x)']", "statistic"),
        ("support = [1, 2]", "mean"),
    ],
)
def test_settings_that_make_no_family_are_refused(settings, place):
    with pytest.raises(InvalidInput, match=place):
        from_text(lattice(settings))


@pytest.mark.parametrize("reads", ["bernoulli", "categorical"])
def test_reads_only_what_lies_in_its_support(reads):
    other = {
        "bernoulli": 'family = "bernoulli"\nreal = { share = 1, mean = "1/3" }',
        "categorical": 'family = "categorical"\natoms = ["a", "b"]\n'
        'real = { share = 1, probabilities = ["1/2", "1/2"] }',
    }[reads]
    text = (
        f"[models.q]\n{other}\n[models.p]\nfamily = 'lattice'\nsupport = [0, 1, 2]\n"
        "real = { share = '1/2', mean = 1 }\nreads = [{ from = 'q', share = '1/2' }]\n"
    )
    if reads == "bernoulli":
        assert from_text(text).ecosystem.models[1].name == "p"
    else:
        with pytest.raises(InvalidInput, match="makes"):
            from_text(text)
