"""Every public object says what it is, and its Parameters are its signature."""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import re
from enum import Enum
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("theory", "proofs_check", "paper_figures", "backfire")
_SECTION = re.compile(r"^Parameters\n-+\n(?P<body>.*?)(?=^\S[^\n]*\n-{3,}\n|\Z)", re.MULTILINE | re.DOTALL)


def module_name(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = sorted(
    module_name(path)
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if path.name != "__main__.py"
)


def documented(text):
    """Names in a docstring's Parameters section, or None without one."""
    section = _SECTION.search(text)
    if section is None:
        return None
    heads = (line for line in section["body"].splitlines() if line and not line.startswith(" "))
    return [name.strip(" *") for head in heads for name in head.partition(" : ")[0].split(",")]


def public(module):
    """Public functions and classes that a module defines, with public methods, by qualified name."""
    for name, thing in vars(module).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
            continue
        if inspect.isclass(thing):
            yield name, thing
            yield from ((f"{name}.{key}", method) for key, method in methods(thing))
        elif inspect.isfunction(thing):
            yield name, thing


def methods(cls):
    for key in vars(cls):
        thing = inspect.getattr_static(cls, key)
        if not key.startswith("_") and isinstance(thing, property | cached_property):
            yield key, thing
        elif not key.startswith("_") and inspect.isroutine(getattr(cls, key)):
            yield key, getattr(cls, key)


def parameters(function):
    return [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]


def complaints(name, thing):
    text = inspect.getdoc(thing)
    if not text or (dataclasses.is_dataclass(thing) and text.startswith(f"{name}(")):
        yield f"{name} has no docstring"
        return
    names = documented(text)
    if inspect.isclass(thing):
        fields = set(inspect.signature(thing).parameters) if names and not issubclass(thing, Enum) else set()
        if names and not set(names) <= fields:
            yield f"{name} documents {sorted(set(names) - fields)}, which are not its fields"
    elif not isinstance(thing, property | cached_property):
        wanted = parameters(thing)
        if names is not None and names != wanted:
            yield f"{name} documents {names}, its signature has {wanted}"
        if names is None and len(wanted) > 4 and "." not in name:
            yield f"{name} has {len(wanted)} parameters and documents none"


def complaints_of(module):
    if not module.__doc__:
        yield f"{module.__name__} has no docstring"
    for qualified, thing in public(module):
        yield from (f"{module.__name__}: {sentence}" for sentence in complaints(qualified, thing))


def test_docstrings_agree_with_signatures():
    assert not [c for name in MODULES for c in complaints_of(importlib.import_module(name))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("One line.", None),
        (
            "One.\n\nParameters\n----------\na : int\n    What.\n*b, c\n\nReturns\n-------\nint\n",
            ["a", "b", "c"],
        ),
    ],
)
def test_parameters_section_is_read(text, names):
    assert documented(text) == names
