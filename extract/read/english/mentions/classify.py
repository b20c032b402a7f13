"""Classifies a name as a person, an organisation, a place, or none of these."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.read.english.mentions.bodies import is_called_body, is_used_as_firm
from extract.read.english.mentions.roles import role_of
from extract.read.english.mentions.runs import Run, opens_dateline
from extract.read.english.mentions.tables import first_names, lexicon, place, surnames
from extract.read.english.speech import after_name
from extract.read.english.words import common_words, ordinary_words
from extract.types import MentionKind

THING_BEFORE = re.compile(r"\b[a-z]+\s\($|\d\s$|/$")
THING_AFTER = re.compile(r"(?:\s|-)?\d|/|[.;][A-Za-z]")
COUNTED_BEFORE = re.compile(r"\b(?:an?|one|your|my|any|each|no)\s$")
PEOPLE = re.compile(r"\w+(?:er|or|ist|ian|man|men|woman|women|ant|ent|official|member|staff|source)s?")
AFTER_WORD = re.compile(r"\s([a-z]+)")
UNSURE = 0.8  # confidence of a guess by the form of a name, a surname or one neighbouring word
BEFORE = re.compile(r"(\w+)\s+(?:the\s+)?$")
AFTER = re.compile(r"\s*,?\s*(\w+)")
KNOWN = 0.8  # minimum confidence of a verdict by word lists
# A capitalised article inside a sentence belongs to a name: "told The Beacon".
TITLE = re.compile(r"[a-z,] The $")
LONGEST_NICKNAME = 2  # words
LEAST_TOWN = 60  # minimum population, in thousands, of a town that has a team
SITE = re.compile(r"\b(?:near|(?:village|town|city|port|island|valley) of) $")
VESSEL = re.compile(r"\b(?:ferry|ship|vessel|boat|yacht|tanker|trawler|frigate|freighter|liner)s? $")
AFTER_NOUN = re.compile(r"\s+(?!was|is|had|has|will|sank|went|left|and|in|on|at|to|for|of)[a-z]|[ -][A-Z]|['’]s? ")
OWNED = re.compile(r"\w['’]s $")
PARTY_MEMBERS = frozenset(
    {"Democrat", "Republican", "Conservative", "Liberal", "Socialist", "Tory", "Communist", "Green"}
)
OWN_AFTER = re.compile(r"['’]s (?:(?:own|late|former|first|second|chief|senior|new|top|closest) )?([a-z]+)\b")
IN_STATE = re.compile(r"\b(?:in|the|of|across|throughout|from|New) $")
COLLEGE = re.compile(r"\b(?:at|beat|beats|defeated|edged|over|against|versus|vs|to|play|faces?|State,? and) $")
PLAYS = re.compile(
    r"(?:,? (?:and|or) [A-Z]\w+ State\b)|"
    r"\s(?:beat|beats|lost|defeat|drew|won|play|host|fac(?:e[sd]?)\b|enrol|hired|students?\b|professor)"
)
AFTER_AND = re.compile(r"(?:,| and) (?:the )?([A-Z]\w*)")
STORMS = frozenset({"Storm", "Hurricane", "Typhoon", "Cyclone"})
COUNTRY_AFTER = re.compile(r", ([A-Z]\w*(?: [A-Z]\w*){0,2})(?=[,.;:)\n]|\s[a-z]|$)")
AGE = re.compile(r",\s+(?:aged\s+)?\d{1,3},|\s+\(\d{1,3}\)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind and its confidence (0 to 1); later evidence from the article may overrule it."""

    kind: MentionKind
    confidence: float


LETTERS = Verdict("organisation", 0.75)


def classify(text: str, run: Run) -> Verdict | None:
    """Classify a run by its own words first, then by its context; None if it is not a name of a known kind."""
    if opens_dateline(text, run):
        return Verdict("place", 0.9)
    if _is_vessel(text, run) or run.texts[0] in STORMS:
        return None
    if _lies_in_country(text, run):
        return Verdict("place", 0.94)
    if _is_team(text, run) or _is_college(text, run):
        return Verdict("organisation", 0.85)
    if instead := _instead(text, run):
        return instead
    verdict = by_words(run.texts) or by_context(text, run)
    return None if verdict == LETTERS and _is_abbreviation(text, run) else _beside(text, run, verdict)


def _lies_in_country(text: str, run: Run) -> bool:
    """Return whether a known place is followed by its country or state: "in Santiago, Chile"."""
    country = COUNTRY_AFTER.match(text, run.end)
    whole = place(country[1]) if country is not None else None
    return whole is not None and whole.kind in ("country", "region") and place(" ".join(run.texts)) is not None


def _beside(text: str, run: Run, verdict: Verdict | None) -> Verdict | None:
    """Return the verdict as revised by the words right before the name, unless it is sure."""
    confidence = verdict.confidence if verdict is not None else 0.0
    if confidence < KNOWN and SITE.search(text, max(0, run.start - 24), run.start):
        return Verdict("place", 0.7)
    return verdict if confidence > UNSURE else _called(text, run, verdict)


def _called(text: str, run: Run, verdict: Verdict | None) -> Verdict | None:
    """Return the verdict as revised by a capitalised article or an organisation noun next to an uncertain name."""
    is_titled = TITLE.search(text, max(0, run.start - 8), run.start) is not None
    if is_titled and place(f"The {run.texts[0]}") is not None:
        return Verdict("place", 0.9)  # "in The Hague"
    if is_titled or is_called_body(text, run.start, run.end):
        return None if run.texts[-1] in lexicon()["demonyms"] else Verdict("organisation", 0.8)
    return verdict


def _instead(text: str, run: Run) -> Verdict | None:
    """Return the verdict that the context of a name determines, whatever word lists say about the name; else None."""
    left = text[max(0, run.start - 24) : run.start]
    if len(run.words) == 1:
        return _alone_instead(text, run, left)
    if len(run.words) != 2 or run.texts[-1] in lexicon()["org_endings"]:
        return None
    if run.texts[0] in first_names() and _is_somebody(text, run):
        return Verdict("person", 0.9)  # "its chief executive Jo Hall", "Jo Marsh, a doctor", "Lee Marsh, 41,"
    if left.endswith(("'s ", "’s ")) and _speaks(text, run) and place(" ".join(run.texts)) is None:
        return Verdict("person", 0.85)  # "the Bank of England's Huw Pill said"
    return None


def _alone_instead(text: str, run: Run, left: str) -> Verdict | None:
    """Return the verdict on a single word that its context determines, or None."""
    word = run.texts[0]
    if _is_landscape(text, run, left):
        return Verdict("place", 0.95)
    if word in lexicon()["firm_words"] and _is_beside_firm(text, run):
        return Verdict("organisation", 0.85)
    own = OWN_AFTER.match(text, run.end)
    is_free = place(word) is None and word not in lexicon().organisations and not _are_letters(word)
    if not is_free or own is None:
        return None
    is_theirs = own[1] in lexicon()["persons_own"] or (own[1].startswith("spokes") and _is_surname(word))
    return Verdict("person", 0.85 if _is_surname(word) else 0.65) if is_theirs else None


def _is_beside_firm(text: str, run: Run) -> bool:
    """Return whether a listed organisation follows, as in "Orange and Apple", or a firm's verbs do."""
    beside = AFTER_AND.match(text, run.end)
    is_listed = beside is not None and beside[1] in lexicon().organisations
    return is_listed or is_used_as_firm(text, run.start, run.end)


def _is_surname(word: str) -> bool:
    return word in surnames() or word in first_names()


def _is_somebody(text: str, run: Run) -> bool:
    """Return whether an age, a role, a party or a verb of speech marks a name as a person's.

    "Democrat Paul Street", "Jo Hill said".
    """
    if AGE.match(text, run.end) or role_of(text, run.start, run.end):
        return True
    before = BEFORE.search(text, max(0, run.start - 24), run.start)
    if before is not None and before[1] in PARTY_MEMBERS:
        return True
    follows = _word_of(AFTER_WORD.match(text, run.end))
    return run.texts[-1] in surnames() and follows in after_name()


def _speaks(text: str, run: Run) -> bool:
    after = AFTER.match(text, run.end)
    return after is not None and after[1] in after_name() and not run.opens


def _is_landscape(text: str, run: Run, left: str) -> bool:
    """Return whether a name shared by a company and a place is used as the place is: "across the Amazon"."""
    word = run.texts[0]
    is_both = word in lexicon().organisations and place(word) is not None
    return is_both and left.lower().endswith("the ") and not AFTER_NOUN.match(text, run.end)


def _is_vessel(text: str, run: Run) -> bool:
    """Return whether this is a ship's name: "the ferry Anna Star", "the Anna Star sank".

    The latter works because a person's name has no article.
    """
    before = text[max(0, run.start - 24) : run.start]
    if VESSEL.search(before):
        return True
    has_article = before.endswith(("the ", "The ")) and len(run.words) == 2
    verdict = by_words(run.texts) if has_article else None
    alone = not AFTER_NOUN.match(text, run.end)
    return verdict is not None and verdict.kind == "person" and alone


def by_words(words: tuple[str, ...]) -> Verdict | None:
    """Classify a name by its own words: lists, gazetteer, endings, given names."""
    name = " ".join(words)
    lists = lexicon()
    if name in lists.organisations:
        return Verdict("organisation", 0.95)
    known = place(name)
    if (known is not None and known.kind in ("country", "capital")) or (known is not None and known.country is None):
        return Verdict("place", 0.9 if known.kind == "capital" else 0.95)
    if len(words) > 1:
        return _of_several(words, known is not None)
    return _of_one(words[0], known is not None and (known.thousands >= 60 or known.kind == "region"))


def _of_several(words: tuple[str, ...], is_known_place: bool) -> Verdict | None:
    """Classify a name of several words by the words alone, or return None."""
    lists = lexicon()
    if _is_body(words):
        return Verdict("organisation", 0.9)
    if _is_club(words):
        return Verdict("organisation", 0.9)
    if is_known_place:
        return Verdict("place", 0.9)
    is_surname = words[-1] in surnames() and words[-1].rstrip(".") in lists["place_endings"]
    if is_surname and words[0] in first_names() and _has_initial(words):
        return Verdict("person", 0.85)  # "Lyndon B. Marsh"
    if words[-1].rstrip(".") in lists["place_endings"] or words[0] in lists["place_heads"]:
        return Verdict("place", 0.85)
    if "&" in words:
        return Verdict("organisation", 0.85)
    if words[0] in lists["compass"] and place(" ".join(words[1:])):
        return Verdict("place", 0.85)
    return Verdict("organisation", 0.6) if _is_all_capitals(words[0]) else _person_by_words(words)


def _is_club(words: tuple[str, ...]) -> bool:
    """Return whether the first word and a town identify a sports club: "Dynamo Kyiv", "Red Star Belgrade"."""
    if words[0] not in lexicon()["club_heads"] or place(words[-1]) is None:
        return False
    return words[0] not in first_names() or words[-1] not in surnames()


def _is_team(text: str, run: Run) -> bool:
    """Return whether a town and a nickname identify a team: "the Chicago Bulls", "the Toronto Blue Jays"."""
    words, last = run.texts, run.texts[-1]
    if len(words) < 2 or text[max(0, run.start - 4) : run.start].lower() != "the ":
        return False
    if not last.endswith("s") or last.endswith(("ss", "us", "is")) or last.lower() not in ordinary_words():
        return False
    towns = (place(" ".join(words[:k])) for k in range(max(1, len(words) - LONGEST_NICKNAME), len(words)))
    is_of_town = any(town is not None and (town.kind != "city" or town.thousands >= LEAST_TOWN) for town in towns)
    return is_of_town and last not in lexicon()["place_endings"] | lexicon()["org_endings"] | lexicon()["no_teams"]


def _is_college(text: str, run: Run) -> bool:
    """Return whether "X State" is a university rather than a state: "Penn State", "beat Jackson State"."""
    words = run.texts
    if len(words) != 2 or words[1] != "State":
        return False
    before = text[max(0, run.start - 16) : run.start]
    if IN_STATE.search(before):
        return False
    known = place(words[0])
    if known is not None and known.country not in ("US", None):
        return False  # Lagos State, Kachin State
    is_of_state = known is not None and known.kind == "region" and words[0] not in ("Washington", "York")
    return (
        is_of_state
        or words[0] == "Penn"
        or COLLEGE.search(before) is not None
        or PLAYS.match(text, run.end) is not None
    )


def _is_all_capitals(word: str) -> bool:
    return word.isupper() and len(word) > 2 and "." not in word


def _is_body(words: tuple[str, ...]) -> bool:
    lists = lexicon()
    opens = words[0] in lists["org_heads"] and words[0] not in first_names()
    is_centre = words[-1] in ("Center", "Centre") and not lists["centre_fields"].isdisjoint(words[:-1])
    return words[-1].rstrip(".") in lists["org_endings"] or opens or names_field(words) or is_centre


def names_field(words: tuple[str, ...]) -> bool:
    """Return whether an organisation noun is inside a name without a given name: "Philippine Bureau [of] Fisheries"."""
    lists = lexicon()
    opens = words[0] not in first_names() or words[0] in lists["demonyms"]
    return opens and any(word in lists["field_heads"] for word in words[:-1])


def _person_by_words(words: tuple[str, ...]) -> Verdict | None:
    """Classify a name of several words as a person's, or otherwise, by given names and surnames."""
    if len(words) > 5:
        return None
    first, last = words[0], words[-1]
    is_given = first in first_names()
    if not is_given and _is_large_place(last):
        return None  # "InterContinental Osaka"
    is_called = is_given and (last.lower() not in common_words() or last in surnames())
    if is_called or _has_initial(words):
        return Verdict("person", 0.9)
    if any(word.lower() in common_words() for word in words):
        return Verdict("organisation", 0.45)
    return Verdict("person", 0.8) if last in surnames() else _likely_person(words)


def _likely_person(words: tuple[str, ...]) -> Verdict | None:
    is_name = words[0] in first_names() or words[-1].lower() not in ordinary_words()
    return Verdict("person", 0.6) if is_name and len(words) <= 3 else None


def _has_initial(words: tuple[str, ...]) -> bool:
    """Return whether a name has a person's initials: "J. Hall", "Jo B. Hall", but not "U.S. Steel"."""
    if re.fullmatch(r"(?:[A-Z]\.)+", words[0]) and place(words[0]) is None:
        return True
    return len(words) > 2 and re.fullmatch(r"[A-Z]\.?", words[1]) is not None


def _is_large_place(word: str) -> bool:
    known = place(word)
    return known is not None and word not in surnames() and (known.kind != "city" or known.thousands >= 200)


def _of_one(word: str, is_known_place: bool) -> Verdict | None:
    """Classify a single word, or return None."""
    if word in lexicon()["demonyms"]:
        return None
    if is_known_place and word.lower() not in common_words():
        return Verdict("place", 0.7 if word in first_names() or word in surnames() else 0.9)
    if word in lexicon()["org_heads"]:
        return Verdict("organisation", 0.7)
    return LETTERS if _are_letters(word) else None


def _are_letters(word: str) -> bool:
    """Return whether a word is an abbreviation, such as "EU" or "N.A.S.A.", rather than emphasis in capitals."""
    letters = word.replace(".", "").replace("&", "")
    if not letters.isupper() or not 2 <= len(letters) <= 6:
        return False
    return len(letters) == 2 or word.lower() not in common_words()


def _is_abbreviation(text: str, run: Run) -> bool:
    """Return whether the context marks an abbreviation as a thing: "equipment (PPE)", "148 IQ", "RTX 2060"."""
    if THING_BEFORE.search(text, max(0, run.start - 24), run.start) or THING_AFTER.match(text, run.end):
        return True
    if not COUNTED_BEFORE.search(text, max(0, run.start - 8), run.start):
        return False
    following = AFTER_WORD.match(text, run.end)
    return following is not None and not (
        PEOPLE.fullmatch(following[1]) or following[1] in lexicon()["role_nouns"] | lexicon()["body_nouns"]
    )


def by_context(text: str, run: Run) -> Verdict | None:
    """Classify an unknown name by the neighbouring words; None for a common word with a capital."""
    word = run.texts[-1]
    if _is_no_lone_name(word, run):
        return None
    follows = _word_of(AFTER.match(text, run.end))
    preceding = _word_of(BEFORE.search(text, max(0, run.start - 24), run.start))
    is_placed = preceding in lexicon()["place_prepositions"]
    has_age = AGE.match(text, run.end) is not None
    if has_age or (follows in after_name() and not is_placed):
        return _speaker(run, has_age=has_age)
    if preceding == "of" and word not in surnames() and place(word) is not None:
        return Verdict("place", 0.6)  # "residents of Hillsborough"
    if is_placed and word.lower() not in common_words():
        return Verdict("place", 0.6 if place(word) or preceding in ("in", "near") else 0.35)
    return _by_name_lists(text, run, follows)


def _is_no_lone_name(word: str, run: Run) -> bool:
    lists = lexicon()
    is_common = word.lower() in common_words() and (run.opens or word not in surnames())
    return is_common or word in lists["demonyms"] or word in lists["titles"]


def _word_of(match: re.Match[str] | None) -> str:
    return match[1].lower() if match else ""


def _speaker(run: Run, *, has_age: bool) -> Verdict:
    """Classify a name with an age or a verb of speech: "Hall, 71,", "Helvion says"; a town stays a place."""
    word = run.texts[-1]
    if has_age or len(run.words) > 1 or word in first_names() or word in surnames():
        return Verdict("person", 0.7)
    return Verdict("organisation" if place(word) is None else "place", 0.55)


def _by_name_lists(text: str, run: Run, follows: str) -> Verdict | None:
    """Classify an unknown name by lists of names and by the verb after it."""
    word = run.texts[-1]
    if len(run.words) > 1:
        return Verdict("organisation", 0.4)
    if word.lower() in common_words():
        return None
    if word in first_names() or word in surnames():
        return Verdict("person", 0.6)
    if OWNED.search(text, max(0, run.start - 4), run.start) and follows in lexicon()["company_verbs"]:
        return Verdict("person", 0.6)  # "Meta's Zuckerberg sold shares"
    if follows in lexicon()["person_verbs"]:
        return Verdict("person", 0.45)
    return Verdict("organisation", 0.4)
