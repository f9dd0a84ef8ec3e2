"""Exact tests of the influence in one random ecosystem; used by sampled claims."""

from __future__ import annotations

from typing import Any

from flint import fmpq, fmpq_mat

from proofs_check.encoding.sampled_scalars import identity
from proofs_check.encoding.sampled_tilts import (
    SampledTilts,
    common_basis,
    inner,
    no_way_back,
    one_curated,
    plain_shares,
    sampled,
)
from proofs_check.encoding.scalar_knobs import Knob


def sampled_plain_shares() -> Any:
    """Hypothesis strategy for ecosystems whose links are plain shares."""
    return sampled(plain_shares)


def sampled_common_basis() -> Any:
    """Hypothesis strategy for ecosystems whose curvatures are diagonal in one basis."""
    return sampled(common_basis)


def sampled_one_curated() -> Any:
    """Hypothesis strategy for ecosystems in which only model 1's own stream is chosen."""
    return sampled(one_curated)


def sampled_no_way_back() -> Any:
    """Hypothesis strategy for ecosystems in which model 1 does not reach itself through others."""
    return sampled(no_way_back)


def why_below_one_round(model: SampledTilts) -> str | None:
    """A self-influence below the direct effect, or a direct effect below 0."""
    influence = inner(model.reward, model.moves()[0])
    if influence >= model.direct_effect() >= 0:
        return None
    return f"{influence}, in one round {model.direct_effect()}, in {model}"


def why_not_share_formulas(model: SampledTilts) -> str | None:
    """A mean that does not move by Σ [(I − W)⁻¹]_ji (touched share ik) Σ_kc, or a wrong self-influence."""
    returns = (identity(model.size) - model.shares).inv()
    touched, reward = model.touched_shares, model.reward
    for j, move in enumerate(model.moves()):
        expected = fmpq_mat(reward.nrows(), 1)
        for i in range(model.size):
            for k in range(model.size):
                expected += returns[j, i] * touched[i, k] * (model.variances[k] * reward)
        if move != expected:
            return f"model {j + 1} moves by {move.tolist()} in {model}"
    sizes = [inner(reward, v * reward) for v in model.variances]
    found = inner(reward, model.moves()[0])
    if found != _formula(model, returns, sizes):
        return f"self-influence {found} in {model}"
    share = sum((touched[0, k] for k in range(model.size)), fmpq(0))
    if found < 0 or (model.knob is not Knob.PRODUCER and (found > 0) != (share > 0)):
        return f"self-influence {found} at touched share {share} in {model}"
    return None


def _formula(model: SampledTilts, returns: fmpq_mat, sizes: list[fmpq]) -> fmpq:
    """Own k M c·Σ_1c, consumer M Σ_j k_1j c·Σ_jc, producer (M k)_11 c·Σ_1c."""
    touched = model.touched_shares
    if model.knob is Knob.OWN:
        return touched[0, 0] * returns[0, 0] * sizes[0]
    if model.knob is Knob.PRODUCER:
        return (returns * touched)[0, 0] * sizes[0]
    read = sum((touched[0, j] * sizes[j] for j in range(model.size)), fmpq(0))
    return returns[0, 0] * read


def why_not_one_interest(model: SampledTilts) -> str | None:
    """A self-influence other than w c·((1 − u)H_b⁻¹ − wH_0⁻¹)⁻¹c > 0; u is what comes back raw."""
    chosen = model.streams[-1] if model.streams[-1].touched else model.streams[1]
    others = model.shares
    others[0, 0] -= chosen.share
    back = 1 - 1 / (identity(model.size) - others).inv()[0, 0]
    return _compared(model, chosen.share, chosen.law, back)


def why_not_alone(model: SampledTilts) -> str | None:
    """The same where nothing comes back through others: u is the own raw share."""
    raw, chosen = model.streams[0], model.streams[1]
    return _compared(model, chosen.share, chosen.law, raw.share)


def _compared(model: SampledTilts, share: fmpq, law: fmpq_mat, back: fmpq) -> str | None:
    gap = (1 - back) * law.inv() - share * model.variances[0].inv()
    expected = share * inner(model.reward, gap.inv() * model.reward)
    found = inner(model.reward, model.moves()[0])
    return None if found == expected > 0 else f"{found}, expected {expected} > 0, in {model}"
