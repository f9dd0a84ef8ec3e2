"""Documents: TOML or JSON text to plain tables, decimal numbers kept as written."""

from __future__ import annotations

import json
import re
import tomllib
from enum import Enum
from typing import Any

from theory.errors import InvalidInput
from theory.exact_input import DecimalLiteral
from theory.expressions.limits import MAX_CHARACTERS
from theory.expressions.tokens import integer_from_digits
from theory.wording import describe

MAX_BYTES = 4_000_000
MAX_NESTING = 50
MAX_DOTS = 20
_KEY_TOKEN = re.compile(r"""\"[^\"]*\"|'[^']*'|[A-Za-z0-9_-]+|[^ \t]""")


class FileFormat(Enum):
    """Format of an ecosystem file."""

    TOML = "toml"
    JSON = "json"


def decode(content: bytes, source: str) -> str:
    """UTF-8 text of a file's bytes.

    Raises
    ------
    InvalidInput
        When the bytes are too many, not UTF-8, or start with a byte order mark.
    """
    if len(content) > MAX_BYTES:
        raise InvalidInput(
            expected=f"a file of at most {MAX_BYTES} bytes", found="a larger one", source=source
        )
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise InvalidInput(
            expected="UTF-8 text",
            found=f"the byte 0x{content[problem.start]:02x} at offset {problem.start}",
            source=source,
        ) from problem
    if text.startswith("\ufeff"):
        raise InvalidInput(
            expected="UTF-8 text without a byte order mark", found="one at the start", source=source
        )
    return text


def parse_document(text: str, file_format: FileFormat, source: str) -> dict[str, Any]:
    """The table that the text writes.

    Raises
    ------
    InvalidInput
        When the text is malformed, repeats a key, nests too deeply, or is no table.
    """
    try:
        document = _parse_toml(text, source) if file_format is FileFormat.TOML else _parse_json(text, source)
    except RecursionError as problem:
        raise _too_deep(source) from problem
    except InvalidInput:
        raise
    except ValueError as problem:
        raise InvalidInput(
            expected=f"valid {file_format.name}", found=f"an error: {_one_line(problem)}", source=source
        ) from problem
    if not isinstance(document, dict):
        raise InvalidInput(
            expected="a table of name, parameters, users, models and order",
            found=describe(document),
            source=source,
        )
    _require_plain(document, source)
    return document


def _parse_toml(text: str, source: str) -> Any:
    for line in text.splitlines():
        if line.count(".") > MAX_DOTS and _longest_dotted_key(line) > MAX_DOTS:
            raise InvalidInput(
                expected=f"keys of at most {MAX_DOTS} dots", found=describe(line), source=source
            )
    return tomllib.loads(text, parse_float=DecimalLiteral)


def _longest_dotted_key(line: str) -> int:
    """Most dots in one key of a line (the TOML parser's memory grows with their square)."""
    longest = dots = 0
    expecting = False
    for piece in _KEY_TOKEN.findall(line):
        if piece == "." and not expecting:
            dots += 1
            longest = max(longest, dots)
        elif not expecting:
            dots = 0
        expecting = piece == "."
    return longest


def _parse_json(text: str, source: str) -> Any:
    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table: dict[str, Any] = {}
        for key, value in pairs:
            if key in table:
                raise InvalidInput(expected="each key once", found=f"{describe(key)} twice", source=source)
            table[key] = value
        return table

    def integer(digits: str) -> int | DecimalLiteral:
        if len(digits) > MAX_CHARACTERS:
            return DecimalLiteral(digits)
        size = integer_from_digits(digits.lstrip("-"))
        return -size if digits.startswith("-") else size

    return json.loads(
        text,
        parse_float=DecimalLiteral, parse_int=integer, parse_constant=DecimalLiteral,
        object_pairs_hook=without_repeats,
    )  # fmt: skip


def _require_plain(document: dict[str, Any], source: str) -> None:
    """Refuse JSON's null, and nesting beyond what any ecosystem needs."""
    level: list[Any] = [document]
    for _ in range(MAX_NESTING):
        if not level:
            return
        below: list[Any] = []
        for container in level:
            below.extend(container.values() if isinstance(container, dict) else container)
        if any(entry is None for entry in below):
            raise InvalidInput(
                expected="keys left out where there is nothing to say", found="null", source=source
            )
        level = [entry for entry in below if isinstance(entry, dict | list)]
    raise _too_deep(source)


def _too_deep(source: str) -> InvalidInput:
    return InvalidInput(
        expected=f"tables and lists nested at most {MAX_NESTING} deep", found="deeper nesting", source=source
    )


def _one_line(problem: ValueError) -> str:
    return " ".join(str(problem).split())[:200]
