"""What holds of quantities in any text: exact offsets, no surprise, the same rows again, time in proportion."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read.english.claims import find_quantities
from extract.read.english.document import Document
from extract.read.english.quantities.build_tables import currency_lines, unit_lines
from extract.read.english.quantities.find import read_sentence
from extract.read.english.quantities.tokens import Tokens
from extract.read.english.quantities.units import HERE, unit_forms
from extract.types import DateMention

PIECES = st.sampled_from(
    [
        "3",
        "1,000",
        "2.5",
        "40%",
        "$5",
        "£2bn",
        "€7m",
        "½",
        "²",
        "2²",
        "①0",
        "one",
        "two",
        "twenty",
        "hundred",
        "thousand",
        "million",
        "dozens",
        "of",
        "a",
        "the",
        "half",
        "third",
        "quarter",
        "per",
        "cent",
        "percent",
        "from",
        "to",
        "between",
        "and",
        "or",
        "-",
        "–",
        "/",
        ",",
        ".",
        "(",
        ")",
        "about",
        "over",
        "under",
        "up",
        "down",
        "rose",
        "fell",
        "by",
        "in",
        "out",
        "people",
        "troops",
        "metres",
        "km",
        "ft",
        "in",
        "2in",
        "-12C",
        "old",
        "year",
        "aged",
        "35-year-old",
        "twice",
        "times",
        "tenfold",
        "5th",
        "May",
        "2024",
        "10:30",
        "F-16",
        "age",
        "minus",
        "sub",
        "+",
    ]
)
NEWSY = st.lists(PIECES, max_size=25).map(" ".join)
GLUED = st.lists(PIECES, max_size=12).map("".join)


def drafts_of(text: str) -> list[tuple[int, int]]:
    tokens = Tokens(text, 0, len(text))
    return [tokens.span(draft.first, draft.last) for draft in read_sentence(tokens, [])]


@given(st.one_of(NEWSY, GLUED, st.text(max_size=80)))
@settings(max_examples=400)
def test_any_sentence_gives_spans_inside_it_in_order(text: str) -> None:
    spans = drafts_of(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@given(NEWSY)
@settings(max_examples=40)
def test_offsets_are_exact_and_rows_the_same_again(text: str) -> None:
    rows = find_quantities(Document(text), [], [], None)
    assert rows == find_quantities(Document(text), [], [], None)
    assert len({row.quantity_id for row in rows}) == len(rows)
    for row in rows:
        assert text[row.start : row.end] == row.surface
        for words, start, end in (
            (row.thing, row.thing_start, row.thing_end),
            (row.subject, row.subject_start, row.subject_end),
            (row.place, row.place_start, row.place_end),
        ):
            assert words is None or text[start:end] == words
        assert 0 <= row.confidence <= 1
        assert row.sentence_start <= row.start < row.end <= row.sentence_end


@given(st.integers(min_value=3000, max_value=999_999_999))
@settings(max_examples=100)
def test_digits_have_one_value_in_every_grouping(number: int) -> None:
    forms = [f"{number:,}", f"{number:,}".replace(",", "\u00a0"), f"{number:,}".replace(",", " "), str(number)]
    for form in forms:
        text = f"They counted {form} votes."
        tokens = Tokens(text, 0, len(text))
        assert [draft.low for draft in read_sentence(tokens, [])] == [number], form


@pytest.mark.parametrize(
    "piece", ["1,", "9" * 50, "two hundred and ", "of ", "from 5 to ", "$", "-", "1/", "a ", "Ten ", "tens of "]
)
def test_adversarial_input_is_read(piece: str) -> None:
    text = piece * (4000 // len(piece))
    assert all(text[start:end] for start, end in drafts_of(text))


def test_a_date_mention_keeps_its_characters_and_gives_the_days() -> None:
    text = "The camp held 300 people on 12/11."
    start = text.index("12/11")
    day = date(2024, 11, 12)
    mention = DateMention(
        "d", "v", start, start + 5, "12/11", "2024-11-12", day, day, "day", None, None, "x"
    )  # fmt: skip
    (row,) = find_quantities(Document(text), [mention], [], datetime(2024, 11, 23, tzinfo=UTC))
    assert (row.as_of_start, row.as_of_end) == (date(2024, 11, 12), date(2024, 11, 12))


def test_a_level_without_a_date_is_true_of_the_day_of_publication() -> None:
    published = datetime(2024, 11, 23, 22, 30, tzinfo=UTC)
    level, plan = find_quantities(Document("The camp holds 300 people. It will take 50 nurses."), [], [], published)
    assert (level.as_of_start, level.as_of_end) == (date(2024, 11, 23), date(2024, 11, 23))
    assert (plan.aspect, plan.as_of_start) == ("plan", None)


def test_the_unit_table_is_what_pint_says() -> None:
    lines = (HERE / "units.tsv").read_text("utf-8").splitlines()
    assert unit_lines(lines) == lines


@pytest.mark.parametrize("added", ["metre\tlength\tmeter\tmetres", "chain\tlength\tchain\tchains|km"])
def test_a_unit_or_form_that_stands_twice_is_told(added: str) -> None:
    lines = (HERE / "units.tsv").read_text("utf-8").splitlines()
    with pytest.raises(ValueError, match=r"metre"):
        unit_lines([*lines, added])


def test_the_currency_table_is_what_cldr_says() -> None:
    words = (HERE / "currency_words.tsv").read_text("utf-8").splitlines()
    assert currency_lines(words) == (HERE / "currencies.tsv").read_text("utf-8").splitlines()


def test_every_unit_has_a_name_and_a_dimension() -> None:
    assert all(unit.name and unit.dimension for unit in unit_forms().values())


def test_a_unit_that_pint_does_not_know_is_named() -> None:
    head = "# name\tdimension\tpint\tforms\tsi_unit\tfactor\toffset"
    assert unit_lines([head, "smoot\tlength\t67 * inch\tsmoots"])[1].endswith("\tmetre\t1.7018\t0")
    with pytest.raises(ValueError, match="no unit 'smoot' of 'smoot'"):
        unit_lines([head, "smoot\tlength\tsmoot\tsmoots"])


@pytest.mark.parametrize("sign", list("-–—,.;:/%+*=_~|'\"()"))
def test_rows_of_one_sign_beside_a_number_are_no_surprise(sign):
    for row in (sign * 12, " ".join(sign * 6)):
        text = f"The price rose 5%{row} on the year, up 3 {row} from {row}2 people."
        for quantity in find_quantities(Document(text), [], [], None):
            assert text[quantity.start : quantity.end] == quantity.surface
