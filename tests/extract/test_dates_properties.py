"""What holds of dates in any text."""

from __future__ import annotations

from calendar import isleap
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.read.english.dates import find_dates
from extract.read.english.document import Document

PIECES = [
    "on Friday",
    "since August",
    "in 1994",
    "1994-96",
    "the 1990s",
    "9999-12-31",
    "0001-01-01",
    "last week",
    "next decade",
    "two weeks ago",
    "999 years ago",
    "a year earlier",
    "the same day",
    "the next day",
    "29 February",
    "29 February 2023",
    "31 June 2020",
    "May 31-2",
    "Q9 2020",
    "13/13/2013",
    "1/2/3",
    "Easter 1583",
    "last century",
    "the 1st century",
    "the 21st century",
    "at 25:99",
    "12 p.m.",
    "H3 2020",
    "from 5 to 3 May",
    "'00",
    "’99",
    "2099/12/31",
    "the weekend",
    "Christmas",
    "winter 2100",
    "year-end",
    "99 decades ago",
    "will",
    "was",
    "to go",
    ".",
    ",",
    "\n",
    "\xa0",
    "(",
    "—",
    "É",
    "🙂",
    "said",
]
texts = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join))
days = st.dates().map(lambda d: datetime(d.year, d.month, d.day, tzinfo=UTC))
modern_days = st.dates(date(1900, 1, 1), date(2090, 1, 1)).map(lambda d: datetime(d.year, d.month, d.day, tzinfo=UTC))


@settings(max_examples=300)
@given(texts, st.none() | days)
def test_rows_are_exact_ordered_and_repeatable(text: str, published: datetime | None) -> None:
    found = find_dates(Document(text), published)
    assert found == find_dates(Document(text), published)
    for row in found:
        assert text[row.start : row.end] == row.surface != ""
        assert (row.value is None) == (row.resolved_start is None) == (row.resolved_end is None)
        if row.resolved_start and row.resolved_end:
            assert row.resolved_start <= row.resolved_end
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({row.date_id for row in found}) == len(found)


@settings(max_examples=200)
@given(
    st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d"]),
)
def test_a_full_date_is_read_as_written(when: date, layout: str) -> None:
    found = find_dates(Document(f"It happened on {when.strftime(layout)}."), None)
    assert [row.resolved_start for row in found] == [when]


@settings(max_examples=200)
@given(modern_days)
def test_weekdays_lie_within_a_week(published: datetime) -> None:
    for name in ("Monday", "Thursday", "Sunday"):
        behind = find_dates(Document(f"They voted on {name}."), published)[0].resolved_start
        ahead = find_dates(Document(f"They will vote on {name}."), published)[0].resolved_start
        assert behind is not None
        assert ahead is not None
        assert timedelta(0) <= published.date() - behind < timedelta(7)
        assert timedelta(0) <= ahead - published.date() < timedelta(7)


@settings(max_examples=200)
@given(modern_days)
def test_a_deadline_lies_ahead_even_over_the_years_end(published: datetime) -> None:
    found = find_dates(Document("The work will be done by January 20."), published)[0].resolved_start
    assert found is not None
    assert found.month == 1
    assert found.year - published.year in (0, 1)
    assert found >= published.date() or published.month <= 4  # a few weeks past, nobody means next year's


@given(st.integers(min_value=1900, max_value=2099))
def test_february_29_exists_in_leap_years_only(year: int) -> None:
    found = find_dates(Document(f"It happened on 29 February {year}."), None)
    assert any(row.value == f"{year}-02-29" for row in found) == isleap(year)


@given(st.integers(min_value=-12, max_value=14))
def test_the_zone_of_publication_names_the_day(hours: int) -> None:
    published = datetime(2024, 3, 31, 1, 30, tzinfo=timezone(timedelta(hours=hours)))
    assert find_dates(Document("It rained yesterday."), published)[0].resolved_start == date(2024, 3, 30)
