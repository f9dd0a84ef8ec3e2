"""The Gaussian mechanism of [WZZ26], Fig. 3: the exact two-model loop in which curation inverts.

Model p is refitted to θ = φ + λa (its curated share λ pulls along a), model q to φ = A(t)θ;
A(t) is block diagonal, each 2 × 2 block a rotation scaled by t·b_i.  Constants → closed forms
a block → curves in t and λ → enclosed crossings; and the finite-sample loop beside them.
"""
