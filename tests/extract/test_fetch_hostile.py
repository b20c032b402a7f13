"""Every hostile answer ends by the deadline with the right outcome."""

import socket
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hostile_server import SCENARIOS, HostileServer

from extract.fetch import Fetcher, FetchPolicy, Validators
from extract.types import Source

LOCAL = Source("hostile", allow_private=True)
STRANGER = Source("stranger")
POLICY = FetchPolicy(
    min_host_interval_s=0,
    backoff_base_s=0,
    transfer_deadline_s=1.5,
    read_timeout_s=1,
    max_wire_bytes=1_000_000,
    max_body_bytes=1_000_000,
    max_retry_after_s=1,
)
PRIVATE = [
    "http://127.0.0.1/", "http://2130706433/", "http://0177.0.0.1/", "http://0x7f.1/", "http://127.1/",
    "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[64:ff9b::7f00:1]/",
    "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/", "http://[fd00:ec2::254]/", "http://0.0.0.0/",
    "http://localhost/", "http://100.100.100.200/", "http://168.63.129.16/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
]  # fmt: skip


@pytest.fixture(scope="module")
def server():
    with HostileServer() as running:
        yield running


@pytest.fixture
def fetcher(tmp_path):
    with Fetcher(POLICY, tmp_path) as opened:
        yield opened


@pytest.mark.parametrize("name", SCENARIOS)
def test_hostile_answers_get_their_outcome(name, server, fetcher):
    result = fetcher.fetch(server.url(name), source=LOCAL)
    assert result.fetch.outcome in SCENARIOS[name].outcomes, result.fetch.detail
    assert result.fetch.elapsed_ms <= (POLICY.transfer_deadline_s + 0.5) * 1000
    assert result.fetch.detail or result.fetch.outcome == "ok"


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(url, fetcher):
    fetch = fetcher.fetch(url, source=STRANGER).fetch
    assert fetch.outcome in ("unsafe_address", "dns_error")
    assert "unsafe" in fetch.outcome or "0177" in url


def test_a_name_is_judged_by_the_address_that_is_dialled(server, fetcher):
    answers = iter([("93.184.215.14", server.port), ("127.0.0.1", server.port)])

    def changing(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

    # The first answer would pass a check made apart from dialling; here it is the one that is dialled.
    dialled = []
    with patch("socket.getaddrinfo", changing), patch("socket.socket.connect", lambda s, a: dialled.append(a) or 1 / 0):
        with suppress(ZeroDivisionError):
            fetcher.fetch("http://rebinding.example/", source=STRANGER)
        second = fetcher.fetch("http://rebinding.example/", source=STRANGER).fetch
    assert dialled == [("93.184.215.14", server.port)]
    assert second.outcome == "unsafe_address"


def test_tls_that_is_no_tls_and_certificates_that_nobody_signed(server, fetcher):
    assert fetcher.fetch(f"https://127.0.0.1:{server.port}/x", source=LOCAL).fetch.outcome == "tls_error"


def test_a_304_with_another_tag_is_no_304(tmp_path):
    now = datetime.now(UTC)
    validators = Validators(etag='"a"', fetched_at=now)
    with Fetcher(POLICY, tmp_path) as fetcher, HostileServer() as server:
        assert fetcher.fetch(server.url("not_modified_unasked"), source=LOCAL, validators=validators).fetch.outcome == (
            "not_modified"
        )
        old = Validators(etag='"a"', fetched_at=now - timedelta(days=400))
        lied = fetcher.fetch(server.url("not_modified_unasked"), source=LOCAL, validators=old)
    assert b"If-None-Match" not in lied.request
    assert lied.fetch.outcome == "http_error"


@pytest.mark.parametrize("url", ["", "x", "ftp://a/", "http://", "http://a:b:c/", "javascript:1", "http://ex\x00.com/"])
def test_what_is_no_url_is_an_outcome_and_no_exception(url, fetcher):
    assert fetcher.fetch(url, source=STRANGER).fetch.outcome in ("unsafe_address", "dns_error")


def test_credentials_in_a_url_are_neither_sent_nor_recorded_as_fetched(server, fetcher):
    url = server.url("bad_charset").replace("//", "//user:secret@")
    result = fetcher.fetch(url, source=LOCAL)
    assert result.fetch.outcome == "ok"
    assert b"secret" not in result.request
    assert b"uthorization" not in result.request
    assert "secret" not in (result.fetch.final_url or "")
