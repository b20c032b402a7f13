"""What a number counts or measures, from the words around it."""

from __future__ import annotations

from extract.read.english.quantities.changes import MOVED
from extract.read.english.quantities.directions import directions
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.drafts import read_draft
from extract.read.english.quantities.gaps import is_closed
from extract.read.english.quantities.nouns import COMPASS, LONGEST, Span, after_owner, is_adverb, noun_after, skip
from extract.read.english.quantities.number_words import HYPHENS, is_numeric
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import (
    SUBSTANTIVES,
    word_list,
)  # fmt: skip
from extract.read.english.words import AUXILIARIES, DETERMINERS, MONTHS, is_past, is_plural, is_stop

CALENDAR = MONTHS | {"quarter", "year", "month", "week", "day", "half", "quarters", "years", "months", "weeks", "days"}
# Nouns of tallies, whose complement is the counted noun: "the number of deaths has reached 140".
TALLIES = word_list(
    "tallies",
)
TALLIED = frozenset({None, "ratio"})
MEASURING = word_list("measuring")
TOPIC_BREAKS = frozenset({",", ";", ":", "and", "but", "while", "that", "which", "who"})
LONGEST_TOPIC = 16  # most words from "the number of" to the number
PART_OF = frozenset({"them", "whom", "those", "these"})
COPULAS = frozenset({"is", "was", "are", "were", "be", "being", "been"})
CONVERSION = 7  # tokens of the longest conversion in brackets
# Predicative adjectives of a share: "is 45% full".
PREDICATES = word_list("predicates")


def set_thing(tokens: Tokens, draft: Draft) -> None:
    """Set the thing that a number counts or measures, from the adjacent words."""
    j = draft.last
    if draft.owner is not None or draft.thing is not None:
        return
    if draft.kind == "ordinal":
        draft.thing = _ranked(tokens, j)
        return
    hyphen = tokens.word(j) in HYPHENS and tokens.glued(j) and tokens.glued(j + 1)
    if draft.is_counted:
        draft.thing = _predicate(tokens, draft) or _counted(tokens, draft, j + 1 if hyphen else j)
    else:
        draft.thing = _measured(tokens, draft, j)


def _predicate(tokens: Tokens, draft: Draft) -> Span | None:
    """Parse a predicate noun: the children of "Six were children."."""
    j = draft.last
    opens = draft.first == 0 or tokens.word(draft.first - 1) in ("whom", "which", ",", "and")
    if tokens.word(j) == "of" and tokens.word(j + 1) in PART_OF:
        return _told_of_part(tokens, j + 2)
    is_whole = opens and tokens.word(j) in ("were", "are") and tokens.word(j + 2) in (".", ",", "")
    return (j + 1, j + 2) if is_whole and is_plural(tokens.word(j + 1)) else None


def _told_of_part(tokens: Tokens, k: int) -> Span | None:
    """Parse the predicate of a part: "11 of them children", "two of whom were women"."""
    k += tokens.word(k) in COPULAS
    found = noun_after(tokens, skip(tokens, k, DETERMINERS), counted=True)
    if found is None or not is_plural(tokens.word(found[1] - 1)):
        return None
    return found if is_closed(tokens, found[1]) else None


def set_topic(tokens: Tokens, draft: Draft) -> None:
    """Set the thing from a tally before the verb: "the number of deaths has reached 140"."""
    if draft.thing is not None or draft.owner is not None or draft.dimension not in TALLIED:
        return
    k = _tally_before(tokens, draft.first)
    found = noun_after(tokens, skip(tokens, k + 2, DETERMINERS), counted=True) if k >= 0 else None
    if found is not None and _is_told_between(tokens, found[1], draft.first):
        draft.thing = found


def _tally_before(tokens: Tokens, first: int) -> int:
    """Return the index of the tally noun in the clause before a number ("the number of deaths"); -1 without one."""
    for k in range(first - 1, max(first - 1 - LONGEST_TOPIC, 0), -1):
        if tokens.word(k) in TOPIC_BREAKS or is_numeric(tokens.word(k)):
            break
        if tokens.word(k) == "of" and tokens.word(k - 1) in TALLIES:
            return k - 1
    return -1


def _is_told_between(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether a verb of measuring is among the tokens: "stands at", "has reached", "fell by"."""
    words = tokens.words[first:last]
    return any(word in MEASURING or word in AUXILIARIES or directions().get(word) is not None for word in words)


def _ranked(tokens: Tokens, j: int) -> Span | None:
    """Parse the ranked noun: "third largest city"; of "third largest of the seven ferries", ferries."""
    found = noun_after(tokens, j + (tokens.word(j) in HYPHENS), counted=False)  # "12th-largest city"
    if found is None or found[1] != found[0] + 1 or tokens.word(found[1]) != "of":
        return found
    k = after_owner(tokens, skip(tokens, found[1] + 1, DETERMINERS))
    numeral = read_draft(tokens, k) if k < len(tokens) else None
    return noun_after(tokens, numeral.last if numeral is not None else k, counted=numeral is not None) or found


def _counted(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    j = _to_counted(tokens, j)
    is_one = draft.low == draft.high == 1
    is_hyphenated = tokens.word(j - 1) in HYPHENS and tokens.glued(j)
    if is_hyphenated and tokens.word(j).isalpha() and not is_plural(tokens.word(j)):
        return j, j + 1  # "a 27-nation bloc" counts nations
    return noun_after(tokens, j, counted=not is_one and not is_hyphenated, single=is_one)


def _to_counted(tokens: Tokens, j: int) -> int:
    """Return the index after words before the counted noun: "of the", "-strong", "now" before "dead"."""
    if tokens.word(j) == "of":
        j = skip(tokens, j + 1, DETERMINERS)
    j = _after_inner_measure(tokens, j)
    if tokens.word(j) == "strong" and tokens.glued(j):  # "a 1,200-strong force"
        return j + 1
    return j + (tokens.word(j) in ("still", "now") and tokens.word(j + 1) in SUBSTANTIVES)


def _after_inner_measure(tokens: Tokens, j: int) -> int:
    """Return the index after an inner measure: "eight million 250ml bottles", "two $500 cheques"."""
    k = j + (tokens.raw(j) in ("$", "£", "€"))
    inner = read_draft(tokens, k) if tokens.word(k)[:1].isdecimal() else None
    return inner.last if inner is not None and inner.unit is not None else j


def _measured(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    if _starts_sign(tokens, draft):
        return _noun_before(tokens, draft.first)
    if draft.multiple:  # "double the old figure" measures what has doubled
        return _multiplied(tokens, j)
    named = _noun_beside(tokens, draft)
    if named is not None or _is_distance(tokens, draft):
        return named
    j = _after_brackets(tokens, j)
    if tokens.word(j) == "of" or (tokens.word(j) == "in" and draft.money_before):
        return _measured_of(tokens, j + 1)
    if draft.role == "by" and directions().get(tokens.word(j)) is not None:
        return _moved_thing(tokens, j + 1)
    return _right_after(tokens, draft, j)


def _measured_of(tokens: Tokens, j: int) -> Span | None:
    """Parse the noun of "40 tonnes of grain" or "$4m in fees"; None for the calendar noun of "of the year"."""
    found = noun_after(tokens, skip(tokens, j, DETERMINERS), counted=False)
    return None if found is not None and tokens.word(found[1] - 1) in CALENDAR else found


def _moved_thing(tokens: Tokens, k: int) -> Span | None:
    """Parse the changed noun of "a 5% rise in rents"."""
    if tokens.word(k) not in ("in", "of", "for"):
        return None
    return noun_after(tokens, skip(tokens, k + 1, DETERMINERS), counted=False)


def _right_after(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    if draft.unit_hyphenated:  # "a 53-day-long festival"
        is_long = tokens.word(j) in HYPHENS and tokens.word(j + 1) in ("long", "high", "wide", "deep", "tall")
        return _told_of(tokens, j + 2 * is_long)
    if draft.per is not None:  # "earning $900 a month qualifies"
        return None
    if draft.dimension not in ("ratio", "age"):
        return _told_of(tokens, j) if draft.money_before else None
    found = _told_of(tokens, j) if tokens.word(draft.first - 1) != "of" else None
    if found is None or _is_told_verb(tokens, draft, j) or _is_predicate(tokens, draft, found):
        return None
    return found


def _is_told_verb(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Return whether a verb follows a share ("9 percent reported pain"), not a participle ("a 5% fixed rate")."""
    if tokens.word(draft.first - 1) in DETERMINERS:
        return False
    return is_past(tokens.word(j)) or (is_adverb(tokens, j) and is_past(tokens.word(j + 1)))


def _is_predicate(tokens: Tokens, draft: Draft, found: Span) -> bool:
    """Return whether a phrase is an adjective that ends its clause: "had been 98% peaceful"."""
    i = draft.first - (tokens.word(draft.first - 1) in ('"', "“"))
    closes = found[1] == found[0] + 1 and not tokens.word(found[1]).isalpha()
    return closes and tokens.word(i - 1) in COPULAS and not is_plural(tokens.word(found[0]))


def _multiplied(tokens: Tokens, j: int) -> Span | None:
    """Parse the noun of a multiple: "three times as many foxes", "twice more jobs"."""
    j += tokens.word(j) == "as"
    found = noun_after(tokens, j + 1, counted=False) if tokens.word(j) in ("many", "more", "fewer") else None
    return found if found is not None and is_plural(tokens.word(found[1] - 1)) else None


def _told_of(tokens: Tokens, j: int) -> Span | None:
    """Parse the noun after a measure; None for an adjective ("is 45% full") and for "year on year"."""
    found = noun_after(tokens, j, counted=False)
    if found is None or tokens.word(found[1] - 1) in PREDICATES:
        return None
    return None if tokens.word(found[0]) in CALENDAR and tokens.word(found[0] + 1) in ("on", "over") else found


def _noun_beside(tokens: Tokens, draft: Draft) -> Span | None:
    """Return the noun right before a number without a verb: "its shares down 12%", "17 cars worth £1.1m"."""
    i = draft.first
    worth = i - 3 if tokens.words[i - 3 : i] == ["a", "total", "of"] else i
    if tokens.word(worth - 1) == "worth":  # "17 cars worth £1.1m"
        return _noun_before(tokens, worth - 1)
    if tokens.word(i - 1) == ":":
        return None
    if draft.money_before and tokens.words[i : i + 2] == ["up", "to"] and is_plural(tokens.word(i - 1)):
        return _noun_before(tokens, i)  # "fines up to $5m"
    if draft.role == "by" and tokens.word(i - 1) in ("up", "down", "by"):
        return _noun_beside_step(tokens, i)
    return _noun_beside_range(tokens, i) if draft.bound == "between" else None


def _noun_beside_step(tokens: Tokens, i: int) -> Span | None:
    """Return the changed noun of "with its shares down 12%" or "Acme fell 2 percent and Corva by 3 percent"."""
    if tokens.word(i - 1) in ("up", "down"):
        before = _noun_before(tokens, i - 1 - (tokens.word(i - 2) in MOVED))
        leads = before is not None and tokens.word(before[0] - 1) in ("with", "its", "their", "the", "and", ",", "")
        return before if leads else None
    before = _noun_before(tokens, i - 1) if tokens.word(i - 1) == "by" else None
    if before is None:
        return None
    opener = tokens.word(before[0] - 1)
    return before if opener == "and" or (opener == "," and tokens.raw(before[0])[:1].isupper()) else None


def _noun_beside_range(tokens: Tokens, i: int) -> Span | None:
    """Return the noun of a range: "homes from $750,000 to $1 million", "fees, ranging from 2% to 5%"."""
    if tokens.word(i) == "from" and is_plural(tokens.word(i - 1)):
        return _noun_before(tokens, i)
    ranging = next((k for k in range(i - 2, i) if tokens.word(k) == "ranging"), 0)
    return _noun_before(tokens, ranging - (tokens.word(ranging - 1) == ",")) if ranging else None


def _after_brackets(tokens: Tokens, j: int) -> int:
    """Return the index after a conversion: "450 Nm (332 lb-ft) of torque"; within it, after its closing bracket."""
    if tokens.word(j) == "/" and tokens.glued(j) and tokens.word(j + 1)[:1].isdecimal():  # "150mm/5.9in of snow"
        other = read_draft(tokens, j + 1)
        return other.last if other is not None and other.unit is not None else j
    if tokens.word(j) == ")":
        return j + 1 if tokens.word(j + 1) == "of" else j
    if tokens.word(j) != "(":
        return j
    closing = next((k for k in range(j, min(j + CONVERSION, len(tokens))) if tokens.word(k) == ")"), 0)
    return closing + 1 if closing and (tokens.word(closing + 1) == "of" or tokens.word(closing + 1) in COMPASS) else j


def _starts_sign(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a sign begins a number of a market report: "Dow +0.2% Nasdaq -0.8%"."""
    return tokens.raw(draft.first) in ("+", "-", "−", "–") and tokens.raw(draft.first - 1)[:1].isalnum()


def _noun_before(tokens: Tokens, i: int) -> Span | None:
    """Return the token span of the noun phrase that ends right before token ``i``; None without one."""
    first = i
    if directions().get(tokens.word(i - 1)) is not None:  # "edged up 0.2 points"
        return None
    while first > 0 and i - first < LONGEST:
        is_model = tokens.raw(first - 1).isdecimal() and tokens.raw(first - 2)[:1].isupper()  # "S&P 500 +0.3%"
        if not (_is_nominal(tokens, first - 1) or (is_model and first > 1)):
            break
        first -= 1
    return (first, i) if first < i else None


def _is_distance(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a length is a location, not a measure: "400 metres from the wall", "3 km north of the town"."""
    if draft.unit is None or draft.unit.dimension != "length" or draft.role is not None or draft.unit_hyphenated:
        return False
    j = _after_brackets(tokens, draft.last)
    after = tokens.word(j)
    if tokens.word(draft.first - 1) == "within" and after == "of":
        return True
    if after == "from":
        return not is_numeric(tokens.word(j + 1))
    return after in ("away", "off", "inside") or (after in COMPASS and tokens.word(j + 1) == "of")


def _is_nominal(tokens: Tokens, k: int) -> bool:
    text = tokens.texts[k]
    if text in HYPHENS or text == "&" or (text[0].isdecimal() and tokens.word(k - 1) in HYPHENS):
        return tokens.glued(k)
    return text[0].isalpha() and not is_stop(tokens.words[k]) and tokens.words[k] not in MONTHS
