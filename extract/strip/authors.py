"""Bylines to names: no "By", no roles, no addresses, each name once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from extract.strip.wording import fold

MAX_AUTHORS = 30
MAX_NAME_CHARS = 70
MAX_NAME_WORDS = 7
# Words that introduce a byline, in the languages of the Latin, Cyrillic and Greek news web.
PREFIX = re.compile(
    r"^(?:(?:written|reported|posted|published|story|text|words|reporting|edited|submitted|analysis|opinion|review|recipe|guide)\s+by"
    r"|by line|by|von|vom|par|por|de|di|da|door|av|af|przez|autor(?:in|a|e|ka)?|author|authors|auteur"
    r"|autore|text|texte|texto|"
    r"testo|tekst|от|автор|yazan|oleh|von unserem korrespondenten|geschreven door|écrit par|publié par"
    r"|publicado por|scritto da)"
    r"\b\s*[:.]?\s+|^(?:(?:\w+ )?by|von|author|autor|text|reporter)\s*:\s*",
    re.I,
)
SEPARATOR = re.compile(
    r"\s*(?:;|\||•|·|⋅|\n|、|，|\s/\s|,?\s+(?:and|und|et|y|e|og|och|en|ja|i|und|with|mit|и|та|ve|dan|και)\s+|,\s*|\s*&\s*)\s*",
    re.I,
)
PARENTHESIS = re.compile(r"\s*[(\[{<][^)\]}>]*[)\]}>]?")
EMAIL_OR_URL = re.compile(r"\S+@\S+\.\S+|(?:https?:)?//\S+|www\.\S+|@\w+")
DATE_OR_CLOCK = re.compile(
    r"\s(?:last\s+)?(?:updated|published|posted)\b(?!\s+by).*|\b(?:(?:on|at)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}\b.*|"
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b.*|\b\d{1,2}[:.]\d{2}\b.*|\b(?:19|20)\d\d\b.*",
    re.S | re.I,
)
ROLE = re.compile(
    r"(?:^|\s+[-–—]\s+|\s+)(?:(?:[\w-]+\s+){0,3}(?:correspondent|reporter|editor|editors|journalist|columnist|contributor|"
    r"korrespondent(?:in)?|redakteur(?:in)?|reporterin|journaliste|rédact(?:eur|rice)|corresponsal|redactor(?:a)?|"
    r"enviad[oa] especial|staff writer|senior writer|writer|producer|photographer|bureau chief))\s*$",
    re.I,
)
NOT_NAMES = frozenset(
    [
        "admin",
        "administrator",
        "editor",
        "staff",
        "author",
        "anonymous",
        "unknown",
        "none",
        "journalist",
        "reporter",
        "correspondent",
        "redakteur",
        "journaliste",
        "null",
        "undefined",
        "guest",
        "user",
        "webmaster",
        "redaktion",
        "redaction",
        "redacción",
        "redazione",
        "newsroom",
        "home",
        "share",
        "follow",
        "subscribe",
        "comments",
        "updated",
        "published",
        "posted",
        "the author",
        "written by",
        "link",
        "image",
        "photo",
    ]
)
NAME_WORD = re.compile(r"[^\W\d_]", re.U)


def clean_authors(raw: Iterable[str]) -> tuple[str, ...]:
    """Split and clean bylines to single names, in order, without repeats."""
    names: dict[str, str] = {}
    for byline in raw:
        for name in split_byline(byline):
            names.setdefault(fold(name), name)
    # "T. Kramer" beside "Thorsten Kramer" or "Jon" beside "Jon King" is the same byline twice.
    return tuple(names.values())[:MAX_AUTHORS]


def split_byline(byline: str) -> list[str]:
    """Return the names that one byline holds."""
    text = EMAIL_OR_URL.sub(" ", " ".join(unescape(byline).split()))[:1000]
    text = DATE_OR_CLOCK.sub(" ", PARENTHESIS.sub(" ", text))
    parts = [_clean(part) for part in SEPARATOR.split(_strip_prefix(text.strip()))]
    return [part for part in parts if part and is_name(part)]


def is_name(text: str) -> bool:
    """Say whether a cleaned text can be the name of a person or a desk."""
    words = text.split()
    if not 1 < len(text) <= MAX_NAME_CHARS or len(words) > MAX_NAME_WORDS:
        return False
    if text.lower() in NOT_NAMES or (any(char.isdigit() for char in text) and len(words) > 3):
        return False
    # "Reviewed by" somebody, or by nobody that is told here.
    return bool(NAME_WORD.search(text)) and not text.isdigit() and "by" not in text.lower().split()[1:]


def _strip_prefix(text: str) -> str:
    shorter = PREFIX.sub("", text, count=1)
    return PREFIX.sub("", shorter, count=1) if shorter != text else text


def _clean(part: str) -> str:
    text = _strip_prefix(part.strip(" \t:;,|/-–—•·*\"'“”„"))
    without_role = ROLE.sub("", text)
    text = without_role if len(without_role.split()) >= 2 else text
    return text.strip(' \t:;,|/-–—•·*"“”„')
