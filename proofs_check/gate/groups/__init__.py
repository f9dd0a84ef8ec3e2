"""Planted statements, one file a group, found by the registry of the gate."""
