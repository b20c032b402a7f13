"""The choosers of a number's slots: what they promise whatever they choose, and how often they are right.

A chooser is learned, so that a single sentence is no promise. Sentences and articles of our own are scored by slot,
and the share that is right has a floor; ``python -m benchmarks.claims`` and ``benchmarks.train_slots`` measure real
articles.
"""

from __future__ import annotations

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.claims import alike, figures, load, measure
from extract import read_rows
from extract.read.english.slots import choose
from extract.read.english.slots.choose import FEATURES, weights
from extract.types import Quantity

CASES = Path(__file__).parent / "cases"
# Shares of the sentences below that are right, a little under what was measured when the weights were made.
SENTENCES = {"thing": 0.87, "subject": 0.77, "place": 0.70, "day": 0.66}
# Of the claims in whole articles and pairs of sentences: F1 of names, share of days, all core slots.
CLAIMS = {"thing": 0.87, "subject": 0.76, "place": 0.66, "speaker": 0.83, "day": 0.87, "core": 0.55}


def chosen(case: dict[str, Any]) -> Quantity:
    published = datetime.fromisoformat(case["published"]).replace(tzinfo=UTC) if case.get("published") else None
    rows = read_rows(case["text"], published_at=published, language="en").quantities
    return rows[case["nth"]] if "nth" in case else next(q for q in rows if q.surface == case["surface"])


def is_right(case: dict[str, Any], row: Quantity) -> bool:
    want = case["want"]
    if case["slot"] != "day":
        given = getattr(row, case["slot"])
        return given is None if want is None else given is not None and alike(given, want)
    days = [str(day) for day in (row.as_of_start, row.as_of_end) if day]
    return days[: len(want)] == want if want else not days


def test_most_sentences_are_read_rightly() -> None:
    right: dict[str, list[bool]] = defaultdict(list)
    for line in CASES.joinpath("sentences.ndjson").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        right[case["slot"]].append(is_right(case, chosen(case)))
    shares = {slot: sum(found) / len(found) for slot, found in right.items()}
    assert all(shares[slot] >= floor for slot, floor in SENTENCES.items()), shares


def test_most_slots_of_whole_claims_are_right() -> None:
    found = figures(measure([*load(CASES / "front_lines.jsonl"), *load(CASES / "slots.jsonl")]))
    shares = {name: found[name]["F1"] if isinstance(found[name], dict) else found[name] for name in CLAIMS}
    assert all(shares[name] >= floor for name, floor in CLAIMS.items()), shares


def test_every_slot_says_its_road_and_how_sure_it_is() -> None:
    text = "Acme cut 1,200 jobs in Lisbon in May, the union said. It had hired 300 people a year earlier."
    for row in read_rows(text, published_at=datetime(2024, 6, 20, tzinfo=UTC), language="en").quantities:
        for slot in ("thing", "subject", "place", "as_of", "speaker"):
            assert getattr(row, f"{slot}_via"), slot
            assert 0 <= getattr(row, f"{slot}_confidence") <= 1, slot
        assert row.as_of_is_stated == (row.as_of_via in ("date", "since", "range", "earlier", "later"))


def test_what_is_chosen_stands_in_the_text_and_thing_and_subject_differ() -> None:
    for article in load(CASES / "slots.jsonl"):
        for row in read_rows(article.text, published_at=article.published, language="en").quantities:
            for slot in ("thing", "subject", "place"):
                start = getattr(row, f"{slot}_start")
                words = getattr(row, slot)
                assert words is None or article.text[start : start + len(words)] == words
            assert row.thing_start is None or row.thing_start != row.subject_start or row.thing != row.subject


def test_numbers_beyond_the_most_are_left_out_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choose, "MOST_NUMBERS", 2)
    rows = read_rows("Rain fell on 12 farms. It drowned 40 cows. Some 30 goats fled.", language="en").quantities
    assert [row.thing_via == "skipped" for row in rows] == [False, False, True]
    assert (rows[2].thing, rows[2].subject, rows[2].attribution_id) == (None, None, None)


@pytest.mark.parametrize("slot", FEATURES)
def test_weights_fit_their_features(slot: str) -> None:
    rows = np.zeros((2, len(FEATURES[slot])), dtype=np.float32)
    assert weights(slot).scores(rows).shape == (2,)
