"""Clean bylines to names: without "By", roles and addresses, each name once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

from extract.calendar import MONTH_NAMES
from extract.strip.wording import fold

MAX_AUTHORS = 30
MAX_NAME_CHARS = 70
MAX_NAME_WORDS = 7
# Words that introduce a byline, in the languages of the news web in Latin, Cyrillic and Greek script.
MADE = r"text|words|story|interview|photos?|fotos?|bilder|reporting"
PREFIX = re.compile(
    r"^(?:(?:\w+ )?by|von|authors?|autor(?:es|zy)?|reporter"
    rf"|(?:{MADE})(?:(?:\s+(?:und|and|et|y|e)\s+|\s*[&,/]\s*)(?:{MADE}))*)\s*:\s*"
    r"|^(?:(?:written|reported|posted|published|story|text|words|reporting|edited|submitted|analysis|opinion|review|recipe"
    r"|guide)\s+by"
    r"|by line|by|von|vom|par|por|de|di|da|door|av|af|przez|autor(?:in|a|e|ka)?|author|authors|auteur"
    r"|autore|text|texte|texto|testo|tekst|от|автор|yazan|oleh|von unserem korrespondenten|a cura di"
    r"|(?:veröffentlicht|geschrieben|verfasst|erstellt|gepostet|eingestellt) von|(?:écrit|publié|rédigé|posté) par"
    r"|(?:publicado|escrito|redactado) por|(?:scritto|pubblicato|inserito) da"
    r"|(?:geschreven|geplaatst|gepubliceerd) door|skrevet a[vf]|(?:skriven|publicerad) av"
    r"|(?:napisane|opublikowane|dodane) przez"
    r"|(?:guest )?(?:post|commentary|column|essay|interview|photographs|illustrations) by"
    r"|(?:eine? )?(?:gast)?(?:kommentar|analyse|interview|beitrag|artikel|kolumne|essay|reportage|bericht|glosse) von"
    r"|(?:une? )?(?:analyse|tribune|chronique|article|reportage|enquête|billet) (?:de|par)"
    r"|(?:una? )?(?:análisis|columna|artículo|reportaje|crónica|entrevista) (?:de|por))"
    r"\b\s*[:.]?\s+"
    r"|^(?:view |see |read )?(?:all|more) (?:posts|articles|stories) (?:by|from)\s+"
    r"|^(?:alle|mehr) (?:artikel|beiträge) von\s+|^tous les articles de\s+|^(?:todos los artículos|más artículos) de\s+"
    # The name is often a link that directly follows the word.
    r"|^by(?=(?-i:[A-ZÀ-Þ]))",
    re.I,
)
SEPARATOR = re.compile(
    r"\s*(?:;|\||•|·|⋅|●|\n|、|，|\s/\s|(?<=(?-i:[a-z]))/(?=(?-i:[A-Z]))"
    # "von und zu" is one title of nobility.
    r"|(?<! von)(?<! zu)(?<! de),?\s+(?:and|und|et|og|och|en|ja|with|mit|avec|med|и|та|ve|dan|και)\s+"
    r"|,\s*(?!(?:jr|sr)\b)|\s*&\s*)\s*",
    re.I,
)
WEAK_AND = re.compile(r",?\s+(?:y|e|i)\s+")
MAY_BE_NAME = re.compile(r"(?:De|Di|Da|Von|Van|Av|Af) [A-ZÀ-Þ][\w'’-]+")
# Many blogs write the date before the name: "Posted on May 3 by".
DATED_FIRST = re.compile(
    r"^[^|•·⋅]{0,20}\d[^|•·⋅]{0,30}?\b(?:by|von|par|por|door|av|przez)\s+(?=(?-i:[A-ZÀ-ÞА-Я]))", re.I
)
PARENTHESIS = re.compile(r"\s*[(\[{<][^)\]}>]*[)\]}>]?")
EMAIL_OR_URL = re.compile(r"\S+@\S+\.\S+|(?:https?:)?//\S+|www\.\S+|@\w+")
DATE_OR_CLOCK = re.compile(
    r"(?:^|\s)(?:last\s+)?(?:updated|published|posted|publiziert|veröffentlicht|publié|publicado)\b(?!\s+(?:by|von|par|por)).*"
    r"|(?<=(?-i:[a-z]))(?-i:Last [Uu]pdated|Updated|Published)\b.*"
    r"|\s(?:am|on|le|el|il|op|em|den|på)\s+(?:[^\W\d_]{2,12},?\s+)?\d{1,2}\b.*"
    r"|\b(?:(?:on|at)\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
    rf"(?:{'|'.join(name[:3] for name in MONTH_NAMES)})[a-z]*\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b.*|"
    r"\b\d{1,2}(?:st|nd|rd|th|\.)?\s(?:de\s)?[^\W\d_]{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d\b.*|"
    r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b.*|\b\d{1,2}[:.]\d{2}\b.*|\b(?:19|20)\d\d\b.*",
    re.S | re.I,
)
# Photographers and editors are named after the author.
OTHER_CREDIT = re.compile(
    r"(?<=[^\W\d_])(?<!\bund)(?<!\boch)(?<!\band)(?<!\bet)(?<!\bog)(?<!\ben)\s*[.,;|/·•–-]?\s+"
    r"(?:(?:fotos?|photos?|photographs?|bild(?:er)?|videos?|illustrations?|graphics?|grafik|camera|kamera|redigering)"
    r"\s*(?::|\bby\b|\bvon\b|\bav\b|\bpar\b|\bpor\b)|(?:edited|editing|photographed|illustrated|translated)\s+by\b"
    r"|with\s+files\s+from\b|(?:with\s+)?additional\s+reporting\s+by\b).*",
    re.I | re.S,
)
ROLE_NOUN = (
    r"(?:correspondent|reporter|editors?|journalist|columnist|contributor|producer|photographer|bureau chief|writer"
    r"|director|manager|expert|specialist|strategist|analyst|consultant|coordinator|officer|advis[eo]r|engineer|developer"
    r"|researcher|reviewer|scientist|marketer|designer|blogger|korrespondent(?:in)?|redakteur(?:in)?|reporterin|journaliste"
    r"|rédact(?:eur|rice)|corresponsal|redactora?|enviad[oa] especial)s?"
)
# Modifiers before such a noun, which are no part of the name.
RANK = (
    r"(?:former|acting|interim|founding|senior|junior|chief|staff|lead|head|managing|associate|assistant|contributing"
    r"|deputy|executive|guest|freelance|certified|full-stack|political|business|economics|finance|foreign|national"
    r"|diplomatic|defen[cs]e|security|science|health|education|environment|sports?|culture|arts|tech|technology|data|news"
    r"|web|digital|politics|crime|courts?|legal|local|city|world|investigati(?:ons?|ve)|climate|energy|transport|travel"
    r"|food|music|film|books|fashion|lifestyle|entertainment|features|opinion|consumer|money|property|royal|washington"
    r"|white house|europe|asia|africa|middle east|us|uk|content|marketing|editorial|technical|product"
    r"|software|community|communications|social|media|brand"
    r"|sales|seo|expert)"
)
ROLE = re.compile(
    rf"\s+(?:{RANK}\s+)+{ROLE_NOUN}\s*$|\s+[-–—]\s+(?:[\w-]+\s+){{0,3}}{ROLE_NOUN}\s*$"
    r"|\s+(?:Reporter|Writer|Journalist|Editor|Correspondent|Columnist|Contributor|Redakteur(?:in)?)$",
    re.I,
)
ROLE_ALONE = re.compile(rf"(?:{RANK}\s+)+{ROLE_NOUN}", re.I)
# What follows a name and a comma: a role, a degree, or a department.
ROLE_PART = re.compile(
    rf"(?:.*\s)?(?:{ROLE_NOUN}|(?:co-?)?founder|owner|c[efmot]o|chair(?:man|woman|person)?|(?:vice )?president|vp"
    r"|professor|lecturer|physician|therapist|dietitian|nutritionist|\w+ologist|attorney|lawyer|author)"
    r"|m\.?[ads]\.?|m\.?sc\.?|m\.?p\.?h\.?|mba|ph\.?d\.?|j\.?d\.?|dvm|rdn?|rn|cpa|esq\.?",
    re.I,
)
LEADS = re.compile(
    rf",\s+[^\W\d_]+\s+(?:and|&)\s+[^,;|]*\b{ROLE_NOUN}\s*$|"
    r",?\s+\b(?:(?:vice )?president|head|director|professor|chair|chief|manager|editor|lead)\s+(?:of|for)\b[^;|]*"
    r"|,\s+(?:korrespondent(?:in)?|corresponsal|correspondante?|inviat[oa]|enviad[oa] especial|envoyée? spéciale?)\b"
    r"[^;|]*",
    re.I,
)
NOT_NAMES = frozenset(
    [
        "by",
        "von",
        "por",
        "par",
        "admin",
        "administrator",
        "editor",
        "staff",
        "staff writer",
        "staff reporter",
        "author",
        "anonymous",
        "unknown",
        "none",
        "journalist",
        "reporter",
        "correspondent",
        "redakteur",
        "journaliste",
        "null",
        "undefined",
        "guest",
        "user",
        "webmaster",
        "redaktion",
        "redaction",
        "redacción",
        "redazione",
        "newsroom",
        "home",
        "share",
        "follow",
        "subscribe",
        "comments",
        "updated",
        "published",
        "posted",
        "the author",
        "written by",
        "link",
        "image",
        "photo",
    ]
)
LAST_FIRST = re.compile(
    r"((?:(?:van|von|de|der|den|di|da|dos|du|la|le|el|al|bin)\s)*[A-ZÀ-Þ][\w'’-]+),\s*([A-ZÀ-Þ][\w'’-]+(?:\s[A-ZÀ-Þ]\.?)*)"
)
NOT_FIRST_NAMES = frozenset(("jr", "sr", "ap", "afp", "dpa", "reuters", "esq", "inc", "ltd", "llc"))
TIME_AGO = re.compile(r"\d+\s?[a-z]{1,7}(?: ago)?", re.I)
READING_TIME = re.compile(r"\bmin(?:s|utes?)?\.? read\b|\blesezeit\b", re.I)
# How Chinese and Korean papers call a reporter, before and behind the name.
EASTERN_ROLE = re.compile(
    r"^(?:[\u4e00-\u9fff]{0,6}[记記]者|作者)\s*[:：]?\s*(?=[\u4e00-\u9fff])|(?<=[가-힣])\s?(?:선임)?(?:기자|특파원)$"
)
NAME_WORD = re.compile(r"[^\W\d_]", re.U)


def clean_authors(raw: Iterable[str]) -> tuple[str, ...]:
    """Split and clean bylines; return the names in order, without duplicates."""
    names: dict[str, str] = {}
    for byline in map(_first_name_first, raw):
        for name in split_byline(byline):
            names.setdefault(fold(name), name)
    # "T. Kramer" beside "Thorsten Kramer" or "Jon" beside "Jon King" is the same byline twice.
    return tuple(names.values())[:MAX_AUTHORS]


def _first_name_first(byline: str) -> str:
    """Turn "Brink, Ada" into "Ada Brink": two single words, as in library catalogues."""
    match = LAST_FIRST.fullmatch(" ".join(byline.split()))
    if not match or match[2].lower().rstrip(".") in NOT_FIRST_NAMES or ROLE_PART.fullmatch(match[2]):
        return byline
    return f"{match[2]} {match[1]}"


def split_byline(byline: str) -> list[str]:
    """Return the names in one byline."""
    text = EMAIL_OR_URL.sub(" ", " ".join(unescape(byline).split()))[:1000]
    text = DATE_OR_CLOCK.sub(" ", DATED_FIRST.sub("", PARENTHESIS.sub(" ", text)))
    text = OTHER_CREDIT.sub("", text)
    first, *others = _parts(_strip_prefix(LEADS.sub("", text.strip())))
    parts = map(_clean, (first, *(part for part in others if not ROLE_PART.fullmatch(part))))
    return [part for part in parts if part and is_name(part)]


def is_name(text: str) -> bool:
    """Return whether a cleaned text can be the name of a person or a desk."""
    words = text.split()
    if not 1 < len(text) <= MAX_NAME_CHARS or len(words) > MAX_NAME_WORDS:
        return False
    if (
        text.lower() in NOT_NAMES
        or READING_TIME.search(text)
        or TIME_AGO.fullmatch(text)
        or ROLE_ALONE.fullmatch(text)
        or (any(char.isdigit() for char in text) and len(words) > 3)
    ):
        return False
    # "Reviewed by" somebody, or by nobody that is told here.
    return bool(NAME_WORD.search(text)) and not text.isdigit() and "by" not in text.lower().split()[1:]


def _parts(text: str) -> list[str]:
    """Split a byline at what parts names; "Ortega y Gasset" is one, as its second part is no whole name."""
    found: list[str] = []
    for part in SEPARATOR.split(text):
        sides = WEAK_AND.split(part)
        is_list = all(len(side.split()) >= 2 for side in sides)
        found.extend(sides if is_list else [part])
    return found


def _strip_prefix(text: str) -> str:
    # "De Elizabeth" is a name, "De Ana Ruiz" a byline.
    if MAY_BE_NAME.fullmatch(text):
        return text
    shorter = PREFIX.sub("", text, count=1)
    is_whole = shorter == text or MAY_BE_NAME.fullmatch(shorter) is not None
    return shorter if is_whole else PREFIX.sub("", shorter, count=1)


def _clean(part: str) -> str:
    text = _strip_prefix(part.strip(" \t:;,|/-–—•·*»«›\"'“”„"))
    without_role = ROLE.sub("", text)
    text = without_role if len(without_role.split()) >= 2 else text
    if not text.isascii():
        text = EASTERN_ROLE.sub("", text)
    words = text.strip(' \t:;,|/-–—•·*»«›"“”„').split()
    # Some pages repeat the name for screen readers, or beside a picture.
    half = len(words) // 2
    return " ".join(words[:half] if half > 1 and words == 2 * words[:half] else words)
