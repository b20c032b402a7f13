"""Surnames used alone for people named in full elsewhere, and places that share such a name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from extract.read.english.mentions.runs import UPPER
from extract.read.english.mentions.tables import first_names, lexicon, place
from extract.read.english.speech import after_name
from extract.read.english.words import VERBS, common_words, is_past
from extract.types import MentionKind

VERB_AFTER = re.compile(r"\s+(?:also\s+|now\s+|still\s+|has\s+|had\s+)?([a-z]+)")
PARTICLES = frozenset("de la van von der den bin ibn bint al el di da du dos del le ul ter zu".split())
LED = re.compile(rf"(?<![\w-])(?i:(?:{'|'.join(sorted(PARTICLES))})\s){{1,3}}[{UPPER}][\w’'-]*\w")
SURE = 0.8  # minimum confidence of a full name whose surname is looked for
# Context before places but not before people: "lives in Austin", "flew back to Paris".
WHERE = re.compile(r"\b(?:in|near|outside|across|throughout|around)\s+$")
WHITHER = re.compile(r"\b([a-z]+)\s+(?:back\s+|home\s+|on\s+)?(?:to|from|for|through)\s+$")
REACH = 32  # characters of context before a name


@dataclass(frozen=True, slots=True)
class Naming:
    """An occurrence of a name before it becomes a row; ``start`` and ``end`` are offsets, ``title`` precedes a name."""

    start: int
    end: int
    kind: MentionKind
    confidence: float
    title: str | None = None


def with_surnames(text: str, namings: list[Naming]) -> list[Naming]:
    """Return the namings with surnames that runs miss: common words that act, and names with particles.

    "Huw Pill ... Pill spoke", "Luis de la Cruz ... de la Cruz shrugged".
    """
    people = {tail_of(text[one.start : one.end]) for one in namings if _is_full(text, one)}
    led = _led_by_particles(text, frozenset(tail for tail in people if " " in tail), namings)
    words = sorted(tail for tail in people if tail.lower() in common_words())
    inside = {at for one in led for at in range(one.start, one.end)}
    return [*(one for one in namings if one.start not in inside), *led, *_acting(text, words, [*namings, *led])]


def _is_full(text: str, one: Naming) -> bool:
    return one.kind == "person" and one.confidence >= SURE and " " in text[one.start : one.end]


def _acting(text: str, words: list[str], namings: list[Naming]) -> Iterator[Naming]:
    """Yield surnames that are common words where a verb of people follows."""
    taken = {at for one in namings for at in range(one.start, one.end)} if words else set()
    for word in words:
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text):
            if match.start() not in taken and is_acting(text, match.end()):
                yield Naming(match.start(), match.end(), "person", 0.8)


def _led_by_particles(text: str, tails: frozenset[str], namings: list[Naming]) -> list[Naming]:
    """Return the occurrences of "de la Cruz" and "Van der Berg" alone, found in one pass."""
    if not tails:
        return []
    full = sorted((one.start, one.end) for one in namings)
    found = []
    for match in LED.finditer(text):
        start, end = match.span()
        tail = match.group()
        at = bisect_right(full, (start, len(text))) - 1
        is_part = at >= 0 and full[at][1] > start and full[at][1] - full[at][0] > end - start
        if tail[0].lower() + tail[1:] in tails and not is_part:
            found.append(Naming(start, end, "person", 0.8))
    return found


def tail_of(name: str) -> str:
    """Return the surname: the last word, with the particles before it."""
    words = name.split()
    at = len(words) - 1
    while at > 1 and words[at - 1] in PARTICLES:
        at -= 1
    return " ".join(words[at:])


def is_acting(text: str, end: int) -> bool:
    """Return whether a verb typical of people follows: "Pill spoke", "Stone will serve"."""
    follows = VERB_AFTER.match(text, end)
    return follows is not None and follows[1] in after_name() | lexicon()["person_verbs"] | lexicon()["actor_verbs"]


def people_of(votes: Mapping[str, Naming]) -> set[str]:
    """Return the surnames and given names of people named in full, which may be used alone."""
    return {
        part
        for surface, best in votes.items()
        if best.kind == "person" and best.confidence >= 0.6 and (" " in surface or best.title)
        for part in (
            *((surface.split()[-1],) if not surface.isupper() and not surface.split()[-1].isupper() else ()),
            *(surface.split()[:1] if surface.split()[0] in first_names() else ()),
        )
    }


def acts(text: str, naming: Naming, bearers: frozenset[str]) -> bool:
    """Return whether a surname that is also a country is followed by a person's verb: "Michael Jordan ... Jordan kept".

    After a surname in ``bearers`` any past verb counts; after others, only verbs typical of people.
    """
    surface = text[naming.start : naming.end]
    if not is_country(surface) or is_where(text, naming):
        return False
    follows = VERB_AFTER.match(text, naming.end)
    if follows is None or is_acting(text, naming.end):
        return follows is not None
    return surface in bearers and (follows[1] in VERBS or is_past(follows[1]))


def bearers_of(votes: Mapping[str, Naming]) -> frozenset[str]:
    """Return the last words of names with a given name: "Michael Jordan", not "Will China" or "Nazi Germany"."""
    names = (surface.split() for surface, best in votes.items() if best.kind == "person" and best.confidence >= SURE)
    return frozenset(
        name[-1]
        for name in names
        if len(name) > 1 and name[0] in first_names() and name[0].lower() not in common_words()
    )


def is_country(surface: str) -> bool:
    """Return whether this is the name of a country or a region."""
    known = place(surface)
    return known is not None and known.kind in ("country", "region")


def is_where(text: str, naming: Naming) -> bool:
    """Return whether a known place is used as a place: "in Austin", "flew to Paris"."""
    first = max(0, naming.start - REACH)
    if place(text[naming.start : naming.end]) is None or text.startswith(("'s", "’s"), naming.end):
        return False
    if WHERE.search(text, first, naming.start):
        return True
    going = WHITHER.search(text, first, naming.start)
    return going is not None and going[1] in lexicon()["motion_verbs"]
