"""Names of measures, composed from the words of their first claim."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.read.english.vocabulary.words import lemma
from load.measures.claim import Article
from load.measures.words import STOP, WORD

DETERMINER = re.compile(
    r"^(?:the|a|an|its|his|her|their|our|some|more|fewer|additional|total|these|those|other) ", re.IGNORECASE
)
# Words for kinds that are added to a name; a level needs none.
KIND_WORDS = {
    "change": "change", "lead": "lead", "threshold": "needed", "remaining": "still missing", "plan": "asked for",
    "limit": "limit", "base": "in all", "rank": "rank", "error": "margin of error",
}  # fmt: skip
UNIT_WORDS = {"ratio": "share", "point": "points", "time": "duration", "age": ""}


@dataclass(frozen=True, slots=True)
class Named:
    """The names around a number: its owner, its place, and the person or place that its article is about."""

    owner: str | None = None
    place: str | None = None
    about: str | None = None


def name_of(
    thing: str | None, unit: str, kind: str, said: Mapping[str, float], asked: Mapping[str, float], named: Named
) -> str:
    """Return "delegates, Ada Quill", "unemployment (share), Spain" or "people (killed), in news of Port Ansel".

    ``said`` are the weights of the sentence's words, ``asked`` those of quantity families (`quantities.toml`).
    """
    family = max(sorted(asked), key=lambda name: asked[name], default="")
    thing_words = _thing(thing)
    words = thing_words or ("age" if unit == "age" else family or _best(said))
    # A single word is not enough: add what is asked of people, and the person or place that the article is about.
    is_bare = " " not in words and unit != "age"
    notes = [family] if family and lemma(thing_words.lower()) == "person" else []
    notes += _notes(unit, kind)
    around = _apart([named.owner, named.place], words) or (_in_news_of(named, words) if is_bare else [])
    head = words + (f" ({', '.join(dict.fromkeys(notes))})" if notes else "")
    return ", ".join([head[:1].upper() + head[1:], *dict.fromkeys(around)])


def _notes(unit: str, kind: str) -> list[str]:
    """Return the words for a unit and a kind that a name needs, without those that are obvious."""
    in_unit = UNIT_WORDS.get(unit, unit if unit != "count" else "")
    return [note for note in (in_unit, KIND_WORDS.get(kind, "")) if note]


def _apart(names: Sequence[str | None], words: str) -> list[str]:
    """Return the names that the words do not contain yet."""
    return [name for name in names if name and name.lower() not in words.lower()]


def _in_news_of(named: Named, words: str) -> list[str]:
    return [f"in news of {name}" for name in _apart([named.about], words)]


def named_in(article: Article, owner: str | None, place: str | None) -> Named:
    """Return the article's names for a number's owner (given by key) and place, and the article's main person or place.

    The latter is in the headline, or is the place named most often; other frequent names are often those of sources.
    """
    about = next((name.key for name in article.in_headline if name.kind != "organisation"), None)
    if about is None:
        places = [key for key in article.about if key.startswith("place:")]
        about = max(sorted(places), key=lambda key: article.about[key], default=None)
    return Named(article.called(owner), place, article.called(about))


def _thing(thing: str | None) -> str:
    """Return a thing without its determiners; empty if nothing specific is left or it is too long."""
    words = re.sub(r"\s+", " ", thing or "").strip()
    while DETERMINER.match(words):
        words = DETERMINER.sub("", words)
    telling = [word for word in WORD.findall(words) if lemma(word) not in STOP]
    return words if telling and len(words) < 60 else ""


def _best(terms: Mapping[str, float]) -> str:
    best = sorted(terms.items(), key=lambda item: (-item[1], item[0]))[:2]
    return " ".join(word for word, _ in best) or "number"
