"""Reading: a file on disk, or text at hand, to an ecosystem with its source and hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from theory.ecosystem import Ecosystem
from theory.ecosystem_file.building import build
from theory.ecosystem_file.documents import MAX_BYTES, FileFormat, decode, parse_document
from theory.errors import InvalidInput
from theory.families.registry import families


@dataclass(frozen=True, kw_only=True)
class EcosystemFile:
    """An ecosystem with where it came from.

    Parameters
    ----------
    ecosystem : Ecosystem
    source : str
        The path as given, or the name given to the text.
    sha256 : str
        Hexadecimal SHA-256 of the file's bytes.
    """

    ecosystem: Ecosystem
    source: str
    sha256: str


def read(path: Path) -> EcosystemFile:
    """The ecosystem in a TOML or JSON file (by its ending; anything that starts with ``{`` is JSON).

    Raises
    ------
    InvalidInput
        When the file cannot be read, is malformed, or describes no ecosystem.
    """
    source = str(path)
    content = _content(path, source)
    text = decode(content, source)
    json = path.suffix.lower() == ".json" or (
        path.suffix.lower() != ".toml" and text.lstrip().startswith("{")
    )
    return _from_content(content, text, FileFormat.JSON if json else FileFormat.TOML, source, path.stem)


def from_text(text: str, file_format: FileFormat = FileFormat.TOML, source: str = "") -> EcosystemFile:
    """The ecosystem that a text describes.  Raises `InvalidInput`.

    Examples
    --------
    >>> text = '''
    ... [models.p]
    ... family = "gaussian"
    ... real = { share = 1, mean = 0, variance = 0.5 }
    ... '''
    >>> from_text(text).ecosystem.models[0].start
    (0, 1/2)
    """
    try:
        content = text.encode()
    except UnicodeEncodeError as problem:
        raise InvalidInput(expected="Unicode text", found="a lone surrogate", source=source) from problem
    return _from_content(content, decode(content, source), file_format, source, source or "ecosystem")


def _from_content(
    content: bytes, text: str, file_format: FileFormat, source: str, default_name: str
) -> EcosystemFile:
    document = parse_document(text, file_format, source)
    try:
        ecosystem = build(document, source, families(), default_name)
    except RecursionError as problem:
        raise InvalidInput(
            expected="expressions that nest less deeply", found="deeper nesting", source=source
        ) from problem
    return EcosystemFile(ecosystem=ecosystem, source=source, sha256=hashlib.sha256(content).hexdigest())


def _content(path: Path, source: str) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError as problem:
        found = "no file of that name"
        raise InvalidInput(expected="an ecosystem file", found=found, source=source) from problem
    except IsADirectoryError as problem:
        raise InvalidInput(expected="an ecosystem file", found="a directory", source=source) from problem
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "a path that cannot be opened"
        raise InvalidInput(
            expected="a readable ecosystem file", found=str(reason).lower(), source=source
        ) from problem
