"""Processes: jobs that can be killed at their limit, a few at a time."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Self

GRACE = 0.5
STARTUP_SECONDS = 120.0
LONGEST_WAIT = 3600.0
LONGEST_ALARM = 1e8


@dataclass(frozen=True, kw_only=True)
class Job:
    """A function of a module with its arguments, and the seconds after which it is killed."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What became of a job: its value, or why there is none (``killed`` at its limit, or ``crashed``)."""

    value: Any = None
    killed: bool = False
    crashed: str = ""
    seconds: float = 0.0


@dataclass(kw_only=True)
class _Running:
    key: int
    process: BaseProcess
    connection: Connection
    began: float
    limit: float


class Pool:
    """At most `workers` processes, one job each.

    Use it as a context manager: leaving it, by an interruption too, kills what still runs.  No job's clock
    runs while the first process starts and imports; a job whose parent was killed ends at its own limit.
    """

    def __init__(self, workers: int) -> None:
        self._context: ForkServerContext | SpawnContext = multiprocessing.get_context("spawn")
        if "forkserver" in multiprocessing.get_all_start_methods():
            self._context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload(["proofs_check.running.preloaded"])
        self._workers = max(1, workers)
        self._running: list[_Running] = []
        self._warm = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for running in self._running:
            _kill(running)
        self._running.clear()

    @property
    def full(self) -> bool:
        """Whether no further job can start now."""
        return len(self._running) >= self._workers

    @property
    def idle(self) -> bool:
        """Whether nothing runs."""
        return not self._running

    def start(self, key: int, job: Job) -> None:
        """Start a job under a key of the caller's."""
        if not self._warm:
            self._warm = True
            self._launch(key, Job(function=_nothing, arguments=(), seconds=STARTUP_SECONDS))
            list(self.finished())
        self._launch(key, job)

    def _launch(self, key: int, job: Job) -> None:
        receiver, sender = self._context.Pipe(duplex=False)
        arguments = (sender, job)
        process = self._context.Process(target=_work, args=arguments, daemon=True)
        with _interruption_deferred():
            process.start()
        sender.close()
        now = time.monotonic()
        self._running.append(
            _Running(
                key=key, process=process, connection=receiver, began=now, limit=now + job.seconds + GRACE
            )
        )

    def hurry(self, key: int, seconds: float) -> None:
        """Leave a running job at most so many seconds from now."""
        limit = time.monotonic() + seconds + GRACE
        for running in self._running:
            if running.key == key:
                running.limit = min(running.limit, limit)

    def finished(self) -> Iterator[tuple[int, Outcome]]:
        """Wait until a job ends or reaches its limit; yield all that have."""
        soonest = min(running.limit for running in self._running)
        handles = [running.connection for running in self._running]
        wait(handles, timeout=min(max(0.0, soonest - time.monotonic()), LONGEST_WAIT))
        for running in list(self._running):
            if running.connection.poll() or not running.process.is_alive():
                outcome = _receive(running)
            elif time.monotonic() >= running.limit:
                _kill(running)
                outcome = Outcome(killed=True, seconds=time.monotonic() - running.began)
            else:
                continue
            self._running.remove(running)
            yield running.key, outcome


@contextmanager
def _interruption_deferred() -> Iterator[None]:
    """Keep Ctrl-C and SIGTERM for this process: what is started inside inherits the mask, sees neither."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _receive(running: _Running) -> Outcome:
    seconds = time.monotonic() - running.began
    try:
        value, crashed = running.connection.recv()
        outcome = Outcome(value=value, crashed=crashed, seconds=seconds)
    except (EOFError, OSError):
        running.process.join(GRACE)
        code = running.process.exitcode
        outcome = Outcome(crashed=f"the process ended without an answer, exit code {code}", seconds=seconds)
    running.connection.close()
    running.process.join(GRACE)
    if running.process.is_alive():
        running.process.kill()
    return outcome


def _kill(running: _Running) -> None:
    running.process.kill()
    running.process.join(GRACE)
    running.connection.close()


def _work(sender: Connection, job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_by_itself(job.seconds + 3 * GRACE)
    try:
        answer = (job.function(*job.arguments), "")
    except Exception:  # noqa: BLE001  (a crash is sent to the parent, which reports it)
        answer = (None, traceback.format_exc(limit=-4))
    with suppress(BrokenPipeError):
        sender.send(answer)
    sender.close()


def _end_by_itself(seconds: float) -> None:
    """Have the system end this process then, for a parent that was killed cannot; even inside a solver."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, min(seconds, LONGEST_ALARM))


def _nothing() -> None:
    """The first job: it waits until processes can start at once."""
