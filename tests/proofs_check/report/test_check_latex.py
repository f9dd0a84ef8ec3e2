r"""`check --latex` is a table that compiles: escaped, balanced, complete."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from backfire.__main__ import run
from proofs_check import registry
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import combine_case, combine_claim
from proofs_check.registry import BrokenClaim
from proofs_check.report.check_json import check_document
from proofs_check.report.check_latex import HASH_DIGITS, check_latex
from proofs_check.report.citation import references
from proofs_check.report.latex_text import plain, typewriter
from theory.budget import Budget

pytestmark = pytest.mark.slow  # it reads all that is on record

COMMAND = "backfire check --seed 0"
BROKEN = BrokenClaim("influence.broken_one", "ValueError: 50 % of {a & b} #1 ~ \\x ☃")
_MATHEMATICS = re.compile(r"\\\(.*?\\\)|\\ensuremath\{(?:[^{}]|\{[^{}]*\})*\}", re.DOTALL)


def recorded(claim_id):
    claim = registry.load(claim_id)
    cases = [combine_case(name, evidence) for name, evidence in ledger.read(claim).items()]
    return combine_claim(claim, cases)


@pytest.fixture(scope="module")
def reports():
    """Every claim that loads, with its evidence on record."""
    return tuple(map(recorded, registry.claim_ids()))


@pytest.fixture(scope="module")
def table(reports):
    document = check_document(reports, Budget(), broken=[BROKEN])
    return check_latex(document, reports, COMMAND)


def rows(table):
    body = table.partition("\\endfoot\n")[2].partition("\\end{longtable}")[0]
    return [row for row in body.split(" \\tabularnewline\n") if row.strip()]


def test_environments_braces_and_mathematics_are_balanced(table):
    begun = re.findall(r"\\begin\{(\w+)\}", table)
    assert sorted(begun) == sorted(re.findall(r"\\end\{(\w+)\}", table))
    assert table.count("\\begingroup") == table.count("\\endgroup") == 1
    bare = re.sub(r"\\[{}\\]", "", table)
    depth = 0
    for sign in bare:
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth >= 0
    assert depth == 0
    assert table.count("\\(") == table.count("\\)")
    assert table.count("\\left") - table.count("\\leftarrow") >= table.count("\\right)")


def test_every_claim_has_a_row_of_three_cells(table, reports):
    found = rows(table)
    assert len(found) == len(reports) + 1
    for report, row in zip(
        sorted([*reports, BROKEN], key=lambda item: getattr(item, "claim_id", None) or item.claim.id),
        found,
        strict=True,
    ):
        assert typewriter(getattr(report, "claim_id", None) or report.claim.id) in row
        assert len(re.findall(r"(?<!\\)&", _MATHEMATICS.sub("", row))) == 2


def test_outside_mathematics_nothing_is_left_to_escape(table):
    text = _MATHEMATICS.sub("", table.partition("\n")[2])
    assert text.isascii()
    assert not re.findall(r"(?<!\\)[#$%_^~]", text)


def test_a_row_says_statement_source_scope_engines_certificates_and_needed_hypotheses(table, reports):
    report = next(item for item in reports if item.claim.id == "influence.two-model-sign")
    (row,) = [row for row in rows(table) if typewriter(report.claim.id) in row]
    assert report.claim.latex in row
    assert plain(report.claim.scope) in row
    assert f"\\emph{{{report.claim.provenance.value}}}" in row
    assert "\\emph{proved}" in row
    assert len(re.findall(rf"\\texttt\{{[0-9a-f]{{{HASH_DIGITS}}}\}}", row)) == len(report.cases)
    assert all(plain(words.rstrip(".")) in row for words in report.claim.hypotheses)


def test_citations_are_keys_of_the_references(table):
    assert set(re.findall(r"\\cite\{(.*?)\}", table)) <= set(references())


def test_a_broken_claim_is_shown_escaped(table):
    assert r"unexpected}: it cannot be loaded: ValueError: 50 \% of \{a \& b\} \#1" in table
    assert "U+2603" in table


def test_the_catalogue_has_no_sign_without_a_latex_form(table):
    assert table.count("U+") == 1
    assert not re.search(r"\\q?quad[a-zA-Z]", table)


def test_no_date_is_in_it_and_it_is_the_same_again(table, reports):
    assert check_latex(check_document(reports, Budget(), broken=[BROKEN]), reports, COMMAND) == table
    assert not re.search(r"\b20\d\d-\d\d|\bJan|\d\d:\d\d", table)


def test_nothing_is_said_of_nothing():
    assert "came to: nothing, of 0 claims" in check_latex(check_document((), Budget()), (), COMMAND)


def test_an_interrupted_check_says_so(reports):
    claim = reports[0].claim
    part = combine_claim(claim, [combine_case(case.name, ()) for case in claim.cases], complete=False)
    shown = check_latex(check_document([part], Budget(), interrupted=True), [part], COMMAND)
    assert "interrupted before the rest" in shown


ASKED = ["check", "influence.two-model-sign", "--latex", "--time-limit", "5"]


def test_the_command_prints_it_alone_or_saves_it(capsys, tmp_path):
    run([*ASKED])
    alone = capsys.readouterr().out
    assert alone.startswith("% Needs")
    assert alone.endswith("\\endgroup\n")
    run([*ASKED, "--out", str(tmp_path)])
    assert "claim" in capsys.readouterr().out
    assert (tmp_path / "check.tex").read_text(encoding="utf-8").startswith("% Needs")
    assert run([*ASKED, "--json"]) == 2


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX is installed")
def test_it_compiles(table, tmp_path):
    packages = r"\usepackage{longtable,amsmath,amssymb}"
    source = f"\\documentclass{{article}}{packages}\\begin{{document}}\n{table}\n\\end{{document}}\n"
    (tmp_path / "check.tex").write_text(source, encoding="utf-8")
    subprocess.run(
        ["pdflatex", "-halt-on-error", "-interaction=nonstopmode", "check.tex"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert (tmp_path / "check.pdf").exists()
