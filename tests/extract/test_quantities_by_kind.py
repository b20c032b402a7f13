"""What a number says, kind by kind of wording: each kind in many words, domains and orders.

An expectation is written ``surface = value [bound] [unit] [role direction] [aspect] [from:value] [per:words]``. What is
left out is the plain case: exact, no unit, no change, a level (a change where a role is given). ``_`` is a space.
"""

from __future__ import annotations

import math

import pytest
from change_kinds import KINDS as CHANGES
from measure_kinds import KINDS as MEASURES
from none_kinds import KINDS as NONE
from number_kinds import KINDS as NUMBERS
from unreported_kinds import KINDS as UNREPORTED

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.types import Quantity

WORDS = {
    "bound": ("about", "at_least", "more_than", "at_most", "less_than", "between"),
    "change_role": ("by", "to", "from"),
    "direction": ("up", "down"),
    "aspect": ("level", "change", "rate", "plan", "limit", "rank"),
}
FIELD_OF = {word: field for field, words in WORDS.items() for word in words}


def expected(line: str) -> dict[str, object]:
    """Read one expectation into the fields of a row."""
    surface, _, rest = line.partition(" = ")
    words = rest.split()
    low, _, high = words[0].partition("..")
    want: dict[str, object] = {
        "surface": surface, "low": float(low), "high": float(high or low) if high != "None" else None,
        "bound": "between" if high and high != "None" else "at_least" if high else "exact", "unit": None,
        "change_role": None, "direction": None, "aspect": None,
    }  # fmt: skip
    for word in words[1:]:
        if word in FIELD_OF:
            want[FIELD_OF[word]] = word
        elif word.startswith("from:"):
            want["change_from_low"] = float(word[5:])
        elif word.startswith("per:"):
            want["per"] = word[4:].replace("_", " ")
        elif word.startswith("thing:"):
            continue  # what a number is of is chosen, and scored as a share (test_slots)
        else:
            want["unit"] = word.replace("_", " ")
    return want | {"aspect": want["aspect"] or usual_aspect(want)}


def usual_aspect(want: dict[str, object]) -> str:
    """Return the aspect of a row for which none is written."""
    if want["change_role"] is None:
        return "rate" if "per" in want else "level"
    return "change" if want["change_role"] in ("by", "to") else "level"


def faults(row: Quantity, want: dict[str, object]) -> list[str]:
    """List the fields in which a row is not as expected."""
    out = []
    for name, value in want.items():
        got = getattr(row, name)
        same = math.isclose(got, value) if isinstance(value, float) and got is not None else got == value
        if not same:
            out.append(f"{name} {got!r}, not {value!r}")
    return out


@pytest.mark.parametrize(
    ("kind", "text", "wanted"),
    [(k, t, w) for k, cases in (NUMBERS | CHANGES | MEASURES | NONE | UNREPORTED).items() for t, w in cases],
)
def test_kind(kind: str, text: str, wanted: list[str]) -> None:
    rows = find_quantities(Document(text), [], [], None)
    assert [row.surface for row in rows] == [line.partition(" = ")[0] for line in wanted], kind
    found = {row.surface: faults(row, expected(line)) for row, line in zip(rows, wanted, strict=True)}
    assert not any(found.values()), f"{kind}: {found}"
