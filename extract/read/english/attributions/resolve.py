"""Resolves pronouns and short names used as sources, to the last compatible source named before.

Nothing is guessed: a pronoun refers to the last named source of its number and gender, within a few sentences; a
surname to the fullest name that ends in it. Without a compatible one, the name stays empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from extract.read.english.attributions.source_words import titles
from extract.read.english.mentions.genders import gender_of
from extract.types import Mention, SourceKind

REACH = 1500  # characters, about three paragraphs of news
MALE = frozenset({"he", "him", "his", "himself"})
FEMALE = frozenset({"she", "her", "hers", "herself"})
PLURAL = frozenset({"they", "them", "their"})
NEUTER = frozenset({"it", "its"})
SINGLE = frozenset({"person", "official", "anonymous"})
FULL_NAME = re.compile(
    r"(?<![\w’'-])[A-Z][\w’'-]+"
    r"(?: (?:[A-Z]\.|[A-Z][\w’'-]+|(?:de|van|von|der|den|bin|al|el|la|da|di|du|ter)\b)){1,4}(?<![ .])"
)
NAME = re.compile(r"[A-Z][\w’'-]*(?: (?:[A-Z]\.|[A-Z][\w’'-]*|(?:de|van|von|der|den|bin|al|el|la|da|di|du|ter)\b))*")
ONE = re.compile(r"(?:One|Another|A|An)\b")
ARTICLES = frozenset({"the", "a", "an"})
SENTENCE_END = re.compile(r"[.!?\n]\s*")
BEHIND_HEAD = re.compile(r",| (?:in|of|at|from|for|who|that)\b")


@dataclass(frozen=True, slots=True)
class Name:
    """A source's name with its offsets; ``phrase`` is the whole noun phrase, ``gender`` is ``m``, ``f`` or None."""

    text: str
    phrase: str
    start: int
    end: int
    kind: SourceKind
    gender: str | None
    is_proper: bool = True


class Named:
    """The named sources of a text so far, and the full names for short forms."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._sources: list[Name] = []
        self._full = _full_names(text, mentions)
        self._mentions = sorted(mentions, key=attrgetter("start"))
        self._starts = [mention.start for mention in self._mentions]
        for mention in mentions:
            if mention.kind == "person" and _opens_sentence(text, mention.start):
                self.add(mention.start, mention.end, "person")

    def add(self, start: int, end: int, kind: SourceKind) -> None:
        """Register a source as a possible antecedent of later pronouns."""
        found = self.name_in(start, end)
        if found is not None:
            begin, finish = found
        else:
            begin, finish = start, end
        text = self._text[begin:finish]
        full = self.full_form(begin, finish)
        gender = gender_of(self._text[start:end], self._text[slice(*full)] if full else text)
        is_proper = found is not None and _is_named(self._text, start, end, kind)
        name = Name(text, self._text[start:end], begin, finish, kind, gender, is_proper)
        insort(self._sources, name, key=attrgetter("start"))

    def inside(self, start: int, end: int) -> list[Mention]:
        """Return the mentions within a span."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [mention for mention in self._mentions[first:last] if mention.end <= end]

    def full_form(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets of the full form of a one-word name, or None; its gender must fit a title."""
        word = _lone_word(self._text[start:end].split())
        if word is None:
            return None
        called = gender_of(self._text[max(0, start - 5) : end], "")
        bearers = self._full.get(word.removesuffix("'s").removesuffix("’s"), ())
        fitting = (span for span in bearers if not called or gender_of("", self._text[slice(*span)]) in (called, None))
        return next(fitting, None)

    def full_form_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets of the full form of the name inside a source phrase, or None if it is not longer."""
        inner = self.name_in(start, end)
        full = self.full_form(*inner) if inner else None
        return full if full and full != inner else None

    def pronoun(self, word: str, offset: int) -> tuple[SourceKind | None, tuple[int, int] | None]:
        """Return kind and offsets of the source that a pronoun at ``offset`` refers to.

        Without an antecedent the offsets are None, and the kind is None or, by gender, ``person``.
        """
        name = self.antecedent(word, offset)
        if name is None:
            return ("person" if word.lower() in MALE | FEMALE else None), None
        if not name.is_proper:
            return name.kind, None
        return name.kind, self.full_form(name.start, name.end) or (name.start, name.end)

    def described(self, noun: str, offset: int, kind: SourceKind) -> SourceKind:
        """Return the kind of a source given by a noun alone ("the officer"): that of the last one with this noun.

        Without one, an official stays one; others are a person if one was named nearby, else anonymous.
        """
        near = self._near(offset)
        called = [name for name in near if re.search(rf"\b{re.escape(noun)}\b", name.phrase)]
        if called:
            return kind if kind == "official" and called[-1].kind == "person" else called[-1].kind
        if kind == "official" or any(name.kind == "person" for name in near):
            return kind
        return "anonymous"

    def _near(self, offset: int) -> list[Name]:
        """Return the individual sources named within ``REACH`` before ``offset``."""
        return [name for name in self._sources if name.start < offset <= name.end + REACH and name.kind in SINGLE]

    def antecedent(self, pronoun: str, offset: int) -> Name | None:
        """Return the last source named before ``offset`` that agrees with a pronoun; None if none is in reach."""
        word = pronoun.lower()
        for name in reversed(self._sources):
            if name.start >= offset:
                continue
            if offset - name.end > REACH:
                return None
            if _fits(word, name):
                return name
        return None

    def name_in(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the offsets of the name inside a source phrase, without titles; None if there is none."""
        piece, _, apposition = self._text[start:end].partition(",")
        if ONE.match(piece) and (name := FULL_NAME.match(apposition.strip())):
            begin = start + len(piece) + 1 + apposition.index(name.group())
            return begin, begin + len(name.group())
        piece = piece.partition("(")[0]
        found = [m for m in NAME.finditer(piece) if m.group().lower() not in ARTICLES]
        if not found:
            return None
        begin, finish = found[-1].span()
        words = piece[begin:finish].split()
        while len(words) > 1 and words[0].lower().rstrip(".") in titles() | ARTICLES:
            begin += len(words.pop(0)) + 1
        return start + begin, start + finish


def _lone_word(words: Sequence[str]) -> str | None:
    """Return the only word of a name apart from titles; None if there are several or none."""
    found = None
    for word in words:
        if word.lower().rstrip(".") not in titles():
            if found is not None:
                return None
            found = word
    return found


def _opens_sentence(text: str, offset: int) -> bool:
    """Return whether a name is at a sentence's start, perhaps after a title or a role, like most subjects."""
    before = SENTENCE_END.split(text[max(0, offset - 40) : offset])[-1]
    return len(before.split()) <= 2 and "," not in before


def _fits(word: str, name: Name) -> bool:
    """Return whether a pronoun agrees with a name in gender, number and kind."""
    if word in MALE or word in FEMALE:
        other = "f" if word in MALE else "m"
        return name.kind in SINGLE and name.gender != other and not _is_plural(name)
    if word in PLURAL:
        if name.kind == "anonymous":
            return not re.match(r"(?i)(?:an?|one|another|the) ", name.phrase)
        return name.kind in ("organisation", "collective", "official") and not re.match(r"(?i)(?:an?|one) ", name.text)
    return word in NEUTER and name.kind in ("organisation", "document", "publisher")


def _is_named(text: str, start: int, end: int, kind: SourceKind) -> bool:
    """Return whether the source itself has a name, rather than a place or body next to it ("a source in Kyiv")."""
    if kind == "person":
        return True
    head = BEHIND_HEAD.split(text[start:end])[0].split()
    return kind in ("organisation", "publisher") and bool(head) and head[-1][:1].isupper()


def _is_plural(name: Name) -> bool:
    return name.text.split()[-1].endswith("s") and not name.is_proper


def _full_names(text: str, mentions: Sequence[Mention]) -> dict[str, list[tuple[int, int]]]:
    """Return for each surname the offsets of the full names that end in it, in the order of the text."""
    full: dict[str, list[tuple[int, int]]] = {}
    people = [(m.start, m.end) for m in mentions if m.kind == "person" and " " in m.surface]
    for start, end in people or [m.span() for m in FULL_NAME.finditer(text)]:
        words = text[start:end].split()
        while len(words) > 1 and words[0].lower().rstrip(".") in titles():
            start += len(words.pop(0)) + 1
        if len(words) > 1:
            surname = words[-1].removesuffix("'s").removesuffix("’s")
            full.setdefault(surname, []).append((start, start + len(" ".join(words))))
    return full
