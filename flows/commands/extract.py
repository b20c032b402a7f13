"""``newsledger extract``: one page to rows, without a warehouse."""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from extract import extract_article, read_rows
from extract.errors import InputError, NewsledgerError
from extract.fetch import Fetcher, FetchPolicy
from extract.types import Article, Rows, Source, as_json
from flows import console

SHOWN_QUOTE_CHARACTERS = 90


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its bytes, where it comes from and when it was fetched."""

    name: str
    body: bytes
    url: str | None
    fetched_at: datetime | None
    content_type: str | None = None


def extract_pages(
    pages: list[str],
    *,
    url: str | None,
    fetched_at: datetime | None,
    policy: FetchPolicy,
    allow_private: bool,
    as_json_lines: bool,
    why: int | None = None,
) -> int:
    """Read every page and print its rows; return the number of pages that could not be read.

    ``why`` is the number (counted from 1) whose candidates are printed with their scores and features.
    """
    failed = 0
    for name in pages:
        try:
            page = open_page(name, url, fetched_at, policy, allow_private)
        except NewsledgerError as error:
            console.complain(error)
            failed += 1
            continue
        article, rows = read_page(page)
        if why is not None:
            _explain(article, rows, why)
        elif as_json_lines:
            console.print_json(page_as_json(article, rows))
        else:
            _show(page.name, article, rows)
    return failed


def read_page(page: Page) -> tuple[Article, Rows]:
    """Strip one page and read its rows; a page that is no article has none."""
    article = extract_article(page.body, url=page.url, fetched_at=page.fetched_at, content_type=page.content_type)
    if article.outcome != "ok":
        return article, Rows(skipped=article.reason)
    rows = read_rows(
        article.text,
        published_at=article.reading_day,
        language=article.language,
        version_id=article.version_id,
    )
    return article, rows


def page_as_json(article: Article, rows: Rows) -> dict[str, Any]:
    """Return the object that ``--json`` prints for a page."""
    return {"article": as_json(article), **as_json(rows)}


def open_page(
    name: str, url: str | None, fetched_at: datetime | None, policy: FetchPolicy, allow_private: bool
) -> Page:
    """Open a page by its file, its address, or - for standard input. Raises InputError."""
    if name.startswith(("http://", "https://")):
        return _fetch(name, policy, allow_private)
    try:
        body = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputError(
            f"Cannot read {name}: {error.strerror or error}.",
            hint="Give an HTML file, a URL (http or https), or - for standard input.",
        ) from None
    if not body.strip():
        raise InputError(f"{name} is empty.", hint="Save the page again; nothing can be read from an empty file.")
    if form := _data_format(body):
        raise InputError(
            f"{name} is a {form} file, not a page.",
            hint="Give an HTML file, a URL (http or https), or - for standard input. Settings are given with --config.",
        )
    return Page(name, body, url, fetched_at)


def _data_format(body: bytes) -> str | None:
    """Return the name of a data format; such a file is neither prose nor HTML."""
    for form, parse in (("TOML", tomllib.loads), ("JSON", json.loads)):
        try:
            held = parse(body.decode("utf-8-sig"))
        except (ValueError, RecursionError):
            continue
        if held and isinstance(held, dict | list):
            return form
    return None


def _fetch(url: str, policy: FetchPolicy, allow_private: bool) -> Page:
    source = Source(name="command-line", allow_private=allow_private)
    with TemporaryDirectory(prefix="newsledger-") as state, Fetcher(policy, Path(state)) as fetcher:
        result = fetcher.fetch(url, source=source)
    fetch = result.fetch
    if fetch.outcome != "ok" or result.body is None:
        raise InputError(f"{url}: {fetch.outcome}: {fetch.detail or f'status {fetch.status}'}.")
    return Page(url, result.body, fetch.final_url or url, fetch.fetched_at, fetch.content_type)


def _show(name: str, article: Article, rows: Rows) -> None:
    console.say_boldly(article.headline or name)
    facts = [article.publisher, ", ".join(article.authors), _time(article.published_at), article.language]
    console.say(" · ".join(fact for fact in facts if fact))
    if article.outcome != "ok":
        console.say(f"{article.outcome}: {article.reason}")
        return
    if rows.skipped:
        console.say(f"No rows: {rows.skipped}.")
    console.print_table(("low", "high", "bound", "unit", "thing", "who says so", "quote"), _claims(article, rows))


def _explain(article: Article, rows: Rows, number: int) -> None:
    """Print the candidates of one number, slot by slot, with the features that matter most."""
    from extract.read.english.why import reasons

    if not 1 <= number <= len(rows.quantities):
        raise InputError(
            f"There is no number {number}: {len(rows.quantities)} were read.",
            hint="Count from 1, in the order that extract prints them in.",
        )
    q = rows.quantities[number - 1]
    console.say_boldly(f"{q.surface}: {article.text[q.sentence_start : q.sentence_end]}")
    found = [
        (
            r.slot,
            r.candidate,
            r.score,
            ", ".join(f"{name}={value:g} ({effect:+g})" for name, value, effect in r.features),
        )
        for r in reasons(article.text, article.reading_day, number)
    ]
    if not found:
        console.say("No slot was chosen: the number is in a table.")
        return
    console.print_table(("slot", "candidate", "score", "feature=value (points of score)"), iter(found))


def _claims(article: Article, rows: Rows) -> Iterator[tuple[Any, ...]]:
    by_id = {a.attribution_id: a for a in rows.attributions}
    for q in rows.quantities:
        who = by_id.get(q.attribution_id or "")
        quote = article.text[q.sentence_start : q.sentence_end]
        if len(quote) > SHOWN_QUOTE_CHARACTERS:
            start = max(q.sentence_start, q.start - SHOWN_QUOTE_CHARACTERS // 2)
            quote = f"…{article.text[start : min(start + SHOWN_QUOTE_CHARACTERS, q.sentence_end)]}…"
        yield q.low, q.high, q.bound, q.unit, q.thing, who.source_text if who else None, quote


def _time(when: datetime | None) -> str | None:
    return when.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC") if when else None
