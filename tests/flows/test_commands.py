"""The command line: what it prints, how it refuses, and that everything the README says works."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from flows import console
from flows.commands.run import exit_code
from flows.run_report import Report
from flows.stages import StepTotals
from sample.server import serve_newsroom

README = Path(__file__).parents[2] / "README.md"


def readme_commands() -> list[list[str]]:
    """The commands of the README in its order, but for those that never end and those of other programs."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```", README.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
    shell = [block for language, block in blocks if language in ("", "console")]
    lines = [line.removeprefix("$ ") for block in shell for line in block.splitlines()]
    commands = [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("newsledger ")]
    return [command for command in commands if command[0] not in ("serve", "demo")]


@pytest.mark.slow
def test_the_readme_works_in_an_empty_folder(newsledger, tmp_path):
    commands = readme_commands()
    assert [command[0] for command in commands[:4]] == ["init", "sources", "ingest", "query"]
    page = "<html lang=en><article><h1>Quake</h1>" + "<p>Police said 12 people died in Osto.</p>" * 9
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with serve_newsroom(crawl_delay=0.0, misbehave=False) as newsroom:
        outlet, claim = newsroom.base_url("harbour-courier"), ""
        for command in commands:
            # What a reader puts in: their own site, and a claim that they found.
            here = [word.replace("https://www.example.org", outlet).replace("CLAIM_ID", claim) for word in command]
            local = ["--allow-private"] if command[:2] == ["sources", "add"] else []
            said = newsledger(tmp_path, *here, *local)
            assert said.code == 0, (command, said.err)
            assert said.out or said.err, command
            if command[0] == "search":
                claim = json.loads(newsledger(tmp_path, *here, "--json").out)[0]["claim_id"]
    assert (tmp_path / "reliance.csv").exists()
    assert (tmp_path / "site" / "index.html").exists()


def test_the_readme_is_short():
    assert len(README.read_text(encoding="utf-8")) < 9_000


def test_extract_prints_one_json_object_a_page(ran, newsledger, tmp_path):
    page = tmp_path / "page.html"
    page.write_bytes(
        b"<html lang=en><head><title>Quake</title></head><body><article><h1>Quake kills 12</h1>"
        + b"<p>At least 12 people died in Osto on Friday, police said. The mayor put the damage at $3bn.</p>" * 4
        + b"</article></body></html>"
    )
    said = newsledger(tmp_path, "extract", str(page), str(page), "--json", "--url", "https://example.org/quake")
    objects = [json.loads(line) for line in said.out.splitlines()]
    assert said.code == 0
    assert len(objects) == 2
    assert set(objects[0]) >= {"article", "quantities", "attributions", "dates", "mentions"}
    text = objects[0]["article"]["text"]
    for quantity in objects[0]["quantities"]:
        assert text[quantity["start"] : quantity["end"]] == quantity["surface"]


def test_query_prints_json_for_programs(ran, newsledger):
    said = newsledger(ran.settings.file.parent, "query", "select count(*) as n from claims", "--json")
    assert json.loads(said.out)[0]["n"] > 500


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["ingst"], 2, "ingest"),
        (["backfill", "--from", "2024-12-01", "--to", "2024-11-01"], 2, "is after"),
        (["backfill", "--from", "yesterday"], 2, "--from"),
        (["backfill", "--stage", "fetsh"], 2, "not one of 'fetch'"),
        (["ingest", "--source", "harbor-courier"], 2, "did you mean 'harbour-courier'"),
        (["query", "selec 1"], 2, "DuckDB cannot run that"),
        (["query", "from nowhere"], 2, "nowhere"),
        (["query", "select 1", "--format", "xml"], 2, "not one of table"),
        (["extract", "no-such-page.html"], 2, "Cannot read no-such-page.html"),
        (["init", "newsledger.toml"], 2, "already exists"),
        (["status", "--config", "other.toml"], 2, "no settings file"),
    ],
)
def test_mistakes_get_one_clear_sentence(ran, newsledger, arguments, code, says):
    said = newsledger(ran.settings.file.parent, *arguments)
    assert said.code == code
    assert says in said.err
    assert "Traceback" not in said.err


def test_empty_and_binary_files_are_named(newsledger, tmp_path):
    (tmp_path / "empty.html").touch()
    (tmp_path / "binary.html").write_bytes(bytes(range(256)) * 40)
    said = newsledger(tmp_path, "extract", "empty.html", "binary.html", "--json")
    assert "empty.html is empty" in said.err
    assert json.loads(said.out)["article"]["outcome"] != "ok"
    assert said.code == 1


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("settings.toml", 'lock_wait = 20\n[warehouse]\npath = "w.duckdb"\n', "is a TOML file, not a page"),
        ("claims.jsonld", '{"claim": "12 people died in Osto, police said on Friday."}', "is a JSON file, not a page"),
        ("numbers", "[1, 2, 3]", "is a JSON file, not a page"),
    ],
)
def test_data_is_not_read_as_a_page(newsledger, tmp_path, name, text, says):
    (tmp_path / name).write_text(text, encoding="utf-8")
    said = newsledger(tmp_path, "extract", name)
    assert said.code != 0
    assert f"{name} {says}" in said.err


@pytest.mark.parametrize("text", ["# Only a heading", "12", "= no data =", "[1] A note that begins like a list"])
def test_what_only_looks_like_data_is_a_page(newsledger, tmp_path, text):
    (tmp_path / "note.txt").write_text(text, encoding="utf-8")
    assert "not a page" not in newsledger(tmp_path, "extract", "note.txt").err


def test_a_folder_that_holds_nothing_is_left_so(newsledger, tmp_path):
    for command, hint in (("status", "newsledger init"), ("ingest", "newsledger sources add")):
        said = newsledger(tmp_path, command)
        assert said.code == 2
        assert hint in said.err
    assert list(tmp_path.iterdir()) == []


def test_what_stands_in_brackets_is_shown(newsledger, tmp_path, capsys):
    said = newsledger(tmp_path, "status", "--help")
    assert "[alerts]" in said.out
    assert "newsledger.toml, or" in said.out
    for show in (console.say, console.say_boldly, console.note):
        show("see [alerts] and [/b]")
    told = capsys.readouterr()
    assert told.out.splitlines() == ["see [alerts] and [/b]"] * 2
    assert told.err.splitlines() == ["see [alerts] and [/b]"]


GONE = """
[[sources]]
name = 'gone'
feeds = ['http://127.0.0.1:9/rss']
allow_private = true
"""


def test_an_ingest_in_which_every_feed_fails_says_so(newsledger, tmp_path):
    (tmp_path / "newsledger.toml").write_text(f"[fetch]\nmax_attempts = 1\n{GONE}")
    said = newsledger(tmp_path, "ingest")
    assert said.code == 1
    assert "1 feeds, sitemaps and sections, of which 1 failed" in said.out
    assert "! http://127.0.0.1:9/rss could not be fetched" in said.err
    assert "Nothing new" not in said.out
    assert newsledger(tmp_path, "rejects").code == 0


@pytest.mark.slow
def test_an_ingest_in_which_some_feeds_fail_does_the_rest_and_leaves_with_a_code_of_its_own(ran, newsledger, tmp_path):
    text = ran.settings.file.read_text(encoding="utf-8")
    (tmp_path / "newsledger.toml").write_text(text + GONE, encoding="utf-8")
    said = newsledger(tmp_path, "ingest", "-s", "gone", "-s", "the-beacon", "--json")
    assert said.code == 6, said.err
    report = json.loads(said.out)
    assert (report["discovered"]["asked"], report["discovered"]["unanswered"]) == (3, 1)
    assert report["published"]["is_new"]


@pytest.mark.parametrize(
    ("report", "code"),
    [
        (Report("r", StepTotals(asked=3)), 0),
        (Report("r", StepTotals(asked=3, unanswered=3)), 1),
        (Report("r", StepTotals(asked=3, unanswered=1)), 6),
        (Report("r", StepTotals(asked=3, unanswered=3), StepTotals(outcomes=(("timeout", 4),))), 1),
        (Report("r", StepTotals(asked=3, unanswered=3), StepTotals(outcomes=(("ok", 1), ("timeout", 4)))), 6),
        (Report("r", StepTotals(asked=3), failed=("a batch: an error",)), 6),
        (Report("r", StepTotals(), StepTotals(outcomes=(("http_error", 4),))), 0),
    ],
)
def test_the_exit_code_tells_whether_all_or_some_failed(report, code):
    assert exit_code(report) == code


@pytest.fixture
def held(ran):
    """A process that holds the warehouse as a build does, in the folder that was ingested."""
    code = (
        "import time; from pathlib import Path; from flows.settings import load_settings\n"
        "from load.connection import writer\n"
        f"with writer(load_settings(Path({str(ran.settings.file)!r}), {{}}).warehouse, owner='build'):\n"
        "    print('held', flush=True); time.sleep(300)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
        holder.kill()


@pytest.mark.parametrize(
    "arguments", [["status"], ["status", "--gaps"], ["rejects"], ["backfill", "--dry-run"], ["query", "from claims"]]
)
def test_commands_that_only_look_answer_while_a_build_holds_the_warehouse(ran, newsledger, held, arguments):
    folder = ran.settings.file.parent
    before = files_of(folder)
    said = newsledger(folder, *arguments)
    assert said.code in (0, 1), said.err
    assert len(said.out.splitlines()) > 3
    assert ("written by build" in said.err) == (arguments[0] in ("status", "backfill"))
    assert files_of(folder) == before


def test_commands_that_only_look_write_nothing(ran, newsledger):
    folder = ran.settings.file.parent
    before = files_of(folder)
    for arguments in (["status"], ["rejects"], ["backfill", "--dry-run"], ["sources", "list"], ["query", "from runs"]):
        assert newsledger(folder, *arguments).code in (0, 1)
    assert files_of(folder) == before


def files_of(folder: Path) -> dict[Path, int]:
    return {file: file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}


def test_a_folder_of_settings_alone_stays_so_when_looked_at(newsledger, tmp_path):
    (tmp_path / "newsledger.toml").write_text(GONE)
    assert newsledger(tmp_path, "status").code == 1
    assert newsledger(tmp_path, "backfill", "--dry-run").code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["newsledger.toml"]


def test_nothing_published_yet_says_what_to_do(newsledger, tmp_path):
    said = newsledger(tmp_path, "query", "from claims")
    assert said.code == 3
    assert "newsledger ingest" in said.err
