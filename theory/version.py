"""Version of the project, recorded in every output."""

VERSION = "0.1.0"
