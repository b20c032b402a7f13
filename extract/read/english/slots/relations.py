"""Named features of the relation between a number and a phrase: their paths in the tree and the words between them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extract.read.english.slots.features import FAR, NO_RELATION, OTHER_PREPOSITION, PREPOSITIONS, View, dep
from extract.read.english.slots.scene import Phrase
from extract.read.english.slots.tree import OBJECTS, SUBJECTS


def relation_features(view: View, phrase: Phrase, rank: int, name_rank: int) -> list[float]:
    """Return the ``RELATION`` features of a number and a phrase.

    ``rank`` and ``name_rank`` are the numbers of phrases and of names between them. For a phrase of another sentence
    only the distances are set.
    """
    if phrase.sentence != view.number.sentence:
        values = list(NO_RELATION)
        values[1] = min(FAR, view.number.start - phrase.end)
        values[2] = view.number.sentence - phrase.sentence
        return values
    middle = _between(view, phrase)
    return [
        *_of_distance(view, phrase, rank, name_rank, middle),
        *_of_paths(view, phrase.head),
        *_of_host(view, phrase.head),
        *_of_verb(view, phrase.head),
        *_of_words(view, phrase, rank, middle),
        *_of_counted(view, phrase, middle),
        *_of_company(view, phrase),
    ]


def between(before: Sequence[int], middle: range) -> int:
    """Return how many counted tokens are in the range ``middle``, given the cumulative counts ``before``."""
    return before[middle.stop] - before[middle.start] if middle.stop > middle.start else 0


def _between(view: View, phrase: Phrase) -> range:
    """Return the range of the tokens between the number and a phrase."""
    n, tree = view.number, view.tree
    first, last = (n.end, phrase.start) if phrase.start >= n.end else (phrase.end, n.start)
    return range(tree.first_at(first), tree.first_at(last))


def _of_distance(view: View, phrase: Phrase, rank: int, name_rank: int, middle: range) -> list[float]:
    """Return the distance between number and phrase in characters, phrases, names, verbs and separators."""
    n, tree = view.number, view.tree
    return [
        phrase.start >= n.end,
        max(0, phrase.start - n.end if phrase.start >= n.end else n.start - phrase.end),
        rank,
        name_rank,
        rank,
        between(tree.verbs_before, middle),
        between(tree.separators_before, middle),
    ]


def meet(view: View, i: int) -> tuple[int, int, int]:
    """Return the lowest common ancestor of a token and the number, and the steps to it from number and token."""
    path, depth = view.tree.paths[i], view.depth
    for k, token in enumerate(path):
        if token in depth:
            return token, depth[token], k
    return path[-1], len(view.path), len(path) - 1  # a sentence may have several roots


def path_features(view: View, i: int, met: tuple[int, int, int]) -> list[float]:
    """Return features of the paths of the number and a token to their common ancestor.

    They are the steps, the kind of the ancestor, the labels just below it, and the clause boundaries on either side.
    """
    tree, path = view.tree, view.tree.paths[i]
    top, up_n, up_c = met
    return [
        up_n,
        up_c,
        tree.verbal[top],
        tree.nominal[top],
        dep(tree, view.path[up_n - 1]) if up_n else 0,
        dep(tree, path[up_c - 1]) if up_c else 0,
        tree.clauses_left(view.number.head, up_n),
        tree.clauses_left(i, up_c),
    ]


def _of_paths(view: View, i: int) -> list[float]:
    """Return the features of the paths in the tree to the common ancestor."""
    met = meet(view, i)
    up_n, up_c, verb, noun, n_side, c_side, clauses_n, clauses_c = path_features(view, i, met)
    return [
        up_n,
        up_c,
        verb,
        noun,
        view.tree.tags[met[0]] in ("IN", "TO"),
        n_side,
        c_side,
        up_c == 0,
        up_n == 0,
        clauses_n,
        clauses_c,
        bisect_left(view.noun_depths, up_n),
    ]


def _of_host(view: View, i: int) -> list[float]:
    """Return the relations of a phrase to the number's host noun; zeros if it has none."""
    tree, host = view.tree, view.host
    if host is None:
        return [0.0] * 7
    label, head = tree.deps[i], tree.heads[i]
    over = tree.heads[head] if label == "pobj" else None
    is_of = tree.lower[head] == "of"
    return [
        i == host,
        label == "poss" and head == host,
        over == host and is_of,
        over == host and not is_of,
        head == host and label in ("compound", "nmod", "amod", "appos"),
        label in SUBJECTS and head == tree.heads[host],
        tree.deps[host] == "pobj" and tree.heads[tree.heads[host]] == i,
    ]


def _of_verb(view: View, i: int) -> list[float]:
    """Return the relations of a phrase to the verbs above the number."""
    tree = view.tree
    verb = view.verb
    label, head = tree.deps[i], tree.heads[i]
    governed = label == "pobj" and tree.heads[head] == verb
    return [
        i in view.controls[:1],
        i in view.controls[1:2],
        i in view.controls[2:],
        head == verb and label in OBJECTS,
        governed and tree.lower[head] == "by",
        PREPOSITIONS.get(tree.lower[head], OTHER_PREPOSITION) if governed else 0,
        head == verb and label in SUBJECTS,
        tree.deps[view.number.head] in SUBJECTS or (view.host is not None and tree.deps[view.host] in SUBJECTS),
    ]


def _of_words(view: View, phrase: Phrase, rank: int, middle: range) -> list[float]:
    """Return whether a phrase is adjacent, counted by the number, its owner, or the head of its relative clause.

    The last feature is the rank of the phrase among the subjects above the number; 0 for others.
    """
    n, tree, i = view.number, view.tree, phrase.head
    counted, owner = view.counted, view.owner
    return [
        phrase.start >= n.end and rank == 0 and len(middle) <= 3,
        counted is not None and counted[1] - 1 <= tree.ends[i] <= counted[1],
        counted is not None and counted[0] <= tree.starts[i] < counted[1],
        owner is not None and owner[0] <= tree.starts[i] < owner[1],
        i in view.relative,
        view.controls.index(i) + 1 if i in view.controls else 0,
    ]


def _of_counted(view: View, phrase: Phrase, middle: range) -> list[float]:
    """Return the relations of a phrase to the counted noun.

    The last two features are whether a bracket precedes the phrase, and whether a colon separates it from the number.
    """
    tree, i, thing = view.tree, phrase.head, view.counted_head
    bracket = phrase.start > tree.start and tree.text[phrase.start - tree.start - 1] == "("
    colon = between(tree.colons_before, middle) > 0
    if thing is None:
        return [0, 0, 0, 0, 0, 0, bracket, colon]
    label, head = tree.deps[i], tree.heads[i]
    over = tree.heads[head] if label == "pobj" else None
    return [
        label == "poss" and (head == thing or thing in tree.paths[head]),
        over == thing and tree.lower[head] in ("of", "in", "at", "for", "by"),
        head == thing and label in ("compound", "nmod", "amod", "appos"),
        label in SUBJECTS and head in tree.paths[thing],
        i == thing,
        1 + (phrase.start < tree.starts[thing]),
        bracket,
        colon,
    ]


def _of_company(view: View, phrase: Phrase) -> list[float]:
    """Return features of the context: other numbers and places nearby, and the phrases that contain this one."""
    n = view.number
    first, last = (n.end, phrase.start) if phrase.start >= n.end else (phrase.end, n.start)
    spans = view.scene.number_spans[n.sentence]
    gap = max(0, last - first)
    is_itself = max(n.start - phrase.end, phrase.start - n.end) < gap
    return [
        spans.inside(first, last),
        spans.touching(phrase.start - gap, phrase.end + gap) - is_itself,
        bisect_left(view.place_distances, abs(phrase.start - n.start)),
        *_of_holders(view, phrase.head),
        bool(view.sources) and any(a <= phrase.start < b for a, b in view.sources),
        len(view.place_distances),
    ]


def _of_holders(view: View, i: int) -> list[float]:
    """Return whether the number's host, counted noun or subject contains the phrase, and how it attaches to verbs."""
    tree = view.tree
    above = tree.paths[i][1:]
    over = tree.heads[tree.heads[i]] if tree.deps[i] == "pobj" else None
    return [
        view.host in above,
        view.counted_head in above,
        bool(view.controls) and view.controls[0] in above,
        over == view.number.head,
        over is not None and over in view.verbs[1:],
    ]
