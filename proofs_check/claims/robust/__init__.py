"""Claims about noisy, adversarial and heterogeneous curation."""
