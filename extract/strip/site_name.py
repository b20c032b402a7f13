"""The site's name in a title: told, and cut off."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from extract.strip.wording import fold

# Kana and Han; between them a bare hyphen parts, too.
EAST = r"[\u3041-\u30ff\u3400-\u9fff]"
SEPARATOR = re.compile(
    r"\s+[|\-–—·•»«:]{1,2}\s+|\s*[|»«｜│¦]\s*|\s+::\s+|\s*[_]{1,2}\s*(?=[^\W\d]+$)"
    rf"|(?<={EAST})\s*-{{1,2}}\s*(?={EAST})"
)
# What every separator begins with, looked for in a quarter of the time.
MAY_SEPARATE = re.compile(rf"\s[|\-–—·•»«:]|[|»«｜│¦_]|{EAST}-")
# A shorter end of a site's name may be any word.
LEAST_SITE_CHARS = 5
MAX_SITE_WORDS = 6


def without_site(text: str, sites: Iterable[str]) -> str:
    """Cut the site's name (and what follows it) off the end, or off the start, of a title."""
    found = cuts(text)
    if not found:
        return text
    sites = list(sites)
    names = {name for name in map(fold, sites) if len(name) > 1}
    initials = {_initials(site) for site in sites} - {""}
    for at, cut in enumerate(found):
        tail = text[cut.end() :]
        if (_names_site(tail, names) or tail in initials) and (_is_one_kind(found[at:]) or _begins(tail, names)):
            return text[: cut.start()].strip()
    if fold(text[: found[0].start()]) in names:
        return text[found[0].end() :].strip()
    return text


def without_section(text: str, sections: Collection[str]) -> str:
    """Cut off the end of a title what names the sections that it stands in ("... | Sport"); those are folded."""
    for cut in reversed(cuts(text)):
        if fold(text[cut.end() :]) not in sections:
            break
        text = text[: cut.start()].strip()
    return text


def cuts(text: str) -> list[re.Match[str]]:
    """Return the separators in a title; most titles have none."""
    return list(SEPARATOR.finditer(text)) if MAY_SEPARATE.search(text) else []


def _is_one_kind(found: Iterable[re.Match[str]]) -> bool:
    """Say whether separators look alike: in "A day out - and more | Site" the first one belongs to the headline."""
    return len({cut[0].strip() for cut in found}) == 1


def _begins(text: str, names: Iterable[str]) -> bool:
    return fold(text).startswith(tuple(names))


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


def sure_names(sites: Iterable[str], h1s: list[str]) -> list[str]:
    """Return the names of the site without what is as long as a headline and is one: some sites write that there."""
    return [site for site in sites if site not in h1s or len(site.split()) < MAX_SITE_WORDS]


def logos(h1s: list[str], told: list[str], title: str) -> list[str]:
    """Return the h1s that are the site's name: the lesser part of a title whose other part code tells as the title."""
    known = set(map(fold, told))
    parts = [(title[: cut.start()], title[cut.end() :]) for cut in cuts(title)]
    lesser = {fold(min(pair, key=len)) for pair in parts if fold(max(pair, key=len)) in known}
    return [text for text in h1s if len(text.split()) < MAX_SITE_WORDS and fold(text) in lesser]
