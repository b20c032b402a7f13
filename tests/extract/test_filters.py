"""Filters judge a page by its announcement, and say why."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extract.discover import Filters, keep_at_most
from extract.types import Candidate

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)


def page(url: str = "https://a.example/news/1", title: str | None = None, at: datetime | None = None) -> Candidate:
    return Candidate(url, "paper", "feed", title, at)


@pytest.mark.parametrize(
    ("filters", "candidate", "rule"),
    [
        (Filters(urls=("/politics/", r"/\d{4}/")), page("https://a.example/politics/x"), None),
        (Filters(urls=("/politics/", r"/\d{4}/")), page("https://a.example/2024/x"), None),
        (Filters(urls=("/politics/",)), page("https://a.example/sport/x"), "urls"),
        (Filters(urls=("/a",), not_urls=("/a/ads",)), page("https://a.example/a/ads/1"), "not_urls"),
        (Filters(title_words=("strike",)), page(title="Rail STRIKE ends"), None),
        (Filters(title_words=("strike",)), page(title="Rail strikers return"), "title_words"),
        (Filters(title_words=("strik*",)), page(title="Rail strikers return"), None),
        (Filters(title_words=("interest rate",)), page(title="Interest rate falls"), None),
        (Filters(title_words=("straße",)), page(title="Die STRASSE ist frei"), None),
        (Filters(title_words=("C++",)), page(title="Why C++ stays"), None),
        (Filters(not_title_words=("horoscope",)), page(title="Your horoscope today"), "not_title_words"),
        (Filters(title_words=("strike",), not_title_words=("x",)), page(title=None), None),
        (Filters(published_from=date(2024, 5, 1)), page(at=datetime(2024, 4, 30, 23, tzinfo=UTC)), "dates"),
        (Filters(published_to=date(2024, 5, 1)), page(at=datetime(2024, 5, 1, 23, tzinfo=UTC)), None),
        (Filters(published_to=date(2024, 5, 1)), page(at=datetime(2024, 5, 2, 0, tzinfo=UTC)), "dates"),
        (Filters(published_from=date(2024, 5, 1)), page(at=None), None),
        (Filters(max_age_days=3), page(at=NOW - timedelta(days=3)), None),
        (Filters(max_age_days=3), page(at=NOW - timedelta(days=3, seconds=1)), "max_age_days"),
        (Filters(), page(), None),
    ],
)
def test_a_page_is_judged_by_what_its_announcement_says(filters: Filters, candidate: Candidate, rule: str) -> None:
    found = filters.judge(candidate, NOW)
    assert (found and found.rule) == rule
    assert found is None or found.reason.endswith(".")


def test_the_day_is_that_of_the_source() -> None:
    filters = Filters(published_from=date(2024, 5, 2))
    at = datetime(2024, 5, 1, 20, tzinfo=UTC)
    assert filters.judge(page(at=at), NOW) is not None
    assert filters.judge(page(at=at), NOW, "Asia/Tokyo") is None


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"urls": ("(",)}, "not a regular expression"),
        ({"title_words": ("*",)}, "holds no word"),
        ({"published_from": "2024-02-02", "published_to": "2024-02-01"}, "before"),
        ({"max_pages": 0}, "greater"),
        ({"words": ("x",)}, "xtra"),
    ],
)
def test_a_filter_that_cannot_work_is_refused(keys: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Filters(**keys)


@given(st.lists(st.sampled_from("abc")), st.dictionaries(st.sampled_from("abc"), st.integers(1, 3)))
def test_a_limit_keeps_the_first_of_each_source_and_loses_none(sources: list[str], limits: dict[str, int]) -> None:
    pages = [Candidate(str(n), source, "feed") for n, source in enumerate(sources)]
    kept, left = keep_at_most(pages, limits)
    assert sorted([*kept, *(one.candidate for one in left)], key=lambda c: int(c.url)) == pages
    for source in "abc":
        mine = [c for c in pages if c.source == source]
        assert [c for c in kept if c.source == source] == mine[: limits.get(source, len(mine))]
