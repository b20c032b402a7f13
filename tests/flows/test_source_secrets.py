"""Passwords and tokens of a source are used for fetching, and found in no file, no output and no row."""

from __future__ import annotations

import json
import threading
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extract.errors import SettingsError
from extract.fetch.route import Proxy
from flows.pipeline import ingest
from flows.settings import load_settings
from load.connection import reader

PAGE = "<title>Boats sink</title><article><h1>Boats sink</h1>" + "<p>The office said that 40 boats sank today.</p>" * 8
FEED = "<rss version='2.0'><channel><item><link>http://{host}/story</link><title>Boats</title></item></channel></rss>"
SECRETS = ("hunter2", "t0ken", "c00kie", b64encode(b"desk:hunter2").decode())


@pytest.fixture
def paper() -> Iterator[str]:
    """Serve a feed and a page to those alone who bring password, token and cookie; yield the host."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            brought = (self.headers["Authorization"], self.headers["X-Key"], self.headers["Cookie"])
            wanted = (f"Basic {SECRETS[3]}", "t0ken", "session=c00kie")
            text = FEED.format(host=self.headers["Host"]) if self.path == "/feed" else PAGE
            status = 404 if self.path == "/robots.txt" else 200 if brought == wanted else 401
            self.send_response(status)
            self.send_header("Content-Type", "text/html" if self.path == "/story" else "application/rss+xml")
            self.end_headers()
            self.wfile.write(text.encode() if status == 200 else b"")

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def write(folder: Path, host: str) -> Path:
    (folder / "cookies.txt").write_text("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tc00kie\n")
    file = folder / "newsledger.toml"
    file.write_text(
        "[fetch]\nmin_host_interval_s = 0\n[run]\nworkers = 1\n"
        f'[[sources]]\nname = "paper"\nfeeds = ["http://desk:hunter2@{host}/feed"]\nallow_private = true\n'
        '[sources.request]\nheaders = {X-Key = "env:PAPER_KEY"}\ncookie_file = "cookies.txt"\n'
    )
    return file


@pytest.mark.slow
def test_secrets_open_the_door_and_are_written_nowhere(paper, tmp_path, newsledger, monkeypatch) -> None:
    monkeypatch.setenv("PAPER_KEY", "t0ken")
    file = write(tmp_path, paper)
    report = ingest.fn(config=file)
    settings = load_settings(file)
    with reader(settings.warehouse) as con:
        assert con.execute("select url from articles").fetchall() == [(f"http://{paper}/story",)]
        assert con.execute("select feeds from sources").fetchall() == [([f"http://{paper}/feed"],)]
    said = [newsledger(tmp_path, *command) for command in (["sources", "list"], ["settings"], ["status"], ["doctor"])]
    said += [newsledger(tmp_path, *command, "--json") for command in (["sources", "list"], ["settings"])]
    shown = json.dumps(report.as_json(), default=str) + "".join(one.out + one.err for one in said)
    for secret in SECRETS:
        assert secret not in shown, secret
        for kept in settings.data_dir.rglob("*"):
            # Archive files are compressed; that no request there holds one is tests/extract/test_fetch_access.py.
            assert not kept.is_file() or secret.encode() not in kept.read_bytes(), kept


PROXIED = '[[sources]]\nname = "s"\nfeeds = ["https://a.example/f"]\n[sources.request]\nlanguage = "de"\nproxy = "{}"\n'


@pytest.mark.usefixtures("no_models")
@pytest.mark.parametrize("proxy", ["http://desk:hunter2@p.example:3128", "http://hunter2@p.example", "desk:hunter2@p"])
def test_the_password_of_a_proxy_is_not_shown(proxy, tmp_path, newsledger) -> None:
    (tmp_path / "newsledger.toml").write_text(PROXIED.format(proxy))
    for command in (["settings"], ["settings", "--json"], ["sources", "list", "--json"], ["ingest"]):
        said = newsledger(tmp_path, *command)
        assert "hunter2" not in said.out + said.err, command


def test_a_proxy_is_read_from_its_place_and_checked(tmp_path, monkeypatch) -> None:
    file = tmp_path / "newsledger.toml"
    file.write_text(PROXIED.format("env:P"))
    settings = load_settings(file)
    with pytest.raises(SettingsError, match="its proxy from env:P"):
        settings.accesses()
    monkeypatch.setenv("P", "http://desk:hunter2@p.example:3128")
    access = settings.accesses()["s"]
    assert (access.proxy, access.language) == (Proxy("p.example", 3128, "desk:hunter2"), "de")
    monkeypatch.setenv("P", "socks5://desk:hunter2@p.example")
    with pytest.raises(SettingsError, match="not the address of an HTTP proxy") as caught:
        settings.accesses()
    assert "hunter2" not in str(caught.value)


def test_a_secret_that_is_missing_is_named(tmp_path, monkeypatch) -> None:
    monkeypatch.delenv("PAPER_KEY", raising=False)
    settings = load_settings(write(tmp_path, "a.example"))
    with pytest.raises(SettingsError, match="env:PAPER_KEY"):
        settings.accesses()
    monkeypatch.setenv("PAPER_KEY", "t0ken")
    (tmp_path / "cookies.txt").write_text("nothing of the kind")
    with pytest.raises(SettingsError, match="cookie_file"):
        settings.accesses()
