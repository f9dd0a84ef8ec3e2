"""Texts of small ecosystem files, with pieces that a test replaces."""

from __future__ import annotations

PARTS = {
    "head": "",
    "parameters": 'lam = { value = "1/5", range = [0, "2/5"] }',
    "warm": 'reward = "x"',
    "p": 'family = "gaussian"\nusers = "warm"',
    "p.real": "share = 0.5, mean = 0, variance = 1",
    "p.reads": '{ from = "p", share = "1/2 - lam" }, { from = "q", share = "lam" }',
    "q": 'family = "gaussian"',
    "q.real": "share = 1, mean = 1, variance = 2",
    "q.reads": "",
}


def ecosystem(**changes):
    """Text of a small ecosystem with some of its parts replaced (dots are written as __)."""
    part = PARTS | {key.replace("__", "."): value for key, value in changes.items()}
    lines = [
        part["head"],
        "[parameters]",
        part["parameters"],
        "[users.warm]",
        part["warm"],
        "[models.p]",
        part["p"],
        f"real = {{ {part['p.real']} }}" if part["p.real"] else "",
        f"reads = [ {part['p.reads']} ]",
        "[models.q]",
        part["q"],
        f"real = {{ {part['q.real']} }}" if part["q.real"] else "",
        f"reads = [ {part['q.reads']} ]",
        part.get("tail", ""),
    ]
    return "\n".join(lines)


def alone(
    family, real, reward='"x"', strength="1", reads='{ from = "m", share = "1/2", curated = true }', more=""
):
    """Text of one model whose users curate its own stream."""
    return (
        f'[users.u]\nreward = {reward}\nstrength = "{strength}"\n{more}\n'
        f'[models.m]\nfamily = {family}\nusers = "u"\nreal = {{ share = "1/2", {real} }}\nreads = [{reads}]'
    )


CATEGORICAL = '"categorical"\natoms = ["a", "b"]'
LOCATION = '"gaussian-location"\nvariance = 1'
PLANE = '"gaussian-location"\ncovariance = [[2, 1], [1, 2]]'
POINTS = 'probabilities = ["1/3", "2/3"]'
