"""Captions: text with the data's proved numbers in it, and what the claims behind it stand on."""

from __future__ import annotations

import textwrap

from paper_figures.figure_data import FigureData
from proofs_check import registry
from proofs_check.evidence import ledger
from proofs_check.evidence.evidence import combine_case, combine_claim
from theory.version import VERSION

_WIDTH = 100


def caption_text(template: str, claims: tuple[str, ...], data: FigureData) -> str:
    """The caption with facts filled in, then one line a claim with its verdict on record.

    Raises
    ------
    KeyError
        When the template names a fact that the data do not hold.
    """
    filled = template.format_map(dict(data.facts) | dict(data.parameters))
    body = "\n\n".join(textwrap.fill(" ".join(part.split()), _WIDTH) for part in filled.split("\n\n"))
    lines = [f"  {claim}: {recorded_verdict(claim)}" for claim in claims]
    provenance = f"backfire {VERSION}, seed {data.seed}, {data.digits} digits."
    return "\n".join([body, "", "Claims this figure rests on:", *lines, "", provenance, ""])


def recorded_verdict(claim_id: str) -> str:
    """The verdict that the shipped evidence gives a claim, or that there is none.

    The stored certificates are not checked again here; `backfire recheck` does that.
    """
    claim = registry.load(claim_id)
    stored = ledger.read(claim)
    if not any(stored.values()):
        return "no evidence on record"
    cases = [combine_case(name, evidence) for name, evidence in stored.items()]
    return f"{combine_claim(claim, cases).verdict.value}, on record"
