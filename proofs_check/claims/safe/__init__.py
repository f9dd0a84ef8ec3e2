"""Claims about when curation cannot backfire."""
