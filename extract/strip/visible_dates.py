"""Visible dates: short texts that contain a date, those near the headline first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from extract.strip.calendars import western
from extract.strip.clocks import HALF_AFTER, HALF_BEFORE
from extract.strip.others import TAGS_OF_OTHERS, box_of_others, box_of_sources
from extract.strip.segment import Box, TextBlock
from extract.strip.wording import ends, fold, showing
from extract.strip.zones import ZONE

# The vowel signs of Indic scripts are no letters to a regular expression; May has two characters in most of them.
MONTH_WORD = r"(?:[^\s\d.,:;!?/|()\[\]<>_@#'’\"–—•·-]{3,12}|[\u0900-\u0dff]{2})\.?"
CLOCK = (
    rf"(?:\.?[\s,|•·–@/-]{{1,4}}(?:[^\W\d_]{{1,6}}\.?\s+){{0,2}}(?:(?:{HALF_BEFORE})\s?)?"
    r"\d{1,2}\s?(?:[:.h]\s?\d\d(?::\d\d)?|[時时点點시](?:\s?\d\d\s?[分분])?)"
    rf"(?:\s?(?:h\w{{0,4}}\s)?(?:{HALF_AFTER}|CH\b|SA\b))?(?:\s?(?:Uhr\s)?\(?{ZONE})?)?"
)
DATED = re.compile(
    rf"(?:(?<!\d)\d{{1,2}}(?:[.ºª]|st|nd|rd|th|er|η)?\s*(?:de\s+|of\s+|d['’])?[\s/-]?{MONTH_WORD}(?:\s*/\s*{MONTH_WORD})?,?[\s/-]\s*(?:de\s+|del\s+)?(?:19|20)\d\d(?!\d)"
    rf"|(?<![^\W\d_]){MONTH_WORD}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d(?!\d)"
    rf"|(?<!\d)(?:19|20)\d\d\.\s{MONTH_WORD}\s\d{{1,2}}(?!\d)"
    r"|(?<![\d/.-])\d{1,2}\s?([./|-])\s?\d{1,2}\s?\1\s?(?:(?:19|20)\d\d|\d\d)(?!\.?\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}(?!\d|T\d)(?:\s?[日일])?)" + CLOCK,
    re.I,
)
# How prose opens with its dateline: a place perhaps, and a date that a mark and no word follows.
OPENS_DATED = re.compile(rf"[^.!?]{{0,25}}?{DATED.pattern}\W{{0,2}}[-–—:.|)(/]", re.I)
HAS_DIGIT = re.compile(r"\d")
# Cheap to look for, and in every date that is worth a closer look.
MAY_BE_DATED = re.compile(r"(?:19|20)\d\d|\d\s?[./|-]\s?\d|\bago\b|\b(?:vor|hace|il y a|há) \d")
RELATIVE = re.compile(
    r"\b(?:an?|\d{1,2})\s+(?:minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago\b|\b(?:vor|hace|il y a|há)\s+\d{1,2}\s+\w+",
    re.I,
)
CHANGED = re.compile(
    r"updat|modif|aktuali|zuletzt|mis à jour|maj\b|actualiz|aggiorn|revis|last|geändert|stand\b"
    r"|bijgewerkt|oppdatert|изменен|обновлен",
    re.I,
)
COPYRIGHT = re.compile(r"©|copyright|\(c\)|all rights", re.I)
# Words with which people, not articles, are dated, and the clock of a forum.
OF_A_PERSON = re.compile(
    r"\b(?:registriert|mitglied seit|joined|member since|registered|inscrit|registrado|aktuelle zeit)\b", re.I
)
# In a long text only what stands with one of these words is the article's own date.
PUBLISHED = re.compile(
    r"\b(?:published|posted|veröffentlicht|publiziert|erschienen|publié|publicado|publicada|pubblicato|gepubliceerd|publicerad"
    r"|publisert|opublikowano|gepostet|udgivet|julkaistu|publicat|publikováno|zveřejněno|közzétéve|опубликован\w*)\b",
    re.I,
)
# What stands before a date that is to come, from which something holds, or today's.
NOT_TOLD_ON = re.compile(
    r"\b(?:deadline|anmeldeschluss|bewerbungsschluss|einsendeschluss|expires|gültig (?:seit|ab|bis)"
    r"|in kraft (?:seit|ab)|valid (?:from|since|until)|in force since|open today|today is|heute ist)\b",
    re.I,
)
# So many characters of a link before a date make the block a teaser of what is linked.
TEASER_CHARS = 20
MAX_NOTICE_CHARS = 500
MAX_BLOCK_CHARS = 220
DATELINE_CHARS = 40
BEFORE_HEADLINE = 8
AFTER_HEADLINE = 12
MAX_FOUND = 8
CAPTION_REACH = 3
CELLS = frozenset(("td", "th"))
# A label may name a place or a section before its day.
LABEL_CHARS = 4
# The line that tells the day stands so many blocks over or under the headline, and is no longer than this.
ABOVE = 3
BELOW = 6
MAX_LINE_CHARS = 90


@dataclass(frozen=True, slots=True)
class Shown:
    """A date as the reader sees it, and whether it stands in a line of its own right at the headline.

    ``is_change`` says that the reader is told a change there, ``is_told`` that the page calls it the publication's.
    """

    text: str
    is_near: bool = False
    is_change: bool = False
    is_told: bool = False


def visible_dates(blocks: list[TextBlock], headline: str | None, body: range) -> Iterator[Shown]:
    """Yield up to ``MAX_FOUND`` written dates, the likeliest publication date first.

    ``body`` is the span of block numbers from the first to the last block of the body. Dates that stand with a word for
    "updated" come after those that do not; around the headline they are still surer than what stands further away and
    does not say that it is the publication's.
    """
    yield from islice(_ranked(blocks, headline, body), MAX_FOUND)


def _ranked(blocks: list[TextBlock], headline: str | None, body: range) -> Iterator[Shown]:
    at = _headline_place(blocks, headline, body)
    start = body.start if at is None else at
    near = range(max(0, start - BEFORE_HEADLINE), min(len(blocks), max(start, body.start) + AFTER_HEADLINE))
    changed: list[Shown] = []
    tables = _data_tables(blocks, body, at)
    for index in _by_nearness(blocks, near, start, is_headline=at is not None):
        if index in tables:
            continue
        is_line = _is_line(blocks[index]) and at is not None and -ABOVE <= index - at <= BELOW
        found = list(_near_dates(blocks[index], is_line))
        changed += [shown for shown, is_change in found if is_change]
        yield from (shown for shown, is_change in found if not is_change)
    far = [*range(near.stop, min(len(blocks), body.stop + 4)), *range(near.start)]
    ranked = [(CHANGED_NEAR, shown) for shown in changed]
    for index in far:
        ranked += [] if index in tables else _far_dates(blocks[index])
    yield from (shown for _, shown in sorted(ranked, key=lambda found: found[0]))


def _data_tables(blocks: list[TextBlock], body: range, at: int | None) -> set[int]:
    """Return the numbers of the cells of tables inside the body: what they date is part of the story.

    A table that also holds the headline or the body's first text lays out the page.
    """
    inside = [index for index in body[1:-1] if blocks[index].box.tag in CELLS]
    if not inside:
        return set()
    held = {body.start if at is None else at, body.start}
    around = {box for index in held for box in blocks[index].box.ancestry()}
    tables = {index: _table_around(blocks[index].box) for index in inside}
    return {index for index, box in tables.items() if box not in around and not PUBLISHED.search(blocks[index].text)}


def _table_around(box: Box) -> Box | None:
    return next((outer for outer in box.ancestry() if outer.tag == "table"), None)


def _is_line(block: TextBlock) -> bool:
    return len(block.text) <= MAX_LINE_CHARS


def _by_nearness(blocks: list[TextBlock], near: range, start: int, *, is_headline: bool) -> list[int]:
    """Return the numbers of the blocks that may tell time, lines before prose, the nearest to the headline first.

    Without a headline on the page, ``start`` is the first block of the body.
    """
    timed = [index for index in near if _may_tell_time(blocks[index].text)]
    return sorted(timed, key=lambda index: (_is_prose(blocks[index].text), _distance(index, start, is_headline)))


def _near_dates(block: TextBlock, is_line: bool) -> Iterator[tuple[Shown, bool]]:
    """Yield the dates of a block around the headline and whether each is a change's; none of what dates others."""
    dates = list(_dates_of(block.text))
    if not dates or _is_said_of_another(block) or (not is_line and _is_of_another(block)):
        return
    is_told = PUBLISHED.search(block.text) is not None
    for text, is_change in dates:
        yield Shown(text, is_change=is_line) if is_change else Shown(text, is_line, is_told=is_told), is_change


def _is_said_of_another(block: TextBlock) -> bool:
    """Say whether a block is a caption, quotation or note that speaks of a day; one that opens with it is a label."""
    if box_of_sources(block.box):
        return True
    is_quoted = any(box.tag in TAGS_OF_OTHERS for box in islice(block.box.ancestry(), CAPTION_REACH))
    date = DATED.search(block.text) if is_quoted else None
    return date is not None and date.start() >= LABEL_CHARS


def _distance(index: int, start: int, is_headline: bool) -> float:
    """Return the distance of a block from the start. Dates stand under a headline rather than above it, and above the
    body rather than in it: a block on the other side counts as further away."""
    apart = index - start if is_headline else start - index
    return apart if apart >= 0 else 1 - 1.5 * apart


# How sure a date is that stands away from the headline, surest first.
SAYS_PUBLISHED, CHANGED_NEAR, LINE, DATELINE, CHANGED_FAR = range(5)


def _far_dates(block: TextBlock) -> Iterator[tuple[int, Shown]]:
    """Yield the dates of a block away from the headline, with their ranks; prose only counts when it opens with one."""
    text = block.text
    dates = list(_dates_of(text)) if _may_tell_time(text) else []
    if not dates or _is_said_of_another(block) or _is_of_another(block):
        return
    says, is_line = PUBLISHED.search(text) is not None, _is_line(block)
    if not (is_line or says or OPENS_DATED.match(text[: 2 * DATELINE_CHARS])):
        return
    for date, is_change in dates:
        if says or not RELATIVE.fullmatch(date):
            yield CHANGED_FAR if is_change else _rank(says, is_line), Shown(date, is_told=says)


def _rank(says: bool, is_line: bool) -> int:
    if is_line:
        return SAYS_PUBLISHED if says else LINE
    return DATELINE


def _is_of_another(block: TextBlock) -> bool:
    """Say whether the dates in a block are a comment's, an event's or the like by its markup, or a linked article's."""
    if box_of_others(block.box):
        return True
    date = DATED.search(block.text) if block.link_chars > TEASER_CHARS // 2 else None
    if date is None or PUBLISHED.search(block.text):
        return False
    return date.start() > TEASER_CHARS and 2 * block.link_chars > date.start()


def _headline_place(blocks: list[TextBlock], headline: str | None, body: range) -> int | None:
    """Return the number of the block that shows the headline, behind a kicker at least, nearest to the body's start."""
    key = fold(headline or "")
    places = showing((block.text for block in blocks), key)
    places = places or [index for index, block in enumerate(blocks) if _is_behind_kicker(block.text, key)]
    return min(places, key=lambda place: abs(place - body.start), default=None)


def _is_behind_kicker(text: str, key: str) -> bool:
    may_be = 0 < len(key) <= 2 * len(text) and len(text) <= MAX_BLOCK_CHARS and ends(text, key)
    return may_be and fold(text).endswith(key)


def _dates_of(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the dates in a block and whether they are a change's; a long text may still open with its dateline."""
    head = western(text[:MAX_NOTICE_CHARS])
    if not MAY_BE_DATED.search(head, 0, MAX_BLOCK_CHARS):
        return
    is_long = len(text) > MAX_BLOCK_CHARS and not (len(text) <= MAX_NOTICE_CHARS and PUBLISHED.search(head))
    told = head[:DATELINE_CHARS] if is_long else head
    dates = [*DATED.finditer(told), *RELATIVE.finditer(told)]
    if not dates or COPYRIGHT.search(text) or OF_A_PERSON.search(text):
        return
    for match in dates:
        lead = told[max(0, match.start() - 30) : match.start()]
        if not NOT_TOLD_ON.search(lead):
            yield match[0], CHANGED.search(lead) is not None


def _may_tell_time(text: str) -> bool:
    """Say whether a text has what every date has; nearly all texts are told apart by this alone."""
    return HAS_DIGIT.search(text, 0, MAX_BLOCK_CHARS) is not None or "ago" in text


def _is_prose(text: str) -> bool:
    """Say whether a text is no line that could tell the day, and opens with no dateline either.

    A sentence goes on behind its date ("from 1 September 2015 on the board"), a line or a dateline does not.
    """
    is_line = len(text) <= MAX_LINE_CHARS
    opening = text if is_line else text[:DATELINE_CHARS]
    date = DATED.search(opening) if HAS_DIGIT.search(opening) else None
    if date is None:
        return not is_line
    behind = text[date.end() : date.end() + 2]
    return behind[:1] == " " and behind[1:].islower() and not (is_line and date.start() < TEASER_CHARS)
