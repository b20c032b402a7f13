"""Fact-checking language: verdicts that precede the statement they judge ("falsely claimed that 40 died")."""

from __future__ import annotations

import re

from extract.types import Verification

CLAIM = (
    r"(?:claims?|reports?|rumou?rs?|allegations?|accusations?|assertions?|suggestions?|statements?|stories|story|"
    r"narratives?|beliefs?|notions?|ideas?|posts?|figures?|theor(?:y|ies)|conspiracy theor(?:y|ies))"
)
SPOKE = (
    r"(?:claim|sa[iy]|assert|suggest|stat|alleg|accus|report|wrote|writ|post|tweet|told|tell|declar|insist|argu|"
    r"shar)\w*"
)
FALSE = (
    r"(?:false|debunked|baseless|bogus|discredited|untrue|dispro(?:ved|ven)|unfounded|fabricated|fake|fictitious|"
    r"erroneous|groundless|misleading|inaccurate|incorrect|nonsens(?:e|ical)|(?:pure\s+|total\s+)?(?:fiction|propaganda|invention)|"
    r"an?\s+(?:\w+\s+)?(?:fabrication|invention|lie|hoax|myth|fake|smear))"
)
RATED = r"(?:(?:rat|label|deem|judg|call|brand|declar|rul|describ)(?:e?d|es?|s)|labelled|dismiss(?:ed|es))"
REJECTED = (
    r"(?:reject|dismiss|rebut|refut|den|denounc|disput|contradict|disprov|debunk|discredit)"
    r"(?:s|ed|y|ies|ied|e|es|ing|ying|ted|en)?"
)
DETERMINER = r"(?:the|an?|any|all|such|his|her|their|its|[\w.-]+[’']s?)"
FIGURE = r"(?:figures?|numbers?|tolls?|tally|tallies|counts?|estimates?|totals?|sums?|reports?|claims?|accounts?)"
# A noun with its content: "reports that 60 had died", "the ministry's figure of 1,200 flats".
OF_CLAIM = rf"(?:{DETERMINER}\s+)?(?:[\w.-]+[’']s?\s+)?(?:\w+\s+)?{CLAIM}\s+(?:that|of\s+\w+ing|to\s+have)"
OF_FIGURE = rf"(?:{DETERMINER}\s+)(?:\w+\s+)?{FIGURE}\s+of"
ESTABLISH = r"(?:confirm|verify|corroborate|substantiate|authenticate|establish)"
CANNOT = (
    r"(?:(?:could|can|would|did|do|does|has|have|had)\s?(?:not|n[’']t)|cannot|(?:was|were|is|are|been|not)\s+(?:un)?able\s+to|"
    r"(?:declined|refused|failed|impossible|yet)\s+to)"
)
DENIED = re.compile(
    rf"(?ix)\b(?:"
    rf"(?:falsely|wrongly|baselessly|erroneously|incorrectly)\s+{SPOKE}(?:\s+(?:that|as|on|in|to)\b)?|"
    rf"{FALSE}\s+(?:\w+\s+)?{CLAIM}\s+(?:that|of|about)|"
    rf"{REJECTED}\s+(?:as\s+(?:\w+\s+){{1,3}}?)?{OF_CLAIM}|(?:den(?:y|ies|ied)|disput(?:es?|ed)|contradict(?:s|ed))\s+{OF_FIGURE}|"
    rf"{RATED}\s+(?:as\s+)?[\"“‘']?(?:mostly\s+)?(?:false|untrue|wrong)[\"”’']?\s+(?:(?:the|his|her|their|its|a)\s+)?(?:\w+\s+)?{CLAIM}\s+that|"
    rf"contrary\s+to\s+{OF_CLAIM}|no\s+truth\s+(?:to|in)\s+{OF_CLAIM}|"
    rf"it\s+(?:is|was|['’]s)\s*(?:not\s+true|untrue|false|wrong|a\s+lie|a\s+myth)\s+that"
    rf")\b"
)
UNVERIFIED = re.compile(
    rf"(?ix)\b(?:nothing\s+(?:suggests?|shows?|proves?|indicates?|confirms?)\s+that|(?:nothing|(?:no|(?:very\s+)?(?:little|scant)|not\s+(?:a\s+shred|any|enough)(?:\s+of)?)\s+(?:\w+\s+){{0,2}}?"
    rf"(?:evidence|proof|indications?|basis|sign))\s+"
    rf"(?:(?:has|had|have)\s+(?:yet\s+)?(?:emerged|surfaced|been\s+\w+)\s+|exists?\s+)?"
    rf"(?:that|of\s+\w+ing|to\s+(?:suggest|show|indicate|prove|(?:support|back)\s+(?:the\s+)?(?:\w+\s+)?{CLAIM})\s+that)|"
    rf"{CANNOT}\s+(?:(?:immediately|yet|be|\w+ly)\s+){{0,2}}{ESTABLISH}\s+(?:{OF_CLAIM}|{OF_FIGURE})|"
    rf"(?:unconfirmed|unverified|unsubstantiated|uncorroborated)\s+(?:\w+\s+)?(?:{CLAIM}\s+that|{FIGURE}\s+of)"
    rf")\b"
)
VERIFIED = re.compile(
    rf"(?ix)\b(?:confirm(?:ed|s)|corroborat(?:ed|es)|verif(?:ied|ies)|b(?:ears?|ore|orne)\s+out)\s+"
    rf"(?:the|his|her|their|its|(?:the\s+)?[\w.-]+[’']s?)\s+(?:\w+\s+){{0,2}}?{FIGURE}\s+of\b"
)
# "Rated the claim that 12 died false": the content is between the verb and its verdict.
JUDGED = re.compile(
    rf"(?ix)\b(?:{RATED}|found|consider(?:s|ed)?)\s+(?:{DETERMINER}\s+)?(?:\w+\s+)?{CLAIM}\s+(?:that|of)\b(?P<told>[^;:]+?)\s+"
    rf"(?:as\s+|to\s+be\s+)?[\"“‘']?(?:\w+ly\s+)?(?:{FALSE}|wrong|an?\s+(?:lie|hoax|myth))\b"
)
# "…, a claim Kyiv denies", "…, a figure that the army could not verify": about the sentence before the apposition.
APPOSED = re.compile(
    rf"(?ix),\s+(?:an?|the)\s+(?:\w+\s+)?(?:{CLAIM}|{FIGURE})\s+(?:that\s+|which\s+)?(?:[\w.’'-]+\s+){{1,5}}?"
    rf"(?:(?P<denied>(?:has\s+|have\s+|had\s+)?(?:den(?:y|ies|ied)|disput(?:e|es|ed)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut(?:es?|ed)))"
    rf"|{CANNOT}\s+(?:\w+\s+){{0,2}}?{ESTABLISH})(?=\s*(?:[.,;!?]|$|as\b|and\b|but\b))"
)
# "Claimed, without evidence, that 40 died", "said 40 had died, offering no proof": about the whole sentence.
OF_SENTENCE = re.compile(
    r"(?i)\b(?:without\s+(?:(?:any|citing|providing|offering|giving|presenting|showing|a|shred|of|any|supporting|clear)\s+){0,4}"
    r"(?:evidence|proof|basis)|(?:offer|provid|giv|present|cit|produc)(?:ed|ing|es|s|e)?\s+no\s+(?:\w+\s+)?(?:evidence|proof)|"
    r"no\s+(?:\w+\s+)?(?:evidence|proof)\s+(?:of|for)\s+(?:it|this|that)(?=[.,;!?]|$))"
)
# "But there is no evidence that this happened": about the preceding part of the sentence.
LOOKS_BACK = re.compile(r"(?i)\s+(?:(?:any|all|some)\s+of\s+)?(?:this|that|it|these|such|they|he|she)\b[^\d]*$")
# Ends of the scope of a verdict.
STOP = re.compile(r"[;\n]|[.!?](?=\s|$)|,\s+(?=(?:but|while|although|though)\b)")
# Ends of the scope after a figure: "disputed the count of 1,200 dead, saying that it was 400".
ASIDE = re.compile(r"[;,\n]|[.!?](?=\s|$)|\s(?=(?:and|but|while|as|because)\b)")
VERDICTS: tuple[tuple[Verification, re.Pattern[str]], ...] = (
    ("denied", DENIED),
    ("unverified", UNVERIFIED),
    ("verified", VERIFIED),
)
# A sentence in lower case that contains none of these has no such verdict.
TRIGGERS: tuple[str, ...] = (
    "false",
    "wrongly",
    "baseless",
    "erroneous",
    "incorrect",
    "evidence",
    "proof",
    "nothing",
    "contrary to",
    "no truth",
    "no indication",
    "no sign",
    "no basis",
    "debunk",
    "bogus",
    "discredit",
    "untrue",
    "disprov",
    "unfounded",
    "fabricat",
    "fake",
    "groundless",
    "mislead",
    "reject",
    "dismiss",
    "rebut",
    "refut",
    "deni",
    "deny",
    "without basis",
    "not true",
    "a lie",
    "a myth",
    "fictitious",
    "denounc",
    "disput",
    "contradict",
    "confirm",
    "verif",
    "corroborat",
    "substantiat",
    "out the",
    "rated",
    "found",
    "considered",
    "establish",
    "nonsens",
    "fiction",
    "propaganda",
    "invention",
    "a hoax",
    "inaccurate",
)


def verdict_ahead(sentence: str) -> tuple[Verification, int, int, int] | None:
    """Return such a verdict in a sentence, or None.

    The result is the verdict, the offset of its words, and start and end of its scope, relative to the sentence.
    """
    if match := JUDGED.search(sentence):
        return "denied", match.start(), *match.span("told")
    for verdict, pattern in VERDICTS:
        if match := pattern.search(sentence):
            stop = (ASIDE if match.group().lower().endswith(" of") else STOP).search(sentence, match.end())
            end = stop.start() if stop else len(sentence)
            if verdict == "unverified" and match.start() > 0 and LOOKS_BACK.match(sentence, match.end(), end):
                return verdict, match.start(), 0, match.start()
            return verdict, match.start(), match.end(), end
    if match := APPOSED.search(sentence):
        return "denied" if match["denied"] else "unverified", match.start(), 0, match.start()
    if match := OF_SENTENCE.search(sentence):
        return "unverified", match.start(), 0, len(sentence)
    return None
