"""The headline that the reader sees, told from the site's name, the kicker and the search engine's title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extract.strip.wording import fold

# How much each place's word counts when the places disagree. News systems write a headline of its own into each place;
# elsewhere OpenGraph and JSON-LD are copies of the search engine's title, and only the h1 is written for the reader.
NEWS_WEIGHTS = {
    "html:h1": 2.0,
    "json-ld": 2.0,
    "opengraph": 1.6,
    "microdata": 1.0,
    "twitter": 0.5,
    "html:title": 0.9,
}
OTHER_WEIGHTS = {
    "html:h1": 4.0,
    "json-ld": 1.2,
    "opengraph": 1.0,
    "microdata": 1.0,
    "twitter": 0.2,
    "html:title": 0.6,
}
SEPARATOR = re.compile(r"\s+[|\-–—·•»«:]{1,2}\s+|\s*[|»«｜│¦]\s*|\s+::\s+|\s*[_]{1,2}\s*(?=[^\W\d]+$)")
# What every separator begins with, looked for in a quarter of the time.
MAY_SEPARATE = re.compile(r"\s[|\-–—·•»«:]|[|»«｜│¦_]")
MAX_HEADLINE_CHARS = 400
# A shorter end of a site's name may be any word.
LEAST_SITE_CHARS = 5
MAX_SITE_WORDS = 6
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


def without_site(text: str, sites: Iterable[str]) -> str:
    """Cut the site's name (and what follows it) off the end, or off the start, of a title."""
    cuts = _cuts(text)
    if not cuts:
        return text
    sites = list(sites)
    names = {name for name in map(fold, sites) if len(name) > 1}
    initials = {_initials(site) for site in sites} - {""}
    for cut in cuts:
        if _names_site(text[cut.end() :], names) or text[cut.end() :] in initials:
            return text[: cut.start()].strip()
    if fold(text[: cuts[0].start()]) in names:
        return text[cuts[0].end() :].strip()
    return text


def _cuts(text: str) -> list[re.Match[str]]:
    """Return the separators in a title; most titles have none."""
    return list(SEPARATOR.finditer(text)) if MAY_SEPARATE.search(text) else []


def _names_site(text: str, names: set[str]) -> bool:
    """Say whether the end of a title names the site: whole, with more behind or before it, or cut short."""
    tail = fold(text)
    is_short = len(tail) < 40
    return any(
        tail.startswith(name)
        or (tail.endswith(name) and is_short)
        or (len(tail) >= LEAST_SITE_CHARS and (name.endswith(tail) or (" " in text.strip() and name.startswith(tail))))
        for name in names
    )


def _initials(site: str) -> str:
    """Return the initials by which a site of several words may call itself, else nothing."""
    words = site.split()
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


# What it counts that a heading on the page shows the candidate, alone or behind a kicker.
SEEN = 2.0
# What it counts on the news besides that it is an h1, most of which title or OpenGraph tell in other words.
SEEN_AGAIN = 1.0
MOST = 0.5
# What an h1 counts at least of which neither the title nor OpenGraph tells a word.
LEAST_SHARE = 0.35
# What it counts that the title begins with the candidate and goes on.
SECTION_BEHIND = 0.3
# A heading at most this many times as long as a candidate that it ends with is kicker and headline.
KICKER_RATIO = 2.2


def choose_headline(
    candidates: list[Heading],
    title: str,
    sites: Iterable[str],
    headings: Iterable[str] = (),
    is_news: bool = True,
) -> Heading | None:
    """Choose the candidate that the most weight of evidence stands for; earlier ones win a tie.

    ``title`` is the ``<title>`` element; a candidate that it begins with gains weight even where the title was
    lengthened by section and site name. ``headings`` are the texts of the page's lesser headings: a
    candidate that one of
    them shows is what the reader sees.
    """
    sites = [*_sure_names(sites, candidates), *_logos(candidates, title)]
    names = {fold(site) for site in sites}
    usable = [
        Heading(text, item.layer)
        for item in candidates
        if (text := without_site(item.text[: 5 * MAX_HEADLINE_CHARS], sites)[:MAX_HEADLINE_CHARS].strip())
        and _is_headline(text, names)
    ]
    cut_title = without_site(title, sites)
    if _is_headline(cut_title, names):
        usable.append(Heading(cut_title, "html:title"))
    votes = _votes(usable, fold(title), is_news)
    if len(votes) < 2:
        return usable[0] if usable else None
    _lift(votes, SECTION_BEHIND, lambda key: fold(title).startswith(key) and fold(cut_title) != key)
    h1s = {fold(item.text): item.text for item in usable if item.layer == "html:h1"}
    shown = [fold(heading) for heading in headings]
    _lift(
        votes,
        SEEN,
        lambda key: any(_shows(text, key) for text in shown) or any(h1 != key and _shows(h1, key) for h1 in h1s),
    )
    if is_news:
        told = _told(usable, fold(title))
        again = {key for key, text in h1s.items() if key in shown and _told_share(text, told) >= MOST}
        _lift(votes, SEEN_AGAIN, again.__contains__)
    return max(usable, key=lambda item: votes[fold(item.text)], default=None)


def _sure_names(sites: Iterable[str], candidates: list[Heading]) -> list[str]:
    """Return the names of the site without what is as long as a headline and is one: some sites write that there."""
    h1s = {item.text for item in candidates if item.layer == "html:h1"}
    return [site for site in sites if site not in h1s or len(site.split()) < MAX_SITE_WORDS]


def _logos(candidates: list[Heading], title: str) -> list[str]:
    """Return the h1s that are the site's name: the lesser part of a title whose other part code tells as the title."""
    told = {fold(item.text) for item in candidates if item.layer != "html:h1"}
    parts = [(title[: cut.start()], title[cut.end() :]) for cut in _cuts(title)]
    lesser = {fold(min(pair, key=len)) for pair in parts if fold(max(pair, key=len)) in told}
    h1s = [item.text for item in candidates if item.layer == "html:h1" and len(item.text.split()) < MAX_SITE_WORDS]
    return [text for text in h1s if fold(text) in lesser]


def _told(usable: list[Heading], title: str) -> str:
    """Return the words that title and OpenGraph tell, folded."""
    return title + "".join(fold(item.text) for item in usable if item.layer == "opengraph")


def _votes(usable: list[Heading], title: str, is_news: bool) -> dict[str, float]:
    """Return each wording's weight, by its folded text; off the news an h1 counts as far as other places tell it."""
    weights = NEWS_WEIGHTS if is_news else OTHER_WEIGHTS
    told = _told(usable, title)
    shares = {fold(item.text): _told_share(item.text, told) for item in usable if item.layer == "html:h1"}
    votes: defaultdict[str, float] = defaultdict(float)
    for layer, key in dict.fromkeys((item.layer, _vote_of(item.text, set(shares))) for item in usable):
        votes[key] += weights[layer] * (1 if is_news or layer != "html:h1" else shares[key])
    return votes


def _lift(votes: dict[str, float], weight: float, holds: Callable[[str], bool]) -> None:
    for key in votes:
        votes[key] += weight * holds(key)


def shown_part(title: str, texts: Iterable[str]) -> str:
    """Return the longest part of a title, cut at a separator, that the page shows as a text of its own, else all."""
    cuts = _cuts(title)
    if not cuts:
        return title
    shown = {fold(text) for text in texts if len(text) <= len(title)}
    parts = [title, *(title[: cut.start()] for cut in cuts), *(title[cut.end() :] for cut in cuts)]
    return max((part.strip() for part in parts if fold(part) in shown), key=len, default=title)


def _told_share(text: str, told: str) -> float:
    """Return how far an h1 counts by the share of its words that title or OpenGraph tell too; 1 when neither is there.

    The h1 of a box beside the article, or of the whole site, says something else than they do.
    """
    words = [fold(word) for word in text.split()]
    known = sum(len(word) for word in words if word in told)
    return max(LEAST_SHARE, known / max(1, sum(map(len, words)))) if told else 1


def _vote_of(text: str, first: set[str]) -> str:
    """Return the candidate that a text speaks for: an h1 that it only adds a section or site to, else itself."""
    heads = (fold(text[: cut.start()]) for cut in _cuts(text))
    return next((head for head in heads if head in first), fold(text))


def _shows(heading: str, key: str) -> bool:
    return heading == key or (heading.endswith(key) and len(key) > 20 and len(heading) <= KICKER_RATIO * len(key))


def _is_headline(text: str, names: set[str]) -> bool:
    key = fold(text)
    return len(key) > 1 and key not in names and text.lower() not in GENERIC
