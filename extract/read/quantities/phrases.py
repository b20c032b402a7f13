"""Noun phrases around a number, by rule: what it counts or measures, whose it is, and where."""

from __future__ import annotations

from extract.read.quantities.changes import MOVED, directions
from extract.read.quantities.draft import Draft
from extract.read.quantities.drafts import read_draft
from extract.read.quantities.number_words import HYPHENS, ORDINALS, SMALL, TENS, is_numeric
from extract.read.quantities.tokens import Tokens
from extract.read.quantities.words import (
    AUXILIARIES,
    DETERMINERS,
    FILLERS,
    MONTHS,
    PLURALS,
    PRONOUNS,
    SUBSTANTIVES,
    VERBS,
    is_past,
    is_plural,
    is_stop,
    word_list,
)

Span = tuple[int, int]
CLAUSE = 40  # tokens that are searched for a subject
LONGEST = 6  # words of a noun phrase
CLAUSE_OPENERS = frozenset(
    {",", ";", ":", "that", "while", "but", "because", "when", "if", "“", "”", "—", "–", "and", "as", "("}
)
LEADING_PREPOSITIONS = frozenset({"in", "on", "at", "since", "after", "before", "by", "for", "of", "from", "with"})
CALENDAR = MONTHS | {"quarter", "year", "month", "week", "day", "half", "quarters", "years", "months", "weeks", "days"}
COPULAS = frozenset({"is", "was", "are", "were", "be", "being", "been"})
OWNING = frozenset({"'s", "’s", "'", "’"})
CONVERSION = 7  # tokens of the longest conversion in brackets
COMPASS = frozenset({"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest"})
# Plurals that stand before another noun: "sales managers".
PLURAL_MODIFIERS = word_list("plural_modifiers")
# What is a verb where an object follows: "60% support the law".
VERBS_OR_NOUNS = word_list("verbs_or_nouns")
# What a share may be said to be: "is 45% full".
PREDICATES = word_list("predicates")


def noun_after(tokens: Tokens, i: int, *, counted: bool, single: bool = False) -> Span | None:
    """Read the noun phrase that begins at token ``i``, after a number.

    A counted noun is plural, so the phrase ends with its first plural noun (or the last of several in a row); what
    stands in the singular is the counted word alone ("12 page document"). After "one" (``single``) the phrase ends
    before a word that may be a verb. Elsewhere it ends where a word stands that no noun phrase holds.
    """
    i = _after_owner(tokens, _skip(tokens, i, FILLERS))
    end = _gather(tokens, i)
    if _is_period_on_period(tokens, i) or (not counted and _is_verb_with_object(tokens, i)):
        return None
    if not counted and end > i and tokens.word(end) in ("and", "or") and is_past(tokens.word(end - 1)):
        joined = _gather(tokens, end + 1)  # "of the issued and outstanding shares"
        end = joined if joined > end + 1 else end
    if end == i or (end == i + 1 and _is_participle(tokens.word(i))):
        return None
    if single:
        end = next((k for k in range(i + 1, end) if is_plural(tokens.word(k))), end)
    elif counted:
        return _counted_noun(tokens, i, end)
    else:
        end = _end_of_plural(tokens, i, end)
    if end > i + 1 and _is_no_end(tokens, end - 1):
        end -= 1
    is_noun = any(not _is_adverb(tokens, k) and tokens.word(k) not in ORDINALS for k in range(i, end))
    return (i, end) if is_noun else None


def _is_no_end(tokens: Tokens, k: int) -> bool:
    """Tell a word that follows a noun phrase: "boy | died", "report | lists 145 flaws", "drive | south of the city"."""
    word, after = tokens.word(k), tokens.word(k + 1)
    if is_past(word) or (word in COMPASS and after in ("of", "from", "by")):
        return True
    return is_plural(word) and tokens.raw(k).islower() and (is_numeric(after) or after in SMALL)


def _is_period_on_period(tokens: Tokens, i: int) -> bool:
    """Tell "year-on-year", which says what a change is measured from."""
    words = tokens.words[i : i + 5]
    return len(words) == 5 and words[0] == words[4] and words[2] in ("on", "over") and words[1] in HYPHENS


def _is_verb_with_object(tokens: Tokens, i: int) -> bool:
    """Tell "35% oppose it", "60% support the law"."""
    after = tokens.word(i + 1)
    return tokens.word(i) in VERBS_OR_NOUNS and (after in DETERMINERS or after in PRONOUNS)


def _end_of_plural(tokens: Tokens, i: int, end: int) -> int:
    """Find where a phrase ends that goes on in a verb: "users | uninstall apps", but "sales managers"."""
    for k in range(i, end - 1):
        after = tokens.raw(k + 1)
        takes_object = _is_verb_with_object(tokens, k + 1)  # "Americans | support the law"
        if (
            is_plural(tokens.word(k))
            and (tokens.raw(k).islower() or takes_object)
            and tokens.word(k) not in PLURAL_MODIFIERS | SUBSTANTIVES
        ):
            return k + 1 if after.islower() and after not in OWNING else end
    return end


def _counted_noun(tokens: Tokens, i: int, end: int) -> Span | None:
    last = next((k for k in range(i, end) if is_plural(tokens.word(k))), None)
    if last is None:
        listed = _end_of_listed(tokens, i, end)
        if listed is not None:
            return i, listed
        return None if _is_participle(tokens.word(i)) or tokens.word(i) in ORDINALS else (i, i + 1)
    last += 1
    while last < end and is_plural(tokens.word(last)) and tokens.word(last) not in SUBSTANTIVES:
        if tokens.word(last + 1) in DETERMINERS or tokens.word(last + 1) in PRONOUNS:
            break  # "19 fouls proves it"
        last += 1
    return i, last


def _end_of_listed(tokens: Tokens, i: int, end: int) -> int | None:
    """Find the plural of "90 air, sea and ground-launched missiles", whose words before it are a list."""
    while tokens.word(end) == ",":
        item = _gather(tokens, end + 1)
        if item != end + 2 or is_plural(tokens.word(end + 1)):
            return None
        end = item
    if end == i or tokens.word(end) not in ("and", "or"):
        return None
    last = _gather(tokens, end + 1)
    return last if last > end + 2 and is_plural(tokens.word(last - 1)) else None


def _is_participle(word: str) -> bool:
    return (is_past(word) or word.endswith("ing")) and word not in SUBSTANTIVES


def _after_owner(tokens: Tokens, i: int) -> int:
    """Step over a possessor: "Johnson's deputies"."""
    for k in range(i, min(i + 4, len(tokens))):
        if tokens.words[k] in ("'s", "’s", "′s"):
            return k + 1
        if not tokens.texts[k][0].isalpha():
            break
    return i


def _skip(tokens: Tokens, i: int, words: frozenset[str]) -> int:
    while tokens.word(i) in words:
        i += 1
    return i


def _gather(tokens: Tokens, i: int) -> int:
    """Find the end of a run of words that a noun phrase may hold."""
    k = i
    while k < len(tokens) and k - i < LONGEST:
        text = tokens.texts[k]
        if text in HYPHENS and k > i and tokens.glued(k) and tokens.glued(k + 1):
            k += 1
            continue
        word = tokens.words[k]
        if k > i and tokens.glued(k) and tokens.texts[k - 1] in HYPHENS:
            k += 1  # "loan-to-value mortgages"
            continue
        is_inside = (
            _may_be_inside(text, word) or (k == i and word.endswith("ly") and word != "only") or _is_model(tokens, k, i)
        )
        is_inside = (is_inside or _ends_name(tokens, k, i)) and (k == i or not (word in SMALL or word in TENS))
        if not is_inside and not (k > i and _joins_names(tokens, k)):
            break
        k += 1
    while k > i and tokens.texts[k - 1] in HYPHENS:
        k -= 1
    return k


def _may_be_inside(text: str, word: str) -> bool:
    """Tell a word that a noun phrase may hold; "US" is a country, "us" is nobody's."""
    return text[0].isalpha() and (not is_stop(word) or word in PLURALS or text == "US")


def _ends_name(tokens: Tokens, k: int, i: int) -> bool:
    """Tell the second word of a name such as "Fort Worth" or "Will Hill"."""
    return k > i and tokens.raw(k).istitle() and tokens.raw(k - 1).istitle() and len(tokens.raw(k)) > 3


def _joins_names(tokens: Tokens, k: int) -> bool:
    """Tell the "and" of "460 Kestrel and Vesta vans", whose noun comes after both names."""
    if tokens.word(k) not in ("and", "or") or not tokens.raw(k - 1)[:1].isupper():
        return False
    end = k + 1
    while tokens.raw(end)[:1].isupper():
        end += 1
    return end > k + 1 and is_plural(tokens.word(end)) and not is_plural(tokens.word(k - 1))


def _is_model(tokens: Tokens, k: int, i: int) -> bool:
    """Tell the number of a model in the midst of its name: "new 350 Turbo vans"."""
    is_last = tokens.raw(k - 1)[:1].isupper() and is_plural(tokens.word(k + 1))  # "Model 3 saloons"
    return k > i and tokens.texts[k].isdigit() and (tokens.raw(k + 1)[:1].isupper() or is_last)


def set_thing(tokens: Tokens, draft: Draft) -> None:
    """Find what the number counts or measures from the words right after it."""
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
    """Read "Six were children." as six children."""
    j = draft.last
    opens = draft.first == 0 or tokens.word(draft.first - 1) in ("whom", "which", ",", "and")
    is_whole = opens and tokens.word(j) in ("were", "are") and tokens.word(j + 2) in (".", ",", "")
    return (j + 1, j + 2) if is_whole and is_plural(tokens.word(j + 1)) else None


def _ranked(tokens: Tokens, j: int) -> Span | None:
    """Read "third largest city", and "third largest of the seven ferries" as ferries."""
    found = noun_after(tokens, j + (tokens.word(j) in HYPHENS), counted=False)  # "12th-largest city"
    if found is None or found[1] != found[0] + 1 or tokens.word(found[1]) != "of":
        return found
    k = _after_owner(tokens, _skip(tokens, found[1] + 1, DETERMINERS))
    numeral = read_draft(tokens, k) if k < len(tokens) else None
    return noun_after(tokens, numeral.last if numeral is not None else k, counted=numeral is not None) or found


def _counted(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    if tokens.word(j) == "of":
        j = _skip(tokens, j + 1, DETERMINERS)
    k = j + (tokens.raw(j) in ("$", "£", "€"))
    if tokens.word(k)[:1].isdigit():  # "eight million 250ml bottles", "two $500 cheques"
        inner = read_draft(tokens, k)
        j = inner.last if inner is not None and inner.unit is not None else j
    if tokens.word(j) == "strong" and tokens.glued(j):  # "a 1,200-strong force"
        j += 1
    if tokens.word(j) in ("still", "now") and tokens.word(j + 1) in SUBSTANTIVES:
        j += 1
    is_one = draft.low == draft.high == 1
    is_hyphenated = tokens.word(j - 1) in HYPHENS and tokens.glued(j)
    if is_hyphenated and tokens.word(j).isalpha() and not is_plural(tokens.word(j)):
        return j, j + 1  # "a 27-nation bloc" counts nations
    return noun_after(tokens, j, counted=not is_one and not is_hyphenated, single=is_one)


def _measured(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    if _starts_sign(tokens, draft):
        return _noun_before(tokens, draft.first)
    if draft.multiple:  # "double the old figure" is of what has doubled
        return _multiplied(tokens, j)
    named = _noun_beside(tokens, draft)
    if named is not None:
        return named
    j = _after_brackets(tokens, j)
    if is_distance(tokens, draft):
        return None
    if tokens.word(j) in ("of", "in") and (tokens.word(j) == "of" or draft.money_before):
        found = noun_after(tokens, _skip(tokens, j + 1, DETERMINERS), counted=False)
        return found if found is None or tokens.word(found[1] - 1) not in CALENDAR else None
    if draft.role == "by" and directions().get(tokens.word(j)) is not None:
        k = j + 1
        if tokens.word(k) in ("in", "of", "for"):
            return noun_after(tokens, _skip(tokens, k + 1, DETERMINERS), counted=False)
        return None
    return _right_after(tokens, draft, j)


def _right_after(tokens: Tokens, draft: Draft, j: int) -> Span | None:
    if draft.unit_hyphenated:  # "a 53-day-long festival"
        is_long = tokens.word(j) in HYPHENS and tokens.word(j + 1) in ("long", "high", "wide", "deep", "tall")
        return _told_of(tokens, j + 2 * is_long)
    is_share = draft.unit is not None and draft.unit.dimension in ("ratio", "age")
    is_followed = draft.money_before or (is_share and tokens.word(draft.first - 1) != "of")
    if not is_followed or draft.per is not None:  # "earning $900 a month qualifies"
        return None
    found = _told_of(tokens, j)
    if found is None or not is_share:
        return found
    return None if _is_told_verb(tokens, draft, j) or _is_predicate(tokens, draft, found) else found


def _is_told_verb(tokens: Tokens, draft: Draft, j: int) -> bool:
    """Tell "9 percent reported pain", "28% regularly skipped meals", but "a 5% fixed rate"."""
    if tokens.word(draft.first - 1) in DETERMINERS:
        return False
    return is_past(tokens.word(j)) or (_is_adverb(tokens, j) and is_past(tokens.word(j + 1)))


def _is_predicate(tokens: Tokens, draft: Draft, found: Span) -> bool:
    """Tell an adjective that ends a clause: "had been 98% peaceful"."""
    i = draft.first - (tokens.word(draft.first - 1) in ('"', "“"))
    closes = found[1] == found[0] + 1 and not tokens.word(found[1]).isalpha()
    return closes and tokens.word(i - 1) in COPULAS and not is_plural(tokens.word(found[0]))


def _multiplied(tokens: Tokens, j: int) -> Span | None:
    """Read "three times as many foxes", "twice more jobs"."""
    j += tokens.word(j) == "as"
    found = noun_after(tokens, j + 1, counted=False) if tokens.word(j) in ("many", "more", "fewer") else None
    return found if found is not None and is_plural(tokens.word(found[1] - 1)) else None


def _told_of(tokens: Tokens, j: int) -> Span | None:
    """Read the noun after a measure; an adjective ("is 45% full") and "year on year" are none."""
    found = noun_after(tokens, j, counted=False)
    if found is None or tokens.word(found[1] - 1) in PREDICATES:
        return None
    return None if tokens.word(found[0]) in CALENDAR and tokens.word(found[0] + 1) in ("on", "over") else found


def _noun_beside(tokens: Tokens, draft: Draft) -> Span | None:
    """Find the noun right before a number that needs no verb: "its shares down 12%", "(base price: $900)"."""
    i = draft.first
    worth = i - 3 if tokens.words[i - 3 : i] == ["a", "total", "of"] else i
    if tokens.word(worth - 1) == "worth":  # "17 cars worth £1.1m"
        return _noun_before(tokens, worth - 1)
    if tokens.word(i - 1) == ":":
        label = _noun_before(tokens, i - 1)
        return label if label is not None and tokens.word(label[0] - 1) == "(" else None
    if draft.money_before and tokens.words[i : i + 2] == ["up", "to"] and is_plural(tokens.word(i - 1)):
        return _noun_before(tokens, i)  # "fines up to $5m"
    if tokens.word(i - 1) in ("up", "down") and draft.role == "by":
        before = _noun_before(tokens, i - 1 - (tokens.word(i - 2) in MOVED))
        leads = before is not None and tokens.word(before[0] - 1) in ("with", "its", "their", "the", "and", ",", "")
        return before if leads else None
    if tokens.word(i - 1) == "by" and draft.role == "by":  # "Acme fell 2 percent and Corva by 3 percent"
        before = _noun_before(tokens, i - 1)
        opener = tokens.word(before[0] - 1) if before is not None else ""
        is_name = before is not None and tokens.raw(before[0])[:1].isupper()
        return before if opener == "and" or (opener == "," and is_name) else None
    if draft.bound == "between" and tokens.word(i) == "from" and is_plural(tokens.word(i - 1)):
        return _noun_before(tokens, i)  # "homes from $750,000 to $1 million"
    ranging = next((k for k in range(i - 2, i) if tokens.word(k) == "ranging"), 0)
    if ranging and draft.bound == "between":
        return _noun_before(tokens, ranging - (tokens.word(ranging - 1) == ","))
    return None


def _after_brackets(tokens: Tokens, j: int) -> int:
    """Step over a conversion: "450 Nm (332 lb-ft) of torque"."""
    if tokens.word(j) != "(":
        return j
    closing = next((k for k in range(j, min(j + CONVERSION, len(tokens))) if tokens.word(k) == ")"), 0)
    return closing + 1 if closing and (tokens.word(closing + 1) == "of" or tokens.word(closing + 1) in COMPASS) else j


def _starts_sign(tokens: Tokens, draft: Draft) -> bool:
    """Tell the lines of a market report: "Dow +0.2% Nasdaq -0.8%"."""
    return tokens.raw(draft.first) in ("+", "-", "−", "–") and tokens.raw(draft.first - 1)[:1].isalnum()


def _noun_before(tokens: Tokens, i: int) -> Span | None:
    """Find the noun phrase that ends right before a token."""
    first = i
    if directions().get(tokens.word(i - 1)) is not None:  # "edged up 0.2 points"
        return None
    while first > 0 and i - first < LONGEST:
        is_model = tokens.raw(first - 1).isdigit() and tokens.raw(first - 2)[:1].isupper()  # "S&P 500 +0.3%"
        if not (_is_nominal(tokens, first - 1) or (is_model and first > 1)):
            break
        first -= 1
    return (first, i) if first < i else None


def label_of(tokens: Tokens) -> Span | None:
    """Find the label that begins a line of a list: "Ferry safety: $14.5 million, up 3%"."""
    end = next((k for k in range(1, min(LONGEST, len(tokens))) if tokens.texts[k] == ":"), 0)
    first = 1 if tokens.word(0) in DETERMINERS else 0
    is_label = end > first and all(_is_nominal(tokens, k) and not _is_verb(tokens, k) for k in range(first, end))
    return (first, end) if is_label else None


def is_listed(tokens: Tokens, draft: Draft) -> bool:
    """Tell "among them 38 residents", "including two crew": parts of what came before, whom nobody acts on."""
    return tokens.word(draft.first - 1) in ("them", "including", "include", "includes", "included")


def acts_itself(tokens: Tokens, draft: Draft) -> bool:
    """Tell "and 17 ships waited", whose thing is the clause's own subject."""
    if draft.thing is None or tokens.word(draft.first - 1) in OWNING:
        return False
    if draft.thing[0] < draft.last:  # "and 20 are missing"
        return tokens.word(draft.last) in AUXILIARIES
    before, after = tokens.word(draft.first - 1), tokens.word(draft.thing[1])
    is_clause = before in ("and", "but", "that", "while") or draft.first == 0
    return after in AUXILIARIES or (is_clause and (after in VERBS or is_past(after)))


def is_distance(tokens: Tokens, draft: Draft) -> bool:
    """Tell "400 metres from the wall", "3 km north of the town": where something is, and nothing's measure."""
    if draft.unit is None or draft.unit.dimension != "length" or draft.role is not None or draft.unit_hyphenated:
        return False
    j = _after_brackets(tokens, draft.last)
    after = tokens.word(j)
    if tokens.word(draft.first - 1) == "within" and after == "of":
        return True
    if after == "from":
        return not is_numeric(tokens.word(j + 1))
    return after in ("away", "off", "inside") or (after in COMPASS and tokens.word(j + 1) == "of")


def clause_subject(tokens: Tokens, i: int) -> Span | None:
    """Find the first noun phrase of the clause whose verb stands nearest left of token ``i``."""
    verb, limit = i - 1, max(0, i - CLAUSE)
    while verb > limit and not _is_verb(tokens, verb):
        verb -= 1
    while verb > 0 and (_is_verb(tokens, verb - 1) or tokens.word(verb - 1) in ("not", "to", "also")):
        verb -= 1
    while verb > limit:
        first = verb
        while first > 0 and tokens.word(first - 1) not in CLAUSE_OPENERS:
            first -= 1
        found = _first_noun(tokens, first, verb)
        if found is not None or first < 2:
            return found
        verb = first - 1
    return None


def _first_noun(tokens: Tokens, first: int, end: int) -> Span | None:
    k = first
    while k < end:
        leads = tokens.word(k - 1 - (tokens.word(k - 1) in DETERMINERS))  # "In a swell you needed four"
        if _is_nominal(tokens, k) and not _is_adverb(tokens, k) and leads not in LEADING_PREPOSITIONS:
            last = k + 1
            while last < end and _is_nominal(tokens, last):
                last += 1
            if tokens.word(last - 1) not in CALENDAR:
                return k, last
            k = last
        k += 1
    return None


def _is_verb(tokens: Tokens, k: int) -> bool:
    word = tokens.word(k)
    entry = directions().get(word)
    if entry is not None:
        return entry[1] in ("verb", "act")
    return word in AUXILIARIES or word in VERBS or (is_past(word) and tokens.texts[k].islower())


def _is_adverb(tokens: Tokens, k: int) -> bool:
    return tokens.word(k).endswith("ly") and len(tokens.word(k)) > 4


def _is_nominal(tokens: Tokens, k: int) -> bool:
    text = tokens.texts[k]
    if text in HYPHENS or text == "&" or (text[0].isdigit() and tokens.word(k - 1) in HYPHENS):
        return tokens.glued(k)
    return text[0].isalpha() and not is_stop(tokens.words[k]) and tokens.words[k] not in MONTHS
