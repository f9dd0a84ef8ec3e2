"""Solvers of real arithmetic: one file each, asked in a child process, believed only at exact points."""
