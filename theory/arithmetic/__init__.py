"""One expression, many numbers: exact rationals, balls, high precision, NumPy arrays.

A `Program` is compiled once from SymPy expressions; an arithmetic says what numbers
it runs on.  Precision belongs to the arithmetic object, never to a global.
"""
