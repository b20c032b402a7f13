"""Alerts against a real receiver on loopback: told once, told when over, told again when the receiver was down."""

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from extract.errors import SettingsError
from flows.alerts import Alert, AlertError, find_alerts, send_changes
from flows.commands.look import show_status
from flows.settings import load_settings
from flows.status import SourceHealth, Status

STALE = Alert("stale:courier", "courier has not answered for hours", "newsledger rejects -s courier")
FULL = Alert("disk", "only 0.1 GB are free on the disk", "newsledger status")
WELL = Status((), (), (), (), (), 0, 0, 0, None, (), 10**12, ())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.is_ill:
            self.send_error(503)
            return
        self.server.received.append(json.loads(body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.received, server.is_ill = [], False
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_each_alert_is_sent_once_until_it_changes(tmp_path, receiver):
    for alerts in ((STALE,), (STALE,), (STALE, FULL), (STALE, replace(FULL, what="only 0.05 GB")), (FULL,), (), ()):
        send_changes(alerts, receiver.url, tmp_path)
    told = [([alert["key"] for alert in message["alerts"]], message["over"]) for message in receiver.received]
    assert told == [(["stale:courier"], []), (["disk"], []), ([], [STALE.what]), ([], [FULL.what])]
    assert "newsledger rejects -s courier" in receiver.received[0]["text"]


def test_an_alert_that_was_not_taken_is_sent_again(tmp_path, receiver):
    receiver.is_ill = True
    with pytest.raises(AlertError, match="did not take"):
        send_changes((STALE,), receiver.url, tmp_path)
    receiver.is_ill = False
    assert send_changes((STALE,), receiver.url, tmp_path) == (STALE.key,)
    assert len(receiver.received) == 1


def test_what_needs_a_person_is_found():
    run = {"kind": "ingest", "state": "failed", "detail": "BuildFailed"}
    ill = SourceHealth("courier", None, None, (), None, 0, 0, is_ill=True)
    status = replace(WELL, runs=(run,), sources=(ill, replace(ill, name="post", is_ill=False)), free_bytes=10**6)
    assert [alert.key for alert in find_alerts(status)] == ["stale:courier", "run:ingest:failed", "disk"]
    assert find_alerts(WELL) == ()


def test_status_tells_the_webhook(tmp_path, receiver, capsys):
    file = tmp_path / "newsledger.toml"
    file.write_text(
        f'[alerts]\nwebhook = "{receiver.url}"\n[[sources]]\nname = "courier"\nfeeds = ["http://c.invalid/rss"]\n'
    )
    settings = load_settings(file, {})
    settings.data_dir.mkdir()
    assert show_status(settings, gaps=False, as_json=True, alert=True) == 1
    assert show_status(settings, gaps=False, as_json=True, alert=True) == 1
    assert [alert["key"] for message in receiver.received for alert in message["alerts"]] == ["stale:courier"]


def test_a_missing_webhook_is_named(tmp_path):
    file = tmp_path / "newsledger.toml"
    file.write_text("")
    with pytest.raises(SettingsError, match="No webhook"):
        show_status(load_settings(file, {}), gaps=False, as_json=True, alert=True)
