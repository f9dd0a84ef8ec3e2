"""Verdicts: what a check has shown, and how verdicts combine."""

from __future__ import annotations

from enum import Enum


class Verdict(Enum):
    """What an engine, or all engines together, have shown of a claim."""

    PROVED = "proved"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"
    REFUTED = "refuted"
    UNSUPPORTED = "unsupported"
    NOT_RUN = "not run"

    @property
    def sentence(self) -> str:
        """What the verdict means, as shown to users."""
        return _SENTENCES[self]

    @property
    def counts(self) -> bool:
        """Whether it says anything about the claim."""
        return self not in (Verdict.UNSUPPORTED, Verdict.NOT_RUN)


_SENTENCES = {
    Verdict.PROVED: "A proof was found and its certificate re-verified by the independent checker.",
    Verdict.SUPPORTED: "Attempts to refute it failed, or a solver asserts it; this is no proof.",
    Verdict.UNKNOWN: "Nothing was shown either way.",
    Verdict.REFUTED: "An exact counterexample was found and re-verified.",
    Verdict.UNSUPPORTED: "The statement lies outside this engine's fragment.",
    Verdict.NOT_RUN: "The engine did not run.",
}
