"""Shipped examples as texts, and balls compared at high precision."""

from __future__ import annotations

from importlib.resources import files

import pytest
from flint import ctx


@pytest.fixture
def example_text():
    return lambda name: (files("theory.examples") / f"{name}.toml").read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def _precise():
    with ctx.workprec(400):
        yield
