"""Dates of non-Gregorian calendars in newspapers: Thai, Japanese, Taiwanese and Iranian."""

from __future__ import annotations

import re
from datetime import date, timedelta

THAI_MONTHS = (
    "มกราคม|ม.ค.", "กุมภาพันธ์|ก.พ.", "มีนาคม|มี.ค.", "เมษายน|เม.ย.", "พฤษภาคม|พ.ค.", "มิถุนายน|มิ.ย.",
    "กรกฎาคม|ก.ค.", "สิงหาคม|ส.ค.", "กันยายน|ก.ย.", "ตุลาคม|ต.ค.", "พฤศจิกายน|พ.ย.", "ธันวาคม|ธ.ค.",
)  # fmt: skip
IRANIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد|امرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
# The months of Iraq and the Levant by those of Egypt and the Gulf.
LEVANTINE = {
    "كانون الثاني": "يناير", "شباط": "فبراير", "آذار": "مارس", "نيسان": "أبريل", "أيار": "مايو", "حزيران": "يونيو",
    "تموز": "يوليو", "آب": "أغسطس", "أيلول": "سبتمبر", "تشرين الأول": "أكتوبر", "تشرين الثاني": "نوفمبر",
    "كانون الأول": "ديسمبر",
}  # fmt: skip
LEVANTINE_MONTH = re.compile(rf"(?<=\d\s)({'|'.join(LEVANTINE)})(?=\s*(?:/|,|،)?\s*(?:[^\W\d_]+\s)?(?:19|20)\d\d)")
# The year before the first year of an era.
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
BUDDHIST = 543
MINGUO = 1911
# A two-digit Thai year is in this century of the Buddhist era.
THAI_CENTURY = 2500


def _numbers(months: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, names in enumerate(months, start=1) for name in names.split("|")}


THAI, IRANIAN = _numbers(THAI_MONTHS), _numbers(IRANIAN_MONTHS)
THAI_DATE = re.compile(
    rf"(?<!\d)(\d{{1,2}})\s*({'|'.join(map(re.escape, THAI))})\s*(?:พ\.?\s?ศ\.?\s*)?(\d{{4}}|[4-9]\d)(?!\d)"
)
THAI_CLOCK = re.compile(r"\s+เวลา\s*(?=\d)")
ERA_YEAR = re.compile(rf"({'|'.join(ERAS)})\s*(元|\d{{1,2}})\s*年")
MINGUO_YEAR = re.compile(r"民[國国]\s*(\d{2,3})\s*年")
IRANIAN_DATE = re.compile(rf"(?<!\d)(\d{{1,2}})\s*({'|'.join(IRANIAN)})\s*(?:ماه\s*)?(1[34]\d\d)(?!\d)")
# In digits, only years that are not yet those of the Islamic calendar's present.
IRANIAN_DIGITS = re.compile(r"(?<![\d/])(1(?:3[789]|40)\d)/(\d{1,2})/(\d{1,2})(?![\d/])")
ARABIC_LETTERS = str.maketrans("يك", "یک")
# Digits of other scripts to ours; the marks of the writing direction that stand between them go.
DIGITS: dict[int, str | None] = {
    ord(char): str(i % 10)
    for i, char in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९๐๑๒๓๔๕๖๗๘๙০১২৩৪৫৬৭৮৯０１２３４５６７８９")
} | dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
IS_ARABIC = re.compile("[\u0600-\u06ff]")
IS_THAI = re.compile("[\u0e00-\u0e7f]")
# What may be converted: digits, letters of these scripts, the character for a year.
IS_FOREIGN = re.compile(f"[{''.join(map(chr, DIGITS))}\u0600-\u06ff\u0e00-\u0e7f年]")


def western(written: str) -> str:
    """Convert digits to 0 to 9, and dates of other calendars to the Gregorian one."""
    if written.isascii() or not IS_FOREIGN.search(written):
        return written
    text = written.translate(DIGITS)
    if IS_THAI.search(written):
        text = THAI_CLOCK.sub(" ", THAI_DATE.sub(_from_thai, text))
    elif IS_ARABIC.search(written):
        text = LEVANTINE_MONTH.sub(lambda match: LEVANTINE[match[1]], text)
        text = IRANIAN_DATE.sub(_from_iranian_name, text.translate(ARABIC_LETTERS))
        text = IRANIAN_DIGITS.sub(lambda match: _from_iranian(int(match[1]), int(match[2]), int(match[3])), text)
    elif "年" in text:
        text = ERA_YEAR.sub(lambda match: f"{ERAS[match[1]] + (1 if match[2] == '元' else int(match[2]))}年", text)
        text = MINGUO_YEAR.sub(lambda match: f"{MINGUO + int(match[1])}年", text)
    return text


def _from_thai(match: re.Match[str]) -> str:
    year = int(match[3])
    year += THAI_CENTURY if year < 100 else 0
    return f"{year - (BUDDHIST if year > THAI_CENTURY - 100 else 0)}-{THAI[match[2]]:02d}-{int(match[1]):02d}"


def _from_iranian_name(match: re.Match[str]) -> str:
    return _from_iranian(int(match[3]), IRANIAN[match[2]], int(match[1]))


def _from_iranian(year: int, month: int, day: int) -> str:
    """Return the Gregorian date as ``2024-11-22``. A year has 365 days, with 8 leap days in 33 years."""
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return f"{year}/{month}/{day}"
    years = year - 979
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    days += min(month - 1, 6) * 31 + max(month - 7, 0) * 30 + day - 1
    return (date(1600, 3, 20) + timedelta(days=days)).isoformat()
