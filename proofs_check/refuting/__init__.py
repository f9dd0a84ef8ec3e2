"""Finding counterexamples: floats and solvers may suggest points, only exact ones count."""
