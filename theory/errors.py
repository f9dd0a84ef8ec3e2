"""What can go wrong with input: one exception tree, each error a full sentence."""

from __future__ import annotations


class BackfireError(Exception):
    """Root of the errors that a caller may want to catch as one."""


class InvalidInput(BackfireError, ValueError):
    """Something a user wrote is not acceptable.

    Parameters
    ----------
    expected : str
        What would have been accepted.
    found : str
        What came instead, shortened if long.
    place : str
        Where in the input, as a dotted path (``models.p.reads[0].share``); may be empty.
    source : str
        The file it came from; may be empty.
    hint : str
        What to do about it, such as the nearest valid name; may be empty.

    Examples
    --------
    >>> print(InvalidInput(expected="a share in [0, 1]", found="3/2", place="models.p.real.share"))
    models.p.real.share: expected a share in [0, 1], found 3/2
    """

    def __init__(
        self, *, expected: str, found: str, place: str = "", source: str = "", hint: str = ""
    ) -> None:
        super().__init__(expected, found, place, source, hint)
        self.expected = expected
        self.found = found
        self.place = place
        self.source = source
        self.hint = hint

    def __str__(self) -> str:
        where = ": ".join(part for part in (self.source, self.place) if part)
        prefix = f"{where}: " if where else ""
        suffix = f"; {self.hint}" if self.hint else ""
        return f"{prefix}expected {self.expected}, found {self.found}{suffix}"


class OutsideArithmetic(BackfireError, ArithmeticError):
    """An expression has no value in this arithmetic (``exp`` of a rational number, say).

    It says nothing about the expression's value in another arithmetic.
    """
