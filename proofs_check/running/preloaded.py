"""Preloaded: what a worker process needs, imported once by the server that forks them."""

import gc
from contextlib import suppress
from importlib import import_module

from proofs_check.registry import engines

for _name in (
    "email.parser",  # for the versions of packages
    "flint",
    "numpy",
    "scipy.optimize",
    "sympy",
    "sympy.tensor.tensor",  # which SymPy imports when it reads an expression sent to it
    "proofs_check.running.runner",
):
    import_module(_name)
for _optional in ("clarabel", "click", "hypothesis.strategies"):  # of engines, and of the main module
    with suppress(ImportError):
        import_module(_optional)
engines()
gc.freeze()  # a worker's collections leave alone what it shares with the server
