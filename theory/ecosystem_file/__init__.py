"""Ecosystem files: TOML or JSON to an `Ecosystem`, or one error that says where and why.

The flow: `documents` (text to tables), `tables` and `validation` (structure), `building`,
`streams` and `compatibility` (numbers, names and what they must satisfy), `reading`
(files); `schema` states the structure for other programs.
"""

from theory.ecosystem_file.documents import FileFormat
from theory.ecosystem_file.reading import EcosystemFile, from_text, read
from theory.ecosystem_file.schema import json_schema

__all__ = ["EcosystemFile", "FileFormat", "from_text", "json_schema", "read"]
