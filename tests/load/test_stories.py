"""Copies of one text are one story, however many outlets carry them; texts that share a phrase are not."""

import random

import duckdb
import pytest

from load.stories import COMMON, update_stories

WORDS = [f"word{n}" for n in range(4000)]
BOILERPLATE = " ".join(f"subscribe{n}" for n in range(60))
DAY = "2024-11-20"


def text_of(seed, length=260):
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def copies_of(text, count, day=0):
    """Copies as outlets print them: a dateline, a headline and a few words of their own; some are cut."""
    words = text.split()
    for number in range(count):
        own = text_of(f"{day} {number} {text[:40]}", 12)
        cut = words[: len(words) - number % 20]
        yield day, f"{own} {' '.join(cut)} edited by outlet{number}"


def stories(articles):
    """Work the stories of articles (day, text) out; return the story of each."""
    with duckdb.connect() as con:
        con.execute("""
            create table articles (
                version_id varchar, article_id varchar, published_on date, fetched_at timestamptz,
                published_at timestamptz, text varchar
            );
            create table sketches (version_id varchar, article_id varchar, news_date date, sketch ubigint[]);
            create table story_pairs (
                version_id varchar, other_version_id varchar, article_id varchar, other_article_id varchar,
                news_date date, other_news_date date
            );
            create table stories (article_id varchar, story_id varchar);
            create table changed_days (news_date date);
        """)
        con.executemany(
            f"insert into articles select ?, ?, date '{DAY}' + ?::integer, now(), null, ?",
            [(f"v{at}", f"a{at}", day, text) for at, (day, text) in enumerate(articles)],
        )
        con.execute("insert into changed_days select distinct published_on from articles")
        update_stories(con)
        found = dict(con.execute("select article_id, story_id from stories").fetchall())
    return [found.get(f"a{at}", f"a{at}") for at in range(len(articles))]


@pytest.mark.parametrize("count", [2, COMMON, COMMON + 1, 3 * COMMON, 400])
def test_any_number_of_copies_is_one_story(count):
    assert len(set(stories([*copies_of(text_of("wire"), count)]))) == 1


def test_copies_of_several_days_are_one_story():
    wire = text_of("wire")
    articles = [copy for day, count in ((0, 90), (1, 3), (3, 120)) for copy in copies_of(wire, count, day)]
    assert len(set(stories(articles))) == 1


def test_copies_are_found_in_a_crowd_that_shares_a_phrase():
    crowd = [(0, f"{text_of(f'own {n}', 200)} {BOILERPLATE}") for n in range(150)]
    first = [(day, f"{text} {BOILERPLATE}") for day, text in copies_of(text_of("first"), 70)]
    second = [(day, f"{text} {BOILERPLATE}") for day, text in copies_of(text_of("second"), 55)]
    found = stories([*crowd, *first, *second])
    assert len(set(found[:150])) == 150
    assert [len(set(found[150:220])), len(set(found[220:]))] == [1, 1]
    assert found[150] != found[220]


def set_by(outlet, text):
    """Set a text as an outlet does, with its own quotation marks, apostrophes and dashes: every fourth word has one."""
    opening, closing, apostrophe, dash = ['""', "“”", "«»", "„“"][outlet % 4] + "'’"[outlet % 2] + "-–—"[outlet % 3]
    marks = [opening + "{}" + closing, "{}" + apostrophe + "s", "{} " + dash]
    words = text.split()
    return " ".join(marks[at // 4 % 3].format(word) if at % 4 == 0 else word for at, word in enumerate(words))


def test_quotation_marks_and_dashes_make_no_other_story():
    texts = [*(set_by(outlet, text_of("wire")) for outlet in range(24)), set_by(0, text_of("other"))]
    found = stories([(0, text) for text in texts])
    assert (len(set(found[:24])), len(set(found))) == (1, 2)
