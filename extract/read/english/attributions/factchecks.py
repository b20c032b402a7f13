"""The language of fact-checks: verdicts that stand before what they speak of ("falsely claimed that 40 died")."""

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
    r"erroneous|groundless|misleading)"
)
RATED = r"(?:rat|label|deem|judg|call|brand|declar|rul)(?:e?d|es?|s)"
DENIED = re.compile(
    rf"(?ix)\b(?:"
    rf"(?:falsely|wrongly|baselessly|erroneously|incorrectly)\s+{SPOKE}(?:\s+(?:that|as|on|in|to)\b)?|"
    rf"{FALSE}\s+(?:\w+\s+)?{CLAIM}\s+(?:that|of|about)|"
    rf"(?:reject|dismiss|rebut|refut|den)(?:s|ed|y|ies|ied|es|ing|ying|ted)?\s+(?:as\s+\w+\s+)?(?:(?:the|any|all|such|his|her|their)\s+)?"
    rf"(?:\w+\s+)?{CLAIM}\s+(?:that|of\s+\w+ing)|"
    rf"{RATED}\s+(?:as\s+)?[\"“‘']?(?:mostly\s+)?(?:false|untrue|wrong)[\"”’']?\s+(?:(?:the|his|her|their|its|a)\s+)?(?:\w+\s+)?{CLAIM}\s+that|"
    rf"it\s+(?:is|was|['’]s)\s*(?:not\s+true|untrue|false|wrong|a\s+lie|a\s+myth)\s+that"
    rf")\b"
)
UNVERIFIED = re.compile(
    rf"(?ix)\b(?:no\s+(?:\w+\s+){{0,2}}?(?:evidence|proof|indications?|basis|sign)\s+"
    rf"(?:that|of\s+\w+ing|to\s+(?:suggest|show|indicate|prove|(?:support|back)\s+(?:the\s+)?(?:\w+\s+)?{CLAIM})\s+that))\b"
)
# "Claimed, without evidence, that 40 died" and "said 40 had died, offering no proof": of all that the sentence tells.
OF_SENTENCE = re.compile(
    r"(?i)\b(?:without\s+(?:(?:any|citing|providing|offering|giving|presenting|showing|a|shred|of|any|supporting|clear)\s+){0,4}"
    r"(?:evidence|proof|basis)|(?:offer|provid|giv|present|cit|produc)(?:ed|ing|es|s|e)?\s+no\s+(?:\w+\s+)?(?:evidence|proof)|"
    r"no\s+(?:\w+\s+)?(?:evidence|proof)\s+(?:of|for)\s+(?:it|this|that)(?=[.,;!?]|$))"
)
# "But there is no evidence that this happened": of what the sentence has told before.
LOOKS_BACK = re.compile(r"(?i)\s+(?:(?:any|all|some)\s+of\s+)?(?:this|that|it|these|such|they|he|she)\b[^\d]*$")
# What may stand between the verdict and the end of what it speaks of.
STOP = re.compile(r"[;\n]|[.!?](?=\s|$)|,\s+(?=(?:but|while|although|though)\b)")
# A sentence without any of these, in lower case, holds no such verdict.
TRIGGERS: tuple[str, ...] = (
    "false",
    "wrongly",
    "baseless",
    "erroneous",
    "incorrect",
    "evidence",
    "proof",
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
)


def verdict_ahead(sentence: str) -> tuple[Verification, int, int, int] | None:
    """Find such a verdict in a sentence: what it is, where its words begin, and from where to where it reaches."""
    verdicts: tuple[tuple[Verification, re.Pattern[str]], ...] = (("denied", DENIED), ("unverified", UNVERIFIED))
    for verdict, pattern in verdicts:
        if match := pattern.search(sentence):
            stop = STOP.search(sentence, match.end())
            end = stop.start() if stop else len(sentence)
            if verdict == "unverified" and match.start() > 0 and LOOKS_BACK.match(sentence, match.end(), end):
                return verdict, match.start(), 0, match.start()
            return verdict, match.start(), match.end(), end
    if match := OF_SENTENCE.search(sentence):
        return "unverified", match.start(), 0, len(sentence)
    return None
