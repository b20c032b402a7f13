"""The classifier's measures of text and markup, against a plain reading of the same."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.forest import Forest, Split, Tree
from extract.strip.box_features import BOX_COLUMNS, box_columns
from extract.strip.hints import group_names, read_hint
from extract.strip.segment import Box, TextBlock
from extract.strip.tables import measure_sizes
from extract.strip.text_shape import shape_columns

ROOT = Box("body", "", None)
CHARS = "aÀЖ9٣ .,!?…。\"' \n\0\U0001f600"
TEXTS = st.lists(st.text(alphabet=CHARS, min_size=1, max_size=400), min_size=1, max_size=8)


def block(text: str, box: Box = ROOT) -> TextBlock:
    return TextBlock(text, box, 0, 0, 0)


@given(TEXTS)
def test_shapes_counted_together_are_those_counted_alone(texts: list[str]) -> None:
    blocks = [block(text) for text in texts]
    rows = shape_columns(blocks, measure_sizes(blocks))
    for text, row in zip(texts, rows, strict=True):
        ends = re.findall(r"[.!?…。](?=[\s\"'\0]|$)", re.sub(r"\s\Z", " ", text))
        head = text[:300]
        assert row[2] == min(len(ends), 20)
        assert row[7] == pytest.approx(len(re.findall("[0-9]", head)) / len(head), abs=1e-6)
        assert row[8] == pytest.approx(sum(char.isupper() for char in head) / len(head), abs=1e-6)


@pytest.mark.parametrize(
    ("hint", "groups"),
    [
        ("articleBody", {"content"}),
        ("story-body__text main", {"content"}),
        ("read-more_box", {"related", "aside"}),
        ("inbox roadside", set()),
        ("c-byline ads", {"author", "signup"}),
        ("", set()),
    ],
)
def test_names_speak_of_groups(hint: str, groups: set[str]) -> None:
    assert {name for at, name in enumerate(group_names()) if read_hint(hint)[1] >> at & 1} == groups


def test_words_of_a_hint() -> None:
    assert read_hint("articleBody nav-item body x1")[0] == ("article", "body", "nav", "item")


def test_a_box_has_what_lies_around_it() -> None:
    outer = Box("article", "comments", ROOT)
    inner = Box("div", "caption", outer)
    row = dict(
        zip(
            BOX_COLUMNS,
            box_columns([block("x", inner)], {"comments": -2.0}, measure_sizes([block("x", inner)]))[0],
            strict=True,
        )
    )
    assert row["in_article"] == 1
    assert row["in_main"] == 0
    assert row["hints_caption"] == 1
    assert row["hints_comments"] == pytest.approx(0.6)
    assert (row["hint_0"], row["hint_1"], row["path_score"], row["path_low"]) == (0, -2, -2, -2)


@given(st.lists(st.tuples(st.floats(-2, 2, width=32), st.floats(-2, 2, width=32)), min_size=1, max_size=20))
def test_a_forest_over_many_rows_scores_as_its_trees_do(rows: list[tuple[float, float]]) -> None:
    trees = [
        Tree((Split(0, 0.5, 0b011), Split(1, -0.5, 0b001)), (1.0, 2.0, 4.0)),
        Tree((Split(1, 0.0, 0b01),), (8.0, 16.0)),
    ]
    wanted = [0.25 + (4 if x > 0.5 else 2 if y > -0.5 else 1) + (16 if y > 0 else 8) for x, y in rows]
    assert Forest(trees, 0.25).log_odds(np.array(rows, dtype=np.float32)).tolist() == pytest.approx(wanted)
