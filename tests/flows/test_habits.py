"""What people try by habit: versions, help, dates in any form, pipes, narrow and ASCII terminals."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date

import pytest
import typer

from flows.cli.app import app, narrowed
from flows.cli.options import parse_interval
from flows.commands.settings import starter
from flows.settings import load_settings

PROGRAM = [sys.executable, "-P", "-m", "flows"]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-11-23", date(2024, 11, 23), date(2024, 11, 23)),
        ("20241123", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024-W47-6", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024W476", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024-W47", date(2024, 11, 18), date(2024, 11, 24)),
        ("2024-328", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024366", date(2024, 12, 31), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-11-23T23:30-05:00", date(2024, 11, 24), date(2024, 11, 24)),
        ("2024-11-23T10:00:00Z", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024-11-23 10:00", date(2024, 11, 23), date(2024, 11, 23)),
    ],
)
def test_dates_are_read_in_every_iso_form(text, first, last):
    assert parse_interval(text) == (first, last)


@pytest.mark.parametrize("text", ["", "yesterday", "23.11.2024", "11/23/2024", "2024-13", "2024-11-31", "2024-W54"])
def test_other_dates_are_refused(text):
    with pytest.raises(typer.BadParameter, match="ISO 8601"):
        parse_interval(text)


@pytest.mark.parametrize("option", ["--version", "-V"])
def test_the_version_is_printed(newsledger, tmp_path, option):
    said = newsledger(tmp_path, option)
    assert said.code == 0
    assert said.out.startswith("newsledger ")


@pytest.mark.parametrize("arguments", [["-h"], ["query", "-h"], ["sources", "add", "-h"], ["archive", "-h"]])
def test_short_help_is_help(newsledger, tmp_path, arguments):
    said = newsledger(tmp_path, *arguments)
    assert (said.code, "Usage:" in said.out) == (0, True)


def test_help_imports_no_library_that_it_does_not_need():
    heavy = ("duckdb", "prefect", "requests", "pyarrow", "pydantic", "spacy", "lxml", "rich", "logging.handlers")
    code = (
        "import sys; from flows.cli import app\n"
        "for words in (['--help'], ['--version']):\n"
        "    app(words, standalone_mode=False)\n"
        f"print([m for m in sys.modules if m in {heavy!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_help_lists_every_command_in_its_section_with_its_whole_sentence(newsledger, tmp_path):
    text = newsledger(tmp_path, "--help").out
    sections = [line for line in text.splitlines() if line.endswith(":") and not line.startswith(" ")]
    assert sections == ["Options:", "Start:", "Collect:", "Ask:", "Operate:"]
    assert "..." not in text.partition("Start:")[2]
    assert "..." not in newsledger(tmp_path, "sources", "--help").out.partition("Commands:")[2]


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (["status"], ("prefect", "requests", "pyarrow", "rich", "spacy", "lxml")),
        (["query", "from claims limit 3"], ("prefect", "requests", "pyarrow", "spacy", "lxml", "yaml")),
    ],
)
def test_a_command_that_looks_imports_no_library_of_other_stages(ran, command, unneeded):
    code = (
        "import sys; from flows.cli import app\n"
        f"app({command!r}, standalone_mode=False)\n"
        f"print([m for m in sys.modules if m in {unneeded!r}])"
    )
    folder = ran.settings.file.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_first_table_of_claims_says_how_much_of_what_whose_where_and_on_whose_word(newsledger, ran, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    done = newsledger(ran.settings.file.parent, "query", "from claims limit 20")
    assert done.out.splitlines()[0].split()[:5] == ["surface", "thing", "subject", "place", "said_by"]
    assert max(map(len, done.out.splitlines())) <= 80


def test_a_command_is_set_up_alone_and_all_are_there_for_help_and_slips(newsledger, tmp_path):
    assert [group.name for group in narrowed(["sources", "list"]).registered_groups] == ["sources"]
    assert not narrowed(["sources", "list"]).registered_commands
    assert [one.callback.__name__ for one in narrowed(["query", "-h"]).registered_commands] == ["query"]
    for words in ([], ["--help"], ["-q", "query"], ["qury"]):
        assert narrowed(words) is app
    for name in typer.main.get_command(app).commands:
        assert newsledger(tmp_path, name, "--help").code == 0
    assert "Did you mean 'query'" in newsledger(tmp_path, "qury").err


@pytest.mark.parametrize("form", ["csv", "table"])
def test_a_pipe_that_is_closed_early_is_no_failure(ran, form):
    # More than a pipe holds (64 KB), so that it is still being written when its reader leaves.
    command = [*PROGRAM, "query", "select claims.* from claims, range(10)", "-f", form]
    with subprocess.Popen(
        command, cwd=ran.settings.file.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        complaints = process.stderr.read()
    assert (process.returncode, complaints) == (0, "")


def test_a_terminal_that_knows_only_ascii_gets_ascii(ran):
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "COLUMNS": "60"}
    command = [*PROGRAM, "query", "select 'naïve – “quoted” ' || repeat('x', 90) as a, 'b' as b from range(2)"]
    done = subprocess.run(command, cwd=ran.settings.file.parent, env=environment, capture_output=True, check=True)
    assert done.stdout.isascii()
    assert b"..." in done.stdout
    assert b"na\\xefve" in done.stdout


def test_extract_reads_standard_input():
    page = "<html lang=en><body><article><h1>Quake</h1>" + "<p>At least 12 people died in Osto, police said.</p>" * 9
    done = subprocess.run([*PROGRAM, "extract", "-", "--json"], input=page.encode(), capture_output=True, check=True)
    assert b"At least 12" in done.stdout


@pytest.mark.parametrize(
    ("name", "begins"), [("x.csv", b"n\n1"), ("x.json", b"["), ("x.md", b"| n |"), ("x.parquet", b"PAR1")]
)
def test_the_suffix_says_how_to_write(ran, newsledger, tmp_path, name, begins):
    said = newsledger(ran.settings.file.parent, "query", "select 1 as n", "-o", str(tmp_path / name))
    assert said.code == 0, said.err
    assert (tmp_path / name).read_bytes().startswith(begins)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["query", ""], "There is no SQL"),
        (["measures", ""], "There is no word"),
        (["query", "timelin"], "did you mean 'timeline'"),
        (["query", "select 1", "-o", "no/such/folder/x.csv"], "Cannot write"),
        (["query", "select 1", "-o", "x.xls"], "suffix"),
        (["query", "select 1", "--fromat", "csv"], "--format"),
        (["query", "nothing.sql"], "Cannot read nothing.sql"),
        (["status", "-c", "."], "folder"),
        (["init", "--contact", "me"], "neither an e-mail address"),
        (["backfill", "--from", "23.11.2024"], "ISO 8601"),
    ],
)
def test_slips_get_one_clear_sentence(ran, newsledger, arguments, says):
    said = newsledger(ran.settings.file.parent, *arguments)
    assert said.code == 2
    assert says in said.err
    assert "Traceback" not in said.err


def test_the_settings_file_of_init_has_every_key_and_changes_nothing(tmp_path):
    import tomllib

    text = starter("desk@example.org")
    (tmp_path / "newsledger.toml").write_text(text, encoding="utf-8")
    written = load_settings(tmp_path / "newsledger.toml", {})
    assert written.fetch.contact == "desk@example.org"
    uncommented = "\n".join(
        line.removeprefix("# ") for line in text.splitlines() if line.startswith("# ") and " = " in line
    )
    for section in (written.fetch, written.run, written.warehouse, written.archive, written.alerts):
        for key in type(section).model_fields:
            assert f"\n# {key} =" in text or f"\n{key} =" in text, key
    assert tomllib.loads(text)["data_dir"] == "data"
    assert "example.org/rss.xml" in uncommented


def test_every_default_in_the_settings_file_is_the_default(tmp_path):
    import re

    text = starter("")
    enabled = re.sub(r"(?m)^# (\w+) = (\S.*)$", r"\1 = \2", text.split("# One [[sources]]")[0])
    for name, content in (("plain.toml", text), ("enabled.toml", enabled)):
        (tmp_path / name).write_text(content, encoding="utf-8")
    plain, full = (load_settings(tmp_path / f"{name}.toml", {}) for name in ("plain", "enabled"))
    assert full.model_dump(exclude={"file"}) == plain.model_dump(exclude={"file"})


def test_quiet_says_errors_alone_and_verbose_says_every_page(capsys):
    from flows import console
    from flows.stages import Progress

    counted = []
    progress = Progress()
    progress.tick = lambda: counted.append(1)
    try:
        for level in (console.QUIET, console.NORMAL, console.VERBOSE):
            console.set_verbosity(level)
            console.note(f"note {level}")
            console.warn(f"warning {level}")
            progress.page(f"ok page {level}", "a batch")
    finally:
        console.set_verbosity(console.NORMAL)
    assert capsys.readouterr().err.split("\n") == [
        *("warning 0", "note 1", "warning 1", "note 2", "warning 2", "ok page 2"),
        "",
    ]
    assert len(counted) == 3


@pytest.mark.parametrize(
    "arguments", [["-q", "queries"], ["-v", "queries"], ["ingest", "-q", "-h"], ["build", "-v", "-h"]]
)
def test_quiet_and_verbose_stand_before_or_behind_the_command(newsledger, tmp_path, arguments):
    from flows import console

    try:
        assert newsledger(tmp_path, *arguments).code == 0
    finally:
        console.set_verbosity(console.NORMAL)


def test_a_report_without_its_extra_says_what_to_install(newsledger, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "altair", None)
    said = newsledger(tmp_path, "report")
    assert said.code == 2
    assert "newsledger[report]" in said.err
