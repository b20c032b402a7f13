"""Classifies the source that a noun phrase denotes, and whether it can be identified."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.read.english.attributions.people import is_plural, names_people, unnamed
from extract.read.english.attributions.source_words import COUNTING, NounClass, noun_class, titles
from extract.read.english.attributions.wordlist import word_set
from extract.read.english.mentions.tables import first_names, place, surnames
from extract.read.english.words import ordinary_words
from extract.types import Mention, SourceKind

WORD = re.compile(r"[\w&]+(?:[’'.-]\w+)*")
ANONYMOUS = re.compile(
    r"(?i)(?<!open-)\b(?:(?:sources?|insiders?|leakers?|whistle-?blowers?|informants?)"
    r"(?! (?:complaints?|lawsuits?|suits?|filings?|cases?|reports?|laws?|protections?|codes?|trading)\b)|"
    r"unnamed|unidentified|"
    r"anonymous(?:ly)?|anonymity|"
    r"(?:asked|declined|wished|wanted|refused|requested|preferred) (?:not )?to (?:be|remain) (?:named|"
    r"identified|quoted|anonymous)|"
    r"(?:did|does|do)(?: not|n[’']t) (?:want|wish) to be (?:named|identified|quoted)|"
    r"(?:not|n[’']t) (?:been )?authori[sz]ed to (?:speak|comment|discuss|talk)|"
    r"(?:people|persons?|individuals?|officials?|someone|those|executives?) (?:familiar|briefed|"
    r"close to|with (?:direct )?knowledge))\b"
)
NAMED_SO = re.compile(r"\b(?:named|called|identified (?:only )?as|known as) [A-Z]")
PRONOUNS = word_set(
    "he she it they him her them his its their who whom whose which that i we us you me my our this "
    "these those himself herself itself themselves"
)
DEFINITE = word_set("the its their both these those")
COUNTED = re.compile(r"\bof (?:(?:the|these|those|its|his|her|their|our|my|such|all|more than|about) )*")
KINDS: dict[NounClass | None, SourceKind] = {
    "organisation": "organisation",
    "document": "document",
    "publisher": "publisher",
    "collective": "collective",
}
DESCRIPTION = re.compile(r"(?:[Tt]he|[Tt]h[ai][ts]) (?:[a-z-]+ ){0,2}[a-z0-9-]+")
BODY_BEFORE_NAME = re.compile(r"[Tt]he (?:[a-z][\w-]+ )*?([a-z][\w-]+) [A-Z]")
OUTLET = re.compile(
    r"\b(?:[A-Z]\w+ (?:Times|Post|Journal|Herald|Tribune|Guardian|Telegraph|Chronicle|Gazette|Observer|"
    r"Mail|Mirror|Standard|"
    r"Examiner|Inquirer|Globe|Star|Sun|Courier|Weekly|Magazine|News|Today|Review|Monitor|Dispatch|"
    r"Register|Press|Radio|TV)|"
    r"Reuters|Bloomberg|CNN|CNBC|BBC|NBC|CBS|ABC|NPR|MSNBC|AFP|AP|Associated Press|Al Jazeera|Axios|Politico|"
    r"TASS|Xinhua|Interfax|"
    r"Le Monde|El País|Der Spiegel|Die Zeit)\b"
)
OWN_PAPER = re.compile(r"(?i)(?:our|this) (?:reporter|correspondent|newspaper|paper|own)")
# Characters after a source in which a noun in apposition may say what it is: "Man of the World," a book by ...
APPOSITION = 60
TITLE = re.compile(r"[A-Z][\w’'-]*(?: [\w’'-]+)*? [A-Z][\w’'-]*")
APPOSED_NOUN = re.compile(
    r"[,”\"’']{1,2} (?:an?|the|his|her|its|their) (?:[a-z][\w-]* ){0,2}?([a-z][\w-]*)"
    r"(?=[,.;:)]|$| (?:by|of|about|from|on|in|written|published|released)\b)"
)
JOURNALISTS = word_set("reporter journalist correspondent columnist reporters journalists correspondents columnists")
APPOSED_NAME = re.compile(r"(?:[A-Z][\w’'.-]+ ){1,3}[A-Z][\w’'-]+(?:$|,)")


def source_kind(text: str, head: str, mentions: Sequence[Mention]) -> SourceKind | None:
    """Return the kind of a source by its words, its head noun and the names inside it; None if no list has it."""
    kinds = [mention.kind for mention in mentions if head in mention.surface.split()]
    if "person" in kinds and not _is_called_body(text):
        return "person"
    if ANONYMOUS.search(text):
        return "anonymous"
    if OWN_PAPER.match(text) or _is_of_outlet(text, head, mentions):
        return "publisher"
    if names_person(text, head, mentions):
        return "person"
    if "%" in head or text.endswith("%"):
        return "collective"
    if not _is_name(text, head):
        return _unnamed_kind(text, _counted_noun(text, head))
    return _named_kind(text, head, has_kind=bool(kinds))


def is_titled_work(text: str, after: str) -> bool:
    """Return whether a source is the title of a work that the words after it name: "Man of the World," a book.

    The noun may also be in the source itself: "The Man Who Knew, a biography".
    """
    found = APPOSED_NOUN.search(text) or APPOSED_NOUN.match(after)
    name = text.partition(",")[0].strip("”\"’'")
    return found is not None and TITLE.fullmatch(name) is not None and noun_class(found[1]) == "document"


def _is_of_outlet(text: str, head: str, mentions: Sequence[Mention]) -> bool:
    """Return whether a source is an unnamed journalist of a named outlet, who speaks for it: "a Reuters reporter"."""
    is_named = any(mention.kind == "person" for mention in mentions)
    is_outlet = OUTLET.search(text) is not None or any(mention.kind == "organisation" for mention in mentions)
    return head.lower() in JOURNALISTS and is_outlet and not is_named


def _named_kind(text: str, head: str, *, has_kind: bool) -> SourceKind | None:
    """Return the kind of a source whose head is a name; ``has_kind`` says whether a mention classifies it."""
    is_surname = head in surnames()
    if not has_kind and noun_class(head.lower()) == "office" and not is_surname:
        return unnamed(text, head.lower())  # "the Prime Minister"
    is_unknown = text == head and not is_surname and head not in first_names()  # "according to Helvion"
    is_person = not has_kind and not is_unknown and looks_like_person(text)
    return _body_kind(text, head) or ("person" if is_person else "organisation")


def names_person(text: str, head: str, mentions: Sequence[Mention]) -> bool:
    """Return whether an office or a role has its holder's name ("The minister, Clara Feld", "a man named Abel")."""
    if NAMED_SO.search(text):
        return True
    before, _, apposition = text.partition(",")
    if not any(names_people(word) or word in COUNTING for word in WORD.findall(before.lower())):
        return False
    if APPOSED_NAME.match(apposition.strip()) or _leads_to_name(before, head):
        return True
    is_apposition = not re.match(r" (?:who|which|whose|that|and)\b", apposition)
    return is_apposition and any(m.kind == "person" and m.surface in apposition for m in mentions)


def _leads_to_name(text: str, head: str) -> bool:
    """Return whether a name follows the head, as in "spokesman Abel"."""
    return head[:1].islower() and re.search(rf"\b{re.escape(head)} [A-Z]", text) is not None


def is_description(text: str, head: str) -> bool:
    """Return whether a phrase refers to a person by a noun alone ("the officer", "that young man")."""
    return DESCRIPTION.fullmatch(text) is not None and names_people(head) and not is_plural(head)


def _is_name(text: str, head: str) -> bool:
    """Return whether a capitalised head is a name and not a common noun that opens a sentence ("Hydrologists")."""
    if not head[:1].isupper():
        return False
    if text.split()[0] != head:
        return True
    word = head.lower()
    if word in COUNTING:
        return False
    is_known = _is_known_name(head)
    is_common = names_people(word) or word in ordinary_words()
    return noun_class(word) is None and (is_known or not (is_plural(word) and is_common))


def _body_kind(text: str, head: str) -> SourceKind | None:
    """Return the kind of a name that is not a person's: an outlet, or by the nouns in and before it; else None."""
    if OUTLET.match(text.removeprefix("the ").removeprefix("The ")):
        return "publisher"
    if _is_called_body(text):
        return "organisation"
    kind = KINDS.get(noun_class(head.lower()))
    return None if kind == "document" else kind


def _is_called_body(text: str) -> bool:
    """Return whether an organisation noun is right before the name ("the consultancy Ballard Finch")."""
    called = BODY_BEFORE_NAME.match(text)
    return called is not None and noun_class(called[1]) == "organisation"


def _counted_noun(text: str, head: str) -> str:
    """Return the noun that determines the source's kind: "messages" in "one of the messages"."""
    noun = head.lower()
    if noun not in COUNTING and not noun[0].isdigit():
        return noun
    match = COUNTED.search(text)
    if match is None:
        return noun
    phrase = re.split(r"[,(]| (?:of|in|on|at|from|for|with|who|that|by|to|and) ", text[match.end() :].lower())[0]
    words: list[str] = WORD.findall(phrase)
    return next((word for word in reversed(words) if noun_class(word) or names_people(word)), (words or [noun])[-1])


def _unnamed_kind(text: str, noun: str) -> SourceKind | None:
    """Return the kind of a source denoted by a common noun or pronoun, or None."""
    if noun in ("them", "us", "you", "those", "whom"):
        return unnamed(text, "people")
    if noun in ("one", "another"):
        return "collective" if text.lower() == "no one" else "anonymous"
    if names_people(noun):
        return unnamed(text, noun)
    kind = KINDS.get(noun_class(noun))
    is_trade = kind == "organisation" and is_plural(noun) and text.split()[0].lower() not in DEFINITE
    return "collective" if is_trade else kind  # "Insurers", "carmakers": no one body


def _is_known_name(head: str) -> bool:
    return head.isupper() or head in surnames() or head in first_names() or place(head) is not None


def looks_like_person(text: str) -> bool:
    """Return whether the phrase begins like a person's name: a title, or capitalised words without article."""
    words = WORD.findall(re.split(r"[,(—–]| (?:of|from|at|in|for|who)\b", text)[0])
    if not words:
        return False
    if words[0].lower() in {"the", "a", "an"}:
        return len(words) > 1 and words[1][:1].isupper() and _is_title(words[1])
    return _is_title(words[0]) or all(w[:1].isupper() and not (w.isupper() and len(w) > 3) for w in words)


def _is_title(word: str) -> bool:
    return word.lower().rstrip(".") in titles()


def is_anonymous(text: str, kind: SourceKind) -> bool:
    """Return whether neither a name nor an office nor an organisation identifies the source."""
    return kind == "anonymous" or (kind == "collective" and not re.search(r"\b[A-Z]", text[1:]))
