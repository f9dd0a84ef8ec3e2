"""What an arithmetic must provide so that a `Program` can run on its numbers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from theory.errors import OutsideArithmetic


class AbstractArithmetic(ABC):
    """Numbers with ``+ - * /`` by operators, and the functions below.

    To implement: `rational`, `power`, `pi`, `exp`, `log`, `sqrt`, `sin`, `cos`, `tanh`, `log_gamma`,
    `polygamma`, `bessel_clifford`; `inverse` where there is
    linear algebra; and `precision` where the numbers read a process-wide setting.
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

    @abstractmethod
    def tanh(self, x: Any) -> Any:
        """Hyperbolic tangent."""

    @abstractmethod
    def log_gamma(self, x: Any) -> Any:
        """log Γ(x) for x > 0."""

    @abstractmethod
    def polygamma(self, order: int, x: Any) -> Any:
        """Derivative of order `order` + 1 of log Γ at x > 0; order 0 is the digamma function."""

    @abstractmethod
    def bessel_clifford(self, order: int, x: Any) -> Any:
        """C_n(x) = Σ x^k / (k! (n + k)!), an entire function: I_0(κ) = C_0(κ²/4)."""

    def inverse(self, size: int, entries: Sequence[Any]) -> Sequence[Any]:
        """Inverse of a `size` × `size` matrix, both row by row; NaN where it does not exist."""
        raise OutsideArithmetic(f"Expected numbers with linear algebra, got {type(self).__name__}")

    def precision(self) -> AbstractContextManager[Any]:
        """Context in which this arithmetic's operators run at its own precision."""
        return nullcontext()
