"""A disk that fills up: whole batches only, a clear message, and on it goes when there is room."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from warehouse_helpers import NOW, load_all

from benchmarks.crash import archived
from benchmarks.crash import contents as crash_contents
from benchmarks.synthetic import pages, read
from flows.pipeline import ingest
from flows.settings import Settings, load_settings
from load.build import build
from load.config import WarehouseConfig
from load.connection import reader, writer
from load.digest import digest
from load.errors import DiskFull
from load.publish import publish
from sample.generator import generate_articles, write_warc

pytestmark = pytest.mark.long


def mount(folder: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    if not mount(folder, "size=4m"):
        pytest.skip("needs the right to mount a small file system")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def contents(config: WarehouseConfig) -> dict[str, str]:
    with writer(config, owner="test") as con:
        return digest(con)


def test_in_the_write_ahead_log(small_disk: Path, tmp_path: Path) -> None:
    todo = [read(page) for page in pages(600, days=30)]
    roomy = WarehouseConfig(path=tmp_path / "w.duckdb", published=tmp_path / "p.duckdb")
    load_all(roomy, todo, 50)
    config = WarehouseConfig(path=small_disk / "w.duckdb", published=small_disk / "p.duckdb")
    with pytest.raises(DiskFull, match="rolled back"):
        load_all(config, todo, 50)
    assert mount(small_disk, "remount,size=200m")
    with writer(config, owner="test") as con:
        loaded = con.execute("select count(*) from extractions").fetchone()
        batches = con.execute("select count(*), sum(items) from batches where stage = 'extract'").fetchone()
    assert loaded is not None
    assert batches == (loaded[0] // 50, loaded[0])
    assert loaded[0] < len(todo)
    load_all(config, todo, 50)
    assert contents(config) == contents(roomy)


def test_in_publication(small_disk: Path, tmp_path: Path) -> None:
    config = WarehouseConfig(path=tmp_path / "w.duckdb", published=small_disk / "p.duckdb", keep_published=0)
    load_all(config, [read(page, quantities=2) for page in pages(20, days=2)])
    build(config, now=NOW)
    assert mount(small_disk, "remount,size=1m")
    with pytest.raises(DiskFull):
        publish(config, NOW)
    assert not config.published.exists()
    assert mount(small_disk, "remount,size=200m")
    publish(config, NOW)
    with reader(config) as con:
        assert con.execute("select count(*) > 0 from claims").fetchone() == (True,)


SETTINGS = """
[run]
workers = 1
batch_pages = 5

[[sources]]
name = "generated"
warcs = ["../pages.warc.gz"]
"""


@pytest.mark.slow
def test_in_the_archive(small_disk: Path, tmp_path: Path) -> None:
    """What did not fit is not in the ledger; with room, the same run makes the warehouse of one that had it."""
    made = generate_articles(30, first_day=date(2024, 3, 1), last_day=date(2024, 3, 2))
    write_warc(made, tmp_path / "pages.warc.gz")
    roomy, cramped = (_house(tmp_path / name) for name in ("roomy", "cramped"))
    ingest.fn(config=roomy.file)
    cramped.archive_dir.parent.mkdir(parents=True)
    cramped.archive_dir.symlink_to(small_disk, target_is_directory=True)
    assert mount(small_disk, "remount,size=100k")
    command = [sys.executable, "-m", "flows", "ingest", "-c", str(cramped.file)]
    stopped = subprocess.run(command, capture_output=True, text=True, check=False)
    assert stopped.returncode == 5
    assert "No room is left" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    with writer(cramped.warehouse, owner="test") as con:
        entered = {page.fetch_id for page in archived(con)}
        assert len(entered) < 30
    assert mount(small_disk, "remount,size=200m")
    ingest.fn(config=cramped.file)
    assert crash_contents(cramped) == crash_contents(roomy)


def _house(folder: Path) -> Settings:
    folder.mkdir()
    (folder / "newsledger.toml").write_text(SETTINGS, encoding="utf-8")
    return load_settings(folder / "newsledger.toml")
