"""Articles to pages: each outlet's own template around an article, as bytes in the outlet's own encoding."""

from __future__ import annotations

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby, product
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from sample.content import SampleArticle
from sample.outlets import BY_SLUG, Outlet

TEMPLATES = Path(__file__).parent / "outlets"
PAYWALL_WORDS = 45
MONTHS = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
)


@dataclass(frozen=True, slots=True)
class Teaser:
    """A link from one page to another article."""

    headline: str
    url: str
    image: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One element of the body: a block, or consecutive list items in one list."""

    kind: str
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote under an article."""

    name: str
    text: str
    when: str
    likes: int


def slugify(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, as URLs have them."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


def article_path(article: SampleArticle) -> str:
    """The path of the article at its outlet; a revision has the path of what it revises."""
    outlet = BY_SLUG[article.outlet]
    section = "live" if article.kind == "live_blog" else slugify(article.section)
    day = article.published_at.strftime("%Y/%m/%d")
    return outlet.path.format(slug=article.revision_of or article.slug, section=section, date=day)


def teaser(article: SampleArticle, base: str) -> Teaser:
    """A link to ``article`` on the host ``base``."""
    slug = article.revision_of or article.slug
    return Teaser(article.headline, base + article_path(article), f"{base}/media/{slug}.svg")


def render_article(article: SampleArticle, base: str, teasers: Sequence[Teaser] = (), *, amp: bool = False) -> bytes:
    """The article's page on the host ``base`` (without trailing slash), 20-80 kB as real pages are.

    A paywalled article shows its beginning alone. ``amp`` gives Daily Vantage's AMP page.
    """
    outlet = BY_SLUG[article.outlet]
    slug, path = article.revision_of or article.slug, article_path(article)
    paywalled = article.kind == "paywalled"
    page = template(outlet.slug, "amp" if amp else "article").render(
        a=article,
        base=base,
        url=base + path,
        amp_url=f"{base}/amp{path}",
        slug=slug,
        image=f"{base}/media/{slug}.svg",
        title=article.headline,
        crumb=article.section,
        page_class="story",
        pieces=_beginning(article) if paywalled else _pieces(article.blocks),
        paywalled=paywalled,
        live=article.kind == "live_blog",
        ld=_json_ld(article, outlet, base + path),
        teasers=teasers,
        comments=_comments(slug, outlet.language),
        state={"page": {"id": crc32(slug.encode()), "section": article.section, "tags": article.tags, "ads": True}},
    )
    return encode(page, outlet)


def render_page(outlet: Outlet, name: str, base: str, title: str, teasers: Sequence[Teaser] = ()) -> bytes:
    """A page that is no article: ``name`` is its template (index, gallery, video, error, consent, challenge)."""
    page = template(outlet.slug, name).render(
        base=base,
        title=title,
        crumb=title,
        page_class=name,
        teasers=teasers[:6],
        listing=teasers,
        state={"page": {"kind": name}},
    )
    return encode(page, outlet)


def encode(page: str, outlet: Outlet) -> bytes:
    """The bytes of a page in the outlet's encoding; what that lacks becomes a character reference."""
    return page.encode(outlet.encoding, "xmlcharrefreplace")


def pages(articles: Iterable[SampleArticle]) -> Iterator[tuple[str, bytes, datetime]]:
    """Each article as (public URL, page, when it was fetched), streaming: memory does not grow with the count."""
    recent: dict[str, list[Teaser]] = {}
    for article in articles:
        base = BY_SLUG[article.outlet].public_url
        seen = recent.setdefault(article.outlet, [])
        yield base + article_path(article), render_article(article, base, tuple(seen)), _fetched_at(article)
        seen.insert(0, teaser(article, base))
        del seen[6:]


def _fetched_at(article: SampleArticle) -> datetime:
    return article.modified_at or article.published_at


@cache
def template(outlet: str, name: str) -> Template:
    """The compiled template ``name`` of an outlet."""
    return _environment().get_template(f"{outlet}/{name}.html")


@cache
def _environment() -> Environment:
    env = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, auto_reload=False)
    env.globals["vendor_list"] = _vendor_list()
    env.filters.update(
        slug=slugify,
        english=lambda at: f"{at.day} {MONTHS[0][at.month - 1]} {at.year}, {at:%H:%M} {_zone(at)}",
        french=lambda at: f"{at.day} {MONTHS[1][at.month - 1]} {at.year} à {at:%Hh%M}",
        slashed=lambda at: f"{at:%d/%m/%Y %Hh%M}",
        dotted=lambda at: f"{at:%d.%m.%Y, %H:%M}",
    )
    return env


def _zone(at: datetime) -> str:
    return {"UTC": "GMT", "UTC+01:00": "CET", "UTC+02:00": "CEST"}.get(str(at.tzname()), at.strftime("%z"))


@cache
def _readers() -> dict[str, Any]:
    return tomllib.loads((TEMPLATES / "readers.toml").read_text(encoding="utf-8"))


def _vendor_list() -> Markup:
    suppliers = _readers()["suppliers"]
    vendors = [
        {
            "id": 7 * n + 12,
            "name": f"{a}{b} Ltd",
            "purposes": [1 + (n + k) % 10 for k in range(5)],
            "flexible": n % 3 > 0,
        }
        for n, (a, b) in enumerate(product(suppliers["first"], suppliers["last"]))
    ]
    # Markup: our own constant JSON, without anything that could close the script element.
    return Markup(json.dumps({"version": 214, "vendors": vendors}))  # noqa: S704


def _pieces(blocks: Iterable[tuple[str, str]]) -> list[Piece]:
    pieces: list[Piece] = []
    for kind, run in groupby(blocks, key=lambda block: block[0]):
        texts = tuple(text for _, text in run)
        pieces.extend([Piece("list", "", texts)] if kind == "list" else [Piece(kind, text) for text in texts])
    return pieces


def _beginning(article: SampleArticle) -> list[Piece]:
    words = next((text for kind, text in article.blocks if kind == "paragraph"), "").split()
    shown = " ".join(words[:PAYWALL_WORDS])
    return [Piece("paragraph", shown + (" …" if len(words) > PAYWALL_WORDS else ""))]


@cache
def _comments(slug: str, language: str) -> tuple[Comment, ...]:
    pool = _readers()[language[:2]]
    seed = crc32(slug.encode())
    names, texts = pool["names"], pool["comments"]
    return tuple(
        Comment(names[(seed + 5 * n) % len(names)], texts[(seed // 7 + n) % len(texts)], f"{n + 1}h", (seed >> n) % 60)
        for n in range(4 + seed % 9)
    )


def _json_ld(article: SampleArticle, outlet: Outlet, url: str) -> dict[str, Any]:
    """The schema.org description of an article (https://schema.org/NewsArticle)."""
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if article.kind == "live_blog" else "NewsArticle",
        "headline": article.headline,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published_at.isoformat(),
        "dateModified": (article.modified_at or article.published_at).isoformat(),
        "author": [{"@type": "Person", "name": author} for author in article.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": outlet.name},
        "articleSection": article.section,
        "inLanguage": article.language,
        "isAccessibleForFree": article.kind != "paywalled",
    }
    if article.standfirst:
        described["description"] = article.standfirst
    if article.tags:
        described["keywords"] = list(article.tags)
    return described
