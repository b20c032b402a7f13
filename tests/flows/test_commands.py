"""The command line: what it prints, how it refuses, and that everything the README says works."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from flows import console

README = Path(__file__).parents[2] / "README.md"


def readme_commands() -> list[str]:
    blocks = re.findall(r"```console\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [
        line.removeprefix("$ newsledger ") for block in blocks for line in block.splitlines() if line.startswith("$")
    ]


@pytest.mark.parametrize("command", readme_commands())
def test_readme_command_works(ran, newsledger, command):
    folder = ran.settings.file.parent
    (folder / "my-newsledger.toml").unlink(missing_ok=True)
    said = newsledger(folder, *shlex.split(command))
    assert said.code in ((0, 1) if command.startswith(("status", "rejects --retry")) else (0,)), said.err
    assert said.out or said.err


def test_readme_settings_example_is_valid(tmp_path):
    from flows.settings import load_settings

    block = re.search(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    (tmp_path / "newsledger.toml").write_text(block.group(1), encoding="utf-8")
    assert load_settings(tmp_path / "newsledger.toml", {}).all_sources()[0].name == "example"


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
        (["query", "select 1", "--format", "xml"], 2, "none of table"),
        (["extract", "no-such-page.html"], 2, "Cannot read no-such-page.html"),
        (["init", "newsledger.toml"], 2, "exists already"),
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


def test_unreachable_source_is_recorded_and_stops_nothing(newsledger, tmp_path):
    (tmp_path / "newsledger.toml").write_text(
        "[fetch]\nmax_attempts = 1\n"
        "[[sources]]\nname = 'gone'\nfeeds = ['http://127.0.0.1:9/rss']\nallow_private = true\n"
    )
    said = newsledger(tmp_path, "ingest", "--json")
    assert json.loads(said.out)["discovered"]["outcomes"]
    rejects = newsledger(tmp_path, "rejects", "--json")
    assert rejects.code == 0


def test_nothing_published_yet_says_what_to_do(newsledger, tmp_path):
    said = newsledger(tmp_path, "query", "from claims")
    assert said.code == 3
    assert "newsledger ingest" in said.err
