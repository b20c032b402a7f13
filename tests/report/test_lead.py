"""The sentence that the front page leads with, and the axis of its chart."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from report.lead import lead
from report.marks import timeline_data

DAY = date(2024, 11, 23)


def claim(low: float, **given: Any) -> dict[str, Any]:
    """A claim as a row, exact unless said otherwise."""
    row = {"low": low, "high": low, "bound": "exact", "unit": None, "currency": None, "per": None, "thing": None}
    row |= {"surface": f"{low}", "outlet": "The Courier", "speaker": None, "said_by_name": None, "said_by": None}
    row |= {"day": DAY, "si_unit": None, "measure_kind": "level", "news_date": DAY, "as_of_start": None}
    row |= {"as_of_end": None, "quote": "", "article_id": "a", "claim_id": f"c{low}"}
    return row | given


@pytest.mark.parametrize(
    ("kind", "name", "low", "high", "headline"),
    [
        ("outlets", "Ships, Port Ansel", {"thing": "ships"}, {}, "27 or 29 ships? The Courier and The Wire differ"),
        ("outlets", "People (missing), Port Ansel", {"thing": "People"}, {},
         "People (missing), Port Ansel: 27 or 29? The Courier and The Wire differ"),
        ("outlets", "Debt (USD), Ada Quill", {"currency": "USD"}, {"currency": "USD"},
         "Debt, Ada Quill: $27 or $29? The Courier and The Wire differ"),
        ("outlets", "Support (points, lead), Ada Quill", {"unit": "point"}, {"unit": "point"},
         "Support (lead), Ada Quill: 27\u00a0points or 29\u00a0points? The Courier and The Wire differ"),
        ("sources", "Ships", {"thing": "ships", "said_by_name": "the police"}, {"said_by_name": "Ada Quill, the mayor"},
         "27 or 29 ships? The police and Ada Quill differ"),
        ("sources", "Ships", {"thing": "ships"}, {"outlet": "The Courier"}, "27 or 29 ships? Two sources differ"),
        ("verdict", "Ships", {"thing": "ships"}, {}, "27 ships? Disputed: 29"),
    ],
)  # fmt: skip
def test_a_disagreement_is_asked_as_a_question(
    kind: str, name: str, low: dict[str, Any], high: dict[str, Any], headline: str
) -> None:
    row = {"disagreement": kind, "measure_name": name, "measure_key": "m", "as_of_start": DAY, "as_of_end": DAY}
    row |= {"lower_claim": claim(27, **low), "higher_claim": claim(29, **{"outlet": "The Wire"} | high)}
    story = lead([row], [], [])
    assert story
    assert story.headline == headline


@pytest.mark.parametrize(("values", "step"), [((11, 12), 1), ((11, 12.5), 0)])
def test_an_axis_of_whole_numbers_has_no_fractions(values: tuple[float, float], step: int) -> None:
    assert timeline_data([claim(value) for value in values], [])["step"] == step
