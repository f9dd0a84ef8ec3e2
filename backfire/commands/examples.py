"""`backfire examples`: the ecosystem files that ship with the project."""

from __future__ import annotations

from pathlib import Path

import click

from backfire.options import Settings, shared
from backfire.status import ExitStatus


@click.command("examples")
@click.argument("name", required=False)
@shared("json", "out")
def command(name: str | None, settings: Settings) -> int:
    """List the shipped ecosystem files, or write the one called NAME.

    It is written as NAME.toml into --out (default: the current folder); a file of that name with
    other contents is left alone.
    """
    from importlib.resources import files

    from theory.names import exactly

    shipped = {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in sorted(files("theory.examples").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    }
    if name is None:
        _list(shipped, as_json=settings.json)
        return ExitStatus.AS_EXPECTED
    text = shipped[exactly(name.removesuffix(".toml"), tuple(shipped), "the name of an example")]
    _write((settings.out or Path()) / f"{name.removesuffix('.toml')}.toml", text, as_json=settings.json)
    return ExitStatus.AS_EXPECTED


def _list(shipped: dict[str, str], *, as_json: bool) -> None:
    import json

    from backfire.output import emit

    about = {name: text.splitlines()[0].lstrip("# ") for name, text in shipped.items()}
    if as_json:
        emit(json.dumps(about, indent=1, ensure_ascii=False))
        return
    width = max(map(len, about))
    for name, line in about.items():
        emit(f"{name:<{width}}  {line}")


def _write(path: Path, text: str, *, as_json: bool) -> None:
    import json

    from backfire.output import emit
    from theory.errors import InvalidInput

    if path.exists() and path.read_text(encoding="utf-8") != text:
        raise InvalidInput(
            expected="a path that is free",
            found="a file with other contents",
            source=str(path),
            hint="choose another --out",
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    emit(json.dumps(str(path)) if as_json else str(path))
