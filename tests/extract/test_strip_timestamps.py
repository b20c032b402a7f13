"""Written dates to instants, with the order of day and month decided by evidence."""

from datetime import UTC, datetime

import dateparser
import pytest

from extract.strip.months import NAMES, NUMBERS
from extract.strip.timestamps import Evidence, local_time, parse_stamp

ENGLISH = Evidence("en", day_first=True)


@pytest.mark.parametrize(
    ("raw", "at", "precision", "zone"),
    [
        ("2024-11-23", (2024, 11, 23), "day", None),
        ("November 23rd, 2024 at 10:30 p.m.", (2024, 11, 23, 22, 30), "minute", None),
        ("2024-11-23T22:30:05+02:00", (2024, 11, 23, 20, 30, 5), "second", "+02:00"),
        ("2024-11-23T22:30Z", (2024, 11, 23, 22, 30), "minute", "+00:00"),
        ("2024-11-23 22:30:05.123456-0500", (2024, 11, 24, 3, 30, 5), "second", "-05:00"),
        ("20241123T223005Z", (2024, 11, 23, 22, 30, 5), "second", "+00:00"),
        ("Sat, 23 Nov 2024 22:30:05 GMT", (2024, 11, 23, 22, 30, 5), "second", "+00:00"),
        ("1732401005", (2024, 11, 23, 22, 30, 5), "second", "+00:00"),
        ("1732401005000", (2024, 11, 23, 22, 30, 5), "second", "+00:00"),
        ("November 23, 2024 at 10:30 p.m. EST", (2024, 11, 24, 3, 30), "minute", "-05:00"),
        ("23/11/2024 22h30", (2024, 11, 23, 22, 30), "minute", None),
        ("23.11.2024, 22:30 Uhr", (2024, 11, 23, 22, 30), "minute", None),
        ("2024年11月23日", (2024, 11, 23), "day", None),
        ("٢٣/١١/٢٠٢٤", (2024, 11, 23), "day", None),
    ],
)
def test_forms(raw, at, precision, zone):
    stamp = parse_stamp(raw, ENGLISH)
    assert stamp is not None
    assert (stamp.at, stamp.precision, stamp.zone) == (datetime(*at, tzinfo=UTC), precision, zone)


def test_day_and_month_follow_the_evidence():
    assert parse_stamp("04/05/2024", Evidence("en", day_first=True)).at.month == 5
    assert parse_stamp("04/05/2024", Evidence("en", day_first=False)).at.month == 4
    assert parse_stamp("04.05.2024", Evidence("en", day_first=False)).at.month == 5
    assert parse_stamp("04/23/2024", Evidence("en", day_first=True)).at.month == 4


@pytest.mark.parametrize(
    ("language", "raw"),
    [
        ("de", "23. November 2024"),
        ("fr", "23 novembre 2024"),
        ("es", "23 de noviembre de 2024"),
        ("it", "23 novembre 2024"),
        ("pt", "23 de novembro de 2024"),
        ("pl", "23 listopada 2024"),
        ("tr", "23 Kasım 2024"),
        ("ru", "23 ноября 2024"),
        ("nl", "23 november 2024"),
        ("sv", "23 november 2024"),
    ],
)
def test_month_names(language, raw):
    assert parse_stamp(raw, Evidence(language)).at.date().isoformat() == "2024-11-23"


@pytest.mark.parametrize(
    "raw", [None, "", "yesterday's news", "31/31/2024", "1970-01-01", "0001-01-01T00:00:00Z", "9" * 400]
)
def test_what_is_no_date_is_none(raw):
    assert parse_stamp(raw, ENGLISH) is None


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("mar. 3 mai 2022", "fr"),
        ("mar 3 mag 2022", "it"),
        ("mar 3 de mayo de 2022", "es"),
        ("3 maggio 2022", "it"),
        ("Mai 3rd, 2022", "de"),
    ],
)
def test_a_date_that_begins_like_an_english_one_is_read_in_the_page_s_language(raw, language):
    assert parse_stamp(raw, Evidence(language)).at == datetime(2022, 5, 3, tzinfo=UTC)


def test_a_clock_written_with_dots_is_no_date():
    assert parse_stamp("3. maj 2022 kl. 02.07.00", Evidence("da")).at == datetime(2022, 5, 3, 2, 7, tzinfo=UTC)
    assert parse_stamp("02.07.22", Evidence("da")).at == datetime(2022, 7, 2, tzinfo=UTC)


def test_two_digits_of_a_year_stand_first_in_east_asia():
    assert parse_stamp("22. 5. 13.", Evidence("ko")).at == datetime(2022, 5, 13, tzinfo=UTC)
    assert parse_stamp("22.5.03", Evidence("de")).at == datetime(2003, 5, 22, tzinfo=UTC)


def test_a_clock_with_spaced_hours_and_marks_of_direction_are_read():
    assert parse_stamp("3 mai 2022 à 10 h 30", Evidence("fr")).at == datetime(2022, 5, 3, 10, 30, tzinfo=UTC)
    assert parse_stamp("03\u200f/05\u200f/2022", Evidence("ar")).at == datetime(2022, 5, 3, tzinfo=UTC)


def test_a_month_of_another_language_than_the_page_s_is_not_read_as_the_day():
    assert parse_stamp("06 Novembre 2019", Evidence("en")) is None


def test_a_date_after_the_fetch_is_none():
    fetched = datetime(2024, 11, 23, tzinfo=UTC)
    assert parse_stamp("2025-11-23", Evidence("en", fetched_at=fetched)) is None


def test_local_time_is_the_clock_of_the_zone():
    assert local_time(datetime(2024, 11, 23, 23, tzinfo=UTC), "+02:00").isoformat() == "2024-11-24T01:00:00+02:00"


@pytest.mark.parametrize(
    ("raw", "language", "day", "precision"),
    [
        ("25. Jänner 2018", "de", "2018-01-25", "day"),
        ("samedi 1er août 2020 à 18h05", "fr", "2020-08-01", "minute"),
        ("3 de setiembre de 2019", "es", "2019-09-03", "day"),
        ("14 listopada 2021", "pl", "2021-11-14", "day"),
        ("31 листопада 2021", "uk", None, None),
    ],
)
def test_months_by_name_are_read_without_dateparser(raw, language, day, precision, monkeypatch):
    monkeypatch.setattr("extract.strip.timestamps._dateparser", lambda *_: None)
    stamp = parse_stamp(raw, Evidence(language))
    assert (stamp and stamp.local_day(), stamp and stamp.precision) == (day, precision)


@pytest.mark.parametrize("language", sorted(NAMES))
def test_months_are_those_of_dateparser(language):
    for name, number in NUMBERS[language].items():
        at = dateparser.parse(f"12 {name} 2020", languages=[language])
        # It takes the Serbian "mart" for the zone of the Marquesas.
        assert at is None or at.tzinfo or at.month == number, name
