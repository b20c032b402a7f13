"""Verbs of saying, believing and planning, and what each reader uses them for: one table for all (``speech.tsv``).

Which constructions tie a verb to what is said stands in ``attributions/verbs.tsv``. The uses here:
``plain`` always speech beside a short source; ``bare`` its plain form is no noun; ``saying`` any noun may begin what it
says; ``inverting`` may stand before its speaker ("..., said the mayor"); ``evidence`` how figures and reports speak;
``reckoning`` may close a sentence after who reckons so; ``noun`` its plain form and that in -s are mostly nouns;
``telling`` a number's verb of telling; ``person`` what follows a person's name; ``plan`` plans what "to" leads to;
``direct`` and ``offering`` plan their object, the latter not in -ing ("an offering");
``for`` plans what "for" leads to.
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
    """The verbs of one use."""
    return frozenset(lemma for lemma, uses in _table().items() if use in uses)


@cache
def forms(use: Use, *, gerund: bool = True) -> frozenset[str]:
    """All written forms of the verbs of one use, in lower case; without those in -ing if asked."""
    written = (form for lemma in lemmas(use) for form in verb_forms(lemma))
    return frozenset(form for form in written if gerund or not form.endswith("ing"))


@cache
def after_name() -> frozenset[str]:
    """The forms that say that the name before them speaks: "Weld said", "Weld argues"."""
    return forms("person", gerund=False) - lemmas("person")
