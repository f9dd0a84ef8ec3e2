"""Orbits: where the iteration from the start is proved to go."""
