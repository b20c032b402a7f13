"""Convert 12-hour clocks in other languages to ``am`` and ``pm``."""

from __future__ import annotations

import re

CLOCK = r"(\d{1,2}\s?[:.]\s?\d\d(?:[:.]\d\d)?)"
# Half of the day before the time: Korean, Chinese, Japanese.
HALF_BEFORE = r"오전|오후|上午|下午|午前|午後|晚上|凌晨|早上"
BEFORE = re.compile(rf"({HALF_BEFORE})\s*(\d{{1,2}})\s*(?:[:：時时点點시])\s*(\d\d)?(?:\s*[分분])?")
AFTERNOON = frozenset(("오후", "下午", "午後", "晚上"))
# After the time: Spanish, Greek, Arabic, Persian, Vietnamese in words.
HALF_AFTER = (
    r"p\.?\s?m\.?(?!\w)|a\.?\s?m\.?(?!\w)|μ\.?\s?μ\.?(?!\w)|π\.?\s?μ\.?(?!\w)|مساءً?|صباحا?ً?|م(?!\w)|ص(?!\w)"
    r"|ب\.ظ|ق\.ظ|chiều|tối|sáng|de la tarde|de la noche|de la mañana|da tarde|da noite|da manhã"
)
AFTER = re.compile(rf"{CLOCK}\s*(?:h\w{{0,4}}\s)?({HALF_AFTER})", re.I)
MORNING = re.compile(r"a|π|صبا|ص|ق|sáng|de la mañana|da manhã", re.I)
VIETNAMESE = re.compile(rf"{CLOCK}\s*(SA|CH)\b")


def plain_clock(text: str, language: str | None) -> str:
    """Write the half of the day as ``am`` or ``pm`` after the time, whatever the language."""
    if language == "vi":
        text = VIETNAMESE.sub(lambda match: f"{match[1]} {'pm' if match[2] == 'CH' else 'am'}", text)
    if not text.isascii():
        text = BEFORE.sub(_turned, text)
    elif "m" not in text and "M" not in text and "tarde" not in text:
        return text
    return AFTER.sub(lambda match: f"{match[1]} {'am' if MORNING.match(match[2]) else 'pm'}", text)


def _turned(match: re.Match[str]) -> str:
    return f"{match[2]}:{match[3] or '00'} {'pm' if match[1] in AFTERNOON else 'am'}"
