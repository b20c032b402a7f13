"""Shallow look-up of verb cues near a date: whether its clause looks back or ahead.

No parse: auxiliaries, frequent irregular pasts, ``-ed`` forms, infinitives and words of plans. The nearest cue decides;
one before the date outweighs one after it, since an English temporal adverbial mostly follows its verb.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from extract.read.english.auxiliaries import MODALS
from extract.read.english.dates.stretches import stretch_before
from extract.types import TimeDirection

IRREGULAR_PASTS = (
    "was were had did been has have went came took made got gave began fell rose held met told left won lost "
    "said saying sent shot kept felt found broke brought bought built caught chose cut drew drove fled flew fought "
    "grew heard hit knew laid led let lay paid put ran read saw sold set showed shut spent spoke stood stole "
    "struck swept swore taught thought threw tore understood withdrew wore wrote became beat bid bound died "
    "sank sought slid spread sprang swung overcame overthrew underwent rang sang woke rode hid dug stuck slept "
    "lent fed hung dealt crept wept ago"
)
AHEAD = sorted(MODALS | {"won't", "wouldn't", "cannot"})
PLANS = (
    "scheduled due expected expects expect planned planning upcoming deadline expires expire hopes hope aims aim "
    "intends intend tentatively forthcoming slated pending effective payable matures mature redeemable next arriving"
)
# A modal or an infinitive includes its main verb ("will be paid", "to be published").
VERB_PHRASE = r"(?:\s+(?:not|also|\w+ly))?(?:\s+be)?\s+\w+"
CUE = re.compile(
    r"(?P<perfect>\b(?:would|could|should|may|might|must|to) have\s+\w+)"
    rf"|(?P<plan>\b(?:{'|'.join(AHEAD)})\b{VERB_PHRASE}|['’]ll{VERB_PHRASE}"
    rf"|\b(?:{'|'.join(PLANS.split())})\b|\bset (?:to|for)\b|\b(?:plans?|going|(?:is|are|am) set) to\b{VERB_PHRASE}"
    r"|\bto be\s+\w+|\b(?:is|are) (?:\w+ly )?\w+(?:ed|ing)\b"
    r"|\bto (?!(?:the|a|an|his|her|their|its|this|that|these|those|more|about|some|no|less)\b)(?-i:[a-z]{2,})\b"
    r"|\b(?:starts|begins|opens|ends|takes effect|kicks off|closes|launches|goes|terminates"
    r"|resumes|restarts|reopens|reconvenes|concludes|finishes|commences|debuts|departs)\b)"
    r"|(?P<past>\b(?:"
    + "|".join(IRREGULAR_PASTS.split())
    + r")\b|(?<!-)\b(?!un(?!veil|cover|leash|earth|load|fold))[a-z]{2,}ed\b)",
    re.IGNORECASE,
)
# Most characters between a cue and the date, before and after it.
REACH_BEFORE = 110
REACH_AFTER = 60
DEADLINE = re.compile(
    r"\b(?:by|until|till|no later than|ahead of|through|as (?:soon|early|late) as|expires?|due|next|coming|upcoming)"
    r"\s+(?:the\s+)?$",
    re.IGNORECASE,
)
LOOKING_BACK = re.compile(r"\b(?:since|last|ended|previous|back (?:in|on))\s+(?:the\s+)?$", re.IGNORECASE)
CLAUSE_START = re.compile(r"[,;:—–(]\s|\b(?:and|but|who|which|while|though|although)\b")
OPENING = 3  # most words of a clause up to its date ("By late Monday") when its verb follows
PAST_AUXILIARY = re.compile(r"\b(?:had|was|were|did|lasted|ran|remained|stayed)\b", re.IGNORECASE)
# What lasts or waits from then on: "were bailed until May".
DEFERRED = re.compile(
    r"\b(?:bailed|remanded|adjourned|postponed|deferred|delayed|extended|rescheduled|(?:put|pushed) (?:off|back))\b",
    re.IGNORECASE,
)
# After a past form, "by Friday" is a past day ("climbed to 41 by Sunday"), but not after these ("vowed 41 by Sunday").
BY = re.compile(r"\bby\s+(?:(?:the|late|early)\s+)*$", re.IGNORECASE)
ASKING = re.compile(
    r"\b(?:want|need|ask|demand|order|pledge?|promise?|vow|urge?|seek|agree?|expect|schedul|plann?|aim|target|propose?|request"
    r"|require?|instruct|commit|commitment|forecast|predict|hop|hope|intend|deadline|offer|appeal|call|due|owe|tell|give"
    r"|let|set|must|bound)(?:e?s|e?d|ted|ing|e)?\b|\b(?:sought|told|gave|given)\b",
    re.IGNORECASE,
)
# "Wednesday's ruling", "a June agreement": the date modifies a noun, and the clause's verb does not apply to it.
OWNER = re.compile(r"['’]s\b")
DETERMINER = re.compile(r"\b(?:an?|the|its|his|her|their|this)\s+$", re.IGNORECASE)
NOUN_AFTER = re.compile(r"\s+[a-z]{3,}")


def direction_of(text: str, bounds: tuple[int, int], start: int, end: int) -> TimeDirection | None:
    """Return whether the clause around ``text[start:end]`` looks back (``past``) or ahead (``future``).

    ``bounds`` is the sentence's offsets (start, end); the result is ``None`` where no cue is near.
    """
    left = text[max(bounds[0], start - REACH_BEFORE) : start]
    right = text[end : min(bounds[1], end + REACH_AFTER)]
    if DEADLINE.search(left) and not stretch_before(text, start):
        return _deadline(left, right)
    if LOOKING_BACK.search(left):
        return "past"
    if OWNER.match(right) or (DETERMINER.search(left) and NOUN_AFTER.match(right)):
        return None
    return _by_nearest_cue(_cues(text, *bounds), start, end)


def _by_nearest_cue(cues: list[tuple[int, bool]], start: int, end: int) -> TimeDirection | None:
    """Return the direction of the last cue before the date, else of the first one after it."""
    after = bisect_left(cues, (start,))
    if after and cues[after - 1][0] >= start - REACH_BEFORE:
        return "future" if cues[after - 1][1] else "past"
    after = bisect_left(cues, (end,))
    if after < len(cues) and cues[after][0] < end + REACH_AFTER:
        return "future" if cues[after][1] else "past"
    return None


@lru_cache(maxsize=8)
def _cues(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Return the cues of a sentence as (start offset, whether future), sorted; cached for all of its dates."""
    return [(cue.start(), cue["plan"] is not None) for cue in CUE.finditer(text, start, end)]


def _deadline(left: str, right: str) -> TimeDirection:
    """Return the direction of a deadline: future, but past in "lasted until Friday" or "By Monday they had …"."""
    clause = CLAUSE_START.split(left)[-1]
    if DEFERRED.search(clause):
        return "future"
    if len(clause.split()) <= OPENING:
        first = CUE.search(right)
        if first and first["past"]:
            return "past"
    cues = list(CUE.finditer(clause))
    is_past = PAST_AUXILIARY.search(left[-40:]) or (cues and cues[-1]["perfect"])
    is_past = is_past or _was_reached(
        *((clause, cues) if cues or CUE.search(right) else (left, list(CUE.finditer(left))))
    )
    return "past" if is_past else "future"


def _was_reached(clause: str, cues: list[re.Match[str]]) -> bool:
    """Return whether a clause up to its "by" says what had happened by a day: "climbed to 41 by"."""
    if not cues or not cues[-1]["past"] or any(cue["plan"] for cue in cues):
        return False
    return BY.search(clause) is not None and ASKING.search(clause) is None
