"""Monte Carlo simulation of any ecosystem: finite samples, drawn and refitted by their definitions."""
