"""The frames of verbs: which complement of a verb is the content of what its subject says, thinks, wants or judges.

Each reader handles one frame (see ``lexicon``) and returns the frame's name, the tokens of the content, and further
tokens of the cue. ``complement`` tries the readers, the most specific first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from spacy.tokens import Token

from extract.calendar import WEEKDAYS
from extract.read.english.attributions.lexicon import Entry
from extract.read.english.attributions.source_words import noun_class
from extract.read.english.attributions.tree import child, children, is_finite, noun_phrase, stands_apart, subtree
from extract.read.english.attributions.wordlist import word_set

# Causative and aspectual verbs, whose clause is not reported speech.
CAUSATIVES = word_set(
    "make makes made making ensure ensures ensured ensuring help helps helped helping let lets letting "
    "cause causes caused have has had having get gets got getting happen happens happened be is are was "
    "were 's 're ’s ’re been being do does did keep keeps kept start starts started stop stops stopped begin "
    "begins began depend depends"
)
OPENING_MARKS = frozenset({'"', "“", "''", "``", "‘"})
CLOSING_MARKS = frozenset({'"', "”", "''", "’"})
NO_CONTENT = frozenset({"punct", "advcl", "conj", "cc", "prt", "npadvmod", "agent"})
# With an object these denote an action, with a clause or an infinitive speech.
NARRATIVE = word_set("require authorize authorise")
# The same applies to these if the object contains a number.
GETTING = word_set("find seek")
PROVIDING = word_set("support back")
REFLEXIVE = word_set("himself herself itself themselves myself yourself ourselves yourselves oneself")
# Objects of "on" after a verb of speech that are not its topic: a medium, a time.
NO_MATTERS = word_set("phone telephone line condition behalf record camera air television tv radio stage occasion eve")
RELATIVE_SUBJECTS = frozenset({"who", "which", "that"})


@dataclass(frozen=True, slots=True)
class Complement:
    """A verb's complement: the frame, the content, and further words of the cue, as token indices."""

    frame: str
    content: set[int]
    cue: frozenset[int] = frozenset()


def complement(token: Token, entry: Entry | None) -> Complement | None:
    """Return the complement of an active verb in the first frame that its entry and its children allow, or None."""
    clause = _finite_clause(token, entry)
    if clause is not None or entry is None:
        return clause
    for reader in (_host_clause, _infinitive, _small_clause, _preposition, _object, _relative):
        found = reader(token, entry)
        if found is not None:
            return found
    return None


def _finite_clause(token: Token, entry: Entry | None) -> Complement | None:
    """Return a finite clause, an indirect question or a quotation as complement, or None."""
    if token.lower_ in CAUSATIVES:
        return None
    clauses = [c for label, c in children(token) if label == "ccomp" and not stands_apart(c, token)]
    clause = _told_clause(token, clauses)
    if clause is None:
        return _question(token, entry) or _quotation(token, entry)
    if entry is None and not _is_marked(clause):
        return None
    if clause.i < token.i:
        return Complement("inverted", subtree(clause))
    told = {i for c in clauses if c.i > token.i for i in subtree(c)}
    return Complement("that", told | _antecedent(token, clause))


def _antecedent(token: Token, clause: Token) -> set[int]:
    """Return the noun before a relative clause of speech: "the 2,000 that the agency says are needed"."""
    subject = child(clause, "nsubj", "nsubjpass")
    is_gap = token.dep_ == "relcl" and (subject is None or (subject.tag_ == "WDT" and subject.i < token.i))
    own = child(token, "nsubj")
    if not is_gap or own is None or own.lower_ in RELATIVE_SUBJECTS:
        return set()
    return noun_phrase(token.head) - subtree(token)


def _told_clause(token: Token, clauses: list[Token]) -> Token | None:
    """Return the reported clause: a finite or marked one, else a marked one before the verb; or None."""
    clause = next((c for c in clauses if is_finite(c) or child(c, "mark") is not None), None)
    return clause or next((c for c in clauses if c.i < token.i and _is_marked(c)), None)


def _question(token: Token, entry: Entry | None) -> Complement | None:
    """Return an indirect question after a negated verb, which parsers take for an adverbial clause.

    "Have not said when they would vote".
    """
    if entry is None or entry.frames.get("wh") != "say" or child(token, "neg") is None:
        return None
    clause = child(token, "advcl")
    asks = (
        clause is not None
        and clause.doc[clause.left_edge.i].tag_ in ("WRB", "WP")
        and clause.left_edge.i == token.i + 1
    )
    return Complement("wh", subtree(clause)) if clause is not None and asks else None


def _quotation(token: Token, entry: Entry | None) -> Complement | None:
    """Return the quotation right after the verb, whether it is a clause or not: ``said, "Not now."``."""
    if entry is None or "quote" not in entry.frames:
        return None
    doc, first = token.doc, token.i + 1
    while first < len(doc) and doc[first].text in {",", ":"}:
        first += 1
    if first >= len(doc) or doc[first].text not in OPENING_MARKS:
        return None
    last = next((i for i in range(first + 1, len(doc)) if doc[i].text in CLOSING_MARKS), len(doc) - 1)
    return Complement("quote", set(range(first, last + 1)))


def _is_marked(clause: Token) -> bool:
    """Return whether "that" or a quotation mark opens the clause, so that even an unlisted verb is one of speech."""
    if any(c.lower_ == "that" for c in clause.children):
        return True
    left = clause.left_edge.i
    return clause.doc[left].text in OPENING_MARKS or (left > 0 and clause.doc[left - 1].text in OPENING_MARKS)


def _host_clause(token: Token, entry: Entry) -> Complement | None:
    """Return the content of a cue inside or after its host clause: "the talks, he said, had failed", "as she noted"."""
    is_as = token.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ == "mark" for c in token.children)
    if "inverted" not in entry.frames or not (is_as or token.dep_ == "parataxis"):
        return None
    return Complement("inverted", host_of(token))


def host_of(token: Token) -> set[int]:
    """Return the clause that contains an adverbial or parenthetical one, without the latter."""
    top = token.head
    host = {t.i for t in token.doc} if top.dep_ == "ROOT" else subtree(top)
    return host - subtree(token)


def right_of(token: Token) -> set[int]:
    """Return the tokens of the complements to the right of a verb."""
    return {t.i for c in token.rights if c.dep_ not in NO_CONTENT for t in c.subtree}


def _infinitive(token: Token, entry: Entry) -> Complement | None:
    """Return an infinitive or gerund as complement, or None."""
    act = child(token, "xcomp")
    if act is None or act.i < token.i:
        return None
    if act.tag_ == "VBG":
        frame = "ing"
    elif child(token, "dobj", "dative") is not None:
        frame = "obj_to"
    else:
        frame = "to" if child(act, "aux") is not None else "obj_as"
    return Complement(frame, right_of(token)) if frame in entry.frames else None


def _small_clause(token: Token, entry: Entry) -> Complement | None:
    """Return a clause without a finite verb as complement, or None."""
    clause = child(token, "ccomp")
    if clause is None or clause.i < token.i or is_finite(clause):
        return None
    if entry.lemma == "see":  # "saw his shot saved" is not a judgement
        return None
    bare = "ing" if clause.tag_ == "VBG" else "obj_as"
    frame = "obj_to" if any(c.lower_ == "to" for c in clause.children) else bare
    return Complement(frame, right_of(token)) if frame in entry.frames else None


def _preposition(token: Token, entry: Entry) -> Complement | None:
    """Return a prepositional complement, with or without an object before it, or None."""
    frame = "prep" if child(token, "dobj", "dative") is None else "obj_prep"
    if frame not in entry.frames:
        return None
    allowed = entry.prepositions[frame]
    if frame == "obj_prep" and "at" in allowed and _is_put_at_number(token):
        return Complement(frame, right_of(token))
    found = (_behind(token, right, frame, allowed) for right in token.rights)
    return next((complement for complement in found if complement is not None), None)


def _behind(token: Token, right: Token, frame: str, allowed: Collection[str]) -> Complement | None:
    """Return the complement that begins at a word to the right of a verb, or None.

    A preposition introduces its object, or "for" with an infinitive a clause.
    """
    if frame == "prep" and right.dep_ == "advcl" and right.tag_ == "VB":
        clause = child(right, "mark")
        if clause is not None and clause.lower_ in allowed:  # "called for the allies to act"
            return Complement(frame, subtree(right) - {clause.i}, frozenset({clause.i}))
    if not _is_preposition(right) or right.lower_ not in allowed or _tells_when_or_how(right):
        return None
    if frame == "obj_prep":
        return Complement(frame, right_of(token))
    return Complement(frame, right_of(token) - {right.i}, frozenset({right.i}))


def _is_put_at_number(token: Token) -> bool:
    """Return whether an "at" with a number follows, as in "put the volume hanging above the village at 80,000".

    Parsers attach it to the nearest noun.
    """
    return any(
        t.lower_ == "at" and any(n.tag_ == "CD" for p in t.children if p.dep_ == "pobj" for n in p.subtree)
        for t in (token.doc[i] for i in right_of(token))
    )


def _is_preposition(token: Token) -> bool:
    return token.dep_ in ("prep", "prt") or token.tag_ == "IN"


def _tells_when_or_how(prep: Token) -> bool:
    """Return whether "on" introduces a time or medium ("on Tuesday", "on the phone") and not a topic."""
    noun = child(prep, "pobj")
    return prep.lower_ == "on" and noun is not None and (noun.lower_ in NO_MATTERS or noun.lower_ in WEEKDAYS)


def _object(token: Token, entry: Entry) -> Complement | None:
    """Return an object as complement, or None if it is not what is said."""
    held = child(token, "dobj", "dative")
    if held is None or (held.lower_ in REFLEXIVE and entry.frames.get("obj") == "show"):  # "found herself in need"
        return None
    if _is_narrative(token, entry, held):
        return None
    if "num" in entry.frames and any(c.tag_ == "CD" for c in held.children):
        return Complement("num", right_of(token))
    if "obj" in entry.frames:
        return Complement("obj", right_of(token))
    if "obj_as" in entry.frames and (child(token, "oprd") is not None or _has_quoted_predicate(token)):
        return Complement("obj_as", right_of(token))
    return None


def _is_narrative(token: Token, entry: Entry, held: Token) -> bool:
    """Return whether a verb denotes an action: "found 40 coins" (but a study finds), "supports 40 shelters"."""
    if entry.lemma in PROVIDING:
        return any(c.tag_ == "CD" for c in held.children)
    if entry.lemma not in GETTING:
        return entry.lemma in NARRATIVE
    subject = child(token, "nsubj")
    is_of_document = subject is not None and noun_class(subject.lower_) == "document"
    return not is_of_document and any(t.tag_ == "CD" for t in held.subtree)


def _has_quoted_predicate(token: Token) -> bool:
    """Return whether a quotation opens after the object's first word: "called the plan "a mess"".

    Parsers take it for a part of the object.
    """
    first = min((t.i for c in token.rights for t in c.subtree), default=token.i) + 1
    return any(token.doc[i].text in OPENING_MARKS for i in sorted(right_of(token)) if i > first)


def _relative(token: Token, entry: Entry) -> Complement | None:
    """Return the noun before a relative clause as the content: "a step that critics oppose"."""
    if token.dep_ != "relcl" or not entry.frames.keys() & {"obj", "that"}:
        return None
    gap = any(c.lower_ in ("that", "which") and c.dep_ == "dobj" for c in token.children)
    own = child(token, "nsubj")
    if gap or (own is not None and own.lower_ not in RELATIVE_SUBJECTS):
        return Complement("obj", noun_phrase(token.head) - subtree(token) | right_of(token))
    return None
