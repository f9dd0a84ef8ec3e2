"""Engines: one method of proof or refutation a file, found by walking this folder."""
