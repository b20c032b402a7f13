"""The fields beside the text, each from the first layer that tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from selectolax.lexbor import LexborNode

from extract.strip.authors import clean_authors
from extract.strip.headings import read_headings
from extract.strip.headline import Heading, Telling, choose_headline
from extract.strip.jsonld import Node, bare_url, first_string, main_article, nodes_of, strings, types_of
from extract.strip.language import language_of, region_of
from extract.strip.others import node_of_others
from extract.strip.page import Page, collapse
from extract.strip.segment import BLOCK_TAGS
from extract.strip.urls import absolute, host_of, names_other_page, site_label
from extract.strip.visible_bylines import PHRASE
from extract.strip.wording import fold

Told = tuple[str, str]
ORGANISATIONS = frozenset(["organization", "newsmediaorganization", "corporation", "website"])
TITLE_METAS = (
    ("opengraph", ("og:title",)),
    ("twitter", ("twitter:title",)),
    ("microdata", ("headline",)),
    ("microdata", ("citation_title",)),
    ("meta", ("dc.title", "dc:title", "dcterms.title", "dcterms:title", "dcterm:title")),
    ("meta", ("parsely-title", "sailthru.title")),
    ("meta", ("title",)),
)
AUTHOR_METAS = (
    "citation_author",
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "og:author",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:byline",
    "articleauthor",
    "dcsext.author",
    "dc.contributor",
    "authors",
)
# What libraries and journals write the last name first in.
LAST_FIRST_METAS = frozenset(("citation_author", "dc.creator", "dcterms.creator", "dc.contributor"))
# What is looked for, and which classes found are a byline's: to look for each of them takes several times as long.
BYLINE_NODES = "[rel~=author], [itemprop=author], [class*=author], [class*=byline], .vcard .fn"
BYLINE_CLASS = re.compile(
    r"(?:^|\s)(?:author|byline)(?=\s|$)|author-name|byline__|author__name|article-author|byline-name"
)
# A key that a template was to put a name in looks like a host's name as well.
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
LOGIN_LAYERS = frozenset(("meta", "opengraph", "twitter"))
MAX_BYLINE_NODES = 4
AUTHOR_LINKS = (
    "a[href*='/author'], a[href*='/autor'], a[href*='/auteur'], a[href*='/contributor'], a[href*='/journalist'],"
    " a[href*='/writer'], a[href*='/reporter'], a[href*='/columnist']"
)
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en?|es|in)?|auteurs?|autori|contributors?|journalists?|writers?|reporters?|columnists?)"
    r"/[^/?#]+/?(?:[?#]|$)",
    re.I,
)
MAX_AUTHOR_LINKS = 12
LEAST_NAME_CHARS = 4
MAX_BYLINE_CHARS = 120
# What the label of a card for Twitter calls the author, in the languages of the commonest plug-in that writes it.
BY_LABEL = re.compile(
    r"written by|(?:verfasst|geschrieben) von|écrit par|escrito por|scritto da|geschreven door|napisane przez"
    r"|skrevet a[vf]|skriven av|автор|yazan|author|autor|auteur",
    re.I,
)
# English is written with the month first in these countries, with the day first elsewhere.
MONTH_FIRST = frozenset(("US", "PH"))


@dataclass(slots=True)
class Structured:
    """The page's structured data, read once: the JSON-LD nodes, the article among them, the names of the site."""

    nodes: list[Node]
    article: Node | None
    sites: list[str] = field(default_factory=list)

    def types(self) -> frozenset[str]:
        """Return the types of all nodes."""
        return frozenset(kind for node in self.nodes for kind in types_of(node))

    def is_news(self) -> bool:
        """Say whether the article calls itself news."""
        return self.article is not None and any(map(_is_news_type, types_of(self.article)))


def _is_news_type(kind: str) -> bool:
    return "news" in kind or kind == "liveblogposting"


def read_structured(page: Page) -> Structured:
    """Read the JSON-LD nodes and find the article's."""
    nodes = nodes_of(page.scripts)
    addresses = (page.url, page.meta("og:url"), *page.canonicals)
    urls = {bare_url(url) for url in addresses if url}
    found = Structured(nodes, main_article(nodes, urls))
    found.sites = list(dict.fromkeys(_sites(page, found)))
    return found


def _sites(page: Page, data: Structured) -> Iterator[str]:
    """Yield the names by which the site may call itself in titles."""
    for name in (page.meta("og:site_name"), page.meta("application-name"), page.meta("twitter:site")):
        if name:
            yield name.lstrip("@")
    if data.article:
        yield from strings(data.article.get("publisher"))[:2]
    host = host_of(page.url or page.meta("og:url") or next(iter(page.canonicals), None))
    if host:
        yield host
        yield site_label(host)


def read_headline(page: Page, data: Structured, shown: Sequence[str] = ()) -> Told | None:
    """Return the headline and its layer; ``shown`` are the texts of the page's blocks."""
    chosen = choose_headline(telling_of(page, data, shown))
    return (chosen.text, chosen.layer) if chosen else None


def telling_of(page: Page, data: Structured, shown: Sequence[str] = ()) -> Telling:
    """Gather all that a page tells about its headline."""
    headings = read_headings(page)
    told = [Heading(text, "html:h1") for text in headings.first]
    if data.article and (named := first_string(data.article.get("headline"))):
        told.append(Heading(named, "json-ld"))
    for layer, names in TITLE_METAS:
        if text := page.meta(*names):
            told.append(Heading(headings.without_kicker.get(fold(text), text), layer))
    sections = list(_sections(page, data))
    return Telling(told, page.title, data.sites, headings.lesser, shown, data.is_news(), sections)


def _sections(page: Page, data: Structured) -> Iterator[str]:
    """Yield the names of the sections that the article stands in: by code and by its address."""
    yield from strings((data.article or {}).get("articleSection"))
    yield from page.metas.get("article:section", ())
    yield from bare_url(page.url or "").split("/")[1:-1]


def read_authors(page: Page, data: Structured, seen: Iterable[str] = ()) -> tuple[tuple[str, ...], str] | None:
    """Return the authors' names and their layer; the site's own name only when nobody else is named.

    ``seen`` are the bylines that the reader sees near the headline.
    """
    house = {fold(name) for name in data.sites}
    fallback: tuple[tuple[str, ...], str] | None = None
    for raw, layer in chain(_bylines(page, data), (([text], "text") for text in seen), _linked(page)):
        names = clean_authors(raw)
        people = tuple(name for name in names if not _is_house(name, house))
        if people and not _is_login(people, layer):
            return people, layer
        if names and fallback is None:
            fallback = names, layer
    return fallback


def _is_login(people: tuple[str, ...], layer: str) -> bool:
    """Say whether a meta tag gives nothing but the name with which the author logs in: one word in small letters."""
    return layer in LOGIN_LAYERS and len(people) == 1 and people[0].isalnum() and people[0].islower()


def _is_house(name: str, house: set[str]) -> bool:
    """Say whether a name is the site's own, alone or with a word such as "online" behind it, or a host's."""
    key = fold(name)
    return (
        key in house
        or HOST.fullmatch(name) is not None
        or any(len(site) > 2 and key.startswith(site) and name.split()[0].isupper() for site in house)
    )


def _bylines(page: Page, data: Structured) -> Iterator[tuple[list[str], str]]:
    """Yield what code and markup call the byline, with the layer, the surest first."""
    if data.article:
        yield _names(data.article.get("author") or data.article.get("creator"), data.nodes), "json-ld"
    yield from _meta_bylines(page)
    yield from _marked_bylines(page)


def _meta_bylines(page: Page) -> Iterator[tuple[list[str], str]]:
    for name in AUTHOR_METAS:
        if values := _author_values(page, name):
            yield values, "dublin-core" if name.startswith("dc") else "opengraph" if ":" in name else "meta"
    labels = zip(page.metas.get("twitter:label1", ()), page.metas.get("twitter:data1", ()), strict=False)
    if written := [name for label, name in labels if BY_LABEL.fullmatch(label)]:
        yield written, "twitter"


def _author_values(page: Page, name: str) -> list[str]:
    """Return what the meta tags of a name tell, addresses aside; what libraries turned round is turned back."""
    values = [value for value in page.metas.get(name, ()) if "//" not in value]
    if name in LAST_FIRST_METAS and all(value.count(",") == 1 for value in values):
        return [" ".join(reversed(value.split(","))) for value in values]
    return values


def _marked_bylines(page: Page) -> Iterator[tuple[list[str], str]]:
    found = {node.mem_id: node for node in page.tree.css(BYLINE_NODES)}
    nodes = [node for node in found.values() if _is_byline(node)]
    home = _home(page) if nodes else frozenset()
    for node in [node for node in nodes if not _is_in_other_article(node, home)][:MAX_BYLINE_NODES]:
        text = collapse(node.text(separator=" "))
        if LEAST_NAME_CHARS <= len(text) < MAX_BYLINE_CHARS and not node_of_others(node):
            # A link to a profile or to all posts is marked up like its author.
            yield [name for name in clean_authors([_first_line(node)]) if not PHRASE.match(name)], "html:byline"


def _is_byline(node: LexborNode) -> bool:
    attributes = node.attributes
    classes = attributes.get("class") or ""
    named = attributes.get("itemprop") == "author" or "author" in (attributes.get("rel") or "").split()
    return named or BYLINE_CLASS.search(classes) is not None or ("fn" in classes.split() and _is_in_card(node))


def _is_in_card(node: LexborNode) -> bool:
    around = node.parent
    while around is not None and "vcard" not in (around.attributes.get("class") or "").split():
        around = around.parent
    return around is not None


def _home(page: Page) -> frozenset[int]:
    """Return the identities of the ``article`` elements around the first h1."""
    first = page.tree.css_first("h1")
    return frozenset(_articles_around(first)) if first is not None else frozenset()


def _articles_around(node: LexborNode) -> Iterator[int]:
    around = node.parent
    while around is not None:
        if around.tag == "article":
            yield around.mem_id
        around = around.parent


def _is_in_other_article(node: LexborNode, home: frozenset[int]) -> bool:
    """Say whether an element lies in an ``article`` beside the one that holds the page's h1."""
    around = set(_articles_around(node)) if home else set()
    return bool(around) and around.isdisjoint(home)


def _first_line(node: LexborNode) -> str:
    """Return the first line of a byline that holds a name; a role or a company may stand in the lines below."""
    line = ""
    for child in node.iter(include_text=True):
        text = child.text(separator=" ")
        if child.tag not in BLOCK_TAGS:
            line = collapse(f"{line} {text}")
        elif clean_authors([line]):
            return line
        elif clean_authors([text]):
            return _first_line(child)
    return line or collapse(node.text(separator=" "))


def _linked(page: Page) -> Iterator[tuple[list[str], str]]:
    """Yield the names on the page's first links to authors' pages: those that stand together."""
    links = [link for link in page.tree.css(AUTHOR_LINKS)[:MAX_AUTHOR_LINKS] if _is_of_author(link)]
    yield [link.text(separator=" ") for link in links if link.parent == links[0].parent], "html:link"


def _is_of_author(link: LexborNode) -> bool:
    """Say whether a link with a text, not a picture or initials, leads to an author's page and is no comment's."""
    is_named = len(collapse(link.text())) >= LEAST_NAME_CHARS
    return is_named and AUTHOR_PAGE.search(link.attributes.get("href") or "") is not None and not node_of_others(link)


def _names(value: object, nodes: list[Node]) -> list[str]:
    """Return the names of JSON-LD authors, following references to other nodes of the graph."""
    items = value if isinstance(value, list) else [value]
    names: list[str] = []
    for item in items[:50]:
        if isinstance(item, dict) and not item.get("name") and item.get("@id"):
            item = next((node for node in nodes if node.get("@id") == item["@id"] and node.get("name")), item)
        if isinstance(item, dict):
            item = (
                item.get("name")
                or item.get("byline")
                or " ".join(strings([item.get("givenName"), item.get("familyName")]))
            )
        names.extend(filter(None, map(collapse, strings(item))))
    return names


def read_canonical(page: Page, data: Structured) -> Told | None:
    """Return the canonical URL and its layer; the front page's, or one of a list above the page, is none."""
    choices = [(url, "html:link") for url in page.canonicals]
    choices += [(url, "opengraph") for url in page.metas.get("og:url", ())]
    for url, layer in choices:
        resolved = absolute(url, page.url)
        if resolved and not (page.url and names_other_page(resolved, page.url)):
            return resolved, layer
    return None


def read_publisher(page: Page, data: Structured) -> Told | None:
    """Return the publisher's name and its layer."""
    if data.article and (name := first_string(data.article.get("publisher"))):
        return name, "json-ld"
    if name := page.meta("og:site_name", "application-name", "dc.publisher"):
        return name, "opengraph"
    for node in data.nodes:
        if types_of(node) & ORGANISATIONS and (name := first_string(node.get("name"))):
            return name, "json-ld"
    return None


def read_standfirst(page: Page, data: Structured) -> Told | None:
    """Return the article's summary and its layer."""
    if data.article and (text := first_string(data.article.get("description"))):
        return text, "json-ld"
    if text := page.meta("og:description"):
        return text, "opengraph"
    if text := page.meta("description", "dc.description", "twitter:description"):
        return text, "meta"
    return None


def read_lead_image(page: Page, data: Structured) -> Told | None:
    """Return the lead image's absolute URL and its layer."""
    if url := absolute(page.meta("og:image", "og:image:url", "og:image:secure_url"), page.url):
        return url, "opengraph"
    if data.article and (url := absolute(_image_url(data.article.get("image")), page.url)):
        return url, "json-ld"
    if url := absolute(page.meta("twitter:image", "twitter:image:src"), page.url):
        return url, "twitter"
    return None


def _image_url(value: object) -> str | None:
    if isinstance(value, list):
        return next(filter(None, map(_image_url, value[:5])), None)
    if isinstance(value, dict):
        return _image_url(value.get("url") or value.get("contentUrl") or value.get("@id"))
    return value if isinstance(value, str) else None


def read_language(page: Page, data: Structured) -> Told | None:
    """Return the language that the page names for itself and the layer."""
    tags = [(text, "json-ld") for text in strings((data.article or {}).get("inLanguage"))[:1]]
    tags += [(page.lang or "", "html:lang"), (page.meta("og:locale") or "", "opengraph")]
    tags += [(page.meta("content-language", "language", "dc.language", "dcterms.language") or "", "meta")]
    for tag, layer in tags:
        if code := language_of(tag):
            return code, layer
    return None


# Country domains that are sold to the whole world.
WORLDWIDE = frozenset(("IO", "TV", "CO", "ME", "AI", "CC", "WS", "FM", "AM", "LY", "TO", "GG", "NU", "EU", "SU"))


def read_country(page: Page) -> str | None:
    """Return the site's country as an upper-case ISO 3166 code: by its domain, else by the region of its
    language tag."""
    domain = host_of(page.url).rpartition(".")[2].upper()
    if len(domain) == 2 and domain not in WORLDWIDE:
        return "GB" if domain == "UK" else domain
    return region_of(page.lang) or region_of(page.meta("og:locale"))


def is_day_first(page: Page, language: str | None) -> bool:
    """Say whether the page writes the day before the month, by region, language and country of the site."""
    if language not in (None, "en"):
        return True
    country = read_country(page)
    return country is not None and country not in MONTH_FIRST
