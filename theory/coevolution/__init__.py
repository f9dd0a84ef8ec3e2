"""Co-evolving preferences [WXZZ26]: users learn from what a model makes, and the model from what they choose.

On finitely many outcomes with unit features, users of preference w choose by the reward ⟨w, φ(x)⟩.  Model →
selection weights → the basin in which an outcome is locked in, and the constants of the contraction →
equilibria and orbits.
"""
