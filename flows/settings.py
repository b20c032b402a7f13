"""All settings in one frozen object: read once from ``newsledger.toml`` and the environment, then passed on.

The environment overrides the file: ``NEWSLEDGER_FETCH__MIN_HOST_INTERVAL_S=2`` sets ``min_host_interval_s`` in
``[fetch]``, and ``NEWSLEDGER_FETCH__RESPECT='["tdm"]'`` sets a list. ``NEWSLEDGER_CONFIG`` names the file.
"""

from __future__ import annotations

import difflib
import json
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator

from extract.errors import SettingsError
from extract.fetch import FetchPolicy
from extract.fetch.access import Access
from extract.filters import Filters
from extract.types import Right, Source
from flows.log_settings import LogSettings
from flows.source_settings import Section, SourceSettings
from load.config import WarehouseConfig
from watches.watch import Watch

if TYPE_CHECKING:
    from extract.archive import ArchivePlace

DEFAULT_FILE = "newsledger.toml"
# No setting has a dotted key with this many parts, and parsing one takes quadratic time.
MOST_KEY_PARTS = 64
LONG_KEY = re.compile(rf"(?<![\w-])(?:[\w-]++[ \t]*+\.[ \t]*+){{{MOST_KEY_PARTS}}}")
ENVIRONMENT_PREFIX = "NEWSLEDGER_"
# Environment variables that are no settings: the path of the file, and the fault switch of the tests.
RESERVED = frozenset({"NEWSLEDGER_CONFIG", "NEWSLEDGER_FAULT"})


class RunSettings(Section):
    """How runs are split into batches and distributed over this machine or a cluster."""

    batch_pages: int = Field(
        100,
        ge=1,
        le=1000,
        description="Pages in a batch: the unit of transaction, of retry and of a Prefect task.",
    )
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1,
        ge=1,
        description="Processes that strip and read pages; all cores by default.",
    )
    page_seconds: int = Field(
        30,
        ge=1,
        description="Processor seconds that strip and read may take for one page, which is a thousand times the usual; "
        "a page that takes longer is a reject.",
    )
    fetch_threads: int = Field(
        16,
        ge=1,
        le=200,
        description="Pages fetched at once, all hosts together; each host still has one slot.",
    )
    engine: Literal["local", "dask", "prefect"] = Field(
        "local",
        description="Where pages are read: on this machine's cores, on the workers of a Dask cluster, or by the "
        "workers of a Prefect work pool (`newsledger worker`).",
    )
    pool_pages: int = Field(
        1000,
        ge=1,
        description='Pages that a run of the work pool takes (with engine = "prefect"); starting one costs seconds.',
    )
    dask_address: str | None = Field(
        None, description='Scheduler of the running Dask cluster, say tcp://10.0.0.5:8786 (with engine = "dask").'
    )
    max_attempts: int = Field(
        5,
        ge=1,
        description="Attempts after which a page that keeps failing is left for `newsledger rejects --retry`.",
    )
    recheck_days: int = Field(
        30,
        ge=0,
        le=3650,
        description="Days after publication in which an article is checked again, at growing intervals; 0: never.",
    )

    publisher_rules: Path | None = Field(
        None, description="Folder of your own publisher rules (TOML), for pages that are read wrongly."
    )
    cc_news_url: str = Field(
        "https://data.commoncrawl.org/",
        pattern=r"^https?://.",
        description="Where CC-NEWS is read from: Common Crawl, or a mirror of it.",
    )
    metrics: bool = Field(
        False, description="Write metrics (OpenMetrics) next to the published copy at the end of each run."
    )

    @model_validator(mode="after")
    def _names_its_cluster(self) -> RunSettings:
        if self.engine == "dask" and not self.dask_address:
            raise ValueError("engine is 'dask', so dask_address must name the cluster's scheduler")
        return self


class ArchiveSettings(Section):
    """The WARC archive."""

    url: str | None = Field(
        None,
        pattern=r"^[a-z0-9+]+://.",
        description="Where finished files are kept instead of data_dir/archive: s3://BUCKET/FOLDER, or another store "
        "that fsspec opens. Keys and endpoint come from the environment (AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL ...).",
    )
    max_file_mb: int = Field(256, ge=1, description="A WARC file is closed at this size; 100 MB to 1 GB is usual.")


# The keys of [alerts] that hold the address of a channel; the functions that send are in ``flows.alerts.SENDERS``.
CHANNELS = ("webhook", "slack", "mail")


class AlertSettings(Section):
    """Who is notified when something needs a person."""

    webhook: str | None = Field(
        None, pattern=r"^https?://", description="URL that receives alerts as JSON (Mattermost, your own)."
    )
    slack: str | None = Field(None, pattern=r"^https?://", description="Incoming webhook of a Slack channel.")
    mail: str | None = Field(
        None, pattern=r"^mailtos?://", description="Mail: mailtos://USER:PASSWORD@SMTP_HOST?from=ADDRESS&to=ADDRESS."
    )

    report: str | None = Field(
        None,
        pattern=r"^(https?|file)://",
        description="URL of the published report; notifications of watches then link to its pages.",
    )

    @property
    def channels(self) -> tuple[str, ...]:
        """Names of the channels that are set."""
        return tuple(name for name in CHANNELS if getattr(self, name))


class Settings(Section):
    """All settings. ``data_dir`` holds the archive, the warehouse and the published files."""

    data_dir: Path = Field(Path("data"), description="Where everything is kept; relative to the settings file.")
    fetch: FetchPolicy = Field(default_factory=FetchPolicy)
    archive: ArchiveSettings = Field(default_factory=ArchiveSettings)
    warehouse: WarehouseConfig
    run: RunSettings = Field(default_factory=RunSettings)
    log: LogSettings = Field(default_factory=LogSettings)
    alerts: AlertSettings = Field(default_factory=AlertSettings)
    sources: tuple[SourceSettings, ...] = ()
    watches: tuple[Watch, ...] = Field((), description="Events to be notified of: `newsledger watch add`.")
    file: Path | None = Field(None, description="The file these settings were read from; set by the loader.")

    @model_validator(mode="after")
    def _source_names_differ(self) -> Settings:
        names = [source.name for source in self.sources]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ValueError(f"two [[sources]] have the same name: {', '.join(doubled)}")
        return self

    @model_validator(mode="after")
    def _watch_names_differ(self) -> Settings:
        names = [watch.name for watch in self.watches]
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            raise ValueError(f"two [[watches]] have the same name: {', '.join(doubled)}")
        return self

    def renames(self) -> dict[str, str]:
        """Return the current name of each source by its former names."""
        return {old: source.name for source in self.sources for old in source.was}

    @property
    def archive_dir(self) -> Path:
        """Folder of the WARC archive; with ``archive.url``, only of the files that are being written."""
        return self.data_dir / "archive"

    @property
    def archive_place(self) -> ArchivePlace:
        """Return where the finished archive files are. Raises SettingsError when ``archive.url`` cannot be opened."""
        # Imported here: commands that only query the warehouse need no WARC library.
        from extract.archive import open_place

        return open_place(self.archive.url, self.archive_dir)

    @property
    def state_dir(self) -> Path:
        """Folder in which the fetchers of all processes share host slots and robots.txt."""
        return self.data_dir / "state"

    @property
    def watches_file(self) -> Path:
        """File that records the events of watches and the messages sent."""
        return self.state_dir / "watches.sqlite"

    def all_sources(self) -> tuple[Source, ...]:
        """Build the records of all sources, the paused ones too."""
        return tuple(source.as_source(self.base) for source in self.sources)

    def timezones(self) -> dict[str, str]:
        """Return the time zones that the settings give to sources, by source name."""
        return {source.name: source.timezone for source in self.sources if source.timezone}

    @property
    def base(self) -> Path:
        """Folder that relative paths in the settings are relative to."""
        return self.file.parent if self.file else Path.cwd()

    def respected(self, source: str) -> tuple[Right, ...]:
        """Return the rights marks with which a page of this source is not kept."""
        return () if any(one.name == source and one.rights_cleared for one in self.sources) else self.fetch.respect

    def accesses(self) -> dict[str, Access]:
        """Return the additional headers, cookies and proxies by source name. Raises SettingsError."""
        found = {source.name: source.access(self.base, os.environ) for source in self.sources}
        return {name: access for name, access in found.items() if access}

    def filters(self) -> dict[str, Filters]:
        """Return the filters of those sources that have any, by their names."""
        return {source.name: source.filters for source in self.sources if source.filters != Filters()}

    def pick_sources(self, names: tuple[str, ...] | list[str] | None) -> tuple[Source, ...]:
        """Return the named sources, or all that are not paused.

        Raises SettingsError for a name that no source has.
        """
        sources = self.all_sources()
        if not names:
            return tuple(s for s in sources if not s.paused)
        known = {s.name: s for s in sources}
        for name in names:
            if name not in known:
                raise SettingsError(
                    f"No source is called {name!r}{_did_you_mean(name, known)}.",
                    hint=f"Sources in {self.file or DEFAULT_FILE}: {', '.join(known) or 'none yet'}.",
                )
        return tuple(known[name] for name in names)


def load_settings(file: Path | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings file (if there is one) and the environment.

    Raises SettingsError that names the file, the key and the most similar valid key.
    """
    environment = os.environ if environment is None else environment
    named = file or (Path(environment["NEWSLEDGER_CONFIG"]) if environment.get("NEWSLEDGER_CONFIG") else None)
    path = (named or Path(DEFAULT_FILE)).absolute()
    if named and not path.exists():
        raise SettingsError(f"There is no settings file {named}.", hint="`newsledger init` writes one to start from.")
    raw = _read_toml(path) if path.exists() else {}
    _apply_environment(raw, environment)
    base = path.parent
    data_dir = base / Path(str(raw.pop("data_dir", "data"))).expanduser()
    warehouse = raw.get("warehouse", {})
    if isinstance(warehouse, dict):
        raw["warehouse"] = _warehouse_paths(warehouse, data_dir, base)
    try:
        return Settings(**raw, data_dir=data_dir, file=path if path.exists() else None)
    except ValidationError as error:
        raise SettingsError(
            _explain(error, raw, path.name, environment), hint="`newsledger settings` lists every key with its meaning."
        ) from None


def _warehouse_paths(warehouse: dict[str, Any], data_dir: Path, base: Path) -> dict[str, Any]:
    defaults = {
        "path": data_dir / "warehouse.duckdb",
        "published": data_dir / "newsledger.duckdb",
        "parquet": data_dir / "parquet",
    }
    if "url" in warehouse:
        defaults["data_path"] = data_dir / "lake"
    paths = {*defaults, "synonyms", "entities", "data_path"}
    given = {
        key: _local_path(base, value) if key in paths and isinstance(value, str) else value
        for key, value in warehouse.items()
    }
    return defaults | given


def _local_path(base: Path, value: str) -> Path | str:
    return value if "://" in value else base / Path(value).expanduser()


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8")
        if long := LONG_KEY.search(text):
            line = text.count("\n", 0, long.start()) + 1
            raise SettingsError(f"{path.name}, line {line}: no key has more than {MOST_KEY_PARTS} parts.")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}.") from None
    except UnicodeDecodeError as error:
        raise SettingsError(
            f"{path.name} is not UTF-8 text (byte {error.start:,}).", hint="Save it again as UTF-8."
        ) from None
    except OSError as error:
        what = "it is a folder" if path.is_dir() else error.strerror
        raise SettingsError(
            f"Cannot read the settings {path}: {what}.", hint="Name a TOML file with --config."
        ) from None


def _apply_environment(raw: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        if not name.startswith(ENVIRONMENT_PREFIX) or name in RESERVED:
            continue
        *tables, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().split("__")
        target = raw
        for table in tables:
            target = target.setdefault(table, {})
            if not isinstance(target, dict):
                raise SettingsError(
                    f"environment: {name} is not a setting: {table!r} is not a table.",
                    hint="Only keys of tables can be set this way: NEWSLEDGER_FETCH__CONTACT=desk@example.org",
                )
        target[key] = _list_or_text(value)


def _list_or_text(value: str) -> Any:
    """Parse a JSON list; return anything else as text, which the type of the setting converts."""
    if not value.startswith("["):
        return value
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


def _explain(error: ValidationError, raw: dict[str, Any], file: str, environment: Mapping[str, str]) -> str:
    return "\n".join(_explain_one(dict(problem), raw, file, environment) for problem in error.errors())


def _explain_one(problem: dict[str, Any], raw: dict[str, Any], file: str, environment: Mapping[str, str]) -> str:
    place = [part for part in problem["loc"] if part not in ("function-after", "function-before")]
    variable = ENVIRONMENT_PREFIX + "__".join(map(str, place)).upper()
    given_by = next((name for name in environment if name == variable or name.startswith(f"{variable}__")), None)
    where = f"environment: {given_by}" if given_by else f"{file}: {_name_place(place, raw)}"
    if problem["type"] == "extra_forbidden":
        return f"{where} is not a setting{_did_you_mean(str(place[-1]), _keys_at(place[:-1]))}"
    if problem["type"] == "missing":
        return f"{where} is missing."
    given = problem.get("input")
    shown = "" if isinstance(given, (dict, list, BaseModel)) else f" (given: {given!r})"
    return f"{where}: {problem['msg'].removeprefix('Value error, ')}{shown}."


def _name_place(place: list[Any], raw: dict[str, Any]) -> str:
    if not place:
        return "settings"
    if len(place) >= 2 and isinstance(place[1], int):
        sources = raw.get(place[0])
        name = sources[place[1]].get("name", place[1] + 1) if isinstance(sources, list) else place[1] + 1
        return f"[[{place[0]}]] {name} {'.'.join(str(p) for p in place[2:])}".rstrip()
    if len(place) == 1:
        return f"key {place[0]!r}"
    return f"[{place[0]}] key {'.'.join(str(p) for p in place[1:])!r}"


def _keys_at(place: list[Any]) -> list[str]:
    sections: dict[str, type[BaseModel]] = {
        "fetch": FetchPolicy,
        "archive": ArchiveSettings,
        "warehouse": WarehouseConfig,
        "run": RunSettings,
        "log": LogSettings,
        "alerts": AlertSettings,
        "sources": SourceSettings,
        "watches": Watch,
        "filters": Filters,
    }
    tables = [str(part) for part in place if not isinstance(part, int)]
    model = sections[tables[-1]] if tables and tables[-1] in sections else Settings
    return [key for key in model.model_fields if key != "file"]


def _did_you_mean(word: str, known: Any) -> str:
    near = difflib.get_close_matches(word, list(known), n=1, cutoff=0.5)
    return f"; did you mean {near[0]!r}?" if near else "."
