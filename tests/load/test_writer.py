"""One writer: waiting, giving up, dying; migrations; runs of dead processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from warehouse_helpers import NOW, load_all

from benchmarks.synthetic import pages, read
from load import migrate as migrations
from load.arrow import to_arrow
from load.config import WarehouseConfig
from load.connection import looking, writer
from load.errors import BuildFailed, DiskFull, FailedNode, WarehouseBusy, WarehouseError, WarehouseVersion
from load.ledger import close_dead_runs, dead_runs, finish_run, start_run
from load.lock import writer_lock
from load.schema import tables

HOLD = """
import sys, time
from pathlib import Path
from load.config import WarehouseConfig
from load.connection import writer
folder = Path(sys.argv[1])
config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "public" / "newsledger.duckdb")
with writer(config, owner="holder") as con:
    con.execute("create table if not exists held (n integer)")
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def hold(config: WarehouseConfig, seconds: float) -> subprocess.Popen[str]:
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(config.path.parent), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "held\n"
    return child


def test_waits_and_says_for_whom(config: WarehouseConfig) -> None:
    child = hold(config, 3)
    said: list[str] = []
    with writer(config, owner="test", on_wait=said.append):
        pass
    child.wait()
    assert len(said) == 1
    assert "holder" in said[0]
    assert str(child.pid) in said[0]


def test_says_nothing_of_a_wait_that_nobody_notices(config: WarehouseConfig) -> None:
    child = hold(config, 0.2)
    said: list[str] = []
    with writer(config, owner="test", on_wait=said.append):
        pass
    child.wait()
    assert said == []


def test_gives_up_with_a_clear_sentence(config: WarehouseConfig) -> None:
    child = hold(config, 60)
    impatient = config.model_copy(update={"lock_wait_s": 0.2})
    try:
        with pytest.raises(WarehouseBusy, match=f"holder .process {child.pid}"), writer(impatient, owner="test"):
            pass
    finally:
        child.kill()
        child.wait()


def test_the_lock_dies_with_its_process(config: WarehouseConfig) -> None:
    child = hold(config, 60)
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    with writer(config.model_copy(update={"lock_wait_s": 0}), owner="test") as con:
        assert con.execute("from held").fetchall() == []


def test_a_forked_child_does_not_keep_the_lock(config: WarehouseConfig) -> None:
    with writer(config, owner="test"):
        pid = os.fork()
        if pid == 0:
            time.sleep(5)
            os._exit(0)
    with writer(config.model_copy(update={"lock_wait_s": 0}), owner="next"):
        pass
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def test_nobody_opens_the_file_to_look_while_a_build_has_closed_it_for_a_moment(config: WarehouseConfig) -> None:
    with writer(config, owner="first"):
        pass
    with writer_lock(config, owner="build"), looking(config) as view:
        # The build goes on with a connection of dbt's, which would find the file taken.
        assert view.busy is not None
        assert view.busy.startswith("build")
        with duckdb.connect(str(config.path)) as con:
            assert con.execute("select count(*) from fetches").fetchone() == (0,)
    with looking(config) as view:
        assert view.busy is None


def test_a_writer_waits_for_who_looks(config: WarehouseConfig) -> None:
    with writer(config, owner="first"):
        pass
    began: list[float] = []

    def write() -> None:
        with writer(config, owner="second"):
            began.append(time.monotonic())

    with looking(config) as view:
        other = threading.Thread(target=write)
        other.start()
        other.join(0.5)
        assert not began
        assert view.connection.execute("select count(*) from fetches").fetchone() == (0,)
    other.join(30)
    assert began


def test_threads_of_one_process_take_turns(config: WarehouseConfig) -> None:
    inside: list[int] = []

    def work() -> None:
        with writer(config, owner="thread") as con:
            inside.append(1)
            assert len(inside) == 1
            con.execute("create table if not exists t (n integer)")
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_processes_lose_and_double_nothing(config: WarehouseConfig, now: datetime) -> None:
    code = """
import sys
from pathlib import Path
sys.path[:0] = sys.argv[2:4]
from warehouse_helpers import NOW, load_all
from benchmarks.synthetic import pages, read
from load.config import WarehouseConfig
folder = Path(sys.argv[1])
config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "p.duckdb")
first = int(sys.argv[4])
todo = [read(page, quantities=2) for page in pages(40, days=4)][first : first + 25]
for i in range(0, len(todo), 5):
    load_all(config, todo[i : i + 5], 5)
"""
    # Named one by one: a child that is started after Prefect was set up does not look into its working folder.
    here = Path(__file__).parent
    command = [sys.executable, "-c", code, str(config.path.parent), str(here), str(here.parents[1])]
    children = [subprocess.Popen([*command, first]) for first in ("0", "15")]
    assert [child.wait() for child in children] == [0, 0]
    expected = [read(page, quantities=2) for page in pages(40, days=4)]
    with writer(config, owner="test") as con:
        ids = [row[0] for row in con.execute("select quantity_id from quantities").fetchall()]
        assert sorted(ids) == sorted(q.quantity_id for e in expected for q in e.rows.quantities)
    assert load_all(config, expected).is_quiet


def test_a_foreign_or_newer_file_is_refused(config: WarehouseConfig) -> None:
    config.path.parent.mkdir(exist_ok=True)
    config.path.write_bytes(b"not a database at all" * 1000)
    with pytest.raises(WarehouseError, match="not a DuckDB file"), writer(config, owner="test"):
        pass
    config.path.unlink()
    with duckdb.connect(str(config.path)) as con:
        con.execute("create table mine (n integer)")
    with pytest.raises(WarehouseVersion, match="not a Newsledger warehouse"), writer(config, owner="test"):
        pass
    config.path.unlink()
    with writer(config, owner="test") as con:
        con.execute("insert into migrations (number, name) values (999, 'from the future')")
    with pytest.raises(WarehouseVersion, match="newer Newsledger"), writer(config, owner="test"):
        pass


@pytest.mark.parametrize("released", [step.number for step in migrations.available()])
def test_a_warehouse_of_every_release_is_upgraded_with_its_data(
    config: WarehouseConfig, monkeypatch: pytest.MonkeyPatch, released: int
) -> None:
    """Written by the schema of that release, then opened by this program, and by the next one."""
    steps = migrations.available()
    monkeypatch.setattr(migrations, "available", lambda: steps[:released])
    filled = read(next(pages(1)), quantities=1)
    article_columns = tables()["articles"].names
    with writer(config, owner="old") as con:
        assert migrations.applied(con) == released
        con.register("rows", to_arrow(tables()["articles"], [filled.article], fetch_id=["f"], fetched_at=[NOW]))
        names = [row[0] for row in con.execute("describe articles").fetchall()]
        columns = ", ".join(name for name in article_columns if name in names)
        con.execute(f"insert into articles by name select {columns} from rows")
    added = migrations.Migration(steps[-1].number + 1, "next", "alter table articles add column mood varchar")
    monkeypatch.setattr(migrations, "available", lambda: (*steps, added))
    with writer(config, owner="new") as con:
        assert con.execute("select version_id, text, mood from articles").fetchall() == [
            (filled.article.version_id, filled.article.text, None)
        ]
        assert migrations.applied(con) == added.number
        con.execute("alter table articles drop column mood")
        there = {row[0] for row in con.execute("select table_name || column_name from duckdb_columns()").fetchall()}
    assert {table.name + name for table in tables().values() for name in table.names} <= there


def test_a_migration_that_fails_leaves_nothing(config: WarehouseConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = migrations.available()
    with writer(config, owner="test"):
        pass
    bad = migrations.Migration(steps[-1].number + 1, "bad", "create table half (n integer); select nonsense")
    monkeypatch.setattr(migrations, "available", lambda: (*steps, bad))
    with pytest.raises(duckdb.Error), writer(config, owner="test"):
        pass
    monkeypatch.undo()
    with writer(config, owner="test") as con:
        assert migrations.applied(con) == steps[-1].number
        assert con.execute("select count(*) from duckdb_tables() where table_name = 'half'").fetchone() == (0,)


def test_what_does_not_fit_into_memory_goes_to_disk(config: WarehouseConfig) -> None:
    small = config.model_copy(update={"memory_limit": "64MB"})
    with writer(small, owner="test") as con:
        con.execute("create temp table many as select i, md5(i::varchar) as word from range(3_000_000) as t(i)")
        found = con.execute("select count(*), max(i) from (from many order by word limit 2_500_000)").fetchone()
    assert found == (2_500_000, 2_999_999)
    assert [path.name for path in config.path.parent.iterdir() if path.is_dir()] == []


def test_too_little_memory_is_told_in_plain_words(config: WarehouseConfig) -> None:
    small = config.model_copy(update={"memory_limit": "8MB"})
    with pytest.raises(WarehouseError, match="8MB") as told, writer(small, owner="test") as con:
        con.execute("select list(i order by hash(i)) from range(3_000_000) as t(i)").fetchone()
    assert "memory_limit" in (told.value.hint or "")
    node = FailedNode("claims", "claims", "Runtime Error in model claims: Out of Memory Error: could not allocate")
    assert "memory_limit" in (BuildFailed((node,)).hint or "")


def test_row_groups_stay_small(config: WarehouseConfig) -> None:
    load_all(config, (read(page, quantities=60) for page in pages(320)), 40)
    with writer(config, owner="test") as con:
        row = con.execute(
            "select max(n) from (select sum(count) as n from pragma_storage_info('quantities')"
            " where column_name = 'quantity_id' and segment_type <> 'VALIDITY' group by row_group_id)"
        ).fetchone()
    assert row
    assert 4_000 < row[0] <= 8_192


def test_runs_of_dead_processes_are_closed(config: WarehouseConfig, now: datetime) -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    with writer(config, owner="test") as con:
        dead, alive, done = (start_run(con, kind="ingest", now=now) for _ in range(3))
        con.execute("update runs set pid = ? where run_id = ?", [child.pid, dead])
        finish_run(con, done, "finished", now=now)
        assert dead_runs(con) == (dead,)
        assert close_dead_runs(con, now=now) == (dead,)
        assert dead_runs(con) == ()
        assert dict(con.execute("select run_id, state from runs").fetchall()) == {
            dead: "crashed",
            alive: "running",
            done: "finished",
        }


def test_a_full_disk_is_told_in_plain_words(config: WarehouseConfig) -> None:
    with pytest.raises(DiskFull, match="full"), writer(config, owner="test"):
        raise OSError(28, "No space left on device")
