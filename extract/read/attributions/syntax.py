"""Attributions of one parsed sentence: for each cue word, its source and its content by the frames it takes."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from extract.read.attributions.found import Found
from extract.read.attributions.lexicon import Entry, verbs
from extract.read.attributions.nominal import find_nominal
from extract.read.attributions.score import log_odds
from extract.read.attributions.tree import (
    AUXILIARIES,
    agent_of,
    child,
    is_finite,
    is_passive,
    noun_phrase,
    subject_of,
    subtree,
)

# Verbs whose finite clause nobody says: they make it so.
CAUSATIVES = frozenset(
    "make makes made making ensure ensures ensured ensuring help helps helped helping let lets letting cause causes "
    "caused have has had having get gets got getting happen happens happened be is are was were 's 're been being "
    "do does did keep keeps kept start starts started stop stops stopped begin begins began depend depends".split()
)


def find_in_sentence(tokens: Doc) -> Iterator[Found]:
    """All attributions of one parsed sentence, in the order of their cues."""
    table = verbs()
    for token in tokens:
        if token.tag_.startswith("VB"):
            found = _verb(token, table.get(token.lower_))
            if found is not None:
                yield found
        yield from find_nominal(token)


def _verb(token: Token, entry: Entry | None) -> Found | None:
    if token.dep_ in AUXILIARIES or token.dep_ == "amod":
        return None
    reader = _passive if is_passive(token) else _active
    return reader(token, entry)


def _active(token: Token, entry: Entry | None) -> Found | None:
    frame, content, extra = _complement(token, entry)
    if frame is None:
        return None
    source = subject_of(token)
    if source is None or source.tag_ in ("EX",) or source.dep_ == "expl":
        return None
    held = frozenset(noun_phrase(source))
    cue = _cue(token, extra)
    words = frozenset(content) - cue - held
    return _found(token, entry, cue, held, words, frame) if words else None


def _found(
    token: Token,
    entry: Entry | None,
    cue: frozenset[int],
    source: frozenset[int],
    content: frozenset[int],
    frame: str,
) -> Found:
    lemma = entry.lemma if entry else token.lower_
    kind = entry.frames.get(frame, "say") if entry else "say"
    return Found(cue, token.i, source, content, lemma, kind, frame, log_odds(token, kind, frame, source))


def _complement(token: Token, entry: Entry | None) -> tuple[str | None, set[int], set[int]]:
    frames = entry.frames if entry else {}
    clause = child(token, "ccomp")
    if clause is not None and (is_finite(clause) or child(clause, "mark")) and token.lower_ not in CAUSATIVES:
        if entry is None and "that" not in {c.lower_ for c in clause.children} and not _is_quoted(clause):
            return None, set(), set()
        return ("inverted" if clause.i < token.i else "that"), _clause(token, clause), set()
    if token.dep_ == "parataxis" or _is_as_clause(token):
        if "inverted" in frames:
            top = token.head
            return (
                "inverted",
                {t.i for t in token.doc} - subtree(token)
                if top.dep_ == "ROOT"
                else subtree(top) - subtree(token),
                set(),
            )
    if not frames:
        return None, set(), set()
    right = {
        t.i
        for c in token.rights
        if c.dep_ not in ("punct", "advcl", "conj", "cc", "prt", "npadvmod", "agent")
        for t in c.subtree
    }
    infinitive = child(token, "xcomp")
    obj = child(token, "dobj", "dative")
    if infinitive is not None and infinitive.i > token.i:
        frame = (
            "ing"
            if infinitive.tag_ == "VBG"
            else "obj_to"
            if obj is not None
            else "to"
            if child(infinitive, "aux")
            else "obj_as"
        )
        if frame in frames:
            return frame, right, set()
    if clause is not None and clause.i > token.i and not is_finite(clause):
        frame = (
            "obj_to"
            if any(c.lower_ == "to" for c in clause.children)
            else "ing"
            if clause.tag_ == "VBG"
            else "obj_as"
        )
        if frame in frames:
            return frame, right, set()
    for prep in (c for c in token.rights if c.dep_ in ("prep", "prt") or c.tag_ == "IN"):
        for frame in ("obj_prep",) if obj is not None else ("prep",):
            if frame in frames and prep.lower_ in entry.prepositions.get(frame, ()):
                if frame == "obj_prep":
                    return frame, right, set()
                return frame, right - {prep.i}, {prep.i}
    if obj is not None and "obj" in frames:
        return "obj", right, set()
    if obj is not None and "obj_as" in frames and child(token, "oprd"):
        return "obj_as", right, set()
    if token.dep_ == "relcl" and ("obj" in frames or "that" in frames) and obj is None:
        head = token.head
        gap = any(c.lower_ in ("that", "which") and c.dep_ == "dobj" for c in token.children)
        own = child(token, "nsubj")
        if own is not None and own.lower_ not in ("who", "which", "that") or gap:
            return "obj", noun_phrase(head) - subtree(token) | right, set()
    return None, set(), set()


def _is_quoted(clause: Token) -> bool:
    left = clause.left_edge.i
    return clause.doc[left].text in {'"', "“", "''", "``", "‘"} or (
        left > 0 and clause.doc[left - 1].text in {'"', "“", "''", "``", "‘"}
    )


def _is_as_clause(token: Token) -> bool:
    return token.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ == "mark" for c in token.children)


def _clause(token: Token, clause: Token) -> set[int]:
    words = subtree(clause)
    first = clause.left_edge
    if first.lower_ == "that" and first.dep_ == "mark":
        pass
    return words


def _passive(token: Token, entry: Entry | None) -> Found | None:
    if entry is None:
        return None
    subject = child(token, "nsubjpass") or (token.head if token.dep_ in ("acl",) else None)
    agent = agent_of(token)
    cue = _cue(token, set())
    content: set[int] = noun_phrase(subject) if subject is not None else set()
    infinitive = child(token, "xcomp")
    clause = child(token, "ccomp")
    frame = None
    if clause is not None and "that" in entry.frames:
        frame, content = "that", subtree(clause)
    elif (
        infinitive is not None
        and "obj_to" in entry.frames
        or infinitive is not None
        and "that" in entry.frames
    ):
        frame, content = "obj_to", content | subtree(infinitive)
    elif agent is not None and entry.frames.keys() & {"obj", "obj_prep", "obj_as", "that"}:
        frame = "obj"
    elif (
        child(token, "prep") is not None
        and child(token, "prep").lower_ in entry.prepositions.get("obj_prep", frozenset()) | {"as"}
        and entry.frames.keys() & {"obj_prep", "obj_as"}
    ):
        frame, content = "obj_prep", content | subtree(child(token, "prep"))
    if frame is None:
        return None
    source = frozenset(noun_phrase(agent)) if agent is not None else frozenset()
    words = frozenset(content) - cue - source
    return _found(token, entry, cue, source, words, frame) if words else None


def _cue(token: Token, extra: set[int]) -> frozenset[int]:
    cue = (
        {token.i}
        | extra
        | {c.i for c in token.children if c.dep_ in AUXILIARIES | {"prt"} and c.i != token.i}
    )
    first = min(cue)
    while first - 1 in cue:
        first -= 1
    for i in range(first, token.i):  # adverbs between auxiliary and verb
        if token.doc[i].head == token and token.doc[i].dep_ in {"advmod"}:
            cue.add(i)
    if token.i and token.doc[token.i - 1].dep_ == "advmod" and token.doc[token.i - 1].head == token:
        cue.add(token.i - 1)
    return frozenset(i for i in cue if token.doc[i].dep_ not in ("nsubj",))
