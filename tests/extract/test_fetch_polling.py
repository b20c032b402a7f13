"""When to ask again: arithmetic over injected times."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.fetch import FeedState, FetchPolicy, decide_feed, decide_recheck
from extract.fetch.errors import AttemptError
from extract.fetch.retry import decide_backoff_s, is_trustworthy_date, parse_retry_after
from extract.fetch.robots import decide_robots
from extract.fetch.site_files import FileAnswer

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
POLICY = FetchPolicy()


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("120", 120), ("Mon, 23 Nov 2026 12:02:00 GMT", 120), ("9e99", 3600), ("soon", None), ("-5", None), ("nan", None)],
)
def test_retry_after(text, seconds):
    when = parse_retry_after(text, NOW, 3600)
    assert when == (None if seconds is None else NOW + timedelta(seconds=seconds))


@given(st.integers(1, 500), st.floats(0, 0.999))
def test_backoff_grows_to_its_cap(failures, draw):
    assert 0 < decide_backoff_s(failures, POLICY, draw) <= POLICY.backoff_cap_s
    assert decide_backoff_s(failures, POLICY, draw) <= decide_backoff_s(failures + 1, POLICY, draw)


@given(st.sampled_from(["timeout", "http_error", "rate_limited", "tls_error"]), st.floats(0, 50))
def test_a_failure_never_lowers_the_count_and_success_clears_it(outcome, failures):
    state = FeedState(NOW, failures=failures)
    after = decide_feed(state, outcome, NOW)
    assert after.failures > failures
    assert after.next_at > NOW
    assert decide_feed(after, "ok", NOW).failures == 0


def test_a_gone_feed_is_paused_after_ten_polls():
    state = FeedState(NOW)
    for _ in range(10):
        state = decide_feed(state, "http_error", NOW, status=410)
    assert state.is_paused


def test_robots_answers():
    assert decide_robots(FileAnswer(404, ""), None, 0, POLICY).state == "unavailable"
    good = decide_robots(FileAnswer(200, "x"), None, 0, POLICY)
    assert decide_robots(FileAnswer(503, ""), None, 0, POLICY).state == "unreachable"
    assert decide_robots(FileAnswer(503, ""), good, 100_000, POLICY).text == "x"
    assert decide_robots(AttemptError("timeout", "late"), good, 40 * 86_400, POLICY).outcome == "timeout"


def test_dates_that_no_clock_meant_and_rechecks_that_end():
    assert not is_trustworthy_date("Thu, 01 Jan 1970 00:00:00 GMT", NOW)
    assert is_trustworthy_date("Mon, 23 Nov 2026 11:00:00 GMT", NOW)
    assert decide_recheck(NOW, NOW, 0) == NOW + timedelta(hours=1)
    assert decide_recheck(NOW - timedelta(days=40), NOW, 0) is None
