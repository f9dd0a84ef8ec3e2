"""The checker stays small enough to be read as a whole: its lines of code, counted by tokens."""

from __future__ import annotations

import ast
import io
import tokenize
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "proofs_check" / "checker"
LAYOUT = {
    tokenize.COMMENT,
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.ENCODING,
    tokenize.ENDMARKER,
}
IDENTITIES = ("terms", "polynomials", "stability", "facts", "kernel")
BALLS = ("balls", "boxes", "certificate_check")
"""The one part that imports something outside the standard library."""


def code_lines(source):
    """Lines that hold a token of code: no docstrings, comments or blank lines."""
    lines = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in LAYOUT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(ast.parse(source)):
        documented = isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        if documented and ast.get_docstring(node) is not None:
            lines -= set(range(node.body[0].lineno, node.body[0].end_lineno + 1))
    return len(lines)


def size_of(*names):
    return sum(code_lines((FOLDER / f"{name}.py").read_text(encoding="utf-8")) for name in names)


def test_the_count_leaves_out_what_is_no_code():
    source = (
        '"""Module."""\n\n# remark\nx = (\n    1,\n)  # three\n\n\ndef f():\n    """F."""\n    return x\n'
    )
    assert code_lines(source) == 5


def test_what_shows_identities_and_stability_is_short():
    assert size_of(*IDENTITIES) <= 670


def test_balls_and_boxes_are_short():
    assert size_of(*BALLS) <= 300


def test_the_whole_checker_is_short():
    assert size_of(*(path.stem for path in FOLDER.glob("*.py"))) <= 1125
