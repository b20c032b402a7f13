"""What a gold file has left unsaid: numbers and quotations of the text that no row covers."""

from __future__ import annotations

import re

from sample.gold_types import Gold, Span

_CARDINALS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    "|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|billions?"
    "|dozens?|tens of"
)
_ORDINALS = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|twelfth|thirds|quarters?|fifths|sixths|eighths"
    "|tenths|half|halves|halved?"
)
_MULTIPLES = "twice|thrice|doubl(?:e|ed|es|ing)|tripl(?:e|ed|es|ing)|trebled|quadrupled|\\w+fold"
_NUMBER = re.compile(rf"\d+(?:[.,]\d+)*|\b(?:{_CARDINALS}|{_ORDINALS}|{_MULTIPLES})\b", re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]+”|\"[^\"]+\"")


def uncovered_numbers(text: str, gold: Gold) -> list[Span]:
    """Digit groups and number words that lie in no gold quantity, no date and no ``not_quantities``."""
    rows = [(q.start, q.end) for q in gold.quantities] + [(d.start, d.end) for d in gold.dates]
    return _outside(_NUMBER, text, [*rows, *gold.not_quantities])


def unsaid_quotes(text: str, gold: Gold) -> list[Span]:
    """Quotations that no attribution's content touches and that ``not_attributions`` does not list."""
    said = [span for row in gold.attributions for span in row.content_spans]
    return _outside(_QUOTED, text, [*said, *gold.not_attributions])


def _outside(pattern: re.Pattern[str], text: str, covered: list[Span]) -> list[Span]:
    found = (match.span() for match in pattern.finditer(text))
    return [span for span in found if not any(start < span[1] and span[0] < end for start, end in covered)]
