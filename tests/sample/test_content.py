"""The hand-written newsroom: its articles load, and its gold fits the articles."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sample.content import GOLD, OUTLETS, load_article, load_articles, load_gold
from sample.coverage import uncovered_numbers, unsaid_quotes
from sample.gold_days import GoldError, days_of
from sample.gold_rows import read_gold

ENGLISH = [article.slug for article in load_articles() if article.language.startswith("en")]
PUBLISHED = datetime(2024, 11, 23, 22, 30, tzinfo=UTC)
TEXT = "Rescuers found 14 people. The mayor said 14 of them, or half, were well."


def gold_of(tmp_path: Path, toml: str) -> Path:
    path = tmp_path / "case.toml"
    path.write_text(toml, encoding="utf-8")
    return path


def test_there_are_enough_articles_of_every_outlet() -> None:
    articles = load_articles()
    assert len(articles) >= 26
    assert {article.outlet for article in articles} == set(OUTLETS)
    assert len({article.slug for article in articles}) == len(articles)


def test_articles_have_the_length_of_articles() -> None:
    for article in load_articles():
        if article.kind == "paywalled":
            assert article.word_count < 120
        else:
            assert 300 <= article.word_count <= 700, (article.slug, article.word_count)


def test_articles_lie_within_ten_days() -> None:
    days = [article.published_at.date() for article in load_articles()]
    assert min(days) >= date(2024, 11, 14)
    assert max(days) <= date(2024, 11, 24)


def test_every_kind_of_article_is_there() -> None:
    articles = load_articles()
    assert {article.kind for article in articles} == {"article", "live_blog", "paywalled", "amp"}
    assert {kind for article in articles for kind, _ in article.blocks} == {
        "paragraph", "heading", "quote", "list", "caption", "disclaimer",
    }  # fmt: skip
    assert any(article.language == "fr" for article in articles)


def test_revisions_and_syndicated_copies_point_to_articles() -> None:
    carried: Counter[str] = Counter()
    for article in load_articles():
        if article.revision_of:
            original = load_article(article.revision_of)
            assert (original.outlet, original.published_at) == (article.outlet, article.published_at)
            assert original.text != article.text
            assert article.modified_at is not None
        if article.syndicates:
            original = load_article(article.syndicates)
            assert original.outlet != article.outlet
            assert article.wire == "Capital Wire"
            carried[original.slug] += 1
    assert max(carried.values()) >= 2
    assert any(article.revision_of for article in load_articles())


def test_several_outlets_cover_one_event() -> None:
    outlets: dict[str, set[str]] = {}
    for article in load_articles():
        for tag in article.tags:
            outlets.setdefault(tag, set()).add(article.outlet)
    for event in ("ferry", "strike", "flood", "Brennick", "vaccine", "Kursk", "budget"):
        assert len(outlets[event]) >= 2, event


def test_every_gold_file_has_its_article() -> None:
    assert {path.stem for path in GOLD.glob("*.toml")} == set(ENGLISH)


@pytest.mark.parametrize("slug", ENGLISH)
def test_gold_fits_its_article(slug: str) -> None:
    article, gold = load_article(slug), load_gold(slug)
    for row in (*gold.quantities, *gold.dates, *gold.mentions):
        assert article.text[row.start : row.end] == row.surface
    for said in gold.attributions:
        assert article.text[said.cue_start : said.cue_end] == said.cue
        if said.source_start is not None:
            assert article.text[said.source_start : said.source_end] == said.source_text
        assert all(start < end for start, end in said.content_spans)
    assert gold.quantities
    assert gold.attributions
    assert gold.dates


@pytest.mark.parametrize("slug", ENGLISH)
def test_ranges_are_the_right_way_round(slug: str) -> None:
    for row in load_gold(slug).quantities:
        if row.low is not None and row.high is not None:
            assert row.low <= row.high, row.surface
            assert (row.bound == "between") == (row.low < row.high), row.surface
    for date_row in load_gold(slug).dates:
        if date_row.resolved_start and date_row.resolved_end:
            assert date_row.resolved_start <= date_row.resolved_end, date_row.surface


@pytest.mark.parametrize("slug", ENGLISH)
def test_no_number_and_no_quotation_was_overlooked(slug: str) -> None:
    text, gold = load_article(slug).text, load_gold(slug)
    assert [text[start - 20 : end + 20] for start, end in uncovered_numbers(text, gold)] == []
    assert [text[start:end] for start, end in unsaid_quotes(text, gold)] == []


@pytest.mark.parametrize("slug", ENGLISH)
def test_a_cue_and_its_source_stand_near_what_they_govern(slug: str) -> None:
    """The loader takes the nearest occurrence of a cue; in another paragraph it would be the wrong one."""
    text = load_article(slug).text
    for said in load_gold(slug).attributions:
        if said.is_carried or said.polarity == "withheld":
            continue
        low = min(start for start, _ in said.content_spans)
        high = max(end for _, end in said.content_spans)
        between = text[min(low, said.cue_start) : max(high, said.cue_end)]
        assert between.count("\n\n") <= 1, (said.cue, said.source_text)
        if said.source_start is not None:
            assert abs(said.source_start - said.cue_start) < 200, (said.cue, said.source_text)


def test_the_coverage_check_finds_what_is_missing(tmp_path: Path) -> None:
    text = 'He saw "three" of 14 ships and twice a dozen men.'
    gold = read_gold(gold_of(tmp_path, 'quantities = [{ surface = "14", value = 14 }]'), text, PUBLISHED)
    assert [text[start:end] for start, end in uncovered_numbers(text, gold)] == ["three", "twice", "dozen"]
    assert [text[start:end] for start, end in unsaid_quotes(text, gold)] == ['"three"']


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ('quantities = [{ surface = "15", value = 15 }]', "not in the text"),
        ('quantities = [{ surface = "14", value = 14 }]', "occurs 2 times"),
        ('quantities = [{ surface = "half", value = 0.5, bound = "circa" }]', "bound 'circa' is none of"),
        ('quantities = [{ surface = "half", value = 0.5, colour = "red" }]', "unknown key colour"),
        ('quantities = [{ surface = "half" }]', "needs value"),
        ('quantities = [{ surface = "half", value = 0.5, thing = "ships" }]', "thing 'ships' is not in the text"),
        ('quantities = [{ surface = "half", value = 0.5, as_of = "soon" }]', "no date value"),
        ('quantities = [{ surface = "half", value = 0.5, place = ["", "Ansel"] }]', "place 'Ansel' is not in the text"),
        ('attributions = [{ cue = "shouted", content = "14 of them" }]', "'shouted' is not in the text"),
        ('dates = [{ surface = "half", granularity = "fortnight" }]', "granularity 'fortnight' is none of"),
        ('people = { "Ada Byron" = [] }', "'Ada Byron' is not in the text"),
        ("numbers = []", "unknown key numbers"),
        ("quantities = [", "not TOML"),
    ],
)
def test_gold_that_does_not_fit_is_refused(tmp_path: Path, toml: str, complaint: str) -> None:
    with pytest.raises(GoldError, match=complaint) as raised:
        read_gold(gold_of(tmp_path, toml), TEXT, PUBLISHED)
    assert "case.toml" in str(raised.value)


def test_a_row_may_list_several_fair_answers(tmp_path: Path) -> None:
    text = "Acme, the baker, said it closed 14 shops in May."
    toml = """
    [[quantities]]
    surface = "14"
    value = 14
    subject = ["it", "Acme"]
    place = ["", "shops"]
    as_of = ["2024-05", ""]
    [[attributions]]
    source = ["Acme, the baker", "the baker"]
    cue = "said"
    content = "it closed 14 shops"
    """
    gold = read_gold(gold_of(tmp_path, toml), text, PUBLISHED)
    row, said = gold.quantities[0], gold.attributions[0]
    assert (row.thing, row.subject, row.place) == ((None,), ("it", "Acme"), (None, "shops"))
    assert row.as_of == ((date(2024, 5, 1), date(2024, 5, 31)), None)
    assert said.source_text == "Acme, the baker"
    assert [text[start:end] for start, end in said.other_sources] == ["the baker"]


@pytest.mark.parametrize(
    ("keys", "is_news"),
    [
        ("", True),
        (', aspect = "change"', True),
        (', aspect = "rank"', True),
        (', aspect = "plan"', False),
        (', aspect = "limit"', False),
        (', change_role = "from"', False),
    ],
)
def test_what_is_reported_as_news_holds_when_published(tmp_path: Path, keys: str, is_news: bool) -> None:
    toml = f'quantities = [{{ surface = "half", value = 0.5{keys} }}]'
    day = PUBLISHED.date()
    assert read_gold(gold_of(tmp_path, toml), TEXT, PUBLISHED).quantities[0].as_of == (
        ((day, day),) if is_news else (None,)
    )


def test_the_innermost_attribution_owns_the_number(tmp_path: Path) -> None:
    text = "Ann Lee said that Bo Ray had told her that 14 ships sank."
    toml = """
    quantities = [{ surface = "14", value = 14, thing = "ships" }]
    attributions = [
      { source = "Ann Lee", kind = "person", cue = "said", content = "that Bo Ray…sank" },
      { source = "Bo Ray", kind = "person", cue = "told", content = "that 14 ships sank" },
    ]
    """
    gold = read_gold(gold_of(tmp_path, toml), text, PUBLISHED)
    owner = gold.attributions[gold.quantities[0].attribution or 0]
    assert owner.source_text == "Bo Ray"
    assert owner.parent is not None
    assert gold.attributions[owner.parent].source_text == "Ann Lee"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-11-23T22:30", date(2024, 11, 23), date(2024, 11, 23)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31)),
        ("2024-W46", date(2024, 11, 11), date(2024, 11, 17)),
        ("2024-W46-WE", date(2024, 11, 16), date(2024, 11, 17)),
        ("2024-WI", date(2024, 12, 1), date(2025, 2, 28)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("2024-08-01/2024-11-22", date(2024, 8, 1), date(2024, 11, 22)),
    ],
)
def test_date_values_stand_for_days(value: str, first: date, last: date) -> None:
    assert days_of(value) == (first, last)
