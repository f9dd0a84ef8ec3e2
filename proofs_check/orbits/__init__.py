"""Orbits of exact maps: the first rounds exactly, the long run at high precision."""
