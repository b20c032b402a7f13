"""Finds the people, organisations and places that a text mentions.

Without parsing or a trained model: it uses capitalised runs, word lists, a gazetteer, the context of a name and the
article as a whole: once a name is classified as a person, its surname alone is too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from extract.identity import stable_id
from extract.read.english.document import Document
from extract.read.english.mentions.classify import PARTY_MEMBERS, PEOPLE, classify, names_field
from extract.read.english.mentions.equals import with_equals
from extract.read.english.mentions.genders import gender_of
from extract.read.english.mentions.ministries import find_ministries
from extract.read.english.mentions.roles import role_of, title_of
from extract.read.english.mentions.runs import Run, find_runs
from extract.read.english.mentions.surnames import (
    VERB_AFTER,
    Naming,
    acts,
    bearers_of,
    is_country,
    is_where,
    people_of,
    tail_of,
    with_surnames,
)
from extract.read.english.mentions.tables import Place, first_names, lexicon, place, surnames
from extract.read.english.words import common_words, ordinary_words
from extract.types import Mention, MentionKind

OF = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?$")
REGION_AFTER = re.compile(r"\s+([a-z]+)\b")
BRACKETED = re.compile(r"\s+\((?:the\s+)?([A-Z][A-Za-z&.]{1,7})\)")
# Names with less confidence are dropped: single capitalised words without any other evidence.
LEAST_CONFIDENCE = 0.5
INITIALS = re.compile(r"(?:[A-Z]\.\s?)+")
# A byline: "By Lori Vale and Ian Moss in Lisk".
NAME_OF_AUTHOR = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
WORK = (
    r"(?:[Ss]tory|[Ww]ritten|[Ww]ords|[Pp]hoto(?:graph)?s?|[Pp]ictures?|(?:[Aa]dditional )?[Rr]eporting|"
    r"[Ee]dit(?:ed|ing)|[Cc]ompiled)"
)
BYLINE = re.compile(
    rf"^(?:By|{WORK} by) {NAME_OF_AUTHOR}(?:(?:,| and|, and| in|; ?{WORK} by| for) {NAME_OF_AUTHOR}){{0,6}}\.?$",
    re.MULTILINE,
)
LEAST_OF_MANY = 3  # a name with more words may be shortened to one of its middle words
LONGEST_CODE = 3  # letters, as in "USA"


# A form of a name: its kind, its text, and "m" or "f" if a title before it gives the gender.
Short = tuple[MentionKind, str, str | None]


def find_mentions(doc: Document) -> list[Mention]:
    """Return the mentions of a text in order, each with the fullest form of its name in the article."""
    namings: list[Naming] = []
    bylines = [match.span() for match in BYLINE.finditer(doc.text)]
    for run in _join_of(doc.text, find_runs(doc)):
        if not any(first <= run.start < last for first, last in bylines):
            namings.extend(_read_run(doc.text, run))
    namings = _settle(doc.text, with_surnames(doc.text, with_equals(doc.text, namings)))
    lower = find_ministries(doc.text, [(naming.start, naming.end) for naming in namings])
    namings = sorted((*namings, *(Naming(*span, "organisation", 0.9) for span in lower)), key=lambda n: n.start)
    full = _fullest(doc.text, namings)
    return [_mention(doc, naming, full) for naming in namings]


def _join_of(text: str, runs: list[Run]) -> list[Run]:
    """Return the runs, joined where a head noun requires it: "Ministry of Defence", "Gulf of Aden"."""
    joined: list[Run] = []
    heads = lexicon()["org_heads"] | lexicon()["place_heads"]
    for run in runs:
        last = joined[-1] if joined else None
        if last and ((last.texts[-1] in heads and _is_led_on(text, last, run)) or _goes_on(text, last, run)):
            joined[-1] = replace(last, words=(*last.words, *run.words))
        else:
            joined.append(run)
    return joined


def _is_led_on(text: str, last: Run, run: Run) -> bool:
    """Return whether "of" or "for" continues a name: "Institute for Fiscal Studies".

    It does not in "Makerere University for the Lisk Trust".
    """
    match = OF.fullmatch(text, last.end, run.start)
    if match is None or match.group().split()[0] == "of":
        return match is not None
    return len(last.words) == 1 or not _is_organisation(run.texts)


def _goes_on(text: str, body: Run, run: Run) -> bool:
    """Return whether a coordinated field continues an organisation: "Bureau of Fisheries | and Aquatic Resources".

    Its words must be ordinary ones.
    """
    is_of = len(body.words) > 1 and OF.fullmatch(text, body.words[-2][1], body.words[-1][0]) is not None
    if not is_of or not names_field(body.texts) or text[body.end : run.start] not in (" and ", " & "):
        return False
    return all(word.lower() in ordinary_words() and word not in lexicon()["org_heads"] for word in run.texts)


def _read_run(text: str, run: Run) -> list[Naming]:
    """Split a run at its title, if any: "NASA Administrator Charles Bolden" has two names and a role."""
    titles, parts = lexicon()["titles"], lexicon()["title_parts"]
    texts = run.texts
    at = max((i for i, w in enumerate(texts[:-1]) if w.rstrip(".") in titles), default=None)
    if at is None or _is_organisation(texts):
        return _name(text, run)
    first = at
    while first > 0 and (texts[first - 1].rstrip(".") in titles or texts[first - 1] in parts):
        first -= 1
    person = run.cut(at + 1)
    title = text[run.words[first][0] : run.words[at][1]]
    before = _name(text, run.cut(0, first)) if first else []
    return [*before, Naming(person.start, person.end, "person", 0.9, title)]


def _is_organisation(texts: tuple[str, ...]) -> bool:
    is_listed = texts[-1].rstrip(".") in lexicon()["org_endings"] or " ".join(texts) in lexicon().organisations
    return is_listed or (len(texts) > 2 and names_field(texts))


def _name(text: str, run: Run) -> list[Naming]:
    """Return the namings in a run without titles, split where two names are adjacent."""
    demonyms = lexicon()["demonyms"]
    whole = " ".join(run.texts)
    if run.texts[0] in demonyms and not _is_organisation(run.texts) and place(whole) is None:
        if len(run.words) == 1:
            return []
        run = run.cut(1)
    run = _without_membership(_without_job(run))
    split = _after_organisation(run) or _after_country(run.texts)
    if split:
        return [*_name(text, run.cut(0, split)), *_name(text, run.cut(split))]
    verdict = classify(text, run)
    return [Naming(run.start, run.end, verdict.kind, verdict.confidence)] if verdict else []


def _without_membership(run: Run) -> Run:
    """Return a run without the party membership: "Ohio Democrat | Anna Brown"."""
    member = max((i for i, word in enumerate(run.texts[:-2], 1) if word in PARTY_MEMBERS), default=0)
    return run.cut(member) if member and run.texts[member] in first_names() else run


def _without_job(run: Run) -> Run:
    """Return a run without a job before a name: "Firefighter | Kofi Asante", "Pollsters | YouGov"."""
    first, *rest = run.texts
    if not rest or first in first_names() or first in surnames() or _is_organisation(run.texts):
        return run
    word = first.lower()
    lists = lexicon()
    if run.opens and word.endswith("s") and (word[:-1] in lists["role_nouns"] or word[:-1] in lists["body_nouns"]):
        return run.cut(1)
    is_job = word in lists["role_nouns"] or (word in ordinary_words() and PEOPLE.fullmatch(word) is not None)
    return run.cut(1) if is_job and len(rest) == 2 and rest[0] in first_names() and rest[1] in surnames() else run


def _after_organisation(run: Run) -> int | None:
    """Return the index of a person's name after an organisation's: "Ohio University | Simon Vale"; else None."""
    texts = run.texts
    for i in range(2, len(texts) - 1):
        is_beside = run.words[i][0] - run.words[i - 1][1] == 1  # "Institute of Marine Research" goes on
        if is_beside and texts[i - 1] in lexicon()["org_endings"] and texts[i] in first_names():
            return i
    return None


def _after_country(texts: tuple[str, ...]) -> int | None:
    """Return the index of a person's name after a country's: "envoy to Norway | Simon Vale"; else None."""
    return 1 if len(texts) > 2 and is_country(texts[0]) and texts[1] in first_names() else None


def _settle(text: str, namings: list[Naming]) -> list[Naming]:
    """Return the namings, reclassified by the evidence of the whole article.

    Certain namings decide uncertain ones of the same words, and surnames follow their people; the least certain are
    dropped.
    """
    votes: dict[str, Naming] = {}
    for naming in namings:
        surface = text[naming.start : naming.end]
        if surface not in votes or naming.confidence > votes[surface].confidence:
            votes[surface] = naming
        if naming.kind != "person" and (match := BRACKETED.match(text, naming.end)):
            votes[match[1]] = replace(naming, confidence=0.94)
    _let_majority_decide(text, namings, votes)
    _lend_to_heads(votes)
    people, bearers = people_of(votes), bearers_of(votes)
    settled = (_settled(text, naming, votes[text[naming.start : naming.end]], people, bearers) for naming in namings)
    return [naming for naming in settled if naming.confidence >= LEAST_CONFIDENCE]


def _settled(text: str, naming: Naming, best: Naming, people: set[str], bearers: frozenset[str]) -> Naming:
    """Return a naming, revised by the most certain naming of the same words."""
    surface = text[naming.start : naming.end]
    is_theirs = best.confidence < 0.93 and not is_country(surface)
    if surface in people and is_where(text, naming):
        return replace(naming, kind="place", confidence=0.8)  # "Austin Powers lives in Austin"
    if surface in people and (best.kind == "person" or is_theirs or acts(text, naming, bearers)):
        return replace(naming, kind="person", confidence=0.85)
    if best.confidence > naming.confidence or best.kind != naming.kind:
        return replace(naming, kind=best.kind, confidence=min(best.confidence, 0.85))
    return naming


def _lend_to_heads(votes: dict[str, Naming]) -> None:
    """Classify the first word of a certain organisation as one, unless better known: "Brennick Glass", "Brennick"."""
    for surface, best in list(votes.items()):
        head = surface.split()[0]
        is_sure = best.kind == "organisation" and best.confidence >= 0.8 and head != surface
        if is_sure and _is_free(head) and head in votes and votes[head].confidence <= 0.7:
            votes[head] = replace(votes[head], kind="organisation", confidence=0.75)


def _is_free(head: str) -> bool:
    """Return whether a word can be an organisation's whole name: no generic noun, person's name or common word."""
    is_name = head in first_names() or head in surnames()
    return head not in lexicon()["field_heads"] and not is_name and head.lower() not in common_words()


def _majority(text: str, namings: list[Naming]) -> dict[str, MentionKind]:
    """Return for each surface the kind with the largest total confidence over all its namings."""
    weights: dict[str, Counter[MentionKind]] = {}
    for naming in namings:
        weights.setdefault(text[naming.start : naming.end], Counter())[naming.kind] += naming.confidence  # type: ignore[assignment]
    return {surface: max(sorted(w), key=w.__getitem__) for surface, w in weights.items()}


def _let_majority_decide(text: str, namings: list[Naming], votes: dict[str, Naming]) -> None:
    """Give each uncertain surface the kind of the majority of its namings."""
    for surface, kind in _majority(text, namings).items():
        if votes[surface].confidence <= 0.6:
            votes[surface] = replace(votes[surface], kind=kind)


def _fullest(text: str, namings: list[Naming]) -> dict[Short, str]:
    """Map each short form, with the gender that a title gives, to the full name that it refers to."""
    shorts = [_short(text, naming) for naming in namings]
    counts = Counter((kind, name) for kind, name, _ in shorts)
    titled = Counter(short for short in shorts if short[2])
    longer = _longer_names(set(counts))
    full: dict[Short, str] = {}
    for kind, name, gender in sorted(set(shorts), key=str):
        may_be = [long for long in longer.get((kind, name), ()) if not gender or gender_of("", long) in (gender, None)]
        if may_be:
            named = {long: counts[kind, long] + titled[kind, name, gender_of("", long)] for long in may_be}
            full[kind, name, gender] = _meant(may_be, named, kind)
    for naming in namings:
        if naming.kind == "organisation" and (match := BRACKETED.match(text, naming.end)):
            full.setdefault(("organisation", match[1], None), text[naming.start : naming.end])
    return full


def _short(text: str, naming: Naming) -> Short:
    """Return the form of a name, with the gender that a title before it gives."""
    surface = text[naming.start : naming.end]
    title = text[max(0, naming.start - 5) : naming.start].split()[-1:] if naming.kind == "person" else []
    return naming.kind, surface, gender_of("".join(title), "")


def _meant(longer: list[str], counts: dict[str, int], kind: MentionKind) -> str:
    """Return the longest of the full forms of a name; for a surname, of its most frequently named bearer."""
    if kind == "person":
        weights: Counter[tuple[str, str]] = Counter()
        for name in longer:
            weights[_first_and_last(name)] += counts[name]
        bearer = max(
            weights, key=lambda who: (weights[who], max(len(n) for n in longer if _first_and_last(n) == who), who)
        )
        longer = [name for name in longer if _first_and_last(name) == bearer]
    return min(longer, key=lambda name: (-len(name), name))


def _first_and_last(name: str) -> tuple[str, str]:
    words = name.split()
    return words[0], words[-1]


def _longer_names(names: set[tuple[MentionKind, str]]) -> dict[tuple[MentionKind, str], list[str]]:
    """Map each name to the longer names that it may be a short form of; places have none."""
    longer: dict[tuple[MentionKind, str], list[str]] = {}
    for kind, name in sorted(names):
        for short in _short_forms(name) if kind != "place" else ():
            if (kind, short) in names:
                longer.setdefault((kind, short), []).append(name)
    return longer


def _short_forms(name: str) -> set[str]:
    """Return the possible short forms of a name: its end, its first word, its initials, or without middle initials.

    They are looked up among the names of the text, so that not every pair of names is compared.
    """
    words = name.split()
    forms = {" ".join(words[at:]) for at in range(1, len(words))} | {words[0]}
    tail = tail_of(name)
    if tail != words[-1]:
        forms.add(tail[0].upper() + tail[1:])  # "Van der Berg said"
    # An abbreviation is a short form only of the name with its initials: NASA is none of "NASA Administrator".
    forms = {form for form in forms if not form.isupper() or len(form) == 1} | _initials(words)
    if INITIALS.fullmatch(" ".join(words[1:-1])) and not words[-1].endswith("."):
        forms.add(f"{words[0]} {words[-1]}")  # "Donald J. Trump" is Donald Trump
    if len(words) > LEAST_OF_MANY:
        forms |= {word for word in words[1:-1] if word[0].isupper()}  # "Lula"
    return {form for form in forms if len(form) < len(name)}


def _initials(words: list[str]) -> set[str]:
    letters = [word[0] for word in words if word[0].isupper()]
    return {"".join(letters), "".join(f"{letter}." for letter in letters)} if len(letters) > 1 else set()


def _mention(doc: Document, naming: Naming, full: dict[Short, str]) -> Mention:
    """Return the row of a naming."""
    text = doc.text
    surface = text[naming.start : naming.end]
    end, where = naming.end, None
    if naming.kind == "place":
        where = _where(surface)
        end = _end_of_region(text, end)
    sure = where if where is not None and where.is_sure else None
    point = sure if end == naming.end else None
    return Mention(
        mention_id=stable_id("mention", doc.version_id, naming.start, end),
        version_id=doc.version_id,
        start=naming.start,
        end=end,
        surface=text[naming.start : end],
        kind=naming.kind,
        name=_usual(naming.kind, full.get(_short(text, naming), text[naming.start : end])),
        country=sure.country if sure else None,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        role=_role(text, naming),
        stands_for=_stands_for(text, naming) if where and where.kind == "capital" else None,
        confidence=naming.confidence,
    )


def _role(text: str, naming: Naming) -> str | None:
    role = title_of(naming.title) if naming.title else None
    return role or (role_of(text, naming.start, naming.end) if naming.kind != "place" else None)


def _end_of_region(text: str, end: int) -> int:
    """Return the end of "Kursk region" for the end of "Kursk"."""
    after = REGION_AFTER.match(text, end)
    return after.end() if after and after[1] in lexicon()["region_words"] else end


def _usual(kind: MentionKind, name: str) -> str:
    """Return the canonical name: "United States" for "U.S.", "Port Ansel" for a dateline's "PORT ANSEL"."""
    if kind == "place" and name.isupper() and len(name) > LONGEST_CODE and "." not in name:
        name = name.title()
    return name if kind == "person" else lexicon().usual_names.get(name, name)


def _where(surface: str) -> Place | None:
    """Return the gazetteer entry of a place name; a dateline's "KYIV" is Kyiv."""
    return place(surface) or (place(surface.title()) if surface.isupper() and len(surface) > LONGEST_CODE else None)


PREPOSITION_BEFORE = re.compile(
    r"\b(?:in|at|from|to|near|of|into|around|outside|for|through|via|on|toward|towards)\s+$"
)


def _stands_for(text: str, naming: Naming) -> str | None:
    """Return "government" for a capital that acts as one ("Kyiv holds", "Washington said"), else None."""
    if PREPOSITION_BEFORE.search(text, max(0, naming.start - 12), naming.start):
        return None
    verb = VERB_AFTER.match(text, naming.end)
    return "government" if verb and verb[1] in lexicon()["actor_verbs"] else None
