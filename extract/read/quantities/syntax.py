"""What a number measures and whose it is, by the dependency parse: for what rules over words cannot decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.read.quantities.changes import directions
from extract.read.quantities.drafts import Draft
from extract.read.quantities.tokens import Tokens

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
STEPS = 8  # longest way up the tree
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
UP = frozenset({"appos", "conj", "dep", "quantmod", "punct", "intj", "meta", "parataxis"})
CLAUSES = frozenset({"xcomp", "conj", "advcl", "pcomp", "ccomp", "dep", "prep"})
PAID_FOR = frozenset({"for", "on"})
PAYING = frozenset(
    {"pay", "paid", "pays", "paying", "spend", "spent", "spends", "spending", "charge", "charged", "charges"}
)


class Parse:
    """A sentence's parse, addressed by characters of the whole text."""

    def __init__(self, doc: Doc, start: int) -> None:
        self.doc, self.start = doc, start

    def head_of(self, start: int, end: int) -> Token | None:
        """Give the topmost token that begins between two characters."""
        inside = [t for t in self.doc if start <= t.idx + self.start < end]
        for token in inside:
            if token.head == token or not start <= token.head.idx + self.start < end:
                if token.dep_ not in ("punct", "quantmod", "advmod", "amod") or token.head == token:
                    return token
        return inside[-1] if inside else None

    def phrase(self, noun: Token) -> Span:
        """Give the characters of a noun with its own modifiers, without determiner."""
        first = noun.i
        for token in reversed(list(noun.lefts)):
            if token.dep_ in MODIFIERS and token.i == first - 1 and not token.like_num:
                first = token.left_edge.i if token.dep_ == "compound" else token.i
            elif not (token.dep_ == "punct" and token.text == "-"):
                break
            else:
                first = token.i
        while first < noun.i and (self.doc[first].dep_ in ("det", "poss", "punct") or self.doc[first].like_num):
            first += 1
        return self.start + self.doc[first].idx, self.start + noun.idx + len(noun)


def thing_and_subject(parse: Parse, tokens: Tokens, draft: Draft) -> tuple[Span | None, Span | None]:
    """Find what is measured and whose it is, as characters; None where the sentence does not say."""
    start, end = tokens.span(draft.first, draft.last)
    token = parse.head_of(start, end)
    if token is None:
        return None, None
    noun, owner = _governor(token, draft)
    return _spans(parse, noun, owner)


def subject_of(parse: Parse, start: int, end: int) -> Span | None:
    """Find who acts on the thing at these characters, or the noun that it belongs to."""
    token = parse.head_of(start, end)
    if token is None:
        return None
    if token.dep_ == "conj":
        token = token.head
    if token.dep_ in ("dobj", "attr", "oprd"):
        owner = subject(token.head)
    elif token.dep_ == "pobj" and token.head.head.tag_.startswith("NN"):
        owner = token.head.head
    else:
        return None
    return _spans(parse, owner, None)[0]


def _spans(parse: Parse, noun: Token | None, owner: Token | None) -> tuple[Span | None, Span | None]:
    found = [parse.phrase(t) if t is not None and t.tag_.startswith("NN") else None for t in (noun, owner)]
    return (found[0], found[1]) if found[0] != found[1] else (found[0], None)


def _governor(token: Token, draft: Draft) -> tuple[Token | None, Token | None]:
    """Climb from the number to the noun that it measures and to the subject."""
    for _ in range(STEPS):
        head = token.head
        if token.dep_ in SUBJECTS or head == token:
            return (subject(token), None) if token.tag_.startswith("VB") else (None, None)
        if head.tag_.startswith("VB") or head.pos_ == "AUX":
            return _of_verb(token, head)
        if token.dep_ == "pobj":
            if head.dep_ == "pcomp" or head.head.tag_.startswith("VB"):
                return _of_verb(token, head.head)
            token = head.head
            if token.tag_.startswith("NN") and token.lower_ not in directions() and not token.like_num:
                return token, _owner(token)
        elif head.tag_.startswith("NN") and not head.like_num and token.dep_ not in UP:
            if head.lower_ not in directions():
                return head, _owner(head)
            token = head
        else:
            token = head
        inside = _inside(token)
        if inside is not None:
            return inside, None
    return None, None


def _inside(token: Token) -> Token | None:
    """Find what a noun of change is about: "a rise in prices"."""
    if token.lower_ not in directions():
        return None
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in ("in", "of", "for"):
            for noun in child.children:
                if noun.dep_ == "pobj" and not noun.like_num and noun.tag_.startswith("NN"):
                    return noun
    return None


def _owner(noun: Token) -> Token | None:
    for child in noun.lefts:
        if child.dep_ == "poss" and child.tag_.startswith("NN"):
            return child
    return subject(noun.head) if noun.dep_ in ("dobj", "attr") else None


def _of_verb(token: Token, verb: Token) -> tuple[Token | None, Token | None]:
    actor = subject(verb)
    if verb.lower_ in PAYING:
        for child in verb.rights:
            if child.dep_ == "prep" and child.lower_ in PAID_FOR:
                for noun in child.children:
                    if noun.dep_ == "pobj" and noun.tag_.startswith("NN"):
                        return noun, actor
    moved = [c for c in verb.rights if c.dep_ == "dobj" and c.tag_.startswith("NN") and c != token and not c.like_num]
    if moved and token.i > moved[0].i and not any(c.like_num for c in moved[0].children):
        return moved[0], actor
    return actor, None


def subject(verb: Token) -> Token | None:
    """Find the subject of a verb, through coordination, control and relative clauses."""
    for _ in range(STEPS):
        for child in verb.lefts:
            if child.dep_ in SUBJECTS:
                if child.tag_ in ("WDT", "WP", "DT") and verb.dep_ in ("relcl", "acl"):
                    return verb.head
                return child
        if verb.dep_ in ("relcl", "acl"):
            return verb.head
        if verb.dep_ not in CLAUSES or verb.head == verb:
            return None
        verb = verb.head
    return None
