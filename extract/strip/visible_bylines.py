"""Bylines that the reader sees: short texts near the headline that begin with "By", or stand in a byline's box."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.strip.segment import TextBlock
from extract.strip.wording import fold

BY = re.compile(
    r"(?:^|[|•·–—]\s*)((?:By|BY|Von|VON|Por|POR|Par|Di|Door|Av|Af|Przez|Text|Tekst|Autor(?:in|a|es)?|Auteurs?|Author|Автор|Yazan)\b"
    r":?\s+[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][^|•·]{2,100})"
)
HINT = re.compile(r"byline|author(?!ity|iz)|autor|auteur|verfasser|redact|writer|reporter|journalist", re.I)
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}")
MAX_BYLINE_CHARS = 140
BEFORE_HEADLINE = 3
AFTER_HEADLINE = 14


def visible_bylines(blocks: list[TextBlock], headline: str | None) -> Iterator[str]:
    """Yield the bylines near the headline: those that begin with a word for "by" first, then those marked
    as bylines."""
    key = fold(headline or "")
    at = next((index for index, block in enumerate(blocks) if key and _ends_with(block.text, key)), 0)
    near = [
        block
        for block in blocks[max(0, at - BEFORE_HEADLINE) : at + AFTER_HEADLINE]
        if len(block.text) <= MAX_BYLINE_CHARS
    ]
    for block in near:
        if match := BY.search(block.text):
            yield match[1]
    for block in near:
        outer = block.box.parent
        if (HINT.search(block.box.hint) or (outer and HINT.search(outer.hint))) and NAME.match(block.text):
            yield block.text


def _ends_with(text: str, key: str) -> bool:
    """Say whether a text ends with the one that was folded; one that is much shorter is not folded to see."""
    return 2 * len(text) >= len(key) and fold(text).endswith(key)
