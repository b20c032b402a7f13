"""Filters that reject names, verbs and counts that look like dates."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.calendar import MONTH_NAMES, MONTH_SHORT

# Words after which a bare "May", "March" or "August" is the month.
TIME_PREPOSITION = re.compile(
    r"\b(?:in|since|by|until|till|from|through|during|before|after|between|for|of|last|next|this|early|late|"
    r"mid|earlier|later|as|on|every|each|and|to|or|past|late-|early-|mid-)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
STRICT_PREPOSITION = re.compile(r"\b(?:in|since|until|till|last|next|this|early|late|mid|during)[\s-]+$", re.IGNORECASE)
MONTH_BEFORE = re.compile(
    rf"\b(?:{'|'.join(MONTH_NAMES)})"
    r"(?:,| and| to| or| through|,? and|-|–)\s*$"
)
AMBIGUOUS = frozenset({"may", "march"}.union(name.lower() for name in MONTH_SHORT))
GIVEN_NAMES = frozenset({"april", "may", "june", "august", "jan"})
NAME_AFTER = re.compile(r"\s+[A-Z][a-z]+")
SURNAME_MAY = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Brian|Minister|PM|Elaine|Lady) May\b")
PERSON_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lady)\.?\s+$|\b[A-Z][a-z]+\s+$")
COUNTED = (
    "people persons men women children soldiers troops civilians prisoners refugees migrants workers employees "
    "jobs voters votes seats students pupils patients cases deaths homes houses families households buildings "
    "schools villages towns shares points dollars euros pounds cents percent per miles kilometers kilometres "
    "meters metres feet acres hectares tons tonnes barrels gallons liters litres kilograms pounds calories "
    "degrees rpm watts megawatts volts pages words copies books items cars vehicles trucks tanks aircraft planes "
    "drones missiles rockets shells rounds times copies signatures complaints fans guests members delegates "
    "hours hrs minutes seconds days weeks months years GMT UTC BST EST EDT square cubic more other or-so mph kph "
    "km m kg million billion thousand hundred officers police firefighters guns graves bodies victims"
)
COUNTED_AFTER = re.compile(rf"\s*-?\s*(?:{'|'.join(COUNTED.split())})\b")
QUANTITY_BEFORE = re.compile(
    r"\b(?:about|some|nearly|almost|over|than|least|most|approximately|roughly|around|least|exactly|only|another|"
    r"many as|much as|total of|up to|number|no\.?|nos\.?|flight|room|page|pages|route|highway|article|section|"
    r"chapter|unit|model|channel|bus|type|lot|code|extension|paragraph|resolution|boeing|airbus|windows|office|"
    r"radio|fm|am|[$£€]|usd|eur|rs\.?|asteroid)\s+$",
    re.IGNORECASE,
)
EARLY_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|of|from|until|to|before|after|circa|year|during|between|and|c\.)\s+$", re.IGNORECASE
)
LATE_YEAR_BEFORE = re.compile(r"\b(?:in|since|by|until|before|after|year)\s+$", re.IGNORECASE)
FIRST_BARE_DECADE = 1600
# "a Friday night" is generic; "a Friday night raid" is a specific one.
ANY_NIGHT = re.compile(r"(?:morning|afternoon|evening|night)(?=\s*[.,;:!?)\n]|\s+(?:out|in|at|on|and|or|with)\b|\s*$)")
# "Today" in the sense of nowadays: "even today", "still read today", "than it is today", "today's world".
NOWADAYS_BEFORE = re.compile(
    r"(?i)\b(?:even\s+|than\s+|still\s+(?!\w+ing)(?:[\w’'-]+\s+){0,6}?|"
    r"(?:than|as)\b[^.,;:]{0,40}\b(?:is|are|am|do|does|has|have)\s+(?:\w+\s+)?)$"
)
NOWADAYS_AFTER = re.compile(
    r"(?i)['’]s\s+(?:world|society|generations?|youth|kids|children|parents|young|standards?|technology|culture|"
    r"environment|climate|market(?:place)?s?|age|era|consumers|students|teens|teenagers|modern|fast-paced|digital)\b"
)
AS_TODAY = re.compile(r"\bas\s+\w+\s+$")  # "as strong today as it was"
STATE_TODAY = re.compile(
    r"(?i)\b(?:it|they|we|he|she|i|you)(?:\s+(?:is|are|am)|['’](?:s|re|m))\s+$"
)  # "where I am today"
TITLED_TODAY = re.compile(r"\s+(?:[Ss]how|[Pp]rogram(?:me)?|app)\b")
ANY_WEEKDAY = re.compile(
    r"\b(?:on an?|every|each|any|most)\s+(?:(?:other|first|second|third|fourth|last)\s+)?"
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:,?\s+(?:or|and)\s+|,\s+))*$",
    re.IGNORECASE,
)
EVERY_YEAR = re.compile(r"\b(?:each|every)\s+(?:year\s+(?:in|during)\s+)?$", re.IGNORECASE)
TITLE_AFTER_WEEKDAY = re.compile(
    r"\s+(?:Morning|Evening|Times|Telegraph|Mirror|Express|Mail|Herald|Night\s+(?:Live|Football|Lights)|Post|World|People|Sun|"
    r"Service|Lunch|School|Night)\b"
)
TITLE_BEFORE_WEEKDAY = re.compile(
    r"\b(?:Black|Bloody|Super|Ruby|Freaky|Ash|Good|Palm|Easter|Cyber|Giving|Wicked|Orange|Joe|TGI)\s+$"
)
CAR_AFTER = re.compile(
    r"\s+(?:Chevrolet|Ford|Toyota|Honda|Nissan|Mazda|Volkswagen|BMW|Mercedes|Audi|Volvo|Fiat|Dodge|Jeep|Chrysler|"
    r"Cadillac|Buick|Pontiac|Subaru|Hyundai|Kia|Tesla|Porsche|Ferrari|Jaguar|Vauxhall|Renault|Peugeot|Harley)\b"
)
ADDRESS_AFTER = re.compile(
    r"\s+(?:[A-Z][a-z]+\s+){0,2}(?:Street|St\.?|Avenue|Ave\.?|Road|Rd\.?|Boulevard|Drive|Lane|Highway|Way)\b"
)


def _left(match: re.Match[str], size: int = 30) -> str:
    return match.string[max(0, match.start() - size) : match.start()]


def month(match: re.Match[str]) -> bool:
    """Return whether a match is a month, not a name ("Theresa May", "June Carter") or a verb ("May I", "March on")."""
    name_follows = NAME_AFTER.match(match.string, match.end())
    if name_follows and len(match["m"]) == 3 and match["m"] != "May":
        return False
    if match.start("m") != match.start():  # a modifier or "last" is evidence for the month
        return True
    return _is_month_alone(match, is_named=name_follows is not None)


def _is_month_alone(match: re.Match[str], *, is_named: bool) -> bool:
    """Return whether the left context makes a bare name a month; ``is_named``: another capitalised word follows."""
    key, left = match["m"].lower().rstrip("."), _left(match)
    if MONTH_BEFORE.search(left):
        return True
    if key in GIVEN_NAMES and _names_a_may(match.string):
        return bool(STRICT_PREPOSITION.search(left))
    if TIME_PREPOSITION.search(left):
        return True
    is_person = key in GIVEN_NAMES and (is_named or PERSON_BEFORE.search(left))
    return not is_person and key not in AMBIGUOUS


@lru_cache(maxsize=1)
def _names_a_may(text: str) -> bool:
    """Return whether the text names a person called May; cached, since a text asks once per month name."""
    return SURNAME_MAY.search(text) is not None


def day_and_month(match: re.Match[str]) -> bool:
    """Reject "the 5 May bring": a number before a verb or a name."""
    return not (
        match["m"] in ("May", "March", "Mar") and re.match(r"\s+(?:be|have|not|on|to)\b", match.string[match.end() :])
    )


NO_YEAR_AFTER = (COUNTED_AFTER, ADDRESS_AFTER, CAR_AFTER)


def year(match: re.Match[str]) -> bool:
    """Return whether a number is a year, not a count ("1984 people"), a label ("flight 1999") or an address."""
    text, left, number = match.string, _left(match), int(match["y"])
    if any(pattern.match(text, match.end()) for pattern in NO_YEAR_AFTER) or QUANTITY_BEFORE.search(left):
        return False
    if number < 1750 and re.match(
        r"\s+(?!(?:and|or|to|until|when|the|by|with|as|he|she|they|it|was|were)\b)[a-z]{3,}", text[match.end() :]
    ):
        return False
    is_led = match.start("y") != match.start()
    if number > 2099:
        return is_led or bool(LATE_YEAR_BEFORE.search(left))
    return number >= 1750 or is_led or bool(EARLY_YEAR_BEFORE.search(left))


def short_year(match: re.Match[str]) -> bool:
    """Accept "in '98" and "of '68", where the apostrophe is not an opening quotation mark."""
    return bool(
        re.search(
            r"\b(?:in|of|since|by|until|from|to|early|late|summer|spring|fall|autumn|winter|and)\s+$", _left(match)
        )
    )


def spoken_year(match: re.Match[str]) -> bool:
    """Reject spoken numbers that are ages or counts: "twenty ten-year-olds"."""
    words = match["y"].lower().replace("-", " ").split()
    return (
        len(words) >= 2
        and not COUNTED_AFTER.match(match.string, match.end())
        and (
            words[0] != "twenty"
            or (
                words[1]
                in (
                    "oh",
                    "ten",
                    "eleven",
                    "twelve",
                    "thirteen",
                    "fourteen",
                    "fifteen",
                    "sixteen",
                    "seventeen",
                    "eighteen",
                    "nineteen",
                    "twenty",
                )
                and not re.match(r"[ -]\w+[ -]old", match.string[match.end() :])
            )
        )
    )


def decade(match: re.Match[str]) -> bool:
    """Reject temperatures and scores ("highs in the 90s"), and decades before 1600 without "the"."""
    if match["y"] and int(match["y"]) < FIRST_BARE_DECADE:
        return match.group().lower().startswith("the ")  # "individual 1040s" are tax forms
    if not match["bare"]:
        return True
    near = match.string[max(0, match.start() - 80) : match.end() + 40].lower()
    return not re.search(r"\b(?:temperatures?|degrees?|highs?|lows?|fahrenheit|mph|scores?|shot|percentile)\b", near)


def weekday(match: re.Match[str]) -> bool:
    """Reject recurring weekdays ("every Monday"), newspapers ("The Sunday Times") and named days ("Bloody Sunday")."""
    text, left = match.string, _left(match, 60)
    if match.start("wd") == match.start() and ANY_WEEKDAY.search(left):
        return False
    if re.match(r"\s+(?:morning|afternoon|evening|night|lunchtime)s\b", text[match.end("wd") : match.end("wd") + 12]):
        return False
    if re.search(r"\ban?\s+$", left) and ANY_NIGHT.match(text[match.end("wd") + 1 : match.end() + 8]):
        return False
    return not TITLE_AFTER_WEEKDAY.match(match.string, match.end("wd")) and not TITLE_BEFORE_WEEKDAY.search(
        match.string[max(0, match.start("wd") - 20) : match.start("wd")]
    )


def today(match: re.Match[str]) -> bool:
    """Reject "today" in the sense of nowadays, and in a name: "USA Today", "the Today programme"."""
    word, text = match.group(), match.string
    if not word.lower().startswith("today"):
        return True
    left = _left(match, 60).rpartition("\n")[2]
    if word[0].isupper() and (re.search(r"[A-Z]\w* $", left) or TITLED_TODAY.match(text, match.end())):
        return False
    right = text[match.end() : match.end() + 4]
    if (AS_TODAY.search(left) and right.startswith(" as ")) or (STATE_TODAY.search(left) and right[:1] in ".,;:!?)"):
        return False
    return not NOWADAYS_BEFORE.search(left) and not NOWADAYS_AFTER.match(text, match.end())


def season(match: re.Match[str]) -> bool:
    """Accept a season whose context makes it a date; "fall" and "spring" are also verbs and other nouns."""
    if EVERY_YEAR.search(_left(match)):
        return False
    if match["which"] or match["y"] or match["lean"]:
        return not re.match(r"['’]s\s+(?:Tale|Bone)", match.string[match.end() : match.end() + 8])
    if match.group()[0].isupper() and not match.group().lower().startswith("the "):
        return False
    left = match.string[max(0, match.start() - 14) : match.start()]
    before = bool(
        re.search(
            r"\b(?:in|over|during|by|until|since|through|throughout|into|before|after|of|for)\s+(?:the\s+)?$", left
        )
    )
    ambiguous = match["s"].lower() in ("fall", "spring")
    has_article = match.group().lower().startswith("the ")
    return before and (has_article or not ambiguous or left.rstrip().endswith(("in", "this", "by")))


REPEATED = re.compile(r"(?i)\b(?:every|each|on an?|usually on)\s+(?:the\s+)?$")


def repeated(match: re.Match[str]) -> bool:
    """Reject recurring dates: "every first Monday of the month", "at the end of each week"."""
    return not REPEATED.search(_left(match))


def game_quarter(match: re.Match[str]) -> bool:
    """Reject quarters of a game, which have a score or a play nearby."""
    near = match.string[max(0, match.start() - 120) : match.end() + 120]
    return not re.search(
        r"\b(?:touchdowns?|quarterback|field goals?|rebounds|three-pointers?|yards?|coach|halftime)\b", near
    )


BUSINESS = re.compile(
    r"(?i)\b(?:profits?|sales|revenues?|earnings|turnover|output|exports?|imports|deliver(?:ies|ed)|ship(?:ments|ped)|orders|margins?|"
    r"dividend|results?|forecasts?|growth|gdp|economy|inflation|compan(?:y|ies)|shares?|investment|bookings|loss(?:es)?|fiscal|"
    r"passengers|factory|handled|traffic|(?:m|b)illion|\d+(?:m|bn))\b"
)
PLAYED = re.compile(
    r"(?i)\b(?:match|goals?|scored?|penalty|half-time|halftime|kick|striker|minutes?|team|coach|season|league|book|film)\b"
)


def game_half(match: re.Match[str]) -> bool:
    """Reject halves of a game or a book; those of a year have business terms nearby."""
    near = match.string[max(0, match.start() - 120) : match.end() + 120]
    return BUSINESS.search(near) is not None and PLAYED.search(near) is None
