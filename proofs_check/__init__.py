"""Claims and what checks them: claim → engines → evidence with certificates → verdict."""
