"""Days that a page tells by another calendar, beside code, or in a table that is part of the story."""

import pytest

from extract.strip import extract_article
from extract.strip.calendars import western

BODY = "<p>The ferry lay on the sandbank until the evening tide lifted it off, the harbour master said.</p>" * 8


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("22 พฤศจิกายน 2567", "2024-11-22"),
        ("22 พ.ย. 67 14:30 น.", "2024-11-22 14:30 น."),
        ("3 ม.ค. 2568 เวลา 09:30 น.", "2025-01-03 09:30 น."),
        ("๒๒ พ.ย. ๒๕๖๗", "2024-11-22"),
        ("22 พฤศจิกายน 2024", "2024-11-22"),
        ("令和6年11月22日", "2024年11月22日"),
        ("平成元年1月8日", "1989年1月8日"),
        ("民國113年11月22日", "2024年11月22日"),
        ("۲ تير ۱۳۹۹", "2020-06-22"),
        ("30 اسفند 1403", "2025-03-20"),
        ("۱۴۰۳/۰۱/۰۱", "2024-03-20"),
        ("1446/05/20 هـ", "1446/05/20 هـ"),
        ("٢٣/١١/٢٠٢٤", "23/11/2024"),
        ("22 November 2567", "22 November 2567"),
    ],
)
def test_dates_of_other_calendars(written: str, plain: str) -> None:
    assert western(written) == plain


def read(below: str = "", more: str = "", lang: str = "en"):
    html = f"<html lang={lang}><main><h1>Ferry lies on a sandbank</h1>{below}{BODY}{more}</main>"
    return extract_article(html.encode(), url="https://paper.example/ferry").published_at


@pytest.mark.parametrize(("lang", "line"), [("th", "22 พ.ย. 2567"), ("ja", "令和6年11月22日"), ("fa", "۲ آذر ۱۴۰۳")])
def test_a_line_at_the_headline_in_another_calendar(lang: str, line: str) -> None:
    at = read(f"<p class=date>{line}</p>", lang=lang)
    assert at is not None
    assert at.date().isoformat() == "2024-11-22"


def test_a_zone_in_brackets_behind_the_clock() -> None:
    at = read("<p>22 de noviembre de 2024, 9:30 p. m. (GMT-5)</p>", lang="es")
    assert at is not None
    assert at.isoformat() == "2024-11-23T02:30:00+00:00"


@pytest.mark.parametrize(
    ("lang", "line", "clock"),
    [
        ("th", "เผยแพร่: 22 พ.ย. 2567 เวลา 09:30 น.", "09:30"),
        ("fa", "۱۴۰۳/۰۹/۰۲ - ۱۰:۲۰", "10:20"),
        ("de", "Stand: 22.11.2024, 23:30 Uhr MEZ", "22:30"),
        ("en", "2024-11-22 | 10:20", "10:20"),
    ],
)
def test_the_clock_behind_the_day(lang: str, line: str, clock: str) -> None:
    at = read(f"<p class=date>{line}</p>", lang=lang)
    assert at is not None
    assert at.isoformat() == f"2024-11-22T{clock}:00+00:00"


RDF = (
    "<!-- <rdf:RDF><rdf:Description rdf:about='https://paper.example/{0}' dc:title='Ferry > sand'\n"
    " dc:date='2024-11-{0}T09:15:00+01:00' /></rdf:RDF> -->"
)


def test_a_description_for_trackbacks_tells_the_day_unless_there_are_several() -> None:
    at = read(more=RDF.format(21))
    assert at is not None
    assert at.isoformat() == "2024-11-21T08:15:00+00:00"
    assert read(more=RDF.format(21) + RDF.format(22)) is None


def test_a_table_inside_the_story_tells_nothing_of_its_publication_unless_it_says_so() -> None:
    table = "<table><tr><th>{}</th><td>{}12 May 2021</td></tr></table>"
    assert read(more=table.format("Closed", "") + BODY.replace("evening", "morning")) is None
    at = read(more=table.format("", "Published ") + BODY.replace("evening", "morning"))
    assert at is not None
    assert at.date().isoformat() == "2021-05-12"
