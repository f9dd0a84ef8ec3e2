"""Bases: laws on the line as weighted nodes, with a proof of how far their sums are from the means."""
