"""The MCP server, asked by the official SDK's own client: over standard input and output, and over HTTP on loopback."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from exchange.selection import Selection
from load.config import WarehouseConfig

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")
from assistant.questions import search_claims  # noqa: E402

ROOT = Path(__file__).parents[2]
TOOLS = {
    "search_claims",
    "list_measures",
    "timeline",
    "disagreements",
    "revisions",
    "evidence",
    "tables",
    "run_sql",
}
# What a claim must bring along in every answer.
EVIDENCE = {"claim_id", "quote", "outlet", "url", "news_date", "said_by", "warc_file", "warc_offset", "page_sha256"}


@pytest.fixture(scope="module")
def settings(warehouse: WarehouseConfig, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("assistant") / "newsledger.toml"
    file.write_text(f'[warehouse]\npath = "{warehouse.path}"\npublished = "{warehouse.published}"\n')
    return file


@pytest.fixture(scope="module")
def http(settings: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "flows", "mcp", "--http", "--port", str(port), "-c", str(settings)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, server.stderr.read() if server.stderr else ""
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/mcp"
    finally:
        server.send_signal(signal.SIGTERM)
        server.communicate()


@pytest.fixture(params=["stdio", "http"])
def ask(request: pytest.FixtureRequest, settings: Path) -> Callable[[Callable[[Any], Awaitable[Any]]], Any]:
    """Run what is given with a client that is connected one way or the other."""
    target: Any
    if request.param == "stdio":
        target = mcp.StdioServerParameters(
            command=sys.executable,
            args=["-m", "flows", "mcp", "-c", str(settings)],
            env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        )
    else:
        target = request.getfixturevalue("http")

    def run(talk: Callable[[Any], Awaitable[Any]]) -> Any:
        async def connected() -> Any:
            async with mcp.Client(target) as client:
                return await talk(client)

        return asyncio.run(connected())

    return run


async def call(client: Any, tool: str, **arguments: Any) -> Any:
    result = await client.call_tool(tool, arguments)
    assert not result.is_error, result.content[0].text
    return json.loads(result.content[0].text)


def test_every_tool_answers_with_its_evidence(ask: Any, warehouse: WarehouseConfig):
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        name = con.execute(
            "select measure_name from claims where is_current and measure_key is not null "
            "group by measure_key, measure_name order by count(*) desc, measure_name limit 1"
        ).fetchone()[0]

    async def talk(client: Any) -> None:
        listed = (await client.list_tools()).tools
        assert {tool.name for tool in listed} == TOOLS
        assert all(tool.description and tool.annotations.read_only_hint for tool in listed)
        found = await call(client, "search_claims", words="counted", limit=5)
        assert len(found["claims"]) == 5
        assert found["more"]
        measures = await call(client, "list_measures", limit=5)
        moved = await call(client, "timeline", measure=name)
        assert moved["days"]
        revised = await call(client, "revisions")
        assert revised["revisions"]
        disagreed = await call(client, "disagreements")
        rows = await call(client, "run_sql", sql="from claims order by claim_id", limit=3)
        assert (len(rows["rows"]), rows["more"]) == (3, True)
        claims = [
            *found["claims"],
            *(measure["newest_claim"] for measure in measures["measures"]),
            *moved["claims"],
            *(claim for row in revised["revisions"] + disagreed["disagreements"] for claim in row["claims"]),
            *rows["evidence"],
        ]
        assert all(claim.keys() >= EVIDENCE and claim["quote"] for claim in claims)
        shown = await call(client, "evidence", claim_id=found["claims"][0]["claim_id"][:12])
        quote = shown["claim"]["quote"]
        assert quote in shown["around"]["text"]
        assert shown["archive"].keys() == {"file", "offset", "page_sha256", "is_readable", "gap"}
        described = await call(client, "tables", table="claims")
        assert all(column["meaning"] for column in described["columns"])

    ask(talk)


def test_selections_narrow_and_words_have_all_their_forms(ask: Any):
    async def talk(client: Any) -> None:
        found = await call(client, "search_claims", words="count", speaker="kovac", published_to="2024-01-03")
        assert found["claims"]
        for claim in found["claims"]:
            assert "Kovac" in claim["said_by"]
            assert claim["news_date"] <= "2024-01-03"

    ask(talk)


def test_every_number_of_a_sentence_is_found_in_the_version_that_stands(warehouse: WarehouseConfig):
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        ((quote, ids),) = con.execute("""
            select c.quote, list(c.claim_id) from claims as c
            where c.is_current and c.version_number > 1 and exists (
                from claims as old where old.article_id = c.article_id and old.quote = c.quote and not old.is_current
            )
            group by c.version_id, c.quote order by 1 limit 1
        """).fetchall()
    words = '"' + quote.replace('"', " ") + '"'
    found = [claim["claim_id"] for claim in search_claims(warehouse, words, Selection(), 20)["claims"]]
    assert set(ids) <= set(found)
    assert len(found) == len(set(found))


def test_where_the_best_quotes_are_not_enough_all_are_asked(warehouse: WarehouseConfig, monkeypatch: Any):
    selection = Selection(speakers=("Kovac",))
    all_of_them = search_claims(warehouse, "count", selection, 5)
    monkeypatch.setattr("assistant.questions.AT_FIRST", 0)
    assert search_claims(warehouse, "count", selection, 5) == all_of_them
    assert len(all_of_them["claims"]) == 5
    # Words of the article's text that no quote has.
    with duckdb.connect(str(warehouse.published), read_only=True) as con:
        headline, version = con.execute(
            "select headline, version_id from articles order by published_on desc, version_id limit 1"
        ).fetchall()[0]
        expected = con.execute(
            "select claim_id from claims where version_id = ? order by claim_start", [version]
        ).fetchall()
    found = search_claims(warehouse, f'"{headline}"', Selection(all_versions=True), 200)["claims"]
    assert {i for (i,) in expected} <= {claim["claim_id"] for claim in found}


@pytest.mark.parametrize("ask", ["stdio"], indirect=True)
def test_what_cannot_be_answered_is_said_in_words_that_help(ask: Any):
    async def talk(client: Any) -> None:
        for tool, arguments, word in (
            ("timeline", {"measure": "xylophones"}, "Nearest"),
            ("evidence", {"claim_id": "ffffffffffff"}, "No claim has the id"),
            ("tables", {"table": "nothing"}, "nothing"),
            ("run_sql", {"sql": "select nothing from claims"}, "nothing"),
            ("search_claims", {"words": "***"}, "no word"),
            ("search_claims", {"limit": 100000}, "limit"),
        ):
            result = await client.call_tool(tool, arguments)
            assert result.is_error, tool
            assert word in result.content[0].text
            assert "Traceback" not in result.content[0].text

    ask(talk)


HOSTILE = (
    "create table mine (a int)",
    "delete from claims",
    "update claims set low = 0",
    "drop table claims",
    "insert into claims select * from claims",
    "copy claims to '{folder}/out.csv'",
    "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "export database '{folder}/out'",
    "attach '{folder}/other.duckdb'",
    "attach '{folder}/other.duckdb' as other (read_only)",
    "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')",
    "select * from '{folder}/secret.csv'",
    "select * from glob('/etc/*')",
    "select * from read_blob('{folder}/secret.csv')",
    "select * from read_csv('http://127.0.0.1:9/a.csv')",
    "install httpfs",
    "load httpfs",
    "set enable_external_access = true",
    "reset enable_external_access",
    "pragma enable_external_access",
    "set lock_configuration = false",
    "set memory_limit = '100GB'",
    "select 1; copy claims to '{folder}/out.csv'",
    "import database '{folder}'",
    "create secret (type s3, key_id 'a', secret 'b')",
    "create or replace persistent secret s (type s3, key_id 'a', secret 'b')",
    "checkpoint",
    "vacuum",
    "create macro main.f() as 1",
    "create view main.v as select 1",
    "alter table claims add column mine int",
    "truncate claims",
    "set temp_directory = '{folder}'",
    "set home_directory = '{folder}'",
    "set extension_directory = '{folder}'",
    "set allow_unsigned_extensions = true",
    "select getenv('HOME')",
    "with a as (select * from read_json('{folder}/secret.json')) from a",
    "call pragma_database_size(); attach ':memory:' as m; copy claims to '{folder}/o.json'",
)


@pytest.mark.parametrize("ask", ["stdio"], indirect=True)
def test_hostile_statements_get_nothing_done(ask: Any, warehouse: WarehouseConfig, tmp_path: Path):
    assert len(HOSTILE) >= 40
    (tmp_path / "secret.csv").write_text("word\nmarigold\n")
    (tmp_path / "secret.json").write_text('{"word": "marigold"}')
    before, published = sorted(tmp_path.iterdir()), warehouse.published.read_bytes()

    async def talk(client: Any) -> list[str]:
        through = []
        for statement in HOSTILE:
            result = await client.call_tool("run_sql", {"sql": statement.format(folder=tmp_path)})
            if not result.is_error:
                through.append(f"{statement}: {result.content[0].text[:200]}")
        return through

    assert ask(talk) == []
    assert sorted(tmp_path.iterdir()) == before
    assert warehouse.published.read_bytes() == published


def test_a_question_that_takes_too_long_is_stopped_and_the_next_is_answered(warehouse: WarehouseConfig):
    from assistant.questions import run_sql
    from load.errors import QueryError

    with pytest.raises(QueryError, match="stopped"):
        run_sql(warehouse, "select count(*) from range(100000000000) as a(i) where i % 7 = 1.5", seconds=0.5)
    assert run_sql(warehouse, "select 1 as one")["rows"] == [{"one": 1}]


def test_the_server_listens_to_this_machine_alone(settings: Path):
    command = [sys.executable, "-m", "flows", "mcp", "--http", "--host", "0.0.0.0", "-c", str(settings)]
    refused = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert refused.returncode == 2
    assert "proxy" in refused.stderr
