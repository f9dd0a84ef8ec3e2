"""Curation: what people keep of what a model produces."""
