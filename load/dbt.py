"""dbt in this process: its project, its profile, and the only code that uses dbt's internals."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

from load.config import ALIAS, WarehouseConfig
from load.errors import BuildFailed, FailedNode
from load.files import ROW_GROUP
from load.lake import extensions, is_in_store, store_settings
from load.stopping import as_interrupt


def project_dir() -> Path:
    """Return the folder of the dbt project, where it is installed."""
    return Path(str(files("sql")))


def _write_profile(config: WarehouseConfig) -> None:
    """Write the profile with the private file's path. As JSON is YAML, no path breaks the quoting; Jinja renders it."""
    config.build_dir.mkdir(parents=True, exist_ok=True)
    output: dict[str, Any] = {
        "type": "duckdb",
        "path": ":memory:",
        "database": ALIAS,
        "schema": "main",
        "threads": 1,
        "config_options": config.duckdb_settings(),
        # Without insertion order, DuckDB does not have to buffer a model's rows in memory.
        "settings": {"TimeZone": "UTC", "preserve_insertion_order": False},
    }
    if config.url:
        place: dict[str, Any] = {"path": config.url, "options": {"data_path": str(config.data_path)}}
        output["extensions"] = list(extensions(config))
        output["settings"] |= store_settings() if is_in_store(config.data_path) else {}
    else:
        place = {"path": str(config.path.absolute()), "options": {"row_group_size": ROW_GROUP}}
    output["attach"] = [place | {"alias": ALIAS}]
    profile = {"newsledger": {"target": "warehouse", "outputs": {"warehouse": output}}}
    text = json.dumps(_literal(profile), indent=2)
    (config.build_dir / "profiles.yml").write_text(text, encoding="utf-8")


def _literal(value: Any) -> Any:
    """Escape braces in strings for Jinja, because a path may contain them."""
    if isinstance(value, dict):
        return {key: _literal(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_literal(one) for one in value]
    return value.replace("{", "{{ '{' }}") if isinstance(value, str) else value


# The parsed project, by the options that it depends on. A process that builds more than once, or in parts, parses the
# project once; only the profile differs between warehouses.
_parsed: dict[tuple[str, ...], Any] = {}


def _parse(command: list[str], shared: list[str]) -> Any:
    """Return the project as parsed by dbt; it is parsed once per process."""
    from dbt.cli.main import dbtRunner

    options = [word for word in command if word == "--no-write-json"]
    if "--vars" in command:
        options += ["--vars", command[command.index("--vars") + 1]]
    key = (shared[2], *options)
    if key not in _parsed:
        outcome = dbtRunner().invoke(["parse", *options, *shared])
        if not outcome.success:
            return outcome
        _parsed[key] = outcome
    return _parsed[key]


def run_dbt(config: WarehouseConfig, command: list[str]) -> list[Any]:
    """Run a dbt command in this process and close DuckDB's file afterwards; return the result of each node.

    The caller holds the writer lock. Raises BuildFailed if dbt itself cannot run. When the process is asked to stop,
    the running query is interrupted and its transaction is rolled back.
    """
    # Imported here: dbt takes a second to import, and most commands do not need it. It has a thousand mashumaro
    # classes; with this option, mashumaro generates the code of a class when it is first used.
    from mashumaro.config import BaseConfig

    BaseConfig.lazy_compilation = True
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    _write_profile(config)
    folder = str(config.build_dir)
    shared = ["--quiet", "--project-dir", str(project_dir()), "--profiles-dir", folder]
    shared += ["--target-path", f"{folder}/target", "--log-path", f"{folder}/logs"]
    shared += ["--no-send-anonymous-usage-stats", "--no-version-check", "--no-use-colors", "--log-level", "none"]
    with as_interrupt():
        try:
            outcome = _parse(command, shared)
            if outcome.success:
                outcome = dbtRunner(outcome.result.deepcopy()).invoke([*command, *shared])
        finally:
            environment = DuckDBConnectionManager._ENV
            if environment is not None:
                environment.close()
            DuckDBConnectionManager.close_all_connections()  # type: ignore[no-untyped-call]
    if outcome.exception is not None:
        raise BuildFailed((FailedNode("dbt", "project", str(outcome.exception)),)) from outcome.exception
    return list(getattr(outcome.result, "results", []))
