"""Claims about attacks on learned rewards."""
