"""The field dictionary is the records of the stages, the tables and the documentation."""

from __future__ import annotations

import re
from dataclasses import fields
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
import yaml

from extract import types
from extract.outcomes import GOOD, OUTCOMES
from load.migrate import _apply, available, migrate
from load.schema import describe, tables, write_docs

RECORDS = {
    "sources": types.Source,
    "candidates": types.Candidate,
    "fetches": types.Fetch,
    "articles": types.Article,
    "quantities": types.Quantity,
    "attributions": types.Attribution,
    "dates": types.DateMention,
    "mentions": types.Mention,
    "images": types.Image,
}
OURS = {"candidates": ["first_seen_at"], "fetches": ["batch_id"], "articles": ["fetch_id"]}


@pytest.mark.parametrize("name", RECORDS)
def test_columns_are_the_fields_of_the_record(name: str) -> None:
    # What has rows of its own is in its own table.
    own = [f.name for f in fields(RECORDS[name]) if f.name not in RECORDS]
    assert list(tables()[name].names) == own + OURS.get(name, [])


@pytest.mark.parametrize("name", RECORDS)
def test_what_may_be_none_may_be_null_and_nothing_else(name: str) -> None:
    # The merge fills an article's fetched_at from its fetch.
    optional = {f.name for f in fields(RECORDS[name]) if "None" in str(f.type)} - (
        {"fetched_at"} if name == "articles" else set()
    )
    nullable = {c.name for c in tables()[name].columns if c.null}
    assert nullable == optional


def test_migrations_end_in_the_dictionary() -> None:
    con = duckdb.connect()
    migrate(con, "memory")
    found = con.execute(
        "select table_name, column_name, is_nullable, comment from duckdb_columns() where table_name <> 'migrations'"
        " and not internal order by table_oid, column_index"
    ).fetchall()
    wanted = [(t.name, c.name, bool(c.null), describe(c)) for t in tables().values() for c in t.columns]
    assert sorted(found) == sorted(wanted)


def test_sources_of_an_older_warehouse_keep_their_rows() -> None:
    con = duckdb.connect()
    for step in available()[:8]:
        _apply(con, step)
    con.execute("insert into sources select 'courier', null, ['feed'], [], [], [], [], null, false, true, null")
    migrate(con, "memory")
    found = con.execute("select name, feeds, paused, sections, addresses_from from sources").fetchall()
    assert found == [("courier", ["feed"], True, [], "links")]


def test_keys_and_volatile_columns_exist() -> None:
    for table in tables().values():
        assert set(table.key) <= set(table.names)
        assert table.volatile - {"*"} <= set(table.names)


def test_schema_page_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "schema.md"
    assert write_docs() == page.read_text(encoding="utf-8"), "run: python -m load.schema > docs/schema.md"


def test_the_models_know_every_outcome_and_which_are_good() -> None:
    staging = Path(str(files("sql"))) / "models" / "staging"
    (model,) = yaml.safe_load((staging / "stg_fetches.yml").read_text(encoding="utf-8"))["models"]
    lists = next(test["closed_lists"]["arguments"]["lists"] for test in model["data_tests"] if "closed_lists" in test)
    assert lists["outcome"] == list(OUTCOMES)
    written = re.search(r"outcome in (\(.*?\)) as is_good", (staging / "stg_fetches.sql").read_text(encoding="utf-8"))
    assert written
    assert written[1] == str(GOOD)
