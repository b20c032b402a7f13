"""Changes: whether a number is the size of a change or its new or old level, and the change's direction."""

from __future__ import annotations

from functools import cache

from extract.calendar import MONTH_NAMES, WEEKDAY_NAMES
from extract.read.english.quantities.bringing import BREAKS, LONGEST_TAKEN, brings_total, direction_of_bringer
from extract.read.english.quantities.directions import FIRMER, PHRASAL, directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.moves import PAST, is_led, is_place, is_yearly, step_of_verb, verb_of_pace
from extract.read.english.quantities.number_words import HYPHENS
from extract.read.english.quantities.results import ROLES, is_result, swing
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import RATIO
from extract.read.english.quantities.words import TRANSPARENT, word_list
from extract.read.english.words import AUXILIARIES, PRONOUNS, STOPS, VERBS, is_past
from extract.types import ChangeRole, Direction

WINDOW = 9  # most tokens between a word of change and its number
DEFINITE = frozenset({"the", "its", "their", "his", "her"})
LEADS = frozenset({
    "a", "an", "the", "annual", "annualised", "annualized", "average", "further", "another", "total", "record", '"', "“"
})  # fmt: skip
COMPARED: dict[str, Direction] = {
    **{
        word: "up" for word in ("more", "higher", "dearer", "bigger", "larger", "longer", "heavier", "taller", "faster")
    },
    **{word: "down" for word in ("fewer", "less", "lower", "cheaper", "smaller", "shorter", "lighter", "slower")},
}
EARLIER = word_list("earlier") | {name.lower() for name in (*MONTH_NAMES, *WEEKDAY_NAMES)}
STAFF = word_list("staff")
# Verbs whose "up" and "down" are a direction, not a particle with an object: "ticked up 2%", "closed down 40 points".
MOVED = word_list("moved")
OBJECT_VERBS = frozenset(
    {"make", "set", "take", "pick", "put", "eat", "use", "give", "build", "open", "buy", "free", "bring"}
)
TAKING_OBJECTS = frozenset({"shot", "opened", "closed", "pushed"})  # "shot down 38 drones" but "shot up 20%"
LOOSE_ARTICLES = frozenset({"a", "an", "another"})
REACHED = frozenset({"below", "above", "under"}) | PAST
GIVING_REASON = frozenset({"due", "owing", "thanks", "according", "prior", "next", "close", "compared", "addition"})
# Verbs of change that also take objects, and nouns of steps: "sank two places".
TRANSITIVE_TOO = word_list("transitive_too")
STEPS = word_list("steps")
PLAIN_GAINS = frozenset({"raised", "raise", "gained", "gain"})
FORECASTS = word_list("forecasts")
# Transitive verbs that move a figure: "took the firm from 30 employees to 1,100".
TAKING = word_list("taking_figures")
MOVES_OF_MARKETS = frozenset({"ratio", "points", "money"})
TRADED = frozenset({"at", "against", "on", "to", "versus", "", ".", ","})
GOING = word_list("moved_to") - {"came", "coming", "driven", "brought"} | {"go", "goes", "move", "moves"}
# Words after a distance: "sank 12 miles off the cape", "fell 40 metres behind".
DISTANCES = frozenset({
    "off", "from", "away", "behind", "ahead", "below", "above", "short", "outside", "inside", "north",
    "south", "east", "west", "into", "down", "deep"
})  # fmt: skip
WAYS = word_list("ways")
LONGEST_OBJECT = 4  # most words of "its quarterly dividend"
POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my"})
COMPARED_WITH = frozenset({"from", "on", "compared", "since"})
CLOSED_UP = COMPARED_WITH | {"in", "", ".", ","}
CLOSED_AT = CLOSED_UP | {"at", "and", "but", "after", "by", "while", "for", ";", ")"}
VERBAL_NOUNS = frozenset({"cut", "cuts", "hike", "raise", "boost", "lift"})  # "a 5% cut"
TIME_NOUNS = frozenset({"year", "month", "quarter", "week", "day"})


@cache
def _words_of_change() -> frozenset[str]:
    return frozenset(directions()) - {"more", "less", "fewer", "lower", "higher"}


def speaks_of_change(tokens: Tokens) -> bool:
    """Return whether a sentence has a word of change; "went from" and "took the firm from" count as one."""
    if tokens.holds(_words_of_change()):
        return True
    return tokens.holds(GOING | TAKING) and any(
        (word in GOING and "from" in tokens.words[k + 1 : k + 3])
        or (word in TAKING and "from" in tokens.words[k + 2 : k + 2 + LONGEST_TAKEN])
        for k, word in enumerate(tokens.words)
    )


def _lead(tokens: Tokens, i: int) -> int:
    """Return the index before the modifiers of a number after a preposition: "by an annual 4%", "by “about a third"."""
    while tokens.word(i) in LEADS or (tokens.word(i).endswith("ly") and len(tokens.word(i)) > 4) or _adjusts(tokens, i):
        i -= 1
    return i


def _adjusts(tokens: Tokens, i: int) -> bool:
    """Return whether token ``i`` is a modifier: "to a seasonally adjusted 220,000", "from an initial 30 miles"."""
    word = tokens.word(i)
    k = i - 1 - (tokens.word(i - 1).endswith("ly") and len(tokens.word(i - 1)) > 4)
    return tokens.word(k) in ("a", "an") and (is_past(word) or word in ("initial", "previous", "prior", "earlier"))


def set_change(tokens: Tokens, draft: Draft, previous_end: int) -> None:
    """Set the role, direction and aspect ``change``; ``previous_end`` is the index after the previous number."""
    if draft.is_party:
        return
    if _is_verb_of_multiple(tokens, draft):
        mark(draft, "by", directions().get(tokens.word(draft.number_first), ("up", ""))[0])
    elif draft.role is not None:
        found = _word_before(tokens, draft.first, 0)
        mark(draft, draft.role, found[0] if found else _direction_of_values(draft))
    elif not _is_length_of_time(draft):
        _change_after(tokens, draft) or _change_before(tokens, draft, previous_end)


def _direction_of_values(draft: Draft) -> Direction | None:
    """Return the direction from the old level to the new one: "went from 3 to 9"; None where they do not compare."""
    old = draft.change_from
    if old is None or old.low == draft.low or (old.unit is not draft.unit and None not in (old.unit, draft.unit)):
        return None
    return "up" if draft.low > old.low else "down"


def _is_verb_of_multiple(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a multiple is a verb: "doubled", "tripling", "halves"."""
    is_word = draft.multiple and draft.number_last == draft.number_first + 1
    return is_word and tokens.word(draft.number_first)[-1] in "dgs"


def _is_length_of_time(draft: Draft) -> bool:
    """Return whether a number is an attributive duration: "rose to a two-week high"."""
    return draft.unit is not None and draft.unit.dimension == "time" and draft.unit_hyphenated


def mark(draft: Draft, role: ChangeRole, direction: Direction | None) -> None:
    """Set a number's role, direction and aspect: the size of a change, its new level or its old level."""
    draft.role = role
    draft.direction = None if role == "from" else direction  # an old level has no direction
    draft.aspect = "level" if role == "from" else "change"


def _change_after(tokens: Tokens, draft: Draft) -> bool:
    """Mark a number with a word of change after it: "a 5% rise", "a 3% year-on-year fall", "3 points lower"."""
    step = _step_in_time(tokens, draft)
    if step is not None:
        mark(draft, "by", step)
        return True
    first = _after_comparison(tokens, draft.last)
    for k in range(first, min(first + 3, len(tokens))):
        word = tokens.word(k)
        entry = (FIRMER[word], "side") if word in FIRMER else directions().get(word)
        if entry is not None and _moves_number(tokens, draft, k, entry[1]):
            mark(draft, "by", entry[0])
            return True
        if word in STOPS or not word.isalpha():
            return False
    return False


def _after_comparison(tokens: Tokens, k: int) -> int:
    """Return the index after "year-on-year" or "month over month" at token ``k``; ``k`` without one."""
    words = [tokens.word(j) for j in range(k, k + 5) if tokens.word(j) not in HYPHENS]
    if words[1:2] in (["on"], ["over"]) and words[0] in TIME_NOUNS and words[2:3] == words[:1]:
        return k + 3 + 2 * (tokens.word(k + 1) in HYPHENS)
    return k


def _step_in_time(tokens: Tokens, draft: Draft) -> Direction | None:
    """Return the direction of "four more than on Sunday"; None for a difference from another thing, not in time."""
    k = draft.last
    if tokens.word(k) not in COMPARED or tokens.word(k + 1) != "than":
        return None
    if tokens.word(k) not in ("more", "fewer", "less") and _compares_times(tokens, k + 2):
        return None
    is_time = any(is_earlier(word) for word in tokens.words[k + 2 : k + 7])
    return COMPARED[tokens.word(k)] if is_time else None


def _compares_times(tokens: Tokens, k: int) -> bool:
    """Return whether a state is compared with another one, "than before the war", which marks no change."""
    k += 2 * (tokens.word(k) in PRONOUNS and tokens.word(k + 1) in AUXILIARIES)  # "lower than they were before"
    return tokens.word(k) == "before" and not any(is_earlier(word) for word in tokens.words[k + 1 : k + 4])


def is_earlier(word: str) -> bool:
    """Return whether a word denotes an earlier time, such as a year."""
    return word in EARLIER or (len(word) == 4 and word.isdecimal() and "1800" <= word <= "2099")


def _moves_number(tokens: Tokens, draft: Draft, k: int, kind: str) -> bool:
    word, after = tokens.word(k), tokens.word(k + 1)
    if draft.unit is None:
        return word == "fewer" and k == draft.last and after != "than"  # "150 fewer jobs"
    if kind == "noun" or word in VERBAL_NOUNS:
        return after not in ("by", "to")
    return k == draft.last and not is_place(tokens, draft, k) and _is_side(draft, word, after)


def _is_side(draft: Draft, word: str, after: str) -> bool:
    """Return whether a word gives the direction ("3% up from May", "4 percent lower"), not "4 percent more than"."""
    if word in ("up", "down"):
        if draft.dimension in MOVES_OF_MARKETS:  # "ended 1.3% down at $9,415"
            return after in CLOSED_AT
        return after in (COMPARED_WITH if draft.dimension == "length" else CLOSED_UP)  # "74 metres down in the pit"
    if word in FIRMER:
        return draft.dimension in MOVES_OF_MARKETS and after in TRADED
    is_step = word in ("higher", "lower", "fewer") or (word in ("more", "less") and draft.dimension == "ratio")
    return is_step and after != "than"


def _change_before(tokens: Tokens, draft: Draft, previous_end: int) -> bool:
    i = draft.first
    if tokens.word(i - 1) == "+" and tokens.glued(i):
        draft.first = i - 1
        mark(draft, "by", "up")
        return True
    i = _before_amount(tokens, i)
    if tokens.word(i - 1) == "to" and tokens.word(i - 2) in GIVING_REASON:
        return False
    bringer = brings_total(tokens, i - 1, draft)
    if bringer >= 0:
        mark(draft, "to", direction_of_bringer(tokens, bringer))
        return True
    if is_led(tokens, draft, i - 1):
        return _after_preposition(tokens, draft, i - 1, previous_end)
    if tokens.word(i - 1) == "at" and draft.unit is RATIO and is_yearly(tokens, draft, i):
        entry = directions().get(tokens.word(i - 2))
        if entry is not None and entry[1] == "verb":
            mark(draft, "by", entry[0])
        return draft.role is not None
    if _directly_after(tokens, draft) or _after_object(tokens, draft):
        return True
    if (step := step_of_verb(tokens, draft)) is not None:
        mark(draft, *step)
    return step is not None


def _before_amount(tokens: Tokens, i: int) -> int:
    """Return the index after the preposition before "a total of", "an annual rate of" or "a range of"."""
    i = _lead(tokens, i - 1) + 1
    if tokens.words[i - 3 : i] in (["a", "total", "of"], ["a", "range", "of"]):
        return i - 3  # "cut it by a total of 75 points"
    return i


def _after_preposition(tokens: Tokens, draft: Draft, i: int, previous_end: int) -> bool:
    """Mark a number after a preposition at ``i``: "rose by 5%", "fell to 12"; return whether marked."""
    preposition = tokens.word(i)
    if is_result(tokens, draft, i):
        swung = swing(tokens, i)
        if swung is not None:
            mark(draft, *swung)
        return swung is not None
    paced = verb_of_pace(tokens, i)
    found = paced or _word_before(tokens, i, previous_end if preposition in ("from", "of") else 0)
    if found is None or (preposition == "of" and found[1] != i - 1 and not paced):
        return False
    if draft.dimension == "time" and "," in tokens.words[found[1] : i]:
        return False  # "improved within a month, and by six months was gone"
    if tokens.word(found[1]) in ("more", "less", "fewer", "higher") and tokens.word(found[1] - 1) not in MOVED:
        return False
    mark(draft, ROLES.get(preposition, "by"), found[0])
    return True


def _directly_after(tokens: Tokens, draft: Draft) -> bool:
    """Mark a number right after a word of change: "rose 5%", "up 3%"; return whether marked."""
    k = _before_step(tokens, draft)
    word = tokens.word(k)
    phrasal = PHRASAL.get((tokens.word(k - 1), word))
    if phrasal is not None and draft.dimension in MOVES_OF_MARKETS and _ends_move(tokens, draft):
        mark(draft, "by", phrasal)
        return True
    entry = directions().get(word)
    if entry is None or (word in ("up", "down") and _is_particle(tokens, k, draft)):
        return False
    direction, kind = entry
    if not _takes_step(tokens, draft, word, kind) and (draft.unit is not None or not _is_of_staff(tokens, draft)):
        return False
    if kind == "verb" and _is_no_step(tokens, draft, k):
        return False
    is_reached = kind == "verb" and not REACHED.isdisjoint(tokens.words[draft.first : draft.number_first])
    mark(draft, "to" if is_reached else "by", direction)  # "fell below 40 percent" gives the new level
    return True


def _after_object(tokens: Tokens, draft: Draft) -> bool:
    """Mark a percentage after a verb's object: "raised its dividend 6% to 53 pence"; return whether there is one."""
    if draft.unit is not RATIO or draft.unit_first < 0 or not _ends_step(tokens, draft):
        return False
    for k in range(draft.first - 1, max(draft.first - 2 - LONGEST_OBJECT, -1), -1):
        word = tokens.word(k)
        entry = directions().get(word)
        if entry is not None and entry[1] == "act":
            mark(draft, "by", entry[0])
            return k < draft.first - 1
        if not word.isalpha() or word in STOPS - LEADS - POSSESSIVES:
            return False
    return False


def _ends_step(tokens: Tokens, draft: Draft) -> bool:
    """Return whether neither a noun nor "of" follows, which would make the number a share."""
    after = tokens.word(draft.last)
    return not after.isalpha() or (after in STOPS and after not in ("of", "on", "that", "more", "less"))


def _ends_move(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a phrasal verb has no object: "gave up 1.9% on Friday"; not "gave up 10% of its shares"."""
    after = tokens.word(draft.last)
    return not after.isalpha() or (after in STOPS and after != "of")


def _is_no_step(tokens: Tokens, draft: Draft, k: int) -> bool:
    """Return whether the number of verb ``k`` is not a change: "sank 12 miles off", "a tapered 14 gauge tip"."""
    return tokens.word(k - 1) in DEFINITE | LOOSE_ARTICLES or _is_way(tokens, draft)


def _before_step(tokens: Tokens, draft: Draft) -> int:
    """Return the index before "a further", "almost" or "just"; a count may have only an article."""
    loose = TRANSPARENT - {"the"} if draft.unit is not None else LOOSE_ARTICLES
    k = draft.first - 1
    while k > 0 and (tokens.word(k) in loose or (tokens.word(k).endswith("ly") and len(tokens.word(k)) > 4)):
        k -= 1
    return k


def _takes_object(tokens: Tokens, draft: Draft, verb: str) -> bool:
    """Return whether a verb takes the number as object ("sank five boats"), unlike "dropped 40", "sank two places"."""
    noun = tokens.word(draft.last)
    return verb in TRANSITIVE_TOO and noun.isalpha() and noun not in STOPS | STEPS


def _takes_step(tokens: Tokens, draft: Draft, word: str, kind: str) -> bool:
    """Return whether a number right after a word of change is the size of the change."""
    if kind == "side":
        return word in ("up", "down")
    if draft.unit is None:
        return kind == "verb" and word not in PLAIN_GAINS and not _takes_object(tokens, draft, word)
    return kind != "act" or draft.unit.dimension in ("ratio", "temperature", "points")


def _is_way(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a length is a distance moved, not a change: "sank 12 miles off the cape", "gained 300 metres"."""
    if draft.dimension != "length":
        return False
    return tokens.word(draft.last) in DISTANCES or tokens.word(_before_step(tokens, draft)) in WAYS


def _is_particle(tokens: Tokens, k: int, draft: Draft) -> bool:
    """Return whether "up" or "down" is a particle ("makes up 22 percent", "shot down 38 drones"), not a direction."""
    verb = tokens.word(k - 1)
    if verb in MOVED or verb in AUXILIARIES or directions().get(verb) is not None:
        return draft.unit is None and draft.kind == "cardinal" and verb in TAKING_OBJECTS
    return verb in VERBS or is_past(verb) or verb.endswith("ing") or verb in OBJECT_VERBS


def _is_of_staff(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a count is of staff ("lost 41,000 jobs"), whose total changes; not "lost 41,000 soldiers"."""
    reach = 6 if tokens.word(draft.last) == "of" else 2  # "cutting 840 of its 3,200 jobs"
    return any(word in STAFF for word in tokens.words[draft.last : draft.last + reach])


def _word_before(tokens: Tokens, i: int, stop: int) -> tuple[Direction, int, str] | None:
    """Return (direction, index, kind) of the nearest word of change before ``i``; a verb outranks a forecast."""
    found = _words_before(tokens, i, stop)
    if not found or found[0][2] != "noun" or not _is_of_forecast(tokens, found[0][1], i):
        return found[0] if found else None
    return next((word for word in found if word[2] in ("act", "verb")), found[0])


def _words_before(tokens: Tokens, i: int, stop: int) -> list[tuple[Direction, int, str]]:
    """Return the (direction, index, kind) of the words of change before token ``i``, nearest first."""
    found: list[tuple[Direction, int, str]] = []
    for k in range(i - 1, max(stop - 1, i - 1 - WINDOW, -1), -1):
        word = tokens.word(k)
        if word in BREAKS:
            break
        entry = directions().get(word)
        phrasal = PHRASAL.get((tokens.word(k - 1), word))
        if phrasal is not None:
            found.append((phrasal, k, "verb"))
        elif entry is not None and word not in ("more", "less", "fewer") and not _is_bound(tokens, k, i):
            found.append((entry[0], k, entry[1]))
    return found


def _is_bound(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether token ``k`` is the "up" of a bound: "winds of up to 130 km/h, with gusts to 160"."""
    is_up_to = tokens.word(k) == "up" and tokens.word(k + 1) == "to" and k + 1 < i
    return is_up_to and tokens.word(k - 1) not in MOVED


def _is_of_forecast(tokens: Tokens, k: int, i: int) -> bool:
    """Return whether a noun of change is part of a forecast: "its growth forecast", "its forecast for growth"."""
    if tokens.word(k - 1) in ("for", "of", "on") and tokens.word(k - 2) in FORECASTS:
        return True
    after = tokens.word(k + 1)
    return k + 1 < i and after.isalpha() and after not in STOPS and not after.endswith("ly")
