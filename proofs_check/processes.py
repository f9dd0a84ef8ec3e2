"""Processes: jobs that can be killed at their limit, a few at a time."""

from __future__ import annotations

import multiprocessing
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, Self

GRACE = 1.0


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

    Use it as a context manager: leaving it, by an interruption too, kills what still runs.
    """

    def __init__(self, workers: int) -> None:
        self._context: ForkServerContext | SpawnContext = multiprocessing.get_context("spawn")
        if "forkserver" in multiprocessing.get_all_start_methods():
            self._context = multiprocessing.get_context("forkserver")
            self._context.set_forkserver_preload(["proofs_check.preloaded"])
        self._workers = max(1, workers)
        self._running: list[_Running] = []

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
        receiver, sender = self._context.Pipe(duplex=False)
        arguments = (sender, job.function, job.arguments)
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

    def finished(self) -> Iterator[tuple[int, Outcome]]:
        """Wait until a job ends or reaches its limit; yield all that have."""
        soonest = min(running.limit for running in self._running)
        handles = [running.connection for running in self._running]
        wait(handles, timeout=max(0.0, soonest - time.monotonic()))
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
    """Keep Ctrl-C for this process: what is started inside inherits the mask, and never sees it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
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


def _work(sender: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        answer = (function(*arguments), "")
    except Exception:  # noqa: BLE001  (a crash is sent to the parent, which reports it)
        answer = (None, traceback.format_exc(limit=-4))
    sender.send(answer)
    sender.close()
