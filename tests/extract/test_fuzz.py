"""A short run of every fuzzing target, and the inputs that once crashed one; the long run is ``benchmarks.fuzz``."""

import pytest

from benchmarks.fuzz import TARGETS, fuzz

pytestmark = pytest.mark.long

WARC_OF_NO_HOST = (
    b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.ex]]>ample/a\r\n"
    b"WARC-Date: 2024-11-23T11:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 57\r\n\r\n"
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>text</p>   \r\n\r\n"
)
EXECUTIONS = {"html": 60, "queries": 50, "text": 40}
CRASHED = [
    ("feeds", b'<?xml version="1.0" encoding="\x01UTF-8"?><rss><channel><title>News</title></channel></rss>'),
    ("feeds", b'<?xml version="1.0" encoding="idna"?><opml><outline text="\xe9" xmlUrl="http://a.example/b"/></opml>'),
    ("html", b"<meta charset=idna><title>Caf\xe9</title><p>Three people were hurt.</p>"),
    ("dates", b"Sat, 23 Nov 2024 11:00" + b"9" * 52 + b"\xe2\x80\xae9999]]>" + b"9" * 90),
    ("robots", b"User-agent: *\nRequest-rate: " + b"9" * 400 + b"/5m\n"),
    ("robots", b"User-agent: *\nRequest-rate: 1/" + b"9" * 400 + b"\n"),
    ("warc", WARC_OF_NO_HOST),
    ("dates", b"Sat, 23 Nov 2024 11:00" + b"9" * 80),
    ("dates", b"Fri, 31 Dec 9999 23:59:59 -1200"),
    ("dates", b"9999-12-31T23:59:59-12:00"),
    ("urls", b"http://news.example/" + b"<" * 2000),
    ("html", b'<meta property="article:published_time" content="Fri, 31 Dec 9999 23:59:59 -1200"><p>text</p>'),
]


@pytest.mark.parametrize("target", TARGETS)
def test_no_mutated_input_crashes(target, tmp_path):
    figures, _ = fuzz(target, EXECUTIONS.get(target, 300), 11, tmp_path)
    assert figures["crashers"] == []


@pytest.mark.parametrize(("target", "data"), CRASHED)
def test_what_crashed_once_does_not_again(target, data, tmp_path):
    TARGETS[target](data, tmp_path)
