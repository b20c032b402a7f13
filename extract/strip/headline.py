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
from extract.strip.wording import fold, showing

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


# The places that a wording may stand in; all h1s after the first are one place.
PLACES = {
    "html:h1": "h1",
    "json-ld": "json-ld",
    "opengraph": "opengraph",
    "twitter": "twitter",
    "microdata": "microdata",
    "meta": "meta",
    "html:title": "title",
}
MAIN_PLACES = frozenset(("h1", "json-ld", "opengraph", "title"))
# What two of these word alike needs no ranking: it is the headline however another place words it.
SURE_PLACES = MAIN_PLACES - {"title"}
FEATURES = (
    # Another meta tag has it; of the main places only OpenGraph has it.
    "meta",
    "opengraph-alone",
    # A lesser heading has this wording, alone or after a kicker, or the h1 has it after a kicker.
    "lesser-heading",
    # The share of its letters in words that also occur in title and OpenGraph; the same, if it is an h1.
    "told",
    "h1-told",
    "words",
    "separator",
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
    sections: Sequence[str] = ()


def choose_headline(telling: Telling) -> Heading | None:
    """Return the wording that the page's statements agree on, else the one with the highest score.

    The one that was read first wins a tie.
    """
    found = candidates(telling)
    if not found:
        return None
    best = agreed(telling, found) or _likeliest(telling, found)
    return Heading(best.text, best.layer)


def agreed(telling: Telling, found: Mapping[str, Candidate]) -> Candidate | None:
    """Return the wording that two of h1, JSON-LD and OpenGraph have, or None.

    If JSON-LD and OpenGraph differ and the h1 is neither, it is JSON-LD's, unless a lesser heading shows only
    OpenGraph's: some sites keep the h1 for the end of a breadcrumb trail.
    """
    by_place: dict[str, str] = {}
    for key, item in found.items():
        sure = item.places & SURE_PLACES
        if len(sure) > 1:
            return item
        by_place.update(dict.fromkeys(sure, key))
    if not by_place.keys() >= {"json-ld", "opengraph"}:
        return None
    headings = _folded(telling.lesser)
    shown = {place for place, key in by_place.items() if any(text.endswith(key) for text in headings)}
    return found[by_place["opengraph" if "json-ld" not in shown and "opengraph" in shown else "json-ld"]]


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
            found.setdefault(fold(cut), Candidate(cut, layer)).places.add(place)
    for part in _parts(title, telling):
        if _is_headline(part, names):
            found.setdefault(fold(part), Candidate(part, "html:title"))
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
    shown = [*telling.lesser, *_short(telling.shown)]
    parts = [part.strip() for cut in separators for part in (title[: cut.start()], title[cut.end() :])]
    return [part for part in parts if showing(shown, fold(part))]


def feature_rows(telling: Telling, found: Mapping[str, Candidate]) -> list[dict[str, float]]:
    """Return the features of each candidate, in order; missing ones are zero."""
    first = {item.layer: fold(item.text[:MAX_HEADLINE_CHARS]) for item in reversed(telling.told)}
    told = fold(telling.title) + first.get("opengraph", "")
    headings = _folded(telling.lesser)
    return [_row(key, item, told, headings | ({first.get("html:h1", "")} - {key})) for key, item in found.items()]


def _row(key: str, item: Candidate, told: str, headings: set[str]) -> dict[str, float]:
    words = [fold(word) for word in item.text.split()]
    share = _share(words, told)
    return {
        "meta": float("meta" in item.places),
        "opengraph-alone": float(item.places & MAIN_PLACES == {"opengraph"}),
        "lesser-heading": float(any(_shows(text, key) for text in headings)),
        "told": share,
        "h1-told": share if item.places & {"h1", "later-h1"} else 0.0,
        "words": log1p(len(words)),
        "separator": float(bool(cuts(item.text))),
    }


def _share(words: list[str], told: str) -> float:
    """Return the share of the letters of folded words that also occur in another text; 1 when there is none."""
    return sum(len(word) for word in words if word in told) / max(1, sum(map(len, words))) if told else 1.0


def _shows(heading: str, key: str) -> bool:
    is_behind = heading.endswith(key) and len(key) > MIN_TAIL_CHARS and len(heading) <= KICKER_RATIO * len(key)
    return heading == key or is_behind


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
