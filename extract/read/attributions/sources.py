"""What kind of source a noun phrase names, and whether anyone could find out who it is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from extract.read.attributions.wordlist import word_set
from extract.types import Mention, SourceKind

WORD = re.compile(r"[\w&]+(?:[’'.-]\w+)*")
ANONYMOUS = re.compile(
    r"(?i)\b(?:sources?|insiders?|leakers?|whistle-?blowers?|informants?|unnamed|unidentified|"
    r"anonymous(?:ly)?|anonymity|"
    r"(?:asked|declined|wished|wanted|refused|requested|preferred) (?:not )?to (?:be|remain) (?:named|"
    r"identified|quoted|anonymous)|"
    r"(?:did|does|do)(?: not|n[’']t) (?:want|wish) to be (?:named|identified|quoted)|"
    r"not (?:been )?authori[sz]ed to (?:speak|comment|discuss|talk)|"
    r"(?:people|persons?|individuals?|officials?|someone|those|executives?) (?:familiar|briefed|"
    r"close to|with (?:direct )?knowledge))\b"
)
INDEFINITE_OFFICIAL = re.compile(
    r"(?i)^(?:an?|one|another|two|three|several|some|senior|top)\b.*\b(?:officials?|officers?|"
    r"diplomats?|aides?|advis[eo]rs?)\b"
)
PRONOUNS = word_set(
    "he she it they him her them his its their who whom whose which that i we us you me my our one this "
    "these those himself herself itself themselves both each many some others most all"
)
# "Insurers", "carmakers and their suppliers": a trade, and no one body.
MANY = re.compile(r"[A-Z]?[a-z-]+s(?: and (?:their )?[a-z-]+s)?")
OUTLET = re.compile(
    r"\b(?:[A-Z]\w+ (?:Times|Post|Journal|Herald|Tribune|Guardian|Telegraph|Chronicle|Gazette|Observer|"
    r"Mail|Mirror|Standard|"
    r"Examiner|Inquirer|Globe|Star|Sun|Courier|Weekly|Magazine|News|Today|Review|Monitor|Dispatch|"
    r"Register|Press|Radio|TV)|"
    r"Reuters|Bloomberg|CNN|BBC|NBC|CBS|ABC|NPR|MSNBC|AFP|AP|Associated Press|Al Jazeera|Axios|Politico|"
    r"TASS|Xinhua|Interfax|"
    r"Le Monde|El País|Der Spiegel|Die Zeit)\b"
)
APPOSED_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'-]+(?:$|,)")


@cache
def head_nouns() -> dict[str, SourceKind]:
    """Head noun, singular or plural, to the kind of source it names."""
    table = tomllib.loads(files(__package__).joinpath("sources.toml").read_text(encoding="utf-8"))
    return {noun: kind for kind, nouns in table["head_nouns"].items() for noun in nouns.split()}


@cache
def titles() -> frozenset[str]:
    """Titles that stand before a person's name, in lower case."""
    table = tomllib.loads(files(__package__).joinpath("sources.toml").read_text(encoding="utf-8"))
    return frozenset(table["titles"]["before_name"].split())


def source_kind(text: str, head: str, mentions: Iterable[Mention]) -> SourceKind:
    """Tell the kind of a source from its words, its head noun and the names inside it."""
    if ANONYMOUS.search(text):
        return "anonymous"
    if re.match(r"(?i)(?:our|this) (?:reporter|correspondent|newspaper|paper|own)", text):
        return "publisher"
    if names_person(text):
        return "person"
    noun = head_nouns().get(head.lower())
    if noun == "organisation" and MANY.fullmatch(text):
        return "collective"
    if noun is not None and not head[:1].isupper():
        return noun
    named = _named_kind(text, head, mentions)
    return named or noun or ("collective" if head.lower().endswith("s") else "organisation")


def names_person(text: str) -> bool:
    """Does an office or a role come with its holder's name ("The transport minister, Clara Feld")?"""
    head, _, apposition = text.partition(",")
    words = WORD.findall(head)
    if not words or not any(head_nouns().get(w.lower()) in ("official", "collective") for w in words):
        return False
    return bool(APPOSED_NAME.match(apposition.strip()))


def _named_kind(text: str, head: str, mentions: Iterable[Mention]) -> SourceKind | None:
    if OUTLET.match(text.removeprefix("the ").removeprefix("The ")):
        return "publisher"
    for mention in mentions:
        if head in mention.surface:
            return "person" if mention.kind == "person" else "organisation"
    if not head[:1].isupper():
        return None
    noun = head_nouns().get(head.lower())
    if noun is not None:
        return noun
    return "person" if looks_like_person(text) else "organisation"


def looks_like_person(text: str) -> bool:
    """Does the phrase begin as a person's name does: a title, or two to four capitalised words without article?"""
    words = WORD.findall(re.split(r"[,(—–]| (?:of|from|at|in|for|who)\b", text)[0])
    if not words or words[0].lower() in {"the", "a", "an"}:
        return any(w.lower().rstrip(".") in titles() and w[:1].isupper() for w in words[1:2])
    if words[0].lower().rstrip(".") in titles():
        return True
    capitals = [w for w in words if w[:1].isupper()]
    return len(capitals) == len(words) and not any(w.isupper() and len(w) > 3 for w in words)


def is_anonymous(text: str, kind: SourceKind) -> bool:
    """True when neither name, office nor body tells who the source is."""
    if kind == "anonymous":
        return True
    if kind == "official":
        return bool(INDEFINITE_OFFICIAL.match(text)) and not re.search(r"(?i)spokes|minister|president", text)
    return kind == "collective" and not re.search(r"\b[A-Z]", text[1:])
