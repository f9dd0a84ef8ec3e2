"""Small ecosystem files for unhappy paths, as text."""

from __future__ import annotations

from theory.ecosystem_file import from_text


def ecosystem(text):
    """The ecosystem that a file's text describes."""
    return from_text(text).ecosystem


def one_gaussian(*, strength, real="1/2"):
    """One Gaussian on real data N(0, 1) with its own curated output."""
    return ecosystem(f"""
name = "one gaussian"
[users.u]
reward = "x"
strength = "{strength}"
[models.m]
family = "gaussian"
users = "u"
real = {{ share = "{real}", mean = 0, variance = 1 }}
reads = [{{ from = "m", share = "1 - {real}", curated = true }}]
""")


def one_exponential(*, strength, real="1/2"):
    """One exponential model on real data of mean 1 with its own curated output."""
    return ecosystem(f"""
name = "one exponential"
[users.u]
reward = "x"
strength = "{strength}"
[models.m]
family = "exponential"
users = "u"
real = {{ share = "{real}", mean = 1 }}
reads = [{{ from = "m", share = "1 - {real}", curated = true }}]
""")


def locations(*, shares, start=(1, 4), real=None):
    """Two Gaussian location models; `shares` is W, `real` their shares of real data (mean = start)."""
    models = ""
    for i, name in enumerate("pq"):
        source = f"start = {{ mean = {start[i]} }}"
        if real is not None:
            source = f'real = {{ share = "{real[i]}", mean = {start[i]} }}'
        reads = ", ".join(f'{{ from = "{n}", share = "{w}" }}' for n, w in zip("pq", shares[i], strict=True))
        models += f'[models.{name}]\nfamily = "gaussian-location"\nvariance = 1\n'
        models += f"{source}\nreads = [{reads}]\n"
    return ecosystem(f'name = "locations"\n{models}')


def one_location(body):
    """One Gaussian location model of variance 1, with the lines of its table."""
    return ecosystem(f"""
name = "one location"
[users.u]
reward = "x"
[models.p]
family = "gaussian-location"
variance = 1
users = "u"
{body}
""")


def one_categorical(*, reward, body):
    """One categorical model whose users curate what it makes."""
    atoms = [f"a{k}" for k in range(len(reward))]
    return ecosystem(f"""
name = "one categorical"
[users.u]
reward = {list(reward)}
[models.p]
family = "categorical"
atoms = {atoms}
users = "u"
{body}
""")


MISSED = """
name = "a stable equilibrium that iteration from the real data misses"
[users.a]
reward = "x"
strength = "5/4"
[users.b]
reward = "-x"
strength = "3/2"
[models.p]
family = "gaussian"
users = "a"
real = { share = "1/10", mean = "-5/4", variance = "31/8" }
reads = [{ from = "p", share = "1/10", curated = true }, { from = "q", share = "4/5" }]
[models.q]
family = "gaussian"
users = "b"
real = { share = "3/5", mean = "3/16", variance = "5/256" }
reads = [{ from = "p", share = "1/10" }, { from = "q", share = "3/10", curated = true }]
"""
