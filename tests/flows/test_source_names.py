"""A source keeps its pages and history when it is renamed; the settings file is changed and nothing else in it."""

from __future__ import annotations

import json
import shutil

import pytest

from extract.errors import InputError
from flows import stages
from flows.commands import source_files
from flows.runs import open_run
from flows.settings import load_settings
from flows.stages import RunContext
from load.connection import looking, writer
from load.plan import Selection

FILE = """\
# Ours.
data_dir = "data"

[run]
batch_pages = 50  # few

[[sources]]
name = "one"  # the first
feeds = [
    "https://one.example/rss",
]

# The second is in another language.
[[sources]]
feeds = ["https://two.example/rss"]
name = 'two'
paused = true
"""


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "newsledger.toml"
    file.write_text(FILE, encoding="utf-8")
    return file


def names(file):
    return [source.name for source in load_settings(file, {}).sources]


def test_a_source_is_renamed_in_its_place_and_keeps_its_old_name(file):
    source_files.rename(file, "two", "zwei")
    source_files.rename(file, "zwei", "deux")
    settings = load_settings(file, {})
    assert names(file) == ["one", "deux"]
    assert settings.sources[1].was == ("two", "zwei")
    assert settings.renames() == {"two": "deux", "zwei": "deux"}
    assert settings.sources[1].paused
    assert file.read_text().startswith(FILE.split("[[sources]]\nfeeds")[0])


@pytest.mark.parametrize(("name", "left"), [("one", "two"), ("two", "one")])
def test_a_source_is_removed_and_the_comments_of_others_stay(file, name, left):
    source_files.remove(file, name)
    assert names(file) == [left]
    text = file.read_text()
    assert "# Ours." in text
    assert ("# The second" in text) or left == "one"
    assert ("# the first" in text) == (left == "one")


def test_a_name_that_is_not_there_is_refused(file):
    with pytest.raises(InputError, match="'three'"):
        source_files.remove(file, "three")
    assert file.read_text() == FILE


@pytest.mark.parametrize(
    "text",
    [
        "",
        FILE,
        "[fetch]\nmax_redirects = 3\n",
        '[fetch]\ncontact = ""\n',
        'data_dir = "d"\n',
        'data_dir = "d"\n[[sources]]\nname = "a"\nfeeds = ["https://a.example/"]\n',
    ],
)
def test_the_contact_is_written_into_any_file(tmp_path, text):
    file = tmp_path / "newsledger.toml"
    file.write_text(text)
    before = load_settings(file, {})
    source_files.set_contact(file, "me@example.org")
    after = load_settings(file, {})
    assert after.fetch.contact == "me@example.org"
    assert after.sources == before.sources
    assert after.data_dir == before.data_dir


def copy_of(ran, tmp_path):
    return shutil.copytree(ran.settings.data_dir.parent, tmp_path / "copy", symlinks=True) / "newsledger.toml"


def counts(settings, name):
    sql = "select (select count(*) from fetches where source = $n), (select count(*) from articles where source = $n)"
    with looking(settings.warehouse) as view:
        return view.connection.execute(sql, {"n": name}).fetchone()


def test_a_renamed_source_is_not_fetched_again_and_not_forgotten(ran, newsledger, tmp_path):
    file = copy_of(ran, tmp_path)
    before = counts(load_settings(file), "harbour-courier")
    said = newsledger(file.parent, "sources", "rename", "harbour-courier", "courier")
    assert said.code == 0, said.err
    assert counts(load_settings(file), "courier") == before
    assert counts(load_settings(file), "harbour-courier") == (0, 0)
    planned = json.loads(newsledger(file.parent, "backfill", "--dry-run", "-s", "courier", "--json").out)
    assert planned["plan"]["to_fetch"] == 0
    assert planned["plan"]["days"]
    status = json.loads(newsledger(file.parent, "status", "--json").out)
    assert {s["name"]: s["articles"] for s in status["sources"]}["courier"] == 4


def test_a_source_that_was_renamed_by_hand_is_known_by_its_feeds(ran, tmp_path):
    file = copy_of(ran, tmp_path)
    before = counts(load_settings(file), "the-beacon")
    file.write_text(file.read_text().replace('name = "the-beacon"', 'name = "beacon"'))
    settings = load_settings(file)
    with open_run(settings, "build", Selection()):
        pass
    assert counts(settings, "beacon") == before
    assert counts(settings, "the-beacon") == (0, 0)


def test_a_warehouse_from_the_archive_has_the_new_names(ran, tmp_path):
    file = copy_of(ran, tmp_path)
    source_files.rename(file, "the-beacon", "beacon")
    settings = load_settings(file)
    settings.warehouse.path.unlink()
    stages.recover(RunContext(settings, "rebuild", print))
    assert counts(settings, "the-beacon")[0] == 0
    assert counts(settings, "beacon")[0] == counts(ran.settings, "the-beacon")[0]


def test_pages_of_a_source_that_left_the_settings_stop_nothing(ran, newsledger, tmp_path):
    file = copy_of(ran, tmp_path)
    with writer(load_settings(file).warehouse, owner="test") as connection:
        rejected = connection.execute("select source from rejects where resolved_at is null limit 1").fetchone()[0]
    source_files.remove(file, rejected)
    said = newsledger(file.parent, "rejects", "--retry", "--reason", "robots_denied")
    assert said.code == 0, said.err


def test_a_feed_that_is_followed_already_is_not_added_again(ran, newsledger, tmp_path):
    file = copy_of(ran, tmp_path)
    home = ran.homes["harbour-courier"]
    said = newsledger(file.parent, "sources", "add", home, "--name", "again", "--allow-private")
    assert said.code == 2
    assert "harbour-courier follows" in said.err


def test_sources_are_tested_and_doubled_feeds_told(ran, newsledger, tmp_path):
    file = copy_of(ran, tmp_path)
    said = newsledger(file.parent, "sources", "test", "the-beacon", "--json")
    assert said.code == 0, said.err
    assert all(answer["items"] and not answer["problem"] for answer in json.loads(said.out))
    feed = load_settings(file).sources[0].feeds[0]
    double = f'\n[[sources]]\nname = "double"\nfeeds = ["{feed}", "http://127.0.0.1:9/x"]\nallow_private = true\n'
    file.write_text(file.read_text() + double)
    said = newsledger(file.parent, "sources", "test")
    assert said.code == 1
    assert f"! {feed} is listed 2 times" in said.err
    assert "http://127.0.0.1:9/x" in said.out
