"""The language of a page, as an ISO 639-1 code."""

from __future__ import annotations

import re

TAG = re.compile(r"^\s*([A-Za-z]{2,3})(?:[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})\b)?")
# Three-letter codes and English names that pages write instead of a two-letter code.
ALIASES = {
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "rus": "ru",
    "nld": "nl",
    "dut": "nl",
    "pol": "pl",
    "tur": "tr",
    "ara": "ar",
    "zho": "zh",
    "chi": "zh",
    "jpn": "ja",
    "kor": "ko",
    "iw": "he",
    "in": "id",
    "gr": "el",
    "cz": "cs",
    "dk": "da",
    "se": "sv",
    "ua": "uk",
    "jp": "ja",
    "cn": "zh",
    "kr": "ko",
}
SAMPLE_CHARS = 1_000


def language_of(tag: str | None) -> str | None:
    """Return the language code of a tag such as ``en-GB``, or None."""
    match = TAG.match(tag or "")
    if not match:
        return None
    code = match[1].lower()
    code = ALIASES.get(code, code)
    return code if len(code) == 2 else None


def region_of(tag: str | None) -> str | None:
    """Return the upper-case region of a tag such as ``en-GB``, or None."""
    match = TAG.match(tag or "")
    return match[2].upper() if match and match[2] else None


# Hardly ten English words in a row do without one of these, and no other language has as many of them.
ENGLISH_WORDS = frozenset(("the", "and", "of", "to", "in", "is", "that", "for"))
MIN_ENGLISH_SHARE = 0.1
SURE_ENGLISH_SHARE = 0.12
MIN_WORDS = 40


def guess_language(text: str) -> str | None:
    """Identify the language of a text by its letters; None for less than a sentence."""
    if len(text) < 40:
        return None
    if _english_share(text) >= SURE_ENGLISH_SHARE:
        return "en"
    # Loading the model takes a quarter of a second; pages that declare their language never need it.
    import py3langid

    code, _ = py3langid.classify(text[:SAMPLE_CHARS])
    return str(code)


def language_instead(code: str, text: str) -> str | None:
    """Return the language of a text that is surely not in the one its page names: templates name English for any.

    Other languages than English are believed, and so is a page of few words.
    """
    if code != "en" or text.count(" ", 0, SAMPLE_CHARS) < MIN_WORDS or _english_share(text) >= MIN_ENGLISH_SHARE:
        return None
    guess = guess_language(text)
    return None if guess == code else guess


def _english_share(text: str) -> float:
    """Return how many of the first words are English ones that stand in any text; 0 for few words."""
    words = text[:SAMPLE_CHARS].lower().split()
    return sum([word in ENGLISH_WORDS for word in words]) / len(words) if len(words) > MIN_WORDS else 0.0
