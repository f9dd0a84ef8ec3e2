"""Settings of the whole test run: one SymPy arithmetic, one Hypothesis profile, no inherited environment."""

from __future__ import annotations

import os

# SymPy switches its arithmetic when python-flint is importable; users have it installed.
os.environ["SYMPY_GROUND_TYPES"] = "flint"
os.environ["MPLBACKEND"] = "Agg"
for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
    os.environ.pop(name, None)

from hypothesis import HealthCheck, settings  # noqa: E402 (SymPy must see the pinned environment first)

settings.register_profile(
    "reproducible",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    print_blob=False,
)
settings.load_profile("reproducible")
