"""What a check has shown: verdicts, evidence, and the ledger that stores it."""
