"""Builds: dbt in this process, against the private file, for the publication days that changed."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from extract.errors import InputError
from load.built import cut_days, days_looking_ahead, note_built_days, show_all_rows, show_rows_of
from load.config import WarehouseConfig
from load.connection import plain_errors, private
from load.dbt import project_dir, run_dbt
from load.errors import BuildFailed, FailedNode
from load.faults import fault
from load.lock import writer_lock
from load.measures.update import update_measures
from load.stories import update_stories
from load.transaction import transaction

# The project's own unit tests say nothing about the user's data; seeds and views change only with the project, which a
# full build follows.
EXCLUDED = ("resource_type:unit_test", "path:models/staging,resource_type:model")
# dbt by itself builds all days (sql/dbt_project.yml). Our builds cover the days that merges have marked, or all days
# with --full-refresh. All have the same options, so that dbt parses the project once; its JSON files are not used.
OURS = ("--vars", "{changed_days_only: true}", "--no-write-json")
FULL = ("build", *OURS, "--full-refresh", "--exclude", "resource_type:unit_test")
INCREMENTAL = ("build", *OURS, "--indirect-selection", "empty", "--exclude", *EXCLUDED)
# Many days are built in parts: first the models of all parts, then the tests, because a test may read across parts.
# Models without a day are built only once.
PART = ("run", *OURS, "--exclude", "pipeline_health", *EXCLUDED)
TESTS = ("test", *OURS, "--exclude", "resource_type:unit_test")
# If no article changed, only the mart about attempts can differ. The tests of its parents run with it.
ATTEMPTS = (
    "build",
    *OURS,
    "--indirect-selection",
    "cautious",
    "--select",
    "stg_fetches",
    "stg_extractions",
    "pipeline_health",
    "--exclude",
    "resource_type:unit_test",
)
# Article versions that are built at once: with half a million numbers the joins no longer fit into 512 MB.
PART_ARTICLES = 20_000
# Rows that are shown for a failed test.
EXAMPLES = 5
# States of a failed build; warnings are not failures.
FAILED = ("error", "fail", "runtime error", "partial success")

# Rejects are included because readers see them, and a batch that only produces rejects changes no rows of articles.
# Polled feeds and unchanged pages are no reason to build: an hourly run that finds nothing new would publish the same
# copy again.
LOADED = """
    select (hash(
        (select count(*) from batches where stage = 'extract' and added + changed + withdrawn > 0),
        (select count(*) from fetches where purpose = 'page' and outcome <> 'not_modified'),
        (select sum(hash(r)::hugeint) from rejects as r),
        (select sum(hash(source, url, rule)::hugeint) from left_out)
    ) >> 1)::bigint
"""
NOT_MARKED = "where news_date not in (select news_date from changed_days)"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: the publication days it rebuilt (all, if full), numbers of models and tests, and duration."""

    is_full: bool
    days: tuple[date, ...]
    models: int
    tests: int
    seconds: float


def build(
    config: WarehouseConfig,
    *,
    now: datetime,
    full: bool = False,
    days: Iterable[date] | None = None,
    on_wait: Callable[[str], None] | None = None,
) -> BuildResult:
    """Bring the models up to date and run their tests.

    Builds the days that merges have marked as changed, and also ``days``. All days are built with ``full``, in a first
    build, and after the models have changed. If nothing is new since the last successful build,
    no model runs. Raises BuildFailed with the failed nodes; the days then stay marked.
    """
    started = time.perf_counter()
    with writer_lock(config, owner="build", on_wait=on_wait), plain_errors(config):
        with private(config) as con:
            load_synonyms(con, config.synonyms)
            load_entities(con, config.entities)
            todo = _prepare(con, tuple(days or ()), full, now)
        if todo is None:
            return BuildResult(False, (), 0, 0, time.perf_counter() - started)
        fault("build.before_models")
        ran = _run(config, todo.steps)
        fault("build.after_models")
        with private(config) as con:
            _raise_failures(con, ran)
            _finish(con, now)
    kinds = Counter({result.node.unique_id: result.node.resource_type.value for result in ran}.values())
    return BuildResult(todo.is_full, todo.days, kinds["model"], kinds["test"], time.perf_counter() - started)


def load_synonyms(con: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Load the user's synonyms from their file. Raises InputError if the file cannot be read."""
    try:
        with transaction(con):
            con.execute("delete from user_synonyms")
            if path is not None:
                con.execute(
                    "insert into user_synonyms select term, min(canonical) from read_csv(?, header = true,"
                    " columns = {'term': 'varchar', 'canonical': 'varchar'}) group by term",
                    [str(path)],
                )
    except duckdb.Error as error:
        if path is None:
            raise
        raise InputError(
            f"Cannot read the synonyms in {path}.", hint="A CSV file with the header term,canonical is expected."
        ) from error


def load_entities(con: duckdb.DuckDBPyConnection, path: Path | None) -> None:
    """Load the user's corrections of names from their file. Raises InputError if the file cannot be read."""
    try:
        with transaction(con):
            con.execute("delete from user_entities")
            if path is not None:
                con.execute(
                    "insert into user_entities select distinct kind, name, entity, article_id from read_csv(?,"
                    " header = true, columns = {'kind': 'varchar', 'name': 'varchar', 'entity': 'varchar',"
                    " 'article_id': 'varchar'}) where kind in ('person', 'organisation', 'place')",
                    [str(path)],
                )
    except duckdb.Error as error:
        if path is None:
            raise
        raise InputError(
            f"Cannot read the corrections of names in {path}.",
            hint="A CSV file with the header kind,name,entity,article_id is expected.",
        ) from error


def project_fingerprint() -> str:
    """Compute a digest of the dbt project, the code that finds stories and measures, and DuckDB's version.

    If it changes, all days are built again.
    """
    digest = hashlib.sha256(duckdb.__version__.encode())
    digest.update(files("load").joinpath("stories.py").read_bytes())
    for entry in sorted(files("load").joinpath("measures").iterdir(), key=lambda found: found.name):
        if entry.is_file():
            digest.update(entry.read_bytes())
    root = project_dir()
    for path in sorted(root.rglob("*")):
        if path.suffix in (".sql", ".csv") and not {"analyses", "tests"} & set(path.relative_to(root).parts):
            digest.update(str(path.relative_to(root)).encode() + path.read_bytes())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Step:
    """A dbt command, and the days whose articles it sees; None means all days."""

    days: tuple[date, ...] | None
    command: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Todo:
    is_full: bool
    days: tuple[date, ...]
    steps: tuple[_Step, ...]


@dataclass(frozen=True, slots=True)
class _Build:
    fingerprint: str
    loaded: int
    passed: bool
    is_full: bool


def _prepare(con: duckdb.DuckDBPyConnection, days: tuple[date, ...], full: bool, now: datetime) -> _Todo | None:
    """Find the days to build, cluster their stories, and record that a build has started; None if nothing is new."""
    fingerprint = _fingerprint(con)
    ((loaded,),) = con.execute(LOADED).fetchall()
    last = _last_build(con)
    # A failed full build may have left models and seeds of different versions, or none at all.
    full = full or last is None or last.fingerprint != fingerprint or (last.is_full and not last.passed)
    wanted = _mark_days(con, days, full)
    no_article_changed = bool(last and last.passed and not full and not wanted)
    if no_article_changed and last and last.loaded == loaded:
        return None
    with transaction(con):
        update_stories(con)
        update_measures(con)
        wanted = _marked(con)
        no_article_changed = no_article_changed and not wanted
        steps = (_Step((), ATTEMPTS),) if no_article_changed else _steps(con, wanted, full)
        _show(con, steps[0])
        con.execute("delete from builds where built_at >= ?", [now])
        con.execute(
            "insert into builds values (?, ?, ?, ?, ?, false)",
            [now, fingerprint, loaded, full, len(wanted)],
        )
    return _Todo(full, wanted, steps)


def _fingerprint(con: duckdb.DuckDBPyConnection) -> str:
    """Digest of everything except the rows that a build depends on: models, and the user's synonyms and corrections."""
    ((synonyms,),) = con.execute(
        "select md5(string_agg(term || canonical, ',' order by term)) from user_synonyms"
    ).fetchall()
    ((corrections,),) = con.execute(
        "select md5(string_agg(concat_ws('|', kind, name, entity, article_id), ','"
        " order by kind, name, entity, article_id)) from user_entities"
    ).fetchall()
    return f"{project_fingerprint()} {synonyms} {corrections}"


def _last_build(con: duckdb.DuckDBPyConnection) -> _Build | None:
    row = con.execute(
        "select fingerprint, loaded, passed, is_full from builds order by built_at desc limit 1"
    ).fetchone()
    return _Build(*row) if row else None


def _steps(con: duckdb.DuckDBPyConnection, days: tuple[date, ...], full: bool) -> tuple[_Step, ...]:
    """Plan a build of these days: at once, or in parts if they have many articles.

    A full build in parts starts with empty tables.
    """
    parts = cut_days(con, days, PART_ARTICLES)
    if len(parts) < 2:
        return (_Step(None, FULL) if full else _Step(days, INCREMENTAL),)
    again = sorted(set(days).intersection(days_looking_ahead(con)))
    return (
        *((_Step((), FULL),) if full else ()),
        *(_Step(part, PART) for part in (*parts, *cut_days(con, again, PART_ARTICLES))),
        _Step((), ATTEMPTS),
        *(_Step(part, TESTS) for part in parts),
    )


def _show(con: duckdb.DuckDBPyConnection, step: _Step) -> None:
    if step.days is None:
        show_all_rows(con)
    else:
        show_rows_of(con, step.days)


def _run(config: WarehouseConfig, steps: tuple[_Step, ...]) -> list[Any]:
    """Run the steps until one fails; the rows for the first are already visible. Return the results of all nodes."""
    ran: list[Any] = []
    for number, step in enumerate(steps):
        if number:
            with private(config) as con, transaction(con):
                _show(con, step)
        ran += run_dbt(config, list(step.command))
        if _failed(ran):
            break
    return ran


def _mark_days(con: duckdb.DuckDBPyConnection, days: tuple[date, ...], full: bool) -> tuple[date, ...]:
    for day in days:
        con.execute(f"insert into changed_days from (select ?::date as news_date) {NOT_MARKED}", [day])
    if full:
        con.execute(
            "insert into changed_days from "
            f"(select distinct coalesce(published_on, fetched_at::date) as news_date from articles) {NOT_MARKED}"
        )
    return _marked(con)


def _marked(con: duckdb.DuckDBPyConnection) -> tuple[date, ...]:
    return tuple(row[0] for row in con.execute("select news_date from changed_days order by 1").fetchall())


def _finish(con: duckdb.DuckDBPyConnection, now: datetime) -> None:
    with transaction(con):
        show_all_rows(con)
        note_built_days(con, now)
        con.execute("delete from changed_days")
        con.execute("update builds set passed = true where built_at = ?", [now])
        fault("build.before_commit")


def _failed(results: list[Any]) -> list[Any]:
    return [result for result in results if str(result.status) in FAILED]


def _raise_failures(con: duckdb.DuckDBPyConnection, results: list[Any]) -> None:
    failures = tuple(
        FailedNode(
            name=result.node.name,
            model=_about(result.node),
            message=" ".join((result.message or str(result.status)).split()),
            rows=result.failures or 0,
            examples=_examples(con, result) if result.failures else (),
        )
        for result in _failed(results)
    )
    if failures:
        raise BuildFailed(failures)


def _examples(con: duckdb.DuckDBPyConnection, result: Any) -> tuple[str, ...]:
    """Fetch the first rows that made a test fail."""
    rows = con.execute(f"from ({result.node.compiled_code}) limit {EXAMPLES}").fetch_arrow_table().to_pylist()
    return tuple(", ".join(f"{name}={value!r}" for name, value in row.items()) for row in rows)


def _about(node: Any) -> str:
    """Name the model, or the models, that a test is about."""
    attached = getattr(node, "attached_node", None)
    about = [attached] if attached else list(node.depends_on.nodes)
    return ", ".join(str(name).split(".")[-1] for name in about if str(name).startswith("model.")) or str(node.name)
