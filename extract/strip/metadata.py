"""The article's metadata fields, each from the first layer that has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from extract.strip.authors import clean_authors
from extract.strip.headings import read_headings
from extract.strip.headline import Heading, Telling, choose_headline
from extract.strip.jsonld import Node, bare_url, first_string, main_article, nodes_of, strings, types_of
from extract.strip.language import language_of, region_of
from extract.strip.marked_bylines import linked_bylines, marked_bylines, named_bylines
from extract.strip.page import Page, collapse
from extract.strip.urls import absolute, host_of, names_other_page, site_label
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
# Meta tags of libraries and journals, which write the last name first.
LAST_FIRST_METAS = frozenset(("citation_author", "dc.creator", "dcterms.creator", "dc.contributor"))
# An address after a name is in brackets; one after a dash is that of the template's author.
BRACKETED = re.compile(r"[(<\[][^)>\]]*[)>\]]")
# An unfilled placeholder of a template also looks like a host name.
HOST = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}")
LOGIN_LAYERS = frozenset(("meta", "opengraph", "twitter"))
# What the label of a card for Twitter calls the author, in the languages of the commonest plug-in that writes it.
BY_LABEL = re.compile(
    r"written by|(?:verfasst|geschrieben) von|écrit par|escrito por|scritto da|geschreven door|napisane przez"
    r"|skrevet a[vf]|skriven av|автор|yazan|author|autor|auteur",
    re.I,
)
# Countries whose English puts the month first; elsewhere the day comes first.
MONTH_FIRST = frozenset(("US", "PH"))


@dataclass(slots=True)
class Structured:
    """The page's structured data, parsed once: the JSON-LD nodes, the article's node, the names of the site."""

    nodes: list[Node]
    article: Node | None
    sites: list[str] = field(default_factory=list)

    def types(self) -> frozenset[str]:
        """The types of all nodes."""
        return frozenset(kind for node in self.nodes for kind in types_of(node))


def read_structured(page: Page) -> Structured:
    """Parse the JSON-LD nodes and find the article's."""
    nodes = nodes_of(page.scripts)
    addresses = (page.url, page.meta("og:url"), *page.canonicals)
    urls = {bare_url(url) for url in addresses if url}
    found = Structured(nodes, main_article(nodes, urls))
    found.sites = list(dict.fromkeys(_sites(page, found)))
    return found


def _sites(page: Page, data: Structured) -> Iterator[str]:
    """Yield the names that the site may use for itself in titles."""
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
    """Collect everything that the page says about its headline."""
    headings = read_headings(page)
    told = [Heading(text, "html:h1") for text in headings.first]
    if data.article and (named := _named(data.article, (*headings.first, page.meta("og:title") or ""))):
        told.append(Heading(named, "json-ld"))
    for layer, names in TITLE_METAS:
        if text := page.meta(*names):
            told.append(Heading(headings.without_kicker.get(fold(text), text), layer))
    sections = list(_sections(page, data))
    return Telling(told, page.title, data.sites, headings.lesser, shown, sections)


def _named(article: Node, others: Sequence[str]) -> str | None:
    """Return JSON-LD's headline, or its name if only that is what other places call the page.

    Encyclopedias put a description into the headline.
    """
    headline, name = first_string(article.get("headline")), first_string(article.get("name"))
    if not name or name == headline:
        return headline
    keys = set(map(fold, others))
    return name if fold(name) in keys and fold(headline or "") not in keys else headline


def _sections(page: Page, data: Structured) -> Iterator[str]:
    """Yield the article's section names, from metadata and from its URL."""
    yield from strings((data.article or {}).get("articleSection"))
    yield from page.metas.get("article:section", ())
    yield from bare_url(page.url or "").split("/")[1:-1]


def read_authors(
    page: Page, data: Structured, seen: Iterable[str] = (), until_foot: Sequence[str] = ()
) -> tuple[tuple[str, ...], str] | None:
    """Return the authors' names and their layer; the site's own name only when nobody else is named.

    ``seen`` are the bylines that the reader sees near the headline, ``until_foot`` the texts down to the article's end.
    """
    house = {fold(name) for name in data.sites}
    fallback: tuple[tuple[str, ...], str] | None = None
    shown = (([text], "text") for text in seen)
    for raw, layer in chain(_bylines(page, data), shown, named_bylines(page, until_foot), linked_bylines(page)):
        names = clean_authors(raw)
        people = tuple(name for name in names if not _is_house(name, house))
        if people and not _is_login(people, layer):
            return people, layer
        if names and fallback is None:
            fallback = names, layer
    return fallback


def _is_login(people: tuple[str, ...], layer: str) -> bool:
    """Return whether a meta tag has only a login name: one word in lower case."""
    return layer in LOGIN_LAYERS and len(people) == 1 and people[0].isalnum() and people[0].islower()


def _is_house(name: str, house: set[str]) -> bool:
    """Return whether a name is the site's own (possibly with a word such as "online") or a host name."""
    key = fold(name)
    return (
        key in house
        or HOST.fullmatch(name) is not None
        or any(len(site) > 2 and key.startswith(site) and name.split()[0].isupper() for site in house)
    )


def _bylines(page: Page, data: Structured) -> Iterator[tuple[list[str], str]]:
    """Yield the bylines in metadata and markup with their layers, the most reliable first."""
    if data.article:
        yield _names(data.article.get("author") or data.article.get("creator"), data.nodes), "json-ld"
    yield from _meta_bylines(page)
    yield from marked_bylines(page)


def _meta_bylines(page: Page) -> Iterator[tuple[list[str], str]]:
    for name in AUTHOR_METAS:
        if values := _author_values(page, name):
            yield values, "dublin-core" if name.startswith("dc") else "opengraph" if ":" in name else "meta"
    labels = zip(page.metas.get("twitter:label1", ()), page.metas.get("twitter:data1", ()), strict=False)
    if written := [name for label, name in labels if BY_LABEL.fullmatch(label)]:
        yield written, "twitter"


def _author_values(page: Page, name: str) -> list[str]:
    """Return the values of meta tags of a name, without URLs; inverted names of libraries are turned back."""
    values = [value for value in page.metas.get(name, ()) if "//" not in BRACKETED.sub("", value)]
    if name in LAST_FIRST_METAS and all(value.count(",") == 1 for value in values):
        return [" ".join(reversed(value.split(","))) for value in values]
    return values


def _names(value: object, nodes: list[Node]) -> list[str]:
    """Return the names of JSON-LD authors, resolving references to other nodes of the graph."""
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
    """Return the canonical URL and its layer; None if it is the front page or a list above the page."""
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
