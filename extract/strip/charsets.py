"""Guess the encoding of a page that declares none: by its language, else by which encoding decodes plausibly.

Bytes above 127 are isolated among ASCII letters in Latin scripts, and in runs in all others. A run is decoded in each
encoding of such a script; the best is the one that yields the script's most frequent letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

# The usual legacy encoding of a language (WHATWG, "legacy encoding by locale").
BY_LANGUAGE = {
    **dict.fromkeys(("pl", "cs", "sk", "hu", "sl", "hr", "bs", "ro", "sq"), "cp1250"),
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "tg"), "cp1251"),
    "el": "cp1253",
    **dict.fromkeys(("tr", "az"), "cp1254"),
    "he": "cp1255",
    **dict.fromkeys(("ar", "fa", "ur"), "cp1256"),
    **dict.fromkeys(("lt", "lv", "et"), "cp1257"),
    "vi": "cp1258",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    **dict.fromkeys(("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "no", "nb", "fi", "is", "ca"), "cp1252"),
}
# The non-ASCII letters of languages in Latin script, by encoding.
ALPHABETS = {
    "cp1252": ("áéíóúñüç", "àâçéèêëîïôùûüœæ", "äöüß", "åäöé", "æøåé", "áâãàçéêíóôõú", "àèéìòùî", "áðéíóúýþæö", "ëïéöü"),
    "cp1250": ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "áäčďéíĺľňóôŕšťúýž"),
    "cp1254": ("çğıöşüâî",),
    "cp1257": ("ąčęėįšųūž", "āčēģīķļņšūž", "äõöüšž"),
}
NAMED = re.compile(
    rb"<html[^>]{0,400}?\slang\s*=\s*[\"']?([a-z]{2})|http-equiv=[\"']?content-language[^>]{0,60}=[\"']?([a-z]{2})",
    re.I,
)
HIGH = re.compile(rb"[\x80-\xff]+")
HEAD = 4_096
# Runs of this average length (bytes) are no Latin script.
LONG_ROW = 2.5


@dataclass(frozen=True, slots=True)
class _Script:
    """An encoding, a test for the script's frequent characters, and their usual share of a text."""

    codec: str
    is_usual: Callable[[str], bool]
    share: float = 1.0


# The letters that make up three quarters of a text.
CYRILLIC = frozenset("оеаинтсрвлкмд")
GREEK = frozenset("ατοιενσηρκυπμίόάής")
HEBREW = frozenset("יוהלאמרתבשנד")


def _between(first: str, last: str) -> Callable[[str], bool]:
    return lambda char: first <= char <= last


SCRIPTS = (
    _Script("cp932", _between("ぁ", "ヿ"), 0.5),
    _Script("euc_jp", _between("ぁ", "ヿ"), 0.5),
    _Script("cp949", _between("가", "힣")),
    _Script("cp1251", CYRILLIC.__contains__, 0.7),
    _Script("koi8-r", CYRILLIC.__contains__, 0.7),
    _Script("iso8859-5", CYRILLIC.__contains__, 0.7),
    _Script("cp866", CYRILLIC.__contains__, 0.7),
    _Script("cp1253", GREEK.__contains__, 0.7),
    _Script("cp1255", HEBREW.__contains__, 0.7),
    _Script("cp1256", _between("ء", "ي")),
    _Script("cp874", _between("ก", "๛")),
)
# Frequent Han characters: the first half of GB 2312, the first level of Big5.
GB_USUAL = re.compile(rb"[\xb0-\xd7][\xa1-\xfe]")
BIG5_USUAL = re.compile(rb"[\xa4-\xc6][\x40-\x7e\xa1-\xfe]")


def guess_codec(data: bytes) -> str:
    """Return the Python codec of bytes that are not UTF-8."""
    rows = HIGH.findall(data)
    if not rows:
        return "cp1252"
    language = NAMED.search(data[:HEAD])
    by_language = BY_LANGUAGE.get((language[1] or language[2]).decode().lower()) if language else None
    if by_language and by_language not in ("cp1252", "cp1251") and _is_readable(data, by_language):
        return by_language
    if sum(map(len, rows)) / len(rows) < LONG_ROW:
        return _latin(b"".join(rows))
    return _other_script(data, b"".join(rows))


def _is_readable(data: bytes, codec: str) -> bool:
    """Return whether hardly any byte is invalid in an encoding; the last character may be truncated."""
    text = data.decode(codec, "replace")
    return text.count("\ufffd") <= 1 + 0.001 * len(text)


def _latin(high: bytes) -> str:
    """Return the encoding in which the letters are those of one language."""
    shares = {codec: max(_share(high, codec, letters) for letters in sets) for codec, sets in ALPHABETS.items()}
    return max(shares, key=lambda codec: (shares[codec], codec == "cp1252"))


def _share(high: bytes, codec: str, letters: str) -> float:
    text = [char for char in high.decode(codec, "replace").lower() if char.isalpha() or char == "\ufffd"]
    # Symbols between letters, as in no language, show that the encoding is wrong.
    signs = sum(char in "¹³ł¿ÿþðø¶ž" for char in text) if codec == "cp1252" else 0
    return sum(char in letters for char in text) / (len(text) + signs) if text else 0.0


def _other_script(data: bytes, high: bytes) -> str:
    scores = {script.codec: _usual(data, script) for script in SCRIPTS}
    scores["gb18030"] = 2 * len(GB_USUAL.findall(high)) / len(high) * _is_readable(data, "gb18030") * 0.95
    scores["big5"] = 2 * len(BIG5_USUAL.findall(data)) / len(high) * _is_readable(data, "big5") * 0.9
    best = max(scores, key=lambda codec: scores[codec])
    return best if scores[best] > 0 else "cp1252"


def _usual(data: bytes, script: _Script) -> float:
    """Return the share of non-ASCII characters that are frequent in a script; 0 for an encoding that does not fit."""
    if not _is_readable(data, script.codec):
        return 0.0
    text = [char for char in data.decode(script.codec, "replace") if char > "\x7f" and not char.isspace()]
    usual = sum(map(script.is_usual, text)) / max(1, len(text))
    return min(1.0, usual / script.share)
