"""JSON Schemas of the formats, as shipped files and as the models state them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from proofs_check.report.analysis_document import AnalysisDocument
from proofs_check.report.attack_document import AttackDocument
from proofs_check.report.check_document import CheckDocument
from proofs_check.report.robustness_document import RobustnessDocument
from proofs_check.report.simulation_document import SimulationDocument
from theory.ecosystem_file import json_schema

FOLDER = Path(__file__).parent / "schemas"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schemas() -> Mapping[str, dict[str, Any]]:
    """The schema of each format by file name, as the code states it."""
    return {
        "ecosystem.json": json_schema(),
        "analysis.json": {"$schema": DIALECT, **AnalysisDocument.model_json_schema(mode="serialization")},
        "attack.json": {"$schema": DIALECT, **AttackDocument.model_json_schema(mode="serialization")},
        "check.json": {"$schema": DIALECT, **CheckDocument.model_json_schema(mode="serialization")},
        "robustness.json": {"$schema": DIALECT, **RobustnessDocument.model_json_schema(mode="serialization")},
        "simulation.json": {"$schema": DIALECT, **SimulationDocument.model_json_schema(mode="serialization")},
    }


def shipped(name: str) -> dict[str, Any]:
    """The schema in the file of that name.

    Raises
    ------
    OSError
        When there is no such file.
    """
    found: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return found


def write() -> None:
    """Bring the shipped files up to date."""
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        (FOLDER / name).write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
