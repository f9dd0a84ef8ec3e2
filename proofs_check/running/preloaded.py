"""Preloaded: what a worker process needs, imported once by the server that forks them."""

from importlib import import_module

for _name in ("flint", "numpy", "sympy", "proofs_check.running.runner"):
    import_module(_name)
