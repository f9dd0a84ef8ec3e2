"""Random small sets of preferences on which attackers meet the exhaustive optimum, fifty at a time."""

from __future__ import annotations

from typing import Any

from theory.attack.small_sets import SmallSets, compare

_DRAWN = SmallSets(instances=50, pairs=10, budget=3)
_ENOUGH = 0.8
_ROUNDING = 1e-9


def sampled_seeds() -> Any:
    """Hypothesis strategy for the seed of fifty instances."""
    from hypothesis import strategies

    return strategies.integers(0, 2**31)


def why_the_attack_is_weak(seed: int) -> str | None:
    """Fifty instances on which white-box reaches less than 80 % in the median, or less than a baseline."""
    names = ("white-box", "by-distance", "random")
    compared = compare(_DRAWN, seed, _silent, names)
    (strong,), (far,), (weak,) = (compared.quantiles(name, 0.5) for name in names)
    if strong < _ENOUGH:
        return f"seed {seed}: white-box reaches {strong:.3f} of the optimum in the median"
    if weak >= strong:
        return f"seed {seed}: random reaches {weak:.3f}, white-box {strong:.3f} in the median"
    if far > strong + _ROUNDING:
        return f"seed {seed}: by-distance reaches {far:.3f}, white-box {strong:.3f} in the median"
    most = max(part for _, parts in compared.reached for part in parts)
    if most > 1 + _ROUNDING:
        return f"seed {seed}: an attacker beats the optimum by {most - 1:.1e}"
    return None


def _silent(_: str) -> None:
    return
