"""What a number says of its thing: a level, a change and its direction, a rate, a plan, a limit or a rank."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import cast

from extract.read.quantities.draft import Draft
from extract.read.quantities.numerals import read_numeral
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import AUXILIARIES, DETERMINERS, PREPOSITIONS, STOPS, VERBS, is_past, word_list
from extract.types import Direction

CLAUSE = 40  # tokens of the longest clause that is searched for a plan
WINDOW = 9  # tokens that may stand between a word of change and its number
BREAKS = frozenset({";", ":", "but", "while", "when", "who", "which", "where", "because", "whereas", "although"})
PLAN_VERBS = word_list("plan_verbs")
DIRECT_PLANS = word_list("direct_plans")
FORESEEN = frozenset({"expected", "planned", "forecast", "projected", "proposed", "due", "predicted", "scheduled"})
NEAR = 7  # words between a verb of planning and the number that it governs
LEADS = frozenset({"a", "an", "the", "annual", "average", "further", "another", "total", "record", '"', "“"})
COMPARED: dict[str, Direction] = {"more": "up", "fewer": "down", "less": "down", "higher": "up", "lower": "down"}
EARLIER = word_list("earlier")
STAFF = word_list("staff")
NO_VERBS = DETERMINERS | PREPOSITIONS | {"be"}
# Verbs that "up" and "down" give a direction and no object: "ticked up 2%", "closed down 40 points".
MOVED = word_list("moved")
# After a modal: "would have cost", "could see two men".
NOT_AHEAD = frozenset({"have", "see", "hear", "not", "find", "afford", "name"})
OBJECT_VERBS = frozenset(
    {"make", "set", "take", "pick", "put", "eat", "use", "give", "build", "open", "buy", "free", "bring"}
)
TAKING_OBJECTS = frozenset({"shot", "opened", "closed", "pushed"})  # "shot down 38 drones" but "shot up 20%"
REACHED = frozenset({"below", "above", "under"})
DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
PENAL = frozenset(
    {"prison", "jail", "jailed", "imprisonment", "sentence", "sentences", "sentenced", "bars", "faces", "face"}
)
GIVING_REASON = frozenset({"due", "owing", "thanks", "according", "prior", "next", "close", "compared", "addition"})
MODALS = frozenset({"could", "might", "will", "would", "shall", "won't", "’ll", "'ll"})
LIMIT_WORDS = word_list("limit_words")
REACH_WORDS = frozenset({"range", "inside", "away", "deep", "beyond", "from"})


@cache
def directions() -> dict[str, tuple[Direction, str]]:
    """Map each word of change to its direction and kind (``directions.tsv``)."""
    lines = (Path(__file__).parent / "directions.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {word: (cast(Direction, direction), kind) for word, direction, kind in rows}


def speaks_of_change(tokens: Tokens) -> bool:
    """Tell whether any word of a sentence is a word of change."""
    table = directions()
    return any(word in table and word not in ("more", "less", "fewer", "lower", "higher") for word in tokens.words)


def _lead(tokens: Tokens, i: int) -> int:
    """Step back over what may stand between a preposition and its number: "by an annual 4%", "by “about a third"."""
    while tokens.word(i) in LEADS:
        i -= 1
    return i


def set_change(tokens: Tokens, draft: Draft, previous_end: int) -> None:
    """Set role, direction and aspect ``change``; ``previous_end`` is where the number before it ends."""
    if draft.multiple and draft.number_last == draft.number_first + 1 and tokens.word(draft.number_first)[-1] in "dgs":
        _mark(draft, "by", directions().get(tokens.word(draft.number_first), ("up", ""))[0])
        return
    if draft.role is not None:
        found = _word_before(tokens, draft.first, 0)
        _mark(draft, draft.role, found[0] if found else None)
        return
    _change_after(tokens, draft) or _change_before(tokens, draft, previous_end)


def _mark(draft: Draft, role: str, direction: Direction | None) -> None:
    draft.role = cast("object", role)  # type: ignore[assignment]
    draft.direction = None if role == "from" else direction  # an old level goes nowhere
    draft.aspect = "level" if role == "from" else "change"


def _change_after(tokens: Tokens, draft: Draft) -> bool:
    """Read "a 5% rise", "3 points lower", "20% more"."""
    step = _step_in_time(tokens, draft)
    if step is not None:
        _mark(draft, "by", step)
        return True
    for k in range(draft.last, min(draft.last + 3, len(tokens))):
        word = tokens.word(k)
        entry = directions().get(word)
        if entry is not None and _moves_number(tokens, draft, k, entry[1]):
            _mark(draft, "by", entry[0])
            return True
        if word in STOPS or not word.isalpha():
            return False
    return False


def _step_in_time(tokens: Tokens, draft: Draft) -> Direction | None:
    """Read "four more than on Sunday", "310,000 fewer than a year earlier"; a gap to another thing is no change."""
    k = draft.last
    if tokens.word(k) not in COMPARED or tokens.word(k + 1) != "than":
        return None
    is_time = any(is_earlier(word) for word in tokens.words[k + 2 : k + 7])
    return COMPARED[tokens.word(k)] if is_time else None


def is_earlier(word: str) -> bool:
    """Tell a word of an earlier time; a year is one."""
    return word in EARLIER or (len(word) == 4 and word.isdigit() and "1800" <= word <= "2099")


def _moves_number(tokens: Tokens, draft: Draft, k: int, kind: str) -> bool:
    word = tokens.word(k)
    has_unit = draft.unit is not None
    if kind == "noun" or word in ("cut", "cuts", "hike"):
        return has_unit and tokens.word(k + 1) not in ("by", "to")
    if word in ("up", "down"):
        return (
            has_unit
            and k == draft.last
            and tokens.word(k + 1) in ("from", "on", "in", "", ".", ",", "compared", "since")
        )
    if word in ("higher", "lower"):
        return has_unit and k == draft.last
    if word in ("more", "less", "fewer") and k == draft.last and tokens.word(k + 1) != "than":
        is_share = draft.unit is not None and draft.unit.dimension == "ratio"
        return is_share or word == "fewer"  # "4 percent more tax", "150 fewer jobs"
    return False


def _change_before(tokens: Tokens, draft: Draft, previous_end: int) -> bool:
    i = draft.first
    if tokens.word(i - 1) == "+" and tokens.glued(i):
        draft.first = i - 1
        _mark(draft, "by", "up")
        return True
    i = _lead(tokens, i - 1) + 1
    if tokens.words[i - 3 : i] == ["a", "total", "of"]:
        i -= 3  # "cut it by a total of 75 points"
    preposition = tokens.word(i - 1)
    if preposition == "to" and tokens.word(i - 2) in GIVING_REASON:
        return False
    if preposition in ("by", "to", "from", "of"):
        found = _word_before(tokens, i - 1, previous_end if preposition not in ("to", "by") else 0)
        if found is None or (preposition == "of" and found[1] != i - 2):
            return False
        if draft.unit is not None and draft.unit.dimension == "time" and "," in tokens.words[found[1] : i]:
            return False  # "improved within a month, and by six months was gone"
        if found[2] == "side" and tokens.word(found[1]) in ("more", "less", "fewer", "higher"):
            return False
        _mark(draft, "by" if preposition in ("by", "of") else preposition, found[0])
        return True
    return _directly_after(tokens, draft)


def _directly_after(tokens: Tokens, draft: Draft) -> bool:
    """Read "rose 5%", "up 3%", "down some 200"."""
    word = tokens.word(draft.first - 1)
    k = draft.first - 1
    if word in ("a", "another", "an") or (word.endswith("ly") and len(word) > 4):
        k -= 1
        word = tokens.word(k)
    entry = directions().get(word)
    if entry is None:
        return False
    direction, kind = entry
    if word in ("up", "down") and _is_particle(tokens, k, draft):
        return False
    if tokens.words[draft.last : draft.last + 1] and draft.unit is None and _is_of_staff(tokens, draft):
        _mark(draft, "by", direction)
        return True
    if word in ("lost", "lose", "loses", "losing", "raised", "raise", "gained", "gain") and draft.unit is None:
        return False
    if kind == "act" and (draft.unit is None or draft.unit.dimension != "ratio"):
        return False
    if kind == "side" and word not in ("up", "down"):
        return False
    if kind == "noun" and draft.unit is None:
        return False
    bound = tokens.words[draft.first : draft.number_first]  # "fell below 40 percent" tells where to
    _mark(draft, "to" if kind == "verb" and not REACHED.isdisjoint(bound) else "by", direction)
    return True


def _is_particle(tokens: Tokens, k: int, draft: Draft) -> bool:
    """Tell "makes up 22 percent", "shot down 38 drones", where the verb takes an object, from "shares ended up 2%"."""
    verb = tokens.word(k - 1)
    if verb in MOVED or verb in AUXILIARIES or directions().get(verb) is not None:
        return draft.unit is None and draft.kind == "cardinal" and verb in TAKING_OBJECTS
    return verb in VERBS or is_past(verb) or verb.endswith("ing") or verb in OBJECT_VERBS


def _is_of_staff(tokens: Tokens, draft: Draft) -> bool:
    """Tell "lost 41,000 jobs", by which a total changes, from "lost 41,000 soldiers"."""
    reach = 6 if tokens.word(draft.last) == "of" else 2  # "cutting 840 of its 3,200 jobs"
    return any(word in STAFF for word in tokens.words[draft.last : draft.last + reach])


def _word_before(tokens: Tokens, i: int, stop: int) -> tuple[Direction, int, str] | None:
    """Find the nearest word of change left of token ``i``."""
    for k in range(i - 1, max(stop - 1, i - 1 - WINDOW, -1), -1):
        word = tokens.word(k)
        if word in BREAKS:
            return None
        entry = directions().get(word)
        if entry is not None and word not in ("more", "less", "fewer"):
            return entry[0], k, entry[1]
    return None


def set_aspect(tokens: Tokens, draft: Draft) -> None:
    """Set the aspect where it is no plain level; a plan outweighs a limit, a limit a change, a change a rate."""
    if draft.kind == "ordinal":
        draft.aspect = "rank"
    elif draft.role == "from":
        draft.aspect = "level"  # of its own time
    elif not _is_given(tokens, draft) and _is_planned(tokens, draft):
        draft.aspect = "plan"
    elif _is_limit(tokens, draft):
        draft.aspect = "limit"
    elif draft.per is not None and draft.aspect == _plain_aspect(draft):
        draft.aspect = "rate"


def _is_given(tokens: Tokens, draft: Draft) -> bool:
    """Tell "the two sides will meet", "two of eleven branches will close": how many there are is no plan."""
    before = tokens.word(draft.first - 1)
    of_whole = before == "of" and read_numeral(tokens, draft.first - 2) is not None
    return draft.is_counted and draft.kind == "cardinal" and draft.role is None and (before in DEFINITE or of_whole)


def _plain_aspect(draft: Draft) -> str:
    """Give the aspect that a denominator outweighs: "gain 300 metres a day" is a rate, "up 5% a year" a change."""
    is_ratio = draft.unit is not None and draft.unit.dimension == "ratio"
    return "change" if draft.role == "by" and not is_ratio else "level"


def _is_expected(tokens: Tokens, draft: Draft) -> bool:
    """Read "5,000 people are expected", "200 jobs could be created"."""
    for k in range(draft.last, min(draft.last + NEAR, len(tokens) - 1)):
        word, after = tokens.word(k), tokens.word(k + 1)
        if word in ("is", "are") and after in FORESEEN:
            return True
        if (word in ("could", "would") and after == "be") or (word == "will" and after not in ("have", "not")):
            return True
        if word in AUXILIARIES or word in BREAKS or not word[:1].isalpha():
            return False
    return False


def _is_planned(tokens: Tokens, draft: Draft) -> bool:
    if _is_expected(tokens, draft):
        return True
    for k in range(draft.first - 1, max(draft.first - 1 - CLAUSE, -1), -1):
        word = tokens.word(k)
        if word == "that" and tokens.word(k + 1) not in ("to", "by", "from"):
            return False
        to_have = word == "have" and tokens.word(k - 1) == "to"
        if word in BREAKS or (word in (",", "after", "had", "has", "have", "was", "were") and not to_have):
            return False
        if word in MODALS and tokens.word(k + 1) not in NOT_AHEAD:
            return True
        if word in PLAN_VERBS and "to" in tokens.words[k : draft.first]:
            return True
        between = tokens.words[k + 1 : draft.first]
        if word in DIRECT_PLANS and len(between) < NEAR and AUXILIARIES.isdisjoint(between):
            return True
        if word == "to" and tokens.word(k - 1) in ("is", "are", "set") and tokens.word(k + 1) not in NO_VERBS:
            return True
    return False


def _is_limit(tokens: Tokens, draft: Draft) -> bool:
    near = tokens.words[max(0, draft.first - 5) : draft.first]
    if any(word in LIMIT_WORDS for word in near):
        return True
    if "must" in near and draft.bound in ("at_least", "at_most"):
        return True
    dimension = draft.unit.dimension if draft.unit is not None else None
    if draft.bound == "at_most" and dimension in ("money", "time") and not PENAL.isdisjoint(tokens.words):
        return dimension == "time" or tokens.word(draft.first - 1) in ("of", "fine", "fines")
    if dimension == "age" and draft.bound in ("less_than", "more_than", "at_most", "at_least"):
        return True
    if dimension == "time" and ("can" in near or tokens.words[draft.last : draft.last + 3] == ["at", "a", "time"]):
        return True
    if draft.unit is None or draft.unit.dimension != "length":
        return False
    reach = tokens.word(draft.last) in REACH_WORDS or "range" in near
    return reach and (draft.bound == "at_most" or "range" in near)
