"""Attributions of one parsed sentence: the source and content of each cue word, by its frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from functools import cache

from spacy.attrs import DEP, LOWER, TAG
from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from extract.read.english.attributions.found import Found
from extract.read.english.attributions.frames import Complement, complement, host_of, right_of
from extract.read.english.attributions.lexicon import Entry, verbs
from extract.read.english.attributions.nominal import HAVING, nominal_readers
from extract.read.english.attributions.score import log_odds
from extract.read.english.attributions.statements import kinds
from extract.read.english.attributions.tree import (
    AUXILIARIES,
    agent_of,
    child,
    children,
    is_passive,
    noun_phrase,
    subject_of,
    subtree,
)

VERBAL = frozenset(get_string_id(tag) for tag in ("VB", "VBD", "VBG", "VBN", "VBP", "VBZ"))
CLAUSE = get_string_id("ccomp")
WITH_VERB = AUXILIARIES | {"prt"}
US = frozenset({"'s", "’s"})  # of "let's say"
POLL = kinds()["poll"]
REFUSALS = frozenset({"decline", "refuse"})
WITHHELD = 2.5  # log-odds
AGENT_FRAMES = frozenset({"obj", "obj_prep", "obj_as", "that"})
TOLD_FRAMES = frozenset({"that", "inverted"})


def find_in_sentence(tokens: Doc) -> Iterator[Found]:
    """Yield the attributions of one parsed sentence: those of verbs in order, then those of other words.

    A verb that is not listed is one of speech only if a clause depends on it.
    """
    entries, results = _entries_by_id(), _results_by_id()
    hedged: set[int] = set()
    tags, words, labels = tokens.to_array([TAG, LOWER, DEP]).T.tolist()
    telling = {tokens[i].head.i for i, label in enumerate(labels) if label == CLAUSE}
    for i, (tag, lower) in enumerate(zip(tags, words, strict=True)):
        if tag in VERBAL and (lower in entries or i in telling or lower in results):
            token = tokens[i]
            found = _verb(token, entries.get(lower))
            if found is not None and not _is_about_naming(token):
                hedged |= found.cue
                yield found
    yield from _of_other_words(tokens, words, hedged)


def _of_other_words(tokens: Doc, words: Sequence[int], hedged: Set[int]) -> Iterator[Found]:
    """Yield the attributions of words that are not verbs, given as string ids, except tokens in ``hedged``."""
    readers = _readers_by_id()
    for i, lower in enumerate(words):
        if lower in readers and i not in hedged:
            read = (reader(tokens[i]) for reader in readers[lower])
            yield from (found for found in read if found is not None)


@cache
def _entries_by_id() -> dict[int, Entry]:
    """Return the entries of verb forms by spaCy's string ids."""
    return {get_string_id(form): entry for form, entry in verbs().items()}


@cache
def _results_by_id() -> frozenset[int]:
    return frozenset(map(get_string_id, POLL.results))


@cache
def _readers_by_id() -> dict[int, tuple[Callable[[Token], Found | None], ...]]:
    """Return the readers of words that are not verbs, by spaCy's string ids."""
    return {get_string_id(word): readers for word, readers in nominal_readers().items()}


def _verb(token: Token, entry: Entry | None) -> Found | None:
    """Return the attribution of a verb, or None; ``entry`` is None for an unlisted one."""
    if token.dep_ in AUXILIARIES or token.dep_ == "amod" or _is_withheld(token) or _is_asked(token):
        return None
    if entry is not None and entry.lemma in REFUSALS:
        withheld = _withholding(token, entry)
        if withheld is not None:
            return withheld
    if entry is not None and _is_as_told(token):
        return _as_told(token, entry)
    return _passive(token, entry) if is_passive(token) else _active(token, entry)


def _is_as_told(token: Token) -> bool:
    """Return whether this is "as reported by X" next to the reported clause."""
    return (
        token.dep_ == "advcl"
        and token.tag_ in ("VBN", "VBD")
        and child(token, "nsubj", "nsubjpass") is None
        and agent_of(token) is not None
        and any(c.lower_ == "as" and label == "mark" for label, c in children(token))
    )


def _as_told(token: Token, entry: Entry) -> Found | None:
    """Return the attribution of "as reported by X", whose content is the clause next to it; or None."""
    agent = agent_of(token)
    if agent is None or not entry.frames.keys() & TOLD_FRAMES:
        return None
    return _found(token, entry, frozenset(noun_phrase(agent)), Complement("inverted", host_of(token)))


def _is_asked(token: Token) -> bool:
    """Return whether this is a bare participle of being addressed before its clause: "Asked about it, she said"."""
    return (
        token.dep_ == "advcl"
        and token.tag_ == "VBN"
        and token.i < token.head.i
        and len(children(token)) > 0
        and (agent_of(token) is None and child(token, "aux", "auxpass", "mark") is None)
    )


def _active(token: Token, entry: Entry | None) -> Found | None:
    """Return the attribution of an active verb, or None."""
    source = subject_of(token)
    said = complement(token, entry) or _result(token, source)
    if said is None or source is None or source.tag_ == "EX" or source.dep_ == "expl" or source.lower_ in US:
        return None
    if token.dep_ == "acl" and source == token.head:
        return _found(token, entry, frozenset(_author(source) - subtree(token)), said)
    return _found(token, entry, frozenset(noun_phrase(source)), said)


def _result(token: Token, poll: Token | None) -> Complement | None:
    """Return the result of a poll as a complement, or None: "the poll put her on 31 percent"."""
    if poll is None or poll.lower_ not in POLL.words or token.lower_ not in POLL.results:
        return None
    return Complement("obj", right_of(token))


def _author(paper: Token) -> set[int]:
    """Return the author of a text: Hale in "Hale issued a statement saying that"; otherwise the text itself."""
    verb = paper.head
    author = subject_of(verb) if paper.dep_ == "dobj" and verb.lower_ in HAVING else None
    return noun_phrase(author if author is not None else paper)


def _found(token: Token, entry: Entry | None, source: frozenset[int], said: Complement) -> Found | None:
    cue = _cue(token, said.cue)
    content = frozenset(said.content) - cue - source
    if not content:
        return None
    lemma = entry.lemma if entry else token.lower_
    kind = entry.frames.get(said.frame, "say") if entry else "say"
    odds = log_odds(token, kind, said.frame, source)
    return Found(cue, token.i, source, content, lemma, kind, said.frame, odds)


def _withholding(token: Token, entry: Entry) -> Found | None:
    """Return the attribution of "declined to say how many", or None: two verbs form one cue, and nothing is claimed."""
    act, source = child(token, "xcomp"), subject_of(token)
    spoken = verbs().get(act.lower_) if act is not None else None
    if act is None or source is None or spoken is None or "say" not in spoken.frames.values():
        return None
    held = frozenset(noun_phrase(source))
    cue = _cue(token, frozenset({act.i, *(c.i for c in act.children if c.dep_ == "aux")}))
    content = frozenset(subtree(act)) - cue - held
    return Found(cue, token.i, held, content, entry.lemma, "say", "to", WITHHELD)


def _is_about_naming(token: Token) -> bool:
    """Return whether this is "asked not to be named", which has no content."""
    act = child(token, "xcomp")
    if act is None:
        return False
    if act.lower_ in {"remain", "stay", "be"}:
        return any(c.lower_ in {"anonymous", "unnamed"} for c in act.children)
    return act.lower_ in {"named", "identified", "quoted"} and child(act, "auxpass") is not None


def _is_withheld(token: Token) -> bool:
    """Return whether this is the second verb of "declined to say"."""
    head = verbs().get(token.head.lower_) if token.dep_ == "xcomp" else None
    return head is not None and head.lemma in REFUSALS


def _passive(token: Token, entry: Entry | None) -> Found | None:
    """Return the attribution of a passive verb, or None: "criticised by X", "believed to", "it was reported that"."""
    if entry is None:
        return None
    agent = agent_of(token)
    said = _passive_complement(token, entry, agent)
    if said is None:
        return None
    held = _agent_phrase(agent, entry) if agent is not None else set()
    return _found(token, entry, frozenset(held), said)


def _agent_phrase(agent: Token, entry: Entry) -> set[int]:
    """Return the agent without a prepositional complement of the verb: "accused by the union | of theft"."""
    held = noun_phrase(agent)
    for prep in agent.rights:
        if prep.dep_ == "prep" and prep.lower_ in entry.prepositions.get("obj_prep", ()) and prep.lower_ != "for":
            held -= subtree(prep)
    return held


def _passive_complement(token: Token, entry: Entry, agent: Token | None) -> Complement | None:
    """Return the complement of a passive verb, which includes its subject, or None."""
    frames = entry.frames.keys()
    clause, infinitive, prep = child(token, "ccomp"), child(token, "xcomp"), child(token, "prep")
    subject = child(token, "nsubjpass") or (token.head if token.dep_ == "acl" else None)
    patient = noun_phrase(subject) if subject is not None else set()
    if clause is not None and "that" in frames:
        return Complement("that", subtree(clause))
    if infinitive is not None and frames & {"obj_to", "that"}:
        return Complement("obj_to", patient | subtree(infinitive))
    if agent is not None and frames & AGENT_FRAMES:
        return Complement("obj", patient | subtree(agent) - _agent_phrase(agent, entry))
    if prep is not None and frames & {"obj_prep", "obj_as"} and _introduces(prep, entry):
        return Complement("obj_prep", patient | subtree(prep))
    return None


def _introduces(prep: Token, entry: Entry) -> bool:
    return prep.lower_ == "as" or prep.lower_ in entry.prepositions.get("obj_prep", frozenset())


def _cue(token: Token, extra: frozenset[int]) -> frozenset[int]:
    """Return the verb with its auxiliaries, negation and particle, and the adverbs among them."""
    cue = {token.i, *extra, *(c.i for label, c in children(token) if label in WITH_VERB)}
    first = min(cue)
    adverbs = {c.i for label, c in children(token) if label == "advmod" and first <= c.i < token.i}
    if token.i and token.nbor(-1).dep_ == "advmod" and token.nbor(-1).head == token:
        adverbs.add(token.i - 1)
    return frozenset(cue | adverbs)
