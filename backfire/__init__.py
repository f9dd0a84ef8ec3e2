"""The command `backfire`: one thin file a subcommand, nothing else."""
