"""Named features of a number and of the phrases that are candidates for its thing, subject or place."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from functools import cached_property

from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.words import word_list
from extract.read.english.slots.scene import Number, Phrase, Scene, Span
from extract.read.english.slots.tree import SentenceTree
from extract.read.english.speech import forms
from extract.read.english.words import MONTHS, WEEKDAYS
from extract.types import Attribution

SPEAKING = forms("telling")
MEASURING = word_list("measuring")
PEOPLE = word_list("people")
PLACE_NOUNS = word_list("place_nouns")
OWNING = frozenset("its their his her our my your whose".split())
PLURAL_PRONOUNS = frozenset("they their we these those them us".split())
PERSONAL = frozenset("he she his her i who my me him".split())
RELATIVE = frozenset({"relcl", "acl"})
NO_TOKEN = -1
POINTING = frozenset("this that these those".split())
HAVING = frozenset("has have had having with own owns owned boasts includes include included".split())
BEING = frozenset("is are was were be been being am 's 're".split())
HOLLOW = frozenset(
    "number numbers figure figures total sum tally share proportion amount average rate level percentage majority "
    "maximum minimum record percent cent quarter half third part rest range value chance odds".split()
)
CALENDAR = frozenset(
    "year years month months week weeks day days hour hours minute minutes decade decades century quarter time times "
    "period season night morning weekend today yesterday tomorrow".split()
) | MONTHS | WEEKDAYS  # fmt: skip
UNIT_WORDS = frozenset("percent cent dollars miles points".split())
POSSIBLE_WHOLES = frozenset("the its their all".split())
PREPOSITIONS = {
    word: k
    for k, word in enumerate(
        "of in for from by with to at on among per about over after since between into under as than "
        "near across around inside outside within throughout along above below behind beyond toward towards through "
        "off beneath past onto against during before".split(),
        1,
    )
}
OTHER_PREPOSITION = 50
DIMENSIONS = {None: 0, "ratio": 1, "money": 2, "time": 3, "age": 4, "length": 5, "area": 6, "mass": 7, "temperature": 8}
NAMED_DIMENSIONS = frozenset({None, "ratio", "money", "time", "age"})
ASPECTS = {"level": 0, "change": 1, "rate": 2, "plan": 3, "limit": 4, "rank": 5}
ROLES = {None: 0, "from": 1, "to": 2, "by": 3}
KINDS = {"": 0, "person": 1, "organisation": 2, "place": 3}
DEPS = {
    label: k
    for k, label in enumerate(
        "ROOT nsubj nsubjpass csubj dobj attr oprd dative pobj poss compound nmod amod nummod appos conj "
        "npadvmod advmod "
        "acl relcl advcl ccomp xcomp pcomp prep agent dep quantmod punct det parataxis case".split(),
        1,
    )
}
NEAR = 60  # characters; numbers closer than this form a list
FAR = 2000  # characters at which a distance is capped

NUMBER = tuple(
    "n_dimension n_counted n_ratio n_money n_time n_age n_measure n_multiple n_ordinal n_scale n_aspect "
    "n_change n_role "
    "n_hyphen n_noun_after n_dep n_head n_prep n_order n_of n_quoted n_depth n_verb n_verb_speaks n_verb_has n_verb_is "
    "n_verb_measures n_verb_moves n_passive n_before_verb n_length n_percent_of n_share n_controls n_names n_phrases "
    "n_pronoun_acts n_owner n_list n_root_verb n_noun_after_is_name n_bracket n_start".split()
)
PHRASE = tuple(
    "none same gap paragraphs name pronoun owning plural kind person organisation place common dep subject passive "
    "object pobj attr poss inside appos conj root prep det_the det_a det_own det_that numbered direction hollow "
    "calendar "
    "people unit_word speaker is_source words modifiers count seen first_sentence last_subject capital "
    "verb_speaks sentence place_noun placed opens part_of_name in_lead".split()
)
RELATION = tuple(
    "after distance rank rank_names between verbs commas up_n up_c lca_verb lca_noun lca_prep n_side c_side "
    "above below "
    "clauses_n clauses_c nouns_n host host_poss host_of host_in host_part host_subject host_rel control "
    "control2 control3 "
    "verb_object verb_agent verb_prep verb_subject n_subject next counted in_counted owner antecedent "
    "order_subject counted_poss counted_of counted_part counted_subject is_counted other_side bracket "
    "colon_before numbers_between nearer_numbers rank_places under_host under_counted under_subject prep_of_number "
    "prep_of_verb2 source_holds places_here".split()
)
NAMES = NUMBER + PHRASE + RELATION


def dep(tree: SentenceTree, i: int) -> int:
    """Return the code of a token's dependency label; 0 for labels that are not in ``DEPS``."""
    return DEPS.get(tree.deps[i], 0)


class View:
    """A number's position in its dependency tree: its host noun, the verbs above it and their subjects."""

    def __init__(self, scene: Scene, number: Number) -> None:
        self.scene, self.number, self.tree = scene, number, number.tree
        tree, draft = self.tree, number.draft
        self.path = tree.paths[number.head]
        self.depth = {token: k for k, token in enumerate(self.path)}
        self.inside = scene.number_tokens(number.sentence)
        self.verbs = [i for i in self.path if tree.verbal[i]]
        self.verb = self.verbs[0] if self.verbs else NO_TOKEN
        self.host = self._host()
        self.controls = self._controls()
        self.counted: Span | None = number.tokens.span(*draft.thing) if draft.thing else None
        self.owner: Span | None = number.tokens.span(*draft.owner) if draft.owner else None
        self.counted_head = tree.head_of(*self.counted) if self.counted else None

    def _host(self) -> int | None:
        """Return the host noun: the one after the number's "of", or else the first one above it and below any verb."""
        tree = self.tree
        of = [c for c in tree.children[self.number.head] if tree.deps[c] == "prep" and tree.lower[c] == "of"]
        counted = [noun for c in of for noun in tree.children[c] if tree.deps[noun] == "pobj" and tree.nominal[noun]]
        return counted[0] if counted else self._noun_above()

    def _noun_above(self) -> int | None:
        """Return the first noun above the number; None if a verb comes first."""
        tree = self.tree
        for i in self.path:
            if i in self.inside:
                continue
            if tree.verbal[i]:
                return None
            if tree.nominal[i]:
                return i
        return None

    def _controls(self) -> list[int]:
        """Return the subjects of the clauses above the number, innermost first."""
        found: list[int] = []
        for verb in self.verbs:
            who = self.tree.subject(verb)
            if who is not None and who not in found and who not in self.depth:
                found.append(who)
        return found

    @cached_property
    def noun_depths(self) -> list[int]:
        """Return how many steps above the number each noun on its path is, nearest first."""
        return [k for k, i in enumerate(self.path) if self.tree.nominal[i] and i not in self.inside]

    @cached_property
    def relative(self) -> set[int]:
        """Return the nouns whose relative clauses contain the number."""
        return {self.tree.heads[i] for i in self.path if self.tree.deps[i] in RELATIVE}

    @cached_property
    def speakers(self) -> list[Span]:
        """Return the offsets of the sources whose cue is in the number's sentence."""
        cued = self.scene.cued_in(self.number.sentence, self.number.sentence + 1)
        return [(a.source_start, a.source_end) for a in cued if a.source_start is not None and a.source_end is not None]

    @cached_property
    def holders(self) -> list[Attribution]:
        """Return the attributions whose content contains the number."""
        n = self.number
        return [
            a for a in self.scene.holding(n.sentence) if any(s <= n.start and n.end <= e for s, e in a.content_spans)
        ]

    @cached_property
    def sources(self) -> list[Span]:
        """Return the offsets of the sources whose content contains the number."""
        return [
            (a.source_start, a.source_end)
            for a in self.holders
            if a.source_start is not None and a.source_end is not None
        ]

    @cached_property
    def place_distances(self) -> list[int]:
        """Return the distances in characters from the number to the places of its sentence, nearest first."""
        return sorted(abs(at - self.number.start) for at in self.scene.places(self.number.sentence))

    @cached_property
    def own(self) -> list[float]:
        """Return the number's own features, in the order of ``NUMBER``."""
        return [*_of_draft(self), *_of_tree(self), *_of_sentence(self)]


def _of_draft(view: View) -> list[float]:
    """Return the features from the quantity draft, the first part of ``NUMBER``."""
    d = view.number.draft
    dimension = d.unit.dimension if d.unit is not None else None
    return [
        DIMENSIONS.get(dimension, 9),
        d.is_counted,
        dimension == "ratio",
        dimension == "money",
        dimension == "time",
        dimension == "age",
        dimension not in NAMED_DIMENSIONS,
        d.multiple,
        d.kind == "ordinal",
        d.kind == "scale",
        ASPECTS[d.aspect],
        d.aspect == "change",
        ROLES[d.role],
        d.unit_hyphenated,
        d.thing is not None,
    ]


def _of_tree(view: View) -> list[float]:
    """Return the features from the number's position in the tree, the second part of ``NUMBER``."""
    n, tree = view.number, view.tree
    verb = view.verb
    word = tree.lower[verb] if view.verbs else ""
    auxiliaries = {tree.deps[c] for c in tree.children[verb]} if view.verbs else set()
    head = tree.heads[n.head]
    governor = 3 if tree.verbal[head] else 2 if tree.nominal[head] else 1 if tree.tags[head] in ("IN", "TO") else 0
    return [
        dep(tree, n.head),
        governor,
        PREPOSITIONS.get(tree.lower[head], 0) if tree.deps[n.head] == "pobj" else 0,
        n.order,
        n.of,
        view.scene.doc.quotes.at(n.start) is not None,
        len(view.path),
        view.depth.get(verb, 0),
        word in SPEAKING,
        word in HAVING,
        word in BEING,
        word in MEASURING,
        word in directions(),
        "auxpass" in auxiliaries,
        n.head < verb,
    ]


def _of_sentence(view: View) -> list[float]:
    """Return the features from the number's sentence, the last part of ``NUMBER``."""
    n, tree = view.number, view.tree
    after = tree.first_at(n.end)
    phrases = view.scene.phrases(n.sentence)
    follows_of = after < len(tree) and tree.lower[after] == "of"
    return [
        tree.end - tree.start,
        follows_of,
        follows_of and after + 1 < len(tree) and tree.lower[after + 1] in POSSIBLE_WHOLES,
        len(view.controls),
        view.scene.names_in(n.sentence),
        len(phrases),
        bool(view.controls) and tree.tags[view.controls[0]] in ("PRP", "DT"),
        view.owner is not None,
        view.scene.number_spans[n.sentence].beginning(n.start - NEAR + 1, n.start + NEAR),
        tree.has_root_verb,
        after < len(tree) and tree.tags[after].startswith("NNP"),
        n.start > tree.start and tree.text[n.start - tree.start - 1] == "(",
        n.start - tree.start,
    ]


NO_PHRASE = [1.0] + [0.0] * (len(PHRASE) - 1)
NO_RELATION = [0.0] * len(RELATION)
# Indices of the features in ``PHRASE`` that depend on the number's sentence and not on the phrase alone.
ASKED = tuple(PHRASE.index(name) for name in ("same", "gap", "paragraphs", "is_source", "sentence"))


def asked_features(scene: Scene, phrase: Phrase, sentence: int, sources: Sequence[Span]) -> tuple[float, ...]:
    """Return the ``ASKED`` features of a phrase for a number in ``sentence``, whose sources are at ``sources``."""
    return (
        sentence == phrase.sentence,
        sentence - phrase.sentence,
        scene.paragraphs[sentence] - scene.paragraphs[phrase.sentence],
        bool(sources) and any(a <= phrase.start < b for a, b in sources),
        sentence,
    )


def phrase_features(scene: Scene, phrase: Phrase) -> list[float]:
    """Return the ``PHRASE`` features of a phrase, with zeros for those in ``ASKED``."""
    tree = scene.tree(phrase.sentence)
    i = at = phrase.head
    label, tag, lower, kids = tree.deps[i], tree.tags[i], tree.lower[i], tree.children[i]
    role = label
    while role == "conj" and tree.heads[at] != at:  # a conjunct has the role of the first one
        at = tree.heads[at]
        role = tree.deps[at]
    governor = tree.heads[at]
    return [
        0,
        0,
        0,
        0,
        *_of_name(phrase, tag, lower),
        *_of_role(tree, role, label, governor),
        *_of_determiner(tree, kids, scene.number_tokens(phrase.sentence)),
        lower in directions(),
        lower in HOLLOW,
        lower in CALENDAR,
        lower in PEOPLE,
        lower in UNIT_WORDS,
        tree.lower[governor] in SPEAKING and role == "nsubj",
        0,
        phrase.end - phrase.start,
        sum(1 for c in kids if tree.deps[c] in ("compound", "amod", "nmod")),
        math.log1p(scene.counts.get(lower, 0)),
        scene.names.get(phrase.key, 0),
        phrase.sentence == 0,
        role in ("nsubj", "nsubjpass") and tree.deps[governor] == "ROOT",
        tree.words[i][:1].isupper(),
        tree.lower[governor] in SPEAKING,
        0,
        lower in PLACE_NOUNS,
        tree.is_placed(i),
        opens(tree, i),
        tree.is_noun(governor) and label in ("compound", "nmod") and tree.words[governor][:1].isupper(),
        lower in scene.lead,
    ]


def opens(tree: SentenceTree, i: int) -> bool:
    """Return whether the phrase of a head noun opens the sentence, including a preposition before it."""
    first = min(i, tree.children[i][0]) if tree.children[i] else i
    if tree.deps[i] == "pobj":
        first = min(first, tree.heads[i])
    return first <= tree.first_word


def _of_name(phrase: Phrase, tag: str, lower: str) -> list[float]:
    """Return the features of a phrase's name, number and kind."""
    return [
        phrase.is_name,
        phrase.is_pronoun,
        lower in OWNING,
        tag.endswith("S") or lower in PLURAL_PRONOUNS,
        KINDS[phrase.kind],
        phrase.kind == "person" or lower in PERSONAL,
        phrase.kind == "organisation",
        phrase.kind == "place",
        not phrase.is_name and not phrase.is_pronoun,
    ]


def _of_role(tree: SentenceTree, role: str, label: str, governor: int) -> list[float]:
    """Return the features of a phrase's syntactic role; ``label`` is its own, ``role`` that of its coordination."""
    return [
        DEPS.get(role, 0),
        role in ("nsubj", "csubj"),
        role == "nsubjpass",
        role == "dobj",
        role == "pobj",
        role in ("attr", "oprd"),
        label == "poss",
        label in ("compound", "nmod", "amod"),
        label == "appos",
        label == "conj",
        label == "ROOT",
        PREPOSITIONS.get(tree.lower[governor], OTHER_PREPOSITION) if role == "pobj" else 0,
    ]


def _of_determiner(tree: SentenceTree, kids: Sequence[int], numbers: Set[int]) -> list[float]:
    """Return whether a phrase has a definite, indefinite, possessive or demonstrative determiner, or a number."""
    labels = [tree.deps[c] for c in kids]
    determiners = [tree.lower[c] for c, label in zip(kids, labels, strict=True) if label == "det"]
    return [
        "the" in determiners,
        "a" in determiners or "an" in determiners,
        "poss" in labels,
        not POINTING.isdisjoint(determiners),
        not numbers.isdisjoint(kids),
    ]
