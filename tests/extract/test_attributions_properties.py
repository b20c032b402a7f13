"""What holds of the attributions of any text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from extract.read.english.attributions import find_attributions
from extract.read.english.document import Document
from extract.read.english.link import link
from extract.read.quotes import quote_spans

WORDS = st.sampled_from(
    [
        *(
            "said",
            "told",
            "according",
            "to",
            "that",
            "denied",
            "Vale",
            "he",
            "who",
            "the",
            "mayor",
            "reportedly",
            "police",
        ),
        *(
            "12",
            "men",
            "died",
            ",",
            ".",
            '"',
            "“",
            "”",
            "''",
            "\n",
            "\n\n",
            "?",
            "figures",
            "could",
            "not",
            "be",
            "verified",
        ),
        *(
            "which",
            "these",
            "claim",
            "is",
            "believed",
            "Mr.",
            "—",
            "(",
            ")",
            ":",
            ";",
            "‘",
            "’",
            "ß",
            "日本",
            "\u2028",
            "😀",
        ),
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=120)
@given(TEXTS)
@example(",,sAID")
def test_offsets_lie_inside_the_text_and_rows_are_the_same_again(text: str) -> None:
    rows = find_attributions(Document(text), [])
    assert rows == find_attributions(Document(text), [])
    assert len({row.attribution_id for row in rows}) == len(rows)
    for row in rows:
        assert text[row.cue_start : row.cue_end] == row.cue != ""
        if row.source_text is not None:
            assert text[row.source_start : row.source_end] == row.source_text
        if row.source_name is not None:
            assert text[row.resolved_start : row.resolved_end] == row.source_name
        assert row.content_spans or row.polarity == "withheld"
        assert all(0 <= start < end <= len(text) for start, end in row.content_spans)
        assert list(row.content_spans) == sorted(row.content_spans)
        assert 0 <= row.confidence <= 1


@settings(max_examples=60)
@given(TEXTS)
def test_verification_lies_inside_the_text(text: str) -> None:
    doc = Document(text)
    quantities, rows = link(doc, [], find_attributions(doc, []))
    assert quantities == []
    for row in rows:
        assert (row.verification is None) == (row.verification_start is None)
        if row.verification_start is not None and row.verification_end is not None:
            assert 0 <= row.verification_start < row.verification_end <= len(text)


@given(TEXTS)
def test_quotations_are_ordered_and_do_not_overlap(text: str) -> None:
    spans = quote_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_the_parents_of_rows_are_rows() -> None:
    text = "Smith said that Jones had told him that Vale believed 12 people were missing."
    rows = find_attributions(Document(text), [])
    known = {row.attribution_id for row in rows}
    assert {row.parent_attribution_id for row in rows} - {None} <= known
