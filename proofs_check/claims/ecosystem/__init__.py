"""Claims about the convergence of an ecosystem."""
