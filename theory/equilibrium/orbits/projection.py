"""Projection: Gaussians of one or more dimensions along one direction, where their round closes.

Moments are matched along every direction at once: for x ∼ N(m, Σ), uᵀx has mean uᵀm and variance uᵀΣu. Where
the tilts of all models are along one u, the round of (uᵀm, uᵀΣu) involves nothing else of the state.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import sympy

from theory.equilibrium.identities import is_identically_zero
from theory.equilibrium.orbits.trap import strong_parts
from theory.equilibrium.problem import FixedPointProblem

Exprs = tuple[sympy.Expr, ...]
Symbols = tuple[sympy.Symbol, ...]
_STATE = re.compile(r"(\w+)\.(mean|variance|covariance)(?:\[(\d+)(?:,(\d+))?\])?")


@dataclass(frozen=True, kw_only=True)
class Projection:
    """A closed group of models along one direction.

    Parameters
    ----------
    names : tuple of str
        Of the models.
    means, variances : tuple of Symbol
        Stand for the mean and the variance along the direction.
    mean_functionals, variance_functionals : tuple of Expr
        The same two over the problem's coordinates.
    mean_steps, variance_steps : tuple of Expr
        Their new values over `means` and `variances`.
    full_mean_steps, full_variance_steps : tuple of Expr
        Their new values over the problem's coordinates.
    """

    names: tuple[str, ...]
    means: Symbols
    variances: Symbols
    mean_functionals: Exprs
    variance_functionals: Exprs
    mean_steps: Exprs
    variance_steps: Exprs
    full_mean_steps: Exprs
    full_variance_steps: Exprs

    def is_faithful(self) -> bool:
        """Whether the new values along the direction are proved to follow from the old ones alone."""
        symbols = (*self.means, *self.variances)
        image = dict(zip(symbols, (*self.mean_functionals, *self.variance_functionals), strict=True))
        short, full = (
            (*self.mean_steps, *self.variance_steps),
            (*self.full_mean_steps, *self.full_variance_steps),
        )
        return all(is_identically_zero(g.xreplace(image) - f) for g, f in zip(short, full, strict=True))


@dataclass(frozen=True, kw_only=True)
class _Gaussian:
    """Positions of one model's coordinates: means by index, covariances by pair of indices."""

    name: str
    means: Mapping[int, int]
    covariances: Mapping[tuple[int, int], int]

    @property
    def dimension(self) -> int:
        return len(self.means)


def projections(problem: FixedPointProblem) -> tuple[Projection, ...]:
    """Closed groups of Gaussian models along the directions of their drifts."""
    found: dict[tuple[int, ...], Projection] = {}
    for group, upstream in strong_parts(problem):
        part = tuple(sorted((*group, *upstream)))
        models = _gaussians(problem, part)
        if models is None or part in found:
            continue
        direction = _direction(problem, models)
        if direction is not None:
            found[part] = _projected(problem, models, direction)
    return tuple(found.values())


def _gaussians(problem: FixedPointProblem, part: tuple[int, ...]) -> tuple[_Gaussian, ...] | None:
    """The models of a part; None unless they are whole Gaussians of one dimension."""
    means: dict[str, dict[int, int]] = {}
    covariances: dict[str, dict[tuple[int, int], int]] = {}
    for position in part:
        match = _STATE.fullmatch(problem.coordinates[position].name)
        if match is None:
            return None
        name, word, first, second = match.groups()
        if word == "mean":
            means.setdefault(name, {})[int(first or 0)] = position
        else:
            covariances.setdefault(name, {})[int(first or 0), int(second or 0)] = position
    if set(means) != set(covariances) or len({len(m) for m in means.values()}) != 1:
        return None
    models = tuple(_Gaussian(name=n, means=means[n], covariances=covariances[n]) for n in means)
    d = models[0].dimension
    pairs = {(j, k) for j in range(d) for k in range(j, d)}
    whole = all(set(m.means) == set(range(d)) and set(m.covariances) == pairs for m in models)
    return models if whole else None


def _direction(problem: FixedPointProblem, models: tuple[_Gaussian, ...]) -> Exprs | None:
    """u with mean' = … + Σu for some model that tilts; 1 in one dimension."""
    d = models[0].dimension
    if d == 1:
        return (sympy.S.One,)
    for reader in models:
        for producer in models:
            slopes = tuple(
                problem.step[reader.means[0]].diff(problem.coordinates[producer.covariances[0, k]])
                for k in range(d)
            )
            if any(s != 0 for s in slopes):
                return None if any(s.free_symbols for s in slopes) else slopes
    return None


def _projected(problem: FixedPointProblem, models: tuple[_Gaussian, ...], direction: Exprs) -> Projection:
    n = len(models)
    means = tuple(sympy.Dummy(f"m{i}", real=True) for i in range(n))
    variances = tuple(sympy.Dummy(f"v{i}", real=True) for i in range(n))
    size = sympy.Add(*(u**2 for u in direction))
    line: dict[sympy.Symbol, sympy.Expr] = {}
    for model, m, v in zip(models, means, variances, strict=True):
        line |= {problem.coordinates[p]: m * direction[k] / size for k, p in model.means.items()}
        line |= {
            problem.coordinates[p]: v * direction[j] * direction[k] / size**2
            for (j, k), p in model.covariances.items()
        }
    coordinates, step = problem.coordinates, problem.step
    full_means = tuple(_mean_along(model, step, direction) for model in models)
    full_variances = tuple(_variance_along(model, step, direction) for model in models)
    return Projection(
        names=tuple(m.name for m in models),
        means=means,
        variances=variances,
        mean_functionals=tuple(_mean_along(model, coordinates, direction) for model in models),
        variance_functionals=tuple(_variance_along(model, coordinates, direction) for model in models),
        mean_steps=tuple(e.xreplace(line) for e in full_means),
        variance_steps=tuple(e.xreplace(line) for e in full_variances),
        full_mean_steps=full_means,
        full_variance_steps=full_variances,
    )


def _mean_along(model: _Gaussian, values: Exprs, direction: Exprs) -> sympy.Expr:
    return sympy.Add(*(direction[k] * values[p] for k, p in model.means.items()))


def _variance_along(model: _Gaussian, values: Exprs, direction: Exprs) -> sympy.Expr:
    return sympy.Add(
        *(
            (1 if j == k else 2) * direction[j] * direction[k] * values[p]
            for (j, k), p in model.covariances.items()
        )
    )
