"""The status: what ran, what is missing, and which sources fail."""

from __future__ import annotations

import calendar
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb

from extract import EXTRACTOR_VERSION
from extract.fetch.polling import FeedState, feed_interval
from extract.outcomes import GOOD
from extract.types import Source
from flows import console
from flows.drift import Drift, find_drifts
from flows.engine import TAG
from flows.server import Server, find_server
from flows.settings import Settings
from load.connection import looking
from load.feeds import feed_states
from load.ledger import DIED, dead_runs
from load.plan import PlanCell, Selection, make_plan
from load.skew import latest

SHOWN_RUNS = 8
NO_SOURCES = "no source is followed; newsledger sources add https://example.org, then newsledger ingest"
# How much later than its polling interval promises a source may answer before a person should look.
FAILING_AFTER = timedelta(hours=2)
ANSWER_TIMEOUT_S = 5.0
OURS = {"all_": [TAG]}
LOW_DISK_BYTES = 2_000_000_000
# Kinds of runs that a schedule starts; who starts another by hand sees how it ends.
WATCHED = ("ingest", "maintain", "build")
# Runs with their real state: one whose process is gone has crashed, though only the next run will record it.
RUNS = """
    select * replace (
        case when run_id in $dead then 'crashed' else state end as state,
        case when run_id in $dead then $died else detail end as detail
    )
    from runs
"""
SHOWN = f"from ({RUNS}) order by started_at <= $latest desc, started_at desc limit {SHOWN_RUNS}"
LAST_BY_KIND = f"""
    from ({RUNS}) where state <> 'running'
    qualify row_number() over (partition by kind order by started_at <= $latest desc, started_at desc) = 1
    order by kind
"""
# Articles without rows, because there is no reader for their language.
UNREAD_LANGUAGES = """
    select a.source, coalesce(a.language, 'unknown') as language, count(distinct a.article_id) as articles
    from articles as a inner join extractions as e on e.version_id = a.version_id
    where e.skipped is not null
    group by all order by articles desc, source, language
"""
# By the newest fetch of each page that recorded its marks.
RESERVED_RIGHTS = """
    with looks as (
        select source, outcome, reserved_rights from fetches
        where purpose = 'page' and reserved_rights is not null
        qualify row_number() over (partition by source, url order by fetched_at desc) = 1
    )
    select
        source,
        mark,
        count(*) filter (outcome = 'reserved') as left_out,
        count(*) filter (outcome <> 'reserved') as kept
    from (select source, outcome, unnest(reserved_rights) as mark from looks)
    group by source, mark order by source, mark
"""
STATES = ("present", "stale", "missing", "quarantined", "left_out")
MARKS = {"present": "■", "stale": "▒", "missing": "·", "quarantined": "×", "left_out": "-"}


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source: its last success, its newest article, its rejects, and whether it needs a person.

    ``expected_at`` is when it should next have answered by the polling interval of its feeds; None when none was
    requested yet. ``paused`` are the feeds that failed so often that they are requested only once a week.
    """

    name: str
    last_success_at: datetime | None
    expected_at: datetime | None
    paused: tuple[str, ...]
    newest_article_at: datetime | None
    articles: int
    rejects: int
    is_failing: bool


@dataclass(frozen=True, slots=True)
class Status:
    """Everything that ``newsledger status`` shows."""

    runs: tuple[dict[str, Any], ...]
    sources: tuple[SourceHealth, ...]
    rejects: tuple[tuple[str, int], ...]
    versions: tuple[tuple[str, int], ...]
    cells: tuple[PlanCell, ...]
    to_fetch: int
    to_read: int
    days_to_build: int
    published_at: datetime | None
    bytes_by_part: tuple[tuple[str, int], ...]
    free_bytes: int
    problems: tuple[str, ...]
    last_by_kind: tuple[dict[str, Any], ...] = ()
    drifts: tuple[Drift, ...] = ()
    unread_languages: tuple[dict[str, Any], ...] = ()
    reserved_rights: tuple[dict[str, Any], ...] = ()
    next_runs: tuple[tuple[str, datetime], ...] = ()
    # The process that is writing; then all this comes from the published copy, or is empty when there is none.
    busy: str | None = None
    as_of: datetime | None = None

    @property
    def is_healthy(self) -> bool:
        """Whether nothing needs a person."""
        return not self.problems

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return asdict(self) | {"is_healthy": self.is_healthy}


def read_status(settings: Settings, *, gaps: bool, patience_s: float | None = None) -> Status:
    """Read the ledger, or the published copy while another process writes (see ``looking``); write nothing."""
    now = datetime.now(UTC)
    with looking(settings.warehouse, patience_s=patience_s) as view:
        connection = view.connection
        plan = make_plan(
            connection,
            Selection(),
            extractor_version=EXTRACTOR_VERSION,
            now=now,
            max_attempts=settings.run.max_attempts,
            timezones=settings.timezones(),
            filters=settings.filters(),
        )
        ended = {"dead": list(dead_runs(connection)), "died": DIED, "latest": latest(now)}
        runs, last_by_kind = _rows(connection, SHOWN, ended), _rows(connection, LAST_BY_KIND, ended)
        sources = tuple(_source(connection, source, now) for source in settings.all_sources() if not source.paused)
        unread = _rows(connection, UNREAD_LANGUAGES, {})
        reserved = _rows(connection, RESERVED_RIGHTS, {})
        drifts = find_drifts(connection, tuple(source.name for source in sources), now)
        rejects = _pairs(
            connection, "select reason, count(*) from rejects where resolved_at is null group by 1 order by 2 desc"
        )
        versions = _pairs(connection, "select extractor_version, count(*) from extractions group by 1 order by 2 desc")
    folder = next(f for f in (settings.data_dir, *settings.data_dir.parents) if f.exists())
    free = shutil.disk_usage(folder).free
    status = Status(
        runs=runs,
        sources=sources,
        rejects=rejects,
        versions=versions,
        cells=plan.cells if gaps else (),
        to_fetch=len(plan.candidates),
        to_read=len(plan.pages),
        days_to_build=len(plan.days),
        published_at=_published_at(settings),
        bytes_by_part=_sizes(settings),
        free_bytes=free,
        problems=(),
        last_by_kind=last_by_kind,
        drifts=drifts,
        unread_languages=unread,
        reserved_rights=reserved,
        next_runs=next_runs(find_server(settings.data_dir)),
        busy=view.busy,
        as_of=view.as_of,
    )
    return _with_problems(status)


def next_runs(server: Server | None) -> tuple[tuple[str, datetime], ...]:
    """Ask a Prefect server for the next run of each of our deployments; empty without a server."""
    if server is None:
        return ()
    # Imported here: most calls have no server, and the import takes longer than the request.
    import requests

    try:
        session = server.session()
        deployed = server.ask(session, "/deployments/filter", {"deployments": {"tags": OURS}})
        names = {deployment["id"]: deployment["name"] for deployment in deployed}
        scheduled = {
            "deployments": {"tags": OURS},
            "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
            "sort": "EXPECTED_START_TIME_ASC",
        }
        runs = server.ask(session, "/flow_runs/filter", scheduled)
    except requests.RequestException as error:
        console.note(f"The next runs cannot be read from Prefect at {server}: {error}")
        return ()
    first: dict[str, datetime] = {}
    for run in runs:
        first.setdefault(names[run["deployment_id"]], datetime.fromisoformat(run["expected_start_time"]))
    return tuple(first.items())


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> tuple[dict[str, Any], ...]:
    result = connection.execute(sql, values)
    names = [column[0] for column in result.description or ()]
    return tuple(dict(zip(names, row, strict=True)) for row in result.fetchall())


def _pairs(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(count)) for name, count in connection.execute(sql).fetchall())


def _source(connection: duckdb.DuckDBPyConnection, source: Source, now: datetime) -> SourceHealth:
    row = connection.execute(
        """
        select
            (select max(fetched_at) from fetches where source = $name and outcome in $good),
            (select max(published_at) from articles where source = $name),
            (select count(distinct article_id) from articles where source = $name),
            (select count(*) from rejects where source = $name and resolved_at is null)
        """,
        {"name": source.name, "good": list(GOOD)},
    ).fetchone()
    assert row is not None
    last_success, newest, articles, rejects = row
    states = feed_states(connection, source.name, source.announcements, sitemaps=source.sitemaps, now=now)
    promised = [_promised(state) for state in states.values() if state.last_ok_at]
    expected = min(promised, default=None)
    is_late = expected is not None and now - expected > FAILING_AFTER
    paused = tuple(sorted(url for url, state in states.items() if state.is_paused))
    is_failing = last_success is None or is_late or bool(paused)
    return SourceHealth(source.name, last_success, expected, paused, newest, articles, rejects, is_failing)


def _promised(state: FeedState) -> datetime:
    """Return when a feed should have answered again, if nothing had failed since its last answer."""
    assert state.last_ok_at is not None
    return state.last_ok_at + feed_interval(replace(state, failures=0.0, is_paused=False))


def _published_at(settings: Settings) -> datetime | None:
    file = settings.warehouse.published
    return datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.exists() else None


def _sizes(settings: Settings) -> tuple[tuple[str, int], ...]:
    parts: dict[str, Path] = {
        "archive": settings.archive_dir,
        # Files in an object store are not counted.
        "warehouse": Path(settings.warehouse.data_path or settings.warehouse.path),
        "published": settings.warehouse.published,
    }
    return tuple((name, _bytes(path)) for name, path in parts.items())


def _bytes(path: Path) -> int:
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size if path.exists() else 0


def _with_problems(status: Status) -> Status:
    found = [words for source in status.sources if source.is_failing for words in _why_failing(source)]
    found += [drift.what for drift in status.drifts]
    found += [f"the last {run['kind']} {run['state']}: {run['detail']}" for run in failed_runs(status)]
    if not status.runs and not status.busy:
        found.append(f"nothing has run yet: {'newsledger ingest' if status.sources else NO_SOURCES}")
    if status.free_bytes < LOW_DISK_BYTES:
        found.append(f"only {status.free_bytes / 1e9:.1f} GB are free on the disk")
    values = {name: getattr(status, name) for name in Status.__slots__}
    return Status(**(values | {"problems": tuple(found)}))


def failed_runs(status: Status) -> tuple[dict[str, Any], ...]:
    """Return the failed last run of each kind that nobody watches while it runs."""
    return tuple(r for r in status.last_by_kind if r["kind"] in WATCHED and r["state"] in ("failed", "crashed"))


def _why_failing(source: SourceHealth) -> Iterator[str]:
    for url in source.paused:
        yield f"{url} keeps failing and is asked once a week only; try it now: newsledger ingest -s {source.name}"
    if source.last_success_at is None:
        yield f"{source.name} has never answered: newsledger ingest -s {source.name}"
    elif not source.paused:
        due = _when(source.expected_at)
        yield f"{source.name} should have answered by {due}: newsledger ingest -s {source.name}"


def show(status: Status) -> None:
    """Print the status for people."""
    if status.busy:
        since = (
            f"of {_when(status.as_of)}, when it was last published" if status.as_of else "empty: nothing is published"
        )
        console.note(f"The warehouse is being written by {status.busy}; what follows is {since}.")
    _show_runs(status)
    _show_sources(status)
    if status.rejects:
        console.print_table(("reason", "pages"), status.rejects, title="\nRejects")
    if status.unread_languages:
        rows = [tuple(row.values()) for row in status.unread_languages]
        console.print_table(("source", "language", "articles"), rows, title="\nLanguages that are not read")
    if status.reserved_rights:
        rows = [tuple(row.values()) for row in status.reserved_rights]
        title = "\nRights that publishers reserve (pages left out as fetch.respect says, and kept)"
        console.print_table(("source", "mark", "left out", "kept"), rows, title=title)
    if status.cells:
        show_calendar(status.cells)
    _show_sizes(status)
    for problem in status.problems:
        console.note(f"! {problem}")


def _show_runs(status: Status) -> None:
    console.print_table(
        ("run", "state", "started", "took", "detail"),
        [(r["kind"], r["state"], _when(r["started_at"]), _took(r), r["detail"]) for r in status.runs],
        title="Runs",
    )
    if status.next_runs:
        console.say("Next: " + ", ".join(f"{name} {_when(at)}" for name, at in status.next_runs))


def _show_sources(status: Status) -> None:
    console.print_table(
        ("source", "last answer", "next by", "newest", "articles", "rejects", ""),
        [
            (
                s.name,
                _lately(s.last_success_at),
                _lately(s.expected_at),
                f"{s.newest_article_at:%Y-%m-%d}" if s.newest_article_at else None,
                s.articles,
                s.rejects,
                "failing" if s.is_failing else "",
            )
            for s in status.sources
        ],
        title="\nSources",
    )


def _show_sizes(status: Status) -> None:
    sizes = ", ".join(f"{name} {size / 1e6:,.1f} MB" for name, size in status.bytes_by_part)
    console.say(
        f"\nTo do: {status.to_fetch:,} to fetch, {status.to_read:,} to read, {status.days_to_build:,} days to build"
    )
    console.say(
        f"Published: {_when(status.published_at) or 'not yet'}. Disk: {sizes}, {status.free_bytes / 1e9:,.0f} GB free"
    )
    console.say(f"Read by: {', '.join(f'{v} ({n:,} pages)' for v, n in status.versions) or 'nothing read yet'}")


def show_calendar(cells: tuple[PlanCell, ...]) -> None:
    """Print a calendar per month, days by sources, with one mark each: the worst state of any page of that day."""
    marks = {(cell.source, cell.day): _mark(cell) for cell in cells if cell.day}
    for first in sorted({day.replace(day=1) for _, day in marks}):
        _show_month(first, marks)
    undated = sum(getattr(cell, state) for cell in cells if not cell.day for state in STATES)
    if undated:
        console.say(f"\n{undated:,} pages without a day")
    console.say("\n" + "  ".join(f"{mark} {state.replace('_', ' ')}" for state, mark in MARKS.items()))


def _show_month(first: date, marks: Mapping[tuple[str, date], str]) -> None:
    days = [first.replace(day=n + 1) for n in range(calendar.monthrange(first.year, first.month)[1])]
    console.say_boldly(f"\n{f'{first:%B %Y}':<24}{''.join(f'{day.day % 10}' for day in days)}")
    for source in sorted({source for source, day in marks if day.replace(day=1) == first}):
        console.say(f"{source:<24}{''.join(marks.get((source, day), ' ') for day in days)}")


def _mark(cell: PlanCell) -> str:
    worst = ("missing", "stale", "quarantined", "present", "left_out")
    return MARKS[next((state for state in worst if getattr(cell, state)), "present")]


def _when(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def _lately(moment: datetime | None) -> str | None:
    # Without the year, the table fits into eighty columns.
    return f"{moment:%m-%d %H:%M}" if moment else None


def _took(run: dict[str, Any]) -> str | None:
    if run["finished_at"] is None:
        return None
    return f"{(run['finished_at'] - run['started_at']).total_seconds():.0f} s"
