"""What an error asks of its reader is its outcome: guards and logins answer 401, 403 or 503 with a page."""

import pytest

from extract.fetch.judge import Answer, judge

URL = "https://news.example/2026/11/29/a-story"
CLOUDFLARE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title></head><body><noscript><span
id="challenge-error-text">Enable JavaScript and cookies to continue</span></noscript><script>
window._cf_chl_opt={};a.src="/cdn-cgi/challenge-platform/h/g/orchestrate/chl_page/v1?ray=1";</script></body></html>"""
DATADOME = """<html lang="en"><head><title>news.example</title></head><body><p id="cmsg">Please enable JS and
disable any ad blocker</p><script src="https://ct.captcha-delivery.com/c.js"></script></body></html>"""
AKAMAI = """<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have
permission to access "http&#58;&#47;&#47;news&#46;example" on this server.<P>
Reference&#32;&#35;18&#46;2d351ab8</BODY></HTML>"""
IMPERVA = """<html><head><META NAME="robots" CONTENT="noindex,nofollow"><script src="/_Incapsula_Resource?SWJIYLWA=5">
</script><body></body></html>"""
HUMAN = """<html><head><title>Access to this page has been denied.</title></head><body><h1>Press &amp; Hold to confirm
you are a human (and not a bot).</h1><div id="px-captcha"></div></body></html>"""
LOGIN = """<html><head><title>Sign in - The Example</title></head><body><h1>Sign in</h1><form><input type="password">
<button>Sign in</button></form></body></html>"""
SUBSCRIBE = """<html><head><title>A story - The Example</title></head><body><h1>A story</h1><p>The council met on
Tuesday.</p><p>Subscribe to continue reading.</p></body></html>"""
PLAIN = "<html><head><title>{0}</title></head><body><center><h1>{0}</h1></center><hr>nginx</body></html>"
OWN_ERROR = """<html><head><title>Page not found | The Example</title></head><body><h1>Page not found</h1>
<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js"></script></body></html>"""


def outcome_of(status: int, page: str, content_type: str = "text/html; charset=utf-8") -> tuple[str, bool]:
    body = page.encode()
    verdict = judge(Answer(URL, status, {"content-type": content_type}, body, body), "page", None, False)
    assert verdict.detail
    assert str(status) in verdict.detail
    return verdict.outcome, verdict.is_retryable


@pytest.mark.parametrize("page", [CLOUDFLARE, DATADOME, AKAMAI, IMPERVA, HUMAN])
def test_a_guard_that_refuses_is_a_challenge_without_a_header_that_says_so(page):
    assert outcome_of(403, page) == ("challenge_page", False)
    # It may pass as before.
    assert outcome_of(503, page) == ("challenge_page", True)


@pytest.mark.parametrize("page", [LOGIN, SUBSCRIBE])
def test_a_login_or_a_subscription_is_a_paywall(page):
    assert outcome_of(401, page) == ("paywall", False)
    assert outcome_of(403, page) == ("paywall", False)


@pytest.mark.parametrize(
    ("status", "page", "is_retryable"),
    [
        (403, PLAIN.format("403 Forbidden"), False),
        (401, PLAIN.format("401 Authorization Required"), False),
        (503, PLAIN.format("503 Service Temporarily Unavailable"), True),
        (503, "", True),
        # A guard's scripts stand on a site's own pages as well.
        (403, OWN_ERROR, False),
        (404, OWN_ERROR, False),
        (404, CLOUDFLARE, False),
        (500, CLOUDFLARE, True),
        # A site's own page of any size is not read.
        (403, CLOUDFLARE + " " * 200_000, False),
    ],
)
def test_any_other_error_is_its_status(status, page, is_retryable):
    assert outcome_of(status, page) == ("http_error", is_retryable)


def test_what_is_no_page_is_its_status():
    assert outcome_of(403, CLOUDFLARE, "application/json") == ("http_error", False)
    assert outcome_of(403, "\0\xff<" * 99) == ("http_error", False)
