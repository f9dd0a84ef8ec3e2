"""Accuracy: how small an integral's own errors should be."""

from __future__ import annotations

from flint import arb

from theory.quadrature.integrand import Balls

GUARD_BITS = 24
MOST_NODES = 200_000
"""Nodes beyond which no sum is attempted."""
_FEW_NODES = 4_000
_FEW_BITS = 64


def most_nodes(bits: int) -> int:
    """The same at a relative accuracy: where little is known of the parameters, little work is worth it."""
    return _FEW_NODES if bits <= _FEW_BITS else MOST_NODES


def target_bits(values: Balls, bits: int) -> int:
    """Bits of relative accuracy worth having at a working precision, in steps of 32.

    Half of the working precision, which is four times what is printed; less where the parameters are blurred.
    """
    blur = max((v.rad() / (1 + abs(v.mid())) for v in values), default=arb(0))
    useful = bits // 2
    if blur > 0:
        useful = min(useful, int(float((-(blur.log() / arb(2).log())).mid())) + GUARD_BITS)
    return 32 * max(1, -(-useful // 32))
