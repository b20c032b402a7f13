"""Statements about whether something was verified: their verdict and their scope.

The verdict is unverified, verified or denied. The scope is a noun ("these figures", "the claim", "the death toll",
"which"), with the words that narrow it ("casualty", "Ukraine's").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extract.read.english.attributions.factchecks import TRIGGERS as TRIGGERS_AHEAD
from extract.read.english.attributions.factchecks import verdict_ahead
from extract.read.english.attributions.wordlist import word_set
from extract.read.quotes import Quotes
from extract.types import Verification

CHECK = (
    r"(?:verif(?:y|ied)|confirm(?:ed)?|corroborat(?:e|ed)|check(?:ed)?|substantiat(?:e|ed)|"
    r"authenticat(?:e|ed)|establish(?:ed)?)"
)
NUMBER_NOUN = (
    r"(?:figures?|numbers?|tolls?|tally|tallies|counts?|estimates?|totals?|statistics|data|"
    r"sums?|amounts?|percentages?|results?|readings?|measurements?|rates?)"
)
CLAIM_NOUN = (
    r"(?:claims?|assertions?|reports?|accounts?|statements?|allegations?|accusations?|information|"
    r"details|story|stories|"
    r"version|rumou?rs?|theor(?:y|ies)|posts?|videos?|footage|images?|documents?|testimon(?:y|ies)|announcements?|suggestions?)"
)
# Words that cannot occur inside the noun phrase: "denied bail in one of the reports" is not about a report.
NO_MODIFIERS = (
    "of|for|from|to|in|on|at|by|with|about|as|that|which|who|is|are|was|were|has|have|had|will|would|you|we|they|and|or|"
    "but|if|a|an|the|his|her|their|its"
)
OBJECT = (
    rf"(?P<determiner>these|those|this|that|the|any of the|both|all|its|his|her|their|either|neither|"
    rf"such|[\w’'.-]+[’']s?)?\s*"
    rf"(?P<modifiers>(?:(?!(?:{NO_MODIFIERS})\b)[\w’'.-]+\s+){{0,4}}?)(?P<noun>{NUMBER_NOUN}|{CLAIM_NOUN})\b"
    rf"(?P<after>\s+(?:of|from|by|on|about|for|made by|given by)\s+(?:[\w’'.-]+\s?){{1,6}})?"
)
ANAPHOR = (
    r"(?P<anaphor>which|this|that|it|they|them|these|those)\b(?=\s*(?:$|[.,;:!?)—–]|and\b|but\b|"
    r"as\b|or\b|on\b|in\b|with\b))"
)
TARGET = rf"(?:{OBJECT}|{ANAPHOR})"
TARGET_FOR_VERB = re.compile(rf"(?i)\s+(?:whether\s+)?{TARGET}")

UNVERIFIED = re.compile(
    rf"(?ix)\b(?:"
    rf"(?:could|can|may|might)\s?(?:not|n[’']t)\s+(?:immediately\s+|"
    rf"yet\s+)?be\s+(?:\w+ly\s+)?{CHECK}(?:\s+independently)?|"
    rf"(?:cannot|can[’']t)\s+(?:immediately\s+)?be\s+(?:\w+ly\s+)?{CHECK}|"
    rf"(?:has|have|had|was|were|is|are)\s?(?:not|n[’']t|"
    rf"never)\s+(?:yet\s+)?(?:been\s+)?(?:\w+ly\s+)?{CHECK}(?:\s+independently)?|"
    rf"(?:has|have|had)\s+yet\s+to\s+be\s+(?:\w+ly\s+)?{CHECK}|"
    rf"(?:impossible|difficult|hard|no\s+way)\s+to\s+(?:\w+ly\s+)?(?P<reach1>{CHECK})|"
    rf"(?:unable|not\s+able|not\s+been\s+able|n[’']t\s+been\s+able|"
    rf"n[’']t\s+able)\s+to\s+(?:\w+ly\s+)?(?P<reach2>{CHECK})|"
    rf"(?:could|can|did|does|do|would|has|have|had)\s?(?:not|n[’']t)\s+(?:immediately\s+|"
    rf"yet\s+)?(?:\w+ly\s+)?(?P<reach3>{CHECK})|"
    rf"cannot\s+(?:\w+ly\s+)?(?P<reach4>{CHECK})|"
    rf"(?:declined|refused|failed)\s+to\s+(?:\w+ly\s+)?(?P<reach5>confirm|verify)|"
    rf"no\s+(?:evidence|proof|way|means)\s+(?:to|of)\s+(?:\w+ly\s+)?(?P<reach8>{CHECK}|support|back)(?:ing|ming|ying)?|"
    rf"neither\s+confirm(?:ed|s)?\s+nor\s+den(?:ied|y|ies)(?P<reach6>)|"
    rf"no\s+independent\s+(?:confirmation|verification)(?:\s+of(?P<reach7>))?|"
    rf"(?:remains?|remained|is|are|was|were)\s+(?:unverified|unconfirmed|unsubstantiated)|"
    rf"(?:(?<=\bneither)|(?<=\bnone)|(?<=\bnone\sof\sthem)|(?<=\bnone\sof\swhich)|(?<=\bneither\sclaim)|(?<=\bneither\sfigure)|"
    rf"(?<=\bneither\sof\swhich)|(?<=\bneither\sof\sthem))\s+(?:could|can|has|have)\s+be(?:en)?\s+(?:\w+ly\s+)?{CHECK}"
    rf")"
)
VERIFIED = re.compile(
    r"(?ix)\b(?:"
    r"(?:has|have|had|was|were|is|are)\s+(?:since\s+|later\s+|"
    r"now\s+)?(?:been\s+)?(?:\w+ly\s+)?(?:verified|confirmed|corroborated|borne\s+out)|"
    r"(?P<reach1>confirm(?:s|ed)?|verif(?:ies|ied)|corroborat(?:es|ed)|bears?\s+out|bore\s+out|back(?:s|"
    r"ed)\s+up|support(?:s|ed))\b"
    r")"
)
FALSE_PREDICATE = (
    r"(?:is|are|was|were)\s+(?:simply\s+|completely\s+|entirely\s+|just\s+|all\s+)?(?:false|untrue|wrong|fabricated|"
    r"exaggerated|inflated|baseless|unfounded|groundless|bogus|fake|incorrect|erroneous|not\s+true|(?:an?\s+)?(?:\w+\s+)?(?:lies?|fabrication|hoax)\b|nonsense|fiction|propaganda)"
)
DENIED = re.compile(
    r"(?ix)\b(?:"
    r"(?:has|have|had|was|were|is|are)\s+(?:been\s+)?(?:\w+ly\s+)?(?:denied(?!\s+(?!(?:by|as|and|or|in|on|but)\b)\w)|disputed|rejected|refuted|"
    r"dismissed|contradicted)|"
    r"(?:has|have|had)?\s*(?P<reach1>den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|refut(?:e|es|"
    r"ed)|dismiss(?:es|ed)?|contradict(?:s|ed)?|rebut(?:s|ted)?|challeng(?:e|es|ed)|"
    r"question(?:s|ed)|call(?:s|ed)|describ(?:es|ed))\b|"
    r"(?:has|have|had|was|were|is|are)\s+(?:since\s+|long\s+)?(?:been\s+)?(?:\w+ly\s+)?(?:debunked|discredited|disproved|disproven|"
    r"rated\s+(?:as\s+)?[“\"']?(?:mostly\s+)?false|(?:proven|proved|found)\s+(?:to\s+be\s+)?(?:false|wrong|untrue))|"
    r"(?:prove[ds]?|turn(?:s|ed)\s+out)\s+(?:to\s+be\s+)?(?:false|wrong|untrue)|"
    rf"{FALSE_PREDICATE}"
    r")"
)
IS_FALSE = re.compile(rf"(?i){FALSE_PREDICATE}")
FALSEHOOD = re.compile(
    r"(?i)\b(?:false|untrue|wrong|lies?|fabricat\w+|exaggerat\w+|inflated|baseless|nonsense|fake|"
    r"fiction|propaganda|absurd|groundless)\b"
)
OF_CLAIMS = ("confirm", "verif", "corroborat", "den", "disput", "refut", "contradict")  # their object is a claim
NEEDS_FALSEHOOD = ("call", "describ")
UNCONFIRMED_ADJECTIVE = re.compile(
    r"(?i)\b(?:unconfirmed|unverified|unsubstantiated)\s+(?:\w+\s+){0,2}?(?:reports?|claims?|figures?|"
    r"numbers?|estimates?|accounts?|information|tolls?)"
)
# A sentence in lower case without any of these has no verdict; tested first because the patterns are expensive.
TRIGGERS = (
    *("verif", "confirm", "corroborat", "check", "substantiat", "authenticat", "establish", "deny", "denie", "disput"),
    *("reject", "refut", "dismiss", "contradict", "rebut", "false", "untrue", "fabricat", "exaggerat", "inflated"),
    *("baseless", "bore out", "borne out", "bears out", "bear out", "backs up", "backed up", "support", "challeng"),
    *(
        "question",
        "call",
        "describ",
        "debunk",
        "discredit",
        "disprov",
        "rated",
        "proven",
        "not true",
        " lie",
        "nonsense",
    ),
    *("unfounded", "groundless", "bogus", "fake", "incorrect", "erroneous"),
    *("hoax", "fiction", "propaganda", "wrong", "turned out"),
)

MAX_SENTENCE = 2000  # characters; a longer sentence is a table or a list
Reach = Literal["figures", "figure", "claims", "claim", "anaphor"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One verdict and its scope.

    ``start`` and ``end`` are the clause's offsets, ``trigger`` is that of the verdict. ``reach`` is what the noun can
    refer to; ``is_near`` says that a demonstrative or an anaphor ties it to the preceding text; ``words`` narrow it (in
    lower case). The noun's own content ("the claim that 40 died could not be verified") is from ``told_start`` to
    ``trigger``.
    """

    verdict: Verification
    start: int
    end: int
    trigger: int
    reach: Reach
    is_near: bool
    words: frozenset[str]
    told_start: int | None = None


def statements(text: str, sentences: list[tuple[int, int]], quotes: Quotes) -> Iterator[tuple[int, Statement]]:
    """Yield the statements of verification, each after the index of its sentence."""
    whole = text.lower()
    ahead_of, triggers = (tuple(word for word in words if word in whole) for words in (TRIGGERS_AHEAD, TRIGGERS))
    for index, (start, end) in enumerate(sentences if ahead_of or triggers else ()):
        found = _in_sentence(text, start, end, ahead_of, triggers, quotes)
        if found is not None:
            yield index, found


def _in_sentence(
    text: str, start: int, end: int, ahead_of: Sequence[str], triggers: Sequence[str], quotes: Quotes
) -> Statement | None:
    """Return the statement in a sentence, or None; ``ahead_of`` and ``triggers`` are words that indicate one."""
    sentence = text[start:end]
    lowered = sentence.lower()
    if len(lowered) > MAX_SENTENCE:
        return None
    ahead = verdict_ahead(sentence) if any(map(lowered.__contains__, ahead_of)) else None
    if ahead is not None and quotes.at(start + ahead[1]) is None:
        return _of_what_follows(start, end, *ahead)
    found = _statement(sentence, start) if any(map(lowered.__contains__, triggers)) else None
    if found is not None and (quotes.at(found.trigger) is None or IS_FALSE.match(text, found.trigger)):
        return found
    return None


def _of_what_follows(start: int, end: int, verdict: Verification, _: int, first: int, last: int) -> Statement:
    """Return the statement for a verdict whose scope is the sentence's characters from ``first`` to ``last``."""
    return Statement(verdict, start, end, start + last, "claim", False, frozenset(), start + first)


def _statement(sentence: str, base: int) -> Statement | None:
    """Return the statement of a sentence that begins at offset ``base``, or None."""
    for verdict, pattern in (("unverified", UNVERIFIED), ("denied", DENIED), ("verified", VERIFIED)):
        for match in pattern.finditer(sentence):
            target = _target(sentence, match, verdict)
            if target is None or (verdict == "denied" and not _is_denial(sentence, match)):
                continue
            start, end = _clause(sentence, match, target)
            return _make(verdict, base, start, end, match, target)  # type: ignore[arg-type]
    adjective = UNCONFIRMED_ADJECTIVE.search(sentence)
    if adjective is not None:
        return Statement(
            "unverified", base, base + len(sentence), base + adjective.start(), "anaphor", True, frozenset()
        )
    return None


def _is_denial(sentence: str, match: re.Match[str]) -> bool:
    """Return whether a match is a denial: "call" and "describe" need a word for falsehood after them."""
    verb = match.group("reach1") or ""
    return not verb.lower().startswith(NEEDS_FALSEHOOD) or FALSEHOOD.search(sentence, match.end()) is not None


def _target(sentence: str, match: re.Match[str], verdict: str) -> re.Match[str] | None:
    """Return the match of the noun in scope: an active verb's object, a passive verb's subject; or None."""
    if OWN_CONTENT.match(sentence, match.end()):
        return None
    reaching = next((g for name, g in match.groupdict().items() if name.startswith("reach") and g is not None), None)
    if reaching is not None:
        target = TARGET_FOR_VERB.match(sentence, match.end())
        if target is None or STATES.match(sentence, target.end()):
            return None
        return target if verdict == "unverified" or _points_back(target, reaching) else None
    before = sentence[: match.start()]
    cut = max(before.rfind(";"), before.rfind(" but "), before.rfind(" and said "), -1) + 1
    nouns = list(NOUN.finditer(before, cut))
    if nouns:
        return next((noun for noun in nouns if _told_start(before, noun) is not None), nouns[-1])
    return re.search(r"(?i)(?:^|[\s,])(?P<anaphor>which|this|that|it|they|these|those|them|neither|none)\s*$", before)


def _told_start(before: str, noun: re.Match[str]) -> int | None:
    """Return where a noun's content before its verdict begins: "the claim that | 40 died could not be verified"."""
    telling = TELLING.match(before, noun.end("noun"))
    return telling.end() if telling and before[telling.end() :].strip() else None


def _points_back(target: re.Match[str], verb: str) -> bool:
    """Return whether an object refers back ("denied the claim"), unlike "denied claims of fraud".

    Others that do not are "supports data" and "reject it".
    """
    if target["anaphor"]:
        return verb.lower().startswith(OF_CLAIMS)
    return target["determiner"] is not None


def _make(
    verdict: Verification, base: int, start: int, end: int, match: re.Match[str], target: re.Match[str]
) -> Statement:
    groups = target.groupdict()
    noun, determiner = (groups.get("noun") or "").lower(), (groups.get("determiner") or "").lower()
    if groups.get("anaphor") and not noun:
        return Statement(verdict, base + start, base + end, base + match.start(), "anaphor", True, frozenset())
    narrow = re.findall(r"[\w.-]+", f"{determiner} {groups.get('modifiers') or ''} {groups.get('after') or ''}".lower())
    words = frozenset(w.removesuffix("s") for w in narrow if w not in EMPTY and len(w) > 2)
    if noun.startswith(("toll", "tall")):
        words |= {"toll"}
    is_near = determiner in DEMONSTRATIVE
    told = _told_start(match.string[: match.start()], target)
    told_start = None if told is None else base + told
    reach = _reach(noun, determiner)
    return Statement(verdict, base + start, base + end, base + match.start(), reach, is_near, words, told_start)


def _reach(noun: str, determiner: str) -> Reach:
    """Return whether a noun refers to figures or claims, and whether to one or several."""
    is_plural = noun.endswith("s") or noun in PLURALS or determiner in {"both", "all"}
    if re.fullmatch(NUMBER_NOUN, noun):
        return "figures" if is_plural else "figure"
    return "claims" if is_plural else "claim"


PLURALS = frozenset({"data", "tallies", "information", "footage"})
NOUN = re.compile(rf"(?i)\b{OBJECT}")
TELLING = re.compile(r"(?i)(?: (?:by|from|in|on) [^,;:]{1,60}?)? that\b")
# A verb of denial or confirmation with content of its own does not refer back: "denied reports that ...".
OWN_CONTENT = re.compile(rf"(?i)\s+(?:the\s+|any\s+)?(?:\w+\s+)?{CLAIM_NOUN}\s+(?:that|of\s+\w+ing)\b")
# A verb after the noun makes it the subject of a clause of its own: "denied that any sum was named".
STATES = re.compile(r"(?i)\s+(?:is|are|was|were|has|have|had|will|would|could|should|did|does)\b")
DEMONSTRATIVE = frozenset({"these", "those", "this", "that", "its", "his", "her", "their", "such"})
EMPTY = word_set(
    "the these those this that any all both its his her their either neither such of from by on about "
    "for made given and latest official reported exact independent side sides new own which who"
)


BOUNDARY = re.compile(
    r"[;—–(]\s*(?:(?:but|although|though|and|while)\s+)?|"
    r",\s+(?=(?:but|although|though|and|while|which)\b)|,\s+(?=(?:an?|the)\s+(?:\w+\s+)?(?:figure|"
    r"number|toll|claim|report|estimate|count)\b)"
)


def _clause(sentence: str, match: re.Match[str], target: re.Match[str]) -> tuple[int, int]:
    """Return the offsets of the verdict's clause, if a boundary separates it from its scope; else of the sentence."""
    start = max((b.end() for b in BOUNDARY.finditer(sentence[: match.start()])), default=0)
    stop = re.search(r"[;—–)]|,\s(?=(?:but|while|although|though|and)\b)", sentence[match.end() :]) if start else None
    return start, match.end() + stop.start() if stop else len(sentence)
