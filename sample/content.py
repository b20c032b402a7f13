"""The hand-written articles of the sample newsroom and their gold rows.

An article is one Markdown file with TOML front matter, ``sample/articles/<outlet>/<slug>.md``. Blocks
are separated by blank lines; ``## `` opens a heading, ``> `` a quote, ``- `` a list item, ``^ `` a
caption and ``% `` a closing disclaimer; all else is a paragraph.

The gold of an article is ``sample/gold/<slug>.toml``: what a careful reader takes from the text by
``docs/rows.md``. ``sample/gold/README.md`` says how it is written.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from extract.types import BlockKind
from sample.gold_days import GoldError
from sample.gold_rows import read_gold
from sample.gold_types import Gold

ROOT = Path(__file__).parent
ARTICLES = ROOT / "articles"
GOLD = ROOT / "gold"

ArticleKind = Literal["article", "live_blog", "paywalled", "amp"]

OUTLETS = (
    "harbour-courier",
    "meridian-post",
    "valley-record",
    "northern-ledger",
    "daily-vantage",
    "lumiere-du-soir",
    "capital-wire",
    "the-beacon",
)

_MARKS: Mapping[str, BlockKind] = {
    "## ": "heading",
    "> ": "quote",
    "- ": "list",
    "^ ": "caption",
    "% ": "disclaimer",
}
_REQUIRED = {"headline", "language", "published_at", "section"}
_OPTIONAL = {"standfirst", "authors", "modified_at", "tags", "wire", "syndicates", "kind", "revision_of"}


@dataclass(frozen=True, slots=True)
class SampleArticle:
    """One hand-written article: what its outlet's template prints, before any HTML.

    ``wire`` names the agency whose copy it is, ``syndicates`` the slug of the article that it carries
    (nearly) word for word, ``revision_of`` the slug of the article that it replaces at the same URL.
    """

    slug: str
    outlet: str
    language: str
    headline: str
    section: str
    published_at: datetime
    blocks: tuple[tuple[BlockKind, str], ...]
    standfirst: str | None = None
    authors: tuple[str, ...] = ()
    modified_at: datetime | None = None
    tags: tuple[str, ...] = ()
    wire: str | None = None
    syndicates: str | None = None
    kind: ArticleKind = "article"
    revision_of: str | None = None

    @property
    def text(self) -> str:
        """The body as ``extract_article`` gives it: the blocks' texts joined by a blank line."""
        return "\n\n".join(text for _, text in self.blocks)

    @property
    def word_count(self) -> int:
        """The number of words in the body."""
        return len(re.findall(r"\w+(?:[-'’.,]\w+)*", self.text))


@cache
def load_articles() -> tuple[SampleArticle, ...]:
    """All articles, by publication time and slug.

    Raises ``GoldError`` for a file that does not follow the format, naming the file and what is wrong.
    """
    articles = [_read_article(path) for path in sorted(ARTICLES.glob("*/*.md"))]
    return tuple(sorted(articles, key=lambda article: (article.published_at, article.slug)))


def load_article(slug: str) -> SampleArticle:
    """The article with this slug; ``KeyError`` when there is none."""
    for article in load_articles():
        if article.slug == slug:
            return article
    raise KeyError(slug)


@cache
def load_gold(slug: str) -> Gold:
    """The gold rows of the article with this slug, with offsets into its ``text``.

    Raises ``KeyError`` when there is no such article, ``FileNotFoundError`` when it has no gold, and
    ``GoldError`` (file, row, what is wrong) for a row that does not fit its article or ``docs/rows.md``.
    """
    article = load_article(slug)
    return read_gold(GOLD / f"{slug}.toml", article.text, article.published_at)


def _read_article(path: Path) -> SampleArticle:
    raw = path.read_text(encoding="utf-8")
    parts = raw.split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise GoldError(f"{path}: an article starts with TOML front matter between two lines of +++")
    front = tomllib.loads(parts[1])
    _check_front(path, front)
    return SampleArticle(
        slug=path.stem,
        outlet=path.parent.name,
        language=front["language"],
        headline=front["headline"],
        section=front["section"],
        published_at=front["published_at"],
        blocks=tuple(_block(piece) for piece in re.split(r"\n\s*\n", parts[2].strip())),
        standfirst=front.get("standfirst"),
        authors=tuple(front.get("authors", ())),
        modified_at=front.get("modified_at"),
        tags=tuple(front.get("tags", ())),
        wire=front.get("wire"),
        syndicates=front.get("syndicates"),
        kind=front.get("kind", "article"),
        revision_of=front.get("revision_of"),
    )


def _check_front(path: Path, front: Mapping[str, Any]) -> None:
    if missing := _REQUIRED - front.keys():
        raise GoldError(f"{path}: the front matter lacks {', '.join(sorted(missing))}")
    if unknown := front.keys() - _REQUIRED - _OPTIONAL:
        raise GoldError(f"{path}: the front matter has unknown keys {', '.join(sorted(unknown))}")
    if front.get("kind", "article") not in get_args(ArticleKind):
        raise GoldError(f"{path}: kind {front['kind']!r} is none of {', '.join(get_args(ArticleKind))}")
    if path.parent.name not in OUTLETS:
        raise GoldError(f"{path}: {path.parent.name!r} is no outlet of the sample newsroom")
    for key in ("published_at", "modified_at"):
        moment = front.get(key)
        if moment is not None and (not isinstance(moment, datetime) or moment.tzinfo is None):
            raise GoldError(f"{path}: {key} must be a date and time with an offset")


def _block(piece: str) -> tuple[BlockKind, str]:
    text = " ".join(line.strip() for line in piece.splitlines())
    for mark, kind in _MARKS.items():
        if text.startswith(mark):
            return kind, text[len(mark) :].strip()
    return "paragraph", text
