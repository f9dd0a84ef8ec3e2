"""`backfire explain`: what a claim says and what is on record for it."""

from __future__ import annotations

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("explain")
@click.argument("claim")
@click.option("--latex", is_flag=True, help="Print the statement in LaTeX.")
@shared("json")
def command(claim: str, latex: bool, settings: Settings) -> int:  # noqa: FBT001 (an option)
    """Explain CLAIM: statement, hypotheses, provenance, citation, evidence on record, sharpness."""
    import json

    from backfire.output import emit
    from backfire.terminal import show
    from proofs_check import registry
    from proofs_check.report.claim_json import claim_document
    from proofs_check.report.claim_text import claim_parts
    from proofs_check.report.recorded import recorded_evidence
    from theory.names import exactly

    found = registry.load(exactly(claim, registry.claim_ids(), "a claim"))
    evidence = recorded_evidence(found)
    if settings.json:
        emit(json.dumps(claim_document(found, evidence), indent=1, ensure_ascii=False))
    else:
        show(claim_parts(found, evidence, latex=latex))
    return ExitStatus.AS_EXPECTED
