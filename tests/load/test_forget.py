"""What forgetting leaves of pages: their rows are as if they had never been loaded, but for what keeps them away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from warehouse_helpers import load_all

from benchmarks.synthetic import OUTLETS, Page, read
from extract.types import Candidate
from load.config import WarehouseConfig
from load.connection import Connection, writer
from load.errors import QueryError
from load.extraction import Extraction
from load.forget import Forgettable, files_to_clean, forget, look_at
from load.ledger import MergeCounts
from load.merge import merge_candidates
from load.plan import Selection, make_plan

TABLES = ("articles", "quantities", "attributions", "dates", "mentions", "extractions", "rejects", "candidates")
PAGES = [read(Page(n, OUTLETS[n % 2], n // 4), quantities=2) for n in range(12)]


def rows(config: WarehouseConfig) -> dict[str, list[str]]:
    with writer(config, owner="test") as con:
        columns = "columns(c -> c not in ('batch_id', 'first_seen_at'))"
        return {t: sorted(map(str, con.execute(f"select {columns} from {t}").fetchall())) for t in TABLES}


@pytest.mark.parametrize(
    ("what", "is_meant"),
    [
        (Forgettable(url=PAGES[3].fetch.url), lambda e: e is PAGES[3]),
        (Forgettable(source=OUTLETS[1]), lambda e: e.fetch.source == OUTLETS[1]),
        (Forgettable(before=date(2024, 1, 3)), lambda e: e.article.published_at.date() < date(2024, 1, 3)),
        (
            Forgettable(source=OUTLETS[0], before=date(2024, 1, 2)),
            lambda e: e.fetch.source == OUTLETS[0] and e.article.published_at.date() < date(2024, 1, 2),
        ),
    ],
)
def test_the_rows_are_those_of_a_warehouse_that_never_had_the_pages(
    config: WarehouseConfig,
    load: Callable[..., MergeCounts],
    now: datetime,
    tmp_path: Path,
    what: Forgettable,
    is_meant: Callable[[Extraction], bool],
) -> None:
    meant = [e for e in PAGES if is_meant(e)]
    assert 0 < len(meant) < len(PAGES)
    never = WarehouseConfig(path=tmp_path / "never.duckdb", published=tmp_path / "never" / "public.duckdb")
    load_all(never, [e for e in PAGES if e not in meant])
    load(PAGES)
    with writer(config, owner="test") as con:
        forget_these(con, what, meant)
        # Announced again, also by another source, they are neither entered nor planned.
        merge_candidates(con, [Candidate(e.fetch.url, "other", "feed", "A title") for e in meant], now)
        plan = make_plan(con, Selection(stage="fetch"), extractor_version="1", now=now + timedelta(days=1))
        assert plan.candidates == ()
    assert rows(config) == rows(never)


def forget_these(con: Connection, what: Forgettable, meant: list[Extraction]) -> None:
    """Forget, and see that it is counted before, that the days are to be built again and the archive to be cleaned."""
    con.execute("delete from changed_days")
    counts = look_at(con, what)
    assert (counts.attempts, counts.versions, counts.quantities) == (len(meant), len(meant), 2 * len(meant))
    assert forget(con, what) == counts
    assert forget(con, what).attempts == 0
    days = {row[0] for row in con.execute("select news_date from changed_days").fetchall()}
    assert days == {e.article.published_at.date() for e in meant if e.article.published_at}
    cleaned = {fetch_id for fetch_ids in files_to_clean(con).values() for fetch_id in fetch_ids}
    assert cleaned == {e.fetch.fetch_id for e in meant if e.fetch.warc_file}


def test_a_version_that_another_page_shows_is_read_from_there(
    config: WarehouseConfig, load: Callable[..., MergeCounts]
) -> None:
    later = PAGES[0].fetch.fetched_at + timedelta(days=9)
    copy = replace(PAGES[0].fetch, fetch_id="f" * 64, source="other", url="https://other.example/0", fetched_at=later)
    load([PAGES[0], replace(PAGES[0], fetch=copy)])
    with writer(config, owner="test") as con:
        assert forget(con, Forgettable(source=PAGES[0].fetch.source)).versions == 0
        assert con.execute("select count(*) from articles").fetchone() == (1,)
        assert con.execute("select fetch_id from extractions where row_digest is null").fetchall() == [("f" * 64,)]


def test_what_was_on_its_way_is_forgotten_too(config: WarehouseConfig, load: Callable[..., MergeCounts]) -> None:
    page = PAGES[0]
    led = replace(page.fetch, final_url="https://elsewhere.example/moved", warc_file="first.warc.gz")
    load([replace(page, fetch=led)])
    with writer(config, owner="test") as con:
        forget(con, Forgettable(url=led.url))
        con.execute("delete from forgetting")
    # Read while it was forgotten; fetched once more before; fetched at the address that it led to.
    again = replace(led, fetch_id="e" * 64, warc_file="second.warc.gz")
    moved = replace(led, fetch_id="d" * 64, url=led.final_url or "", warc_file="third.warc.gz")
    for fetch in (led, again, moved):
        load([replace(page, fetch=fetch)])
    with writer(config, owner="test") as con:
        assert con.execute("select distinct outcome from fetches").fetchall() == [("forgotten",)]
        assert files_to_clean(con) == {fetch.warc_file: [fetch.fetch_id] for fetch in (led, again, moved)}
        for table in TABLES:
            assert con.execute(f"select count(*) from {table}").fetchone() == (0,), table


def test_something_must_be_named() -> None:
    with pytest.raises(QueryError, match="what to forget"):
        Forgettable()
