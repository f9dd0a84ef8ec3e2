"""Child: a solver's answer from a process of its own, which ends when its time does.

A solver's own time limit does not hold; what one solver found must not be lost because another hangs.
"""

from __future__ import annotations

import importlib
import json
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from proofs_check.checker.terms import Refused
from proofs_check.solving.solver import AbstractSolver, Answer, question_of

START = 0.2
_ROOT = str(Path(__file__).parents[2])
_PROGRAM = f"import sys; sys.path.append({_ROOT!r}); from {__name__} import main; main()"


def ask_in_child(solver: AbstractSolver, encoded: dict[str, Any], seconds: float) -> Answer:
    """The solver's answer on an encoded statement; ``unknown`` when the time is over or it breaks."""
    task = {"module": type(solver).__module__, "statement": encoded, "seconds": seconds}
    try:
        done = subprocess.run(  # noqa: S603  (this interpreter on this module)
            [sys.executable, "-P", "-c", _PROGRAM],
            input=json.dumps(task),
            capture_output=True,
            text=True,
            timeout=seconds + START,
            check=True,
        )
        found = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, LookupError):
        return Answer(word="unknown")
    return Answer(word=found["word"], model={name: Fraction(text) for name, text in found["model"].items()})


def main() -> None:
    """Read a task from standard input, write the answer to standard output."""
    task = json.loads(sys.stdin.read())
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, task["seconds"] + 2 * START)
    solver: AbstractSolver = importlib.import_module(task["module"]).SOLVER
    try:
        answer = solver.ask(question_of(task["statement"]), task["seconds"])
    except Refused:
        answer = Answer(word="unknown")
    model = {name: str(value) for name, value in answer.model.items()}
    sys.stdout.write(json.dumps({"word": answer.word, "model": model}) + "\n")
