"""Engines at work: processes that can be killed, and the plan of a check."""
