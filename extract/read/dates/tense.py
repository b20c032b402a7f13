"""A light look at the verbs near a date: does the clause look back or ahead?

No parse: auxiliaries, frequent irregular pasts, ``-ed`` forms, infinitives and words that speak of plans.
The nearest cue decides; one before the date outweighs one after it, since an English adverbial of time
mostly follows its verb.
"""

from __future__ import annotations

import re

from extract.types import TimeDirection

IRREGULAR_PASTS = (
    "was were had did been has have went came took made got gave began fell rose held met told left won lost "
    "said sent shot kept felt found broke brought bought built caught chose cut drew drove fled flew fought "
    "grew heard hit knew laid led let lay paid put ran read saw sold set showed shut spent spoke stood stole "
    "struck swept swore taught thought threw tore understood withdrew wore wrote became beat bid bound died "
    "sank sought slid spread sprang swung overcame overthrew underwent ago"
)
PLANS = (
    "will shall would could should may might must won't wouldn't can cannot 'll ’ll scheduled due expected expects "
    "expect plans plan planned planning upcoming set deadline expires expire hopes hope aims aim intends intend "
    "tentatively forthcoming slated pending effective payable matures mature redeemable going next"
)
CUE = re.compile(
    r"(?P<plan>\b(?:" + "|".join(PLANS.replace("'ll", "").replace("’ll", "").split()) + r")\b|['’]ll\b"
    r"|\bto (?!(?:the|a|an|his|her|their|its|this|that|these|those|be)\b)[a-z]{2,}\b|\bto be\b"
    r"|\b(?:starts|begins|opens|ends|takes effect|kicks off|closes|launches|goes)\b)"
    r"|(?P<past>\b(?:" + "|".join(IRREGULAR_PASTS.split()) + r")\b|\b[a-z]{2,}ed\b)",
    re.IGNORECASE,
)
# "were to meet", "is set to" read as one cue; the words between verb and date that end its reach.
REACH_BEFORE = 110
REACH_AFTER = 60
DEADLINE = re.compile(
    r"\b(?:by|until|till|no later than|ahead of|expires?|due|next|coming|upcoming)\s+(?:the\s+)?$", re.IGNORECASE
)
LOOKING_BACK = re.compile(r"\b(?:since|last|ended|previous)\s+(?:the\s+)?$", re.IGNORECASE)


def direction_of(text: str, bounds: tuple[int, int], start: int, end: int) -> TimeDirection | None:
    """Say whether the clause round ``text[start:end]`` looks back (``past``) or ahead (``future``).

    ``bounds`` is the sentence; ``None`` when nothing near tells.
    """
    left = text[max(bounds[0], start - REACH_BEFORE) : start]
    if DEADLINE.search(left):
        return "future" if not _looks_back(left) else "past"
    if LOOKING_BACK.search(left):
        return "past"
    before = _last_cue(left)
    if before is not None:
        return before
    right = text[end : min(bounds[1], end + REACH_AFTER)]
    first = CUE.search(right)
    if first is None:
        return None
    return "future" if first["plan"] else "past"


def _last_cue(left: str) -> TimeDirection | None:
    cues = list(CUE.finditer(left))
    if not cues:
        return None
    return "future" if cues[-1]["plan"] else "past"


def _looks_back(left: str) -> bool:
    """True for "had until Friday", where the deadline itself lies behind."""
    return bool(re.search(r"\b(?:lasted|ran|was|were|remained|stayed|closed) (?:\w+ )?(?:until|till)\s+$", left))
