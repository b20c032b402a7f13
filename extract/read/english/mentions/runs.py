"""Capitalised runs: the spans of a text that may contain a name."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from extract.read.english.document import Document
from extract.read.english.mentions.bodies import acts_as_firm, is_called_body
from extract.read.english.mentions.tables import first_names, lexicon, place, surnames
from extract.read.english.words import common_words, ordinary_words

UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŘŚŞŠȘŢŤȚŪŮŰŲŹŻŽ"
# Listed organisations whose name is a genitive: "Moody's".
FIRMS_IN_S = sorted({name[:-2] for name in lexicon().organisations if name.endswith(("'s", "’s"))})
ABBREVIATION = r"(?:St|Dr|Mr|Mrs|Ms|Gov|Sen|Rep|Gen|Col|Lt|Sgt|Prof|Rev|Capt|Mt|Ft|Jr|Sr|Maj|Cmdr|Adm|Hon|Cpl|Brig)\."
# Genitives that are part of a name: "People's Republic", "McDonald's".
GENITIVE = rf"(?:(?<=\bPeople['’]s)|(?<=\bWomen['’]s)|(?<=\bChildren['’]s))(?=\s[{UPPER}])|" + "|".join(
    rf"(?<=\b{firm}['’]s)" for firm in FIRMS_IN_S
)
WORD = (
    rf"(?:{ABBREVIATION}|(?:[{UPPER}]\.){{1,4}}|"
    rf"(?:[Aa]l-|[dlDLO]['’])?[{UPPER}][\w]*(?:[-'’&](?!s\b)\w+)*(?:!(?=\s[a-z]))?"
    rf"(?:['’]s(?:(?=\s(?:Hospital|College|School|Church|Cathedral|University|Square|Park|Island|Bay)\b)|{GENITIVE}))?)"
)
PARTICLE = r"(?:(?:de|la|van|von|der|den|bin|ibn|bint|al|el|di|da|du|dos|del|le|ul|ter|zu)\s)"
RUN = re.compile(
    rf"(?<![\w$£€@#/])(?:{PARTICLE}{{1,2}}(?=[{UPPER}]))?{WORD}"
    rf"(?:[ \u00a0](?:{PARTICLE}{{0,2}}{WORD}|&[ ]{WORD}))*(?![\w@])"
)
# The text before a capital is tested in a look-behind: a pattern that begins with a character class is fast.
BEHIND_WORD = re.compile(rf"[{UPPER}](?:(?<=[\w,] .)|(?<=\b[{UPPER}]\. .))[\w-]+")
BEFORE_CAPITAL = re.compile(rf"([{UPPER}](?<![\w-].)[\w-]+) [{UPPER}]")
LONGER = re.compile(r"[^\W\d_]{4,}")
PIECE = re.compile(r"[^\s\u00a0]+")
PREFIX = re.compile(r"(?:Pro|Pan|Anti|Ex|Non|Mid|Post|Pre)-(?=[A-Z])")
CONTRACTION = re.compile(r"['’](?:ll|re|ve|d|m|t)$", re.IGNORECASE)
# What follows the town of a dateline: a state, a day, an agency, then a dash.
DATELINE = re.compile(r"(?:,\s+[A-Z][\w.]+(?: \d{1,2})?){0,2}\s+(?:\([^()]{2,40}\)\s+)?(?:--|[-–—])\s")
NEXT_WORD = re.compile(r"\s([a-z]+)\b")
AS_PERSON = re.compile(r"(['’]s)?\s([a-z]+)\b")
# What follows a state that opens a sentence: a verb, its genitive, a relative clause or another name.
AS_STATE = re.compile(
    r"['’]s\s|(?:,|\sand|,\sand)\s[A-Z]|,?\s(?:which|whose)\b|"
    r"\s(?:also\s|now\s)?(?:has|have|had|is|was|will|would|could|may|might|must|says?|said|wants?|plans?|[a-z]{3,}ed)\b"
)
MONTHS_NAMED = frozenset({"May", "March", "April", "June", "August"})  # months that are also people's names
NUMBER_AFTER = re.compile(r",? \d")
BESIDE = re.compile(r"(?:,| and|, and)(?: the)? ([A-Z]\w*)")
OPENING = re.compile(r"[\"“‘'(\[:—–-]\s*$")


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive capitalised words; ``opens`` is true if the first may be capitalised only because of its position.

    ``words`` are triples of start offset, end offset and text.
    """

    start: int
    words: tuple[tuple[int, int, str], ...]
    opens: bool
    texts: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Store the texts of the words, which every rule uses."""
        object.__setattr__(self, "texts", tuple([word for _, _, word in self.words]))

    @property
    def end(self) -> int:
        """Return the offset of the end of the last word."""
        return self.words[-1][1]

    def cut(self, first: int, last: int | None = None) -> Run:
        """Return the run of the words from index ``first`` up to ``last``."""
        words = self.words[first:last]
        return Run(words[0][0], words, self.opens and first == 0)


def find_runs(doc: Document) -> list[Run]:
    """Return the capitalised runs of a text in order, without words capitalised only because of their position."""
    found: list[Run] = []
    inside = _capital_inside(doc)
    text = doc.text
    counts: Counter[str] | None = None
    for start, end in doc.sentences:
        matches = list(RUN.finditer(text, start, end))
        headline = _is_headline(text[start:end]) if matches else False
        if headline and counts is None:
            counts = Counter(WORDS.findall(text))
        for match in matches:
            found.extend(_named_runs(match, start, inside, counts if headline else None))
    return found


def _named_runs(match: re.Match[str], start: int, inside: frozenset[str], counts: Counter[str] | None) -> list[Run]:
    """Return the runs of a capitalised span; ``counts`` are the text's word frequencies if it is in a headline."""
    text = match.string
    before = max(start, match.start() - 2)
    opens = match.start() == start or OPENING.search(text, before, match.start()) is not None
    run = _run(match, opens=opens)
    if opens_dateline(text, run) or _is_company(text, run) or _leads_body(text, run) or _acts_alone(text, run):
        return [run]
    pieces = [run] if counts is None else _apart(run, counts)
    trimmed = (_trim(text, piece, counts is not None) for piece in pieces)
    return [piece for piece in trimmed if piece is not None and _is_named(text, piece, inside)]


def _is_named(text: str, run: Run, inside: frozenset[str]) -> bool:
    return not _is_plain_opener(run, inside) or is_called_body(text, run.start, run.end)


def opens_dateline(text: str, run: Run) -> bool:
    """Return whether this is the town of a dateline: "PORT ANSEL (Capital Wire) - ", "LONDON, Nov. 3 - "."""
    return run.opens and all(word.isupper() for word in run.texts) and bool(DATELINE.match(text, run.end))


def _capital_inside(doc: Document) -> frozenset[str]:
    """Return the words that are capitalised after another word or before a capital, so that it is significant."""
    return frozenset(BEHIND_WORD.findall(doc.text)) | frozenset(BEFORE_CAPITAL.findall(doc.text))


def _is_plain_opener(run: Run, inside: frozenset[str]) -> bool:
    """Return whether a single word opens a sentence, is ordinary English and has no capital elsewhere."""
    word = run.texts[0]
    if not run.opens or len(run.words) > 1:
        return False
    if word in AUXILIARIES:
        return True
    if word in inside:
        return False
    return word.lower() in ordinary_words() or (place(word) is None and not word.isupper())


def _is_company(text: str, run: Run) -> bool:
    """Return whether this is a listed organisation before a verb typical of companies: "Apple fell 2%"."""
    if run.texts[0] not in lexicon().organisations:
        return False
    after = NEXT_WORD.match(text, run.end)
    return acts_as_firm(text, run.end) or (after is not None and after[1] in lexicon()["company_verbs"])


def _acts_alone(text: str, run: Run) -> bool:
    """Return whether a single word acts as only a state, a firm or a person does: "Turkey has sent", "Next said"."""
    if len(run.words) > 1 or not run.opens:
        return False
    known = place(run.texts[0])
    if known is not None and known.kind == "country":
        return AS_STATE.match(text, run.end) is not None
    return _is_named_firm(text, run) or (known is None and _is_named_person(text, run))


def _is_named_firm(text: str, run: Run) -> bool:
    """Return whether an opening word is a listed firm's name here: "Nestle, Danone and", "Orange will pay"."""
    word, lists = run.texts[0], lexicon()
    if not _is_firm(word):
        return False
    beside = BESIDE.match(text, run.end)
    if beside is not None and _is_firm(beside[1]) and not lists.organisations.isdisjoint((word, beside[1])):
        return True
    if word in lists["firm_words"]:
        return acts_as_firm(text, run.end)
    return word.lower() not in ordinary_words() and word.lower() not in common_words()


def _is_firm(word: str) -> bool:
    return word in lexicon()["firm_words"] or word in lexicon().organisations


def _is_named_person(text: str, run: Run) -> bool:
    """Return whether a word that opens a sentence is a name by what follows: "Macron's office", "Stellantis sold"."""
    word, lists = run.texts[0], lexicon()
    is_known = word in lists["figures"]
    if word in DETERMINERS or word in _never() or CONTRACTION.search(word) or word.lower() in common_words():
        return False
    if not is_known and (word.lower() in ordinary_words() or word.endswith((*FORMED, "s"))):
        return False
    follows = AS_PERSON.match(text, run.end)
    if follows is None:
        return False
    if follows[1]:
        return follows[2] in lists["persons_own"] or follows[2] in lists["body_staff"]
    is_other = is_known or not (word in first_names() or word in surnames())  # "Comfort is", "Price is"
    return is_other and any(follows[2] in lists[name] for name in ("company_verbs", "actor_verbs", "person_verbs"))


def _leads_body(text: str, run: Run) -> bool:
    """Return whether this is the head noun of an organisation's name: "Bank of England Raises Rates"."""
    of = OF_NAME.match(text, run.end) if len(run.words) == 1 and run.texts[0] in lexicon()["org_heads"] else None
    return of is not None and place(of[1]) is not None


def _run(match: re.Match[str], *, opens: bool) -> Run:
    """Return the run of a match, without a prefix such as "Pro-"."""
    text = match.string
    prefix = PREFIX.match(text, match.start(), match.end())
    begin = prefix.end() if prefix else match.start()
    words = tuple((p.start(), p.end(), text[p.start() : p.end()]) for p in PIECE.finditer(text, begin, match.end()))
    return Run(begin, words, opens)


def _is_headline(sentence: str) -> bool:
    """Return whether this is in title case: most longer words are capitalised, and there is no final full stop."""
    if sentence.rstrip().endswith("."):
        return False
    longer = LONGER.findall(sentence)
    return len(longer) >= LEAST_OF_HEADLINE and sum([word[0].isupper() for word in longer]) >= 0.8 * len(longer)


def _apart(run: Run, counts: Counter[str]) -> list[Run]:
    """Return the parts of a headline's run between its verbs: "Pope Leo | Names", "Riga | Bans | Uber".

    ``counts`` has the frequency of each word of the text as written.
    """
    found, first = [], 0
    for at, word in enumerate(run.texts):
        if at and _is_done(word, run.texts[at - 1], counts):
            if at > first:
                found.append(run.cut(first, at))
            first = at + 1
    return [*found, run.cut(first)] if first < len(run.words) else found


def _is_done(word: str, before: str, counts: Counter[str]) -> bool:
    """Return whether a word of a headline is a verb by its ending and not part of a name.

    It must be known English, or occur only here after a word that occurs elsewhere.
    """
    lists = lexicon()
    is_of_name = word in surnames() or word in first_names() or place(word) is not None or word in lists["titles"]
    is_of_body = any(word in lists[name] for name in ("org_endings", "org_heads", "place_endings"))
    if not word.endswith(VERBAL) or is_of_name or is_of_body:
        return False
    return word.lower() in ordinary_words() or (counts[word] == 1 and counts[before] > 1)


def _trim(text: str, run: Run, headline: bool) -> Run | None:
    """Return a run without words at its ends that are not part of a name ("The", "However", "Monday", "I"), or None."""
    first, last = 0, len(run.words)
    texts = run.texts
    while first < last and _is_no_name(
        texts[first], at_start=(run.opens and first == 0) or headline, alone=last - first == 1
    ):
        first += 1
    while last > first and _is_no_end(texts[last - 1]) and not _is_called_month(text, run, last - 1):
        last -= 1
    is_day = last < len(texts) and texts[first:last] and texts[last - 1] in DAYS_OWN and texts[last].endswith("day")
    return run.cut(first, last) if last > first and not is_day else None


def _is_called_month(text: str, run: Run, at: int) -> bool:
    """Return whether a month behind a title or a given name is a surname: "Theresa May", "Mr August"."""
    word, before = run.texts[at], run.texts[at - 1] if at else ""
    if word not in MONTHS_NAMED or NUMBER_AFTER.match(text, run.words[at][1]):
        return False
    return before.rstrip(".") in lexicon()["titles"] or (before in first_names() and place(before) is None)


def _never() -> frozenset[str]:
    return lexicon()["not_names"]


DETERMINER_WORDS = (
    "The A An This That These Those His Her Their Our My Your Its In On At By For From To Of And But Or "
    "If When While Since After Afterwards Afterward Before As With Without Both Some Most Many All Under Over He She "
    "They We It You There Here Then Also Not Why How Who Where Which Once Until Such Any Each Every Another Even "
    "Yet Though Although Because During Despite According Among "
)
VERBAL = ("s", "ed", "ing")
LEAST_OF_HEADLINE = 3  # longer words
WORDS = re.compile(r"\w[\w’'-]*")
OF_NAME = re.compile(rf" of (?:the )?([{UPPER}]\w+)")
FORMED = ("ing", "ed", "ly", "ward", "wards", "wise", "where", "while")  # endings of participles and adverbs
DAYS_OWN = frozenset("Black Cyber Good Giving Super Ash Palm Easter Bloody".split())  # "Black Friday"
AUXILIARIES = frozenset("Can Could Should Would Do Does Did Is Are Was Were Has Have Had Let".split())
DETERMINERS = frozenset(DETERMINER_WORDS.split())


def _is_no_end(word: str) -> bool:
    return word == "&" or word in DETERMINERS or word in _never()


def _is_no_name(word: str, *, at_start: bool, alone: bool) -> bool:
    """Return whether a word at the beginning of a run is not part of a name."""
    if word in DETERMINERS:
        return True
    if word in _never():
        return alone or (at_start and word.lower() in common_words())
    if CONTRACTION.search(word) or _is_shouted(word):
        return True
    return at_start and _is_ordinary(word) and (alone or _is_opener(word))


def _is_ordinary(word: str) -> bool:
    """Return whether a word is capitalised as a sentence's first: a frequent one, a participle or an adverb."""
    if word.isupper() or word in lexicon()["titles"]:
        return False
    is_formed = word.endswith(FORMED) and word.lower() in ordinary_words()
    return is_formed or word.lower() in common_words()


def _is_shouted(word: str) -> bool:
    """Return whether an ordinary word is in capitals for emphasis: "AND", but not "WHO"."""
    if not (word.isupper() and len(word) > 2 and word.lower() in common_words()):
        return False
    return word not in lexicon().organisations and place(word) is None


def _is_opener(word: str) -> bool:
    """Return whether an ordinary word before another capital is not one that names are formed with.

    Those are titles, the head nouns and endings of organisations and places, and compass points.
    """
    endings = lexicon()
    known = (
        word in endings["title_parts"]
        or word in endings["org_heads"]
        or word in endings["org_endings"]
        or word in endings["compass"]
    )
    return not known and word not in endings["place_heads"] and word not in endings["title_parts"]
