"""A source's time zone decides the day of articles whose pages keep their time in UTC, from page to mart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from extract.errors import SettingsError
from flows.pipeline import ingest
from flows.settings import Settings, load_settings
from load.connection import reader

TEXT = (
    "The harbour office said that {n} boats sank yesterday, and that 12 are missing today. Divers will look at the "
    "moorings this week, the office added, and the ferry to the island will stay in port until they have finished."
)
HEAD = "<title>Boats sink</title><meta property=article:published_time content={at}>"


def settings(folder: Path, timezone: str | None) -> Settings:
    file = folder / "newsledger.toml"
    line = f'timezone = "{timezone}"\n' if timezone else ""
    file.write_text(
        f'[run]\nworkers = 1\n[[sources]]\nname = "paper"\nfolders = ["pages"]\nbase_url = "https://a.example/"\n{line}'
    )
    return load_settings(file)


def test_a_time_zone_set_later_moves_articles_to_their_day(tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    # The evening of the 3rd in New York; the second page tells its own zone.
    for name, at in (("utc", "2024-05-04T01:30:00Z"), ("own", "2024-05-04T03:30:00+02:00")):
        body = f"<h1>Boats sink off {name}</h1>" + f"<p>{TEXT.format(n=len(name) + 40)}</p>" * 3
        page = f"<html lang=en><head>{HEAD.format(at=at)}</head><body><article>{body}</article></body></html>"
        (tmp_path / "pages" / f"{name}.html").write_text(page)

    days = """
        select distinct c.news_date, c.published_at::varchar, c.as_of_end
        from claims as c where surface = '12' and c.url like ? order by all
    """
    for timezone, day in ((None, date(2024, 5, 4)), ("America/New_York", date(2024, 5, 3))):
        told = settings(tmp_path, timezone)
        assert ingest.fn(config=told.file).failed == ()
        with reader(told.warehouse) as connection:
            assert connection.execute(days, ["%utc.html"]).fetchall() == [(day, "2024-05-04 01:30:00+00", day)]
            own = connection.execute(days, ["%own.html"]).fetchall()
            assert own == [(date(2024, 5, 4), "2024-05-04 01:30:00+00", date(2024, 5, 4))]


def test_a_time_zone_that_there_is_not_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="Eastern"):
        settings(tmp_path, "Eastern")
