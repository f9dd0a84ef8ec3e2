"""The language of exact expressions in ecosystem files: parsed, never evaluated as code.

`parse` reads it, `render` writes it, `polynomials` proves identities in it.
"""

from theory.expressions.parse import parse
from theory.expressions.render import render

__all__ = ["parse", "render"]
