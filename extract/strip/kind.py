"""The kind of a page: an article, or one of the known other kinds.

No single word or number decides. A page shown instead of an article says so in a title or opening that consists only of
such words, and has no running text of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extract.outcomes import Outcome
from extract.strip.missing_pages import MISSING_PAGE
from extract.types import PageKind

if TYPE_CHECKING:
    from extract.strip.signs import Signs

# Titles or openings that consist only of this.
CHALLENGE_NAME = re.compile(
    r"just a moment\W*|attention required\W*|are you (?:a )?(?:human|robot)\W*|pardon our interruption\W*"
    r"|(?:bot|human) (?:verification|check)|security check(?: required)?|ddos protection(?: by \w+)?|access denied"
    r"|access to this (?:page|site|website) (?:has been|was|is) (?:denied|blocked)|captcha|robot check"
    r"|request unsuccessful"
    r"|(?:please )?verify (?:that )?you(?:'|’| a)re (?:a )?human|checking your browser\W*|one more step"
    r"|(?:sorry, )?you have been blocked|(?:sind|bist) (?:sie|du) ein (?:mensch|roboter)\W*"
    r"|êtes-vous un (?:humain|robot)\W*|no eres un robot|non sei un robot|ben je een (?:mens|robot)\W*",
    re.I,
)
# Sentences that ask the reader to pass a bot check.
CHALLENGE_SAID = re.compile(
    r"verify(?:ing)? (?:that )?you(?:'|’| a)re (?:a )?human|checking your browser before"
    r"|checking if the site connection is secure"
    r"|(?:detected|noticed) unusual (?:traffic|activity) (?:from|on|in) your|unusual traffic from your"
    r"|(?:know|confirm|prove|show)(?: that)? you(?:'|’| a)re not a (?:robot|bot)"
    r"|enable (?:js|javascript|cookies)(?: and cookies)?(?: in your browser)?"
    r" (?:to (?:continue|proceed)|and (?:disable|reload))"
    r"|access to this page has been denied|needs to review the security of your connection"
    r"|bestätigen sie, dass sie (?:ein mensch|kein roboter)|ungewöhnliche(?:r|n)? datenverkehr aus ihrem"
    r"|jesteś człowiekiem",
    re.I,
)
# Scripts of known bot guards; a page with little else was written by one.
GUARDS = (
    *(b"/cdn-cgi/challenge-platform/", b"captcha-delivery.com", b"_incapsula_resource", b"px-captcha"),
    *(b"/_sec/cp_challenge/", b"awswaf.com", b"hcaptcha.com/1/api", b"/.well-known/sgcaptcha", b"geo.captcha"),
    b"arkoselabs.com",
)
MAX_GUARD_BYTES = 200_000
STATUS = r"(?:(?:http|error|erreur|fehler|fout|errore|błąd)\W*)*(?:40\d|410|451|50[0-4])"
MISSING = (
    r"(?:not|no longer|nicht(?: mehr)?|non|no|niet|ikke|inte|nie)?[ -]*"
    r"(?:be |been |was |werden |wurde )?(?:found|available|exists?|gefunden|verfügbar|trouvée?|disponible|encontrad[ao]"
    r"|trovat[ao]|gevonden|funnet|hittades|znaleziono|da|here any ?more|there)(?: werden)?"
)
WHAT = (
    r"(?:page|article|story|document|content|resource|site|file|url|seite|artikel|inhalt|página|pagina|articolo|artículo"
    r"|side|sidan|strona)"
)
SAID = (
    r"(?:not found|forbidden|(?:service |temporarily )*unavailable|bad gateway|gateway time-?out|access denied"
    r"|internal server error|unauthori[sz]ed|gone|(?:down for |under |scheduled |site )?maintenance(?: mode)?"
    r"|wartungs(?:arbeiten|modus)|en maintenance|en mantenimiento|em manutenção|in manutenzione"
    r"|page introuvable|nicht gefunden|zugriff verweigert)"
)
ERROR_NAME = re.compile(
    rf"(?:(?:oops|sorry|uh-oh|ups|hoppla|désolé|lo sentimos)\W*)?(?:{STATUS}(?:\W+error)?|(?:{STATUS}\W+)?{SAID}"
    rf"|(?:{STATUS}\W+)?(?:this |that |the |diese |die |cette |la |esta )?(?:requested |angeforderte )?{WHAT}"
    rf"(?: (?:you(?:'|’| a)re looking for|you (?:asked for|requested)))?"
    rf" (?:(?:could|can|was|is|does|has|wurde|konnte|ist|n['’]est|kann|fue|no se ha|est)(?: |n['’]t )?)?{MISSING}"
    r"|(?:page|contenu) introuvable|(?:an |a )?(?:(?:server|application|unexpected) )?error(?: (?:has )?occurred)?)\W*",
    re.I,
)
# After a separator comes the site's name, or more of the same.
NAME_SEPARATOR = re.compile(r"\s+[|–—·•»:-]+\s+|\s*[|»｜]\s*")
LOGIN_NAME = re.compile(
    r"(?:please )?(?:sign|log)[ -]?(?:in|on)(?: (?:to|or|and) .{0,40})?|login|register"
    r"|(?:create|sign up for) (?:an |your )?account"
    r"|anmelden|einloggen|anmeldung|registrieren|se connecter|connexion|identifiez-vous|iniciar sesión|inicia sesión"
    r"|acceder"
    r"|accedi|entrar|inloggen|logga in|logg inn|zaloguj(?: się)?|logowanie|вход|войти",
    re.I,
)
LOGIN_URL = re.compile(
    r"/(?:log-?in|sign-?in|register|registration|anmelden|account/login|auth|connexion|accounts?)\b", re.I
)
COOKIE = re.compile(r"cookie|куки", re.I)
CONSENT = re.compile(
    r"cookie|consent|datenschutz|privacy|werbung|tracking|gdpr|rgpd|dsgvo|einwilligung|zustimm|akzeptieren"
    r"|personal data"
    r"|consentement|confidentialité|consentimiento|privacidad|privacidade|consenso|toestemming|akkoord|samtykke"
    r"|samtycke|personvern|integritet|zgod[aęy]|prywatnoś|souhlas|hozzájárul|персональных данных|куки",
    re.I,
)
# Every text that asks for consent or a bot check contains one of these.
NOTICE_MARKS = (
    *("cookie", "consent", "privacy", "tracking", "gdpr", "rgpd", "dsgvo", "personal data", "datenschutz", "werbung"),
    *("einwilligung", "zustimm", "akzeptieren", "confidentialité", "privacidad", "consenso", "toestemming", "akkoord"),
    *("samtyck", "personvern", "integritet", "zgod", "prywatno", "souhlas", "hozzájárul", "персональн", "куки"),
    *("human", "robot", "browser", "connection is secure", "unusual traffic", "unusual activity", "javascript"),
    *("access to this page", "your connection", "datenverkehr", "człowiek", "ein mensch"),
)
ADDRESS = re.compile(
    r"\b(?:we|our|us|you|yours?|wir|uns|unsere?\w?|sie|ihre?\w?|du|deine?\w?|nous|nos|notre|vous|vos|votre|nuestr\w+|usted(?:es)?"
    r"|noi|nostr\w+|vostr\w+|tu[oae]?|wij|onze?|uw|jouw|vi|vår\w*|våre?|din|ditt|dine?|nasz\w*|twoj\w*|twój|my|мы|наш\w*|вы|ваш\w*)\b",
    re.I,
)
# A notice quotes the names of its buttons at most.
QUOTE = re.compile(r"[\"“„«][^\"”“»]{25,}[\"”“»]")
PAYWALL = re.compile(
    r"subscribe to (?:continue|read)|to (?:continue|keep) reading|already a subscriber"
    r"|(?:for|to) subscribers(?: only)?\b"
    r"|subscribers only|register to (?:continue|read)|weiterlesen mit|jetzt weiterlesen|nur für abonnenten"
    r"|réservé aux abonnés|pour lire la suite|solo para suscriptores|para seguir leyendo|riservato agli abbonati"
    r"|you have reached your .{0,20}limit",
    re.I,
)
SEARCH_NAME = re.compile(
    r"(?:search )?results? (?:for|of) .{1,80}|search results?(?:: .{1,80})?|search: .{1,60}"
    r"|suchergebnis(?:se)?(?: .{1,60})?|résultats (?:de|pour) .{1,60}|resultados (?:de|para) .{1,60}",
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
# Fewer words than this are no story, unless the page is marked up as an article.
MIN_STORY_WORDS = 15
SHORT_PAGE_CHARS = 1_500
# The kinds of page that a site shows instead of the requested one.
STAND_INS: frozenset[PageKind] = frozenset(("challenge", "consent", "paywall", "error"))
# A page with fewer paragraphs besides its notices may be a bot check.
MIN_STORY_PARAGRAPHS = 2
# This many paragraphs of running text are an article, whatever else is on the page; more are not counted.
ENOUGH_PARAGRAPHS = 3
# A list has at least this many teasers, and at least this share of its body is links.
MIN_TEASERS = 4
LINKED = 0.5
# If at least this share of the text asks for consent, the page is a consent wall.
NOTICED = 0.4
# A front page has at least this many link-only blocks.
FRONT_PAGE_LINKS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """The page's kind, the outcome that follows, and the reason when it is no article."""

    kind: PageKind
    outcome: Outcome = "ok"
    reason: str | None = None


CHALLENGE = Verdict(
    "challenge", "challenge_page", "The site asks for proof that a person reads, instead of showing the page."
)


def decide_kind(signs: Signs) -> Verdict:
    """Return the page's kind; a body of article length without contrary evidence is an article."""
    if paywall := _paywall(signs):
        return paywall
    if signs.is_told():
        return _article(signs)
    return (
        _refusal(signs) or _forward(signs) or _other_thing(signs) or _index(signs) or _consent(signs) or _article(signs)
    )


def is_guarded(code: bytes) -> bool:
    """Return whether a page (in lower case) contains the scripts of a bot guard."""
    head = code[:MAX_GUARD_BYTES]
    return any(guard in head for guard in GUARDS)


def is_notice(text: str) -> bool:
    """Return whether a text asks for a bot check or consent: it addresses "you" about cookies or personal data."""
    if CHALLENGE_SAID.search(text):
        return True
    found = {match.lower() for match in CONSENT.findall(text)}
    enough = len(found) >= 2 or COOKIE.search(text) is not None
    return enough and bool(found) and ADDRESS.search(text) is not None and not QUOTE.search(text)


def names_of(titles: Iterable[str]) -> tuple[str, ...]:
    """Return titles and their parts."""
    found: dict[str, None] = {}
    for title in titles:
        found[title.strip()] = None
        found.update(dict.fromkeys(part.strip() for part in NAME_SEPARATOR.split(title)))
    return tuple(name for name in found if name)


def _paywall(signs: Signs) -> Verdict | None:
    is_short = signs.words < 2 * MIN_ARTICLE_WORDS and signs.paragraphs < ENOUGH_PARAGRAPHS
    is_cut = signs.is_free is False and is_short
    if is_cut or (signs.words < MIN_ARTICLE_WORDS and signs.asks_to_pay):
        return Verdict("paywall", "paywall", "Only the beginning is shown; the rest needs a subscription.")
    return None


def _refusal(signs: Signs) -> Verdict | None:
    """Return the verdict on a page shown instead of the requested one (challenge, error, login), else None."""
    is_short = signs.words < 2 * MIN_ARTICLE_WORDS
    if is_short and _asks_for_proof(signs):
        return CHALLENGE
    # Before the scripts of guards, which stand on a site's own error pages too.
    if is_short and (signs.says(ERROR_NAME) or signs.says(MISSING_PAGE)):
        return Verdict("error", "not_an_article", "The page is an error message.")
    if _is_empty_and_guarded(signs):
        return CHALLENGE
    if is_short and _is_login(signs):
        return Verdict("paywall", "paywall", "The page asks the reader to sign in instead of showing an article.")
    return None


def _forward(signs: Signs) -> Verdict | None:
    if signs.leads_on is None:
        return None
    return Verdict("other", "not_an_article", f"The page holds no text and leads on to {signs.leads_on}.")


def _asks_for_proof(signs: Signs) -> bool:
    is_small = signs.page_chars <= SHORT_PAGE_CHARS and signs.paragraphs < MIN_STORY_PARAGRAPHS
    return signs.says(CHALLENGE_NAME) or (is_small and CHALLENGE_SAID.search(signs.page_text) is not None)


def _is_empty_and_guarded(signs: Signs) -> bool:
    return signs.is_guarded and signs.words < MIN_ARTICLE_WORDS and not signs.has_article_markup


def _is_login(signs: Signs) -> bool:
    """Return whether two of three signs of a login page hold: a password field, the page's name, its URL."""
    named = signs.says(LOGIN_NAME)
    return signs.has_password + named + (LOGIN_URL.search(signs.path or "") is not None) >= 2


def _other_thing(signs: Signs) -> Verdict | None:
    if signs.words >= 2 * MIN_ARTICLE_WORDS:
        return None
    path = signs.path or ""
    is_video = "videoobject" in signs.types and not signs.has_article_markup
    if signs.og_type.startswith("video") or VIDEO_URL.search(path) or is_video:
        return Verdict("video", "not_an_article", "The page is a video with little text of its own.")
    if GALLERY_URL.search(path) or "imagegallery" in signs.types:
        return Verdict("gallery", "not_an_article", "The page is a gallery of pictures with little text of its own.")
    return None


def _index(signs: Signs) -> Verdict | None:
    if signs.has_article_markup:
        return None
    at_root = signs.path in ("", "/") and signs.links_alone >= FRONT_PAGE_LINKS
    if at_root or _is_listed(signs) or signs.teasers >= MIN_TEASERS:
        return Verdict("index", "not_an_article", "The page lists articles and is none itself.")
    if _is_mostly_links(signs):
        return Verdict("index", "not_an_article", "The page is mostly links to other pages.")
    return None


def _is_listed(signs: Signs) -> bool:
    """Return whether a page without a paragraph is a list, by its URL, type or name.

    A line or two in the footer of every page are no story if both the page's type and its links say that it is a list.
    """
    is_collection = "collectionpage" in signs.types
    if signs.paragraphs:
        return is_collection and signs.links_alone >= MIN_TEASERS and signs.words < MIN_ARTICLE_WORDS
    return is_collection or bool(INDEX_URL.search(signs.path or "")) or signs.says(SEARCH_NAME)


def _is_mostly_links(signs: Signs) -> bool:
    """Return whether a page's body is links with hardly any other text; a short story counts as a paragraph."""
    if signs.link_share > LINKED and signs.links_alone >= MIN_TEASERS:
        return True
    is_short = signs.words < min(MIN_ARTICLE_WORDS, 5 * signs.links_alone)
    return is_short and not signs.paragraphs and signs.notice_share < NOTICED


def _consent(signs: Signs) -> Verdict | None:
    if signs.notice_share >= NOTICED and not signs.has_article_markup:
        return Verdict(
            "consent", "not_an_article", "The page asks for consent to cookies instead of showing an article."
        )
    return None


def _article(signs: Signs) -> Verdict:
    if not signs.words:
        return Verdict("other", "not_an_article", "No body text was found on the page.")
    if signs.words < MIN_STORY_WORDS and not signs.has_article_markup:
        return Verdict("other", "not_an_article", "The page has too little text to be an article.")
    if "liveblogposting" in signs.types or LIVE_URL.search(signs.path or ""):
        return Verdict("live_blog")
    return Verdict("article")
