"""Each claim that is not proved is said not to be, and why."""

from __future__ import annotations

import pytest

from proofs_check.report.check_document import CheckDocument, ClaimDocument, EvidenceDocument, SummaryDocument
from proofs_check.report.check_text import check_parts, deciding_engines
from proofs_check.report.not_proved import not_proved, reason
from proofs_check.report.terminal import to_text


def evidence(verdict, engine="products", case="N = 2", detail="how", **more):
    return EvidenceDocument(
        engine=engine, verdict=verdict, seconds=0.1, scope=case, detail=detail, certificate=None, **more
    )


def claim(verdict, *found, expected="not refuted", **more):
    return ClaimDocument(
        id="test.claim",
        provenance="derived",
        scope="N = 2, 3",
        expected=expected,
        verdict=verdict,
        evidence=found,
        sharpness=(),
        mutants=None,
        **more,
    )


def document(*claims):
    counts = dict.fromkeys(("proved", "supported", "unknown", "refuted", "unexpected"), 0)
    return CheckDocument(
        claims=claims, summary=SummaryDocument(**counts), version="0", digits=30, seed=0, time_limit="60"
    )


QUESTION = "an open question, 1 of 2 cases proved, which does not settle it"
PROVED = claim("proved", evidence("proved"))
SAMPLED = claim("supported", evidence("unsupported"), evidence("supported", "falsification", detail="tried"))
HALF = claim(
    "unknown", evidence("proved"), evidence("unknown", case="N = 3", detail="no combination was found")
)
SETTLED = claim("refuted", evidence("refuted"), expected="open")
FALSE = claim("refuted", evidence("refuted"), expected="refuted")
OPEN = claim(
    "supported", evidence("proved"), evidence("unknown", "smt", case="N = 3", detail="z"), expected="open"
)
BROKEN = claim("unknown", unexpected="it cannot be loaded: ValueError: why")
UNASKED = claim("unknown", evidence("unsupported"), evidence("not run", "smt"))


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (SAMPLED, "supported: N = 2: falsification supported (tried)"),
        (HALF, "unknown: N = 3: products unknown (no combination was found)"),
        (SETTLED, "refuted: an open question, settled by an exact counterexample"),
        (FALSE, "refuted: a falsehood, as expected, by an exact counterexample"),
        (
            OPEN,
            f"supported: {QUESTION}; N = 3: smt unknown (z)",
        ),
        (BROKEN, "it cannot be loaded: ValueError: why"),
        (UNASKED, "unknown: N = 2: no engine accepts it or could run"),
        (claim("unknown", evidence("proved")), "unknown: its cases were not all finished"),
    ],
    ids=["sampled", "half", "settled", "false", "open", "broken", "unasked", "unfinished"],
)
def test_the_reason_names_case_engine_and_obstacle(found, why):
    assert reason(found) == why


def test_proved_claims_are_left_out_and_the_tables_list_the_others():
    assert [why for _, why in not_proved(document(PROVED, HALF))] == [reason(HALF)]
    full, plain = (
        to_text(check_parts(document(PROVED, HALF), full=full), width=200, colour=False)
        for full in (True, False)
    )
    assert f"test.claim: {reason(HALF)}" in full
    assert "Not proved" in full
    assert "Not proved" not in plain


def test_support_names_the_proofs_behind_it_too():
    assert deciding_engines(OPEN) == ("products",)


@pytest.mark.parametrize(("stored", "shown"), [(True, 1), (False, 0)])
def test_a_claim_is_on_record_when_no_engine_ran_on_it(stored, shown):
    found = claim("proved", evidence("proved", on_record=stored), evidence("unsupported", "smt"))
    text = to_text(check_parts(document(found)), width=200, colour=False)
    assert text.count("(on record)") == shown
    assert text.count("On record: 1 of 1") == shown


def test_a_claim_of_which_a_part_ran_is_not_called_on_record():
    found = claim("proved", evidence("proved", on_record=True), evidence("proved", case="N = 3"))
    assert "On record" not in to_text(check_parts(document(found)), width=200, colour=False)
