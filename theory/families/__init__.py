"""The exponential families, one a file; `registry` finds them by walking this folder."""
