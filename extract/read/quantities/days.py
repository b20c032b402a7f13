"""The days that a number is true of: its own date, the nearest one of its clause, or the day of publication."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from extract.read.document import Document
from extract.read.quantities.branch import Branch
from extract.read.quantities.draft import Draft
from extract.read.quantities.syntax import Parse
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import AUXILIARIES, is_past
from extract.types import DateMention

Days = tuple[date | None, date | None]
# Dates that a number is only compared with: "more than on Sunday", "the lowest since 2011".
REFERENCE = re.compile(
    r"(?:\b(?:than|below|above|beyond)(?: (?:in|on|at|the|those of))?"
    r"|\b(?:\w+est|record|most|worst)\b[^.,;]{0,24}) $"
)
BASE = re.compile(
    r"(?i)\b(?:(?:over|on)(?: (?:the|that|those|of|in))*"
    r"|(?:from|against|versus|compared (?:with|to))(?: [^\s.,;]+){0,4}) $"
)
PARTED: tuple[list[str], ...] = ([], ["in"], ["on"], ["at"], ["in", "the"], ["at", "the"], ["since"])
PARTS = (["among", "them"], ["of", "whom"], ["of", "which"], ["of", "them"])
SINCE = re.compile(r"\bsince (?:the )?(?:end of |start of |beginning of )?$", re.IGNORECASE)
CLAUSES = frozenset({";", "but", "while", "although", "because", "whereas"})
CLAUSE_ENDS = CLAUSES | {",", ":", "–", "—", '"', "“", "”", "that", "which", "who", "said", "says", "when"}
COMPARED = frozenset({"after", "against", "versus", "from"})
COMPARATIVES = frozenset({"more", "less", "fewer"})
RELATIVES = frozenset({"who", "which", "that"})
NOW = frozenset({"now", "today", "currently"})
# What only may, must or will be is true of no day yet.
POSSIBLE = frozenset({"could", "may", "might", "must", "should", "can", "cannot", "will", "would"})
CONDITIONS = frozenset({"if", "unless", "whether"})
GENERIC = frozenset({"you", "your", "yourself"})  # what holds for anybody holds of no day
FORMER = re.compile(
    r"(?i)(?<!is )(?<!are )(?<!get )(?<!be )\bused to\b|\b(?:formerly|originally|initially|previously|back then)\b"
    r"|\bat (?:first|(?:the|its|their|his|her) (?:peak|height|most))\b"
)
AT_FIRST = re.compile(r"(?i)(?: [\w-]+){0,2} at (?:first|(?:the|its|their|his|her) (?:peak|height|time))\b")
TIMELESS = frozenset({"limit", "rate"})  # true of no day unless one stands right beside them
A_YEAR = timedelta(days=366)
WITHIN = 10  # words between such a verb and its number


def as_of(
    tokens: Tokens,
    draft: Draft,
    drafts: Sequence[Draft],
    dates: Sequence[DateMention],
    published_at: datetime | None,
    parse: Parse | None = None,
    *,
    is_history: bool = False,
) -> Days:
    """Give the first and last day that a number is true of; None where the text gives none.

    ``dates`` are the resolved dates of the sentence, ``drafts`` all its numbers; ``is_history`` says that the sentence
    before it in its paragraph is of other years: what goes on from there in the past tense is not of today.
    """
    ends = _ends(tokens, dates)
    if ends is not None and draft.role in ("from", "to"):  # "from 40 to 60 between May and July"
        end = ends[draft.role == "to"]
        return end.resolved_start, end.resolved_end
    own = next((date for date in dates if _follows(tokens, draft, date)), None)
    if own is not None and (draft.role == "from" or draft.aspect in TIMELESS or _is_compared(tokens, draft)):
        return own.resolved_start, own.resolved_end
    if draft.role == "from" or draft.aspect in TIMELESS:
        return None, None
    told = _told(tokens, draft, drafts, dates, published_at, parse)
    if told:
        start = tokens.starts[draft.first]
        nearest = min(told, key=lambda d: (abs(d.start - start), d.start))
        if ends is not None and nearest in ends:
            return ends[0].resolved_start, ends[1].resolved_end
        return _days_of(tokens, nearest, published_at)
    whole = _whole(tokens, draft, drafts)
    if whole is not None:
        return as_of(tokens, whole, drafts, dates, published_at, parse, is_history=is_history)
    is_level = draft.aspect == "level" and published_at is not None and not _is_timeless(tokens, draft, parse)
    if is_history and parse is not None and parse.is_past(*tokens.span(draft.first, draft.last)):
        return None, None
    return (published_at.date(), published_at.date()) if is_level and published_at else (None, None)


def _whole(tokens: Tokens, draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Find the number of which this one is a part: "40 died on Monday, including 12 children"."""
    k = draft.first - 1
    if tokens.word(k) != "including" and tokens.words[max(0, k - 1) : k + 1] not in PARTS:
        return None
    return next((d for d in reversed(drafts) if d.last <= k and d.is_counted and draft.is_counted), None)


def follows_history(doc: Document, tokens: Tokens, dates: Sequence[DateMention], published_at: datetime | None) -> bool:
    """Tell a sentence after one of its paragraph whose last date lies more than a year before publication."""
    index = doc.sentence_at(tokens.start)
    if published_at is None or index == 0:
        return False
    start, end = doc.sentences[index - 1]
    told = [d.resolved_end for d in dates if start <= d.start < end and d.resolved_end is not None]
    if not told or "\n" in doc.text[end : tokens.start]:
        return False
    return max(told) < published_at.date() - A_YEAR


def _told(
    tokens: Tokens,
    draft: Draft,
    drafts: Sequence[Draft],
    dates: Sequence[DateMention],
    published_at: datetime | None,
    parse: Parse | None,
) -> list[DateMention]:
    """List the dates that may be a number's own."""
    told = [d for d in dates if _may_be_of(tokens, draft, d) and not _is_of_other(tokens, draft, drafts, d)]
    if draft.role is not None and draft.aspect != "plan":
        told = [d for d in told if not _is_base(tokens, draft, d, dates)]
    if parse is not None and told:
        branch = Branch(parse, tokens.span(draft.first, draft.last), is_time=True)
        told = [d for d in told if branch.holds((d.start, d.end))]
    if draft.aspect == "level" and published_at is not None:  # what is yet to come is no day of what is
        told = [d for d in told if d.resolved_start and d.resolved_start <= published_at.date()]
    if len(told) > 1:  # a date right beside another number is that number's
        told = [d for d in told if not any(o is not draft and _follows(tokens, o, d) for o in drafts)] or told
    return told


def _ends(tokens: Tokens, dates: Sequence[DateMention]) -> tuple[DateMention, DateMention] | None:
    """Find the two ends of "from January to June"."""
    for first, last in pairwise([d for d in dates if d.relation == "from_to"]):
        is_whole = first.resolved_start and last.resolved_end and first.resolved_start <= last.resolved_end
        if is_whole and "," not in tokens.text[first.end : last.start]:
            return first, last
    return None


def _days_of(tokens: Tokens, told: DateMention, published_at: datetime | None) -> Days:
    """Give a date's days; "since June" reaches to the day of publication, "since 1978, when" does not."""
    since = SINCE.search(tokens.text, tokens.start, told.start)
    reaches = since is not None and published_at is not None and not _opens_clause(tokens, told)
    return told.resolved_start, published_at.date() if reaches and published_at else told.resolved_end


def _is_timeless(tokens: Tokens, draft: Draft, parse: Parse | None) -> bool:
    """Tell what is true of no day or of days gone by: "if it costs $5", "you need two", "we used to have 40"."""
    start, end = tokens.span(draft.first, draft.last)
    before = tokens.text[tokens.starts[max(0, draft.first - WITHIN)] : start]
    is_gone = FORMER.search(before) or AT_FIRST.match(tokens.text, end)
    return bool(is_gone) or _is_possible(tokens, draft) or (parse is not None and parse.is_order)


def _is_possible(tokens: Tokens, draft: Draft) -> bool:
    """Tell "they could go up to 4.5%", "if 40 came", "you need two" from what is, by the number's own clause."""
    after = draft.thing[1] if draft.thing and draft.thing[0] >= draft.last else draft.last
    if tokens.word(after) in ("may", "might", "must", "should") or tokens.words[after : after + 2] == ["can", "be"]:
        return tokens.text[tokens.starts[after]].islower() and tokens.word(after + 1) != "have"
    for k in range(draft.first - 1, max(-1, draft.first - 1 - WITHIN), -1):
        if tokens.word(k) in CONDITIONS or tokens.word(k) in GENERIC:
            return True
        if tokens.word(k) in CLAUSE_ENDS:
            return False
        if tokens.word(k) in POSSIBLE and tokens.text[tokens.starts[k]].islower():  # not the month
            return tokens.word(k + 1) != "have" or tokens.word(k + 2) == "to"  # "may have killed 30" has happened
    return False


def _is_base(tokens: Tokens, draft: Draft, told: DateMention, dates: Sequence[DateMention]) -> bool:
    """Tell the time that a change counts from: "up 4 percent from a year ago", "has risen to 40 since May"."""
    if draft.role == "to" and SINCE.search(tokens.text, tokens.start, told.start):
        return True
    if tokens.word(draft.last) in COMPARATIVES and told.start == tokens.starts[draft.last]:
        return True  # "a fifth more than a decade ago"
    base = BASE.search(tokens.text, tokens.start, told.start)
    if base is None or told.relation == "from_to" or any(base.start() < d.start < told.start for d in dates):
        return False
    return not base[0].lower().startswith("on ") or told.granularity not in ("day", "time")


def _opens_clause(tokens: Tokens, told: DateMention) -> bool:
    """Tell "since 1978, when 41 people drowned"."""
    return tokens.text[told.end : told.end + 6].lstrip(", ").startswith("when")


def _may_be_of(tokens: Tokens, draft: Draft, told: DateMention) -> bool:
    """Refuse dates that are only compared with, and those of another clause."""
    if REFERENCE.search(tokens.text, tokens.start, told.start) and not _opens_clause(tokens, told):
        return False
    if told.start >= tokens.starts[draft.first]:
        first, last = draft.last, bisect_left(tokens.starts, told.start)
    else:
        first, last = bisect_left(tokens.starts, told.end), draft.first
    between = tokens.words[first:last]
    if not CLAUSES.isdisjoint(between) or (first == draft.last and _clause_ends(tokens, draft, first, last)):
        return False
    return first == draft.last or NOW.isdisjoint(between)


def _clause_ends(tokens: Tokens, draft: Draft, first: int, last: int) -> bool:
    """Tell "the firm, which employs 40, closed on Monday" and "40 a year, and that ... last summer"."""
    if any(tokens.words[k : k + 3] == [",", "and", "that"] for k in range(first, last)):
        return True
    if RELATIVES.isdisjoint(tokens.words[max(0, draft.first - 8) : draft.first]):
        return False
    commas = [k for k in range(first, last) if tokens.word(k) == ","]
    return any(is_past(tokens.word(k + 1)) or tokens.word(k + 1) in AUXILIARIES for k in commas)


def _is_of_other(tokens: Tokens, draft: Draft, drafts: Sequence[Draft], told: DateMention) -> bool:
    """Tell a date that stands beside another number which this one is compared with."""
    return any(
        other is not draft and (other.role == "from" or _is_compared(tokens, other)) and _follows(tokens, other, told)
        for other in drafts
    )


def _is_compared(tokens: Tokens, draft: Draft) -> bool:
    before = tokens.word(draft.first - 1)
    return before in COMPARED or (before in ("with", "to") and tokens.word(draft.first - 2) == "compared")


def _follows(tokens: Tokens, draft: Draft, told: DateMention) -> bool:
    """Tell a date that only a preposition parts from its number: "up from 22 on Friday"."""
    end = tokens.span(draft.first, draft.thing[1] if draft.thing and draft.thing[0] >= draft.last else draft.last)[1]
    return end <= told.start and tokens.text[end : told.start].split() in PARTED
