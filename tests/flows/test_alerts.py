"""Alerts against a real receiver on loopback: told once, told when over, told again when the receiver was down."""

import json
import os
import shutil
import socket
import subprocess
from dataclasses import replace
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from aiosmtpd.controller import Controller

from extract.errors import SettingsError
from flows.alerts import Alert, AlertError, channels, find_alerts, send_all, send_changes
from flows.commands.look import show_status
from flows.drift import Drift
from flows.pipeline import build, ingest
from flows.settings import AlertSettings, load_settings
from flows.status import SourceHealth, Status
from load.errors import DiskFull

STALE = Alert("stale:courier", "courier has not answered for hours", "newsledger rejects -s courier")
FULL = Alert("disk", "only 0.1 GB are free on the disk", "newsledger status")
WELL = Status((), (), (), (), (), 0, 0, 0, None, (), 10**12, ())


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.is_failing:
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
    server.received, server.is_failing = [], False
    server.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def webhook(receiver):
    (channel,) = channels(AlertSettings(webhook=receiver.url))
    return channel


def test_each_alert_is_sent_once_until_it_changes(tmp_path, receiver):
    for alerts in ((STALE,), (STALE,), (STALE, FULL), (STALE, replace(FULL, what="only 0.05 GB")), (FULL,), (), ()):
        send_changes(alerts, webhook(receiver), tmp_path)
    told = [([alert["key"] for alert in message["alerts"]], message["over"]) for message in receiver.received]
    assert told == [(["stale:courier"], []), (["disk"], []), ([], [STALE.what]), ([], [FULL.what])]
    assert "newsledger rejects -s courier" in receiver.received[0]["text"]


def test_an_alert_that_was_not_taken_is_sent_again(tmp_path, receiver):
    receiver.is_failing = True
    with pytest.raises(AlertError, match="did not accept"):
        send_changes((STALE,), webhook(receiver), tmp_path)
    receiver.is_failing = False
    assert send_changes((STALE,), webhook(receiver), tmp_path) == (STALE.key,)
    assert len(receiver.received) == 1


def test_what_needs_a_person_is_found():
    failed = {"kind": "ingest", "state": "failed", "detail": "OSError: no"}
    untested = {"kind": "maintain", "state": "failed", "detail": "BuildFailed: 1 test"}
    watched = {"kind": "backfill", "state": "failed", "detail": "OSError: no"}
    ill = SourceHealth("courier", None, None, (), None, 0, 0, is_failing=True)
    status = replace(
        WELL,
        last_by_kind=(failed, untested, watched),
        sources=(ill, replace(ill, name="post", is_failing=False)),
        drifts=(Drift("courier", "date", 0.0, 1.0), Drift("post", "articles a day", 9.0, 0.0)),
        free_bytes=10**6,
    )
    keys = ["stale:courier", "drift:post:articles a day", "run:ingest:failed", "tests", "disk"]
    assert [alert.key for alert in find_alerts(status)] == keys
    assert find_alerts(WELL) == ()


def test_slack_gets_text_alone(tmp_path, receiver):
    (slack,) = channels(AlertSettings(slack=receiver.url))
    send_changes((STALE,), slack, tmp_path)
    assert receiver.received == [{"text": f"Newsledger: {STALE.what} ({STALE.look})"}]


class Postbox:
    """An SMTP server's handler that keeps what it gets."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  # the library's name
        self.letters.append((envelope.rcpt_tos, message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def postbox():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(Postbox(), hostname="127.0.0.1", port=port)
    controller.start()
    yield controller.handler, port
    controller.stop()


def test_mail_is_sent_once(tmp_path, postbox):
    box, port = postbox
    (mail,) = channels(AlertSettings(mail=f"mailto://127.0.0.1:{port}?from=ledger@n.example&to=desk@n.example"))
    for _ in range(2):
        send_changes((STALE,), mail, tmp_path)
    ((to, letter),) = box.letters
    assert to == ["desk@n.example"]
    assert letter["Subject"] == f"Newsledger: {STALE.what}"
    assert STALE.look in text_of(letter)


def text_of(letter):
    parts = [part for part in letter.walk() if part.get_content_maintype() == "text"]
    return "".join(part.get_payload(decode=True).decode() for part in parts)


def test_a_channel_that_fails_does_not_keep_the_others_from_being_told(tmp_path, receiver):
    file = tmp_path / "newsledger.toml"
    nowhere = "mailto://127.0.0.1:9?from=a@n.example&to=b@n.example"
    file.write_text(
        f'[alerts]\nwebhook = "{receiver.url}"\nmail = "{nowhere}"\n[[sources]]\nname = "c"\nfeeds = ["http://c.invalid/r"]\n'
    )
    said = []
    settings = load_settings(file, {})
    settings.data_dir.mkdir()
    send_all(settings, said.append)
    assert [alert["key"] for alert in receiver.received[0]["alerts"]] == ["stale:c"]
    assert "mail" in said[0]


@pytest.mark.usefixtures("no_models")
def test_a_run_tells_what_it_has_found(ran, tmp_path, receiver):
    lines = ran.settings.file.read_text().split("[[sources]]")[0]
    dead = '[[sources]]\nname = "gone"\nfeeds = ["http://127.0.0.1:9/rss.xml"]\n'
    file = tmp_path / "newsledger.toml"
    file.write_text(f'{lines}\n[alerts]\nwebhook = "{receiver.url}"\n{dead}')
    for _ in range(2):
        ingest.fn(config=file)
    assert [[alert["key"] for alert in message["alerts"]] for message in receiver.received] == [["stale:gone"]]


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


def test_a_full_disk_is_told_once_and_when_it_is_over(ran, tmp_path, receiver, monkeypatch):
    monkeypatch.setattr("flows.alerts.LOW_DISK_BYTES", 100_000)
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        shutil.copytree(ran.settings.data_dir, disk / "data", symlinks=True)
        file = disk / "newsledger.toml"
        file.write_text(f'{ran.settings.file.read_text()}\n[alerts]\nwebhook = "{receiver.url}"\n')
        build.fn(config=file)
        assert receiver.received == []
        with (disk / "ballast").open("wb") as ballast:
            os.posix_fallocate(ballast.fileno(), 0, shutil.disk_usage(disk).free - 4096)
        for _ in range(2):
            with pytest.raises((DiskFull, OSError)):
                build.fn(full=True, config=file)
        assert ["disk" in [alert["key"] for alert in m["alerts"]] for m in receiver.received] == [True]
        (disk / "ballast").unlink()
        build.fn(config=file)
        assert any("only 0.0 GB" in what for what in receiver.received[-1]["over"])
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
