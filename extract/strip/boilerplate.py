"""Recognise boilerplate of news pages by its wording: comment sections, related articles, advertising labels.

Class names differ from site to site, but the short titles that readers see hardly do.
"""

from __future__ import annotations

import re

from extract.strip.segment import Box, TextBlock

COUNT = r"(?:\s*[(\[]?\d[\d.,]*[)\]]?)?"
# Titles of a comment section, with or without the number of comments.
COMMENTS_TITLE = re.compile(
    r"(?:\d[\d.,]*\s+)?(?:(?:readers?['’]?s?['’]?|all|latest|top|view|show|user|your)\s+)?"
    rf"(?:comments?|opinions?|reactions?|replies"
    r"|join the (?:debate|discussion|conversation)|have your say|leave a (?:comment|reply)|kommentare?|leserkommentare"
    r"|commentaires?|réactions?|comentarios?|comentários?|commenti|reacties|komentarze|kommentarer|комментарии|коментарі)"
    rf"{COUNT}:?",
    re.I,
)
# The words that open a line of links to other articles.
RELATED_OPENING = re.compile(
    r"(?:related(?: (?:coverage|stor(?:y|ies)|articles?|news|links?|topics?|content))?|see also"
    r"|(?:also )?read(?: also| more| next)?|(?:more|also) on(?= \w)|more (?:from|like this)|don['’]t miss"
    r"|mehr zum thema|lesen sie auch|auch interessant|(?:à )?lire aussi"
    r"|lee también|te puede interesar|leia também|leggi anche|lees ook|czytaj także|läs också|читайте также)\b",
    re.I,
)
# Labels that need not be links: titles of lists of related articles, and advertising labels.
LABEL = re.compile(
    r"(?:related (?:coverage|stor(?:y|ies)|articles?|news|links?|topics?|content)|more (?:on|about) this(?: \w+)?"
    r"|mehr zum thema|lesen sie auch|auch interessant|à lire aussi|te puede interesar|leia também|leggi anche"
    r"|lees ook|czytaj także|läs också|читайте также)\W*"
    r"|(?:story|article) continues (?:below|after)(?: (?:this |the )?(?:ad|advert|video))?\W*"
    r"|[\W_]*(?:(?:story|article) continues (?:below|after) (?:this )?)?(?:advertisement|advertising|anzeige|werbung"
    r"|publicité|publicidad|publicidade|pubblicità|advertentie|reklama?)"
    r"(?:\W+(?:scroll|(?:story |article )?continue)[\w ]*)?[\W_]*",
    re.I,
)
MAX_TITLE_CHARS = 60
MIN_LINKED = 0.5


def without_boilerplate(blocks: list[TextBlock]) -> list[TextBlock]:
    """Return the blocks that are no advertising label, no related link and not in a comment section."""
    sections = _comment_sections(blocks)
    return [block for block in blocks if not _is_label(block) and not (sections and _lies_in(block.box, sections))]


def _is_label(block: TextBlock) -> bool:
    text = block.text
    if block.link_chars >= MIN_LINKED * len(text) and RELATED_OPENING.match(text):
        return True
    return len(text) < MAX_TITLE_CHARS and LABEL.fullmatch(text) is not None


def _comment_sections(blocks: list[TextBlock]) -> set[Box]:
    """Return the boxes whose first text is the title of a comment section."""
    sections: set[Box] = set()
    for index, block in enumerate(blocks):
        if len(block.text) >= MAX_TITLE_CHARS or not COMMENTS_TITLE.fullmatch(block.text):
            continue
        around = block.box.parent
        if around is None or around.parent is None:
            continue
        if index == 0 or around not in blocks[index - 1].box.ancestry():
            sections.add(around)
    return sections


def _lies_in(box: Box, sections: set[Box]) -> bool:
    return any(outer in sections for outer in box.ancestry())
