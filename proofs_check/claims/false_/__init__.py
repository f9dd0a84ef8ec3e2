"""Plausible claims that are false, each to be refuted by an exact point."""
