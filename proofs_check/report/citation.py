"""Citations: entries of ``references.bib`` as one line for readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_ENTRY = re.compile(r"^@\w+\{(?P<key>[^,]+),\n(?P<fields>.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^\s*(\w+)\s*=\s*\{(.*)\},?$", re.MULTILINE)
_PACKAGE = Path(__file__).parents[1]


@cache
def references() -> Mapping[str, Mapping[str, str]]:
    """Fields of every entry of ``references.bib``, by key."""
    shipped = _PACKAGE / "references.bib"  # in a wheel; beside the package in a source tree
    path = shipped if shipped.exists() else _PACKAGE.parent / "references.bib"
    entries = _ENTRY.finditer(path.read_text(encoding="utf-8"))
    return {entry["key"]: dict(_FIELD.findall(entry["fields"])) for entry in entries}


def citation(key: str) -> str:
    """One line that names the paper of that key.

    Raises
    ------
    KeyError
        On a key that ``references.bib`` does not have.

    Examples
    --------
    >>> print(citation("ZFP25"))  # doctest: +ELLIPSIS
    [ZFP25] Zhao, Fu, Pham. Convergence and Stability ... Curation. 2025. arXiv:2511.09002
    """
    fields = references()[key]
    authors = fields["author"].replace(" and others", " et al.").replace(" and ", ", ")
    parts = (authors, fields["title"], fields.get("booktitle"), fields["year"])
    return f"[{key}] " + ". ".join(part for part in parts if part) + f". arXiv:{fields['eprint']}"
