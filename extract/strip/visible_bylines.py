"""Visible bylines: short texts near the headline that begin with "By", or are in a byline element."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from extract.strip.others import box_of_others
from extract.strip.segment import TextBlock
from extract.strip.visible_dates import DATED
from extract.strip.wording import ends, fold

BY = re.compile(
    r"(?:^|[|•·⋅–—]\s*)((?:^by|(?:Written|Posted|Published|Reported|Words|Story)\s+[Bb]y|By|BY|Von|VON|Por|POR|Par|Di|Door|Av|Af"
    r"|Przez|(?:Geschrieben|Verfasst|Veröffentlicht) von"
    r"|(?:Écrit|Publié|Rédigé) par|(?:Escrito|Publicado) por"
    r"|(?:Scritto|Pubblicato) da|(?:Text|Tekst)(?=:)|Autor(?:in|en|a|es)?|Auteurs?|Author|Автор|Yazan)\b"
    r"(?:\s?:\s*|\s+)[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][^|•·⋅]{2,100})"
)
# Blogs tell the day before the name: "Posted on May 3, 2024 by".
DATED_BY = re.compile(
    r"(?:last )?(?:posted|published|written|filed|submitted|added|updated|veröffentlicht|geschrieben|gepostet"
    r"|publié|posté|publicado|escrito|pubblicato|geplaatst|gepubliceerd|publicerad|skriven|publisert|skrevet|udgivet)\b[^|•·⋅]{0,30}\d[^|•·⋅]{0,25}?"
    r"\b(?:by|von|par|por|da|door|av)\s+((?-i:[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я])[^|•·⋅]{2,60})",
    re.I,
)
# Names of Han characters behind a word for the reporter, of Hangul before one.
EASTERN_BY = re.compile(
    r"(?:(?:作者|记者|記者|撰文|文字|取材|文)(?:\s*[：:・/／]\s*|\s+)((?:[\u4e00-\u9fff]{0,6}[记記]者)?[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
    r"|(?<![가-힣])([가-힣]{2,4})\s?(?:선임)?(?:기자|특파원)(?![가-힣]))"
)
# A word for "by" that stands alone; the name follows in a block of its own.
LABEL = re.compile(
    r"(?:written |posted |published |words |story )?by:?|authors?:?|autor(?:in|es)?:?|auteurs?:?|von:?", re.I
)
FAR_LABEL = re.compile(r"written by:?|(?:the )?author:?", re.I)
MAX_LABEL_CHARS = 15
# At the foot of an article, away from its headline, only this much is sure.
SIGNED = re.compile(
    r"(?:This (?:article|post|story) was )?[Ww]ritten by:?\s+([^|•·⋅]{2,60})"
    # Agencies name those who edited behind those who reported.
    r"|\(?Reporting by ([A-ZÀ-ÞĀ-Ž][^|•·⋅;()]{2,60})(?:;.*|\))"
)
MAY_SIGN = re.compile("ritten by|eporting by")
HINT = re.compile(r"byline|author(?!ity|iz)|autor|auteur|verfasser|redact|writer|reporter|journalist", re.I)
# What parts the name from the day in the line below a headline: "Eva Lind | Senior Writer | July 2, 2025".
BAR = re.compile(r"\s*[|•·⋅]\s*|\s+[–—]\s+")
BELOW_HEADLINE = 3
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
    yield from _before_day(blocks, blocks[at + 1 : at + 1 + BELOW_HEADLINE])
    if len(signed := _signed(blocks)) == 1:
        yield signed.pop()


def _before_day(blocks: list[TextBlock], below: list[TextBlock]) -> Iterator[str]:
    """Yield the name that a bar parts from the day in a line below the headline, unless the page shows it elsewhere."""
    for block in below:
        first, *others = BAR.split(block.text) if len(block.text) <= MAX_BYLINE_CHARS else [""]
        is_name = NAME.fullmatch(first) and all(word[0].isupper() for word in first.split()) and not PHRASE.match(first)
        if is_name and any(map(DATED.search, others)) and not any(other.text == first for other in blocks):
            yield first


def _signed(blocks: list[TextBlock]) -> set[str]:
    """Return the names that texts of nothing but "written by" and a name tell, or that stand below such a label."""
    signed = {
        match[1] or match[2]
        for block in blocks
        if MAY_SIGN.search(block.text) and (match := SIGNED.fullmatch(block.text))
    }
    labelled = {
        block.text
        for label, block in pairwise(blocks)
        if len(label.text) <= MAX_LABEL_CHARS and FAR_LABEL.fullmatch(label.text) and _is_name_of_author(block)
    }
    return signed | labelled


def _is_name_of_author(block: TextBlock) -> bool:
    return NAME.fullmatch(block.text) is not None and not PHRASE.match(block.text) and not box_of_others(block.box)


def _introduced(near: list[TextBlock]) -> Iterator[str]:
    """Yield what stands behind a word for "by", in the same text or in the next."""
    for block in near:
        if block.box.tag not in TITLES and (match := BY.search(block.text) or DATED_BY.match(block.text)):
            yield match[1]
        elif not block.text.isascii() and (match := EASTERN_BY.search(block.text)):
            yield match[1] or match[2]
    for label, block in pairwise(near):
        if LABEL.fullmatch(label.text) and NAME.fullmatch(block.text):
            yield block.text


def _may_be_name(text: str) -> bool:
    return NAME.match(text) is not None and not PHRASE.match(text)


def _headline_place(blocks: list[TextBlock], key: str) -> int:
    """Return the number of the first heading that ends with a folded headline, else of the first block, else 0.

    A trail of links or the site's bar may show the headline before.
    """
    if not key:
        return 0
    headings = (index for index, block in enumerate(blocks) if block.box.tag in TITLES and _ends_with(block.text, key))
    others = (index for index, block in enumerate(blocks) if _ends_with(block.text, key))
    return next(chain(headings, others), 0)


def _is_marked(block: TextBlock) -> bool:
    """Say whether the class or id of a block's box, or of the one around it, speaks of authors."""
    outer = block.box.parent
    if box_of_others(block.box):
        return False
    return HINT.search(block.box.hint) is not None or (outer is not None and HINT.search(outer.hint) is not None)


def _ends_with(text: str, key: str) -> bool:
    """Say whether a text ends with the one that was folded; one that is much shorter is not folded to see."""
    return 2 * len(text) >= len(key) and ends(text, key) and fold(text).endswith(key)
