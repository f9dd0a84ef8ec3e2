"""Claims about how curation moves alignment in an ecosystem."""
