"""Context that limits what a number can be compared with, and numbers that an article corrects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from load.measures.claim import Article, Number
from load.measures.kinds import class_of

# "If she had won, it would have been 698": nobody asserts the value.
HYPOTHETICAL = re.compile(r"\bwould(?:n['’]t|\s+not)?\s+have\b", re.IGNORECASE)
COUNTED = r"won|beat|beaten|defeated|defeats|lost|finished|precincts|ballots|votes\s+(?:cast|counted)|of\s+the\s+votes?"
POLLED = r"polls?|polling|polled|survey\w*|support\w*|favou?r\w*|approv\w*|leads?|leading|trail\w*"
OF_VOTES = re.compile(rf"\b(?:(?P<counted>{COUNTED})|{POLLED})\b", re.IGNORECASE)
# "Millions" gives no value that could be denied; a denial concerns the rest of the statement.
MAGNITUDE = re.compile(r"(?:\w+ of )?(?:dozens|scores|hundreds|thousands|millions|billions|trillions)", re.IGNORECASE)
# Maximum number of characters between a number and its correction.
REACH = 240
_FIGURE = "number|figure|total|count|toll|tally|share|percentage|amount|sum"
# Phrases before a correct number: "the actual number is", "puts the true total at", "(in fact", "but actually".
ACTUAL = re.compile(
    rf"\bthe\s+(?:(?:actual|true|correct)\s+(?:{_FIGURE})|real\s+(?:number|figure|total|toll))"
    r"\s+(?:is|was|were|has\s+been|stands|stood)\b[^.!?]*$",
    re.IGNORECASE,
)
PUTS_AT = re.compile(
    rf"\bput(?:s|ting)?\s+(?:it|(?:the|that|this|its|their)\s+(?:\w+\s+)?(?:{_FIGURE}))\s+at\b[^.!?]*$", re.IGNORECASE
)
IN_FACT = re.compile(
    r"(?:[(;—–]|\b(?:but|though|although|when|while))\s*(?:in\s+(?:fact|reality|truth|actuality)|actually)\b",
    re.IGNORECASE,
)


def is_hypothetical(number: Number, text: str) -> bool:
    """Return whether the sentence of a number is counterfactual ("would have")."""
    return HYPOTHETICAL.search(text, number.sentence_start, number.sentence_end) is not None


def is_magnitude(number: Number, text: str) -> bool:
    """Return whether a number gives only an order of magnitude: "millions", "tens of thousands"."""
    return MAGNITUDE.fullmatch(text, number.start, number.end) is not None


def is_of_votes(number: Number, text: str, unit: str) -> bool | None:
    """Return whether a share or a lead is of counted votes (True) or of a poll (False).

    The nearest indicator before the number decides, or else the first one after it. None if the sentence has neither,
    or if ``unit`` is neither a share nor points.
    """
    if unit not in ("ratio", "point"):
        return None
    before = list(OF_VOTES.finditer(text, number.sentence_start, number.start))
    word = before[-1] if before else OF_VOTES.search(text, number.end, number.sentence_end)
    return word["counted"] is not None if word else None


def corrections(article: Article, numbers: Sequence[Number]) -> dict[str, str]:
    """Map the numbers that their article corrects to the numbers that it gives instead, by ``claim_id``.

    "He said 81 percent (the actual number is 15)", "she said nine died, but in fact it was two".
    """
    of_unit = defaultdict(list)
    for number in sorted(numbers, key=lambda number: (number.start, number.end)):
        of_unit[class_of(number, article)].append(number)
    return {
        number.claim_id: following.claim_id
        for alike in of_unit.values()
        for number, following in pairwise(alike)
        if _is_corrected(number, following, article.text)
    }


def _is_corrected(number: Number, following: Number, text: str) -> bool:
    """Return whether the words between two numbers mark the second as the correction of the first."""
    if number.low == following.low or number.change_role or not 1 <= following.start - number.end <= REACH:
        return False
    between = text[number.end : following.start]
    if ACTUAL.search(between) or (number.verification == "denied" and PUTS_AT.search(between)):
        return True
    is_one_sentence = following.sentence_end <= number.sentence_end
    return is_one_sentence and number.is_attributed and IN_FACT.search(between) is not None
