"""The field dictionary is the records of the stages, the tables and the documentation."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from importlib.resources import files
from pathlib import Path

import duckdb
import pytest
import yaml

from extract import types
from extract.outcomes import GOOD, OUTCOMES
from load.generate import migration, staging_files, staging_sql, staging_yaml
from load.migrate import _apply, available, migrate
from load.schema import Column, describe, tables, write_docs

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
ROOT = Path(__file__).parents[2]
STAGING = Path(str(files("sql"))) / "models" / "staging"
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


def test_what_the_dictionary_decides_is_written_down() -> None:
    files_ = staging_files(STAGING) | {ROOT / "docs" / "schema.md": write_docs()}
    stale = [path.name for path, text in files_.items() if path.read_text(encoding="utf-8") != text]
    assert not stale, "run: python -m load.generate"
    assert not migration(tables()), "run: python -m load.generate"


def test_a_new_column_comes_into_warehouses_and_staging_by_the_dictionary_alone() -> None:
    mood = Column("mood", "VARCHAR", "The speaker's mood.", "the text doesn't show it")
    table = replace(tables()["quantities"], columns=(*tables()["quantities"].columns, mood))
    with duckdb.connect() as con:
        migrate(con, "memory")
        con.execute(migration(tables() | {"quantities": table}))
        found = con.execute(
            "select data_type, is_nullable, comment from duckdb_columns()"
            " where table_name = 'quantities' and column_name = 'mood'"
        ).fetchall()
    assert found == [("VARCHAR", True, describe(mood))]
    assert "        mood\n    from source" in staging_sql(table)
    described = staging_yaml(table, (STAGING / "stg_quantities.yml").read_text(encoding="utf-8"))
    (model,) = yaml.safe_load(described)["models"]
    assert model["columns"][-1] == {"name": "mood", "description": describe(mood)}
    before = yaml.safe_load((STAGING / "stg_quantities.yml").read_text(encoding="utf-8"))["models"][0]
    assert model | {"columns": model["columns"][:-1]} == before


def test_a_new_wording_and_a_new_table_come_by_the_dictionary_too() -> None:
    dates = tables()["dates"]
    columns = (replace(dates.columns[0], meaning="Another wording."), *dates.columns[1:])
    reworded = replace(dates, grain="one tide", columns=columns)
    statements = migration({"dates": reworded, "tides": replace(dates, name="tides")})
    with duckdb.connect() as con:
        migrate(con, "memory")
        con.execute(statements)
        comment = con.execute(
            "select comment from duckdb_columns() where table_name = 'dates' and column_name = 'date_id'"
        ).fetchone()
        assert comment == ("Another wording.",)
        comment = con.execute("select comment from duckdb_tables() where table_name = 'dates'").fetchone()
        assert comment == ("Grain: one tide.",)
        assert con.execute("select count(*) from tides").fetchone() == (0,)


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda columns: columns[1:], "has lost quantity_id"),
        (lambda columns: (replace(columns[0], type="INTEGER"), *columns[1:]), "has changed its type"),
        (lambda columns: (*columns, Column("mood", "VARCHAR", "A mood.")), "is never NULL"),
    ],
)
def test_what_no_statement_makes_by_itself_is_left_to_a_person(change, problem: str) -> None:
    table = tables()["quantities"]
    with pytest.raises(ValueError, match=problem):
        migration({"quantities": replace(table, columns=change(table.columns))})


# Columns of a number that only come from the text and go to the users of claims.
PLAIN = (
    "unit_text",
    "thing_confidence",
    "subject_confidence",
    "place_confidence",
    "speaker_confidence",
    "low_inclusive",
)


@pytest.mark.parametrize("column", PLAIN)
def test_a_column_of_the_text_is_written_by_hand_in_six_files_at_most(column: str) -> None:
    generated = {*staging_files(STAGING), ROOT / "docs" / "schema.md", *ROOT.glob("load/migrations/*.sql")}
    places = [*ROOT.glob("extract/**/*.py"), *ROOT.glob("load/**/*.*"), *ROOT.glob("sql/models/**/*.*")]
    word = re.compile(rf"\b{column}\b")
    texts = [path for path in places if path.suffix in {".py", ".toml", ".sql", ".yml"} and path not in generated]
    named = [path for path in texts if word.search(path.read_text(encoding="utf-8"))]
    # And the extractor's version, which no column is named in.
    assert len(named) + 1 <= 6, named


def test_the_models_know_every_outcome_and_which_are_good() -> None:
    (model,) = yaml.safe_load((STAGING / "stg_fetches.yml").read_text(encoding="utf-8"))["models"]
    lists = next(test["closed_lists"]["arguments"]["lists"] for test in model["data_tests"] if "closed_lists" in test)
    assert lists["outcome"] == list(OUTCOMES)
    written = re.search(r"outcome in (\(.*?\)) as is_good", (STAGING / "stg_fetches.sql").read_text(encoding="utf-8"))
    assert written
    assert written[1] == str(GOOD)
