"""The kind of figure of a number: its unit, its clause, and whether it is a level, a lead, a threshold or a plan."""

from __future__ import annotations

import re

from load.measures.claim import Article, Number
from load.measures.words import WORD

# Boundaries between clauses, or between members of a list.
BREAK = re.compile(
    r"[,;:()\"“”—–]|\.\.\.|…|\s-\s|\b(?:while|but|whereas|although|versus|vs|compared|followed|and|as|than)\b|(?<=[\d%])\sto\s(?=\$?\d)"
)
# Words that indicate the kind of figure. Those for leads, thresholds and limits must be next to the number:
# before it ("leads by", "a limit of"), or after the counted thing ("a 214-seat lead").
_BY = r"(?:\W+(?!and\b|but\b)\w+){0,3}\W*$"
KINDS_BEFORE: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words + _BY))
    for kind, words in (
        (
            "lead",
            r"\b(?:(?:leads?|leading|led|ahead|trail\w*|behind|outpoll\w*|up|beat\w*|defeat\w*|win|won|lost)\W+(?:\w+\W+){0,3}by"
            r"|(?:leads?|margins?|advantage|edge|gap)\W+(?:\w+\W+){0,3}(?:of|by))",
        ),
        ("remaining", r"\b(?:remaining|short (?:of|by)|still (?:needs?|missing)|away from)"),
        ("threshold", r"\b(?:needs?|needed|requires?|required|necessary|threshold|reach\w*|at least)"),
        ("limit", r"\b(?:limit\w*|cap|capped|maximum|minimum|ceiling)"),
        (
            "plan",
            r"\b(?:propos\w+|ask\w*|request\w*|seek\w*|sought|demand\w*|wants?|wanted|pledg\w+|promis\w+|vow\w*|threaten\w*"
            r"|call(?:s|ed|ing) for|would (?:impose|spend|cut|raise|cost|create|pay|add|be)|plan(?:s|ned)? to|impose)",
        ),
    )
)
KINDS_AFTER: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(r"^(?:[\W\d]*[a-z%]+){0,3}\W+" + words))
    for kind, words in (
        ("error", r"(?:margin of (?:sampling )?error|plus or minus)"),
        ("lead", r"(?:lead|advantage|edge|margin|gap)\b"),
        ("remaining", r"(?:remaining|short of|left\b|more to go)"),
        ("threshold", r"(?:needed|required|necessary|threshold|hurdle|mark)\b"),
        ("limit", r"(?:limit|cap|maximum|minimum|ceiling)\b"),
        ("plan", r"(?:request|proposal|plan)\b"),
    )
)
ERROR = re.compile(r"margins? of (?:sampling )?error|plus or minus|sampling error")
# Sample sizes of polls: "the poll of 900 likely voters", "surveyed 1,204 adults", "578 voters interviewed".
SAMPLE_BEFORE = re.compile(
    r"\b(?:survey(?:ed|ing)|poll(?:ed|ing)|interview(?:ed|s|ing)|question(?:ed|ing)|questionnaires|respon(?:ses|dents)"
    r"|samples?|sampled|(?:polls?|surveys?) (?:of|among|with|included))\b(?:\W+\w+){0,4}\W*$"
)
SAMPLE_AFTER = re.compile(
    r"^(?:[\W\d]*[a-z]+){0,5}\W+(?:surveyed|polled|interviewed|questioned|respondents|interviews)\b"
)
# What a change is compared with.
COMPARED = re.compile(r"\b(?:from|since|than|compared|over (?:the|a))\b")
# Totals out of which others are counted: "six of the last seven contests".
BASE = re.compile(
    r"\b(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|most|all|many|some|none)\s+(?:out\s+)?of\s+"
    r"(?:the\s+|its\s+|his\s+|her\s+|their\s+|those\s+)?(?:\w+\s+)?(?:about\s+|more than\s+|nearly\s+)?$",
    re.IGNORECASE,
)


def unit_of(number: Number) -> str:
    """Return the class of units within which values are comparable."""
    if number.currency:
        return number.currency
    if number.unit == "percentage point" or number.dimension == "points":
        return "point"
    if number.dimension == "time":
        return "time"
    return number.dimension or "count"


AGE_AFTER = re.compile(r"\s*[,.;:―—–]|\s+(?:and|who|of)\b")


def is_age(number: Number, article: Article) -> bool:
    """Return whether a bare number in apposition to a person is an age: "Holub, 40, told the court"."""
    text = article.text
    if number.low is None or number.dimension not in (None, "count", "age") or not 0 < number.low < 111:
        return False
    if not text[: number.start].endswith(", ") or not AGE_AFTER.match(text, number.end):
        return False
    return any(n.kind == "person" and n.end == number.start - 2 for n in article.named(number.start - 60, number.start))


def class_of(number: Number, article: Article) -> str:
    """Return the class of units within which values are comparable, where an age has its own: ``age``."""
    return "age" if is_age(number, article) else unit_of(number)


def fixed_of(number: Number, text: str, clause: tuple[int, int], unit: str, kind: str) -> str:
    """Return the kind of a value that cannot change (``age``, ``sample``, ``threshold``), or an empty string.

    Two such values that differ belong to two measures.
    """
    if unit == "age":
        return "age"
    if unit != "count":
        return ""
    if kind == "base" and _is_sample(unit, *_beside(number, text, clause)):
        return "sample"
    return "threshold" if kind == "threshold" else ""


def _beside(number: Number, text: str, clause: tuple[int, int]) -> tuple[str, str]:
    """Return the words of the clause before and after a number, in lower case."""
    before = text[max(clause[0], number.start - 80) : number.start].lower()
    return before, text[number.end : min(clause[1], number.end + 80)].lower()


def _is_sample(unit: str, before: str, after: str) -> bool:
    """Return whether a number is the sample size of a poll."""
    return unit == "count" and bool(SAMPLE_BEFORE.search(before) or SAMPLE_AFTER.search(after))


def kind_of(number: Number, text: str, clause: tuple[int, int]) -> str:
    """Return the kind of figure: level, change, lead, threshold, plan, limit, remaining, base, rank or error."""
    before, after = _beside(number, text, clause)
    if ERROR.search(text[clause[0] : clause[1]].lower()):
        return "error"
    if number.aspect == "rank":
        return "rank"
    if BASE.search(text[max(number.sentence_start, number.start - 50) : number.start]):
        return "base"
    unit = unit_of(number)
    told = _kind_by_words(unit, before, after)
    # "Opened up a lead of 15 points" is no change by 15 points, but "up by 15 points from March" is.
    leads = told == "lead" and unit == "point" and not COMPARED.search(after)
    if number.aspect == "change" and number.change_role == "by" and not leads:
        return "change"
    return told or _kind_read(number)


def _kind_by_words(unit: str, before: str, after: str) -> str | None:
    """Return the kind that the words next to a number indicate, or None; words after the number take precedence."""
    for kind, words in KINDS_AFTER:
        if words.search(after):
            return kind
    if _is_sample(unit, before, after):
        return "base"
    # "Leads with 49 percent" gives a share, not a lead.
    found = (kind for kind, words in KINDS_BEFORE if words.search(before) and not (kind == "lead" and unit == "ratio"))
    return next(found, None)


def _kind_read(number: Number) -> str:
    """Return the kind that follows from the reader's unit and aspect."""
    if unit_of(number) == "point":
        return "lead"
    return number.aspect if number.aspect in ("limit", "plan") else "level"


def clause_of(text: str, number: Number) -> tuple[int, int]:
    """Return the start and end offsets of the clause, or of the list member, that contains the number."""
    start, end = number.sentence_start, number.sentence_end
    left, right = start, end
    for found in BREAK.finditer(text, start, end):
        if found.end() <= number.start and not _within_number(text, found):
            left = found.end()
        elif found.start() >= number.end and not _within_number(text, found):
            right = found.start()
            break
    # An apposition, or a number alone between two commas, belongs to the text before it.
    if len(WORD.findall(text, left, number.start)) + len(WORD.findall(text, number.end, right)) < 2:
        before = [
            found.end()
            for found in BREAK.finditer(text, start, max(left - 1, start))
            if not _within_number(text, found)
        ]
        left = before[-1] if before else start
    return left, right


def _within_number(text: str, found: re.Match[str]) -> bool:
    return found[0] == "," and text[found.end() : found.end() + 1].isdigit()
