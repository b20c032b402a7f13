"""Classifies uncertain names by coordination with a certain organisation: in a list, or as opponents in a match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.read.english.mentions.surnames import Naming
from extract.read.english.mentions.tables import place

SURE = 0.75
UNSURE = 0.6  # maximum confidence of an uncertain name, one classified by its form
LISTED = re.compile(r"(?:,|,? (?:and|or|&))(?: the)? ")
BEHIND_COMMA = re.compile(r",(?: the)? $")
SCORE = r"(?: \d+[-–]\d+)?"
# Words between the two sides of a match.
AGAINST = re.compile(
    rf"(?: (?:have|has|had|will|to|could|can))?"
    rf"(?: (?:drew{SCORE} with|beat|beaten|lost{SCORE} (?:to|at|against)|won{SCORE} (?:at|against)|defeat(?:ed|s)?|"
    rf"thrash(?:ed|es)?|play(?:ed|s)?(?: at)?|fac(?:e|es|ed)|host(?:s|ed)?|draw(?:s|n)?{SCORE} with|edged(?: past)?|"
    rf"overcame|v|vs|versus)|{SCORE})(?: the)? "
)
RESULT = re.compile(
    rf"(?: (?:have|had))? (?:drew{SCORE} with|beat|lost{SCORE} to|defeat(?:ed|s)|thrash(?:ed|es)|edged(?: past)?)"
    rf"{SCORE} "
)


def with_equals(text: str, namings: Sequence[Naming]) -> list[Naming]:
    """Return the names with the kind of a coordinated one for uncertain ones; ``namings`` are in text order.

    "The GMB and Unison backed it", "Real Sociedad drew with Athletic Club".
    """
    lent = list(namings)
    for at in (*range(len(lent) - 1), *range(len(lent) - 2, -1, -1)):
        first, second = lent[at], lent[at + 1]
        if _are_sides(text, first, second):
            lent[at], lent[at + 1] = (replace(one, kind="organisation", confidence=SURE) for one in (first, second))
            continue
        sure, unsure = (second, first) if first.confidence < second.confidence else (first, second)
        if sure.kind != "organisation" or sure.confidence < SURE or unsure.confidence > UNSURE:
            continue
        is_match = AGAINST.fullmatch(text, first.end, second.start) is not None
        is_listed = unsure.kind == "organisation" and _are_listed(text, first, second)
        if is_match or is_listed:
            lent[at + (unsure is second)] = replace(unsure, kind="organisation", confidence=SURE)
    return lent


def _are_sides(text: str, first: Naming, second: Naming) -> bool:
    """Return whether two towns are the sides of a match: "Everton lost to Burnley"."""
    places = [one for one in (first, second) if one.kind == "place"]
    is_sure = all(one.kind != "person" and one.confidence >= SURE for one in (first, second))
    if not places or not is_sure or not RESULT.fullmatch(text, first.end, second.start):
        return False
    known = (place(text[one.start : one.end]) for one in places)
    return all(one is not None and one.kind == "city" for one in known)


def _are_listed(text: str, first: Naming, second: Naming) -> bool:
    """Return whether two names are adjacent in a list of at least three: "Oxfam, Mercy Corps and".

    A pair may be a company and a person.
    """
    joint = LISTED.fullmatch(text, first.end, second.start)
    if joint is None:
        return False
    return joint.group().startswith(",") or BEHIND_COMMA.search(text, max(0, first.start - 6), first.start) is not None
