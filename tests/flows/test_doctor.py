"""``newsledger doctor``: each check finds the illness that it is for."""

import json
import os
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import version
from threading import Thread

import pytest

from flows import doctor
from flows.commands.doctor import show_findings
from flows.settings import load_settings


class LateClock(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.send_response_only(200)
        self.send_header("Date", self.date_time_string(time.time() - 3600))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def late_server():
    server = ThreadingHTTPServer(("127.0.0.1", 0), LateClock)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def settings_with(folder, *feeds):
    file = folder / "newsledger.toml"
    sources = [f'[[sources]]\nname = "s{i}"\nfeeds = ["{feed}"]\n' for i, feed in enumerate(feeds)]
    file.write_text("\n".join(sources))
    return load_settings(file, {})


def test_packages_are_compared_with_the_lock(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"requests=={version('requests')} \\\n    --hash=sha256:00\nnot-installed-anywhere==1.0\n")
    assert doctor.check_packages(lock).is_ok
    lock.write_text("requests==0.1 \\\n    --hash=sha256:00\n")
    found = doctor.check_packages(lock)
    assert not found.is_ok
    assert "requests" in found.seen
    assert "0.1" in found.seen


def test_settings_without_sources_need_one(tmp_path):
    assert not doctor.check_settings(settings_with(tmp_path)).is_ok
    assert doctor.check_settings(settings_with(tmp_path, "http://localhost/rss")).is_ok


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    settings = settings_with(tmp_path)
    tmp_path.chmod(0o555)
    found = doctor.check_rights(settings)
    tmp_path.chmod(0o755)
    assert not found.is_ok


def test_a_data_folder_that_is_a_file_is_named(tmp_path):
    (tmp_path / "data").write_text("not a folder")
    found = doctor.check_rights(settings_with(tmp_path))
    assert not found.is_ok
    assert str(tmp_path / "data") in found.seen


def test_hosts_without_an_address_are_named(tmp_path):
    found = doctor.check_names(settings_with(tmp_path, "http://nowhere.invalid/rss", "http://127.0.0.1/rss"))
    assert not found.is_ok
    assert "nowhere.invalid" in found.seen
    assert "127.0.0.1" not in found.seen


def test_a_clock_that_is_an_hour_off_is_found(tmp_path, late_server):
    found = doctor.check_clock(settings_with(tmp_path, f"{late_server}/rss"))
    assert not found.is_ok
    assert "+3,60" in found.seen


def test_a_published_file_that_is_no_database_is_found(tmp_path):
    settings = settings_with(tmp_path)
    assert doctor.check_published(settings).is_ok
    settings.warehouse.published.parent.mkdir(parents=True)
    settings.warehouse.published.write_bytes(b"x" * 5000)
    found = doctor.check_published(settings)
    assert not found.is_ok
    assert found.do


def test_a_broken_settings_file_is_a_finding_and_no_crash(tmp_path, capsys):
    file = tmp_path / "newsledger.toml"
    file.write_text("[run]\nbatch_page = 1\n")
    assert show_findings(file, as_json=True) == 1
    found = {finding["check"]: finding for finding in json.loads(capsys.readouterr().out)}
    assert "batch_page" in found["settings"]["seen"]


def test_all_findings_are_shown(tmp_path, capsys, late_server):
    settings_with(tmp_path, f"{late_server}/rss")
    assert show_findings(tmp_path / "newsledger.toml", as_json=False) == 1
    shown = capsys.readouterr().out
    for check in ("packages", "settings", "write access", "disk", "names (DNS)", "clock", "Prefect", "published copy"):
        assert check in shown


def test_an_archive_that_nothing_opens_and_workers_without_a_server_are_named(tmp_path, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    file = tmp_path / "newsledger.toml"
    file.write_text('[run]\nengine = "prefect"\n[archive]\nurl = "nosuch://bucket/archive"\n')
    settings = load_settings(file, {})
    assert not doctor.check_server(settings).is_ok
    found = doctor.check_archive(settings)
    assert not found.is_ok
    assert "nosuch" in found.seen
    assert doctor.check_archive(settings_with(tmp_path)).is_ok
