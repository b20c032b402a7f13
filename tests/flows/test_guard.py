"""Who may talk to Prefect's server: what a foreign page, a foreign name and another user of the machine come to."""

import asyncio
import os
import stat

import pytest

from extract.errors import SettingsError
from flows.guard import Guard
from flows.server import KEY_FILE, Server, own_key, private_home, server_at

OURS = {"localhost", "127.0.0.1", "news.example"}

FOREIGN_NAMES = [
    "evil.example",
    "evil.example:4200",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "notlocalhost",
    "localhost@evil.example",
    "127.0.0.1:4200@evil.example",
    "evil.example#localhost",
    "[::1].evil.example",
    "[::1",
    "",
    "0x7f.1.evil.example",
    "news.example.evil.example",
    "localhost, evil.example",
    "localhost\x00",
    "127.0.0.1.",
    "localhost.",
    "127.0.0.1:",
    "127.0.0.1:80:80",
    "127.0.0.1 evil",
    "0177.0.0.1",
    "2130706433",
    "[fe80::1%eth0]",
    "xn--localhost-abc",
    "user:pw@127.0.0.1",
    "http://127.0.0.1",
    "//127.0.0.1",
]
OWN_NAMES = [
    "localhost",
    "LOCALHOST:4200",
    "127.0.0.1:4200",
    "[::1]:4200",
    "10.0.0.5",
    "news.example",
    "news.example:80",
]
FOREIGN_ORIGINS = [
    "http://evil.example",
    "https://127.0.0.1.evil.example",
    "http://127.0.0.1:8000",
    "http://127.0.0.1",
    "http://localhost:4200",
    "null",
    "",
    "file://",
    "chrome-extension://abc",
    "http://127.0.0.1:4200@evil.example",
    "http://evil.example/127.0.0.1:4200",
    "http://[",
    "http://localhost:4200.evil.example",
    "http://evil.example?127.0.0.1:4200",
    "http://evil.example#127.0.0.1:4200",
    "data:,x",
    "blob:http://127.0.0.1:4200/1",
    "about:blank",
    "ws://127.0.0.1:4200",
    "http://127.0.0.1:4200 http://evil.example",
    "//127.0.0.1:4200",
    "127.0.0.1:4200",
    "http://user@127.0.0.1:4200",
    "http://127.0.0.1:04200",
]


def status_of(*headers, kind="http", names=OURS):
    """Send one request through a guard; return the status, 'passed', or the code that closed a websocket."""
    sent, passed = [], []

    async def app(_scope, _receive, _send):
        passed.append(True)

    async def send(message):
        sent.append(message)

    scope = {"type": kind, "headers": [(name.encode(), value.encode()) for name, value in headers]}
    asyncio.run(Guard(app, names)(scope, None, send))
    if passed:
        assert sent == []
        return "passed"
    return sent[0].get("status") or sent[0]["code"]


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("host", FOREIGN_NAMES)
def test_what_was_sent_to_another_name_is_refused(host, kind):
    assert status_of(("host", host), kind=kind) == (421 if kind == "http" else 1008)


@pytest.mark.parametrize("host", OWN_NAMES)
def test_own_names_and_bare_addresses_are_answered(host):
    assert status_of(("host", host)) == "passed"
    assert status_of(("host", host), ("origin", f"http://{host}")) == "passed"
    assert status_of(("Host", host), ("Origin", f"https://{host}"), kind="websocket") == "passed"


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", FOREIGN_ORIGINS)
def test_what_comes_from_another_sites_page_is_refused(origin, kind):
    refused = status_of(("host", "127.0.0.1:4200"), ("origin", origin), kind=kind)
    assert refused == (403 if kind == "http" else 1008)


def test_of_two_hosts_or_origins_none_is_believed():
    assert status_of(("host", "localhost"), ("host", "evil.example")) == 421
    assert status_of() == 421
    own = ("origin", "http://localhost")
    assert status_of(("host", "localhost"), own, ("origin", "http://evil.example")) == 403


def test_the_start_and_end_of_the_server_pass():
    assert status_of(kind="lifespan") == "passed"


def test_a_key_is_drawn_once_and_only_its_owner_can_read_it(tmp_path):
    before = os.umask(0)
    try:
        key = own_key(tmp_path)
    finally:
        os.umask(before)
    file = private_home(tmp_path) / KEY_FILE
    assert own_key(tmp_path) == key == file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert own_key(tmp_path / "other") != key
    assert len(key) > 40
    assert key not in repr(Server("http://127.0.0.1:4200/api", key))


def test_a_home_that_others_could_read_is_closed(tmp_path):
    (tmp_path / "prefect").mkdir(mode=0o755)
    assert stat.S_IMODE(private_home(tmp_path).stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["readable", "link", "empty"])
def test_a_key_that_others_may_know_is_not_used(tmp_path, damage):
    own_key(tmp_path)
    file = tmp_path / "prefect" / KEY_FILE
    if damage == "readable":
        file.chmod(0o644)
    elif damage == "empty":
        file.write_text("")
    else:
        (tmp_path / "elsewhere").write_text(file.read_text())
        file.unlink()
        file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match=KEY_FILE):
        own_key(tmp_path)


def test_who_listens_where_a_dead_serve_did_is_not_given_its_key(tmp_path):
    key, url = own_key(tmp_path), "http://127.0.0.1:4200/api"
    (tmp_path / "serve.json").write_text(f'{{"api_url": "{url}", "pid": {os.getpid()}}}')
    assert server_at(url, tmp_path).key == key
    assert server_at("http://127.0.0.1:4201/api", tmp_path).key is None
    (tmp_path / "serve.json").write_text(f'{{"api_url": "{url}", "pid": {2**22 + 1}}}')
    assert server_at(url, tmp_path).key is None
