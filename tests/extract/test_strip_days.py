"""Which day a page was published: where its code and what it shows say different things."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from extract.strip import extract_article, local_time

BODY = "<p>The ferry lay on the sandbank until the evening tide lifted it off, the harbour master said.</p>" * 8


def day(
    head: str,
    above: str = "",
    below: str = "",
    url: str = "https://paper.example/ferry",
    lang: str = "de",
    fetched_at: datetime | None = None,
) -> str | None:
    main = f"{above}<h1>Fähre läuft auf</h1>{below}{BODY}"
    html = f"<html lang={lang}><head>{head}</head><body><main>{main}</main></body></html>"
    article = extract_article(html.encode(), url=url, fetched_at=fetched_at)
    at = article.published_at
    return local_time(at, article.published_zone).date().isoformat() if at else None


WEAK = "<meta name=date content=2024-05-09>"
STRONG = "<meta property=article:published_time content=2024-05-09T10:00:00+02:00>"


def test_a_day_shown_at_the_headline_beats_a_meta_tag_that_may_be_the_change() -> None:
    assert day(WEAK, below="<p>02.05.2024</p>") == "2024-05-02"
    assert day(WEAK) == "2024-05-09"
    assert day(STRONG, below="<p>02.05.2024</p>") == "2024-05-09"
    assert day(WEAK, below="<p>Zuletzt geändert: 12.05.2024</p>") == "2024-05-09"


def test_nothing_is_published_after_the_last_change_that_the_reader_is_told() -> None:
    written_out = "<meta name=date content=2024-05-09T11:52:00>"
    assert day(written_out, below="<p>Stand: 08.05.2024 18:00 Uhr</p>") == "2024-05-08"
    assert day(written_out, below="<p>Stand: 09.05.2024 08:00 Uhr</p>") == "2024-05-09"
    assert day(STRONG, below="<p>Stand: 02.05.2024 18:00 Uhr</p>") == "2024-05-09"


@pytest.mark.parametrize(
    "other",
    [
        "<div class='post-comment-meta'><p>03.05.2024</p></div>",
        "<div class=today>Freitag, 03.05.2024</div>",
        "<div class='row navtop'><time datetime=2024-05-03T10:11:12+02:00>Freitag, 3. Mai 2024</time></div>",
        "<dl class=event-meta><dd>03.05.2024 11:00</dd></dl>",
        "<li><a href=/x>Die alte Mole wird im Herbst saniert</a> 03.05.2024</li>",
    ],
)
def test_the_day_of_a_comment_an_event_or_another_article_is_none_of_the_article(other: str) -> None:
    assert day("", below=BODY + other) is None
    plain = "<div><p>03.05.2024</p></div>"
    assert day("", below=BODY + plain) == "2024-05-03"


def test_the_marked_time_of_a_comment_is_none_of_the_article() -> None:
    comment = "<div class=comment-box><p><time datetime=2024-05-03>3. Mai</time></p></div>"
    assert day("", below=BODY + comment) is None
    assert day("", below="<p><time datetime=2024-05-03>3. Mai</time></p>") == "2024-05-03"


def test_a_deadline_is_no_publication() -> None:
    assert day("", below="<p>Anmeldeschluss: 03.05.2024</p>") is None
    assert day("", below="<p>Stand: 02.05.2024, gültig seit: 03.01.2024</p>") == "2024-05-02"


def test_the_day_of_the_fetch_counts_only_where_it_is_told_of_the_article() -> None:
    fetched = datetime(2024, 5, 3, 21, tzinfo=UTC)
    head = "<p>Freitag, 3. Mai 2024</p>" + "<p>Ein Wort</p>" * 4
    assert day("", above=head) == "2024-05-03"
    assert day("", above=head, fetched_at=fetched) is None
    assert day("", above=head, fetched_at=fetched.replace(day=9)) == "2024-05-03"
    assert day("", below="<p>3. Mai 2024</p>", fetched_at=fetched) == "2024-05-03"
    assert day("", below=BODY + "<p>Veröffentlicht am 3. Mai 2024</p>", fetched_at=fetched) == "2024-05-03"
    assert day("", above="<p>Stand: 3. Mai 2024</p>", fetched_at=fetched) == "2024-05-03"


def test_the_time_at_which_the_page_was_written_out_is_no_publication() -> None:
    fetched = datetime(2024, 5, 9, 9, 52, 30, tzinfo=UTC)
    now = "<meta name=date content=2024-05-09T11:52:00+02:00>"
    assert day(now, fetched_at=fetched) is None
    assert day(now, below=BODY + "<p>3. Mai 2024</p>", fetched_at=fetched) == "2024-05-03"
    assert day(now, fetched_at=fetched.replace(hour=10)) == "2024-05-09"
    assert day(now.replace("name=date", "name=pubdate"), fetched_at=fetched) == "2024-05-09"


def test_how_long_ago_counts_at_the_headline_only() -> None:
    fetched = datetime(2024, 5, 13, 12, tzinfo=UTC)
    assert day("", below="<p>3 days ago</p>", lang="en", fetched_at=fetched) == "2024-05-10"
    assert day("", below=BODY * 2 + "<p>3 days ago</p>", lang="en", fetched_at=fetched) is None


def test_an_instant_written_for_machines_is_not_what_the_reader_sees() -> None:
    line = "<p><span>2024-05-07T17:27:31+02:00</span><span>Mai 3rd, 2024</span> | Hafen</p>"
    assert day("", below=line) == "2024-05-03"


def test_a_line_below_a_headline_with_a_kicker_is_right_at_it() -> None:
    main = "<h1><span class=kicker>Nebel im Hafen</span> Fähre läuft auf Sandbank</h1><p>02.05.2024</p>"
    html = f"<html lang=de><head>{WEAK}</head><body><main>{main}{BODY}</main></body></html>"
    article = extract_article(html.encode(), url="https://paper.example/ferry")
    assert article.published_at == datetime(2024, 5, 2, tzinfo=UTC)


def test_a_line_of_its_own_beats_a_date_in_prose() -> None:
    prose = (
        "<p>Die Fähre war vom 5. bis 11. Februar 2024 im Dock, danach fuhr sie zwischen den Inseln und dem Land.</p>"
    )
    assert day("", above="<div>03.02.2024</div>", below=prose) == "2024-02-03"


def test_a_date_that_the_body_speaks_of_is_none_of_the_article() -> None:
    far = "<p>Der Hafenrat hatte am 5. Februar 2024 beschlossen, die Rinne auszubaggern, doch das fiel aus.</p>"
    assert day("", below=BODY * 2 + far) is None
    assert day("", below=BODY * 2 + "<p>Gepostet am 3. März 2024</p>") == "2024-03-03"


def test_a_change_told_at_the_headline_beats_a_day_that_stands_elsewhere() -> None:
    teaser = "<aside><div>17.07.2025</div></aside>"
    assert day("", above="<p>Aktualisiert: 21.10.2025</p>", below=BODY * 2 + teaser) == "2025-10-21"
    assert day("", above="<p>Aktualisiert: 21.10.2025</p><p>01.10.2025</p>", below=BODY * 2 + teaser) == "2025-10-01"


def test_a_line_over_the_headline_is_nearer_than_one_far_below() -> None:
    lines = "<ul><li>Hafen</li><li>Inseln</li><li>Wetter</li><li>10.08.2022</li></ul>"
    assert day("", above="<p>12.12.2022</p>", below=lines) == "2022-12-12"


def test_a_page_stamped_anew_when_it_was_built_keeps_the_earlier_day_that_it_shows() -> None:
    changed = "<meta property=article:modified_time content=2024-05-09T10:00:00+02:00>"
    assert day(STRONG + changed, below="<p>02.03.2024</p>") == "2024-03-02"
    assert day(STRONG + changed, below="<p>02.03.2024 / 09.05.2024</p>") == "2024-05-09"
    assert day(STRONG + changed, below="<p>02.03.2024</p>", url="https://paper.example/2024/05/09/f") == "2024-05-09"
    assert day(STRONG + changed.replace("10:00", "11:30"), below="<p>02.03.2024</p>") == "2024-05-09"


def test_a_marked_time_tells_on_which_side_of_midnight_a_time_in_utc_is_meant() -> None:
    head = "<meta property=article:published_time content=2024-05-04T00:25:56Z>"
    shown = "<time datetime='3 de mayo de 2024'>3 de mayo de 2024</time><time>21:25</time>"
    assert day(head, below=shown, url="https://diario.com.ar/barco", lang="es") == "2024-05-03"
    assert day(head, url="https://diario.com.ar/barco", lang="es") == "2024-05-04"


@pytest.mark.parametrize("line", ["Registriert: 02.05.2024", "© 2024-05-02", "Mitglied seit 02.05.2024, 12:00"])
def test_the_date_of_a_reader_or_a_right_is_none_of_the_article(line: str) -> None:
    assert day("", below=f"<p>{line}</p>") is None


def test_a_notice_below_tells_the_day() -> None:
    notice = (
        "<p>Dieser Beitrag wurde am Samstag, 3. Februar 2024 veröffentlicht und unter Hafen abgelegt. " + "Mehr. " * 30
    )
    assert day("", below=notice) == "2024-02-03"


def test_bars_between_the_parts_and_two_names_of_a_month() -> None:
    assert day("", below="<p>26 | 01 | 2024</p>") == "2024-01-26"
    assert day("", below="<p>24 نيسان / أبريل 2024</p>", lang="ar") == "2024-04-24"


@pytest.mark.parametrize(
    ("line", "lang"),
    [("2024. május 3.", "hu"), ("3/may/2024", "es"), ("3 जनवरी 2024", "hi"), ("3 mai 2024 à 10 h 30", "fr")],
)
def test_the_ways_in_which_a_line_tells_the_day(line: str, lang: str) -> None:
    assert day("", below=f"<p>{line}</p>", lang=lang) in ("2024-05-03", "2024-01-03")


def test_a_time_in_utc_is_read_on_the_day_that_the_address_names() -> None:
    head = "<meta property=article:published_time content=2023-12-31T23:11:59+00:00>"
    assert day(head, url="https://blatt.de/2024/01/01/neujahr") == "2024-01-01"
    assert day(head, url="https://blatt.de/neujahr") == "2023-12-31"
    assert day(head, url="https://blatt.de/neujahr", below="<p>1. Januar 2024</p>") == "2024-01-01"


def test_a_published_time_that_was_updated_too_is_the_publication() -> None:
    assert day("", below="<time class='entry-date published updated' datetime=2024-05-02>x</time>") == "2024-05-02"


def test_a_text_that_is_surely_not_english_is_not_called_english() -> None:
    text = "Fähren fahren wieder, sagte der Hafenmeister am Abend, als das Wasser stieg und der Nebel sich hob. " * 6
    article = extract_article(f"<html lang=en><body><article><p>{text}</p></article></body></html>".encode())
    assert (article.language, article.layers["language"]) == ("de", "text")
    english = extract_article(f"<html lang=en><body><article>{BODY}</article></body></html>".encode())
    assert (english.language, english.layers["language"]) == ("en", "html:lang")


@pytest.mark.parametrize(
    ("code", "meta", "lang", "at", "zone"),
    [
        # JSON-LD has UTC and the plug-in the local clock; the other way round; the same clock with its zone.
        ("2024-01-23T03:02:35Z", "2024-01-22T21:02:35+00:00", "en-US", "2024-01-23T03:02", "-06:00"),
        ("2024-01-23T08:25:06Z", "2024-01-22T21:25:06+00:00", "en-AU", "2024-01-22T21:25", "+11:00"),
        ("2024-05-14T00:40:14Z", "2024-05-14T00:40:14+02:00", "de-DE", "2024-05-13T22:40", "+02:00"),
        # No country, both signs among its clocks, or apart by no zone: as the first says.
        ("2024-01-23T03:02:35Z", "2024-01-22T21:02:35+00:00", "en", "2024-01-23T03:02", "+00:00"),
        ("2024-01-23T03:02:35Z", "2024-01-22T21:02:34+00:00", "en-US", "2024-01-23T03:02", "+00:00"),
        ("2024-01-23T03:02:35Z", "2024-01-22T23:02:35+00:00", "en-US", "2024-01-23T03:02", "+00:00"),
    ],
)
def test_two_clocks_of_one_publication_tell_the_zone(code: str, meta: str, lang: str, at: str, zone: str) -> None:
    data = f'<script type=application/ld+json>{{"@type": "NewsArticle", "datePublished": "{code}"}}</script>'
    head = f"{data}<meta property=article:published_time content={meta}>"
    html = f"<html lang={lang}><head>{head}</head><body><main><h1>Ferry runs aground</h1>{BODY}</main></body></html>"
    article = extract_article(html.encode(), url="https://paper.example/ferry")
    assert article.published_at is not None
    assert (article.published_at.isoformat()[:16], article.published_zone) == (at, zone)


@pytest.mark.parametrize(
    ("written", "lang"),
    [
        ("03 mai 2024 às 09h10", "pt"),
        ("Por Eva Lind, 3 mai. 2024", "pt"),
        ("03.05.2024. u 09:10", "hr"),
        ("3. svibnja 2024.", "hr"),
        ("03. maj 2024. 09:10", "sr"),
        ("3. мај 2024", "sr"),
        ("3. mája 2024 o 9:10", "sk"),
        ("03 май 2024, 09:10", "bg"),
        ("3 أيار 2024", "ar"),
        ("الجمعة 3 أيار/مايو 2024", "ar"),
        ("03 मई 2024, 09:10 AM", "hi"),
        ("প্রকাশ: ০৩ মে ২০২৪, ০৯:১০", "bn"),
        ("3 மே 2024", "ta"),
    ],
)
def test_days_as_papers_of_more_countries_write_them(written: str, lang: str) -> None:
    assert day("", below=f"<div>{written}</div>", lang=lang) == "2024-05-03"


def day_of(html: str) -> str | None:
    at = extract_article(f"<h1>The mill burns</h1>{html}<p>Nobody was hurt in the fire.".encode()).published_at
    return at.date().isoformat() if at else None


@pytest.mark.parametrize(
    "call",
    [
        'showDate("2024/05/03 09:10:00")',
        "document.write(formatDate('2024-05-03'))",
        "localDate( '2024.5.3', 'short' )",
        "writeDate('2024-05-03T09:10:00+08:00')",
        "print_date('2024/5/3')",
    ],
)
def test_a_script_that_writes_a_date_into_the_page_dates_it(call: str) -> None:
    assert day_of(f"<td><script>{call}</script>") == "2024-05-03"


@pytest.mark.parametrize(
    "code",
    [
        "open = new Date('2024-05-03')",
        "showDate('2024/05/03'); showDate('2024/05/04')",
        "expires('2024-05-03')",
        "if (update('2024')) go()",
        "showDate(day)",
    ],
)
def test_other_dates_in_scripts_do_not(code: str) -> None:
    assert day_of(f"<td><script>{code}</script>") is None


@pytest.mark.parametrize(
    "mark",
    [
        "<relative-time datetime='2024-05-03T10:00:00Z'>two days ago</relative-time>",
        "<abbr data-utime='1714730400'>3 May</abbr>",
        "<span class=stamp data-timestamp='1714730400000'></span>",
        "<i class=js-date data-date='2024-05-03'></i><i class=js-date data-date='2024-05-03 10:00'></i>",
        "<span data-datetime='2024-05-03T10:00:00+02:00'>loading</span>",
    ],
)
def test_the_only_day_from_which_scripts_write_a_time_dates_the_page(mark: str) -> None:
    assert day_of(mark) == "2024-05-03"
    assert day_of(mark + "<b data-date='2024-05-09'></b>") is None
    assert day_of(f"<ol class=comments><li class=comment>{mark}</ol>") is None
    assert day_of(f"{mark}<p>Published on 1 May 2024</p>") == "2024-05-01"


@pytest.mark.parametrize(
    "name",
    [
        "dtk:publishdate",
        "content_PublishedDate",
        "prism.publicationDate",
        "published_at",
        "vr:published-time",
        "x3dpubdate",
        "page-publish-time-utc",
        "cms_creationDate",
        "firstCreate",
        "citation_date",
    ],
)
def test_a_tag_is_known_by_the_last_words_of_its_name(name: str) -> None:
    assert day_of(f"<meta name='{name}' content='2024-05-03T09:10:00Z'>") == "2024-05-03"


@pytest.mark.parametrize(
    "name", ["publisher", "update", "unpublish_date", "fb:app_id", "startdate", "republished", "expires"]
)
def test_tags_of_other_days_are_none(name: str) -> None:
    assert day_of(f"<meta name='{name}' content='2024-05-03T09:10:00Z'>") is None


@pytest.mark.parametrize(
    "line",
    [
        "Written by Cooper on 03.05.2024 22:30 (1599 readers)",
        "[Freitag, 3. Mai 2024]",
        "3 May 2024",
        "Holm, 03.05.2024",
        "Eva Lind | 3 mai 2024",
    ],
)
@pytest.mark.parametrize(
    "sentence",
    [
        "The board of the ferry line has a new head from 1.9.2024 on, the company says.",
        "On 28 September 2024 we want to meet again at the old quay, all of us, and see how far the work has come.",
        "Die Fähre soll ab dem 12. Juni 2024 wieder fahren, sagt die Reederei.",
    ],
)
def test_a_line_above_the_body_outranks_the_day_in_a_sentence_where_no_heading_shows_the_headline(
    line: str, sentence: str
) -> None:
    html = f"<html lang=de><title>News of the ferry line</title><body><p>{line}</p><p>{sentence}</p>{BODY}"
    at = extract_article(html.encode(), url="https://paper.example/ferry").published_at
    assert at is not None
    assert at.date().isoformat() == "2024-05-03"
