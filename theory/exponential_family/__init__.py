"""Exponential families in general: log-partition, tilts, rewards along T, moments of what a model makes."""
