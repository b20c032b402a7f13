"""What clocks do: the hour that comes twice, 29 February, the end of 32-bit time, a clock that is set back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extract.fetch.policy import FetchPolicy
from extract.fetch.polling import PAUSED_INTERVAL, FeedState, decide_feed, decide_recheck
from extract.fetch.retry import parse_http_date, parse_retry_after
from extract.fetch.slots import HostState, decide_next, decide_wait
from extract.strip.local_day import publication_day
from extract.strip.timestamps import Evidence, parse_stamp
from extract.strip.zones import SEASONAL, read_zone
from extract.types import KnownZone

# Beyond the second at which clocks of 32 bits begin anew: 2038-01-19 03:14:07 UTC.
MOMENTS = st.integers(788_918_400, 3_471_292_800).map(lambda second: datetime.fromtimestamp(second, UTC))
EDGES = (
    datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    datetime(2000, 2, 29, 0, 0, 0, tzinfo=UTC),
    datetime(2024, 11, 3, 5, 30, tzinfo=UTC),
    datetime(2024, 11, 3, 6, 30, tzinfo=UTC),
    datetime(2024, 3, 10, 7, 30, tzinfo=UTC),
)
PLACES = sorted({*SEASONAL.values(), "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia"})
POLICY = FetchPolicy()


def at_the_edges(test):
    for moment in EDGES:
        test = example(moment=moment)(test)
    return test


@at_the_edges
@given(moment=MOMENTS)
def test_a_date_of_http_comes_back_as_the_moment_that_it_is(moment: datetime) -> None:
    assert parse_http_date(format_datetime(moment, usegmt=True)) == moment
    now = moment - timedelta(hours=1)
    assert parse_retry_after(format_datetime(moment, usegmt=True), now, 86_400) == moment
    assert parse_retry_after(format_datetime(now, usegmt=True), moment, 86_400) is None


@at_the_edges
@given(moment=MOMENTS)
@pytest.mark.parametrize("place", PLACES)
def test_a_written_time_is_the_moment_also_in_an_hour_that_comes_twice(place: str, moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(place))
    stamp = parse_stamp(local.isoformat(), Evidence("en"))
    assert stamp is not None
    assert stamp.at == moment
    day = publication_day(stamp, None, KnownZone(place), None)
    assert day.at == moment
    # An offset of zero may be a time that went through UTC, whose day another clock tells.
    if local.utcoffset():
        assert day.day == local.date()


@at_the_edges
@given(moment=MOMENTS)
@pytest.mark.parametrize("name", sorted(SEASONAL))
def test_a_zone_that_follows_the_season_has_the_offset_of_that_day(name: str, moment: datetime) -> None:
    local = moment.astimezone(ZoneInfo(SEASONAL[name])).replace(tzinfo=None)
    first, second = (local.replace(tzinfo=ZoneInfo(SEASONAL[name]), fold=fold).isoformat()[-6:] for fold in (0, 1))
    # The text does not say which of the two the hour was.
    assert read_zone(name, local) in (first, second)


@given(st.dates(date(1995, 1, 1), date(2079, 12, 31)))
@example(date(2024, 2, 29))
@example(date(2000, 2, 29))
@example(date(2038, 1, 19))
def test_a_day_alone_stays_the_day_that_is_written(day: date) -> None:
    stamp = parse_stamp(day.isoformat(), Evidence("en"))
    assert stamp is not None
    assert publication_day(stamp, None, None, "US").day == day


@pytest.mark.parametrize("text", ["2023-02-29", "2100-02-29", "2024-02-30", "2023-02-29T10:00:00Z"])
def test_a_day_that_was_not_is_none(text: str) -> None:
    stamp = parse_stamp(text, Evidence("en"))
    assert stamp is None or stamp.at.date().isoformat() != text[:10]


JUMPS = st.floats(-400 * 86_400, 400 * 86_400)


@given(moment=MOMENTS, jump=JUMPS, elapsed=st.floats(0, 60), delay=st.floats(0, 1e9))
def test_a_host_rests_as_long_as_any_rule_says_whatever_the_clock_does(
    moment: datetime, jump: float, elapsed: float, delay: float
) -> None:
    then = moment.timestamp()
    state = decide_next(HostState(saved_at=then), POLICY, ended_at=then, elapsed_s=elapsed, delay_s=delay)
    now = then + jump
    wait = decide_wait(state.set_right(now), POLICY, now)
    rest = state.next_at - then
    # Set back it rests no longer than it had to, set forward no longer than is left.
    assert 0 <= wait <= rest + 1e-3 * max(rest, 1) + 60
    assert jump < rest or wait == 0
    assert jump != 0 or abs(wait - rest) < 1e-3


@given(moment=MOMENTS, jump=JUMPS, failures=st.floats(0, 40), new=st.integers(0, 500), draw=st.floats(0, 0.999))
@pytest.mark.parametrize("outcome", ["ok", "not_modified", "timeout", "http_error"])
def test_a_feed_is_asked_again_within_a_week_whatever_the_clock_does(
    outcome, moment: datetime, jump: float, failures: float, new: int, draw: float
) -> None:
    state = FeedState(next_at=moment, failures=failures, last_ok_at=moment, observed_gap=timedelta(hours=2))
    now = moment + timedelta(seconds=jump)
    after = decide_feed(state, outcome, now, new_items=new, draw=draw)
    assert timedelta(minutes=4) < after.next_at - now <= PAUSED_INTERVAL * 1.05


@given(moment=MOMENTS, jump=JUMPS, unchanged=st.integers(0, 40))
def test_an_article_is_looked_at_again_later_or_never_whatever_the_clock_does(
    moment: datetime, jump: float, unchanged: int
) -> None:
    checked = moment + timedelta(seconds=jump)
    due = decide_recheck(moment, checked, unchanged)
    assert due is None or checked + timedelta(hours=1) <= due < moment + timedelta(days=30)
