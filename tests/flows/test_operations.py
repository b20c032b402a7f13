"""What docs/operations.md promises: commands at once, the status watched, and a unit that systemd takes."""

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from benchmarks.synthetic import OUTLETS, Page, read
from extract.types import Rows
from flows.alerts import find_alerts
from flows.pipeline import build
from flows.settings import load_settings
from flows.status import read_status, show_calendar
from load.connection import reader, writer
from load.errors import BuildFailed
from load.ledger import Batch, start_run
from load.merge import merge_extractions, merge_fetches
from load.plan import PlanCell

NOW = datetime(2025, 2, 1, tzinfo=UTC)
DEPLOY = Path(__file__).parents[2] / "deploy"


@pytest.mark.slow
def test_four_commands_started_at_once_all_finish(ran, tmp_path):
    file = shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True) / "newsledger.toml"
    commands = (["ingest"], ["maintain"], ["backfill", "--stage", "extract"], ["build"])
    program = [sys.executable, "-m", "flows"]
    started = [
        subprocess.Popen([*program, *words, "-c", str(file)], stderr=subprocess.PIPE, text=True) for words in commands
    ]
    ended = [(process.communicate(timeout=240)[1], process.returncode) for process in started]
    assert [code for _, code in ended] == [0, 0, 0, 0], ended
    with writer(load_settings(file).warehouse, owner="test") as connection:
        states = connection.execute("select kind, state from runs order by started_at desc limit 4").fetchall()
    assert sorted(states) == [(words[0], "finished") for words in sorted(commands)]


def test_the_status_is_shown_anew_until_interrupted(ran):
    command = [sys.executable, "-m", "flows", "status", "--watch", "0.5", "-c", str(ran.settings.file)]
    # A shell's background job ignores interrupts, and its children do.
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        assert process.stdout is not None
        shown = 0
        for line in process.stdout:
            shown += line.startswith("Every 0.5 s, now ")
            if shown == 2 and line.startswith("Read by: "):
                process.send_signal(signal.SIGINT)
                break
        _, complaints = process.communicate(timeout=60)
    assert process.returncode in (0, 1)
    assert "Traceback" not in complaints


def test_holes_are_shown_as_a_calendar_month_by_month(capsys):
    cells = (
        PlanCell(date(2024, 2, 29), "harbour-courier", present=3, stale=0, missing=1, quarantined=0),
        PlanCell(date(2024, 2, 27), "harbour-courier", present=3, stale=0, missing=0, quarantined=1),
        PlanCell(date(2024, 4, 1), "valley-record", present=1, stale=0, missing=0, quarantined=0),
        PlanCell(None, "valley-record", present=0, stale=0, missing=2, quarantined=0),
    )
    show_calendar(cells)
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines() if line.strip()]
    assert lines[:2] == [f"{'February 2024':<24}12345678901234567890123456789", f"{'harbour-courier':<24}{' ' * 26}× ·"]
    assert lines[2].startswith("April 2024")
    assert lines[3] == f"{'valley-record':<24}■"
    assert lines[4] == "2 pages without a day"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not here")
def test_systemd_takes_the_unit(tmp_path):
    unit = (DEPLOY / "newsledger.service").read_text()
    assert "/opt/newsledger/.venv/bin/newsledger" in unit
    (tmp_path / "newsledger.service").write_text(unit.replace("/opt/newsledger/.venv/bin/newsledger", sys.executable))
    command = ["systemd-analyze", "verify", tmp_path / "newsledger.service"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_status_tells_of_a_dead_run_and_of_languages_that_nobody_reads(tmp_path):
    (tmp_path / "newsledger.toml").write_text("")
    settings = load_settings(tmp_path / "newsledger.toml")
    settings.data_dir.mkdir()
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    english, german = (read(Page(n, OUTLETS[n], 0), quantities=2) for n in (0, 1))
    german = replace(
        german, article=replace(german.article, language="de"), rows=Rows(skipped="no reader for language 'de'")
    )
    with writer(settings.warehouse, owner="test") as con:
        merge_fetches(con, [english.fetch, german.fetch], Batch("f", "fetch", NOW))
        merge_extractions(con, [english, german], Batch("e", "extract", NOW))
        dead = start_run(con, kind="ingest", now=NOW)
        con.execute("update runs set pid = ? where run_id = ?", [child.pid, dead])
        start_run(con, kind="build", now=NOW)
    status = read_status(settings, gaps=False)
    assert {run["kind"]: run["state"] for run in status.runs} == {"ingest": "crashed", "build": "running"}
    assert "the last ingest crashed: Its process ended without closing the run." in status.problems
    assert [alert.key for alert in find_alerts(status) if alert.key.startswith("run:")] == ["run:ingest:crashed"]
    assert status.unread_languages == ({"source": german.fetch.source, "language": "de", "articles": 1},)
    with writer(settings.warehouse, owner="test") as con:
        assert con.execute("select count(*) from runs where state = 'running'").fetchone() == (2,)


def test_the_published_copy_tells_of_a_failed_build_and_of_no_run_that_runs(tmp_path):
    (tmp_path / "newsledger.toml").write_text("")
    settings = load_settings(tmp_path / "newsledger.toml")
    settings.data_dir.mkdir()
    right = read(Page(1, OUTLETS[0], 0), quantities=2)
    wrong = replace(right.rows.quantities[0], surface="another number")
    for number, rows in enumerate((replace(right.rows, quantities=(wrong,)), right.rows)):
        page = replace(right, rows=rows)
        with writer(settings.warehouse, owner="test") as con:
            merge_fetches(con, [page.fetch], Batch(f"f{number}", "fetch", NOW))
            merge_extractions(con, [page], Batch(f"e{number}", "extract", NOW))
        if number == 0:
            with pytest.raises(BuildFailed):
                build.fn(config=settings.file)
            status = read_status(settings, gaps=False)
            assert [(run["kind"], run["state"]) for run in status.runs] == [("build", "failed")]
            assert any("the last build failed: BuildFailed" in problem for problem in status.problems)
    # Nothing else is at work while this one publishes: what it says of itself then would stand there for good.
    build.fn(config=settings.file)
    with reader(settings.warehouse) as con:
        told = con.execute("select kind, state, detail is not null from runs").fetchall()
    assert told == [("build", "failed", True)]
    status = read_status(settings, gaps=False)
    assert [run["state"] for run in status.runs] == ["finished", "failed"]
    assert not any("build failed" in problem for problem in status.problems)
