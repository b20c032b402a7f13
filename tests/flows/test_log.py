"""JSON log lines: one a message and a batch, with the ids of the ledger, at the level that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.errors import SettingsError
from flows import console, log
from flows.log_settings import LogSettings
from flows.pipeline import ingest
from flows.runs import open_run
from flows.settings import load_settings
from load.connection import looking
from load.plan import Selection

PAGE = "<html lang=en><title>Quay</title><article><h1>Quay reopens</h1>" + "<p>Twelve boats went out on Tuesday. " * 20


@pytest.fixture(autouse=True)
def _closed():
    yield
    log.close_log()


def settings_of(folder: Path, lines: str):
    file = folder / "newsledger.toml"
    file.write_text(lines, encoding="utf-8")
    return load_settings(file)


def read(text: str) -> list[dict]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.usefixtures("no_models")
def test_an_ingest_logs_its_run_and_each_batch_by_the_ids_of_the_ledger(tmp_path, capsys):
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "quay.html").write_text(PAGE)
    folder = '[[sources]]\nname = "a"\nfolders = ["pages"]\nbase_url = "https://a.example"\n'
    settings = settings_of(tmp_path, f'[log]\nformat = "json"\nlevel = "debug"\nfile = "run.log"\n{folder}')
    ingest.fn(config=settings.file)
    lines = read((tmp_path / "run.log").read_text())
    with looking(settings.warehouse) as view:
        ((run,),) = view.connection.execute("select run_id from runs").fetchall()
        stages = view.connection.execute("select batch_id, stage from batches where run_id is not null").fetchall()
    assert {line["run_id"] for line in lines} == {run}
    assert {line["kind"] for line in lines} == {"ingest"}
    merged = {line["batch_id"]: line["stage"] for line in lines if "stage" in line}
    assert merged == {batch: stage for batch, stage in stages if stage in ("fetch", "extract")}
    assert [line["message"] for line in (lines[0], lines[-1])] == ["ingest started", "ingest finished"]
    pages = [line for line in lines if line["level"] == "debug"]
    assert {line["batch_id"] for line in pages} <= merged.keys()
    assert any("https://a.example/quay.html" in line["message"] for line in pages)


@pytest.mark.parametrize(("level", "kept"), [("debug", "dnwe"), ("info", "nwe"), ("warning", "we"), ("error", "e")])
def test_what_is_less_than_the_level_is_left_out(tmp_path, capsys, level, kept):
    log.open_log(LogSettings(format="json", level=level), tmp_path)
    console.detail("d")
    console.note("n\nof two lines")
    console.warn("w")
    console.complain(SettingsError("e", hint="do this"))
    lines = read(capsys.readouterr().err)
    assert "".join(line["message"][0] for line in lines) == kept
    assert lines[-1]["hint"] == "do this"


def test_a_failed_run_says_so_with_its_id(tmp_path, capsys):
    settings = settings_of(tmp_path, '[log]\nformat = "json"\n')
    with pytest.raises(ZeroDivisionError), open_run(settings, "build", Selection()) as context:
        raise ZeroDivisionError("of a test")
    last = [line for line in read(capsys.readouterr().err) if "state" in line][-1]
    assert (last["level"], last["state"], last["run_id"]) == ("error", "failed", context.run_id)
    assert "of a test" in last["detail"]


def test_people_read_text_unless_told_otherwise(tmp_path, capsys):
    log.open_log(LogSettings(), tmp_path)
    console.note("hello")
    assert capsys.readouterr().err == "hello\n"


def test_a_log_that_cannot_be_written_is_named(tmp_path):
    with pytest.raises(SettingsError, match=r"none/here\.log"):
        log.open_log(LogSettings(format="json", file="none/here.log"), tmp_path)
