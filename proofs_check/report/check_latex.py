"""A check of claims as a LaTeX table for a paper's appendix."""

from __future__ import annotations

import platform
from collections.abc import Iterator, Sequence

from proofs_check.checker.terms import digest, read_json
from proofs_check.claim import Claim
from proofs_check.evidence.evidence import ClaimReport
from proofs_check.report.check_document import CheckDocument, ClaimDocument
from proofs_check.report.check_text import deciding_engines, what_supports
from proofs_check.report.latex_text import plain, typewriter

HASH_DIGITS = 8
_HEAD = r"""% Needs \usepackage{longtable,amsmath,amssymb}; \cite uses the keys of backfire's references.bib.
\begingroup
\footnotesize
\sloppy"""
_TABLE = r"""\begin{longtable}{p{0.26\linewidth}p{0.40\linewidth}p{0.26\linewidth}}
\hline
Claim & Statement & Verdict \tabularnewline
\hline
\endhead
\hline
\endfoot"""
_FOOT = r"""\end{longtable}
\endgroup"""


def check_latex(document: CheckDocument, reports: Sequence[ClaimReport], command: str) -> str:
    """One row a claim: statement, needed hypotheses, provenance, verdict, scope, engines, certificates.

    Parameters
    ----------
    document : CheckDocument
    reports : sequence of ClaimReport
        What the document was made of.
    command : str
        What a reader types to see the same.

    Returns
    -------
    str
        It names no date and no machine.
    """
    by_id = {report.claim.id: report.claim for report in reports}
    rows = [_row(claim, by_id.get(claim.id)) for claim in document.claims]
    return "\n".join([_HEAD, _introduction(document, reports, command), _TABLE, *rows, _FOOT])


def _introduction(document: CheckDocument, reports: Sequence[ClaimReport], command: str) -> str:
    used = {pair for report in reports for item in report.evidence for pair in item.versions}
    python = ("Python", ".".join(platform.python_version_tuple()[:2]))
    versions = ", ".join(f"{name} {number}" for name, number in [python, *sorted(used)])
    counts = document.summary.model_dump()
    found = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
    ending = " The check was interrupted before the rest." if document.interrupted else ""
    return (
        f"\\noindent {typewriter(command)} of backfire {plain(document.version)} ({plain(versions)}) came "
        f"to: {found or 'nothing'}, of {len(document.claims)} claims.{ending} A claim is proved only for the "
        "scope that is printed; an independent checker re-verified every certificate. Certificates are named "
        f"by the first {HASH_DIGITS} digits of the SHA-256 of their canonical JSON, one a case; "
        f"{typewriter('backfire recheck')} re-verifies those on record without the engines. Claims marked "
        "\\emph{derived} are no paper's theorems."
    )


def _row(document: ClaimDocument, claim: Claim | None) -> str:
    cells = (_name(document, claim), _statement(document, claim), _verdict(document))
    return " &\n".join(cells) + " \\tabularnewline"


def _name(document: ClaimDocument, claim: Claim | None) -> str:
    cited = f", \\cite{{{claim.source}}}" if claim is not None and claim.source else ""
    title = "" if claim is None else f" {plain(claim.title)}."
    return f"\\raggedright {typewriter(document.id)}{title} \\emph{{{document.provenance}}}{cited}"


def _statement(document: ClaimDocument, claim: Claim | None) -> str:
    if claim is None:
        return ""
    needed = dict.fromkeys(
        plain(item.hypothesis.rstrip(".")) for item in document.sharpness if item.status == "necessary"
    )
    numbered = "; ".join(f"({place}) {words}" for place, words in enumerate(needed, start=1))
    parts = [f"\\raggedright \\({claim.latex}\\)", *([f"Needed: {numbered}."] if needed else [])]
    return " \\par ".join(parts)


def _verdict(document: ClaimDocument) -> str:
    parts = [f"\\emph{{{document.verdict}}}"]
    if document.verdict == "refuted":
        parts[0] += {"refuted": ", as expected", "open": ", an open question"}.get(document.expected, "")
    if document.verdict == "supported":
        parts[0] += f": {what_supports(document)}"
    if document.unexpected:
        parts.append(f"\\textbf{{unexpected}}: {plain(document.unexpected)}")
    if document.scope:
        parts.append(f"for {plain(document.scope)}")
    if engines := deciding_engines(document):
        parts.append(f"by {plain(', '.join(engines))}")
    if hashes := list(_hashes(document)):
        parts.append(f"certificates {' '.join(map(typewriter, hashes))}")
    return "\\raggedright " + "; ".join(parts)


def _hashes(document: ClaimDocument) -> Iterator[str]:
    """The first certificate of each case that carries the verdict."""
    seen = set()
    for item in document.evidence:
        decides = item.verdict in (document.verdict, "proved")
        if decides and item.certificate is not None and item.scope not in seen:
            seen.add(item.scope)
            yield digest(read_json(item.certificate))[:HASH_DIGITS]
