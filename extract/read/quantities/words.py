"""Closed classes of English words that rules about numbers ask for."""

from __future__ import annotations

MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar apr jun jul "
    "aug sep sept oct nov dec".split()
)
WEEKDAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays "
    "sundays".split()
)
PREPOSITIONS = frozenset(
    "of in on at by for from with without to into onto over under above below between among amongst through during "
    "against about after before since until till than as per via near inside outside across along around behind "
    "beside beyond despite off out up down within toward towards upon versus vs like unlike throughout amid".split()
)
DETERMINERS = frozenset(
    "a an the this that these those his her its their our my your some any no each every either neither both all "
    "another such what which whose".split()
)
PRONOUNS = frozenset(
    "i you he she it we they me him us them himself herself itself themselves who whom which that one someone "
    "anyone everyone nobody none".split()
)
CONJUNCTIONS = frozenset(
    "and or but nor so yet because although though while whereas if unless when where whether".split()
)
AUXILIARIES = frozenset(
    "is are was were be been being am has have had having do does did doing will would shall should can could may "
    "might must ca wo ai isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't "
    "couldn't shouldn't cannot".split()
)
ADVERBS = frozenset(
    "ago later earlier now then today yesterday tomorrow tonight overnight daily weekly monthly yearly annually "
    "hourly already also still just only even again once here there away apart together alone ever never not too "
    "very else instead altogether so far last next each more less fewer higher lower long wide tall deep high old "
    "respectively combined overall back abroad home thereafter often sometimes perhaps maybe however therefore "
    "thus meanwhile according including excluding plus minus times compared due worth".split()
)
# Past and other forms of irregular verbs, which no ending betrays, that follow a counted noun in news.
VERBS = frozenset(
    "said says say told tells went goes go came comes come took takes take made makes make got gets get gave gives "
    "give left leave leaves lost lose loses won win wins fell falls fall rose rises rise fled flee flees held hold "
    "holds kept keep keeps knew know knows met meet meets paid pay pays ran run runs sat sit sits saw see sees sent "
    "send sends sold sell sells spent spend spends stood stand stands thought think thinks wrote write writes became "
    "become becomes began begin begins broke breaks bring brought brings built buy bought buys caught chose drew "
    "drove ate felt fight fights fought found finds flew forgot grew grows grow heard hid hit hits hurt laid led leads "
    "lead live lives let lay lit need needs put puts quit read rode rang sang sank shot shut slept spoke stole struck "
    "swam taught threw understood wore want wants remain remains show shows work works die dies include includes "
    "seem seems appear appears face faces".split()
)
STOPS = PREPOSITIONS | DETERMINERS | PRONOUNS | CONJUNCTIONS | AUXILIARIES | ADVERBS | VERBS | WEEKDAYS
# Words between a number and the noun it counts that say nothing of the noun.
FILLERS = frozenset("more other additional further extra such fresh".split())
PLURALS = frozenset(
    "people men women children police troops staff personnel cattle aircraft fish sheep deer species series feet teeth "
    "geese mice data media bacteria criteria phenomena crew clergy youth offspring headquarters crossroads spacecraft "
    "servicemen servicewomen policemen firefighters fishermen businessmen gunmen militiamen lawmen congressmen "
    "congresswomen spokesmen salesmen craftsmen chairmen watercraft livestock poultry salmon trout dead wounded injured "
    "missing homeless unemployed elderly disabled folk grandchildren schoolchildren townspeople".split()
)
NOT_PLURAL = frozenset(
    "this his its was is has as us gas bus plus thus always perhaps across yes news less unless hours's towards "
    "afterwards besides sometimes nowadays overseas indoors outdoors upwards downwards forwards backwards whereas".split()
)
TIME_UNITS = frozenset(
    "second minute hour day night week fortnight month quarter year decade century season game match shift".split()
)
SUBSTANTIVES = frozenset("dead wounded injured missing homeless unemployed killed hurt".split())


def is_plural(word: str) -> bool:
    """Guess whether a lower-case word is a plural noun."""
    if word in PLURALS or word.endswith(("women", "children", "people")):
        return True
    if len(word) < 3 or not word.endswith("s") or word in NOT_PLURAL:
        return False
    return not word.endswith(("ss", "us", "is", "ous"))


def is_stop(word: str) -> bool:
    """Tell whether a lower-case word ends a noun phrase."""
    return word in STOPS or (
        word.endswith("ly") and len(word) > 4 and word not in ("family", "supply", "assembly", "fly")
    )


def is_past(word: str) -> bool:
    """Guess whether a lower-case word is a regular past form."""
    return len(word) > 4 and word.endswith("ed") and not word.endswith(("eed", "hundred"))
