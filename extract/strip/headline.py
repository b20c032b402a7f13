"""Choose the headline among the wordings that a page gives in several places, by a small learned ranking.

A page gives its headline in its h1, in JSON-LD, in OpenGraph and other meta tags and in its title, often in different
words. Each distinct wording is one candidate, with the features named below; ``weights/headline.tsv`` has the weight of
each. ``benchmarks/train_headline.py`` learns the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from math import log1p

from extract.strip.site_name import cuts, logos, sure_names, without_section, without_site
from extract.strip.wording import fold

MAX_HEADLINE_CHARS = 400
MAX_SHOWN = 60
MAX_SHOWN_CHARS = 300
# A shorter wording matches the end of headings by chance; one longer than this multiple is more than kicker and
# headline.
MIN_TAIL_CHARS = 20
KICKER_RATIO = 2.2
# Any h1 after the first few is the heading of a section.
MAX_H1 = 6
GENERIC = frozenset(
    [
        "home",
        "news",
        "article",
        "blog",
        "login",
        "log-in",
        "startseite",
        "untitled",
        "menu",
        "search",
        "latest",
    ]
)


# The places, as the features name them; all h1s after the first are one place.
PLACES = {
    "html:h1": "h1",
    "json-ld": "json-ld",
    "opengraph": "opengraph",
    "twitter": "twitter",
    "microdata": "microdata",
    "meta": "meta",
    "html:title": "title",
}
# What three of these four word alike needs no ranking: it is the headline however another place words it.
MAIN_PLACES = frozenset(("h1", "json-ld", "opengraph", "title"))
MOST_PLACES = 3
FEATURES = (
    *PLACES.values(),
    "later-h1",
    # A part of the title between separators that is also a text of its own on the page.
    "title-part",
    "places",
    "json-ld-alone",
    "opengraph-alone",
    # A lesser heading has this wording, alone or after a kicker; a short text of the page equals it.
    "lesser-heading",
    "shown",
    "shown-no-h1",
    # A longer wording in that place begins with this one.
    "begins-title",
    "begins-h1",
    # The share of its letters in words that also occur in title and OpenGraph.
    "told",
    "words",
    "one-word",
    "separator",
    "site-cut",
    "h1-news",
    "json-ld-news",
    "opengraph-news",
    "h1-told",
    "h1-lesser-heading",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """One wording of the headline and the layer that it comes from."""

    text: str
    layer: str


@dataclass(slots=True)
class Candidate:
    """One distinct wording: the text, the layer that gave it first, and the names of all its places."""

    text: str
    layer: str
    places: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Telling:
    """Everything that a page says about its headline.

    ``told`` are the wordings of all places except the ``<title>``, in reading order; ``sites`` the possible names of
    the site; ``lesser`` the headings other than h1; ``shown`` the texts of the page's blocks; ``sections`` the names of
    the article's sections.
    """

    told: Sequence[Heading]
    title: str = ""
    sites: Sequence[str] = ()
    lesser: Sequence[str] = ()
    shown: Sequence[str] = ()
    is_news: bool = True
    sections: Sequence[str] = ()


def choose_headline(telling: Telling) -> Heading | None:
    """Return the wording that three of the four main places have, else the one with the highest score.

    The one that was read first wins a tie.
    """
    found = candidates(telling)
    if not found:
        return None
    best = agreed(found.values()) or _likeliest(telling, found)
    return Heading(best.text, best.layer)


def agreed(found: Iterable[Candidate]) -> Candidate | None:
    """Return the wording that three of the four main places tell, or None."""
    return next((item for item in found if len(item.places & MAIN_PLACES) >= MOST_PLACES), None)


def _likeliest(telling: Telling, found: Mapping[str, Candidate]) -> Candidate:
    items = list(found.values())
    if len(items) == 1:
        return items[0]
    weights = load_weights()
    scores = [sum(weights[name] * value for name, value in row.items()) for row in feature_rows(telling, found)]
    return items[scores.index(max(scores))]


def candidates(telling: Telling) -> dict[str, Candidate]:
    """Return the possible headlines by their folded text, each once and without the site's name."""
    title, sites, sections = telling.title, _sites(telling), _folded(telling.sections) - {""}
    names = _folded(sites)
    found: dict[str, Candidate] = {}
    for text, layer, place in (*_placed(telling.told), (title, "html:title", "title")):
        cut = without_section(without_site(text, sites), sections)[:MAX_HEADLINE_CHARS].strip()
        if _is_headline(cut, names):
            places = found.setdefault(fold(cut), Candidate(cut, layer)).places
            places.update((place, "site-cut") if len(cut) < len(text.strip()) else (place,))
    for part in _parts(title, telling):
        if _is_headline(part, names):
            found.setdefault(fold(part), Candidate(part, "html:title")).places.add("title-part")
    return found


def _sites(telling: Telling) -> list[str]:
    """Return the names of the site, including an h1 that is its logo."""
    h1s = [item.text for item in telling.told if item.layer == "html:h1"]
    others = [item.text for item in telling.told if item.layer != "html:h1"]
    return [*sure_names(telling.sites, h1s), *logos(h1s, others, telling.title)]


def _placed(told: Iterable[Heading]) -> Iterator[tuple[str, str, str]]:
    """Yield each wording with its layer and its place: the first h1 and later ones are two places."""
    h1s = 0
    for item in told:
        place = PLACES[item.layer]
        if item.layer == "html:h1":
            place = "later-h1" if h1s else place
            h1s += 1
        if h1s <= MAX_H1 or item.layer != "html:h1":
            yield item.text[: 5 * MAX_HEADLINE_CHARS], item.layer, place


def _parts(title: str, telling: Telling) -> list[str]:
    """Return the parts of a title before and after separators that are also texts of their own on the page."""
    separators = cuts(title)
    if not separators:
        return []
    shown = _folded(telling.lesser) | _folded(_short(telling.shown))
    parts = [part.strip() for cut in separators for part in (title[: cut.start()], title[cut.end() :])]
    return [part for part in parts if fold(part) in shown]


def feature_rows(telling: Telling, found: Mapping[str, Candidate]) -> list[dict[str, float]]:
    """Return the features of each candidate, in order; missing ones are zero."""
    layers = {item.layer: fold(item.text[:MAX_HEADLINE_CHARS]) for item in reversed(telling.told)}
    page = _Page(
        fold(telling.title),
        layers.get("opengraph", ""),
        layers.get("html:h1", ""),
        _folded(telling.lesser),
        _folded(_short(telling.shown)),
    )
    return [_row(key, item, page, telling.is_news) for key, item in found.items()]


@dataclass(frozen=True, slots=True)
class _Page:
    """The texts that candidates are compared with, folded."""

    title: str
    opengraph: str
    h1: str
    lesser: set[str]
    shown: set[str]


def _row(key: str, item: Candidate, page: _Page, is_news: bool) -> dict[str, float]:
    row = dict.fromkeys(item.places, 1.0)
    words = [fold(word) for word in item.text.split()]
    told = _share(words, page.title + page.opengraph)
    row |= _places(item.places, is_news)
    row |= {
        "lesser-heading": float(any(_shows(text, key) for text in page.lesser | ({page.h1} - {key}))),
        "shown": float(key in page.shown),
        "begins-title": float(_begins(key, page.title)),
        "begins-h1": float(_begins(key, page.h1)),
        "told": told,
        "words": log1p(len(words)),
        "one-word": float(len(words) < 2),
        "separator": float(bool(cuts(item.text))),
    }
    if item.places & {"h1", "later-h1"}:
        return row | {"h1-news": float(is_news), "h1-told": told, "h1-lesser-heading": row["lesser-heading"]}
    return row | {"shown-no-h1": max(row["lesser-heading"], row["shown"])}


def _places(places: set[str], is_news: bool) -> dict[str, float]:
    """Return the features of the number and kind of places."""
    main = places & MAIN_PLACES
    return {
        "places": float(len(places & set(PLACES.values()))),
        "json-ld-alone": float(main == {"json-ld"}),
        "opengraph-alone": float(main == {"opengraph"}),
        "json-ld-news": float(is_news and "json-ld" in places),
        "opengraph-news": float(is_news and "opengraph" in places),
    }


def _share(words: list[str], told: str) -> float:
    """Return the share of the letters of folded words that also occur in another text; 1 when there is none."""
    return sum(len(word) for word in words if word in told) / max(1, sum(map(len, words))) if told else 1.0


def _shows(heading: str, key: str) -> bool:
    is_behind = heading.endswith(key) and len(key) > MIN_TAIL_CHARS and len(heading) <= KICKER_RATIO * len(key)
    return heading == key or is_behind


def _begins(key: str, text: str) -> bool:
    return len(text) > len(key) and text.startswith(key)


def _short(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if len(text) < MAX_SHOWN_CHARS][:MAX_SHOWN]


def _folded(texts: Iterable[str]) -> set[str]:
    return set(map(fold, texts))


def _is_headline(text: str, names: set[str]) -> bool:
    key = fold(text)
    return len(key) > 1 and key not in names and text.lower() not in GENERIC


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """Read the weight of each feature."""
    lines = (files("extract.strip") / "weights" / "headline.tsv").read_text("utf-8").splitlines()
    weights = {name: float(weight) for name, weight in (line.split("\t") for line in lines)}
    return {name: weights.get(name, 0.0) for name in FEATURES}
