"""Channel: the affine map that a stream's samples pass through on their way to a reader."""

from __future__ import annotations

from dataclasses import dataclass

import sympy


@dataclass(frozen=True, kw_only=True)
class Channel:
    """The affine map x ↦ Bx + b on the samples of a stream (B is d_reader × d_producer)."""

    matrix: sympy.ImmutableDenseMatrix
    shift: sympy.ImmutableDenseMatrix
