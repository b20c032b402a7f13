"""Whole claims: the cases of our own fit their texts, and the scorer counts each slot as it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from benchmarks.claims import NAMES, PLAIN, ClaimsError, alike, figures, judge, load, measure
from extract.types import Aspect, Bound, ChangeRole, Direction, SourceKind, Verification

CASES = Path(__file__).parent / "cases"
ANNOTATIONS = Path(__file__).parents[2] / "benchmarks" / "annotations"
OWN = [*sorted(CASES.glob("*.jsonl")), *sorted(ANNOTATIONS.glob("own*.jsonl"))]
CLAIM: dict[str, Any] = {
    "start": 18, "end": 26, "surface": "about 40", "low": 40, "high": 40, "bound": "about", "unit": None,
    "thing": ["jobs", "the jobs"], "subject": ["the company", "Acme"], "place": [], "aspect": ["change", "level"],
    "direction": "down", "role": "by", "per": None, "as_of": ["2024-05-01", "2024-05-31"],
    "as_of_alternatives": [None], "source": [], "source_kind": None, "verification": None, "doubt": False,
    "optional": ["place"],
}  # fmt: skip
GIVEN: dict[str, Any] = {
    "value": (40, 40), "bound": "about", "unit": None, "aspect": "change", "direction": "down", "role": "by",
    "per": None, "day": ["2024-05-01", "2024-05-31"], "thing": ["jobs"], "subject": ["Acme Foods"], "place": [],
    "speaker": [],
}  # fmt: skip


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_the_claims_of_our_own_follow_their_format(path: Path) -> None:
    for article in load(path):
        assert article.claims == tuple(sorted(article.claims, key=lambda claim: claim["start"]))
        for claim in article.claims:
            where = (article.name, claim["surface"])
            assert claim["bound"] in get_args(Bound), where
            assert set(claim["aspect"]) <= set(get_args(Aspect)), where
            assert claim["direction"] in (None, *get_args(Direction)), where
            assert claim["role"] in (None, *get_args(ChangeRole)), where
            assert claim["source_kind"] in (None, *get_args(SourceKind)), where
            assert claim["verification"] in (None, *get_args(Verification)), where
            assert bool(claim["source"]) == bool(claim["source_kind"]), where
            for slot in ("thing", "subject", "place", "source"):
                assert all(words.casefold() in article.text.casefold() for words in claim[slot]), (where, slot)


def test_a_row_that_says_what_the_claim_says_is_right() -> None:
    assert set(judge(CLAIM, GIVEN).right) == {*NAMES, *PLAIN}
    assert judge(CLAIM, GIVEN).all((*NAMES, *PLAIN))


@pytest.mark.parametrize(
    ("slot", "given", "is_right"),
    [
        ("value", (40, None), False),
        ("value", (41, 41), False),
        ("bound", "exact", False),
        ("unit", "tonne", False),
        ("thing", [], False),
        ("thing", ["staff"], False),
        ("subject", ["the company's owner"], True),
        ("subject", ["Brandt"], False),
        ("place", ["Lisk"], False),
        ("speaker", ["the union"], False),
        ("direction", "up", False),
        ("direction", None, False),
        ("day", None, True),
        ("day", ["2024-05-02", "2024-05-02"], False),
        ("per", "day", False),
    ],
)
def test_each_slot_is_judged_by_itself(slot: str, given: object, is_right: bool) -> None:
    right = judge(CLAIM, {**GIVEN, slot: given}).right
    assert {name for name, fits in right.items() if not fits} == (set() if is_right else {slot})


def test_a_level_needs_no_direction_where_both_readings_are_fair() -> None:
    assert judge(CLAIM, {**GIVEN, "aspect": "level", "direction": None, "role": None}).all(PLAIN)
    assert not judge(CLAIM, {**GIVEN, "aspect": "level", "direction": "up", "role": None}).all(PLAIN)


def test_names_are_alike_by_their_words() -> None:
    assert alike("the ferry Selka Star", "Selka Star")
    assert alike("Brandt's foods", "Brandt foods")
    assert not alike("the company", "Brandt Foods")
    assert not alike("of the", "the")


def test_missed_claims_and_rows_beside_them_count_against_a_text(tmp_path: Path) -> None:
    text = "Acme closed 14 shops in May. It has 30 left."
    claim = {**CLAIM, "low": 14, "high": 14, "start": 12, "end": 14, "surface": "14", "bound": "exact"}
    path = tmp_path / "case.jsonl"
    path.write_text(json.dumps({"published": "2024-06-03", "text": text, "claims": [claim]}), encoding="utf-8")
    counted = figures(measure(load(path)))
    assert (counted["claims"], counted["rows"], counted["found"], counted["real"]) == (1, 2, 1.0, 0.5)
    assert counted["texts"] == 0.0


def test_offsets_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "case.jsonl"
    path.write_text(json.dumps({"published": None, "text": "x" * 40, "claims": [CLAIM]}), encoding="utf-8")
    with pytest.raises(ClaimsError, match=r"case\.jsonl:1: 'about 40' does not stand at 18"):
        load(path)
