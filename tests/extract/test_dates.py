"""Dates by class: what is found in a sentence of 23 November 2024 (a Saturday), and which days it stands for."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from extract.read.english.dates import find_dates
from extract.read.english.document import Document
from extract.types import DateMention

PUBLISHED = datetime(2024, 11, 23, 22, 30, tzinfo=UTC)


def read(text: str, published: datetime | None = PUBLISHED) -> list[DateMention]:
    return find_dates(Document(text), published)


CASES: dict[str, list[tuple[str, list[tuple[str, str | None]]]]] = {
    "explicit day": [
        ("The bridge opened on 3 May 2021.", [("3 May 2021", "2021-05-03")]),
        ("The bridge opened on May 3, 2021.", [("May 3, 2021", "2021-05-03")]),
        ("The bridge opened on May 3rd, 2021.", [("May 3rd, 2021", "2021-05-03")]),
        ("It opened on the 3rd of May 2021.", [("the 3rd of May 2021", "2021-05-03")]),
        ("It opened on Monday, May 3, 2021.", [("Monday, May 3, 2021", "2021-05-03")]),
        ("It opened on Monday 3 May 2021.", [("Monday 3 May 2021", "2021-05-03")]),
        ("Signed Dec. 31, 1999, in Oslo.", [("Dec. 31, 1999", "1999-12-31")]),
        ("Signed 14-Feb-2003 in Oslo.", [("14-Feb-2003", "2003-02-14")]),
        ("Born on 29 February 2020.", [("29 February 2020", "2020-02-29")]),
        ("JULY 4, 1976 was hot.", [("JULY 4, 1976", "1976-07-04")]),
    ],
    "numeric": [
        ("Logged 2024-11-02 by the crew.", [("2024-11-02", "2024-11-02")]),
        ("Logged 2024-11-02T22:30:00Z by the crew.", [("2024-11-02T22:30:00Z", "2024-11-02T22:30")]),
        ("Logged 2024/11/02 by the crew.", [("2024/11/02", "2024-11-02")]),
        ("Logged 31/12/2023 by the crew.", [("31/12/2023", "2023-12-31")]),
        ("Logged 12/31/2023 by the crew.", [("12/31/2023", "2023-12-31")]),
        ("Logged 17.06.2023 by the crew.", [("17.06.2023", "2023-06-17")]),
        ("Logged 31/12/23 by the crew.", [("31/12/23", "2023-12-31")]),
        ("Logged 10/11/2024 by the crew.", [("10/11/2024", "2024-11-10")]),
    ],
    "day without year": [
        ("The depot burned on November 3.", [("November 3", "2024-11-03")]),
        ("The depot burned on 3 November.", [("3 November", "2024-11-03")]),
        ("The depot burned on Oct. 9.", [("Oct. 9", "2024-10-09")]),
        ("The mayor will resign by January 20.", [("January 20", "2025-01-20")]),
        ("The vote is due on January 20.", [("January 20", "2025-01-20")]),
        ("The shop closed on January 20.", [("January 20", "2024-01-20")]),
        ("The lake froze on December 30.", [("December 30", "2024-12-30")]),
        ("OSLO, Nov. 22 (Wire) - Snow fell.", [("Nov. 22", "2024-11-22")]),
        ("Applications close on 1 March.", [("1 March", "2025-03-01")]),
        ("It reopened on Friday, November 22.", [("Friday, November 22", "2024-11-22")]),
        ("The lease ends on 29 February.", [("29 February", "2028-02-29")]),
    ],
    "month": [
        ("The plant has been shut since August.", [("August", "2024-08")]),
        ("The plant was shut in March.", [("March", "2024-03")]),
        ("The plant will reopen in March.", [("March", "2025-03")]),
        ("It opened in May 2019.", [("May 2019", "2019-05")]),
        ("It opened in early May 2019.", [("early May 2019", "2019-05")]),
        ("It opened in late October.", [("late October", "2024-10")]),
        ("It opened last April.", [("last April", "2024-04")]),
        ("It opened last December.", [("last December", "2023-12")]),
        ("It will open next June.", [("next June", "2025-06")]),
        ("It reopened this September.", [("this September", "2024-09")]),
        ("It opened in Sept. 2018.", [("Sept. 2018", "2018-09")]),
        ("It closed in mid-July.", [("mid-July", "2024-07")]),
        ("Sales fell at the end of June.", [("the end of June", "2024-06")]),
    ],
    "year": [
        ("The mill was built in 1887.", [("1887", "1887")]),
        ("The 2019 floods ruined it.", [("2019", "2019")]),
        ("Output will double by 2030.", [("2030", "2030")]),
        ("The abbey burned in 1349.", [("1349", "1349")]),
        ("In early 2022 it closed.", [("early 2022", "2022")]),
        ("Profit rose in fiscal 2023.", [("fiscal 2023", "2023")]),
        ("Profit rose in fiscal year 2023.", [("fiscal year 2023", "2023")]),
        ("He graduated in '98 and left.", [("'98", "1998")]),
        ("It began in nineteen ninety-six.", [("nineteen ninety-six", "1996")]),
        ("A post-2008 rule applies.", [("2008", "2008")]),
    ],
    "span": [
        ("The fair ran from 3 to 5 May 2023.", [("3 to 5 May 2023", "2023-05-03/2023-05-05")]),
        ("The fair ran May 3-5, 2023.", [("May 3-5, 2023", "2023-05-03/2023-05-05")]),
        ("He served in 1994-96.", [("1994-96", "1994/1996")]),
        ("He served 1994–1998.", [("1994–1998", "1994/1998")]),
        ("It fell between 1994 and 1996.", [("1994", "1994"), ("1996", "1996")]),
        ("It grew from June 2021 to May 2022.", [("June 2021", "2021-06"), ("May 2022", "2022-05")]),
    ],
    "weekday": [
        ("The council voted on Friday.", [("Friday", "2024-11-22")]),
        ("The council voted on Saturday.", [("Saturday", "2024-11-23")]),
        ("The council voted on Sunday.", [("Sunday", "2024-11-17")]),
        ("The council will vote on Monday.", [("Monday", "2024-11-25")]),
        ("The council is due to vote on Tuesday.", [("Tuesday", "2024-11-26")]),
        ("The council voted last Thursday.", [("last Thursday", "2024-11-21")]),
        ("The council votes next Wednesday.", [("next Wednesday", "2024-11-27")]),
        ("The council voted on Friday night.", [("Friday night", "2024-11-22")]),
        ("Claims must arrive by Thursday.", [("Thursday", "2024-11-28")]),
        ("Wednesday's ruling surprised many.", [("Wednesday", "2024-11-20")]),
        ("By Monday, rescuers had found four.", [("Monday", "2024-11-18")]),
        ("The strike lasted until Friday.", [("Friday", "2024-11-22")]),
    ],
    "deictic": [
        ("It rained yesterday.", [("yesterday", "2024-11-22")]),
        ("It rains today.", [("today", "2024-11-23")]),
        ("It will rain tomorrow.", [("tomorrow", "2024-11-24")]),
        ("It rained last night.", [("last night", "2024-11-22")]),
        ("It will rain tonight.", [("tonight", "2024-11-23")]),
        ("It rained this morning.", [("this morning", "2024-11-23")]),
        ("It rained yesterday evening.", [("yesterday evening", "2024-11-22")]),
        ("It rained the day before yesterday.", [("the day before yesterday", "2024-11-21")]),
        ("It will rain the day after tomorrow.", [("the day after tomorrow", "2024-11-25")]),
    ],
    "relative unit": [
        ("Prices rose last week.", [("last week", "2024-W46")]),
        ("Prices rose this week.", [("this week", "2024-W47")]),
        ("Prices will rise next week.", [("next week", "2024-W48")]),
        ("Prices rose last month.", [("last month", "2024-10")]),
        ("Prices rose earlier this month.", [("earlier this month", "2024-11")]),
        ("Prices will rise next month.", [("next month", "2024-12")]),
        ("Prices rose last year.", [("last year", "2023")]),
        ("Prices will rise early next year.", [("early next year", "2025")]),
        ("Prices rose last quarter.", [("last quarter", "2024-Q3")]),
        ("Prices fell later in the year.", [("later in the year", "2024")]),
        ("It must end by the end of the year.", [("the end of the year", "2024-12-31")]),
        ("It must end by year-end.", [("year-end", "2024-12-31")]),
        ("They met over the weekend.", [("the weekend", "2024-W47-WE")]),
        ("They met last weekend.", [("last weekend", "2024-W46-WE")]),
        ("They meet next weekend.", [("next weekend", "2024-W48-WE")]),
    ],
    "counted": [
        ("He left two weeks ago.", [("two weeks ago", "2024-W45")]),
        ("He left three days ago.", [("three days ago", "2024-11-20")]),
        ("He left five months ago.", [("five months ago", "2024-06")]),
        ("He left 20 years ago.", [("20 years ago", "2004")]),
        ("He left a year ago.", [("a year ago", "2023")]),
        ("He left twenty-five years ago.", [("twenty-five years ago", "1999")]),
        ("He left almost four years ago.", [("almost four years ago", "2020")]),
        ("He left a decade ago.", [("a decade ago", "2014")]),
        ("He left a year and a half ago.", [("a year and a half ago", "2023-05")]),
        ("He left a couple of years back.", [("a couple of years back", "2022")]),
        ("It ends two weeks from now.", [("two weeks from now", "2024-W49")]),
        ("Profit fell from 4 million a year earlier.", [("a year earlier", "2023")]),
    ],
    "anaphor": [
        (
            "It closed on 3 May 2021. Two days later it reopened.",
            [("3 May 2021", "2021-05-03"), ("Two days later", "2021-05-05")],
        ),
        (
            "It closed on 3 May 2021 and burned the same day.",
            [("3 May 2021", "2021-05-03"), ("the same day", "2021-05-03")],
        ),
        (
            "It closed on 31 December 2020 and burned the next day.",
            [("31 December 2020", "2020-12-31"), ("the next day", "2021-01-01")],
        ),
        (
            "It closed on 3 May 2021. He died the day after.",
            [("3 May 2021", "2021-05-03"), ("the day after", "2021-05-04")],
        ),
        ("It closed in 2011. A year earlier it had moved.", [("2011", "2011"), ("A year earlier", "2010")]),
        (
            "It closed in May 2011 and moved the following month.",
            [("May 2011", "2011-05"), ("the following month", "2011-06")],
        ),
        ("It began in 1912. Later that year it sank.", [("1912", "1912"), ("Later that year", "1912")]),
    ],
    "season": [
        ("It dried up last summer.", [("last summer", "2024-SU")]),
        ("It dried up in the summer of 2023.", [("the summer of 2023", "2023-SU")]),
        ("It dried up last spring.", [("last spring", "2024-SP")]),
        ("It will open next spring.", [("next spring", "2025-SP")]),
        ("It dried up this summer.", [("this summer", "2024-SU")]),
        ("It froze last winter.", [("last winter", "2023-WI")]),
        ("It dried up over the summer.", [("the summer", "2024-SU")]),
        ("It opened in autumn 2019.", [("autumn 2019", "2019-FA")]),
    ],
    "quarter and half": [
        ("Sales fell in the third quarter.", [("the third quarter", "2024-Q3")]),
        ("Sales fell in the third quarter of 2022.", [("the third quarter of 2022", "2022-Q3")]),
        ("Sales fell in Q3 2023.", [("Q3 2023", "2023-Q3")]),
        ("It posted a third-quarter loss.", [("third-quarter", "2024-Q3")]),
        ("It will report in the first quarter.", [("the first quarter", "2025-Q1")]),
        ("It fell in the first half of 2024.", [("the first half of 2024", "2024-H1")]),
        ("It fell in the second half of last year.", [("the second half of last year", "2023-H2")]),
        ("It fell in H1 2022.", [("H1 2022", "2022-H1")]),
        ("It fell in the fiscal second quarter.", [("the fiscal second quarter", "2024-Q2")]),
    ],
    "decade and century": [
        ("Rents rose in the 1990s.", [("the 1990s", "199X")]),
        ("Rents rose in the mid-90s.", [("the mid-90s", "199X")]),
        ("Rents rose in the early 1980s.", [("the early 1980s", "198X")]),
        ("Rents rose in the '60s.", [("the '60s", "196X")]),
        ("Rents rose in the sixties.", [("the sixties", "196X")]),
        ("A map of the 19th century.", [("the 19th century", "18XX")]),
        ("A twentieth-century map.", [("twentieth-century", "19XX")]),
    ],
    "holiday": [
        ("They met on Christmas Day.", [("Christmas Day", "2024-12-25")]),
        ("Shops will close on Thanksgiving.", [("Thanksgiving", "2024-11-28")]),
        ("They met last Thanksgiving.", [("last Thanksgiving", "2023-11-23")]),
        ("They met on Easter Sunday 2025.", [("Easter Sunday 2025", "2025-04-20")]),
        ("They met on New Year's Eve.", [("New Year's Eve", "2024-12-31")]),
        ("They met on Labor Day.", [("Labor Day", "2024-09-02")]),
        ("They met on Halloween.", [("Halloween", "2024-10-31")]),
        ("They met on Good Friday 2024.", [("Good Friday 2024", "2024-03-29")]),
        ("Security grew after 9/11.", [("9/11", "2001-09-11")]),
    ],
    "time of day": [
        ("The alarm rang at 7:15 p.m. on Friday.", [("7:15 p.m. on Friday", "2024-11-22T19:15")]),
        ("The alarm rang on Friday at 19:15.", [("Friday at 19:15", "2024-11-22T19:15")]),
        ("The alarm rang at 5 p.m. EST Nov. 9.", [("5 p.m. EST Nov. 9", "2024-11-09T17:00")]),
        ("The alarm rang at 12:05 a.m. today.", [("12:05 a.m. today", "2024-11-23T00:05")]),
        ("The alarm rang at 0630 GMT.", [("0630 GMT", "2024-11-23T06:30")]),
        ("Updated 23/11/2024 22h30", [("23/11/2024 22h30", "2024-11-23T22:30")]),
        ("The alarm rang at noon.", [("noon", "2024-11-23T12:00")]),
        ("The alarm rang on Friday at around 7pm.", [("Friday at around 7pm", "2024-11-22T19:00")]),
        ("He came on Monday. He left at 9 p.m. sharp.", [("Monday", "2024-11-18"), ("9 p.m.", "2024-11-18T21:00")]),
        ("It burned on Monday night. He left at 5am.", [("Monday night", "2024-11-18"), ("5am", "2024-11-23T05:00")]),
        ("The shop opens at 9am.", []),
        ("The line is closed each night and was opened at 9am.", []),
        ("The line was closed from 9 p.m. to 5 a.m. for years.", []),
    ],
    "of another year or week": [
        ("It joined in April last year.", [("April last year", "2023-04")]),
        ("It will join in April next year.", [("April next year", "2025-04")]),
        ("It joined on 4 June of last year.", [("4 June of last year", "2023-06-04")]),
        ("He came on Friday last week.", [("Friday last week", "2024-11-15")]),
        ("He leaves on Monday next week.", [("Monday next week", "2024-11-25")]),
        ("It opened last Friday.", [("last Friday", "2024-11-15")]),
        ("The hearing was adjourned until April.", [("April", "2025-04")]),
        ("The pub was closed until March.", [("March", "2024-03")]),
        ("The trial stopped and resumes on the 28th.", [("the 28th", "2024-11-28")]),
        ("The star-studded show will be held on 4 March.", [("4 March", "2025-03-04")]),
        ("They will sell the plane that they unveiled in May.", [("May", "2024-05")]),
        ("They are to show what they had back in March.", [("March", "2024-03")]),
        ("The talks will end on Saturday night.", [("Saturday night", "2024-11-23")]),
    ],
    "refused": [
        ("The coins are 2,500 years old; they came 2,500 years ago.", [("2,500 years ago", None)]),
        ("It passed 1763/1770 tests in the 2023/2024 season.", [("2023/2024", "2023/2024")]),
        ("She filed two 1040s.", []),
        ("Friday nights are long.", []),
        ("Book it on a Tuesday, Wednesday or Sunday.", []),
        ("The list comes each year in the spring.", []),
        ("It is just right for a Friday night.", []),
        ("It is bigger today than ever. The song is still sung today.", [("today", "2024-11-23")]),
        ("She is better known than he is today.", []),
        ("It was small by today's standards.", []),
        ("The wall is as strong today as it was then, and made the town what it is today.", []),
        ("He is here today.", [("today", "2024-11-23")]),
        ("The Today programme asked him.", []),
        ("He sold 1,984 sheep.", []),
        ("About 2000 people came.", []),
        ("Some 1950 soldiers fell.", []),
        ("Theresa May resigned.", []),
        ("May I help?", []),
        ("They march on the capital.", []),
        ("The Sunday Times reported it.", []),
        ("Flight 1999 was late.", []),
        ("A 1987 Toyota stood there.", []),
        ("It lasted for three weeks.", []),
        ("The three-year plan failed.", []),
        ("It cost $1999 in all.", []),
        ("He won 1500 votes.", []),
        ("Call 555-2019 now.", []),
        ("Article 2004 applies.", []),
        ("Prices may fall.", []),
        ("June Carter sang.", []),
        ("Room 1984 is locked.", []),
        ("Temperatures in the 90s are rare.", []),
        ("She is in her 50s.", []),
        ("The 10 km race was fun.", []),
        ("Version 20.04.1 is out.", []),
        ("They live at 1600 Garden Avenue.", []),
        ("The score was 3-2.", []),
        ("He bought a Christmas tree.", []),
        ("They meet every Monday.", []),
        ("They decide on a Tuesday.", []),
    ],
}


@pytest.mark.parametrize(("text", "wanted"), [case for cases in CASES.values() for case in cases])
def test_reads(text: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(d.surface, d.value) for d in read(text)] == wanted


@pytest.mark.parametrize(
    ("text", "relation", "direction"),
    [
        ("Shut since August.", "since", "past"),
        ("He will go by January 20.", "by", "future"),
        ("It is open until Friday.", "until", "future"),
        ("By Sunday, the flood will have covered 40 streets.", "by", "future"),
        ("By Sunday night it had covered 40 streets.", "by", "past"),
        ("Before 2019 it was free.", "before", "past"),
        ("After May 2021 it was not.", "after", "past"),
        ("During the summer of 2023 it dried up.", "during", "past"),
        ("It grew from June 2021 to May 2022.", "from_to", "past"),
        ("It rains today.", None, "present"),
    ],
)
def test_relation_and_direction(text: str, relation: str | None, direction: str) -> None:
    first = read(text)[0]
    assert (first.relation, first.direction) == (relation, direction)


@pytest.mark.parametrize(
    ("text", "start", "end", "granularity"),
    [
        ("since August", date(2024, 8, 1), date(2024, 8, 31), "month"),
        ("in February 2024", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("last week", date(2024, 11, 11), date(2024, 11, 17), "week"),
        ("in Q3 2023", date(2023, 7, 1), date(2023, 9, 30), "quarter"),
        ("last winter", date(2023, 12, 1), date(2024, 2, 29), "season"),
        ("the 1990s", date(1990, 1, 1), date(1999, 12, 31), "decade"),
        ("from 3 to 5 May 2023", date(2023, 5, 3), date(2023, 5, 5), "day"),
        ("1994-96", date(1994, 1, 1), date(1996, 12, 31), "year"),
        ("at 5 p.m. on Friday", date(2024, 11, 22), date(2024, 11, 22), "time"),
    ],
)
def test_days_are_inclusive(text: str, start: date, end: date, granularity: str) -> None:
    found = read(text)[0]
    assert (found.resolved_start, found.resolved_end, found.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "text", ["It shut on Friday.", "It shut in August.", "It shut last week.", "It shut on May 3."]
)
def test_without_an_anchor_relative_dates_stay_open(text: str) -> None:
    found = read(text, None)
    assert [(d.value, d.resolved_start, d.resolved_end, d.direction) for d in found] == [(None, None, None, None)]


@pytest.mark.parametrize(
    "text", ["on 3 May 2021", "in 1887", "the 1990s", "2024-11-02", "Easter Sunday 2025", "Q3 2023"]
)
def test_without_an_anchor_full_dates_are_resolved(text: str) -> None:
    assert read(text, None)[0].resolved_start == read(text)[0].resolved_start is not None


def test_ambiguous_numeric_date_needs_an_anchor() -> None:
    assert [d.value for d in read("Logged 03/05/2024.", None)] == [None]


def test_the_worked_example_of_the_design() -> None:
    text = (
        "Officials hope to reach a deal by January 20. Troops have held the ground since August, a source said on "
        "Saturday, and the army wants 690,000 soldiers by the summer."
    )
    assert [(d.surface, d.value) for d in read(text)] == [
        ("January 20", "2025-01-20"),
        ("August", "2024-08"),
        ("Saturday", "2024-11-23"),
        ("the summer", "2025-SU"),
    ]


@pytest.mark.parametrize(
    ("text", "surface", "value", "first", "last"),
    [
        ("Sales rose in the nine months to September.", "the nine months to September", "2024-01/2024-09",
         "2024-01-01", "2024-09-30"),
        ("It earned more in the year to June.", "the year to June", "2023-07/2024-06", "2023-07-01", "2024-06-30"),
        ("In the six months through March it sold more.", "the six months through March", "2023-10/2024-03",
         "2023-10-01", "2024-03-31"),
        ("In the quarter ended September 30 it earned less.", "the quarter ended September 30", "2024-07/2024-09-30",
         "2024-07-01", "2024-09-30"),
        ("Taxes for the year to 5 April 2024 are due.", "the year to 5 April 2024", "2023-04/2024-04-05",
         "2023-04-06", "2024-04-05"),
        ("The work took nine months to September.", "September", "2024-09", "2024-09-01", "2024-09-30"),
        ("They have fallen since January.", "January", "2024-01", "2024-01-01", "2024-01-31"),
    ],
)  # fmt: skip
def test_a_stretch_covers_its_months(text: str, surface: str, value: str, first: str, last: str) -> None:
    (found,) = read(text)
    assert (found.surface, found.value) == (surface, value)
    assert (str(found.resolved_start), str(found.resolved_end)) == (first, last)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It sold more in October than a year earlier.", "2023-10"),
        ("It grew in the third quarter, and shrank a year earlier.", "2023-Q3"),
        ("It lost less in the nine months to September than a year earlier.", "2023-01/2023-09"),
    ],
)
def test_a_year_earlier_is_as_long_as_what_it_is_compared_with(text: str, value: str) -> None:
    assert read(text)[-1].value == value
