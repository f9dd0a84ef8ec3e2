"""What an arithmetic must provide so that a `Program` can run on its numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import AbstractContextManager, nullcontext
from typing import Any


class AbstractArithmetic(ABC):
    """Numbers with ``+ - * /`` by operators, and the functions below.

    To implement: `rational`, `power`, `pi`, `exp`, `log`, `sqrt`, `sin`, `cos`; and `precision`
    where the numbers read a process-wide setting.
    """

    @abstractmethod
    def rational(self, numerator: int, denominator: int) -> Any:
        """The exact quotient, or its tightest representation here."""

    @abstractmethod
    def power(self, x: Any, exponent: int) -> Any:
        """x to a positive integer power."""

    @abstractmethod
    def pi(self) -> Any:
        """The number π.  Raises `OutsideArithmetic` where it does not exist."""

    @abstractmethod
    def exp(self, x: Any) -> Any:
        """Exponential function."""

    @abstractmethod
    def log(self, x: Any) -> Any:
        """Natural logarithm."""

    @abstractmethod
    def sqrt(self, x: Any) -> Any:
        """Principal square root."""

    @abstractmethod
    def sin(self, x: Any) -> Any:
        """Sine of an angle in radians."""

    @abstractmethod
    def cos(self, x: Any) -> Any:
        """Cosine of an angle in radians."""

    def precision(self) -> AbstractContextManager[Any]:
        """Context in which this arithmetic's operators run at its own precision."""
        return nullcontext()
