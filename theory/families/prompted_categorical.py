"""Answers to named prompts: any probabilities of finitely many answers, prompt by prompt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, final

import sympy

from theory.exponential_family.data import required
from theory.exponential_family.family import AbstractFamily, Exprs
from theory.exponential_family.reward_parts import RewardParts, answer_values
from theory.exponential_family.support import Support
from theory.reward import Reward
from theory.wording import describe, nearest

if TYPE_CHECKING:
    from theory.exact_input import ExactInput


@final
@dataclass(frozen=True)
class PromptedCategorical(AbstractFamily):
    """p(y|x) for prompts x of known probabilities q(x): T_xy = 1{x, y}, A = Σ_x q(x) log Σ_y e^{θ_xy}.

    A reader fits p'(y|x) = E[1{x, y}]/E[1{x}] to the pairs that it reads, so that every prompt is an
    ecosystem of its own, in which a stream's share counts in proportion to its maker's q(x).

    Parameters
    ----------
    answers : tuple of str
    prompts : tuple of str
    probabilities : tuple of Expr
        q(x) > 0 of the model's own prompts.
    judged_probabilities : tuple of Expr or None
        Probabilities of the prompts on which alignment is measured; None for the model's own.
    """

    answers: tuple[str, ...]
    prompts: tuple[str, ...]
    probabilities: Exprs
    judged_probabilities: Exprs | None = None

    name = "prompted-categorical"
    settings = ("atoms", "prompts", "judged_prompts")
    data_keys = ("probabilities",)
    real_settings = ("prompts",)
    support = Support.ATOMS
    finite_support = True
    answers_prompts = True

    @classmethod
    def from_settings(cls, table: Mapping[str, object], read: ExactInput, place: str) -> PromptedCategorical:
        answers = read.names(required(table, "atoms", read, place), f"{place}.atoms")
        given = required(table, "prompts", read, place)
        if not isinstance(given, Mapping) or not given:
            expected = "a table of prompts with their probabilities"
            raise read.refusal(f"{place}.prompts", expected, describe(given))
        prompts = read.names(list(given), f"{place}.prompts")
        family = cls(answers, prompts, _asked(given, prompts, read, f"{place}.prompts"))
        if "judged_prompts" not in table:
            return family
        judged = _asked(table["judged_prompts"], prompts, read, f"{place}.judged_prompts", strict=False)
        return replace(family, judged_probabilities=judged)

    def state_from_data(self, table: Mapping[str, object], read: ExactInput, place: str) -> Exprs:
        place = f"{place}.probabilities"
        given = required(table, "probabilities", read, place.rpartition(".")[0])
        rows = read.matrix(given, place, (len(self.prompts), len(self.answers)))
        for j in range(rows.rows):
            for k in range(rows.cols):
                read.require(rows[j, k], ">= 0", f"{place}[{j}][{k}]", "a probability ≥ 0")
            total = sympy.Add(*rows.row(j))
            found = f"a sum of {read.shown(total)}"
            read.require_zero(total - 1, f"{place}[{j}]", "probabilities that sum to 1", found)
        return tuple(rows)

    def source_of_data(
        self, table: Mapping[str, object], read: ExactInput, place: str
    ) -> PromptedCategorical:
        asked = _asked(table["prompts"], self.prompts, read, f"{place}.prompts")
        return replace(self, probabilities=asked)

    def asked_as(self, means: Exprs) -> PromptedCategorical:
        return replace(self, probabilities=tuple(means[: len(self.prompts)]))

    @property
    def judged(self) -> PromptedCategorical:
        if self.judged_probabilities is None:
            return self
        return replace(self, probabilities=self.judged_probabilities, judged_probabilities=None)

    @property
    def coordinates(self) -> tuple[str, ...]:
        return tuple(f"{answer}[{prompt}]" for prompt in self.prompts for answer in self.answers)

    @property
    def atoms(self) -> tuple[str, ...]:
        return self.coordinates

    @property
    def statistic(self) -> Exprs:
        return tuple(sympy.Symbol(atom, real=True) for atom in self.coordinates)

    @property
    def _asking(self) -> tuple[sympy.Symbol, ...]:
        """Indicators of the prompts."""
        return tuple(sympy.Symbol(prompt, real=True) for prompt in self.prompts)

    @property
    def variables(self) -> tuple[sympy.Symbol, ...]:
        return (*self._asking, *self.statistic)

    @property
    def fitted(self) -> Exprs:
        return self.variables

    def menus(self, state: Exprs) -> tuple[tuple[sympy.Expr, slice], ...]:
        return tuple(zip(self.probabilities, self._slices, strict=True))

    @property
    def _slices(self) -> tuple[slice, ...]:
        """Where the answers to each prompt stand."""
        size = len(self.answers)
        return tuple(slice(k * size, (k + 1) * size) for k in range(len(self.prompts)))

    def _weighed(self, state: Exprs) -> tuple[tuple[sympy.Expr, sympy.Expr], ...]:
        """Each coordinate with the probability of its prompt."""
        return tuple((q, p) for q, part in self.menus(state) for p in state[part])

    def log_base(self, sample: Exprs) -> sympy.Expr:
        return sympy.S.Zero

    def log_partition(self, natural: Exprs) -> sympy.Expr:
        parts = ((q, sympy.Add(*(sympy.exp(t) for t in natural[part]))) for q, part in self.menus(natural))
        return sympy.Add(*(q * sympy.log(total) for q, total in parts))

    def natural_domain(self, natural: Exprs) -> Exprs:
        return ()

    def natural(self, state: Exprs) -> Exprs:
        return tuple(sympy.log(p) for p in state)

    def mean_parameter(self, state: Exprs) -> Exprs:
        return tuple(q * p for q, p in self._weighed(state))

    def state_domain(self, state: Exprs) -> Exprs:
        return ()

    def nonnegative(self, state: Exprs) -> Exprs:
        return tuple(state)

    def dependent(self, state: Exprs) -> tuple[tuple[int, sympy.Expr], ...]:
        return tuple((part.stop - 1, 1 - sympy.Add(*state[part][:-1])) for part in self._slices)

    def expected_feature(self, feature: sympy.Expr, state: Exprs) -> sympy.Expr:
        known = dict(zip(self._asking, self.probabilities, strict=True))
        return known[feature] if feature in known else super().expected_feature(feature, state)

    def refit(self, mean_parameter: Exprs) -> Exprs:
        return tuple(p / q for q, p in self._weighed(mean_parameter))

    def fit(self, means: Exprs) -> Exprs:
        asked, answered = means[: len(self.prompts)], means[len(self.prompts) :]
        return tuple(p / q for q, part in zip(asked, self._slices, strict=True) for p in answered[part])

    def reward_parts(self, reward: Reward) -> RewardParts:
        return RewardParts(constant=sympy.S.Zero, linear=self.support_rewards(reward))

    def support_rewards(self, reward: Reward) -> Exprs:
        return answer_values(reward, len(self.prompts), len(self.answers))

    def support_probabilities(self, state: Exprs) -> Exprs:
        return tuple(state)

    def support_points(self) -> tuple[Mapping[sympy.Symbol, sympy.Expr], ...]:
        pairs = [(prompt, f"{answer}[{prompt}]") for prompt in self.prompts for answer in self.answers]
        return tuple({v: sympy.Integer(v.name in pair) for v in self.variables} for pair in pairs)


def _asked(
    value: object, prompts: tuple[str, ...], read: ExactInput, place: str, *, strict: bool = True
) -> Exprs:
    """Probabilities of the prompts, in their order: > 0, or ≥ 0 where not strict."""
    if not isinstance(value, Mapping):
        raise read.refusal(place, f"a table of the prompts {', '.join(prompts)}", describe(value))
    for name in value:
        if name not in prompts:
            raise read.refusal(place, "a prompt of the model", describe(name), nearest(name, prompts))
    missing = [name for name in prompts if name not in value]
    if missing:
        raise read.refusal(place, "every prompt of the model", f"no {missing[0]!r}")
    relation = "> 0" if strict else ">= 0"
    probabilities = tuple(read.number(value[name], f"{place}.{name}") for name in prompts)
    for name, probability in zip(prompts, probabilities, strict=True):
        read.require(probability, relation, f"{place}.{name}", f"a probability {relation.replace('>=', '≥')}")
    total = sympy.Add(*probabilities)
    read.require_zero(total - 1, place, "probabilities that sum to 1", f"a sum of {read.shown(total)}")
    return probabilities
