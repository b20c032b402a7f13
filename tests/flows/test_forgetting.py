"""Forgetting pages: afterwards everything is as if they had never been, and nothing brings them back."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from exchange.forms import as_json
from extract.fetch import FetchResult
from extract.types import Candidate, Fetch
from flows.forgetting import forget_rows
from flows.pipeline import ingest, maintain
from flows.settings import Settings, load_settings
from flows.stages import RunContext, utc_now
from load.connection import reader, writer
from load.forget import Forgettable
from load.ledger import Batch
from load.merge import merge_candidates, merge_fetches
from load.search import search
from watches.events import CLAIM, Event
from watches.ledger import open_ledger

TEXT = (
    "The harbour office of {name} said that {n} boats sank yesterday, and that 12 are missing today. Divers will look "
    "at the moorings this week, the office added, and the ferry to the island will stay in port until they are done."
)
PAGES = {"anchor": "2024-05-01", "beacon": "2024-05-02", "cutter": "2024-05-03"}
TABLES = (
    "articles", "quantities", "attributions", "dates", "mentions", "rejects", "candidates", "claims", "claim_timeline",
    "coverage", "mentions_daily", "pipeline_health", "source_reliance", "measures", "entities",
)  # fmt: skip
# Where a page lies and how long things took is of the run, not of the page.
OF_THE_RUN = ("elapsed_ms", "fetch_ms_median", "built_at", "warc_file", "warc_offset")
# Killed before its rows are gone it must be said again; from then on the next run of any kind finishes it.
FAULTS = {
    "forget.before_commit": False,
    "forget.before_archive": True,
    "forget.before_note": True,
    "build.after_models": True,
    "compact.after_rename": True,
    "publish.between_renames": True,
    "forget.before_old": True,
    "forget.before_end": True,
}
BEACON = "https://a.example/beacon.html"


def lay_out(folder: Path, names: tuple[str, ...], more: str = "") -> Settings:
    (folder / "pages").mkdir(parents=True)
    for n, name in enumerate(PAGES):
        if name in names:
            head = f"<title>Boats sink off {name}</title><meta property=article:published_time content={PAGES[name]}>"
            body = f"<h1>Boats sink off {name}</h1>" + f"<p>{TEXT.format(n=40 + n, name=name.title())}</p>" * 3
            file = folder / "pages" / f"{name}.html"
            file.write_text(f"<html lang=en><head>{head}</head><body><article>{body}</article></body></html>")
            os.utime(file, (1714800000, 1714800000))
    file = folder / "newsledger.toml"
    file.write_text(
        '[run]\nworkers = 1\n[[sources]]\nname = "paper"\nfolders = ["pages"]\nbase_url = "https://a.example/"\n'
        f'{more}\n[[watches]]\nname = "boats"\nwhat = "boats"\nof = "measure"\nwhen = "new"\n'
    )
    return load_settings(file)


@pytest.fixture(scope="module")
def never(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return what a warehouse holds that never had the page."""
    settings = lay_out(tmp_path_factory.mktemp("never"), ("anchor", "cutter"))
    ingest.fn(config=settings.file)
    return contents(settings)


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a warehouse with all pages, and with a watch that has told of each."""
    folder = tmp_path_factory.mktemp("full")
    settings = lay_out(folder, tuple(PAGES))
    ingest.fn(config=settings.file)
    watch = settings.watches[0]
    with reader(settings.warehouse) as con:
        found = con.execute(f"select {CLAIM} from claims as c qualify row_number() over (partition by url) = 1")
        claims = [as_json(row) for row in found.fetch_arrow_table().to_pylist()]
    events = [Event(claim["url"], claim["headline"], None, None, (claim,)) for claim in claims]
    with open_ledger(settings.watches_file) as ledger:
        ledger.forget(watch.name)
        ledger.look(watch, [], [], utc_now())
        assert len(ledger.look(watch, events, ["webhook"], utc_now())) == len(PAGES)
    return folder


@pytest.fixture
def had(full: Path, tmp_path: Path) -> Settings:
    """Return the settings of a warehouse of one's own with all pages."""
    shutil.copytree(full, tmp_path / "had", symlinks=True)
    return load_settings(tmp_path / "had" / "newsledger.toml")


def contents(settings: Settings) -> dict[str, list[str]]:
    with reader(settings.warehouse) as connection:
        columns = f"columns(c -> c not in {OF_THE_RUN})"
        return {
            name: sorted(map(str, connection.execute(f"select {columns} from {name}").fetchall())) for name in TABLES
        }


def forget(settings: Settings, *arguments: str, fault: str = "") -> subprocess.CompletedProcess[str]:
    assert settings.file is not None
    command = [sys.executable, "-m", "flows.cli", "forget", *arguments, "--config", str(settings.file)]
    environment = os.environ | {"NEWSLEDGER_FAULT": fault}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def assert_nothing_is_left(settings: Settings, never: dict[str, list[str]]) -> None:
    assert contents(settings) == never
    assert search(settings.warehouse, "beacon") == []
    assert len(search(settings.warehouse, "anchor", kind="article")) == 1
    with open_ledger(settings.watches_file) as ledger:
        titles = {told.told["title"] for told in ledger.events("boats")}
        assert titles >= {"Boats sink off anchor", "Boats sink off cutter"}
        assert "beacon" not in str([*ledger.events("boats"), *ledger.unsent("webhook")]).lower()
    with writer(settings.warehouse, owner="test") as connection:
        assert connection.execute("from forgetting").fetchall() == []
    for file in settings.data_dir.rglob("*"):
        if file.is_file() and not file.name.endswith(".warc.gz"):
            assert b"Beacon said that 41" not in file.read_bytes(), file
            assert b"sink off beacon" not in file.read_bytes(), file


@pytest.mark.slow
def test_a_forgotten_page_was_never_there(had: Settings, never: dict[str, list[str]], tmp_path: Path) -> None:
    assert contents(had) != never
    said = forget(had, BEACON)
    assert (said.returncode, said.stdout[:16]) == (0, "Forgot 1 fetches"), said.stderr
    assert_nothing_is_left(had, never)
    # Although the page still lies there, it is not taken in again; nor does a warehouse know it that is rebuilt.
    ingest.fn(config=had.file)
    assert_nothing_is_left(had, never)
    for path in (had.warehouse.path, had.warehouse.published, had.warehouse.search):
        path.unlink()
    assert had.warehouse.parquet
    shutil.rmtree(had.warehouse.parquet.resolve())
    ingest.fn(config=had.file)
    assert_nothing_is_left(had, never)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_killed_anywhere_the_next_run_finishes_it(had: Settings, never: dict[str, list[str]], fault: str) -> None:
    assert forget(had, BEACON, fault=fault).returncode == -9
    if not FAULTS[fault]:
        assert forget(had, BEACON).returncode == 0
    ingest.fn(config=had.file)
    assert_nothing_is_left(had, never)


@pytest.mark.slow
def test_what_a_source_does_not_keep_is_forgotten(tmp_path: Path) -> None:
    had = lay_out(tmp_path, tuple(PAGES), more="keep_days = 1\n")
    ingest.fn(config=had.file)
    maintain.fn(config=had.file)
    with reader(had.warehouse) as connection:
        assert connection.execute("select url from articles").fetchall() == []


def test_a_dry_run_counts_and_changes_nothing(had: Settings, newsledger: Any) -> None:
    def forget(*arguments: str) -> Any:
        return newsledger(had.base, "forget", *arguments, "-c", str(had.file))

    before = contents(had)
    said = forget("--source", "paper", "--before", "2024-05-03", "--dry-run")
    assert said.code == 0, said.err
    assert said.out.startswith("Would forget 2 fetches with 2 article versions and ")
    assert contents(had) == before
    assert forget("https://a.example/never.html").code == 1
    assert "Give a URL" in forget().err

    assert forget("--before", "2024-05-03").out.startswith("Forgot 2 fetches with 2 article versions")
    with reader(had.warehouse) as connection:
        assert connection.execute("select url from articles").fetchall() == [("https://a.example/cutter.html",)]


def test_archived_feeds_that_name_the_page_are_forgotten_with_it(had: Settings) -> None:
    item = "<item><title>Title of {name}</title><link>https://a.example/{name}.html?utm_source=rss</link></item>"
    context = RunContext(had, "test", print)
    feed, when = "https://a.example/rss", datetime(2024, 5, 4, tzinfo=UTC)
    results = []
    for n, names in enumerate((("anchor",), ("anchor", "beacon"), ("beacon",))):
        body = (
            f"<rss version='2.0'><channel>{''.join(item.format(name=name) for name in names)}</channel></rss>".encode()
        )
        digest = hashlib.sha256(body).hexdigest()
        fetch = Fetch(f"feed{n}", "paper", feed, when, "ok", status=200, purpose="announcement", page_sha256=digest)
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n"
        results.append(FetchResult(fetch, b"GET /rss HTTP/1.1\r\n\r\n", head, body, body))
    with context.archive() as archive:
        fetches = [archive.write(result) for result in results]
    with context.warehouse("test") as connection:
        merge_fetches(connection, fetches, Batch("feeds", "discover", when))
        merge_candidates(connection, [Candidate(BEACON, "paper", feed, "Title of beacon")], when)
    counts = forget_rows(context, Forgettable(url=BEACON))
    assert counts.attempts == 3
    kept = b"".join(gzip.decompress(file.read_bytes()) for file in had.archive_dir.rglob("*.warc.gz"))
    assert b"Title of anchor" in kept
    assert b"Title of beacon" not in kept
    with writer(had.warehouse, owner="test") as connection:
        left = connection.execute("select fetch_id, outcome from fetches where url = ? order by 1", [feed]).fetchall()
    assert left == [("feed0", "ok"), ("feed1", "forgotten"), ("feed2", "forgotten")]
