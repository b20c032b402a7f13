"""One ingest of a source at a time; backfills let ingests go first."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Timer

from flows.settings import Settings, load_settings
from flows.source_locks import between_ingests, ingesting
from flows.stages import RunContext

OTHER = """
import sys, time
from pathlib import Path
from flows.settings import load_settings
from flows.stages import RunContext
from flows.source_locks import ingesting
with ingesting(RunContext(load_settings(Path(sys.argv[1])), "other", print), sys.argv[2:]):
    print("has them", flush=True)
    time.sleep(600)
"""


@dataclass(frozen=True)
class Item:
    """What a batch is made of, as far as its locks are concerned."""

    source: str


def settings_in(folder: Path) -> Settings:
    file = folder / "newsledger.toml"
    file.write_text('data_dir = "data"\n')
    return load_settings(file)


@contextmanager
def another_ingest(settings: Settings, *sources: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OTHER, str(settings.file), *sources]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "has them\n"
            yield process
        finally:
            process.kill()


def test_an_ingest_waits_for_the_one_that_has_a_source_of_its(tmp_path: Path) -> None:
    said: list[str] = []
    settings = settings_in(tmp_path)
    context = RunContext(settings, "ours", said.append)
    with another_ingest(settings, "b", "c") as other:
        with ingesting(context, ["a", "d"]):
            assert not said
        # The other dies without a word, and the system takes its locks back.
        killing = Timer(0.5, other.kill)
        killing.start()
        with ingesting(context, ["a", "b"]):
            killing.join()
            assert other.wait(10) != 0
    assert said == ["Another process is ingesting b; this one goes on when that has finished."]


def test_a_backfill_lets_an_ingest_go_first_between_two_batches(tmp_path: Path) -> None:
    said: list[str] = []
    settings = settings_in(tmp_path)
    batches = [[Item("a")], [Item("b"), Item("a")]]
    with another_ingest(settings, "b") as other:
        begun = between_ingests(RunContext(settings, "backfill", said.append, gives_way=True), batches)
        assert next(begun) == batches[0]
        assert not said
        Timer(0.5, other.kill).start()
        assert next(begun) == batches[1]
        assert other.wait(10) != 0
    assert len(said) == 1


def test_an_ingest_goes_through_its_own_batches_and_keeps_its_locks(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    context = RunContext(settings, "ours", lambda message: None)
    with ingesting(context, ["a"]):
        assert list(between_ingests(context, [[Item("a")], [Item("b")]])) == [[Item("a")], [Item("b")]]
        command = [sys.executable, "-c", OTHER, str(settings.file), "a"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waits:
            assert waits.stdout is not None
            assert waits.stdout.readline().startswith("Another process is ingesting a")
            waits.kill()
