"""Files that are damaged, foreign, folders, or held by other programs: one sentence, a hint, and never a traceback."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys

import duckdb
import pytest

from flows import doctor
from flows.cli import exits
from flows.pipeline import ingest, maintain
from flows.settings import load_settings
from load.config import WarehouseConfig
from load.connection import writer
from load.errors import DiskFull, WarehouseDamaged, WarehouseError

SETTINGS = '[fetch]\ncontact = "me@example.org"\n[warehouse]\npath = "w.duckdb"\npublished = "p.duckdb"\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "newsledger.toml").write_text(SETTINGS)
    return tmp_path


def damage(file):
    with duckdb.connect(file) as connection:
        connection.execute("create table articles as select range as n, repeat('x', 50) as t from range(100000)")
    data = bytearray(file.read_bytes())
    data[4096 : 4096 * 12] = os.urandom(4096 * 11)
    file.write_bytes(data)


def write_nonsense(file):
    file.write_bytes(b"this is no database" * 1000)


def make_folder(file):
    file.mkdir()


@pytest.mark.parametrize("spoil", [damage, write_nonsense, make_folder])
def test_a_published_copy_that_cannot_be_read_is_named(folder, newsledger, spoil):
    spoil(folder / "p.duckdb")
    said = newsledger(folder, "query", "from articles")
    assert said.code in (2, 3)
    assert "p.duckdb" in said.err or "DuckDB" in said.err
    assert "Traceback" not in said.err
    assert not doctor.check_published(load_settings(folder / "newsledger.toml")).is_ok


@pytest.mark.parametrize("spoil", [write_nonsense, make_folder])
@pytest.mark.parametrize("command", [["status"], ["backfill", "--dry-run"], ["build"]])
def test_a_warehouse_that_cannot_be_opened_is_named(folder, newsledger, spoil, command):
    spoil(folder / "w.duckdb")
    said = newsledger(folder, *command)
    assert said.code in (2, 3), said.err
    assert "w.duckdb" in said.err
    assert "Traceback" not in said.err


def test_doctor_finds_a_damaged_a_foreign_and_a_newer_warehouse(folder):
    settings = load_settings(folder / "newsledger.toml")
    file = folder / "w.duckdb"
    assert doctor.check_warehouse(settings).is_ok
    assert not file.exists()
    write_nonsense(file)
    assert "not a DuckDB file" in doctor.check_warehouse(settings).seen
    file.unlink()
    with duckdb.connect(file) as connection:
        connection.execute("create table migrations (number integer); insert into migrations values (9999)")
    found = doctor.check_warehouse(settings)
    assert not found.is_ok
    assert "newer Newsledger" in found.seen


def test_a_copy_that_somebody_writes_to_is_said_to_be_so(folder, newsledger):
    code = "import duckdb, time; c = duckdb.connect('p.duckdb'); print('open', flush=True); time.sleep(300)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        said = newsledger(folder, "query", "select 1")
        holder.kill()
    assert said.code == 4
    assert "for writing" in said.err


def test_what_is_published_is_read_only(ran):
    published = ran.settings.warehouse.published
    assert stat.S_IMODE(published.stat().st_mode) == 0o444


def test_what_is_published_explains_itself(ran):
    with duckdb.connect(ran.settings.warehouse.published, read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'main' and comment is null"
        ).fetchall()
        columns = connection.execute(
            "select table_name, column_name from duckdb_columns() where not internal and comment is null"
        ).fetchall()
        first = [row[0] for row in connection.execute("describe claims").fetchall()[:4]]
    assert not tables
    assert not columns
    assert first == ["surface", "thing", "subject", "place"]


def test_no_folder_of_the_parquet_export_is_empty(ran):
    folders = [folder for folder in ran.settings.warehouse.parquet.iterdir() if folder.is_dir()]
    assert folders
    assert all(any(folder.rglob("*.parquet")) for folder in folders)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(28, "No space left on device"), 5),
        (OSError(122, "Disk quota exceeded", "/x"), 5),
        (sqlite3.OperationalError("database or disk is full"), 5),
        (duckdb.IOException("IO Error: Could not write file: No space left on device"), 5),
        (DiskFull("The disk is full."), 5),
        (OSError(30, "Read-only file system", "/x"), 2),
        (OSError(30, "Read-only file system"), 2),
        (PermissionError(13, "Permission denied"), 2),
        (sqlite3.OperationalError("attempt to write a readonly database"), 3),
        (duckdb.IOException("IO Error: Cannot open file: Read-only file system"), 3),
    ],
)
@pytest.mark.parametrize("wrapped", [False, True])
def test_disks_that_take_nothing_have_a_code_and_a_sentence(error, code, wrapped, capsys):
    def app(*, standalone_mode):
        if not wrapped or code != 5:
            raise error
        raise RuntimeError("a library's own error") from error

    with pytest.raises(SystemExit) as left:
        exits.run(app)
    assert left.value.code == code
    assert capsys.readouterr().err.startswith("Error: ")


@pytest.mark.usefixtures("no_models")
def test_a_damaged_warehouse_is_named_and_comes_back_from_the_archive(tmp_path):
    (tmp_path / "pages").mkdir()
    text = "The harbour office said that 40 boats sank yesterday. Divers will look at the moorings this week."
    page = f"<title>Boats sink</title><article><h1>Boats sink</h1>{f'<p>{text}</p>' * 4}</article>"
    (tmp_path / "pages" / "a.html").write_text(page)
    (tmp_path / "newsledger.toml").write_text('[run]\nworkers = 1\n[[sources]]\nname = "a"\nfolders = ["pages"]\n')
    settings = load_settings(tmp_path / "newsledger.toml")
    ingest.fn(config=settings.file)
    path = settings.warehouse.path

    def landed():
        with writer(settings.warehouse, owner="test") as con:
            tables = ("articles", "quantities", "attributions", "dates", "mentions")
            return {name: sorted(map(str, con.execute(f"from {name}").fetchall())) for name in tables}

    whole, data = landed(), path.read_bytes()
    assert whole["quantities"]
    path.write_bytes(data[:12288] + os.urandom(len(data) - 12288))
    with pytest.raises(WarehouseDamaged, match="damaged") as error:
        ingest.fn(config=settings.file)
    assert error.value.exit_code == 3
    assert "newsledger maintain" in (error.value.hint or "")
    path.unlink()
    maintain.fn(config=settings.file)
    assert landed() == whole


def test_damage_anywhere_in_a_warehouse_has_a_sentence(tmp_path):
    config = WarehouseConfig(path=tmp_path / "w.duckdb", published=tmp_path / "p.duckdb")
    with writer(config, owner="test") as con:
        con.execute("create table many as select range as n, repeat(range::varchar, 9) as t from range(30000)")
    whole = config.path.read_bytes()
    draw = random.Random(5)
    found = []
    for _ in range(20):
        at, length = draw.randrange(len(whole)), draw.choice((1, 100, 4000))
        cut = whole[:at] if length == 1 else whole[:at] + draw.randbytes(length) + whole[at + length :]
        config.path.write_bytes(cut)
        try:
            with writer(config, owner="test") as con:
                con.execute("select sum(hash(m)) from many as m").fetchone()
        except WarehouseError as error:
            found.append((error.exit_code, bool(error.hint)))
    assert len(found) > 5
    assert set(found) == {(3, True)}
