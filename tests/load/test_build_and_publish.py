"""Builds: incremental equals full; a bad build publishes nothing; what is published is whole."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouse_helpers import NOW, config_in, copy_of, load_all

from benchmarks.synthetic import OUTLETS, Page, pages, read
from extract.outcomes import Outcome
from extract.types import Fetch
from load.build import BuildResult, build
from load.config import WarehouseConfig
from load.connection import reader, writer
from load.dbt import run_dbt
from load.digest import digest
from load.errors import BuildFailed, NotPublished, QueryError, WarehouseError
from load.extraction import Extraction
from load.ledger import Batch, finish_run, start_run
from load.merge import merge_extractions, merge_fetches
from load.publish import Published, publish
from load.query import Answer, query, render, saved_queries
from load.search import search

HOUR = timedelta(hours=1)


def digests(config: WarehouseConfig) -> dict[str, str]:
    with writer(config, owner="test") as con:
        return digest(con)


DAYS = [read(page, quantities=3) for page in pages(60, days=6)]
LATE = [read(Page(900, OUTLETS[0], 1), quantities=3), read(Page(901, OUTLETS[3], 3, copy_of=900), quantities=3)]
REVISED = read(Page(900, OUTLETS[0], 1, revision=1), quantities=3)


@dataclass(frozen=True)
class Grown:
    """A warehouse that was built and published twice with nothing between, and built once more when articles came."""

    config: WarehouseConfig
    builds: tuple[BuildResult, BuildResult, BuildResult]
    publications: tuple[Published, Published]


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Grown:
    config = config_in(tmp_path_factory.mktemp("grown") / "data")
    load_all(config, DAYS[:40])
    first, second = build(config, now=NOW), build(config, now=NOW + HOUR)
    publications = publish(config, NOW), publish(config, NOW)
    # Late articles, a revision and a copy on other days.
    load_all(config, [*DAYS[40:], *LATE, REVISED])
    third = build(config, now=NOW + 2 * HOUR)
    return Grown(config, (first, second, third), publications)


@pytest.fixture
def own(grown: Grown, tmp_path: Path) -> WarehouseConfig:
    """A copy of the grown warehouse for one test."""
    return copy_of(grown.config, tmp_path / "data")


def load(config: WarehouseConfig, *extractions: Extraction) -> None:
    load_all(config, extractions)


def test_nothing_is_published_before_a_build(config: WarehouseConfig) -> None:
    with pytest.raises(WarehouseError, match="no build"):
        publish(config, NOW)
    with pytest.raises(NotPublished), reader(config):
        pass


def test_the_first_build_is_full_and_the_second_has_nothing_to_do(grown: Grown) -> None:
    first, second, _ = grown.builds
    assert first.is_full
    assert second.models == 0
    assert [publication.is_new for publication in grown.publications] == [True, False]


def test_only_the_days_of_what_came_are_built(grown: Grown) -> None:
    *_, third = grown.builds
    assert not third.is_full
    assert date(2024, 1, 2) in third.days
    # A build of some days read those alone; afterwards all rows are to be seen again.
    assert counts(grown.config, "main") == counts(grown.config, "built")


def test_a_row_that_breaks_a_promise_stops_the_build_and_readers_keep_the_last_good_copy(
    own: WarehouseConfig,
) -> None:
    good = publish(own, NOW + 5 * HOUR)
    assert good.is_new
    broken = read(Page(902, OUTLETS[0], 2), quantities=2)
    wrong = replace(broken.rows.quantities[0], surface="another number")
    load(own, replace(broken, rows=replace(broken.rows, quantities=(wrong,))))
    with pytest.raises(BuildFailed) as failed:
        build(own, now=NOW + 6 * HOUR)
    names = {f.name for f in failed.value.failures}
    assert "offsets_cut_out_the_surface" in names
    assert any("another number" in example for f in failed.value.failures for example in f.examples)
    with pytest.raises(WarehouseError, match="failed"):
        publish(own, NOW + 6 * HOUR)
    with reader(own) as con:
        row = con.execute("select built_at, extractor_version from newsledger_build").fetchone()
    assert row == (good.built_at, "1")

    # Fixed, it builds again.
    load(own, broken)
    build(own, now=NOW + 7 * HOUR)
    assert publish(own, NOW + 7 * HOUR).is_new


def test_what_was_built_by_days_and_attempts_is_as_if_built_at_once(own: WarehouseConfig) -> None:
    """Beginning with articles that came late, a revision and a copy; then a page is withdrawn, and others are tried."""
    withdraw_first(own)
    build(own, now=NOW + 4 * HOUR)
    with writer(own, owner="test") as con:
        # The copy is now the first of its story.
        rows = con.execute("select distinct is_counted from claims where url = ?", [LATE[1].fetch.url]).fetchall()
    assert rows == [(True,)]

    page = DAYS[0]
    publish(own, NOW + 7 * HOUR)
    # That a page was looked at and found as it was is not worth a build.
    attempt(own, [replace(page.fetch, fetch_id="looked at", outcome="not_modified", page_sha256=None)])
    assert build(own, now=NOW + 8 * HOUR).models == 0
    again = replace(page.fetch, fetch_id="again", fetched_at=page.fetch.fetched_at + HOUR)
    attempt(own, [replace(page.fetch, fetch_id="failed", outcome="timeout", is_retryable=True), again])
    # Of the marts only that about attempts is built, with the two models it reads.
    assert build(own, now=NOW + 8 * HOUR).models == 3
    assert publish(own, NOW + 8 * HOUR).is_new
    fail_reading(own, replace(page, fetch=again), "paywall")
    build(own, now=NOW + 9 * HOUR)
    publish(own, NOW + 9 * HOUR)
    check_published(own)
    with reader(own) as con:
        found = con.execute("select stage, reason from rejects where url = ? order by 1", [page.fetch.url]).fetchall()
        failed = con.execute("select sum(failed_retryable) from pipeline_health").fetchone()
    assert found == [("extract", "paywall"), ("fetch", "timeout")]
    assert failed == (1,)

    by_days = digests(own)
    build(own, now=NOW + 10 * HOUR, full=True)
    assert digests(own) == by_days


def withdraw_first(config: WarehouseConfig) -> None:
    """Let the first of the late articles turn out to be none, in both of its versions."""
    alone = LATE[0]
    stub = replace(alone.article, outcome="not_an_article", page_kind="other", reason="It became a list.")
    of_revision = replace(REVISED, article=replace(stub, version_id=REVISED.article.version_id))
    load(config, replace(alone, article=stub), of_revision)


def counts(config: WarehouseConfig, schema: str) -> list[object]:
    tables = ("articles", "quantities", "mentions", "dates", "attributions")
    with writer(config, owner="test") as con:
        return [con.execute(f"select count(*) from {schema}.{table}").fetchone() for table in tables]


def attempt(config: WarehouseConfig, fetches: list[Fetch]) -> None:
    with writer(config, owner="test") as con:
        merge_fetches(con, fetches, Batch("attempts", "fetch", fetches[0].fetched_at))


def fail_reading(config: WarehouseConfig, extraction: Extraction, outcome: Outcome) -> None:
    stub = replace(extraction.article, outcome=outcome, page_kind="paywall", reason="Two lines are there.")
    with writer(config, owner="test") as con:
        counts = merge_extractions(
            con, [replace(extraction, article=stub)], Batch("rejecting", "extract", extraction.fetch.fetched_at)
        )
    assert counts.is_quiet


def check_published(config: WarehouseConfig) -> None:
    with reader(config) as con:
        tables = {row[0] for row in con.execute("show tables").fetchall()}
        assert {"claims", "articles", "quantities", "rejects", "newsledger_build"} <= tables
        assert not {"sketches", "changed_days", "builds"} & tables
        schemas = con.execute(
            "select schema_name from duckdb_tables() union select schema_name from duckdb_views() where not internal"
        )
        assert {row[0] for row in schemas.fetchall()} == {"main", "intermediate"}
        claims = con.execute("select count(*) from claims").fetchone()
        comment = con.execute("select comment from duckdb_columns() where column_name = 'surface'").fetchall()
        assert any(text for (text,) in comment)
    assert config.parquet is not None
    exported = duckdb.sql(f"select count(*) from '{config.parquet}/claims/**/*.parquet'").fetchone()
    assert exported == claims
    kept = list(config.published.parent.glob("newsledger.*T*.duckdb"))
    assert len(kept) == config.keep_published
    assert [hit.kind for hit in search(config, '"the city moved"', kind="quote", limit=1)] == ["quote"]
    with pytest.raises(QueryError):
        search(config, '"*')
    with sqlite3.connect(config.search) as index:
        assert index.execute("select count(*) from documents where kind = 'quote'").fetchone() == claims
    for saved in saved_queries().values():
        assert saved.question.endswith("?")
        query(config, saved.name)
    with pytest.raises(QueryError, match="nonsense"):
        query(config, "from nonsense")


@pytest.mark.long
def test_many_days_built_part_by_part_are_as_if_built_at_once(
    config: WarehouseConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A page that corrects its date: the later version is of an earlier day, so of an earlier part.
    first, revised = (read(Page(900, OUTLETS[0], 5, revision=n), quantities=4) for n in (0, 1))
    assert first.article.published_at
    earlier = first.article.published_at - timedelta(days=4)
    redated = replace(revised.article, published_at=earlier, published_on=earlier.date())
    load(config, *DAYS, first, replace(revised, article=redated))
    whole = build(config, now=NOW, full=True)
    expected = digests(config)
    with writer(config, owner="test") as con:
        versions = con.execute("select before_version_id, version_id from claim_revisions").fetchall()
        stories = con.execute("select count(*) from story_pairs").fetchone()
    assert (first.article.version_id, redated.version_id) in versions
    assert stories != (0,)

    monkeypatch.setattr("load.build.PART_ARTICLES", 35)
    monkeypatch.setattr("load.stories.ARTICLES_AT_ONCE", 15)
    # Stopped between two parts, a build is not good, and the next one does all of it.
    with monkeypatch.context() as stopping:
        stopping.setattr("load.build.run_dbt", stop_at(3, run_dbt))
        with pytest.raises(KeyboardInterrupt):
            build(config, now=NOW + HOUR, full=True)
    with pytest.raises(WarehouseError, match="failed"):
        publish(config, NOW)
    assert digests(config) != expected
    parts = build(config, now=NOW + 2 * HOUR)
    assert (parts.is_full, parts.days, parts.models, parts.tests) == (True, whole.days, whole.models, whole.tests)
    assert digests(config) == expected
    assert not build(config, now=NOW + 3 * HOUR, days=whole.days).is_full
    assert digests(config) == expected


def stop_at(call: int, run: Callable[..., list[Any]]) -> Callable[..., list[Any]]:
    """Interrupt the call of this number instead of running it."""
    calls = count(1)

    def interrupted(*arguments: Any) -> list[Any]:
        if next(calls) == call:
            raise KeyboardInterrupt
        return run(*arguments)

    return interrupted


def test_rows_are_written_for_people_and_programs() -> None:
    answer = Answer(("n", "t", "nothing", "d", "b"), [(1.0, "a|b", None, date(2024, 11, 23), True)])
    assert render(answer, "csv") == "n,t,nothing,d,b\n1,a|b,,2024-11-23,true"
    assert render(answer, "markdown").splitlines()[2] == "| 1 | a\\|b |  | 2024-11-23 | true |"
    assert '"d": "2024-11-23"' in render(answer, "json")


def test_a_folder_may_be_called_anything(tmp_path: Path) -> None:
    folder = tmp_path / "it's {{ env_var('HOME') }} {% if %} {# 100% #} a&b=c;'"
    config = WarehouseConfig(path=folder / "w.duckdb", published=folder / "p.duckdb", parquet=folder / "parquet")
    folder.mkdir()
    load_all(config, [read(page, quantities=2) for page in pages(4, days=2)])
    with writer(config, owner="test") as con:
        ended, _ = start_run(con, kind="ingest", now=NOW), start_run(con, kind="build", now=NOW)
        finish_run(con, ended, "finished", now=NOW)
    assert build(config, now=NOW).is_full
    publish(config, NOW)
    with reader(config) as con:
        assert con.execute("select count(*) > 0 from claims").fetchone() == (True,)
        # How a run ends that is still at work, the copy cannot know.
        assert con.execute("select run_id from runs").fetchall() == [(ended,)]
    assert search(config, "the")
    assert {path.name for path in tmp_path.iterdir()} == {folder.name}
    with pytest.raises(ValueError, match="question mark"):
        WarehouseConfig(path=folder / "a?b" / "w.duckdb", published=folder / "p.duckdb")
