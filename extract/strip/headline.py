"""The headline that the reader sees, told from the site's name, the kicker and the search engine's title."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

# How much each place's word counts when the places disagree.
WEIGHTS = {
    "html:h1": 2.0,
    "json-ld": 2.0,
    "opengraph": 1.6,
    "microdata": 1.0,
    "twitter": 0.5,
    "html:title": 0.9,
}
SEPARATOR = re.compile(r"\s+[|\-–—·•»«:]{1,2}\s+|\s*[|»«]\s*|\s+::\s+|\s*[_]{1,2}\s*(?=[^\W\d]+$)")
MAX_HEADLINE_CHARS = 400
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


@dataclass(frozen=True, slots=True)
class Heading:
    """One candidate for the headline and the layer it comes from."""

    text: str
    layer: str


def fold(text: str) -> str:
    """Fold a text to its letters and digits in one case, for comparing."""
    return re.sub(r"\W+", "", text).casefold()


def without_site(text: str, sites: Iterable[str]) -> str:
    """Cut the site's name (and what follows it) off the end, or off the start, of a title."""
    names = {name for name in map(fold, sites) if len(name) > 1}
    cuts = list(SEPARATOR.finditer(text))
    for cut in cuts:
        tail = fold(text[cut.end() :])
        if any(
            tail == name or tail.startswith(name) or (tail.endswith(name) and len(tail) < 40)
            for name in names
        ):
            return text[: cut.start()].strip()
    if cuts and fold(text[: cuts[0].start()]) in names:
        return text[cuts[0].end() :].strip()
    return text


def choose_headline(candidates: list[Heading], title: str, sites: Iterable[str]) -> Heading | None:
    """Choose the candidate that the most weight of evidence stands for; earlier ones win a tie.

    ``title`` is the ``<title>`` element; a candidate that it begins with gains weight even where the title was
    lengthened by section and site name.
    """
    sites = list(sites)
    names = {fold(site) for site in sites}
    usable = [
        Heading(text, item.layer)
        for item in candidates
        if (text := without_site(item.text, sites)[:MAX_HEADLINE_CHARS].strip()) and _is_headline(text, names)
    ]
    cut_title = without_site(title, sites)
    if _is_headline(cut_title, names):
        usable.append(Heading(cut_title, "html:title"))
    votes: Counter[str] = Counter()
    for layer, key in {(item.layer, fold(item.text)) for item in usable}:
        votes[key] += WEIGHTS.get(layer, 1.0)
    folded_title = fold(title)
    for key in votes:
        if folded_title.startswith(key) and fold(cut_title) != key:
            votes[key] += 0.3
    return max(usable, key=lambda item: votes[fold(item.text)], default=None)


def _is_headline(text: str, names: set[str]) -> bool:
    key = fold(text)
    return len(key) > 1 and key not in names and text.lower() not in GENERIC
