"""Exponential families in general: log-partition, tilts, rewards along T, and what laws expect of T."""
