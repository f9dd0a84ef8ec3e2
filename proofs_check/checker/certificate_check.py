"""The whole check of one certificate: the kernel together with balls."""

from __future__ import annotations

from typing import Any

from proofs_check.checker.balls import sign_at
from proofs_check.checker.boxes import check_cover
from proofs_check.checker.kernel import Outcome, check


def check_certificate(statement: Any, certificate: Any) -> Outcome:
    """Whether `certificate` proves or refutes the encoded `statement`, in exact numbers and balls."""
    return check(statement, certificate, sign_at, check_cover)
