"""Spans that no quantity may overlap: web addresses, telephone numbers, clock times, versions, decades."""

from __future__ import annotations

import re

NOISE = re.compile(
    r"""
    (?=[\d(+<@\#'’]|nine-to|https?:|www\.|(?<!\S)\S{1,64}(?:@|\.[a-z]{2,3}/))(?:  # few characters begin one
      https?://\S+ | www\.\S+ | (?<!\S)\S{1,60}\.(?:com|org|net|co|gov|edu|io|ly)/\S+
    | (?<!\S)\S{1,64}@\S{1,255}\.\w+ | (?<!\w)[@\#]\w+
    | \b\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?\b | \b\d{1,2}/\d{1,2}/\d{2,4}\b | \b\d{1,2}\.\d{1,2}\.(?:19|20)\d\d\b
    | \b(?:9/11|24/7|9-to-5|nine-to-five|50/50|50-50|20/20|7/7)\b
    | \b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)? | \b\d{1,2}h\d{2}\b
    | \b(?:\d{1,2}(?:[.:]\d{2})?\s?(?:to|until|till|and|or|[-–])\s?)?
      \d{1,2}(?:[.:]\d{2})?\s?(?:[ap]m\b|[ap]\.m\b\.?|[AP]M\b|o['’]clock)
    | \b\d{1,3}(?:\.\d+)?\s?°\s?(?:\d{1,2}(?:\.\d+)?\s?['’′]\s?)?(?:\d{1,2}(?:\.\d+)?\s?["”″]\s?)?[NSEW]\b
    | \b\d{1,3}(?:\.\d+)?\s?[NS],?\s?\d{1,3}(?:\.\d+)?\s?[EW]\b
    | \b\d{1,3}\.\d{3,};\s?-?\d{1,3}\.\d{3,}\b
    | \b\d{3,4}\s?(?:GMT|UTC|BST|CET|EST|EDT|PST|PDT)\b
    | (?<!\w)\+\d{1,3}[\s\-.]?(?:\(?\d{1,5}\)?[\s\-.]?){2,5}\d{2,4}\b
    | (?<![\w$£€])(?:1-)?\(?\d{3}\)?[\s.\-]\d{3}[.\-]\d{4}\b | \b1-[89]\d\d-[\w\-]+
    | \b0\d{2,4}[\s\-]\d{3,4}[\s\-]?\d{3,4}\b
    | \b\d{3,4}\ \d{6,7}\b | \b\d{3}\ \d{4}\b | \b\d{3}[-–]0\d{3}\b
    | \b\d{1,3}(?:\.\d{1,3}){3}\b | (?<![\d$£€])(?<!\d\.)\d+\.\d+\.\d+\b(?!\.\d)
    | \b(?:1[5-9]|20)\d\d[\-–/](?:1[5-9]|20)?\d\d\b
    | \b\d{1,4}\s?\(\d{1,4}(?:[-–]\d+)?\)\s?:\s?\w?\d+(?:[-–]\d+)? | (?<=;)\s?\d{1,4}:\w?\d+[-–]\d+  # of journals
    | \b10\.\d{4,}/\S+  # of documents: DOI
    | \b97[89][- ]?\d[\d -]{7,14}[\dX]\b  # of books: ISBN
    | (?:(?<=[A-Z]\d\s)|(?<=[A-Z]\d\d\s))\d[A-Z]{2}\b  # of postcodes: CB2 1TN
    | \b\d{13,}\b | <[A-Za-z/][^<>\n]{0,300}>
    | (?<!\w)['’]\d\d\b
    | \b(?:1[5-9]|20)\d0['’]?s\b | (?<!\w)['’]?[1-9]0['’]?s\b
    )
    """,
    re.VERBOSE,
)


def noise_spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the character spans of web addresses, telephone numbers, clock times, versions and the like."""
    return [match.span() for match in NOISE.finditer(text, start, end) if not _is_grouped(match.group())]


def _is_grouped(text: str) -> bool:
    return bool(re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", text))
