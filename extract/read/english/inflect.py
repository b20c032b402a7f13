"""Generates inflected English verb and noun forms from lemmas, so that a cue is found by one look-up."""

from __future__ import annotations

IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "think": "thinks thought thinking",
    "write": "writes wrote written writing",
    "speak": "speaks spoke spoken speaking",
    "know": "knows knew known knowing",
    "see": "sees saw seen seeing",
    "hear": "hears heard hearing",
    "find": "finds found finding",
    "feel": "feels felt feeling",
    "hold": "holds held holding",
    "mean": "means meant meaning",
    "swear": "swears swore sworn swearing",
    "bet": "bets bet betting",
    "put": "puts put putting",
    "read": "reads read reading",
    "show": "shows showed shown showing",
    "sing": "sings sang sung singing",
    "foresee": "foresees foresaw foreseen foreseeing",
    "foretell": "foretells foretold foretelling",
    "forget": "forgets forgot forgotten forgetting",
    "understand": "understands understood understanding",
    "choose": "chooses chose chosen choosing",
    "undertake": "undertakes undertook undertaken undertaking",
    "seek": "seeks sought seeking",
    "fight": "fights fought fighting",
    "strive": "strives strove striven striving",
    "shoot": "shoots shot shooting",
    "shake": "shakes shook shaken shaking",
    "hit": "hits hit hitting",
    "go": "goes went gone going",
    "come": "comes came coming",
    "give": "gives gave given giving",
    "make": "makes made making",
    "take": "takes took taken taking",
    "have": "has had having",
    "be": "is are was were been being am",
    "keep": "keeps kept keeping",
    "draw": "draws drew drawn drawing",
    "forbid": "forbids forbade forbidden forbidding",
    "forgive": "forgives forgave forgiven forgiving",
    "forecast": "forecasts forecast forecasted forecasting",
    "broadcast": "broadcasts broadcast broadcasting",
    "cast": "casts cast casting",
    "let": "lets let letting",
    "lead": "leads led leading",
    "leave": "leaves left leaving",
    "lash": "lashes lashed lashing",
    "learn": "learns learned learnt learning",
    "dream": "dreams dreamed dreamt dreaming",
    "deem": "deems deemed deeming",
    "shun": "shuns shunned shunning",
    "lie": "lies lied lying",
    "bear": "bears bore borne bearing",
    "stand": "stands stood standing",
    "set": "sets set setting",
    "spend": "spends spent spending",
    "overhear": "overhears overheard overhearing",
    "withhold": "withholds withheld withholding",
    "uphold": "upholds upheld upholding",
    "withdraw": "withdraws withdrew withdrawn withdrawing",
}
VOWELS = frozenset("aeiou")


def verb_forms(lemma: str) -> set[str]:
    """Return all written forms of a verb, including the lemma.

    A final consonant after one vowel is given both single and doubled ("benefited", "admitted"): a form that does not
    exist does no harm, because no text contains it.
    """
    if lemma in IRREGULAR:
        return {lemma, *IRREGULAR[lemma].split()}
    return {lemma, plural(lemma), *_past(lemma), *_participle(lemma)}


def plural(lemma: str) -> str:
    """Return the form in -s of a noun or verb."""
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return lemma[:-1] + "ies"
    return lemma + "s"


def _past(lemma: str) -> list[str]:
    if lemma.endswith("e"):
        return [lemma + "d"]
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return [lemma[:-1] + "ied"]
    return [stem + "ed" for stem in _stems(lemma)]


def _participle(lemma: str) -> list[str]:
    if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")):
        return [lemma[:-1] + "ing"]
    return [stem + "ing" for stem in _stems(lemma)]


def _stems(lemma: str) -> list[str]:
    doubles = len(lemma) > 2 and lemma[-2] in VOWELS and lemma[-3] not in VOWELS
    if doubles and lemma[-1] not in VOWELS | set("wxy"):
        return [lemma, lemma + lemma[-1]]
    return [lemma]
