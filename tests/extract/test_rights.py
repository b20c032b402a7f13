"""Rights that pages reserve are read where publishers write them, and honoured as the settings say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from extract.fetch.result import FetchResult
from extract.fetch.rights import find_marks, honour
from extract.types import Fetch, Right


@pytest.mark.parametrize(
    ("headers", "head", "marks"),
    [
        ("", "<meta name=robots content=noarchive>", ("noarchive",)),
        ("", '<META CONTENT="index, NOARCHIVE ,max-snippet:-1" NAME="Robots">', ("noarchive",)),
        ("", "<meta name='newsledger' content='noai, noimageai'>", ("noai", "noimageai")),
        ("", "<meta name=googlebot content=noarchive>", ()),
        ("", "<meta name=robots content='noindex, nofollow, noimageai'>", ("noimageai",)),
        ("X-Robots-Tag: newsledger: NoImageAI", "", ("noimageai",)),
        ("X-Robots-Tag: otherbot: noimageai", "", ()),
        ("", "<meta name=tdm-reservation content=1>", ("tdm",)),
        ("", "<meta name=tdm-reservation content=0>", ()),
        ("", "<meta name=description content='what noarchive means'>", ()),
        ("", "<!-- <meta name=robots content=noarchive> -->", ()),
        ("", "<script>w('<meta name=robots content=noarchive>')</script>", ()),
        ("", "<meta name=description content='a > b'><meta name=robots content=noarchive>", ("noarchive",)),
        ("X-Robots-Tag: noarchive", "", ("noarchive",)),
        ("x-robots-tag: NOAI, noarchive", "", ("noarchive", "noai")),
        ("X-Robots-Tag: otherbot: noarchive, nosnippet", "", ()),
        ("X-Robots-Tag: otherbot: nosnippet, newsledger: noarchive", "", ("noarchive",)),
        ("X-Robots-Tag: unavailable_after: 25 Jun 2030 15:00:00 PST, noarchive", "", ("noarchive",)),
        ("X-Robots-Tag: noindex\r\nX-Robots-Tag: noarchive", "", ("noarchive",)),
        ("TDM-Reservation: 1", "<meta name=robots content=noai>", ("noai", "tdm")),
        ("TDM-Reservation: 0", "", ()),
        ("X-Other: noarchive", "", ()),
    ],
)
def test_marks_are_found_where_publishers_write_them(headers: str, head: str, marks: tuple[str, ...]) -> None:
    response = f"HTTP/1.1 200 OK\r\n{headers}\r\n\r\n".encode()
    page = f"<html><head>{head}</head><body><meta name=robots content=noarchive></body></html>".encode()
    assert find_marks(response, page, "newsledger") == marks


def test_a_page_under_a_mark_that_is_respected_leaves_only_its_row() -> None:
    fetch = Fetch("f", "paper", "https://a.example/", datetime(2024, 5, 1, tzinfo=UTC), "ok", page_sha256="x")
    page = b"<meta name=robots content=noarchive>"
    came = FetchResult(fetch, request=b"GET", response=b"HTTP/1.1 200 OK\r\n\r\n", raw=page, body=page)
    for respected in (("noai", "tdm"), ()):
        noted = honour(came, respected, "newsledger")
        assert noted == replace(came, fetch=replace(fetch, reserved_rights=("noarchive",)))
    respect: tuple[Right, ...] = ("noarchive",)
    kept = honour(came, respect, "newsledger")
    assert (kept.request, kept.response, kept.raw, kept.body) == (b"", b"", b"", None)
    assert (kept.fetch.outcome, kept.fetch.page_sha256, kept.fetch.is_retryable) == ("reserved", None, False)
    assert "noarchive" in (kept.fetch.detail or "")
