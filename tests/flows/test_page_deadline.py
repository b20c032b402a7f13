"""Whatever a page does to the process that reads it: it is a reject, the others are read, and signals are heeded."""

import signal
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from threading import Event, Timer

import duckdb
import pytest
from page_deeds import DEEDS, TOO_LONG, do

from extract.archive import ArchiveStoreError
from extract.types import Fetch
from flows.page_process import PageProcess, ReadingStoppedError
from flows.pipeline import _extract_missing
from flows.run_report import Report
from flows.runs import open_run
from flows.settings import load_settings
from flows.stages import Visit, discover_source
from load.connection import writer
from load.plan import Selection

NOW = datetime(2024, 11, 23, tzinfo=UTC)


def fetch(name):
    return Fetch(name, "s", f"http://localhost/{name}", NOW, "ok")


def reject(page, lost):
    return f"{page.fetch_id} {'slow' if lost.took_too_long else 'lost'}: {lost.reason}"


def read(names, shared=None, stopping=None):
    with closing_process(PageProcess(do, 1, stopping or Event())) as process:
        return process.read(shared, [fetch(name) for name in names], reject)


def closing_process(process):
    process.close = process.end
    return closing(process)


@pytest.mark.parametrize("deed", DEEDS)
def test_a_page_that_ends_its_process_is_rejected_alone(deed):
    first, second, third = read(["before", deed, "after"])
    assert first.startswith("before read by ")
    assert second.startswith(f"{deed} {'slow: strip and read took more than 1 s' if deed in TOO_LONG else 'lost: '}")
    assert third.startswith("after read by ")


def test_pages_that_each_take_their_time_end_as_many_processes():
    done = read(["loop", "a", "loop", "loop", "exit", "b", "exit"])
    assert [one.split(":")[0].split(" read")[0] for one in done] == [
        "loop slow",
        "a",
        "loop slow",
        "loop slow",
        "exit lost",
        "b",
        "exit lost",
    ]


def test_a_process_that_somebody_killed_costs_no_page(tmp_path):
    done = read(["a", "once 1", "once 2", "b"], shared=tmp_path)
    assert all(" read by " in one for one in done)


def test_the_processor_time_of_many_pages_is_no_pages_own():
    """Each page has its own limit, not the process."""
    assert len({one.rpartition(" ")[2] for one in read([f"page {n}" for n in range(300)])}) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the limit is of less than all memory")
def test_a_page_does_not_take_all_memory_and_the_next_one_has_as_much():
    first, second, after = read(["hoard", "hoard", "after"])
    assert 1.5 < float(first.split()[1]) < 2.5
    assert second == first
    assert after.startswith("after read by ")


def test_what_is_wrong_with_the_archive_is_raised_and_the_process_goes_on():
    with closing_process(PageProcess(do, 1, Event())) as process:
        with pytest.raises(ArchiveStoreError, match="does not answer"):
            process.read(None, [fetch("a"), fetch("store"), fetch("b")], reject)
        assert process.read(None, [fetch("c")], reject)[0].startswith("c read by ")


@pytest.mark.parametrize("deed", ["loop", "arithmetic"])
def test_a_stop_is_heeded_in_the_middle_of_a_page(deed):
    stopping = Event()
    Timer(0.3, stopping.set).start()
    with closing_process(PageProcess(do, 600, stopping)) as process, pytest.raises(ReadingStoppedError):
        process.read(None, [fetch(deed)], reject)


def write_pages(folder, slow):
    pages = folder / "pages"
    pages.mkdir(parents=True)
    sentence = "The ministry in Oslo said on Monday that about {} people had left the town of Lillehammer. "
    for number in range(12):
        count = 60_000 if number in slow else 12
        text = "".join(f"<p>{sentence.format(1000 + at) * 3}</p>" for at in range(count // 3))
        page = (
            f"<html><head><title>Report {number} from the valley</title></head><body><article><h1>Report {number}</h1>"
        )
        (pages / f"{number:02}.html").write_text(f"{page}{text}</article></body></html>")
    (folder / "newsledger.toml").write_text(
        "[run]\nworkers = 2\npage_seconds = 2\n"
        '[[sources]]\nname = "saved"\nfolders = ["pages"]\nbase_url = "https://saved.example/"\n'
    )
    return load_settings(folder / "newsledger.toml")


def test_a_page_that_takes_too_long_is_in_rejects_and_its_batch_is_read(tmp_path):
    settings = write_pages(tmp_path, slow={4})
    with open_run(settings, "ingest", Selection()) as context:
        for source in settings.all_sources():
            discover_source(Visit(source), context)
        report = _extract_missing(context, Selection(), Report(context.run_id))
        again = _extract_missing(context, Selection(), Report(context.run_id))
    assert report.failed == ()
    assert dict(report.extracted.outcomes) == {"ok": 11, "timeout": 1}
    assert again.extracted.pages == 0, "the same reader does not try it again"
    with writer(settings.warehouse, owner="test") as con:
        rejected = con.execute("select url, reason, detail from rejects").fetchall()
    why = "strip and read took more than 2 s of processor time"
    assert rejected == [("https://saved.example/04.html", "timeout", why)]


@pytest.mark.long
def test_ctrl_c_ends_an_ingest_in_the_middle_of_a_page(tmp_path):
    settings = write_pages(tmp_path, slow=set(range(2, 12)))
    text = settings.file.read_text().replace("page_seconds = 2", "page_seconds = 6000")
    settings.file.write_text(text)
    command = [sys.executable, "-m", "flows", "ingest", "-c", str(settings.file)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=heed_ctrl_c) as run:
        deadline = time.monotonic() + 120
        while not readers_at_work(run.pid) and time.monotonic() < deadline:
            time.sleep(0.2)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=60)
    assert run.returncode == 130
    with duckdb.connect(settings.warehouse.path, read_only=True) as con:
        assert con.execute("select state from runs").fetchall() == [("cancelled",)]


def heed_ctrl_c():
    """What a shell starts in the background ignores it, and so would what these tests start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def readers_at_work(parent):
    """Processes below this one that have taken more than three seconds: only the reading of a long page does."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,cputimes"], capture_output=True, text=True, check=True).stdout
    rows = [tuple(map(int, line.split())) for line in listed.splitlines()[1:]]
    below = {parent}
    for _ in range(3):
        below |= {pid for pid, above, _ in rows if above in below}
    return [pid for pid, _, seconds in rows if pid in below - {parent} and seconds > 3]
