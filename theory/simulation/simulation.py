"""Simulation: a trial of an ecosystem and the paths that its runs took."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from theory.ecosystem import DataRegime, Ecosystem
from theory.errors import InvalidInput
from theory.exponential_family.sampling import Floats
from theory.simulation.play import Departure, play

MOST_NUMBERS = 2**27
"""How many numbers a simulation may hold (one GiB of them)."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What is simulated.

    Parameters
    ----------
    samples : int
        n ≥ 1, the size of each model's training set in a round.
    rounds : int
        Rounds to play, ≥ 0.
    seeds : int
        Number of independent runs, ≥ 1.
    seed : int
        Where the random numbers start: the same trial gives the same numbers.
    """

    samples: int
    rounds: int
    seeds: int
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """The paths of all runs.

    Parameters
    ----------
    ecosystem : Ecosystem
    trial : Trial
    state : tuple of str
        Names of the states, ``MODEL.COORDINATE``.
    paths : array, shape ``(rounds + 1, states, seeds)``
        From the start on; NaN from where a run left the domain.
    departures : tuple of Departure
    interrupted : bool
        Whether fewer rounds were played than asked for.
    """

    ecosystem: Ecosystem
    trial: Trial
    state: tuple[str, ...]
    paths: Floats
    departures: tuple[Departure, ...] = ()
    interrupted: bool = False

    @property
    def rounds(self) -> int:
        """Rounds that were played."""
        return len(self.paths) - 1

    def going(self) -> Floats:
        """How many runs go on after each round, shape ``(rounds + 1,)``."""
        found: Floats = np.sum(np.isfinite(self.paths[:, 0]), axis=1).astype(float)
        return found

    def mean(self) -> Floats:
        """Mean state over the runs that go on, shape ``(rounds + 1, states)``; NaN without any."""
        with np.errstate(invalid="ignore"):
            found: Floats = np.nansum(self.paths, axis=2) / self.going()[:, None]
        return found

    def variance(self) -> Floats:
        """Unbiased variance over the runs that go on, shape ``(rounds + 1, states)``; NaN below two."""
        centred = self.paths - self.mean()[:, :, None]
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = np.nansum(centred**2, axis=2) / (self.going()[:, None] - 1)
        return np.where(self.going()[:, None] > 1, found, np.nan)

    def standard_error(self) -> Floats:
        """Standard error of the mean, shape ``(rounds + 1, states)``; NaN below two runs."""
        with np.errstate(invalid="ignore", divide="ignore"):
            found: Floats = np.sqrt(self.variance() / self.going()[:, None])
        return found


def simulate(ecosystem: Ecosystem, trial: Trial, progress: Callable[[str], None] | None = None) -> Simulation:
    """Play the trial; what is finished is kept when the user interrupts.

    Parameters
    ----------
    ecosystem : Ecosystem
    trial : Trial
    progress : callable or None
        Told each finished round.

    Returns
    -------
    Simulation

    Raises
    ------
    InvalidInput
        When a family cannot be drawn from, or the trial is too large to be held.

    Examples
    --------
    >>> from theory.ecosystem_file import from_text
    >>> text = '''
    ... [models.p]
    ... family = "gaussian"
    ... real = { share = 0, mean = 0, variance = 1 }
    ... reads = [ { from = "p", share = 1 } ]
    ... '''
    >>> done = simulate(from_text(text).ecosystem, Trial(samples=10, rounds=3, seeds=2))
    >>> done.paths.shape, done.state
    ((4, 2, 2), ('p.mean', 'p.variance'))
    """
    _require_room(ecosystem, trial)
    state = tuple(f"{m.name}.{c}" for m in ecosystem.models for c in m.family.coordinates)
    generator = np.random.Generator(np.random.SFC64(trial.seed))
    paths = []
    departures: tuple[Departure, ...] = ()
    interrupted = False
    try:
        for played in play(ecosystem, samples=trial.samples, seeds=trial.seeds, generator=generator):
            paths.append(np.concatenate([played.states[m.name] for m in ecosystem.models]))
            departures += played.departures
            if progress is not None:
                progress(f"round {played.number} of {trial.rounds}")
            if played.number == trial.rounds:
                break
    except KeyboardInterrupt:
        if not paths:
            raise
        interrupted = True
    return Simulation(
        ecosystem=ecosystem,
        trial=trial,
        state=state,
        paths=np.array(paths),
        departures=departures,
        interrupted=interrupted,
    )


def _require_room(ecosystem: Ecosystem, trial: Trial) -> None:
    states = sum(len(m.family.coordinates) for m in ecosystem.models)
    needed = (trial.rounds + 1) * trial.seeds * states
    if ecosystem.data is DataRegime.SUBSAMPLE:
        statistics = sum(len(m.family.fitted) for m in ecosystem.models)
        needed += (trial.rounds + 1) * trial.seeds * trial.samples * statistics
    if needed > MOST_NUMBERS:
        raise InvalidInput(
            expected=f"a trial of at most {MOST_NUMBERS} numbers",
            found=f"{needed}",
            hint="take fewer seeds or rounds",
        )
