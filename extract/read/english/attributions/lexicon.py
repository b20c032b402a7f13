"""The cue lexicon: the words that connect a source with content, and their constructions.

``verbs.tsv`` groups verbs by class and frame; ``nouns.tsv`` and ``adjectives.tsv`` do the same for the other parts of
speech. The classes are the verb classes established in English grammars (speech, thought, volition, evaluation,
evidence); the lists are our own.

Frames: ``that`` finite clause, ``wh`` interrogative clause, ``quote`` quotation, ``inverted`` cue after or within its
content, ``to`` infinitive, ``ing`` gerund, ``obj`` object, ``obj_to`` object and infinitive, ``num`` object with a
number, ``obj_as`` object and predicate, ``obj_prep`` object and preposition, ``prep`` preposition, ``adj`` predicate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from extract.read.english.inflect import plural, verb_forms
from extract.read.english.speech import forms


@dataclass(frozen=True, slots=True)
class Entry:
    """One lemma: its frames as a cue, each with its class, and its prepositions by frame."""

    lemma: str
    frames: dict[str, str] = field(default_factory=dict)
    prepositions: dict[str, frozenset[str]] = field(default_factory=dict)


@cache
def verbs() -> dict[str, Entry]:
    """Return the entry of each verb by written form."""
    table: dict[str, Entry] = {}
    for entry in _entries("verbs.tsv"):
        for form in verb_forms(entry.lemma):
            table.setdefault(form, entry)
    return table


@cache
def nouns() -> dict[str, Entry]:
    """Return the entry of each noun by written form."""
    table: dict[str, Entry] = {}
    for entry in _entries("nouns.tsv"):
        table[entry.lemma] = entry
        table.setdefault(plural(entry.lemma), entry)
    return table


@cache
def adjectives() -> dict[str, Entry]:
    """Return the entry of each adjective."""
    return {entry.lemma: entry for entry in _entries("adjectives.tsv")}


def _entries(name: str) -> list[Entry]:
    entries: dict[str, Entry] = {}
    for kind, frames, lemma, prepositions in _lines(name):
        entry = entries.setdefault(lemma, Entry(lemma))
        for frame in frames:
            entry.frames.setdefault(frame, kind)
            if prepositions:
                entry.prepositions[frame] = entry.prepositions.get(frame, frozenset()) | prepositions
    return list(entries.values())


def _lines(name: str) -> Iterator[tuple[str, list[str], str, frozenset[str]]]:
    """Yield class, frames, lemma and prepositions of each item in a table."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    for line in text.splitlines()[1:]:
        kind, frames, lemmas = line.split("\t")
        for item in lemmas.split():
            lemma, _, prepositions = item.partition(":")
            yield kind, frames.split(), lemma, frozenset(filter(None, prepositions.split(",")))


@cache
def reckoning() -> frozenset[str]:
    """Return the verb forms that can end a sentence after their subject: "..., analysts estimate"."""
    return forms("reckoning", gerund=False) & verbs().keys()
