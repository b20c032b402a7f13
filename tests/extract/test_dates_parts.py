"""Parts of periods: nth weekdays, ends of months, halves and fiscal years; read on 14 February 2025, a Friday."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.read.english.dates import find_dates
from extract.read.english.document import Document

PUBLISHED = datetime(2025, 2, 14, 9, tzinfo=UTC)
CASES: dict[str, list[tuple[str, dict[str, str | None]]]] = {
    "years of the next century": [
        ("Seas may rise by a metre by 2100.", {"2100": "2100"}),
        ("The ice will be gone before 2120.", {"2120": "2120"}),
        ("The lease ends in 2150.", {"2150": "2150"}),
        ("The firm sold 2100 lamps.", {}),
        ("A count of 2150 was given.", {}),
    ],
    "nth weekday of a month": [
        (
            "The fair opened on the third Tuesday of August last year.",
            {"the third Tuesday of August last year": "2024-08-20"},
        ),
        ("The regatta is held on the last Sunday in July.", {"the last Sunday in July": "2024-07-28"}),
        ("The regatta will be held on the last Sunday in July.", {"the last Sunday in July": "2025-07-27"}),
        ("Polls close on the first Monday in June.", {"the first Monday in June": "2025-06-02"}),
        ("It burned on the 2nd Wednesday of March 2011.", {"the 2nd Wednesday of March 2011": "2011-03-09"}),
        ("The court sat on the fourth Friday in November 2023.", {"the fourth Friday in November 2023": "2023-11-24"}),
        ("Rates are set on the third Thursday of this month.", {"the third Thursday of this month": "2025-02-20"}),
        ("They voted on the second Saturday of last month.", {"the second Saturday of last month": "2025-01-11"}),
        ("A verdict is due on the last Monday of next month.", {"the last Monday of next month": "2025-03-31"}),
        ("It fell on the fifth Sunday of April 2023.", {"the fifth Sunday of April 2023": "2023-04-30"}),
        ("It fell on the fifth Sunday of May 2023.", {"the fifth Sunday of May 2023": None}),
        ("The choir meets every second Tuesday of the month.", {}),
    ],
    "counted from a named day": [
        ("The ferry sank two days after Christmas.", {"two days after Christmas": "2024-12-27"}),
        ("It closed a day before Halloween.", {"a day before Halloween": "2024-10-30"}),
        ("Shops will shut three days before Easter.", {"three days before Easter": "2025-04-17"}),
        ("The vote was held four days after Thanksgiving.", {"four days after Thanksgiving": "2024-12-02"}),
        ("He was held two days before Valentine's Day.", {"two days before Valentine's Day": "2025-02-12"}),
        ("The strike begins a week on Monday.", {"a week on Monday": "2025-02-24"}),
        ("It opens a fortnight on Saturday.", {"a fortnight on Saturday": "2025-03-01"}),
        ("The trial will start Tuesday week.", {"Tuesday week": "2025-02-25"}),
        ("They will meet a week from Sunday.", {"a week from Sunday": "2025-02-23"}),
        ("They had a three-day week on Mondays.", {}),
    ],
    "ends and beginnings": [
        ("Growers must apply by the end of the month.", {"the end of the month": "2025-02-28"}),
        ("Growers must apply by the end of next month.", {"the end of next month": "2025-03-31"}),
        ("The ferry will sail again by the end of the week.", {"the end of the week": "2025-02-16"}),
        ("Stocks had run out at the end of last week.", {"the end of last week": "2025-02-09"}),
        ("The mine will close at the end of the decade.", {"the end of the decade": "2029-12-31"}),
        ("Sales slumped at the start of the quarter.", {"the start of the quarter": "2025-Q1"}),
        ("The tolls end by the close of this year.", {"the close of this year": "2025-12-31"}),
        ("Snow fell at the beginning of last month.", {"the beginning of last month": "2025-01"}),
        (
            "In May 2019 the dam broke. By the end of the month it was dry.",
            {"May 2019": "2019-05", "the end of the month": "2019-05-31"},
        ),
        ("Wages are paid at the end of every month.", {}),
        ("At the end of the day, nobody won.", {}),
    ],
    "halves, quarters and fiscal years": [
        ("Orders in H2 fell.", {"H2": "2024-H2"}),
        ("Orders in H1 will fall.", {"H1": "2025-H1"}),
        ("Orders in H1 2023 fell.", {"H1 2023": "2023-H1"}),
        ("Orders fell in 2H24.", {"2H24": "2024-H2"}),
        ("Orders fell in 3Q24 and in Q4 FY24.", {"3Q24": "2024-Q3", "Q4 FY24": "2024-Q4"}),
        ("The budget for FY26 is smaller.", {"FY26": "2026"}),
        ("The budget for FY2025 and FY 24 was smaller.", {"FY2025": "2025", "FY 24": "2024"}),
        ("The budget for FY2023-24 was smaller.", {"FY2023-24": "2023/2024"}),
        ("Cases of H5N1 rose on the A1H road.", {}),
        ("The FYI note named the GH2 camera.", {}),
    ],
    "parts of a year or a month": [
        ("In the first three months of 2024 rents rose.", {"the first three months of 2024": "2024-Q1"}),
        ("In the last two months of 2023 rents rose.", {"the last two months of 2023": "2023-11/2023-12"}),
        (
            "Over the first six months of last year rents rose.",
            {"the first six months of last year": "2024-H1"},
        ),
        ("In the final two quarters of 2022 rents rose.", {"the final two quarters of 2022": "2022-H2"}),
        ("The first 10 days of January were wet.", {"The first 10 days of January": "2025-01-01/2025-01-10"}),
        ("The last two weeks of May 2024 were wet.", {"The last two weeks of May 2024": "2024-05-18/2024-05-31"}),
        ("The opening 9 months of 2024 were wet.", {"The opening 9 months of 2024": "2024-01/2024-09"}),
        ("The first 14 months of 2024 were wet.", {"The first 14 months of 2024": None}),
    ],
    "the same day of another year": [
        (
            "It rained on May 4, 2024, and on the same day in 2020.",
            {"May 4, 2024": "2024-05-04", "the same day in 2020": "2020-05-04"},
        ),
        (
            "In July 2024 it sold 9, against 7 in the same month of 2019.",
            {"July 2024": "2024-07", "the same month of 2019": "2019-07"},
        ),
        (
            "In the second quarter of 2024 it sold 9, from 7 in the same period a year earlier.",
            {"the second quarter of 2024": "2024-Q2", "the same period a year earlier": "2023-Q2"},
        ),
        (
            "In January it sold 9, from 7 in the same month last year.",
            {"January": "2025-01", "the same month last year": "2024-01"},
        ),
        (
            "On February 29, 2024, it froze, as on the same day in 2023.",
            {"February 29, 2024": "2024-02-29", "the same day in 2023": "2023-02-28"},
        ),
    ],
    "a year that the sentence has named": [
        ("Last year the mill shut for good on March 9.", {"Last year": "2024", "March 9": "2024-03-09"}),
        ("In 2017 the mill shut for good on March 9.", {"2017": "2017", "March 9": "2017-03-09"}),
        ("The mill, built in 2017, will reopen on March 9.", {"2017": "2017", "March 9": "2025-03-09"}),
        ("Since 2017 it has been shut; it burned on January 9.", {"2017": "2017", "January 9": "2025-01-09"}),
    ],
    "clocks": [
        ("The bridge will be closed from 4 to 6pm on Monday.", {"4 to 6pm on Monday": "2025-02-17T16:00"}),
        ("The bridge was closed from 11.30 to 2pm on Monday.", {"11.30 to 2pm on Monday": "2025-02-10T11:30"}),
        ("The bridge was closed between 10 and 12 p.m. on Monday.", {"10 and 12 p.m. on Monday": "2025-02-10T10:00"}),
        ("The train left at 7.05am; the shop opens at 9am daily.", {"7.05am": "2025-02-14T07:05"}),
        ("The bridge was closed from 10 to 2am on Monday.", {"10 to 2am on Monday": "2025-02-10T22:00"}),
        ("The train left at 12.30pm on Monday.", {"12.30pm on Monday": "2025-02-10T12:30"}),
        ("The train left at 12.30am on Monday.", {"12.30am on Monday": "2025-02-10T00:30"}),
        ("The train left at midday on Monday.", {"midday on Monday": "2025-02-10T12:00"}),
        ("The train left at midnight on Monday.", {"midnight on Monday": "2025-02-10T00:00"}),
        ("Doors open at 9am daily.", {}),
        ("The shop opens at 9am daily; the train left at 7.05am.", {"7.05am": "2025-02-14T07:05"}),
        ("It opens every day. The train left at 7.05am; it was late.", {"7.05am": "2025-02-14T07:05"}),
        ("The train left at 7.05am; it was late. It goes every day.", {"7.05am": "2025-02-14T07:05"}),
        ("The gates are shut; they close every night by 10pm; the watch rests.", {}),
        ("They rest each day; the train left at 7.05am; every day; it goes.", {"7.05am": "2025-02-14T07:05"}),
    ],
    "decades": [
        ("In the 60's it was a farm.", {"the 60's": "196X"}),
        ("In the ’80s it was a farm.", {"the ’80s": "198X"}),
        ("Highs will be in the 80's, and temperatures will stay there.", {}),
    ],
}
ALL = [(kind, text, wanted) for kind, cases in CASES.items() for text, wanted in cases]


@pytest.mark.parametrize(("kind", "text", "wanted"), ALL, ids=[text for _, text, _ in ALL])
def test_reads(kind: str, text: str, wanted: dict[str, str | None]) -> None:
    assert {d.surface: d.value for d in find_dates(Document(text), PUBLISHED)} == wanted


def test_a_time_of_an_undated_article_is_of_no_day() -> None:
    assert find_dates(Document("The train left at 7.05am."), None) == []
