"""Claims about Gaussian models."""
