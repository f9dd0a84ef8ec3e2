"""The silent-error gate: planted statements of known truth that the engines must not get wrong."""
