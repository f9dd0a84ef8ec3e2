"""Preloaded: what a worker process needs, imported once by the server that forks them."""

import flint as flint
import sympy as sympy

import proofs_check.runner as runner
