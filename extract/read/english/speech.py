"""Verbs of speech, belief and planning, and how each reader uses them: one table for all (``speech.tsv``).

The constructions that connect a verb with its content are in ``attributions/verbs.tsv``. The uses here:
``plain``: always speech next to a short source; ``bare``: the base form is not a noun; ``saying``: any noun may begin
the content; ``inverting``: may precede its subject ("..., said the mayor"); ``evidence``: used of figures and reports;
``reckoning``: may end a sentence after its subject; ``noun``: the base form and that in -s are mostly nouns;
``telling``: reports a number; ``person``: follows a person's name; ``plan``: an infinitive after it is a plan;
``direct`` and ``offering``: the object is a plan, for the latter not after the form in -ing ("an offering");
``for``: what "for" introduces is a plan.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

from extract.read.english.inflect import verb_forms

Use = Literal[
    "plain", "bare", "saying", "inverting", "evidence", "reckoning", "noun", "telling", "person", "plan", "direct",
    "offering", "for",
]  # fmt: skip


@cache
def _table() -> dict[str, frozenset[str]]:
    lines = files(__package__).joinpath("speech.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {lemma: frozenset(uses.split()) for lemma, uses in rows}


@cache
def lemmas(use: Use) -> frozenset[str]:
    """Return the lemmas of the verbs with this use."""
    return frozenset(lemma for lemma, uses in _table().items() if use in uses)


@cache
def forms(use: Use, *, gerund: bool = True) -> frozenset[str]:
    """Return all written forms of the verbs with this use, in lower case; if not ``gerund``, without those in -ing."""
    written = (form for lemma in lemmas(use) for form in verb_forms(lemma))
    return frozenset(form for form in written if gerund or not form.endswith("ing"))


@cache
def after_name() -> frozenset[str]:
    """Return the forms that mark the preceding name as a speaker: "Weld said", "Weld argues"."""
    return forms("person", gerund=False) - lemmas("person")
