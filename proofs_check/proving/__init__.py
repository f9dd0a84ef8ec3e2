"""Finding proofs: nothing here is trusted, everything ends in a certificate for the checker."""
