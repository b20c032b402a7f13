"""When the page was published and changed: all that the page says, in the order of how far it can be trusted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, tee

from extract.strip.date_metas import MODIFIED_METAS, PUBLISHED_METAS, may_date
from extract.strip.jsonld import PAGE_TYPES, Node, strings, types_of
from extract.strip.local_day import country_zone
from extract.strip.others import node_of_others
from extract.strip.page import Page, collapse
from extract.strip.scripted_dates import day_in_attributes, day_in_scripts
from extract.strip.timestamps import Evidence, Stamp, local_time, parse_plain, parse_stamp
from extract.strip.trackback import trackback_day
from extract.strip.two_clocks import UTC_ZONE, settle_clock
from extract.strip.urls import date_in_url
from extract.strip.visible_dates import Shown
from extract.strip.zones import offset

# The layers of what content systems also fill with the day of the last change; a date beside the headline is surer.
WEAK_LAYERS = frozenset(("meta", "dublin-core", "html:time"))
# So far a time kept in UTC and the clock that the reader sees may be apart.
CLOCKS_APART = timedelta(hours=14)
HALF_A_DAY = timedelta(hours=12)
ANSWER = timedelta(minutes=2)
TIME_NODES = (
    "time, [itemprop=datePublished], [itemprop=dateCreated], [property='datePublished'], [property*='dc:date'],"
    " .published, .dt-published, abbr.updated, [data-published-date]"
)
MAX_TIME_NODES = 40
CLOCK = re.compile(r"\d[:.]\d\d")


@dataclass(frozen=True, slots=True)
class Written:
    """One date as the page writes it, and the layer it stands in."""

    raw: str
    layer: str


def published_stamp(
    page: Page,
    article: Node | None,
    nodes: list[Node],
    evidence: Evidence,
    shown: Iterator[Shown],
    changed: tuple[Stamp, str] | None,
) -> tuple[Stamp, str] | None:
    """Return the publication time and its layer.

    ``shown`` are dates that the reader sees, likeliest first; ``changed`` is the result of ``modified_stamp``.
    """
    for_day, for_zone, for_doubt, for_bound = tee(shown, 4)
    found = _best_stamp(_published(page, article, nodes, for_day, evidence), evidence)
    if found is None:
        found = _best_stamp(_last_resorts(page, evidence), evidence)
    if found and found[0].zone == UTC_ZONE and found[0].precision != "day":
        told = (*_of_node(article, ("datePublished",)), *_of_metas(page, PUBLISHED_METAS))
        others = filter(None, (parse_stamp(written.raw, evidence) for written in told))
        found = settle_clock(found[0], others, evidence.country), found[1]
    if found and found[0].zone == UTC_ZONE and found[0].precision != "day":
        zone = _shown_zone(found[0], islice(for_zone, 3), page, evidence)
        found = replace(found[0], zone=zone), found[1]
    if found is None:
        return None
    earlier = _shown_before(found[0], page, changed, evidence, for_doubt)
    return earlier or _changed_before(found, evidence, for_bound) or found


def _shown_before(
    told: Stamp, page: Page, changed: tuple[Stamp, str] | None, evidence: Evidence, shown: Iterator[Shown]
) -> tuple[Stamp, str] | None:
    """Return the earlier day shown at the headline where the code has one instant for publication and change.

    Such a page was stamped anew when it was last built; the reader is told the day that its author wrote.
    """
    if changed is None or changed[0].at != told.at or date_in_url(page.url) == told.local_day():
        return None
    first: tuple[Stamp, str] | None = None
    for date in chain(_ranked_at(0, list(_times(page))), _near(shown)):
        stamp = parse_stamp(date.raw, evidence)
        if stamp is None:
            continue
        if stamp.local_day() >= told.local_day():
            return None
        first = first or (stamp, date.layer)
    return first


def _changed_before(told: tuple[Stamp, str], evidence: Evidence, shown: Iterator[Shown]) -> tuple[Stamp, str] | None:
    """Return the change that the reader is told at the headline where code of the weaker kind names a later day.

    Nothing is published after its last change: such code tells when the page was written out.
    """
    if told[1] not in WEAK_LAYERS:
        return None
    for date in shown:
        if date.is_change and (stamp := parse_stamp(date.text, evidence)):
            until = stamp.at + timedelta(days=stamp.precision == "day")
            return (stamp, "text") if told[0].at - until > CLOCKS_APART else None
    return None


def _shown_zone(stamp: Stamp, dates: Iterator[Shown], page: Page, evidence: Evidence) -> str | None:
    """Return the zone in which the reader sees a time that the page's code gives in UTC.

    Sites keep UTC and show their own clock: when a shown time differs from the kept one by quarters of an hour, that is
    the zone.
    """
    seen: list[str] = []
    # Taken one by one: to look for the next one costs more than to read this.
    for date in dates:
        seen.append(date.text)
        shown = parse_plain(date.text, evidence) if CLOCK.search(date.text) else None
        if shown is None or shown.precision == "day":
            continue
        ahead = (local_time(shown.at, shown.zone).replace(tzinfo=UTC) - stamp.at).total_seconds() / 60
        quarters = round(ahead / 15)
        sign = -1 if quarters < 0 else 1
        if abs(ahead - 15 * quarters) < 2 and (zone := offset(sign, abs(quarters) // 4, abs(quarters) % 4 * 15)):
            return zone
    zone = country_zone(stamp.at, evidence.country)
    return zone if zone and _tells_local_day(stamp.at, zone, seen, page, evidence) else stamp.zone


def _tells_local_day(at: datetime, zone: str, seen: list[str], page: Page, evidence: Evidence) -> bool:
    """Say whether a time kept in UTC is meant in a zone: midnight there, or on the day there that URL or page name."""
    local = local_time(at, zone)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return True
    if local.date() == at.date():
        return False
    day = local.date().isoformat()
    marked = (written.raw for written, _ in islice(_times(page), 3))
    stamps = (parse_stamp(text, evidence) for text in chain(seen, marked))
    return date_in_url(page.url) == day or any(stamp is not None and stamp.local_day() == day for stamp in stamps)


def _best_stamp(candidates: Iterator[Written], evidence: Evidence) -> tuple[Stamp, str] | None:
    """Return the first date that can be read, or the same day told more finely further down."""
    first: tuple[Stamp, str] | None = None
    for written in candidates:
        stamp = parse_stamp(written.raw, evidence)
        if stamp is None:
            continue
        if first is None:
            first = (stamp, written.layer)
            if stamp.precision != "day":
                return first
        elif stamp.precision != "day" and stamp.local_day() == first[0].local_day():
            return stamp, written.layer
    return first


def _published(
    page: Page, article: Node | None, nodes: list[Node], shown: Iterator[Shown], evidence: Evidence
) -> Iterator[Written]:
    """Yield all dates that may be the publication's, the surest first."""
    yield from _of_node(article, ("datePublished",))
    yield from _of_metas(page, PUBLISHED_METAS)
    times = list(_times(page))
    yield from _ranked_at(0, times)
    if day := trackback_day(page.source):
        yield Written(day, "dublin-core")
    yield from _of_pages(nodes, article)
    yield from _of_urls(page)
    dates = list(shown)
    yield from _near(dates)
    weak = chain(_of_metas(page, filter(may_date, page.metas)), _ranked_at(1, times))
    yield from (written for written in weak if not _is_of_answer(written, evidence))
    yield from _of_node(article, ("dateCreated", "uploadDate"))
    yield from (Written(date.text, "text") for date in dates if not _may_be_fetch(date, evidence))


def _last_resorts(page: Page, evidence: Evidence) -> Iterator[Written]:
    """Yield what is read only where nothing else dates the page."""
    if day := day_in_attributes(page, evidence):
        yield Written(day, "html:time")
    if day := day_in_scripts(page.code):
        yield Written(day, "script")


def _near(shown: Iterable[Shown]) -> Iterator[Written]:
    return (Written(date.text, "text") for date in shown if date.is_near)


def _ranked_at(rank: int, times: list[tuple[Written, int]]) -> Iterator[Written]:
    return (written for written, its_rank in times if its_rank == rank)


def _of_pages(nodes: list[Node], article: Node | None) -> Iterator[Written]:
    """Yield the dates of the nodes that describe a page, the article's aside."""
    for node in nodes:
        if node is not article and types_of(node) & PAGE_TYPES:
            yield from _of_node(node, ("datePublished",))


def _of_urls(page: Page) -> Iterator[Written]:
    for url in (page.url, *page.canonicals):
        if day := date_in_url(url):
            yield Written(day, "url")


def _is_of_answer(written: Written, evidence: Evidence) -> bool:
    """Say whether a time is the very one at which the site answered the fetch: it wrote the page out then."""
    if evidence.fetched_at is None:
        return False
    stamp = parse_stamp(written.raw, evidence)
    return stamp is not None and stamp.precision != "day" and abs(stamp.at - evidence.fetched_at) < ANSWER


def _may_be_fetch(date: Shown, evidence: Evidence) -> bool:
    """Say whether a date away from the headline is that of the fetch: many sites show today's at their head."""
    if date.is_near or date.is_told or date.is_change or evidence.fetched_at is None:
        return False
    days = {(evidence.fetched_at + apart).date().isoformat() for apart in (-HALF_A_DAY, HALF_A_DAY)}
    stamp = parse_stamp(date.text, evidence)
    return stamp is not None and stamp.local_day() in days


def modified_stamp(page: Page, article: Node | None, evidence: Evidence) -> tuple[Stamp, str] | None:
    """Return the time of the last change and its layer."""
    for written in (*_of_node(article, ("dateModified",)), *_of_metas(page, MODIFIED_METAS)):
        if stamp := parse_stamp(written.raw, evidence):
            return stamp, written.layer
    return None


def _of_node(node: Node | None, keys: tuple[str, ...]) -> Iterator[Written]:
    for key in keys if node else ():
        value = node.get(key) if node else None
        # An epoch is a number in JSON.
        for raw in [str(value)] if isinstance(value, int) else strings(value):
            yield Written(raw, "json-ld")


def _of_metas(page: Page, names: Iterable[str]) -> Iterator[Written]:
    for name in names:
        for raw in page.metas.get(name, ()):
            yield Written(raw, "dublin-core" if name.startswith("dc") else "opengraph" if ":" in name else "meta")


def _times(page: Page) -> Iterator[tuple[Written, int]]:
    """Yield the page's marked-up times; rank 0 are those that say they are the publication's."""
    for node in page.tree.css(TIME_NODES)[:MAX_TIME_NODES]:
        attributes = node.attributes
        itemprop = _first(attributes, ("itemprop", "property")).lower()
        hint = _first(attributes, ("class",)).lower()
        raw = _first(attributes, ("datetime", "content", "title")) or collapse(node.text())
        if not raw or _is_change(itemprop, hint):
            continue
        is_sure = "pubdate" in attributes or _says_published(itemprop, hint)
        if is_sure or not node_of_others(node):
            yield Written(raw, _layer(itemprop, hint)), 0 if is_sure else 1


def _first(attributes: Mapping[str, str | None], names: tuple[str, ...]) -> str:
    """Return the first attribute of these that has a value, empty where none has."""
    return next(filter(None, map(attributes.get, names)), "")


def _layer(itemprop: str, hint: str) -> str:
    return "microdata" if itemprop else "hnews" if "published" in hint else "html:time"


def _is_change(itemprop: str, hint: str) -> bool:
    return "modif" in itemprop or ("updat" in hint and "publish" not in hint)


def _says_published(itemprop: str, hint: str) -> bool:
    return "datepublished" in itemprop or "publish" in hint or "entry-date" in hint
