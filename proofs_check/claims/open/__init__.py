"""Open questions posed as the safe statement, with what is proved and what refutes it."""
