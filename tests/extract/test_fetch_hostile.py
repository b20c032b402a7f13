"""Every hostile answer ends by the deadline with the right outcome."""

import gzip
import re
import socket
import threading
import zlib
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from hostile_server import SCENARIOS, HostileServer

from extract.archive import ArchiveFolder, ArchiveWriter, verify
from extract.archive.read import iter_archive
from extract.fetch import Fetcher, FetchPolicy, Validators
from extract.fetch.addresses import may_be_allowed
from extract.fetch.body import decode_content
from extract.fetch.errors import AttemptError
from extract.fetch.robots import Robots
from extract.fetch.site_files import FileAnswer
from extract.fetch.slots import HostSlots, decide_next
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
    # In words for people, without the objects of libraries.
    assert not re.search(r"\w+\(host=|<\w+[. ]|0x", result.fetch.detail or "")


@pytest.mark.parametrize("url", PRIVATE)
def test_private_addresses_are_refused_in_every_spelling(url, fetcher):
    fetch = fetcher.fetch(url, source=STRANGER).fetch
    assert fetch.outcome in ("unsafe_address", "dns_error")
    assert "unsafe" in fetch.outcome or "0177" in url


NOBODYS = [
    "http://169.254.169.254/latest/", "http://[::ffff:a9fe:a9fe]/", "http://0xa9fea9fe/", "http://[fe80::1]/", "http://224.0.0.1/",
    "http://100.100.100.200/", "http://168.63.129.16/", "http://[fd00:ec2::254]/", "http://[64:ff9b::a9fe:a9fe]/",
]  # fmt: skip


@pytest.mark.parametrize("url", NOBODYS)
def test_leave_for_private_addresses_is_none_for_those_of_link_and_cloud(url, tmp_path):
    reached = []
    with (
        patch("socket.socket.connect", lambda _socket, address: reached.append(address)),
        Fetcher(POLICY, tmp_path) as f,
    ):
        fetch = f.fetch(url, source=LOCAL).fetch
    assert fetch.outcome == "unsafe_address"
    assert not reached


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "192.168.0.9", "100.64.0.1", "::1", "fd12::1", "93.184.215.14"]
)
def test_private_addresses_may_be_allowed(address):
    assert may_be_allowed(address)


def test_a_name_is_judged_by_the_address_that_is_dialled(server, fetcher):
    answers = iter([("93.184.215.14", server.port), ("127.0.0.1", server.port)])

    def changing(host, port, **kwargs):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", next(answers))]

    # The first answer would pass a check made apart from dialling; here it is the one that is dialled.
    dialled = []

    def dial(_socket, address):
        dialled.append(address)
        raise KeyboardInterrupt

    with patch("socket.getaddrinfo", changing), patch("socket.socket.connect", dial):
        with suppress(KeyboardInterrupt):
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


# Dates at both ends of what a calendar holds, numbers without end, text that is neither: in every header that is read.
ODD_VALUES = [
    "Fri, 31 Dec 9999 23:59:59 -1200",
    "Mon, 01 Jan 0001 00:00:00 +1400",
    "Sat, 01 Jan 0000 00:00:00 GMT",
    "Fri, 31 Dec 99999 23:59:59 GMT",
    "Thu, 29 Feb 2023 25:61:61 +9999",
    "Fri Dec 31 23:59:59 9999",
    "31 Dec 9999 23:59:59 -2359",
    "9" * 4000,
    "-" + "9" * 400,
    "1e999",
    "-1e999",
    "nan",
    "infinity",
    "\u0661\u0662\u0663",
    "1_000",
    "0x1F",
    ",;=,;=",
    "\x00\x01\x7f",
    "\xff\xfe",
    "=?utf-8?b?////?=",
    "",
    " ",
    '"' * 999,
]
READ_HEADERS = ["Retry-After", "Last-Modified", "ETag", "Content-Type", "Location", "Content-Encoding", "Date"]


@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified", "429 Too Many Requests", "503 Busy", "301 Moved"])
@pytest.mark.parametrize("name", READ_HEADERS)
def test_no_value_of_a_header_loses_more_than_its_own_answer(name, status, tmp_path):
    results = []
    for value in ODD_VALUES:
        line = f"{name}: {value}".encode("utf-8", "surrogateescape")
        head = [b"HTTP/1.1 " + status.encode(), line, b"Content-Length: 1", b"Connection: close", b"", b"x"]
        answer = b"\r\n".join(head)
        with one_answer(answer) as port, Fetcher(POLICY, tmp_path / str(len(results))) as fetcher:
            asked = Validators('"tag"', "Fri, 31 Dec 9999 23:59:59 -1200", "0" * 64)
            results.append(fetcher.fetch(f"http://127.0.0.1:{port}/", source=LOCAL, validators=asked))
    assert all(result.fetch.outcome for result in results)
    with ArchiveWriter(ArchiveFolder(tmp_path / "archive"), max_bytes=10**9, now=lambda: datetime.now(UTC)) as archive:
        written = [archive.write(result) for result in results]
    place = ArchiveFolder(tmp_path / "archive")
    assert list(verify(place)) == []
    assert [fetch for file in place.files() for fetch in iter_archive(place, file)] == written


@contextmanager
def one_answer(answer):
    """A server that has no robots.txt and gives this answer to all else."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            with suppress(OSError):
                while True:
                    client, _ = listener.accept()
                    with client:
                        is_robots = b"/robots.txt" in client.recv(65536)
                        client.sendall(b"HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n" if is_robots else answer)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


def test_what_nobody_foresaw_is_an_outcome_of_its_url_alone(server, fetcher):
    with patch("extract.fetch.fetcher.judge", side_effect=RecursionError("too deep")):
        fetch = fetcher.fetch(server.url("bad_charset"), source=LOCAL).fetch
    assert (fetch.outcome, fetch.detail) == ("broken_body", "the response cannot be handled: RecursionError: too deep")


def test_robots_with_numbers_without_end_is_followed_within_the_rules(tmp_path):
    for at, rule in enumerate(("Crawl-delay: " + "9" * 5000, "Request-rate: 1/" + "9" * 400, "Request-rate: 0/0")):
        text = f"User-agent: *\n{rule}\n"
        robots = Robots(tmp_path / str(at), POLICY, lambda: 0.0, lambda *_, text=text: FileAnswer(200, text))
        assert 0 <= robots.check("http://a.example/b", False) <= POLICY.max_crawl_delay_s


# Members of one byte, of none, of a coding within a coding: each costs its share, and there is an end to them.
MEMBERS = {
    "empty": gzip.compress(b"", mtime=0),
    "one byte": gzip.compress(b"x", mtime=0),
    "stored": zlib.compressobj(0, zlib.DEFLATED, 31).flush(),
    "long name": b"\x1f\x8b\x08\x08\0\0\0\0\0\xff" + b"n" * 500 + b"\0" + gzip.compress(b"", mtime=0)[10:],
}


@pytest.mark.parametrize("kind", MEMBERS)
@pytest.mark.parametrize("depth", [1, 2, 3])
def test_members_without_end_come_to_an_end(kind, depth):
    body = MEMBERS[kind] * (5_000_000 // len(MEMBERS[kind]))
    for _ in range(depth - 1):
        body = gzip.compress(body)
    looks = []
    with pytest.raises(AttemptError, match="members one behind the other"):
        decode_content(body, ", ".join(["gzip"] * depth), 20_000_000, lambda: looks.append(1))
    assert len(looks) < 5_000


def test_taking_a_coding_off_ends_at_the_deadline():
    def over():
        raise AttemptError("timeout", "the transfer did not end by its deadline")

    with pytest.raises(AttemptError, match="deadline"):
        decode_content(gzip.compress(b"x"), "gzip", 100, over)


def test_files_that_were_appended_to_or_packed_in_blocks_are_read_whole():
    blocks = [bytes([number % 256]) * 65_280 for number in range(700)]
    assert decode_content(b"".join(map(gzip.compress, blocks)), "gzip", 50_000_000) == b"".join(blocks)
    assert decode_content(gzip.compress(b"a") + b"\0" * 512, "gzip", 10) == b"a"


@pytest.mark.parametrize("ahead_s", [60, 3_600, 86_400, 366 * 86_400])
def test_a_clock_that_was_ahead_and_is_put_right_blocks_no_host(tmp_path, ahead_s):
    policy = FetchPolicy(min_host_interval_s=2)
    at, slept = [1e9 + ahead_s], []
    slots = HostSlots(tmp_path, policy, lambda: at[0], lambda s: slept.append(s) or at.__setitem__(0, at[0] + s))
    with slots.hold("http://a.example/") as slot:
        slot.state = decide_next(slot.state, policy, ended_at=at[0], elapsed_s=0.1, delay_s=0)
    with slots.hold("http://b.example/") as slot:
        slot.block_until(at[0] + 100)
    at[0] = 1e9
    for host, longest in (("a", 2), ("b", 100)):
        slept.clear()
        with slots.hold(f"http://{host}.example/"):
            pass
        assert sum(slept) <= longest + 0.1, "what was to wait then is to wait now, and no longer"
    slots.close()


VOID = ['{"next_at": 1e300}', '{"blocked_until": 1e300}', '{"next_at": NaN}', "[]", "null", "", "{", "\x00", '""']
VOID += [
    '{"next_at": 1%s}' % ("0" * 400),
    '{"next_at": "soon"}',
    '{"blocked_until": {}}',
    '{"failures": "x"}',
    '{"x": 1}',
]


@pytest.mark.parametrize("state", VOID)
def test_a_wait_that_no_rule_gives_is_void(tmp_path, state):
    slots = HostSlots(tmp_path, FetchPolicy(), lambda: 1e9, lambda _: pytest.fail("waited"))
    with slots.hold("http://a.example/"):
        pass
    for file in tmp_path.glob("*.json"):
        file.write_text(state)
    with slots.hold("http://a.example/"):
        pass
    slots.close()
