"""Bylines as templates write them: dates before names, roles behind them, classes of the site's own."""

import pytest

from extract.strip import extract_article
from extract.strip.authors import clean_authors

TEXT = "<p>The ferry ran aground in the northern bay on Monday morning, and all 87 passengers were saved.</p>" * 4
HEADLINE = "<h1>Ferry runs aground</h1>"


def authors(below: str = "", above: str = "", foot: str = "", head: str = "") -> tuple[str, ...]:
    page = f"<head>{head}</head><body>{above}<main>{HEADLINE}{below}{TEXT}</main>{foot}</body>"
    return extract_article(page.encode(), url="https://portpost.example/2024/ferry").authors


@pytest.mark.parametrize(
    "line",
    [
        "Posted on November 19, 2024 by Eva Lind",
        "Published August 7, 2023 by Eva Lind",
        "Veröffentlicht am 19. November 2024 von Eva Lind",
        "Publié le 19 novembre 2024 par Eva Lind",
        "Publisert 22. november 2024 kl. 08:00 av Eva Lind",
    ],
)
def test_a_day_may_stand_before_the_name(line: str) -> None:
    assert authors(f"<p>{line}</p>") == ("Eva Lind",)
    assert authors(foot="<p>More of the harbour.</p>" * 20 + f"<ul><li>{line}</li></ul>") == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Eva Lind | Senior Writer | July 2, 2025", ("Eva Lind",)),
        ("Eva Lind | 05.04.2025 - 10:30", ("Eva Lind",)),
        ("Ports and ships | July 2, 2025", ()),
        ("Eva Lind | Senior Writer", ()),
    ],
)
def test_a_bar_parts_the_name_from_the_day(line: str, names: tuple[str, ...]) -> None:
    assert authors(f"<p>{line}</p>") == names


def test_what_the_page_shows_elsewhere_too_is_a_section_and_no_name() -> None:
    menu = "<ul><li>World News</li><li>Local Sport</li></ul>"
    assert authors("<p>World News | July 2, 2025</p>", above=menu) == ()


def test_the_headline_in_the_bar_of_the_site_is_not_where_the_byline_stands() -> None:
    bar = "<ul><li>News</li><li>Ferry runs aground</li></ul>" + "<p>Sign in</p><p>Subscribe</p>" * 10
    assert authors("<p>By Eva Lind</p>", above=bar) == ("Eva Lind",)


@pytest.mark.parametrize(
    ("markup", "names"),
    [
        ("<div class=pb-byline>Eva Lind</div>", ("Eva Lind",)),
        ("<span class=post__author>Eva Lind</span>", ("Eva Lind",)),
        ("<h3 class='eb-authors-name reset'>Eva Lind</h3>", ("Eva Lind",)),
        ("<div class=related-author>Eva Lind</div>", ()),
        ("<div class=post-author>Subscribe</div>", ()),
    ],
)
def test_classes_that_end_in_a_word_for_the_author_name_one(markup: str, names: tuple[str, ...]) -> None:
    tools = "".join(f"<div class=tool>Share on {name}</div>" for name in "ABCDEFGHIJKLMNOP")
    assert authors(tools + markup) == names


def test_the_author_of_a_teaser_below_the_article_is_another() -> None:
    teaser = "<div><h3><a href=/b>Bridge opens in spring</a></h3><div class=post-author>Eva Lind</div></div>"
    assert authors(foot="<p>More of the harbour.</p>" * 20 + teaser) == ()


def test_the_only_label_for_an_author_names_one_wherever_it_stands() -> None:
    label = "<h3>Author</h3><p>Eva Lind</p>"
    assert authors(foot="<p>More of the harbour.</p>" * 20 + label) == ("Eva Lind",)
    assert authors(foot="<p>More of the harbour.</p>" * 20 + label + "<h3>Author</h3><p>Max Frei</p>") == ()
    assert authors(foot="<p>More of the harbour.</p>" * 20 + f"<div class=comment-header>{label}</div>") == ()


def test_an_address_behind_a_name_is_no_part_of_it_and_alone_is_none() -> None:
    assert authors(head="<meta name=author content='Eva Lind (https://lind.example/)'>") == ("Eva Lind",)
    assert authors(head="<meta name=author content='https://social.example/lind'>") == ()
    assert authors(head="<meta name=author content='Eva Lind - https://themes.example'>") == ()


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("By Eva Lind and Max Frei, Staff Writers", ("Eva Lind", "Max Frei")),
        ("Text: Eva Lind Foto: Max Frei", ("Eva Lind",)),
        ("Text: Eva Lind, Foto: Max Frei", ("Eva Lind",)),
        ("Text und Foto: Eva Lind", ("Eva Lind",)),
        ("Written by Eva Lind Edited by Max Frei", ("Eva Lind",)),
        ("Reporting by Eva Lind; Editing by Max Frei", ("Eva Lind",)),
        ("Eva Lind, Privacy and Digital Security Expert", ("Eva Lind",)),
        ("Eva Lind, with files from Max Frei", ("Eva Lind",)),
        ("Eva Lind Additional reporting by Max Frei", ("Eva Lind",)),
        ("Eva Lind Reporter", ("Eva Lind",)),
        ("Eva Lind Writer", ("Eva Lind",)),
        ("Eva Lind Eva Lind", ("Eva Lind",)),
        ("Duran Duran", ("Duran Duran",)),
        ("Eva Lind, Max Frei and Ada Moe", ("Eva Lind", "Max Frei", "Ada Moe")),
    ],
)
def test_what_others_did_and_whole_roles_are_no_authors(byline: str, names: tuple[str, ...]) -> None:
    assert clean_authors([byline]) == names


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("记者 李明", "李明"),
        ("作者：李明", "李明"),
        ("来源：港口日报 作者：新华社记者李明", "李明"),
        ("文・山田太郎", "山田太郎"),
        ("김철수 기자", "김철수"),
        ("입력 2024.05.03 09:10 김철수 선임기자", "김철수"),
        ("Written By : Eva Lind", "Eva Lind"),
        ("Words by Eva Lind. Photographs by Jon Berg.", "Eva Lind"),
    ],
)
def test_words_for_by_of_more_papers(line: str, name: str) -> None:
    assert authors(f"<p>{line}</p>") == (name,)


@pytest.mark.parametrize(
    "line", ["记者从港务局获悉，渡轮已经恢复运营", "문의: 기자실", "文化新闻", "（责任编辑：王强）"]
)
def test_the_word_for_a_reporter_in_a_sentence_names_none(line: str) -> None:
    assert authors(f"<p>{line}</p>") == ()


def test_authors_in_a_row_are_all_named() -> None:
    card = "<span class=author>{}</span>"
    assert authors("<div>" + card.format("Eva Lind") + card.format("Jon Berg") + "</div>") == ("Eva Lind", "Jon Berg")
    apart = "<div><b class=author>Eva Lind</b></div><div><i class=author>Harbour news</i></div>"
    assert authors(apart) == ("Eva Lind",)


def test_who_reported_is_told_at_the_foot_with_who_edited() -> None:
    assert authors(foot="<p>(Reporting by Eva Lind and Jon Berg; Editing by Ann Holm)</p>") == ("Eva Lind", "Jon Berg")
    assert authors(foot="<p>Reporting by the port authority shows fewer ships.</p>") == ()
