"""Hypotheses of claims, tested on an analysed ecosystem with exact facts and proved intervals."""
