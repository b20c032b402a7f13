"""Bylines that the reader sees: short texts near the headline that begin with "By", or stand in a byline's box."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extract.strip.others import box_of_others
from extract.strip.segment import TextBlock
from extract.strip.wording import ends, fold

BY = re.compile(
    r"(?:^|[|•·⋅–—]\s*)((?:^by|(?:Written|Posted|Published|Reported|Words|Story)\s+[Bb]y|By|BY|Von|VON|Por|POR|Par|Di|Door|Av|Af"
    r"|Przez|(?:Geschrieben|Verfasst|Veröffentlicht) von|(?:Écrit|Publié|Rédigé) par|(?:Escrito|Publicado) por"
    r"|(?:Scritto|Pubblicato) da|Text|Tekst|Autor(?:in|en|a|es)?|Auteurs?|Author|Автор|Yazan)\b"
    r"(?::\s*|\s+)[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][^|•·⋅]{2,100})"
)
# A word for "by" that stands alone; the name follows in a block of its own.
LABEL = re.compile(
    r"(?:written |posted |published |words |story )?by:?|authors?:?|autor(?:in|es)?:?|auteurs?:?|von:?", re.I
)
# At the foot of an article, away from its headline, only this much is sure.
SIGNED = re.compile(r"(?:This (?:article|post|story) was )?[Ww]ritten by:?\s+([^|•·⋅]{2,60})")
HINT = re.compile(r"byline|author(?!ity|iz)|autor|auteur|verfasser|redact|writer|reporter|journalist", re.I)
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,4}")
# A few words that begin in a capital and go on in small letters are no name, its particles aside.
PHRASE = re.compile(
    r"[A-ZÀ-Þ][\w'’-]*(?: [\w'’-]+)* (?!(?:and|und|et|y|e|og|och|en|ja|de|del|della|der|den|des|di|da|dos|do|du|la|le"
    r"|van|von|vom|zu|zur|ter|ten|bin|ibn|al|el|for|of|with|mit|avec)\b)[a-zà-ÿ]{2,}"
)
# A title may begin with such a word as well: "Von der Mole".
TITLES = frozenset(("h1", "h2", "h3"))
MAX_BYLINE_CHARS = 140
BEFORE_HEADLINE = 3
AFTER_HEADLINE = 14


def visible_bylines(blocks: list[TextBlock], headline: str | None) -> Iterator[str]:
    """Yield the bylines near the headline: those that begin with a word for "by" first, then those marked as bylines.

    At last comes the only "written by" of the page, wherever it stands.
    """
    at = _headline_place(blocks, fold(headline or ""))
    around = blocks[max(0, at - BEFORE_HEADLINE) : at + AFTER_HEADLINE]
    near = [block for block in around if len(block.text) <= MAX_BYLINE_CHARS]
    yield from _introduced(near)
    yield from (block.text for block in near if _is_marked(block) and _may_be_name(block.text))
    if len(signed := _signed(blocks)) == 1:
        yield signed.pop()


def _signed(blocks: list[TextBlock]) -> set[str]:
    """Return the names that texts of nothing but "written by" and a name tell."""
    return {match[1] for block in blocks if "ritten by" in block.text and (match := SIGNED.fullmatch(block.text))}


def _introduced(near: list[TextBlock]) -> Iterator[str]:
    """Yield what stands behind a word for "by", in the same text or in the next."""
    for block in near:
        if block.box.tag not in TITLES and (match := BY.search(block.text)):
            yield match[1]
    for label, block in pairwise(near):
        if LABEL.fullmatch(label.text) and NAME.fullmatch(block.text):
            yield block.text


def _may_be_name(text: str) -> bool:
    return NAME.match(text) is not None and not PHRASE.match(text)


def _headline_place(blocks: list[TextBlock], key: str) -> int:
    """Return the number of the first block that ends with a folded headline, 0 where none does."""
    return next((index for index, block in enumerate(blocks) if key and _ends_with(block.text, key)), 0)


def _is_marked(block: TextBlock) -> bool:
    """Say whether the class or id of a block's box, or of the one around it, speaks of authors."""
    outer = block.box.parent
    if box_of_others(block.box):
        return False
    return HINT.search(block.box.hint) is not None or (outer is not None and HINT.search(outer.hint) is not None)


def _ends_with(text: str, key: str) -> bool:
    """Say whether a text ends with the one that was folded; one that is much shorter is not folded to see."""
    return 2 * len(text) >= len(key) and ends(text, key) and fold(text).endswith(key)
