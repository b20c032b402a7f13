"""What a number states besides a level or a change: a plan, a limit, a rate or a rank."""

from __future__ import annotations

from bisect import bisect_left

from extract.read.english.auxiliaries import BE
from extract.read.english.headlines import infinitive_at
from extract.read.english.quantities.bringing import BREAKS, BRINGING
from extract.read.english.quantities.directions import kind_of_change
from extract.read.english.quantities.draft import Draft
from extract.read.english.quantities.duties import is_due
from extract.read.english.quantities.gapped import is_gapped_step, is_verbal
from extract.read.english.quantities.numerals import read_numeral
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.words import word_list
from extract.read.english.speech import forms
from extract.read.english.words import AUXILIARIES, DETERMINERS, PREPOSITIONS, PRONOUNS, is_past

CLAUSE = 40  # most tokens before a number that are searched for a plan
NEAR = 7  # words within which a verb of planning governs a number
LONGEST_ASIDE = 8  # most tokens between the commas after a modal
AFTERTHOUGHT = 7  # most words of "economists polled by the paper had forecast"
PLAN_VERBS = forms("plan") | {"goal"}
DIRECT_PLANS = forms("direct") | forms("offering", gerund=False) | {"planned", "planning", "plans"}
FORESEEN = frozenset({"expected", "planned", "forecast", "projected", "proposed", "due", "predicted", "scheduled"})
# Nouns of forecasts that a number complements: "estimates of $4bn", "a target of 2%".
FORECASTS = word_list("forecasts")
LED_TO = frozenset({"of", "for", "at"})
PRICING = frozenset({"price", "prices", "pricing", "priced"})  # "markets price in two cuts"
LONGEST_PRICING = 4  # most words from "price" to its number, "price in another two"
NOUNS_TOO = frozenset({"signal", "signals", "project", "projects", "demand", "demands", "promise", "promises", "plans"})
NO_VERBS = DETERMINERS | PREPOSITIONS | {"be"}
# Verbs that make no plan after a modal: "would have cost", "could see two men"; but "will see 800 flats built".
NOT_AHEAD = frozenset({"have", "hear", "not", "find", "afford", "name"})
CAN = frozenset({"could", "might"})
# Verbs after a count that end its clause: "four studies show that the ice may", "12 million live on land that would".
PRESENT = word_list("present")
# Words that make a following infinitive a plan: "is designed to create 4,000 jobs", "is likely to cost".
PURPOSES = word_list("purposes")
LONGEST_PURPOSE = 3  # most words from such a word to its "to": "on track this year to raise"
# Verbs that make the complement of "for" a plan: "aims for 300 launches", "calls for 60 wells".
WISHES_FOR = forms("for")
SEEING = frozenset({"see", "sees", "seen"})
OTHER_EVENTS = frozenset({"after", "amid", "over", "as", "despite", "|"})  # after these a headline looks back
REACHING = frozenset({"reaching", "hitting", "topping", "peaking", "averaging", "staying", "ending", "passing"})
CONDITIONS = frozenset({"if", "unless", "provided", "should"})
WONDERING = word_list("wondering")  # after these, "if" begins an indirect question
DEFINITE = frozenset({"the", "its", "their", "his", "her", "our", "these", "those"})
PENAL = frozenset(
    {"prison", "jail", "jailed", "imprisonment", "sentence", "sentences", "sentenced", "bars", "faces", "face"}
)
MODALS = frozenset({"could", "might", "may", "will", "would", "shall", "won't", "’ll", "'ll"})
BEFORE_MONTH = frozenset({
    "in", "of", "by", "since", "until", "on", "last", "this", "next", "to", "from", "and", "early",
    "mid", "late", "during", "before", "after"
})  # fmt: skip
# Precondition of a plan by words before the number: one of these in the sentence.
PLANNERS = (
    MODALS | PLAN_VERBS | DIRECT_PLANS | PURPOSES | WISHES_FOR | CONDITIONS | PRICING | SEEING | {"is", "are", "set"}
)
LIMIT_WORDS = word_list("limit_words")
NO_LIMITS = (["market"], ["of"])  # "a market cap of", "31% of capacity, or 40 litres"
HOLDING = word_list("holding")  # "holds up to 900"
REACH_WORDS = frozenset({"range", "inside", "away", "deep", "beyond", "from"})
FINES = frozenset({"of", "fine", "fines"})


def set_aspect(tokens: Tokens, draft: Draft) -> None:
    """Set the aspect unless it is a plain level; a plan outranks a limit, a limit a change, a change a rate."""
    if draft.kind == "ordinal":
        draft.aspect = "rank"
    elif draft.role == "from":
        draft.aspect = "level"  # at its own time
    elif _is_reach_of_weapon(tokens, draft):
        draft.aspect = "limit"
    elif not _is_given(tokens, draft) and is_planned(tokens, draft):
        draft.aspect = "plan"
    elif _is_limit(tokens, draft):
        draft.aspect = "limit"
    elif is_due(tokens, draft):
        draft.aspect = "plan"
    elif draft.per is not None and draft.aspect == _plain_aspect(draft):
        draft.aspect = "rate"


def carry_plan(tokens: Tokens, left: Draft, right: Draft) -> None:
    """Mark the number of a gapped clause as planned too: "could last a year, and repairs a month"."""
    gap = tokens.words[left.last : right.first]
    if left.aspect == "plan" and _plans_next(gap, left, right):
        right.aspect = "plan"
    if left.aspect != "plan" or right.aspect != "level" or left.unit is None or left.dimension != right.dimension:
        return
    if "and" in gap and len(gap) < NEAR:
        right.aspect = "plan"


def _plans_next(gap: list[str], left: Draft, right: Draft) -> bool:
    """Return whether a number follows from a planned change, or is the change of a gapped clause."""
    if left.role == "to" and right.role == "by":
        return _is_apposed(gap)  # "is set to grow to 5,400, a rise of 300"
    if left.role != "by":
        return False
    if right.role == "by":  # "will rise 5% in May, police officers' by 4%"
        return left.unit is right.unit and (is_gapped_step(gap) or not any(map(is_verbal, gap)))
    return right.aspect == "change" and _leads_to_level(gap)  # "will rise by 5%, taking the bill to £2,000"


def _leads_to_level(gap: list[str]) -> bool:
    """Return whether a gap leads to a new level: ", taking the bill to"."""
    return gap[:1] == [","] and gap[-1:] == ["to"] and not BRINGING.isdisjoint(gap[1:3])


def _is_apposed(gap: list[str]) -> bool:
    """Return whether a gap begins an apposition: ", a rise of", ", an increase of about"."""
    return len(gap) < NEAR and gap[:1] == [","] and gap[1:2] in (["a"], ["an"], ["or"])


def _is_given(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a count is given, not planned: "the two sides will meet", "two of eleven branches will close"."""
    if not (draft.is_counted and draft.kind == "cardinal" and draft.role is None) or draft.low != draft.high:
        return False
    before = tokens.word(draft.first - 1)
    if before == "of" and read_numeral(tokens, draft.first - 2) is not None:
        return True
    return before in DEFINITE and not _is_foretold(tokens, draft)


def _plain_aspect(draft: Draft) -> str:
    """Return the aspect that a denominator turns into a rate: "gain 300 metres a day" is one, "up 5% a year" is not."""
    is_ratio = draft.unit is not None and draft.unit.dimension == "ratio"
    return "change" if draft.role == "by" and not is_ratio else "level"


def is_planned(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is planned, expected or possible."""
    if _is_expected(tokens, draft) or _is_foretold(tokens, draft):
        return True
    if _is_headlined(tokens, draft):
        return True
    if not tokens.holds(PLANNERS):
        return False
    for k in range(draft.first - 1, max(draft.first - 1 - CLAUSE, -1), -1):
        if _ends_search(tokens, k):
            return False
        if _plans_at(tokens, k, draft.first):
            return not _is_feature(tokens, k, draft)
    return False


def _is_feature(tokens: Tokens, k: int, draft: Draft) -> bool:
    """Return whether "offers" at token ``k`` says what something has ("offers 36 courses"), not what is on offer."""
    is_bid = draft.dimension in ("money", "ratio") or not {"to", "of"}.isdisjoint(tokens.words[k : draft.first])
    return tokens.word(k) in ("offer", "offers") and not is_bid


def _is_headlined(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a headline's infinitive governs a number: "Airline to hire 2,000", not "to reopen after £9m"."""
    to = infinitive_at(tokens.text, tokens.start, tokens.end)
    if to is None or to >= tokens.starts[draft.first]:
        return False
    return OTHER_EVENTS.isdisjoint(tokens.words[bisect_left(tokens.starts, to) : draft.first])


def _is_expected(tokens: Tokens, draft: Draft) -> bool:
    """Return whether words after a number make it a plan: "5,000 people are expected", "200 jobs could be created"."""
    if tokens.word(draft.first - 1) == "of" and draft.thing is None:  # "the population of 6m is expected to fall"
        return False
    for k in range(draft.last, min(draft.last + NEAR, len(tokens) - 1)):
        foretells = _foretells(tokens, k, draft)
        if foretells or _ends_clause(tokens, k):
            return foretells
    return False


def _foretells(tokens: Tokens, k: int, draft: Draft) -> bool:
    """Return whether "are expected", "could be" or "will" is at ``k``; non-counts need "be" after a modal."""
    word, after = tokens.word(k), tokens.word(k + 1)
    if word in ("is", "are"):
        return after in FORESEEN or (after == "likely" and not tokens.word(k + 2).isalpha())
    is_ahead = word in MODALS and _may_be_ahead(tokens, k + 1) and not _is_month_of_may(tokens, k)
    return is_ahead and (draft.is_counted or after == "be")


def _ends_clause(tokens: Tokens, k: int) -> bool:
    word = tokens.word(k)
    if word in AUXILIARIES or word in BREAKS or word in PRESENT or not word[:1].isalpha():
        return True
    return word == "and" and tokens.word(k + 1) in MODALS | {"is", "are"}


def _is_foretold(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a number is a forecast: "estimates of $4bn", "than the 30 that analysts had forecast"."""
    k = draft.first - 1
    while tokens.word(k) in LED_TO or tokens.word(k) in ("a", "an"):
        k -= 1
    if k < draft.first - 1 and tokens.word(k) in FORECASTS:
        return True
    for k in range(draft.last, min(draft.last + AFTERTHOUGHT, len(tokens))):
        word = tokens.word(k)
        if word in FORESEEN and tokens.word(k - 1) in ("had", "have", "has", "been"):
            return tokens.word(k - 2) not in ("is", "are", "than")
        if not word[:1].isalpha():
            return False
    return False


def _ends_search(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` begins the number's clause, or states that something is a fact already."""
    word = tokens.word(k)
    if word == "that":
        return tokens.word(k + 1) not in ("to", "by", "from")
    if word == "," and _follows_modal(tokens, k):
        return False
    to_have = word == "have" and tokens.word(k - 1) == "to"
    had_planned = word in ("had", "has", "have", "was", "were") and tokens.word(k + 1) in DIRECT_PLANS
    if to_have or had_planned or (word == "have" and _will_have(tokens, k)):
        return False
    return word in BREAKS or word in (",", "after", "had", "has", "have", "was", "were")


def _follows_modal(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` is the second comma of "may, at its discretion, end 40 contracts"."""
    first = max(k - LONGEST_ASIDE, 0)
    return any(tokens.word(j) == "," and tokens.word(j - 1) in MODALS for j in range(k, first, -1))


def _plans_at(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether the word at token ``k`` makes what follows, up to token ``first``, a plan."""
    word, after = tokens.word(k), tokens.word(k + 1)
    if word in MODALS:
        return _is_modal_ahead(tokens, k)
    if word in PRICING:
        return after == "in" and (
            word.endswith(("ing", "ed")) or first - k < LONGEST_PRICING
        )  # not "prices in Leeds rose"
    if word in SEEING:  # "analysts see a drop of 5 percent", "the bank sees growth of 2%"
        return _sees_change(tokens, k, first)
    if word == "to":
        return tokens.word(k - 1) in ("is", "are", "set") and after not in NO_VERBS
    if word in PLAN_VERBS and _is_of_old_end(tokens, k):
        return False
    if word in PLAN_VERBS and "to" in tokens.words[k : first - 1]:  # an infinitive before the number
        return True
    return any(rule(tokens, k, first) for rule in (_is_condition, _has_purpose, _plans_directly))


def _sees_change(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether a change is foreseen at token ``k``: "sees a fall of 5%", "is seen rising 5%"."""
    if tokens.word(k) == "seen" and tokens.word(k - 1) not in BE:
        return False
    near = tokens.words[k + 1 : min(k + 4, first)]
    foreseen = tokens.words[k + 1 : min(k + NEAR, first)]
    if any(kind_of_change(word) == "noun" for word in near):
        return True
    return any(word in REACHING or (word.endswith("ing") and kind_of_change(word) is not None) for word in foreseen)


def _is_modal_ahead(tokens: Tokens, k: int) -> bool:
    """Return whether a modal plans ("will see 800 flats built"), unlike "could see two men" and May."""
    after = tokens.word(k + 1)
    is_seen = after == "see" and tokens.word(k) in CAN
    return _may_be_ahead(tokens, k + 1) and not is_seen and not _is_month_of_may(tokens, k)


def _may_be_ahead(tokens: Tokens, k: int) -> bool:
    """Return whether token ``k`` after a modal leaves the future open: "will have to leave", not "would have cost"."""
    if tokens.word(k) != "have":
        return tokens.word(k) not in NOT_AHEAD
    return tokens.word(k + 1) == "to" or _will_have(tokens, k)


def _will_have(tokens: Tokens, k: int) -> bool:
    """Return whether "have" at token ``k`` has an object to come: "will have 45 by Monday", not "will have lost 45"."""
    return tokens.word(k - 1) in ("will", "'ll", "’ll", "would", "shall") and read_numeral(tokens, k + 1) is not None


def _plans_directly(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether a verb of planning governs the number: "seeks $30m", "expects revenue of $3bn"."""
    word = tokens.word(k)
    is_direct = word in DIRECT_PLANS and _governs(tokens, k, first)
    return is_direct and (word not in NOUNS_TOO or _is_verb_of_plan(tokens, k, first))


def _is_of_old_end(tokens: Tokens, k: int) -> bool:
    """Return whether a plan is the old level of "from a proposed 12% to about 7%"; not "its plan to hire 40"."""
    return is_past(tokens.word(k)) and tokens.words[k - 2 : k] in (["from", "a"], ["from", "an"], ["from", "the"])


def _is_condition(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether token ``k`` opens a condition ("if 2,000 more people sign"), not "asked if 40 had died"."""
    word = tokens.word(k)
    if word not in CONDITIONS or not PRONOUNS.isdisjoint(tokens.words[k + 2 : first]):
        return False
    if word == "should":
        return k == 0
    return tokens.word(k - 1) not in WONDERING and (word != "provided" or tokens.word(k + 1) == "that")


def _has_purpose(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether a purpose governs the number ("designed to create 4,000 jobs", "aims for 300"), not a reason."""
    word = tokens.word(k)
    if word in WISHES_FOR and tokens.word(k + 1) == "for":
        return _governs(tokens, k, first)
    to = next((j for j in range(k + 1, min(k + 1 + LONGEST_PURPOSE, first - 1)) if tokens.word(j) == "to"), 0)
    if word not in PURPOSES or not to or tokens.word(to + 1) in DETERMINERS | PREPOSITIONS:
        return False
    return word != "due" or tokens.word(k - 1) in AUXILIARIES  # "deaths due to overdose"


def _governs(tokens: Tokens, k: int, first: int) -> bool:
    between = tokens.words[k + 1 : first]
    return len(between) < NEAR and AUXILIARIES.isdisjoint(between)


def _is_verb_of_plan(tokens: Tokens, k: int, first: int) -> bool:
    """Return whether a word is a verb ("workers demand 5%", "projects a loss of 5m"), not a noun ("oil demand")."""
    before, after = tokens.word(k - 1), tokens.word(k + 1)
    return k + 1 == first or after in DETERMINERS or before in ("we", "they", "i", "to")


def _is_month_of_may(tokens: Tokens, k: int) -> bool:
    if tokens.word(k) != "may":
        return False
    is_capital = tokens.raw(k)[0].isupper() and k > 0
    return is_capital or tokens.word(k - 1) in BEFORE_MONTH or tokens.word(k + 1)[:1] in ("", ".", ";", ")", "?")


def _is_limit(tokens: Tokens, draft: Draft) -> bool:
    near = tokens.words[max(0, draft.first - 5) : draft.first]
    is_said = any(word in LIMIT_WORDS and near[n - 1 : n] not in NO_LIMITS for n, word in enumerate(near))
    is_capacity = draft.bound == "at_most" and tokens.word(draft.first - 1) in HOLDING
    if is_said or is_capacity or ("must" in near and draft.bound in ("at_least", "at_most")):
        return True
    limits = {"money": _is_penal, "time": _is_penal_or_allowed, "age": _is_age_limit}
    rule = limits.get(draft.unit.dimension) if draft.unit is not None else None
    return rule is not None and rule(tokens, draft, near)


def _is_penal(tokens: Tokens, draft: Draft, _near: list[str]) -> bool:
    is_penal = draft.bound == "at_most" and tokens.holds(PENAL)
    return is_penal and tokens.word(draft.first - 1) in FINES


def _is_penal_or_allowed(tokens: Tokens, draft: Draft, near: list[str]) -> bool:
    if draft.bound == "at_most" and tokens.holds(PENAL):
        return True
    return "can" in near or tokens.words[draft.last : draft.last + 3] == ["at", "a", "time"]


def _is_age_limit(tokens: Tokens, draft: Draft, _near: list[str]) -> bool:
    is_seen = tokens.word(draft.first) == "as"  # "some were as young as 14"
    return draft.bound in ("less_than", "more_than", "at_most", "at_least") and not is_seen


def _is_reach_of_weapon(tokens: Tokens, draft: Draft) -> bool:
    """Return whether a length is a reach: "may strike up to 110 kilometres inside", "a range of 300 km"."""
    if draft.unit is None or draft.unit.dimension != "length" or draft.role is not None:
        return False
    has_range = "range" in tokens.words[max(0, draft.first - 5) : draft.first]
    return has_range or (draft.bound == "at_most" and tokens.word(draft.last) in REACH_WORDS)
