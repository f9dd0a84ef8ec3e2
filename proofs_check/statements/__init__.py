"""What can be claimed, as exact data: implications, experiments, limits, and their one written form."""
