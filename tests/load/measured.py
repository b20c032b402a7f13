"""Claims made of sentences, for tests of what is compared of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from load.measures.claim import Article, Name, Number
from load.measures.names import name_key
from load.measures.profile import profile
from load.measures.score import features
from load.measures.table import Profiles


def number_in(
    text: str, surface: str, *, day: date = date(2024, 11, 15), version: str = "v", **columns: object
) -> Number:
    at = text.index(surface)
    start = max(text.rfind(". ", 0, at) + 2, 0) if ". " in text[:at] else 0
    end = text.find(". ", at)
    low = columns.pop("low", None)
    plain = {
        "claim_id": f"{version}-{at}", "version_id": version, "article_id": version, "news_date": day, "start": at,
        "end": at + len(surface), "sentence_start": start, "sentence_end": end if end > 0 else len(text), "low": low,
        "high": low, "bound": "exact", "dimension": "count", "unit": None, "currency": None, "si_low": None,
        "si_high": None, "per": None, "thing": None, "subject": None, "subject_name": None, "subject_start": None,
        "subject_end": None, "place_start": None, "place_end": None, "aspect": "level", "change_role": None,
        "as_of_start": None, "as_of_end": None, "said_by": None, "said_by_kind": None,
        "is_attributed": False, "verification": None,
    }  # fmt: skip
    return Number(**(plain | columns))  # type: ignore[arg-type]


def article_of(text: str, *people: str, headline: str = "") -> Article:
    names = []
    for name in people:
        at = text.index(name)
        names.append(Name(at, at + len(name), "person", name_key("person", name), name))
    return Article(text, headline, names)


def compared(texts: Sequence[str], surfaces: Sequence[str], columns: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Compare two claims of two articles, in the order in which they came."""
    profiles = [
        profile(number_in(text, surface, version=str(at), **plain), article_of(text))
        for at, (text, surface, plain) in enumerate(zip(texts, surfaces, columns, strict=True))
    ]
    found = features(Profiles(profiles), np.array([1]), np.array([0]))
    return {name: values[0] for name, values in found.items()}
