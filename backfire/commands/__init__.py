"""One thin file a subcommand; each imports what it runs only when it runs."""
