"""Reports: analyses and evidence as JSON documents with schemas, and as tables for a terminal."""
