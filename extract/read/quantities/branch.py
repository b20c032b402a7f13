"""The branch of a sentence's tree on which a number stands: which phrases of place and time speak of it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from extract.read.quantities.syntax import Parse

if TYPE_CHECKING:
    from spacy.tokens import Token

VERBS = ("VB", "MD")
# Clauses of their own: what is said of the clause around them is not said in them.
OWN_CLAUSES = frozenset({"relcl", "acl", "ccomp", "parataxis"})
PAST = {"VBD", "VBN"}
NOUN_CLAUSES = frozenset({"relcl", "acl"})
SAME_TIME = frozenset({"when", "as", "while"})
NAME_PARTS = frozenset({"appos", "conj", "compound", "nmod"})


class Branch:
    """A number's way up to the root of its sentence; ``barred`` words end the way from a phrase to it."""

    def __init__(
        self, parse: Parse, number: tuple[int, int], barred: frozenset[str] = frozenset(), *, is_time: bool = False
    ) -> None:
        self._parse, self._barred, self._is_time = parse, barred, is_time
        self._path = _path(parse.head_of(*number))

    def holds(self, span: tuple[int, int]) -> bool:
        """Tell whether a phrase speaks of the number.

        What the phrase modifies, and all that it depends on, must stand above the number in the number's own clause;
        or the phrase stands in a clause about the counted thing: "40 people who died in Lisbon"; or it closes two
        clauses of one kind: "12 people were killed and 30 wounded in Lisk on Friday".
        """
        phrase = self._parse.head_of(*span)
        if phrase in self._path:
            return _says_where(self._path[self._path.index(phrase) - 1])
        modified = above = _modified(phrase)
        while phrase is not None and above is not None and above.lower_ not in self._barred:
            if above in self._path:
                return not self._leaves(self._path.index(above), phrase, modified)
            if above.head == above or not (self._may_pass(above) or self._is_of_thing(above) or _closes(phrase, above)):
                return False
            above = above.head
        return False

    def _may_pass(self, token: Token) -> bool:
        if token.dep_ == "advcl":
            return self._is_time and any(child.lower_ in SAME_TIME for child in token.lefts)
        is_verb = token.tag_.startswith(VERBS) and token.dep_ != "xcomp"  # "is thought to have died in Lisbon"
        return token.dep_ not in OWN_CLAUSES and not is_verb

    def _is_of_thing(self, clause: Token) -> bool:
        return clause.dep_ in NOUN_CLAUSES and clause.head in self._path[:2]

    def _leaves(self, at: int, phrase: Token, modified: Token | None) -> bool:
        """Tell whether the way from the number up to here leaves the clause in which the phrase stands."""
        steps = pairwise(self._path[: at + 1])
        return any(self._is_cut(token, above, phrase, above == modified) for token, above in steps)

    def _is_cut(self, token: Token, above: Token, phrase: Token, is_modified: bool) -> bool:
        """Tell a step up from a clause of its own; a day may be said outside: "said on Friday that 40 had left"."""
        if token.dep_ in OWN_CLAUSES:
            return not is_modified and not (self._is_time and token.dep_ == "ccomp")
        if token.dep_ == "advcl":
            return not self._is_time and any(child.dep_.startswith("nsubj") for child in token.lefts)
        if token.dep_ == "conj" and above.i < phrase.i < token.i:  # "is based in Baar and has 40 plants"
            return not (self._is_time and token.tag_ == above.tag_)
        return False


def _closes(phrase: Token, last: Token) -> bool:
    """Tell a phrase behind the last of two verbs of one tense that both tell of numbers: it speaks of both."""
    first = last.head
    is_pair = last.dep_ == "conj" and last.i < phrase.i and any(child.lower_ == "and" for child in first.rights)
    is_one_tense = first.tag_ == last.tag_ or {first.tag_, last.tag_} == PAST
    return is_pair and is_one_tense and any(token.like_num and token.i < phrase.i for token in last.subtree)


def _path(token: Token | None) -> list[Token]:
    """List a token and those above it, up to the root."""
    path = [] if token is None else [token]
    while path and path[-1].head != path[-1]:
        path.append(path[-1].head)
    return path


def _modified(phrase: Token | None) -> Token | None:
    """Give what a phrase modifies by its preposition, or without one: "last week", "the September figure"."""
    while phrase is not None and phrase.dep_ in NAME_PARTS:
        phrase = phrase.head
    if phrase is None or phrase.dep_ != "pobj":
        return None if phrase is None else phrase.head
    holder = phrase.head
    while holder.dep_ in ("prep", "pcomp", "conj") and holder.head.dep_ == "prep":
        holder = holder.head  # "out in Lisk", "in and around Lisk"
    return holder.head if holder.dep_ == "prep" else None


def _says_where(clause: Token) -> bool:
    """Tell the clause of "the hospital, where 31 patients remain", "in 1978, when 41 people drowned"."""
    return clause.dep_ in ("relcl", "advcl") and any(child.lower_ in ("where", "when") for child in clause.lefts)
