"""What kind of page this is: an article, or one of the known other things."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.types import Outcome, PageKind

CHALLENGE = re.compile(
    r"just a moment|attention required|are you (?:a )?(?:human|robot)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser"
    r"|access (?:to this page has been )?denied|pardon our interruption|bot verification|security check|ddos protection"
    r"|please enable (?:js|javascript|cookies)|unusual (?:traffic|activity)|captcha|robot check|request unsuccessful"
    r"|checking if the site connection is secure|enable javascript (?:and cookies )?to (?:continue|proceed)"
    r"|(?:sind|bist) (?:sie|du) ein (?:mensch|roboter)|ungewöhnliche(?:r|n)? datenverkehr|êtes-vous un (?:humain|robot)"
    r"|no eres un robot|non sei un robot|ben je een (?:mens|robot)|jesteś człowiekiem",
    re.I,
)
# What the scripts of the known guards are called; a page that is little else was written by one.
GUARD = re.compile(
    rb"/cdn-cgi/challenge-platform/|captcha-delivery\.com|_Incapsula_Resource|px-captcha|/_sec/cp_challenge/"
    rb"|awswaf\.com|hcaptcha\.com/1/api|/\.well-known/sgcaptcha|geo\.captcha|arkoselabs\.com",
    re.I,
)
MAX_GUARD_BYTES = 200_000
ERROR = re.compile(
    r"\b(?:error )?(?:40[0-9]|410|451|50[0-4])\b|(?:page|article|seite|artikel|página|pagina) (?:was "
    r"|wurde )?(?:not|nicht|no|non) "
    r"|not found|nicht gefunden|no encontrad|introuvable|non trovat|service unavailable|bad gateway"
    r"|internal server error"
    r"|no longer available|forbidden|temporarily unavailable",
    re.I,
)
CONSENT = re.compile(
    r"cookie|consent|datenschutz|privacy|werbung|tracking|gdpr|rgpd|dsgvo|einwilligung|zustimm|akzeptieren"
    r"|consentement|confidentialité|consentimiento|privacidad|privacidade|consenso|toestemming|akkoord|samtykke"
    r"|samtycke|personvern|integritet|zgod[aęy]|prywatnoś|souhlas|hozzájárul|персональных данных|куки",
    re.I,
)
PAYWALL = re.compile(
    r"subscribe (?:now|today|to (?:continue|read))|to (?:continue|keep) reading|already a subscriber"
    r"|subscribers only|for subscribers"
    r"|register to (?:continue|read)|weiterlesen mit|jetzt (?:weiterlesen|abonnieren)"
    r"|nur für abonnenten|réservé aux abonnés"
    r"|abonnez-vous|suscríbete|solo para suscriptores|abbonati|riservato agli abbonati"
    r"|you have reached your .{0,20}limit",
    re.I,
)
LIVE_URL = re.compile(r"live-?(?:blog|ticker|updates?|text)|newsblog|/live/|en-(?:vivo|direct(?:o)?)-", re.I)
GALLERY_URL = re.compile(
    r"/(?:photo-?)?galler(?:y|ies)/|/photos?/|/bilder(?:strecke)?/|/fotostrecke|/galerie|/slideshow|/fotos/|/in-pictures",
    re.I,
)
VIDEO_URL = re.compile(r"/videos?/|/watch(?:/|\?)|/mediathek/|/av/", re.I)
INDEX_URL = re.compile(
    r"/(?:tags?|topics?|categor(?:y|ies)|author|authors|search|archive|section|thema|themen)/[^/]*/?(?:page/\d+/?)?$",
    re.I,
)
MIN_ARTICLE_WORDS = 50
SHORT_PAGE_CHARS = 1_500
# The kinds of page that a site shows instead of the one that was asked for.
STAND_INS: frozenset[PageKind] = frozenset(("challenge", "consent", "paywall", "error"))
# So many blocks that are nothing but links make a page that leads elsewhere.
MIN_TEASERS = 10
MIN_WORDS_A_TEASER = 5


@dataclass(frozen=True, slots=True)
class Signs:
    """What the decision is made from; ``page_text`` is the start of all text on the page, ``words`` counts
    the body's."""

    title: str
    page_text: str
    page_chars: int
    words: int
    link_share: float
    types: frozenset[str]
    og_type: str
    path: str
    is_free: bool | None
    has_article_markup: bool
    teasers: int
    is_guarded: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """The page's kind, the outcome that follows, and the reason when the page is no article."""

    kind: PageKind
    outcome: Outcome = "ok"
    reason: str | None = None


def decide_kind(signs: Signs) -> Verdict:
    """Name the page's kind; a body of article length that nothing speaks against is an article."""
    return _refusal(signs) or _other_thing(signs) or _consent(signs) or _article(signs)


def is_guarded(source: bytes, page_chars: int) -> bool:
    """Say whether a page of few words carries the scripts of a guard against bots."""
    return page_chars <= SHORT_PAGE_CHARS and GUARD.search(source, 0, MAX_GUARD_BYTES) is not None


def _refusal(signs: Signs) -> Verdict | None:
    """Pages that stand in for the page that was asked for: challenge, error."""
    if signs.page_chars > SHORT_PAGE_CHARS and signs.words >= MIN_ARTICLE_WORDS:
        return None
    asks = CHALLENGE.search(signs.title) or (signs.page_chars < 600 and CHALLENGE.search(signs.page_text))
    if asks or (signs.is_guarded and signs.words < MIN_ARTICLE_WORDS and not signs.has_article_markup):
        return Verdict(
            "challenge",
            "challenge_page",
            "The site asks for proof that a person reads, instead of showing the page.",
        )
    if ERROR.search(signs.title) or (signs.page_chars < 400 and ERROR.search(signs.page_text)):
        return Verdict("error", "not_an_article", "The page is an error message.")
    return None


def _other_thing(signs: Signs) -> Verdict | None:
    if signs.words >= 2 * MIN_ARTICLE_WORDS and (signs.has_article_markup or signs.link_share < 0.3):
        return _index(signs)
    asks_to_pay = signs.words < MIN_ARTICLE_WORDS and PAYWALL.search(signs.page_text)
    if signs.words < 2 * MIN_ARTICLE_WORDS and (signs.is_free is False or asks_to_pay):
        return Verdict("paywall", "paywall", "Only the beginning is shown; the rest needs a subscription.")
    if (
        signs.og_type.startswith("video")
        or VIDEO_URL.search(signs.path)
        or ("videoobject" in signs.types and not signs.has_article_markup)
    ):
        return Verdict("video", "not_an_article", "The page is a video with little text of its own.")
    if GALLERY_URL.search(signs.path) or "imagegallery" in signs.types:
        return Verdict("gallery", "not_an_article", "The page is a gallery of pictures with little text of its own.")
    return _index(signs)


def _index(signs: Signs) -> Verdict | None:
    markup = signs.has_article_markup
    at_root = signs.path in ("", "/") and signs.teasers >= 3
    if not markup and (at_root or INDEX_URL.search(signs.path) or "collectionpage" in signs.types):
        return Verdict("index", "not_an_article", "The page lists articles and is none itself.")
    if not markup and signs.words < min(MIN_ARTICLE_WORDS, MIN_WORDS_A_TEASER * signs.teasers):
        return Verdict("index", "not_an_article", "The page is mostly links to other pages.")
    return None


def _consent(signs: Signs) -> Verdict | None:
    """A page about cookies and nothing else; most other pages only carry a banner."""
    if signs.has_article_markup or signs.words >= 300 or signs.teasers >= MIN_TEASERS:
        return None
    if len(CONSENT.findall(signs.page_text)) >= 3:
        return Verdict(
            "consent", "not_an_article", "The page asks for consent to cookies instead of showing an article."
        )
    return None


def _article(signs: Signs) -> Verdict:
    if not signs.words:
        return Verdict("other", "not_an_article", "No body text was found on the page.")
    if signs.words < 15 and not signs.has_article_markup:
        return Verdict("other", "not_an_article", "The page has too little text to be an article.")
    if "liveblogposting" in signs.types or LIVE_URL.search(signs.path):
        return Verdict("live_blog")
    return Verdict("article")
