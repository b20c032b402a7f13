"""Which parameters of a URL's query identify the page, and which only track the visitor."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

# Parameters of analytics, advertising and mailing systems; they never identify a page.
TRACKER = re.compile(
    r"(?:utm|itm|mtm|pk|piwik|matomo|hsa|vero|oly|ga|ml|mkt|stm|ns|mc|at|wt)_\w+|wt\.\w+|(?:fbc|gc|dc|yc|twc|ttc)lid|(?:msclk|gbra|wbra)id"
    r"|gclsrc|igsh(?:id)?|_ga|_gl|_hsenc|_hsmi|_openstat|mkt_tok|cmpid|cmp_id|xtor|ocid|icid|smid|srnd|__twitter_impression"
    r"|sthash|s_cid|ncid|ito|ftag|guccounter|guce_referrer(?:_sig)?|yptr|ref_src|ref_url|sc_src|sc_campaign|trk_?\w*",
    re.I,
)
# Parameters that may be tracking, but may also identify the story: "article.php?source=17".
LINKERS = frozenset(
    (
        "cid",
        "eid",
        "ref",
        "referer",
        "referrer",
        "source",
        "src",
        "campaign",
        "medium",
        "partner",
        "partnerid",
        "aff",
        "affiliate",
    )
)
SESSION_KEYS = frozenset({"phpsessid", "jsessionid", "sessionid", "session_id", "cfid", "cftoken"})
SESSION_KEY = re.compile(r"aspsessionid\w*", re.I)
# `sid` is the story in some content systems and the session in others; a session is a long random text.
RANDOM = re.compile(r"(?=\w*\d)(?=\w*[a-zA-Z])\w{16,}|[0-9a-fA-F]{24,}")
# The file of a program identifies no story; its query does.
SCRIPT = re.compile(r"\.(?:php\d?|aspx?|jsp|jspx|cgi|pl|do|cfm|dll|exe|nsf)$", re.I)


def names_no_page(name: str, piece: str) -> bool:
    """Return whether a parameter is tracking or a session id."""
    if TRACKER.fullmatch(name) or name in SESSION_KEYS or SESSION_KEY.fullmatch(name):
        return "=" in piece
    return name == "sid" and RANDOM.fullmatch(plain_bytes(piece.partition("=")[2])) is not None


def may_name_page(query: str, path: str) -> bool:
    """Return whether a query contains a parameter that may identify the page at a path."""
    names = [(plain_bytes(piece.partition("=")[0]).lower(), piece) for piece in query.split("&") if piece]
    is_script = SCRIPT.search(path) is not None
    return any(not names_no_page(name, piece) and (is_script or name not in LINKERS) for name, piece in names)


def plain_bytes(text: str) -> str:
    """Undo the percent-encoding of a part of a query, as text; bytes that are no UTF-8 become U+FFFD."""
    return unquote_to_bytes(text.replace("+", " ")).decode("utf-8", "replace")
