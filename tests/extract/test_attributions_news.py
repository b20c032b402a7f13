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
    ("text", "kind"),
    [
        ("According to “Salt and Iron,” a book by Ada Quill, 40 ships sank.", "document"),
        ("The mine lost 40 men, according to \"Down There\", his memoir.", "document"),
        ("Some 40 died, says The Long Night, the official report of the inquiry.", "document"),
        ("Ada Quill, a book critic, said 40 people came.", "person"),
        ("Marian Holt, a study participant, said 40 people were in the room.", "person"),
        ("Halden Bank, a report said, lost 40 clients.", "organisation"),
        ("A Reuters correspondent at the scene counted 40 tents.", "publisher"),
        ("Two reporters of the Valley Record counted 40 tents.", "publisher"),
        ("One reporter said 40 people had left.", "anonymous"),
        ("Valley Record reporter Ada Quill said 40 people came.", "person"),
    ],
)  # fmt: skip
def test_works_and_unnamed_journalists_are_no_people(text: str, kind: str) -> None:
    assert [a.source_kind for a in rows_of(text).attributions][:1] == [kind]


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
        ("Vale said 40 schools had shut, but there is no evidence that this happened.", "unverified"),
        ("Vale said 40 schools had shut, though there was no evidence of it.", "unverified"),
        ("Vale said 40 schools had shut; there is no proof that any of this is so.", "unverified"),
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


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        ("As reported by the Ashby Examiner, the pair will each serve seven months.", ["the Ashby Examiner"]),
        ("Startups are raising $330 million in funding, as reported by Marketwatcher.", ["Marketwatcher"]),
        ("The fleet lost 40 ships, as shown by satellite images.", ["satellite images"]),
        ("The pump may have used about 2.8 gigawatt-hours, estimates Lori Vale, head of Tideworks.",
         ["Lori Vale, head of Tideworks"]),
        ("The storm could cost $4 billion, estimates the insurer Brava Re.", ["the insurer Brava Re"]),
        ('"We lost 40 boats," reports Corrie Drew.', ["Corrie Drew"]),
        ('But the Weather Office states: "Gusts of 100 mph are still a risk."', ["the Weather Office"]),
        ('The guideline states: "Drink no more than 2 litres a day."', ["The guideline"]),
        ("By the network's count, the president played golf on 86 days in 2019.", ["the network"]),
        ("By her reckoning, 40 boats were lost.", ["her"]),
        ("In the ministry's latest forecast, growth slows to 1.2 percent.", ["the ministry"]),
        ("In the new Dorn-Hale poll, the banker wins about 1 in 3 primary voters.", ["the new Dorn-Hale poll"]),
        ("Support for the plan fell to 31 percent in a survey by the university last month.",
         ["a survey by the university last month"]),
        ("The latest opinion poll, published on Wednesday, put Vale on 55.7 percent.",
         ["The latest opinion poll, published on Wednesday"]),
        ("A recent Brava survey sees crude sliding to $50 a barrel.", ["A recent Brava survey"]),
        ("The Health Ministry reported 4,442 new cases on Monday.", ["The Health Ministry"]),
    ],
)  # fmt: skip
def test_who_reports_reckons_or_was_asked(text: str, sources: list[str]) -> None:
    assert [a.source_text for a in rows_of(text).attributions] == sources


@pytest.mark.parametrize(
    "text",
    [
        "The hull is 30 metres long, as agreed in May.",
        "The bridge of 40 metres came into view in 2010.",
        "The city took part in a survey of 40 cities.",
        "The party won 40 seats in the polls.",
        "Turnout reached 61 percent in the poll.",
        "Respondents in the poll were paid $4 each.",
        "The survey, which covered 1,000 people, cost $40,000.",
        "The poll had 1,000 respondents.",
        "The states: 40 of them have 2 houses.",
    ],
)
def test_counts_polls_and_states_that_say_nothing(text: str) -> None:
    assert not rows_of(text).attributions
