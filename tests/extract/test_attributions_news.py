"""Speech as newsrooms print it: datelines, anonymous sources, notes, polls, and the language of fact-checks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract import read_rows
from extract.types import Rows

PUBLISHED = datetime(2025, 2, 14, 9, tzinfo=UTC)


def rows_of(text: str) -> Rows:
    return read_rows(text, published_at=PUBLISHED)


def speakers(text: str) -> dict[str, str | None]:
    rows = rows_of(text)
    by = {a.attribution_id: a.source_text for a in rows.attributions}
    return {q.surface: by.get(q.attribution_id or "") for q in rows.quantities}


def verdicts(text: str) -> dict[str, str | None]:
    return {q.surface: q.verification for q in rows_of(text).quantities}


@pytest.mark.parametrize(
    ("dateline", "story", "speaker"),
    [
        ("OSLO - ", "Norsk Hydro said 40 workers would go.", "Norsk Hydro"),
        ("OSLO, Feb 3 - ", "The mayor said 40 trams had stopped.", "The mayor"),
        ("OSLO, Feb 3 (Reuters) - ", "Some 40 trams have stopped, the mayor said.", "the mayor"),
        ("OSLO (AP) — ", "The mayor warned that 40 trams would stop.", "The mayor"),
        ("Oslo, Norway (CNN) — ", "The mayor added that 40 trams would stop.", "The mayor"),
        ("Oslo (AFP) – ", "Some 40 trams have stopped, according to the mayor.", "the mayor"),
        ("NEW DELHI: ", "The minister said 40 trains had stopped.", "The minister"),
        ("NEW YORK — ", "Lori Vale, a banker, told investors that 40 jobs would go.", "Lori Vale, a banker"),
        ("SAO PAULO/BRASILIA, Feb 2 (Reuters) - ", "Vale said it had shut 40 pits.", "Vale"),
        ("ST. LOUIS, Mo. -- ", "Police said 40 shots were fired.", "Police"),
        ("PORT-AU-PRINCE, Haiti (AP) — ", "Gangs had freed 40 men, officials said on Friday.", "officials"),
    ],
)
def test_a_dateline_never_speaks(dateline: str, story: str, speaker: str) -> None:
    rows = rows_of(f"The headline\n\n{dateline}{story}")
    [said] = rows.attributions
    assert said.source_text == speaker
    assert [q.attribution_id for q in rows.quantities if q.surface.endswith("40")] == [said.attribution_id]
    begins = len("The headline\n\n") + len(dateline)
    assert all(start >= begins for start, _ in said.content_spans)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anti-terror police said 40 men were held.", "Anti-terror police"),
        ("The two-party deal - which the mayor said had cost 40 seats - fell.", "the mayor"),
        ("BP said 40 wells had run dry.", "BP"),
        ("IBM's chief executive said 40 plants would shut.", "IBM's chief executive"),
    ],
)
def test_what_only_looks_like_a_dateline_speaks(text: str, speaker: str) -> None:
    assert speaker in speakers(text).values()


@pytest.mark.parametrize(
    ("text", "speaker", "is_anonymous"),
    [
        ("A senior aide, speaking on condition of anonymity, said 40 had left.", "A senior aide", True),
        ("One diplomat, briefed on the talks, said 40 had left.", "One diplomat", True),
        ("“We lost 40 boats,” said a fisherman who goes by the name “Sly.”", "a fisherman", True),
        ("“We lost 40 boats,” said a woman who would not be named.", "a woman", True),
        ("Lori Vale, mayor of Ansel, announced on Friday she would cut 40 posts.", "Lori Vale, mayor", False),
        ("Economists polled by Halden forecast a 40% rise.", "Economists polled by Halden", False),
        ("The village fell.[2][3] The mayor said 40 homes burned.[4]", "The mayor", False),
    ],
)  # fmt: skip
def test_who_speaks(text: str, speaker: str, is_anonymous: bool) -> None:
    rows = rows_of(text)
    who = {a.attribution_id: a for a in rows.attributions}
    told = [who[q.attribution_id] for q in rows.quantities if q.attribution_id and "40" in q.surface]
    assert [(a.source_text or "").startswith(speaker) for a in told] == [True]
    assert told[0].is_anonymous is is_anonymous


@pytest.mark.parametrize(
    "text",
    [
        "Lori Vale, a 40-year-old, found herself in a ditch.",
        "The troops found themselves 40 miles from home.",
        "The firm found itself with 40 empty shops.",
    ],
)
def test_who_finds_himself_somewhere_says_nothing(text: str) -> None:
    assert rows_of(text).attributions == ()


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Vale falsely claimed that 40 schools had shut.", "denied"),
        ("The post wrongly says that 40 schools had shut.", "denied"),
        ("He repeated the debunked claim that 40 schools had shut.", "denied"),
        ("The claim that 40 schools had shut has been debunked.", "denied"),
        ("The rumour that 40 schools had shut turned out to be false.", "denied"),
        ("Checkers rated false his claim that 40 schools had shut.", "denied"),
        ("It is not true that 40 schools have shut.", "denied"),
        ("The union dismissed reports that 40 schools had shut.", "denied"),
        ("Her lawyers reject claims that she shut 40 schools.", "denied"),
        ("“The figure of 40 schools is a lie,” the mayor told the radio.", "denied"),
        ("There is no evidence that 40 schools have shut.", "unverified"),
        ("Checkers found no proof that 40 schools had shut.", "unverified"),
        ("Vale said, without any evidence, that 40 schools had shut.", "unverified"),
        ("Vale said 40 schools had shut, offering no proof.", "unverified"),
        ("Vale said 40 schools had shut.", None),
        ("Vale rejected an offer of 40 schools.", None),
        ("Vale dismissed 40 teachers.", None),
        ("Vale, wrongly convicted in 1999, was paid for 40 years in jail.", None),
        ("The court saw the evidence of 40 witnesses.", None),
    ],
)
def test_the_language_of_fact_checks(text: str, verdict: str | None) -> None:
    assert {v for surface, v in verdicts(text).items() if "40" in surface} == {verdict}


def test_a_verdict_reaches_no_further_than_its_clause() -> None:
    text = "There is no evidence that 40 schools have shut, but 3 teachers have left; 5 more may go."
    assert verdicts(text) == {"40": "unverified", "3": None, "5": None}


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("The mayor's statement read:\n\n“We will hire 40 people.”", "The mayor's statement"),
        ("The mayor said in a statement on Friday:\n\n“We will hire 40 people.”", "The mayor"),
        ("Lori Vale, a doctor, wrote:\n\n“We will hire 40 people.”", "Lori Vale, a doctor"),
        ("The union replied on Monday:\n\n“We will hire 40 people.”", "The union"),
        ("And from Chairwoman Ines Holm:\n\n“She has 40 years of experience.”", "Chairwoman Ines Holm"),
        ("“The agency will need 40 more inspectors.” -Commissioner Ann Starks", "Commissioner Ann Starks"),
        ("“The agency will need 40 more inspectors.” — Lori Vale, mayor of Ansel", "Lori Vale, mayor of Ansel"),
        ("“The agency will need 40 more.”\n\n“It has 3.” – Ann Starks", None),
        ("“We lost 40 boats” – a record – “and 3 men.”", None),
        ("The list read:\n\nBread, 40 eggs and milk.", None),
    ],
)
def test_a_speaker_stands_in_the_line_beside_a_quotation(text: str, source: str | None) -> None:
    assert {who for surface, who in speakers(text).items() if "40" in surface} == {source}


def test_a_speech_over_paragraphs_goes_on_after_a_colon() -> None:
    text = "The minister said on Friday:\n\n“We will pay 40 euros.\n\n“Nobody gets less than 3.”"
    assert set(speakers(text).values()) == {"The minister"}
