"""Shared by all tests: the strategies and oracles are importable."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import Phase, settings

sys.path.insert(0, str(Path(__file__).parent))

# Explaining a failure traces every line of SymPy: minutes a test.
settings.register_profile("backfire", settings.default, phases=set(Phase) - {Phase.explain})
settings.load_profile("backfire")
