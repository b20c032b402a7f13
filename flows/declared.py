"""The deployments declared in ``prefect.yaml``, as records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extract.errors import SettingsError

# The pool of `newsledger worker`.
READERS_POOL = "newsledger-readers"


@dataclass(frozen=True, slots=True)
class Declared:
    """One deployment as the file declares it; ``schedules`` maps a slug to its cron line and time zone."""

    name: str
    entrypoint: str
    work_pool: str
    description: str
    tags: tuple[str, ...]
    concurrency_limit: dict[str, Any] | None
    parameters: dict[str, Any]
    schedules: dict[str, tuple[str, str]]


def prefect_file() -> Path:
    """Return the ``prefect.yaml`` of the working directory if its name is newsledger, else the one of this package."""
    here = Path.cwd() / "prefect.yaml"
    return here if here.exists() and _is_ours(here) else Path(__file__).with_name("prefect.yaml")


def _is_ours(file: Path) -> bool:
    try:
        declared = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return False
    return isinstance(declared, dict) and declared.get("name") == "newsledger"


def read_declared(file: Path) -> tuple[Declared, ...]:
    """Read the deployments of a ``prefect.yaml``.

    Raises SettingsError when the file cannot be used.
    """
    try:
        entries = yaml.safe_load(file.read_text(encoding="utf-8"))["deployments"]
        return tuple(_declared(entry) for entry in entries)
    except (OSError, yaml.YAMLError, KeyError, TypeError) as error:
        raise SettingsError(f"{file} cannot be followed: {error!r}.") from None


def _declared(entry: dict[str, Any]) -> Declared:
    schedules = {
        s.get("slug") or s["cron"]: (s["cron"], s.get("timezone", "UTC")) for s in entry.get("schedules") or []
    }
    return Declared(
        name=entry["name"],
        entrypoint=entry["entrypoint"],
        work_pool=entry["work_pool"]["name"],
        description=entry.get("description", "").strip(),
        tags=tuple(entry.get("tags") or ()),
        concurrency_limit=entry.get("concurrency_limit"),
        parameters=entry.get("parameters") or {},
        schedules=schedules,
    )
