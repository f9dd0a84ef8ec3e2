"""Claims about preferences that learn from what models make."""
