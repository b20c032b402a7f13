"""``newsledger sources``: the publishers that are followed; listed, added by their site, imported from OPML."""

from __future__ import annotations

import json
import re
import tempfile
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from extract.discover import find_source_feeds, find_source_sitemaps, read_opml
from extract.errors import InputError, SettingsError
from extract.fetch import Fetcher
from extract.types import Source
from flows import console
from flows.settings import DEFAULT_FILE, Settings, SourceSettings, load_settings


def list_sources(settings: Settings, *, as_json: bool) -> None:
    """Print every source of the settings and where its articles are announced."""
    if as_json:
        console.print_json([source.model_dump(mode="json") for source in settings.sources])
        return
    if not settings.sources:
        console.say("No sources yet. Add one: newsledger sources add https://example.org")
        return
    console.print_table(
        ("name", "publisher", "announced in", ""),
        [(s.name, s.publisher, _announced(s.model_dump()), "paused" if s.paused else "") for s in settings.sources],
    )


def _announced(source: dict[str, object]) -> str:
    places = ("feeds", "sitemaps", "url_lists", "folders", "warcs")
    return "\n".join(str(where) for key in places for where in source[key])  # type: ignore[attr-defined]


def add_source(settings: Settings, url: str, *, name: str | None, publisher: str | None, allow_private: bool) -> Source:
    """Find a site's feeds, or else its sitemaps, and append it to the settings file.

    Nothing is written unless all of it is right. Raises InputError when nothing is found, and SettingsError when the
    entry would not be valid.
    """
    _require_web_address(url)
    source = Source(name or name_of(url), publisher=publisher, allow_private=allow_private)
    _require_valid(source)
    if source.name in {known.name for known in settings.sources}:
        raise InputError(f"A source is called {source.name!r} already.", hint="Choose another with --name.")
    with Fetcher(settings.fetch, settings.state_dir) as fetcher:
        feeds = find_source_feeds(url, source, fetcher)
        sitemaps = [] if feeds else find_source_sitemaps(url, source, fetcher)
        if not (feeds or sitemaps):
            raise _nothing_found(url, fetcher.fetch(url, source=source, purpose="announcement").fetch.outcome)
    found = Source(
        source.name, publisher=publisher, feeds=tuple(feeds), sitemaps=tuple(sitemaps), allow_private=allow_private
    )
    _append(settings.file or Path(DEFAULT_FILE).absolute(), entry(found))
    return found


def import_opml(settings: Settings, file: Path) -> tuple[list[Source], int]:
    """Append the feeds of an OPML subscription list, a source for each site; feeds that are followed are left out.

    Returns the new sources, and how many feeds were followed already. Raises InputError for a file that cannot be read
    or lists no feeds.
    """
    try:
        listed = read_opml(file.read_bytes())
    except OSError as error:
        raise InputError(f"Cannot read {file}: {error.strerror}.") from None
    if not listed:
        raise InputError(f"{file} lists no feeds.", hint="An OPML file names them in the attribute xmlUrl.")
    followed = {feed for source in settings.sources for feed in source.feeds}
    taken = {source.name for source in settings.sources}
    sites: dict[str, list[str]] = {}
    for feed in listed:
        if feed not in followed:
            sites.setdefault(urlsplit(feed).netloc, []).append(feed)
    found = []
    for feeds in sites.values():
        name = _free_name(name_of(feeds[0]), taken)
        taken.add(name)
        found.append(Source(name, publisher=listed[feeds[0]] if len(feeds) == 1 else None, feeds=tuple(feeds)))
    if found:
        _append(settings.file or Path(DEFAULT_FILE).absolute(), "\n".join(entry(source) for source in found))
    return found, len(listed) - sum(len(source.feeds) for source in found)


def _free_name(name: str, taken: set[str]) -> str:
    return name if name not in taken else next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)


def _nothing_found(url: str, outcome: str) -> InputError:
    if outcome == "ok":
        return InputError(
            f"{url} names no feed and no sitemap, and none answers at the usual places.",
            hint="If you know where its articles are announced, enter that as `feeds` or `sitemaps` in a [[sources]].",
        )
    hint = "If the address is right, try again later, or look at it in a browser."
    if outcome == "unsafe_address":
        hint = "It is an address of this machine or a private network; --allow-private allows it for this source."
    return InputError(f"{url} could not be fetched: {outcome}.", hint=hint)


def _require_web_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url} is no web address.", hint="It begins with https:// or http://.")


def _require_valid(source: Source) -> None:
    try:
        SourceSettings(name=source.name, feeds=("to be found",))
    except ValidationError:
        raise InputError(
            f"{source.name!r} cannot be a source's name.",
            hint="Small letters, digits and hyphens; give it with --name.",
        ) from None


def name_of(url: str) -> str:
    """Make a short name of an address: its host without ``www`` and the last label, in small letters."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    labels = host if re.fullmatch(r"[\d.:]+", host) else host.rpartition(".")[0] or host
    return re.sub(r"[^a-z0-9]+", "-", labels.lower()).strip("-")


def entry(source: Source) -> str:
    """Write a source as a ``[[sources]]`` table of the settings file."""
    # A JSON string of printable text is a TOML basic string.
    lines = ["[[sources]]", f"name = {json.dumps(source.name, ensure_ascii=False)}"]
    if source.publisher:
        lines.append(f"publisher = {json.dumps(source.publisher, ensure_ascii=False)}")
    places = {"feeds": source.feeds, "sitemaps": source.sitemaps}
    lines += [f"{key} = {json.dumps(list(urls), ensure_ascii=False)}" for key, urls in places.items() if urls]
    if source.allow_private:
        lines.append("allow_private = true")
    return "\n".join(lines) + "\n"


def _append(file: Path, table: str) -> None:
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    after = f"{before.rstrip()}\n\n{table}" if before.strip() else table
    try:
        with tempfile.NamedTemporaryFile(
            "w", dir=file.parent, prefix=file.stem, suffix=".toml", delete=False, encoding="utf-8"
        ) as trial:
            trial.write(after)
    except OSError as error:
        raise SettingsError(f"Cannot write beside {file}: {error.strerror}.") from None
    draft = Path(trial.name)
    try:
        load_settings(draft)
        if file.exists():
            draft.chmod(file.stat().st_mode)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
