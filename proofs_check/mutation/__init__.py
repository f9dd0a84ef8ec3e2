"""Mutants: small changes to a claim that a sound check must tell from the truth."""
