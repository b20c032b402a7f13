"""What a number measures and whose it is, by the dependency parse: for what rules over words cannot decide."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extract.read.quantities.changes import directions
from extract.read.quantities.draft import Draft
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.units import HYPHENS, Unit
from extract.read.quantities.words import MONTHS, WEEKDAYS, word_list

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

Span = tuple[int, int]
STEPS = 8  # longest way up the tree
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
AUXILIARY = frozenset({"aux", "auxpass"})
MODIFIERS = frozenset({"compound", "amod", "nmod"})
LOOSE = frozenset({"punct", "quantmod", "advmod", "amod"})
UP = frozenset({"appos", "conj", "dep", "quantmod", "punct", "intj", "meta", "parataxis"})
OBJECTS = frozenset({"dobj", "attr", "oprd"})
FINITE = frozenset({"VBD", "VBN", "VBZ", "VBP"})
RELATIVES = frozenset({"WDT", "WP", "DT"})
# Prepositions that lead to what the subject acts upon, and from a measure to whose it is.
ACTED_ON = frozenset({"at", "into", "upon", "against"})
BELONGING = frozenset({"of", "in", "at"})
WORD_BEFORE = re.compile(r"[^\W_]+$")
WORD_AFTER = re.compile(r"[^\W_]+")
CALENDAR = MONTHS | WEEKDAYS | {"quarter", "year", "month", "week", "day"}  # when, not what
PRONOUN_TAGS = frozenset({"PRP", "DT"})
EMPTY_NOUNS = frozenset({"average", "total", "maximum", "minimum", "record", "percent", "cent", "rate", "level"})
# Nouns that only say that there is a number: "the number of officers".
HOLLOW_NOUNS = frozenset({"number", "numbers", "figure", "figures", "total", "sum", "tally", "share", "proportion"})
# Prepositions by which a verb takes what its subject has: "accounts for 12 deaths", "faced with two claims".
GOVERNED = frozenset({"for", "with", "of"})
CLAUSES = frozenset({"xcomp", "conj", "advcl", "pcomp", "dep", "prep"})
# Prepositions of a length or an extent that says nothing of what the subject measures.
LASTING = frozenset({"for", "over", "in", "within", "after", "during", "until", "with", "on", "through"})
MEASURING = word_list("measuring")
# Whoever says a number is its source, not its subject.
SPEAKING = word_list("speaking")
# Prepositions of the state that a subject is in: "lies at a depth of 18 metres".
STANDING = frozenset({"at"})
LOSING = frozenset({"lose", "loses", "lost", "losing"})
COSTING = frozenset({"cost", "costs", "costing"})  # "costs the city $4m": whom it costs is not what is measured
LOSING = frozenset({"lost", "lose", "loses", "losing", "gained", "gain", "gains"})
STEP_WORDS = frozenset({"%", "percent", "cent", "points", "point"})
LARGE = frozenset({"million", "billion", "trillion", "m", "bn", "thousand"})
NOTHING = frozenset(
    {"percent", "cent", "nobody", "everybody", "anybody", "somebody", "everyone", "anyone", "someone", "quarter"}
)
SELLING = frozenset({"sold", "sell", "sells", "selling", "retails", "goes", "went", "listed", "fetched", "traded"})
# Who moves by a length is measured by nothing: the length is how far.
MOVING = frozenset(
    {
        "move",
        "moves",
        "moved",
        "moving",
        "advance",
        "advances",
        "advancing",
        "advanced",
        "travel",
        "travels",
        "travelled",
        "traveled",
    }
    | {"walk", "walks", "walked", "sail", "sails", "sailed", "drive", "drives", "drove", "fly", "flies", "flew"}
)
# Verbs whose preposition leads to what the money is for: "paid $5m for the house", "adds $5m to the bill".
TARGETS = dict.fromkeys(
    ("pay", "paid", "pays", "paying", "spend", "spent", "spends", "spending", "charge", "charged", "charges"),
    frozenset({"for", "on"}),
) | dict.fromkeys(("add", "adds", "added", "adding"), frozenset({"to"}))


class Parse:
    """A sentence's parse, addressed by characters of the whole text."""

    def __init__(self, doc: Doc, start: int) -> None:
        self.doc, self.start = doc, start
        self.tokens = list(doc)
        self.starts = [start + token.idx for token in self.tokens]

    def head_of(self, start: int, end: int) -> Token | None:
        """Give the topmost token that begins between two characters."""
        inside = self.tokens[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        for token in inside:
            is_top = not start <= token.head.idx + self.start < end and token.dep_ not in LOOSE
            if is_top or token.head == token:
                return token
        return inside[-1] if inside else None

    def acts(self, start: int, end: int) -> bool:
        """Tell a phrase that is the subject of a verb."""
        head = self.head_of(start, end)
        return head is not None and head.dep_ in SUBJECTS and head.tag_.startswith(("NN", "PRP"))

    def is_past(self, start: int, end: int) -> bool:
        """Tell what the verb above a phrase says in the past tense: "held 40", "was held", but not "has held"."""
        token = self.head_of(start, end)
        while token is not None and token.head != token and not token.tag_.startswith(("VB", "MD")):
            token = token.head
        if token is None:
            return False
        return token.tag_ == "VBD" or any(child.dep_ in AUXILIARY and child.tag_ == "VBD" for child in token.lefts)

    @property
    def is_order(self) -> bool:
        """Tell an order: "Add two eggs", a sentence whose first verb has neither subject nor auxiliary."""
        root = next((token for token in self.tokens if token.head == token and not token.is_punct), None)
        told = SUBJECTS | AUXILIARY | {"expl"}
        return root is not None and root.tag_ == "VB" and not any(child.dep_ in told for child in root.lefts)

    def word_after(self, at: int) -> int:
        """Give the first character of the first word at or after a character."""
        words = (k for k in range(bisect_left(self.starts, at), len(self.tokens)) if not self.tokens[k].is_punct)
        return next((self.starts[k] for k in words), self.start + len(self.doc.text))

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
        return self._whole_words(self.doc[first].idx, noun.idx + len(noun))

    def _whole_words(self, start: int, end: int) -> Span:
        """Widen to the ends of words that the parse may cut: "e-minis", "Ben-Moshe", "5G network"."""
        text = self.doc.text
        while start and text[start - 1].isalnum():
            start -= 1
        while start > 1 and text[start - 1] in HYPHENS and text[start - 2].isalpha():
            start = WORD_BEFORE.search(text, 0, start - 1).start()  # type: ignore[union-attr]
        while end + 1 < len(text) and text[end] in HYPHENS and text[end + 1].isalnum():
            end = WORD_AFTER.match(text, end + 1).end()  # type: ignore[union-attr]
        return self.start + start, self.start + end


def thing_and_subject(
    parse: Parse, tokens: Tokens, draft: Draft, numbers: Sequence[Span]
) -> tuple[Span | None, Span | None]:
    """Find what is measured and whose it is, as characters; None where the sentence does not say.

    ``numbers`` are the characters of all quantities of the sentence, which are no things.
    """
    own = tokens.span(draft.first, draft.last)
    token = parse.head_of(*own)
    if token is None:
        return None, None
    if draft.multiple and token.tag_.startswith("VB"):  # "the risk of a stroke doubled"
        noun = subject(token)
        return _spans(parse, noun, _possessor(noun), numbers)
    noun, owner = _governor(parse, token, numbers)
    if noun is not None and owner is None and draft.unit is not None and _acts_with_money(noun, draft.unit):
        noun, owner = None, noun
    return _spans(parse, noun or _empty_noun(parse, token, numbers), owner, numbers)


def _acts_with_money(noun: Token, unit: Unit) -> bool:
    """Tell "Acme lost $3m", who acts, from "the shares lost $3", which have shrunk."""
    is_name = noun.tag_.startswith("NNP") and noun.dep_ in SUBJECTS and unit.dimension == "money"
    entry = directions().get(noun.head.lower_)
    return is_name and entry is not None and (entry[1] == "act" or noun.head.lower_ in LOSING)


def subject_of(parse: Parse, tokens: Tokens, draft: Draft, numbers: Sequence[Span]) -> Span | None:
    """Find who acts on the counted thing of a draft, or the noun that it belongs to."""
    assert draft.thing_span is not None
    token = parse.head_of(*draft.thing_span)
    while token is not None and (token.dep_ == "conj" or _is_part_of_number(parse, tokens, draft, token)):
        token = token.head if token.dep_ == "conj" else token.head.head
    if token is None:
        return None
    holder = next((child for child in token.lefts if _is_holder(child) and child.tag_.startswith("NN")), None)
    if holder is not None:  # "the line's seven ferries"
        owner: Token | None = holder
    elif token.dep_ == "appos" and token.head.tag_.startswith("NNP"):  # "Anna Holt, a 35-year-old driver"
        owner = token.head
    elif token.dep_ in OBJECTS or token.dep_ == "npadvmod":
        owner = subject(token.head)
    elif token.dep_ == "pobj" and (draft.role is not None or token.head.lower_ in ACTED_ON):
        owner = _actor_upon(token.head.head)
    elif token.dep_ == "pobj":
        owner = _whole(token.head)
    else:
        return None
    return _spans(parse, None, owner, numbers)[1]


def _whole(preposition: Token) -> Token | None:
    """Find what has or is made of the counted thing: "a ferry with 40 cabins", "a jury of five", "is short of 30"."""
    above, word = preposition.head, preposition.lower_
    if above.tag_.startswith("NN"):
        is_empty = above.lower_ in HOLLOW_NOUNS or above.lower_ in EMPTY_NOUNS
        # One whole has parts, many do not: "the parents of 30 pupils", "talks with 7 firms".
        return above if word in ("with", "of") and not above.tag_.endswith("S") and not is_empty else None
    if above.dep_ == "acomp" and word == "of":
        return subject(above.head)
    if above.tag_.startswith("VB") and word in GOVERNED and above.lower_ not in SPEAKING:
        return subject(above)
    return None


def lasting_subject(parse: Parse, tokens: Tokens, draft: Draft, numbers: Sequence[Span]) -> Span | None:
    """Find who or what does something for a length of time: "shops will close for 15 minutes"."""
    token = parse.head_of(*tokens.span(draft.first, draft.last))
    for _ in range(STEPS):
        if token is None or token.head == token or token.dep_ in SUBJECTS:
            return None
        token = token.head
        if token.tag_.startswith(("VB", "MD")):
            return _spans(parse, None, subject(token), numbers)[1]
        if token.tag_.startswith("NN"):
            return None
    return None


def _actor_upon(head: Token) -> Token | None:
    """Find who acts where a preposition leads to the thing: "looked at two files", "an inquiry into three banks"."""
    if head.tag_.startswith("NN"):
        return subject(head.head) if head.dep_ in OBJECTS else head
    return subject(head) if head.tag_.startswith("VB") else None


def _is_part_of_number(parse: Parse, tokens: Tokens, draft: Draft, token: Token) -> bool:
    """Tell the people in "dozens of people", which hang on the number."""
    start, end = tokens.span(draft.first, draft.last)
    return token.dep_ == "pobj" and start <= token.head.head.idx + parse.start < end and token.head.head.i < token.i


def _antecedent(token: Token | None) -> Token | None:
    """Step from "it" or "they" in what somebody says to who says so: "Corvane says it will invest".

    Only where number agrees and nobody else is named between the two; else the pronoun stays.
    """
    if token is None or token.lower_ not in ("it", "they") or token.dep_ not in SUBJECTS:
        return token
    clause = token.head
    while clause.dep_ in ("conj", "xcomp"):
        clause = clause.head
    if clause.dep_ != "ccomp" or clause.head.lower_ not in SPEAKING:
        return token
    speaker = next((child for child in clause.head.children if child.dep_ == "nsubj" and child.i < token.i), None)
    if speaker is None or not speaker.tag_.startswith("NN"):
        return token
    return speaker if speaker.tag_.endswith("S") == (token.lower_ == "they") else token


def _spans(
    parse: Parse, noun: Token | None, owner: Token | None, numbers: Sequence[Span]
) -> tuple[Span | None, Span | None]:
    first = _span(parse, noun, numbers)
    owner = _antecedent(owner)
    second = _pronoun(parse, owner) or _span(parse, owner, numbers)
    return (first, second) if first != second else (first, None)


def _pronoun(parse: Parse, token: Token | None) -> Span | None:
    """Give the characters of a pronoun that stands for somebody: a subject as written, never a thing."""
    if token is None or token.tag_ not in ("PRP", "PRP$") or token.dep_ == "expl":
        return None
    return parse.start + token.idx, parse.start + token.idx + len(token)


def _span(parse: Parse, token: Token | None, numbers: Sequence[Span]) -> Span | None:
    """Give a noun's phrase; of a number that stands as a noun ("74 percent of voters") what it counts."""
    if token is not None and _is_within(parse, token, numbers):
        token = _object_of(token)
    elif token is not None and token.lower_ in HOLLOW_NOUNS:
        token = _object_of(token) or token
    if token is None or token.lower_ in NOTHING or not _is_nominal(token) or _is_within(parse, token, numbers):
        return None
    token = _named(token)
    start, end = parse.phrase(token)
    # "a 5.2 litre V10 engine": the unit stands where the engine's own modifiers do.
    start = next((parse.word_after(stop) for first, stop in numbers if start < stop <= end), start)
    return (start, max(end, _end_of_model(parse, token, numbers))) if start < end else None


def _end_of_model(parse: Parse, token: Token, numbers: Sequence[Span]) -> int:
    """Give the end of the number that belongs to a name: "FTSE 100", "Boeing 737"; 0 where none does."""
    after = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if after is None or not token.tag_.startswith("NNP") or not after.is_digit or _is_within(parse, after, numbers):
        return 0
    return parse.start + after.idx + len(after)


def _named(token: Token) -> Token:
    """Give the name that stands beside a common noun: "the mayor, Ana Diaz", "Ana Diaz, the mayor"."""
    if token.tag_.startswith("NNP"):
        return token
    if token.dep_ == "appos" and token.head.tag_.startswith("NNP"):
        return token.head
    names = (child for child in token.rights if child.dep_ == "appos" and child.tag_.startswith("NNP"))
    return next(names, token)


def _is_within(parse: Parse, token: Token, numbers: Sequence[Span]) -> bool:
    return any(start <= token.idx + parse.start < end for start, end in numbers)


def _object_of(token: Token) -> Token | None:
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((noun for noun in child.children if noun.dep_ == "pobj"), None)
    return None


def _is_nominal(token: Token) -> bool:
    """Whether a token heads a noun phrase; a number does in a name such as "S&P 500"."""
    if token.dep_ in SUBJECTS and token.tag_ not in PRONOUN_TAGS and token.tag_ != "CD":
        return token.tag_ not in RELATIVES and token.tag_ not in FINITE
    return token.tag_.startswith("NN") or (token.tag_ == "CD" and any(t.dep_ in MODIFIERS for t in token.lefts))


def _governor(parse: Parse, token: Token, numbers: Sequence[Span]) -> tuple[Token | None, Token | None]:
    """Climb from the number to the noun that it measures and to the subject."""
    for _ in range(STEPS):
        head = token.head
        if head.lower_ == "worth":
            return _of_worth(head)
        if token.dep_ in SUBJECTS or head == token:
            return _of_root(parse, token, numbers)
        if head.tag_.startswith(("VB", "MD")):
            return _of_verb(token, head)
        if token.dep_ == "pobj":
            if head.head.tag_.startswith(("VB", "MD")):
                return _of_verb(token, head.head)
            token = head.head
            if token.tag_.startswith("NN") and _is_thing(parse, token, numbers):
                return token, _owner(token)
        elif head.tag_.startswith("NN") and token.dep_ not in UP and _is_thing(parse, head, numbers):
            return head, _owner(head)
        else:
            token = head
        inside = _inside(token)
        if inside is not None and _is_thing(parse, inside, numbers):
            return inside, None
    return None, None


def _of_root(parse: Parse, token: Token, numbers: Sequence[Span]) -> tuple[Token | None, Token | None]:
    """Find what is measured where the way up ends: at a verb, or in "total cost: $5" at a noun."""
    if token.tag_.startswith("VB"):
        thing = subject(token)
        return thing, _possessor(thing)
    is_noun = token.head == token and token.tag_.startswith("NN")
    return (token, _possessor(token)) if is_noun and _is_thing(parse, token, numbers) else (None, None)


def _empty_noun(parse: Parse, token: Token, numbers: Sequence[Span]) -> Token | None:
    """Find a noun that says little, where nothing says more: "a rate of 5.5 percent"."""
    for _ in range(STEPS):
        token = token.head
        if token.tag_.startswith(("VB", "MD")):
            return None
        if token.lower_ in EMPTY_NOUNS and not _is_within(parse, token, numbers):
            return token
    return None


def _of_worth(worth: Token) -> tuple[Token | None, Token | None]:
    """Find what is worth a sum: "the grant is worth $8m", "a grant worth $8m"."""
    own = next((child for child in worth.lefts if child.dep_ in SUBJECTS), None)
    if own is not None:
        return own, None
    noun = worth.head if worth.head.tag_.startswith("NN") else subject(worth.head)
    return noun, _owner(noun) if noun is not None else None


def _is_thing(parse: Parse, token: Token, numbers: Sequence[Span]) -> bool:
    return (
        not _is_within(parse, token, numbers)
        and not token.like_num
        and token.lower_ not in directions()
        and (token.lower_ not in EMPTY_NOUNS or any(child.dep_ == "compound" for child in token.lefts))
        and token.lower_ not in CALENDAR
    )


def _inside(token: Token) -> Token | None:
    """Find what a noun of change is about: "a rise in prices", "a price rise"."""
    if token.lower_ not in directions():
        return None
    for child in token.children:
        if child.dep_ == "compound" and child.tag_.startswith("NN") and child.i == token.i - 1:
            return child  # "a 5% pay rise"
        if child.dep_ == "prep" and child.lower_ in ("in", "of", "for"):
            for noun in child.children:
                if noun.dep_ == "pobj" and not noun.like_num and noun.tag_.startswith("NN"):
                    return noun
    return None


def _owner(noun: Token) -> Token | None:
    for child in noun.lefts:
        if _is_holder(child):
            return child
    if noun.dep_ == "pobj" and noun.head.lower_ in STANDING and noun.head.head.tag_.startswith("VB"):
        return subject(noun.head.head)
    return subject(noun.head) if noun.dep_ in OBJECTS else None


def _is_holder(token: Token) -> bool:
    """Tell the firm of "the firm's sales" from the month of "September's figure"."""
    return token.dep_ == "poss" and token.tag_.startswith(("NN", "PRP")) and token.lower_ not in CALENDAR


def _possessor(noun: Token | None) -> Token | None:
    """Find whose measure a subject is: "the firm's sales rose", "shares in Acme fell"."""
    for child in noun.children if noun is not None else ():
        if _is_holder(child):
            return child
        if child.dep_ == "prep" and child.lower_ in BELONGING:
            for owner in child.children:
                if owner.dep_ == "pobj" and _named(owner).tag_.startswith("NNP") and owner.ent_type_ != "DATE":
                    return owner
    return None


def _of_verb(token: Token, verb: Token) -> tuple[Token | None, Token | None]:
    """Find the thing and the subject of a number that a verb governs: "the fee is $5", "the firm offered $5"."""
    actor = subject(verb)
    target = _object_of_preposition(verb, TARGETS.get(verb.lower_, frozenset()))
    if target is not None:
        return target, actor
    if verb.lower_ in MOVING or (verb.lower_ in LOSING and token.dep_ in OBJECTS and not _is_step(token)):
        return None, actor
    if verb.lower_ in COSTING:
        return actor, None
    if verb.lower_ in SPEAKING:
        if actor is not None and actor.dep_ == "nsubjpass" and token.dep_ == "pobj":
            return actor, _possessor(actor)  # "the chance is put at 10 percent"
        actor = None
    moved = _moved(token, verb)
    if moved is not None:
        return moved, actor
    if verb.lower_ in SELLING and token.dep_ == "pobj" and token.head.lower_ in ("for", "at"):
        return actor, None  # "the flat sold for $500,000"
    return (None, actor) if _is_done(token, verb) else (actor, _possessor(actor))


def _is_step(token: Token) -> bool:
    """Tell "lost 3 percent", "lost $1.20", a step of what is measured, from "lost 35,000", "lost £22.6m"."""
    words = [word.lower_ for word in token.subtree]
    return any(word in STEP_WORDS for word in words) or not any(word in LARGE or "," in word[:-1] for word in words)


def _moved(token: Token, verb: Token) -> Token | None:
    """Find the object before a number: "cut the rate by 5%"."""
    for noun in verb.rights:
        is_noun = noun.dep_ == "dobj" and noun.tag_.startswith("NN") and noun.i < token.i
        if is_noun and not any(child.like_num for child in noun.children):
            return noun
    return None


def _is_done(token: Token, verb: Token) -> bool:
    """Tell an act of the subject, or how long it took, from a measure of it."""
    if token.dep_ == "pobj":
        return token.head.lower_ in LASTING
    return token.dep_ in OBJECTS and verb.lower_ not in MEASURING and verb.lower_ not in directions()


def _object_of_preposition(verb: Token, prepositions: frozenset[str]) -> Token | None:
    """Find what is paid for, or added to: "paid $5m for the house", "adds $5m to the bill"."""
    for child in verb.rights:
        if child.dep_ in ("prep", "dative") and child.lower_ in prepositions:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.tag_.startswith("NN"):
                    return noun
    return None


def subject(verb: Token) -> Token | None:
    """Find the subject of a verb, through coordination, control and relative clauses; a pronoun stays one."""
    for _ in range(STEPS):
        found = next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)
        if found is not None and found.tag_ in RELATIVES and verb.dep_ in ("relcl", "acl"):
            return _placed(verb.head, found.lower_ == "who")
        if found is not None:
            return found
        if verb.dep_ in ("relcl", "acl"):
            noun = verb.head
            if verb.tag_ != "VB" or noun.dep_ not in OBJECTS:  # "announced plans to cut": who announced
                return noun
            verb = noun.head
            continue
        if verb.dep_ not in CLAUSES or verb.head == verb:
            return None
        verb = verb.head
    return None


def _placed(noun: Token, is_person: bool) -> Token:
    """Step from where to what is there: "prices in Orle, which had risen", "Ana Diaz, from Orle, who had risen"."""
    is_place = noun.dep_ == "pobj" and noun.tag_ == "NNP"
    there = noun.head.head
    if is_place and is_person and noun.head.lower_ in ("from", "in", "at", "of"):
        return there if there.tag_.startswith("NN") else noun
    return there if is_place and noun.head.lower_ in ("in", "at") and there.tag_ in ("NN", "NNS") else noun
