"""Preloaded: what a worker process needs, imported once by the server that forks them."""

from contextlib import suppress
from importlib import import_module

from proofs_check.registry import engines

for _name in ("email.message", "flint", "numpy", "scipy.optimize", "sympy", "proofs_check.running.runner"):
    import_module(_name)
for _optional in ("clarabel", "click", "hypothesis.strategies"):  # of engines, and of the main module
    with suppress(ImportError):
        import_module(_optional)
engines()
