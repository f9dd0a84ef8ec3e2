"""Ratios against named peers, measured in one run; nothing depends on the clock but what is printed."""
