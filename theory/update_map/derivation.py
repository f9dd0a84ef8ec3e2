"""Update map: one round of retraining as exact expressions in the state and the parameters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

import sympy

from theory.ecosystem import Ecosystem, Model, Users
from theory.exponential_family.family import Exprs
from theory.expressions import render
from theory.expressions.differentiation import jacobian
from theory.update_map.readable import arranged, latex_names
from theory.update_map.retraining import curation_is_a_knob, curation_offset, retrain, strength_offset


class KnobKind(Enum):
    """What a knob belongs to."""

    PARAMETER = "parameter"
    STRENGTH = "strength"
    CURATION = "curation"


@dataclass(frozen=True, kw_only=True)
class Knob:
    """A number that people could turn.

    `symbol` is the parameter itself, or an offset added to the strength or the curation
    share; `owner` is the users' name (strength) or the model's name (curation).
    """

    name: str
    kind: KnobKind
    symbol: sympy.Symbol
    owner: str = ""


@dataclass(frozen=True, kw_only=True)
class UpdateMap:
    """One full round x' = G(x), in the ecosystem's order.

    Parameters
    ----------
    ecosystem : Ecosystem
    state : tuple of Symbol
        Every state name as printed, ``MODEL.COORDINATE``, models in file order.
    step : tuple of Expr
        New value of each state, over states, parameters and knob offsets.
    dependent : tuple of (Symbol, Expr)
        States that the others determine (the last atom of a finite support: 1 − Σ others).
    domain : tuple of Expr
        Expressions in the state that must all be > 0 for a round to be defined
        (variances, tilted natural parameters).
    nonnegative : tuple of Expr
        Expressions in the state that must be ≥ 0 (probabilities; the boundary is allowed).
    start : tuple of Expr
        Exact start of the iteration, one value a state.
    alignments : tuple of (model name, Expr)
        R_i over the states and parameters, for each model that has users.
    knobs : tuple of Knob
        Parameters, strengths, curation shares, in file order.
    values : tuple of (Symbol, Expr)
        Exact value of each parameter; 0 for each offset.
    """

    ecosystem: Ecosystem
    state: tuple[sympy.Symbol, ...]
    step: tuple[sympy.Expr, ...]
    dependent: tuple[tuple[sympy.Symbol, sympy.Expr], ...]
    domain: tuple[sympy.Expr, ...]
    nonnegative: tuple[sympy.Expr, ...]
    start: tuple[sympy.Expr, ...]
    alignments: tuple[tuple[str, sympy.Expr], ...]
    knobs: tuple[Knob, ...]
    values: tuple[tuple[sympy.Symbol, sympy.Expr], ...]

    @cached_property
    def coordinates(self) -> tuple[sympy.Symbol, ...]:
        """The states that are free: `state` without the dependent ones."""
        dependent = {symbol for symbol, _ in self.dependent}
        return tuple(s for s in self.state if s not in dependent)

    @cached_property
    def reduced_step(self) -> tuple[sympy.Expr, ...]:
        """G on the free coordinates alone (knob offsets and parameters still symbols)."""
        embedding = dict(self.dependent)
        free = set(self.coordinates)
        return tuple(g.xreplace(embedding) for s, g in zip(self.state, self.step, strict=True) if s in free)

    @cached_property
    def jacobian(self) -> sympy.ImmutableDenseMatrix:
        """J = ∂G/∂x on the free coordinates, shape ``(n, n)``."""
        return jacobian(self.reduced_step, self.coordinates)

    def at_values(self, expression: sympy.Expr) -> sympy.Expr:
        """The expression with dependent states embedded and every knob at its value."""
        return expression.xreplace(dict(self.dependent)).xreplace(dict(self.values))

    @cached_property
    def readable_step(self) -> tuple[sympy.Expr, ...]:
        """G for people: knob offsets at 0, parameters as symbols, short polynomials written out."""
        offsets = {k.symbol: sympy.S.Zero for k in self.knobs if k.kind is not KnobKind.PARAMETER}
        return tuple(arranged(g.xreplace(offsets), self.state) for g in self.step)

    def text(self) -> tuple[tuple[str, str], ...]:
        """Each state's name with its new value, in the language of ecosystem files."""
        return tuple((s.name, render(g)) for s, g in zip(self.state, self.readable_step, strict=True))

    def latex(self) -> str:
        """The round as aligned equations, new values marked by a prime."""
        names = latex_names({*self.state, *(k.symbol for k in self.knobs)})
        lines = [
            rf"{names[s]}' &= {sympy.latex(g, symbol_names=names)}"
            for s, g in zip(self.state, self.readable_step, strict=True)
        ]
        return "\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}"


def state_symbols(model: Model) -> tuple[sympy.Symbol, ...]:
    """The model's state names, ``MODEL.COORDINATE``, as symbols."""
    return tuple(sympy.Symbol(f"{model.name}.{c}", real=True) for c in model.family.coordinates)


def derive(ecosystem: Ecosystem) -> UpdateMap:
    """One full round of the ecosystem, exact, with its conditions, alignments and knobs.

    Raises
    ------
    InvalidInput
        When a reward or a pool does not suit the family that it curates.
    """
    symbols = {m.name: state_symbols(m) for m in ecosystem.models}
    step, refit_domain = _full_round(ecosystem, symbols)
    domain = [d for m in ecosystem.models for d in m.family.state_domain(symbols[m.name])]
    knobs = _knobs(ecosystem)
    offsets = {k.symbol: sympy.S.Zero for k in knobs if k.kind is not KnobKind.PARAMETER}
    return UpdateMap(
        ecosystem=ecosystem,
        state=tuple(s for m in ecosystem.models for s in symbols[m.name]),
        step=tuple(g for m in ecosystem.models for g in step[m.name]),
        dependent=tuple(
            (symbols[m.name][k], expression)
            for m in ecosystem.models
            for k, expression in m.family.dependent(symbols[m.name])
        ),
        domain=tuple(d for d in dict.fromkeys([*domain, *refit_domain]) if d.is_positive is not True),
        nonnegative=tuple(e for m in ecosystem.models for e in m.family.nonnegative(symbols[m.name])),
        start=tuple(value for m in ecosystem.models for value in m.start),
        alignments=tuple(_alignments(ecosystem, symbols)),
        knobs=knobs,
        values=tuple({**ecosystem.parameter_values(), **offsets}.items()),
    )


def _full_round(
    ecosystem: Ecosystem, symbols: dict[str, tuple[sympy.Symbol, ...]]
) -> tuple[dict[str, Exprs], list[sympy.Expr]]:
    """Every model's new state, and the conditions met on the way."""
    before: dict[str, Exprs] = dict(symbols)
    after: dict[str, Exprs] = {}
    domain: list[sympy.Expr] = []
    for name in ecosystem.order or tuple(symbols):
        visible = before if ecosystem.order is None else {**before, **after}
        refit = retrain(ecosystem, ecosystem.model(name), visible)
        after[name] = refit.state
        domain.extend(refit.domain)
    return after, domain


def _alignments(
    ecosystem: Ecosystem, symbols: dict[str, tuple[sympy.Symbol, ...]]
) -> list[tuple[str, sympy.Expr]]:
    """R_i for each model with users: their own rewards' mean expectation, constants included."""
    return [
        (m.name, _mean_reward(m, ecosystem.users_named(m.users), symbols[m.name]))
        for m in ecosystem.models
        if m.users is not None
    ]


def _mean_reward(model: Model, users: Users, state: Exprs) -> sympy.Expr:
    """Σ of probability times expected reward over the users' own tastes."""
    return sympy.Add(
        *(t.probability * model.family.judged.expected_reward(t.taste.reward, state) for t in users.tastes)
    )


def _knobs(ecosystem: Ecosystem) -> tuple[Knob, ...]:
    """Parameters, then users' strengths, then models' curation shares, each in file order."""
    parameters = [Knob(name=p.name, kind=KnobKind.PARAMETER, symbol=p.symbol) for p in ecosystem.parameters]
    strengths = [
        Knob(
            name=f"users.{u.name}.strength",
            kind=KnobKind.STRENGTH,
            symbol=strength_offset(u.name),
            owner=u.name,
        )
        for u in ecosystem.users
    ]
    curations = [
        Knob(
            name=f"models.{m.name}.curation",
            kind=KnobKind.CURATION,
            symbol=curation_offset(m.name),
            owner=m.name,
        )
        for m in ecosystem.models
        if curation_is_a_knob(ecosystem, m)
    ]
    return (*parameters, *strengths, *curations)
