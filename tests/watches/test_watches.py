"""Watches on the sample newsroom and a real receiver: each event once, through restarts, kills and rebuilds."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import feedparser
import pytest

from benchmarks.synthetic import OUTLETS, Page, read
from benchmarks.watches import nameless, publish_pages
from flows.settings import Settings, load_settings
from flows.watching import feeds_folder, watch_all
from load.config import WarehouseConfig
from load.extraction import Extraction
from watches.ledger import open_ledger

ROOT = Path(__file__).parents[2]
NOW = datetime(2025, 2, 1, tzinfo=UTC)
KILLS = int(os.environ.get("TEST_KILLS", "12"))


class Receiver(BaseHTTPRequestHandler):
    """Takes messages as a chat or a program of the user's does, and counts how often each came."""

    server: Any

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.server.is_down:
            self.send_error(503)
            return
        assert self.headers["Idempotency-Key"] == message["id"]
        self.server.received.append(message)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Any]:
    server: Any = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.received, server.is_down = [], False
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


WATCHES = """
[[watches]]
name = "all-new"
of = "entity"
what = "Kovac"
when = "new"

[[watches]]
name = "changed"
of = "source"
what = "outlet-c"
when = "revised"

[[watches]]
name = "nobody"
of = "source"
what = "outlet-a"
when = "anonymous"

[[watches]]
name = "named-most"
of = "query"
what = "top_measures"
"""


@pytest.fixture
def settings(tmp_path: Path, receiver: Any) -> Settings:
    file = tmp_path / "newsledger.toml"
    sources = "".join(f'[[sources]]\nname = "{o}"\nfeeds = ["http://127.0.0.1:9/{o}"]\n' for o in OUTLETS[:3])
    alerts = f'[alerts]\nwebhook = "http://127.0.0.1:{receiver.server_port}/"\n'
    file.write_text(alerts + sources + WATCHES)
    (tmp_path / "data").mkdir()
    return load_settings(file)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Publish a warehouse three times: as it was, with what came later, and rebuilt; keep each of the files."""
    folder = tmp_path_factory.mktemp("published")
    config = WarehouseConfig(path=folder / "warehouse.duckdb", published=folder / "newsledger.duckdb")
    kept = {}
    for hour, (name, pages) in enumerate({"before": first_pages(), "after": later_pages(), "rebuilt": []}.items()):
        publish_pages(config, pages, NOW.replace(hour=hour), full=name == "rebuilt")
        kept[name] = shutil.copyfile(config.published, folder / f"{name}.kept")
    return kept


def show(settings: Settings, file: Path) -> None:
    """Publish one of the files, as a whole, where the watches look."""
    shutil.copyfile(file, settings.warehouse.published.with_suffix(".new"))
    settings.warehouse.published.with_suffix(".new").replace(settings.warehouse.published)


def first_pages() -> list[Extraction]:
    return [read(Page(number, OUTLETS[number % 3], number % 4), quantities=4) for number in range(6)]


def later_pages() -> list[Extraction]:
    """Make what comes later: new articles, a changed one, and one whose speaker wants no name."""
    changed = read(Page(2, OUTLETS[2], 2, revision=1), quantities=4)
    unnamed = nameless(read(Page(30, OUTLETS[0], 4), quantities=3))
    return [changed, unnamed, *(read(Page(number, OUTLETS[number % 3], 5), quantities=4) for number in range(20, 26))]


def look(settings: Settings) -> list[str]:
    problems: list[str] = []
    watch_all(settings, problems.append)
    return problems


def test_each_event_is_told_once_through_restart_and_rebuild(
    settings: Settings, receiver: Any, published: dict[str, Path]
):
    show(settings, published["before"])
    assert look(settings) == []
    assert receiver.received == [], "what was there at the first look is not told"
    show(settings, published["after"])
    look(settings)
    told = list(receiver.received)
    by_watch = Counter(message["watch"] for message in told)
    assert set(by_watch) == {"all-new", "changed", "nobody", "named-most"}
    assert len({message["id"] for message in told}) == len(told)
    look(settings)
    show(settings, published["rebuilt"])
    look(settings)
    assert receiver.received == told, "neither a restart nor a rebuild tells anything again"


def test_an_event_brings_values_quotes_speakers_and_ways_to_the_evidence(
    settings: Settings, receiver: Any, published: dict[str, Path]
):
    show(settings, published["before"])
    look(settings)
    show(settings, published["after"])
    look(settings)
    changed = next(message for message in receiver.received if message["watch"] == "changed")
    event = changed["event"]
    assert event["before"] != event["after"]
    old, new = event["claims"][:2]
    assert old["quote"] != new["quote"]
    assert old["article_id"] == new["article_id"]
    for claim in event["claims"]:
        assert claim["quote"] in changed["text"]
        assert f"newsledger evidence {claim['claim_id'][:12]}" in changed["text"]
        assert {"said_by", "outlet", "url", "news_date"} <= claim.keys()
    nameless = next(message for message in receiver.received if message["watch"] == "nobody")
    assert nameless["event"]["claims"][0]["is_anonymous"]


def test_a_receiver_that_is_down_gets_everything_later(settings: Settings, receiver: Any, published: dict[str, Path]):
    show(settings, published["before"])
    look(settings)
    receiver.is_down = True
    show(settings, published["after"])
    assert any("webhook" in problem for problem in look(settings))
    show(settings, published["rebuilt"])
    receiver.is_down = False
    look(settings)
    with open_ledger(settings.watches_file) as ledger:
        entered = [told.id for watch in settings.watches for told in ledger.events(watch.name, -1)]
        assert ledger.unsent("webhook") == []
    assert Counter(message["id"] for message in receiver.received) == Counter(entered)


@pytest.mark.long
def test_kills_anywhere_lose_nothing_and_double_nothing(settings: Settings, receiver: Any, published: dict[str, Path]):
    """Kill the look again and again, at any moment; then let one end, and compare with what was entered."""
    show(settings, published["before"])
    look(settings)
    show(settings, published["after"])
    draw = random.Random(3)
    command = [sys.executable, "-m", "flows", "watch", "run", "-c", str(settings.file)]
    began = time.monotonic()
    subprocess.run([*command, "--help"], cwd=ROOT, check=True, capture_output=True)
    takes = time.monotonic() - began
    for _ in range(KILLS):
        running = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        time.sleep(draw.uniform(0.2, 2.5) * takes)
        running.send_signal(signal.SIGKILL)
        running.wait()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with open_ledger(settings.watches_file) as ledger:
        entered = {told.id for watch in settings.watches for told in ledger.events(watch.name, -1)}
        assert ledger.unsent("webhook") == []
    received = Counter(message["id"] for message in receiver.received)
    assert len(entered) > 10
    assert set(received) == entered


def test_a_process_that_dies_between_taking_and_noting_sends_under_the_same_id(
    settings: Settings, receiver: Any, published: dict[str, Path], monkeypatch: pytest.MonkeyPatch
):
    from watches.ledger import Ledger

    class Died(BaseException):
        pass

    def die(*_: Any) -> None:
        raise Died

    show(settings, published["before"])
    look(settings)
    show(settings, published["after"])
    with monkeypatch.context() as patch:
        patch.setattr(Ledger, "sent", die)
        with pytest.raises(Died):
            look(settings)
    look(settings)
    first, *others = (message["id"] for message in receiver.received)
    assert others.count(first) == 1, "the receiver knows the one message that came twice by its id"
    assert len(set(others)) == len(others)


def test_what_moves_is_compared_with_what_was_told_last(tmp_path: Path):
    from watches.events import Event
    from watches.watch import Watch

    watch = Watch(name="deaths", what="deaths", when="moved", by_percent=10)
    claim = {"claim_id": "c", "article_id": "a", "quote": "q"}

    def at(value: float) -> Event:
        return Event("", "deaths, Port Ansel", None, f"{value:g}", (claim,), "deaths", value)

    with open_ledger(tmp_path / "watches.sqlite") as ledger:
        found = [
            [(told.told["before"], told.told["after"]) for told in ledger.look(watch, [at(value)], ["mail"], NOW)]
            for value in (100, 105, 109, 111, 111, 100, 95)
        ]
        assert found == [[], [], [], [("100", "111")], [], [], [("111", "95")]], "small steps add up"
        assert len(ledger.unsent("mail")) == 2


def test_a_watch_whose_meaning_was_changed_begins_anew(tmp_path: Path):
    from watches.events import Event
    from watches.watch import Watch

    event = Event("k", "title", None, "1", ())
    with open_ledger(tmp_path / "watches.sqlite") as ledger:
        assert ledger.look(Watch(name="a", what="ferry"), [], [], NOW) == []
        assert len(ledger.look(Watch(name="a", what="ferry"), [event], [], NOW)) == 1
        assert ledger.look(Watch(name="a", what="bridge"), [replace(event, key="l")], [], NOW) == []


def test_feeds_are_what_feed_readers_read(settings: Settings, receiver: Any, published: dict[str, Path]):
    show(settings, published["before"])
    look(settings)
    show(settings, published["after"])
    look(settings)
    folder = feeds_folder(settings)
    names = {watch.name for watch in settings.watches} | {"all-revisions", "all-disagreements"}
    assert {path.stem for path in folder.iterdir()} == names
    for name in names:
        atom = feedparser.parse((folder / f"{name}.atom").read_bytes())
        made = json.loads((folder / f"{name}.json").read_text())
        assert not atom.bozo
        assert atom.version == "atom10"
        assert made["version"] == "https://jsonfeed.org/version/1.1"
        assert [entry.id for entry in atom.entries] == [item["id"] for item in made["items"]]
        assert all(entry.title and entry.updated_parsed for entry in atom.entries)
        assert all(item["content_text"] and item["date_published"] for item in made["items"])
    assert feedparser.parse((folder / "all-revisions.atom").read_bytes()).entries
    assert feedparser.parse((folder / "changed.atom").read_bytes()).entries


def test_watches_are_added_listed_tested_and_removed(
    settings: Settings, receiver: Any, published: dict[str, Path], newsledger: Any
):
    def command(*arguments: str) -> Any:
        return newsledger(settings.base, "watch", *arguments, "-c", str(settings.file))

    show(settings, published["before"])
    before = settings.file.read_text() if settings.file else ""
    added = command("add", "troops, Port Ansel", "--when", "moved", "--by", "10%")
    assert added.code == 0, added.err
    listed = json.loads(command("list", "--json").out)
    assert [row["name"] for row in listed][-1] == "troops-port-ansel-moved"
    tested = command("test", "all-new")
    assert tested.code == 0
    assert [message["id"] for message in receiver.received] == ["test"]
    removed = command("remove", "troops-port-ansel-moved")
    assert removed.code == 0
    assert settings.file
    assert settings.file.read_text() == before
    for wrong, word in (
        (("add", "x", "--when", "moved", "--of", "entity"), "measure"),
        (("add", "nothing-so-called", "--of", "source"), "outlet-a"),
        (("add", "nothing_so_called", "--of", "query"), "nothing_so_called"),
        (("add", "x", "--when", "moved", "--by", "much"), "--by"),
        (("remove", "nothing"), "all-new"),
    ):
        refused = command(*wrong)
        assert refused.code == 2, wrong
        assert word in refused.err
        assert "Traceback" not in refused.err
    assert settings.file.read_text() == before
