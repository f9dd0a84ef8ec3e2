"""Finite samples as a stochastic map: exact recursions of its moments, where they close."""
