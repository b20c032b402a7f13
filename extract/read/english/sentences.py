"""Rule-based sentence segmentation: fast enough for every text, and identical on every machine."""

from __future__ import annotations

import re

from extract.calendar import MONTH_SHORT, WEEKDAY_SHORT

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev hon sen rep gov gen lt col maj capt cmdr sgt cpl pvt adm brig st mt ft sr jr no nos vs "
    "inc ltd co corp plc llc bros approx est dept univ fig eq al etc ca cf u.s u.k u.n e.u d.c a.m p.m i.e e.g ph.d "
    "m.d b.a m.a".split()
).union(name.lower() for name in (*MONTH_SHORT, *WEEKDAY_SHORT))
# Abbreviations that may also end a sentence: the next word decides.
MAY_END = frozenset("inc ltd co corp plc llc bros etc al u.s u.k u.n e.u d.c a.m p.m jr sr".split())
# Abbreviations before a number: "Sec. 14", "Paras. 4 and 7".
BEFORE_NUMBER = frozenset("sec secs arts ch chs para paras eqs figs p pp vol vols refs".split())
LIKELY_OPENERS = frozenset(
    "the a an he she it they we i in on at but and this that these those there his her their our its as for "
    "after before when while since if although however meanwhile officials many most some".split()
)
# Encyclopedias put note references after the full stop: "died.[3][4] A"
BOUNDARY = re.compile(r"""[.!?…]+["'”’)\]»]*(?:\[\d{1,3}\])*(?=\s)|\n+""")
LAST_WORD = re.compile(r"([^\s\"“‘(\[]+)$")
LONGEST_SENTENCE = 1200  # characters; longer text without a full stop is a list or a table, and readers search far back
LONGEST_WORD = 40  # characters; no abbreviation is longer
INITIALS = re.compile(r"(?:[a-z]\.)+[a-z]")
NEXT_WORD = re.compile(r"\s+[\"'“‘(\[«]*([^\W\d_]+|\d|\$|£|€)?")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Split a text into sentences; a line break always ends one, and none is longer than ``LONGEST_SENTENCE``.

    Return half-open character offsets in ascending order, without surrounding white space.
    """
    spans: list[tuple[int, int]] = []
    start = 0
    for match in BOUNDARY.finditer(text):
        if match.group().startswith("\n") or _ends_sentence(text, start, match):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Append a sentence without surrounding white space, cut if it is too long."""
    while end - start > LONGEST_SENTENCE:
        cut = _cut(text, start)
        _append_trimmed(spans, text, start, cut)
        start = cut
    _append_trimmed(spans, text, start, end)


def _append_trimmed(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    tail = len(piece.rstrip())
    if tail > lead:
        spans.append((start + lead, start + tail))


def _cut(text: str, start: int) -> int:
    """Return where to cut an overlong sentence: after the last semicolon in reach, else after the last space."""
    limit = start + LONGEST_SENTENCE
    for sign in (";", " "):
        found = text.rfind(sign, start + LONGEST_SENTENCE // 2, limit)
        if found > 0:
            return found + 1
    return limit


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Return whether a punctuation mark ends a sentence, by the words around it."""
    following = NEXT_WORD.match(text, match.end())
    opener = following.group(1) if following else None
    if opener and opener[0].islower():
        return False
    if not match.group().startswith("."):
        return True
    word = LAST_WORD.search(text, max(start, match.start() - LONGEST_WORD), match.start())
    last = word.group(1).lower() if word else ""
    if len(last) == 1 and last.isalpha():  # an initial: "J. Smith"
        return False
    if INITIALS.fullmatch(last) and last not in ABBREVIATIONS:  # "O.J. Simpson"
        return False
    return _may_close(last, opener or "")


def _may_close(last: str, opener: str) -> bool:
    """Return whether a full stop after the word ``last`` and before ``opener`` can end a sentence."""
    if last in BEFORE_NUMBER:
        return not opener[:1].isdigit()
    return opener.lower() in LIKELY_OPENERS if last in MAY_END else last not in ABBREVIATIONS
