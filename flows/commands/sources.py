"""``newsledger sources``: the publishers that are followed; listed, added by site or name, imported from OPML."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import asdict, replace
from datetime import datetime
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from extract.countries import country_name
from extract.discover import find_source_feeds, find_source_section, find_source_sitemaps, read_opml
from extract.errors import InputError
from extract.fetch import Fetcher
from extract.strip.urls import host_of
from extract.types import ANNOUNCING, Source
from flows import console
from flows.commands import source_files
from flows.commands.settings import ask_contact, check_contact
from flows.directory import Publisher, find_publishers, load_directory
from flows.feeds import ask_feeds, doubled_feeds
from flows.masking import masked
from flows.settings import DEFAULT_FILE, Settings
from flows.source_settings import PLACES, SourceSettings
from load.connection import writer
from load.rename import rename_sources


def list_sources(settings: Settings, *, as_json: bool) -> None:
    """Print every source of the settings and where its articles are announced."""
    if as_json:
        console.print_json(masked([source.model_dump(mode="json") for source in settings.sources]))
        return
    if not settings.sources:
        console.say("No sources yet. Add one: newsledger sources add https://example.org")
        return
    console.print_table(
        ("name", "publisher", "announced in", ""),
        [
            (s.name, s.publisher, _announced(masked(s.model_dump(mode="json"))), "paused" if s.paused else "")
            for s in settings.sources
        ],
    )


def _announced(source: dict[str, object]) -> str:
    return "\n".join(str(where) for key in PLACES for where in source[key])  # type: ignore[attr-defined]


def add_source(settings: Settings, url: str, *, name: str | None, publisher: str | None, allow_private: bool) -> Source:
    """Find a site's feeds, or else its sitemaps, or else take the page as a section, and append it to the settings.

    Nothing is written unless all of it is right. Raises InputError when nothing is found, and SettingsError when the
    entry would not be valid.
    """
    _require_web_address(url)
    source = Source(name or name_of(url), publisher=publisher, allow_private=allow_private)
    _require_valid(source)
    _require_free(settings, source.name)
    with Fetcher(settings.fetch, settings.state_dir, access=settings.accesses()) as fetcher:
        feeds = find_source_feeds(url, source, fetcher)
        sitemaps = [] if feeds else find_source_sitemaps(url, source, fetcher)
        sections = [] if feeds or sitemaps else find_source_section(url, source, fetcher)
        if not (feeds or sitemaps or sections):
            raise _nothing_found(url, fetcher.fetch(url, source=source, purpose="announcement").fetch.outcome)
    _refuse_doubles(settings, (*feeds, *sitemaps, *sections))
    found = replace(source, feeds=tuple(feeds), sitemaps=tuple(sitemaps), sections=tuple(sections))
    source_files.append(_file(settings), entry(found))
    return found


def add_listed(settings: Settings, listed: Publisher, *, name: str | None, publisher: str | None) -> Source:
    """Append a publisher of the directory to the settings as it stands there; nothing is asked.

    Raises InputError when its name is taken or its addresses are followed, SettingsError as ``add_source`` does.
    """
    source = replace(listed.as_source(), name=name or listed.name, publisher=publisher or listed.publisher)
    _require_valid(source)
    _require_free(settings, source.name)
    _refuse_doubles(settings, source.announcements)
    source_files.append(_file(settings), entry(source))
    return source


def list_directory(settings: Settings, words: str, *, as_json: bool) -> None:
    """Print the publishers of the directory that have these words. Raises InputError when none has."""
    found = find_publishers(words)
    if not found:
        raise InputError(
            f"The directory has no publisher with {words!r}.",
            hint="Search by name, country or language. For any other site: newsledger sources add URL",
        )
    if as_json:
        console.print_json([publisher.model_dump(mode="json") for publisher in found])
        return
    followed = {place for source in settings.sources for place in source.announcements}
    console.print_table(
        ("name", "publisher", "country", "language", ""),
        [(p.name, p.publisher, country_name(p.country), p.language, _is_followed(p, followed)) for p in found],
    )
    console.note(
        "To follow one: newsledger sources add NAME, then newsledger sources test NAME. The addresses are unchecked."
    )


def _is_followed(publisher: Publisher, followed: set[str]) -> str:
    return "followed" if followed.intersection(publisher.announcements) else ""


def _file(settings: Settings) -> Path:
    return settings.file or Path(DEFAULT_FILE).absolute()


def _require_free(settings: Settings, name: str) -> None:
    if name in {known.name for known in settings.sources}:
        raise InputError(f"There already is a source called {name!r}.", hint="Choose another with --name.")


def _refuse_doubles(settings: Settings, places: tuple[str, ...]) -> None:
    for source in settings.sources:
        if doubled := set(source.announcements).intersection(places):
            raise InputError(
                f"{source.name} follows {', '.join(sorted(doubled))} already.",
                hint=f"To rename it: newsledger sources rename {source.name} NEW_NAME",
            )


def rename_source(settings: Settings, old: str, new: str) -> None:
    """Rename a source in the settings file and in the warehouse, where nothing is fetched again for it.

    Raises InputError when there is no such source, or the new name is taken or no name.
    """
    settings.pick_sources([old])
    _require_valid(Source(new))
    if new in {known.name for known in settings.sources}:
        raise InputError(f"There already is a source called {new!r}.", hint="Choose another name.")
    source_files.rename(_file(settings), old, new)
    if settings.warehouse.url or settings.warehouse.path.exists():
        with writer(settings.warehouse, owner="rename", on_wait=console.note) as connection:
            rename_sources(connection, {old: new})


def remove_source(settings: Settings, name: str) -> None:
    """Take a source out of the settings file; what was fetched of it stays. Raises SettingsError for no such source."""
    settings.pick_sources([name])
    source_files.remove(_file(settings), name)


def try_sources(settings: Settings, names: list[str], *, as_json: bool) -> int:
    """Ask the feeds and sitemaps of sources and print what they announce; return 1 when one does not answer."""
    sources = settings.pick_sources(names)
    answers = ask_feeds(settings, sources)
    doubled = doubled_feeds(sources)
    if as_json:
        console.print_json([asdict(answer) for answer in answers])
    else:
        console.print_table(
            ("source", "", "items", "newest", "feed, sitemap or section", "problem"),
            [
                (
                    a.source,
                    "failed" if a.problem else "ok",
                    a.items,
                    a.newest and f"{a.newest:%Y-%m-%d}",
                    a.url,
                    a.problem,
                )
                for a in answers
            ],
        )
        for url, owners in doubled.items():
            console.warn(f"! {url} is listed {len(owners)} times: {', '.join(owners)}")
    return 1 if doubled or any(answer.problem for answer in answers) else 0


def _day(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d}" if when else ""


def ask_for_contact(settings: Settings) -> None:
    """Ask the person at the terminal for the contact when the settings have none, and write it there."""
    if not settings.fetch.contact and (contact := ask_contact()):
        check_contact(contact)
        source_files.set_contact(_file(settings), contact)


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
        source_files.append(_file(settings), "\n".join(entry(source) for source in found))
    return found, len(listed) - sum(len(source.feeds) for source in found)


def _free_name(name: str, taken: set[str]) -> str:
    return name if name not in taken else next(f"{name}-{n}" for n in count(2) if f"{name}-{n}" not in taken)


def _nothing_found(url: str, outcome: str) -> InputError:
    if outcome == "ok":
        return InputError(
            f"No feed or sitemap was found for {url}, and the page itself lists no articles.",
            hint="Give a page that lists articles, or add the feed to the settings yourself: `feeds` in [[sources]].",
        )
    hint = "If the address is right, try again later, or open it in a browser."
    if outcome == "unsafe_address":
        hint = "It is an address of this machine or a private network; --allow-private allows it for this source."
    return InputError(f"{url} could not be fetched: {outcome}.", hint=hint)


def _require_web_address(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        near = difflib.get_close_matches(url, load_directory(), n=1)
        like = f" (such as {near[0]!r})" if near else ""
        raise InputError(
            f"{url} is neither a web address nor a name in the directory.",
            hint=f"An address begins with https:// or http://; names{like}: newsledger sources directory",
        )


def _require_valid(source: Source) -> None:
    try:
        SourceSettings(name=source.name, feeds=("to be found",))
    except ValidationError:
        raise InputError(
            f"{source.name!r} is not a valid name for a source.",
            hint="Use lower-case letters, digits and hyphens, with --name.",
        ) from None


def name_of(url: str) -> str:
    """Make a short name of an address: its host without ``www`` and the last label, in small letters."""
    host = host_of(url)
    labels = host if re.fullmatch(r"[\d.:]+", host) else host.rpartition(".")[0] or host
    return re.sub(r"[^a-z0-9]+", "-", labels.lower()).strip("-")


def entry(source: Source) -> str:
    """Write a source as a ``[[sources]]`` table of the settings file."""
    # A JSON string of printable text is a TOML basic string.
    lines = ["[[sources]]", f"name = {json.dumps(source.name, ensure_ascii=False)}"]
    if source.publisher:
        lines.append(f"publisher = {json.dumps(source.publisher, ensure_ascii=False)}")
    places = {key: getattr(source, key) for key in ANNOUNCING}
    lines += [f"{key} = {json.dumps(list(urls), ensure_ascii=False)}" for key, urls in places.items() if urls]
    if source.allow_private:
        lines.append("allow_private = true")
    return "\n".join(lines) + "\n"
