"""Equilibria: found by iteration or in closed form, then certified in balls."""
