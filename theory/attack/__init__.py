"""Attacks on a learned reward by flipped preference labels, and what they do to retraining."""
