"""What the block classifier sees of a text block: its text, its markup, its place and its neighbours.

All measures are relative to the page or are words of markup that many sites share, so that they mean the same on a site
that the classifier has never seen. ``FEATURES`` names the columns in order; ``benchmarks/train_blocks.py``
learns on them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from extract.strip.segment import Box, TextBlock

Matrix = NDArray[np.float32]

HINT_WORD = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}")
TEXT_WORD = re.compile(r"[^\W\d_]+|\d+|[©|»→•/@:]")
HAS_DIGIT = re.compile(r"\d")
DIGIT = re.compile("[0-9]")
LEXICON_TEXT_CHARS = 240
UPPER = re.compile(r"[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢİĶĻŁŃŅŇŐŒŘŚŞŠŢŤŪŮŰŹŻŽΑ-ΩА-ЯЁІЇЄ]")
WORDS = re.compile(r"[^\W_]+")
SENTENCE_END = re.compile(r"[.!?…。！？।](?=[\s\"'”“’»)]|$)")
MARKED_TAGS = (
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "form",
    "ul",
    "table",
    "figure",
    "blockquote",
    "section",
)
GROUP_TAGS = frozenset(("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "td", "blockquote"))


# What the words of class and id attributes say of a box, in the terms that content systems share.
HINT_GROUPS = {
    "comments": r"comment|disqus|kommentar|commentaire|comentario|repl(?:y|ies)|discussion",
    "caption": r"caption|bildunterschrift|legende|credit|copyright|bildtext|photograph",
    "image": r"image|img|photo|picture|figure|gallery|slide|media|video|player|bild|foto",
    "related": r"related|recommend|more-?(?:on|stor|news|from)|teaser|promo|trending|popular"
    r"|most-?(?:read|view)|read-?(?:more|also|next)"
    r"|suggest|outbrain|taboola|carousel|latest|recirc|up-?next|see-?also|linked|crosslink|relacionad|lire-?aussi|mehr-?zum",
    "signup": r"newsletter|subscri|sign-?up|paywall|regist|login|donat|membership|offer|piano|cta|abonn"
    r"|\babo\b|advert|sponsor|\bads?\b",
    "consent": r"cookie|consent|gdpr|onetrust|\bot-|privacy|\bcmp|modal|pop-?up|overlay|dialog|lightbox"
    r"|gigya|account|captcha",
    "author": r"author|byline|autor|\bbio\b|biograph|profile|contributor|writer|auteur|verfasser|reporter",
    "share": r"shar(?:e|ing)|social|follow|toolbar|print|bookmark|whatsapp|facebook",
    "aside": r"info-?box|fact-?box|side-?bar|aside|widget|disclaimer|legal|footnote|glossar|\bnote"
    r"|box\b|callout|highlight",
    "embed": r"tweet|instagram|embed|pull-?quote|iframe|oembed",
    "tags": r"\btags?\b|topic|keyword|categor|breadcrumb|meta|date|time|kicker|overline|eyebrow|label",
    "lead": r"lead|intro|standfirst|summary|sub-?head|sub-?title|\bdec?k\b|excerpt|vorspann|perex|chapo"
    r"|sapo|abstract|tagline",
    "content": r"article-?_*(?:body|content|text)|story-?_*(?:body|content|text)|(?:entry|post|page"
    r"|main)-?_*(?:content|body|text)|body-?_*text"
    r"|rich-?text|paragraph|\bcopy|articlebody|artikel|texto|nota-?cuerpo|prose",
}
# Compiled for lower-case text: matching without regard to case is several times slower.
HINT_PATTERNS = tuple(re.compile(pattern) for pattern in HINT_GROUPS.values())
# A box that holds more of the page's running text than this is the page, whatever its class says of its parts.
WHOLE_PAGE = 0.6
MAX_HINT_CHARS = 150


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Learned weights: of words in class and id attributes, and of words in short texts."""

    hints: Mapping[str, float] = field(default_factory=dict)
    texts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hints:
    """What the structured data tells about the body: the folded headline and summary, and the article's text."""

    headline: str = ""
    summary: str = ""
    body: str = ""


def fold(text: str) -> str:
    """Fold a text to its letters and digits in one case, for comparing."""
    return "".join(WORDS.findall(text.casefold()))


def hint_words(box: Box) -> set[str]:
    """Return the words that a box's tag, class and id consist of (``articleBody`` is two)."""
    return {*_words_of(box.hint[:200]), "<" + box.tag}


@lru_cache(maxsize=20_000)
def _words_of(hint: str) -> frozenset[str]:
    return frozenset(word.lower() for word in HINT_WORD.findall(hint))


def text_words(text: str) -> list[str]:
    """Return the words of a short text that the lexicon may know, its first and last marked; none for a long text."""
    if len(text) > LEXICON_TEXT_CHARS:
        return []
    words = TEXT_WORD.findall(text.lower())
    if HAS_DIGIT.search(text):
        words = [word if not word.isdigit() else f"0{min(len(word), 5)}" for word in words]
    if not words:
        return []
    return [*set(words), "^" + words[0], "^" + " ".join(words[:2]), "$" + words[-1]]


BLOCK_COLUMNS = (
    "is_p",
    "is_li",
    "heading",
    "is_td",
    "is_quote",
    "is_div",
    "is_pre",
    "is_caption",
    "log_chars",
    "log_words",
    "sentences",
    "commas",
    "link_share",
    "links",
    "bold_share",
    "digit_share",
    "upper_share",
    "word_length",
    "ends_sentence",
    "ends_colon",
    "ends_ellipsis",
    "starts_lower",
    "place",
    "char_place",
    "paragraphs_before",
    "is_repeat",
    "since_headline",
    "is_headline",
    "is_summary",
    "in_body",
    "has_body",
    "text_score",
    "group_share",
    "group_links",
    "group_size",
    "best_distance",
    "in_best",
    "best_share",
)
BOX_COLUMNS = (
    "depth",
    "hidden",
    "itemprop_body",
    *(f"in_{tag}" for tag in MARKED_TAGS),
    "hint_0",
    "hint_1",
    "hint_2",
    "path_score",
    "path_low",
    *(f"hints_{group}" for group in HINT_GROUPS),
    "up1_chars",
    "up1_links",
    "up1_paragraphs",
    "up2_chars",
    "up2_links",
    "up2_paragraphs",
    "up3_chars",
    "up3_links",
    "up3_paragraphs",
)
GROUPS_AT = BOX_COLUMNS.index("hints_comments")
SIZES_AT = BOX_COLUMNS.index("up1_chars")
NEIGHBOUR_COLUMNS = ("log_chars", "link_share", "is_p", "sentences", "text_score", "in_best")
OFFSETS = (-2, -1, 1, 2)
FEATURES = (
    *BLOCK_COLUMNS,
    *BOX_COLUMNS,
    *(f"{name}{offset:+d}" for offset in OFFSETS for name in NEIGHBOUR_COLUMNS),
    "same_box-1",
    "same_box+1",
    "log_blocks",
    "log_paragraph_chars",
)


def block_features(blocks: list[TextBlock], lexicon: Lexicon, hints: Hints) -> Matrix:
    """Return one row a block and one column for each of ``FEATURES``."""
    page = _PageFacts(blocks, lexicon, hints)
    rows = [page.row(index, block) for index, block in enumerate(blocks)]
    own = np.array(rows, dtype=np.float32).reshape(len(blocks), len(BLOCK_COLUMNS) + len(BOX_COLUMNS))
    around = [_shifted(own, offset) for offset in OFFSETS]
    boxes = np.array([id(block.box.parent) for block in blocks], dtype=np.int64)
    same = np.concatenate(([False], boxes[1:] == boxes[:-1], [False])).astype(np.float32)
    size = np.full((len(blocks), 2), (log1p(len(blocks)), log1p(page.paragraph_chars)), dtype=np.float32)
    return np.column_stack((own, *around, same[:-1], same[1:], size))


NEIGHBOUR_INDEX = [BLOCK_COLUMNS.index(name) for name in NEIGHBOUR_COLUMNS]


def _shifted(own: Matrix, offset: int) -> Matrix:
    """Return the neighbours' columns; beyond the page's ends they are -1."""
    picked = own[:, NEIGHBOUR_INDEX]
    moved = np.full_like(picked, -1)
    if offset < 0:
        moved[-offset:] = picked[:offset]
    else:
        moved[:-offset] = picked[offset:]
    return moved


@lru_cache(maxsize=20_000)
def hint_groups(hint: str) -> tuple[float, ...]:
    """Say which of ``HINT_GROUPS`` a class and id speak of, 1 or 0 each; a site's classes recur on all its pages."""
    lower = hint[:MAX_HINT_CHARS].lower()
    return tuple([float(pattern.search(lower) is not None) for pattern in HINT_PATTERNS])


NO_GROUPS = (0.0,) * len(HINT_GROUPS)
MARKED_INDEX = {tag: index for index, tag in enumerate(MARKED_TAGS)}
# The row of what lies around the body element.
OUTERMOST = (0.0,) * len(BOX_COLUMNS)


class _PageFacts:
    """Sums over the page that each block is measured against, and the row of each block."""

    def __init__(self, blocks: list[TextBlock], lexicon: Lexicon, hints: Hints):
        self.lexicon = lexicon
        self.hints = hints
        self.body = fold(hints.body)
        self.blocks = len(blocks)
        self.chars = sum(len(block.text) for block in blocks) or 1
        self.chars_before = 0
        self.paragraphs_before = 0
        self.paragraph_chars = sum(len(block.text) for block in blocks if is_paragraph(block)) or 1
        self.best = best_box(blocks)
        self.best_ancestry = {} if self.best is None else {id(box): i for i, box in enumerate(self.best.ancestry())}
        self.groups = _groups(blocks)
        self.box_rows: dict[int, tuple[float, ...]] = {}
        self.best_distances: dict[int, int] = {}
        self.hint_scores: dict[tuple[str, str], float] = {}
        self.seen: set[str] = set()
        self.headline_at: int | None = None

    def row(self, index: int, block: TextBlock) -> tuple[float, ...]:
        text, box = block.text, block.box
        chars = len(text)
        folded = fold(text[:LEXICON_TEXT_CHARS])
        is_headline = bool(folded) and folded == self.hints.headline
        if is_headline:
            self.headline_at = index
        group_chars, group_links, group_size = self.groups[group_key(box)]
        row = (
            *_markup(box.tag),
            *_shape(block),
            index / self.blocks,
            self.chars_before / self.chars,
            self.paragraphs_before / self.paragraph_chars,
            folded in self.seen,
            -1 if self.headline_at is None else min(index - self.headline_at, 50),
            is_headline,
            len(folded) > 20 and self.hints.summary.startswith(folded[:60]),
            self._in_body(folded),
            bool(self.body),
            self._text_score(text),
            group_chars / self.chars,
            group_links / group_chars,
            log1p(group_size),
            *self._best(box),
        )
        self.seen.add(folded)
        self.chars_before += chars
        if is_paragraph(block):
            self.paragraphs_before += chars
        return row + self._box_row(box)

    def _in_body(self, folded: str) -> float:
        """Say whether the structured article text holds the block: 1, 0, or 0.5 when too short to tell."""
        if not self.body:
            return -1
        if len(folded) < 12:
            return 0.5
        return float(folded[:40] in self.body) * 0.5 + float(folded[-40:] in self.body) * 0.5

    def _text_score(self, text: str) -> float:
        words = text_words(text)
        if not words:
            return 0.0
        weights = self.lexicon.texts
        known = [weights[word] for word in words if word in weights]
        return sum(known) / len(words) ** 0.5 if known else 0.0

    def _best(self, box: Box) -> tuple[float, float, float]:
        """Return how many boxes lie between a block and the page's densest box, whether it is inside, and
        that box's share."""
        if self.best is None:
            return -1, 0, 0
        steps = self._best_distance(box)
        return steps, steps == 0, self.best.paragraph_chars / self.paragraph_chars

    def _best_distance(self, box: Box) -> int:
        """Return how many boxes out of the densest one the first box lies that is around both, 99 for none."""
        steps = self.best_distances.get(id(box))
        if steps is None:
            steps = self.best_ancestry.get(id(box), -1)
            if steps < 0:
                steps = 99 if box.parent is None else self._best_distance(box.parent)
            self.best_distances[id(box)] = steps
        return steps

    def _box_row(self, box: Box) -> tuple[float, ...]:
        row = self.box_rows.get(id(box))
        if row is None:
            row = self.box_rows[id(box)] = self._new_box_row(box)
        return row

    def _new_box_row(self, box: Box) -> tuple[float, ...]:
        """Measure a box; what is a matter of all boxes around it is added up from its parent's row."""
        outer = OUTERMOST if box.parent is None else self._box_row(box.parent)
        own = self._hint_score(box)
        sizes = self._sizes(box)
        marked = outer[3:14]
        if box.tag in MARKED_INDEX:
            at = MARKED_INDEX[box.tag]
            marked = (*marked[:at], 1.0, *marked[at + 1 :])
        body = outer[2] or float("rticle" in box.itemprop and "ody" in box.itemprop)
        scores = (own, outer[14], outer[15], own + outer[17], min(own, outer[18]))
        groups = self._groups_of(box, sizes[2], outer[GROUPS_AT:SIZES_AT])
        return (
            min(box.depth, 40),
            box.hidden,
            body,
            *marked,
            *scores,
            *groups,
            *sizes,
            *outer[SIZES_AT : SIZES_AT + 6],
        )

    def _groups_of(self, box: Box, share: float, around: tuple[float, ...]) -> tuple[float, ...]:
        """Return what a box's hint speaks of, or at 0.6 a level what the boxes around it do."""
        faded = NO_GROUPS if around == NO_GROUPS else tuple([0.6 * value for value in around])
        if len(box.hint) < 2 or share >= WHOLE_PAGE:
            return faded
        own = hint_groups(box.hint)
        if own == NO_GROUPS:
            return faded
        return own if faded is NO_GROUPS else tuple(map(max, own, faded))

    def _hint_score(self, box: Box) -> float:
        key = (box.tag, box.hint)
        score = self.hint_scores.get(key)
        if score is None:
            weights = self.lexicon.hints
            score = self.hint_scores[key] = sum(weights.get(word, 0.0) for word in hint_words(box))
        return score

    def _sizes(self, box: Box) -> tuple[float, float, float]:
        links = box.link_chars / box.text_chars if box.text_chars else 0.0
        return box.text_chars / self.chars, links, box.paragraph_chars / self.paragraph_chars


def is_paragraph(block: TextBlock) -> bool:
    """Say whether a block is running text by its length and the share of links."""
    return len(block.text) > 80 and block.link_chars < 0.5 * len(block.text)


def group_key(box: Box) -> tuple[str, str, str]:
    """Return the signature that repeated elements share: tag, class, and the class of the box around."""
    return (
        box.tag,
        box.hint if box.tag not in GROUP_TAGS else "",
        box.parent.hint if box.parent is not None else "",
    )


def _groups(blocks: list[TextBlock]) -> dict[tuple[str, str, str], tuple[int, int, int]]:
    chars: Counter[tuple[str, str, str]] = Counter()
    links: Counter[tuple[str, str, str]] = Counter()
    sizes: Counter[tuple[str, str, str]] = Counter()
    for block in blocks:
        key = group_key(block.box)
        chars[key] += len(block.text)
        links[key] += block.link_chars
        sizes[key] += 1
    return {key: (chars[key], links[key], sizes[key]) for key in chars}


# How much of a paragraph's weight the boxes around it get, from its own box outwards.
DECAY = (0.0, 1.0, 0.9, 0.7, 0.5)


def best_box(blocks: list[TextBlock]) -> Box | None:
    """Return the box that holds most running text near its surface."""
    weights: dict[Box, float] = defaultdict(float)
    for block in blocks:
        if is_paragraph(block):
            for box, share in zip(block.box.ancestry(), DECAY, strict=False):
                weights[box] += share * len(block.text)
    return max(weights, key=lambda box: weights[box], default=None)


TAG_ROWS = {
    "p": (1, 0, 0, 0, 0, 0, 0, 0),
    "li": (0, 1, 0, 0, 0, 0, 0, 0),
    "td": (0, 0, 0, 1, 0, 0, 0, 0),
    "th": (0, 0, 0, 1, 0, 0, 0, 0),
    "blockquote": (0, 0, 0, 0, 1, 0, 0, 0),
    "div": (0, 0, 0, 0, 0, 1, 0, 0),
    "pre": (0, 0, 0, 0, 0, 0, 1, 0),
    "figcaption": (0, 0, 0, 0, 0, 0, 0, 1),
    "caption": (0, 0, 0, 0, 0, 0, 0, 1),
    **{f"h{level}": (0, 0, level, 0, 0, 0, 0, 0) for level in range(1, 7)},
}
OTHER_TAG = (0,) * 8


def _markup(tag: str) -> tuple[int, ...]:
    return TAG_ROWS.get(tag, OTHER_TAG)


def _shape(block: TextBlock) -> tuple[float, ...]:
    """Measure a block's text: size, punctuation, links, digits, capitals, how it begins and ends."""
    text = block.text
    chars = len(text)
    words = text.count(" ") + 1
    last = text.rstrip("\"'”“’»)")[-1:]
    head = text[:300]
    letters = len(head)
    return (
        log1p(chars),
        log1p(words),
        min(len(SENTENCE_END.findall(text[:2000])), 20),
        text.count(",") / words,
        block.link_chars / chars,
        min(block.links, 20),
        block.bold_chars / chars,
        len(DIGIT.findall(head)) / letters,
        len(UPPER.findall(head)) / letters,
        min(chars / words, 30),
        last in ".!?…。！？।",
        last == ":",
        text.endswith(("...", "…", "[…]")),
        text[0].islower(),
    )
