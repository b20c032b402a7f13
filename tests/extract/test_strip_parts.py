"""The parts of the strip stage one by one: JSON-LD repair, bylines, headline, forest, encoding."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.forest import Forest, Split, Tree, read_forest
from extract.strip import extract_article
from extract.strip.authors import clean_authors
from extract.strip.classifier import load_classifier
from extract.strip.decode import decode_page
from extract.strip.headline import Heading, Telling, choose_headline
from extract.strip.jsonld import main_article, nodes_of, parse_script
from extract.strip.limits import MAX_DEPTH, limit_markup
from extract.strip.site_name import without_section, without_site
from extract.strip.wording import fold


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "NewsArticle", "headline": "A"}',
        '<!-- {"@type": "NewsArticle", "headline": "A"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "headline": "A"}\n//]]>',
        '{"@type": "NewsArticle", "headline": "A",}',
        '{"@type": "NewsArticle", /* why */ "headline": "A"}',
        "{&quot;@type&quot;: &quot;NewsArticle&quot;, &quot;headline&quot;: &quot;A&quot;}",
        '{"@type": "NewsArticle", "headline": "A"};',
        '[{"@type": "NewsArticle", "headline": "A"}]',
        '{"@graph": [{"@type": "WebPage"}, {"@type": ["Article", "NewsArticle"], "headline": "A"}]}',
        '{"@type": "NewsArticle", "headline": "A", "description": "one\ntwo\tthree"}',
        '{"@type": "NewsArticle", "headline": "A", "url": "https://a.example/\\x"}',
        '{"@type":"NewsArticle","name":"The "big" storm","headline":"A"}',
        '{"@type": "WebSite", "name": "N"}\n{"@type": "NewsArticle", "headline": "A"}',
        '{"@type": "WebSite", "name": "N"}, {"@type": "NewsArticle", "headline": "A"};',
    ],
)
def test_json_ld_is_read_in_its_broken_forms(script):
    article = main_article(nodes_of([script]), set())
    assert article is not None
    assert article["headline"] == "A"


@given(st.text(max_size=300))
def test_no_script_raises(text):
    parse_script(text)
    nodes_of([text, "{" + text])


def test_the_article_of_this_page_is_chosen():
    scripts = ['{"@type": "Article", "headline": "Other", "url": "https://a.example/2", "author": "X"}']
    scripts.append('{"@type": "Article", "headline": "Ours", "url": "https://www.a.example/1/"}')
    assert main_article(nodes_of(scripts), {"a.example/1"})["headline"] == "Ours"


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (["By Eva Lind"], ("Eva Lind",)),
        (["Von Eva Lind und Max Frei, dpa"], ("Eva Lind", "Max Frei", "dpa")),
        (["Eva Lind", "eva lind", "EVA LIND"], ("Eva Lind",)),
        (["Eva Lind (obe)"], ("Eva Lind",)),
        (["Eva Lind, eva.lind@port.example"], ("Eva Lind",)),
        (["Eva Lind / Journalist"], ("Eva Lind",)),
        (["Eva Lind 05.01.2025"], ("Eva Lind",)),
        (["https://www.facebook.com/portpost"], ()),
        (["105092"], ()),
        (["Written by Eva Lind & Max Frei"], ("Eva Lind", "Max Frei")),
        (["Por Ana Ruiz y Luis Vega"], ("Ana Ruiz", "Luis Vega")),
        (["Eva Lind April 12, 2024"], ("Eva Lind",)),
        (["Eva Lind on Friday May 3"], ("Eva Lind",)),
        (["Eva Lind Updated 3 hours earlier"], ("Eva Lind",)),
        (["Eva Lind &amp; Max Frei"], ("Eva Lind", "Max Frei")),
        (["Ver&oacute;nica Ruiz ⋅ Max Frei"], ("Verónica Ruiz", "Max Frei")),
        (["Guide by Eva Lind"], ("Eva Lind",)),
        (["Reviewed by Eva Lind"], ()),
        (["Written by"], ()),
        (["De Elizabeth"], ("De Elizabeth",)),
        (["By De Elizabeth"], ("De Elizabeth",)),
        (["Text: Von Eva Lind"], ("Eva Lind",)),
        (["Di Maio"], ("Di Maio",)),
        (["De Ana Ruiz"], ("Ana Ruiz",)),
        (["Von Eva Lind"], ("Eva Lind",)),
        (["José Ortega y Gasset"], ("José Ortega y Gasset",)),
        (["Ana Ruiz e Luis Vega"], ("Ana Ruiz", "Luis Vega")),
        (["Lind, Eva", "Frei, Max"], ("Eva Lind", "Max Frei")),
        (["van der Berg, Ada M."], ("Ada M. van der Berg",)),
        (["Eva Lind, Max Frei"], ("Eva Lind", "Max Frei")),
        (["Lind, AP"], ("Lind", "AP")),
        (["Eva (EL) Lind"], ("Eva Lind",)),
        (["By Eva Lind, December 16th, 2016"], ("Eva Lind",)),
        (["Eva Lind Senior Politics Editor"], ("Eva Lind",)),
        (["Eva Lind Chief Climate Correspondent"], ("Eva Lind",)),
        (["Eva Lind @evalind"], ("Eva Lind",)),
    ],
)
def test_bylines_become_names(raw, names):
    assert clean_authors(raw) == names


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Eva Lind, Senior Harbour Editor", ("Eva Lind",)),
        ("Eva Lind, Head of Ferries and Tides", ("Eva Lind",)),
        ("Eva Lind, MD, and Jack Ma", ("Eva Lind", "Jack Ma")),
        ("Eva Lind Senior Political Correspondent", ("Eva Lind",)),
        ("byEva Lind", ("Eva Lind",)),
        ("Byron Lind", ("Byron Lind",)),
        ("Veröffentlicht von Eva Lind am Samstag, 4. Mai", ("Eva Lind",)),
        ("Text und Fotos: Eva Lind", ("Eva Lind",)),
        ("Publié par Eva Lind le 4 mai 2024", ("Eva Lind",)),
        ("Eva LindUpdated May 3", ("Eva Lind",)),
        ("Von Eva Lind publiziert am 4. Mai 2024", ("Eva Lind",)),
        ("Alle Artikel von Eva Lind", ("Eva Lind",)),
        ("Posted on May 3, 2022 by Eva Lind", ("Eva Lind",)),
        ("3 mai 2022 par Eva Lind", ("Eva Lind",)),
        ("Ein Gastbeitrag von Eva Lind", ("Eva Lind",)),
        ("Eva Lind, corresponsal en Berlín", ("Eva Lind",)),
        ("Eva Lind/AP", ("Eva Lind", "AP")),
        ("The Harbour editors", ("The Harbour editors",)),
        ("5 min read", ()),
        ("Staff Writer", ()),
        ("Expert Reviewer", ()),
        ("Eva Lind, Expert Reviewer", ("Eva Lind",)),
        ("Last Updated: 7 January 2025", ()),
        ("Eva Lind • 8h", ("Eva Lind",)),
    ],
)
def test_roles_dates_and_words_for_by_are_no_part_of_a_name(byline, names):
    assert clean_authors([byline]) == names


def authors(head, body):
    text = "<p>The ferry lay on the sandbank until the tide lifted it off, the harbour master said.</p>" * 8
    page = f"<head>{head}</head><body><main><h1>Ferry runs aground</h1>{body}{text}</main></body>"
    return extract_article(page.encode()).authors


def test_who_comments_is_no_author():
    comment = "<ol><li class='comment'><div class='comment-author vcard'><cite class=fn>Max Frei</cite></div></li></ol>"
    assert authors("", comment) == ()
    assert authors("", "<p class=vcard><cite class=fn>Eva Lind</cite></p>" + comment) == ("Eva Lind",)


def test_links_to_authors_pages_name_the_authors():
    byline = "<p><a href=/authors/lind>Eva Lind</a> <a href=/authors/frei/>Max Frei</a></p>"
    other = "<p><a href=/authors/moe>Ada Moe</a></p>"
    assert authors("", byline + other) == ("Eva Lind", "Max Frei")
    assert authors("", "<p><a href=/authors/>Our authors</a> <a href=/author/el><b>EL</b></a></p>") == ()


def test_the_name_of_an_account_gives_way_to_the_name_that_the_reader_sees():
    meta = "<meta name=author content=elind>"
    assert authors(meta, "<p>By Eva Lind</p>") == ("Eva Lind",)
    assert authors(meta, "") == ("elind",)


@pytest.mark.parametrize("house", ["portpost.example", "www.port-post.co.uk", "page.head.author", "Site.Author.name"])
def test_a_host_or_a_template_s_key_gives_way_to_a_name(house):
    assert authors(f"<meta name=author content='{house}'>", "<p>By Eva Lind</p>") == ("Eva Lind",)


def test_a_card_names_the_author_by_its_label():
    card = "<meta name='twitter:label1' content='{}'><meta name='twitter:data1' content='Eva Lind'>"
    assert authors(card.format("Verfasst von"), "") == ("Eva Lind",)
    assert authors(card.format("Reading time"), "") == ()


def test_a_byline_of_several_lines_names_the_author_first():
    lines = "<div class=byline><div>Eva Lind</div><div>Harbour Analytics, Hamburg</div></div>"
    assert authors("", lines) == ("Eva Lind",)
    assert authors("", f"<div class=byline>By{lines}</div>") == ("Eva Lind",)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("<p>by Eva Lind · 3 May 2024</p>", ("Eva Lind",)),
        ("<p>Written by:Eva Lind</p>", ("Eva Lind",)),
        ("<div>Written by:</div><div>Eva Lind</div>", ("Eva Lind",)),
        ("<div>Author</div><div>Eva Lind</div>", ("Eva Lind",)),
        ("<p>By Eva Lind ⋅ Harbour Desk ⋅ Updated May 3, 2024</p>", ("Eva Lind",)),
        ("<p>by the harbour</p>", ()),
        ("<h2>Von der Mole bis zum Kai</h2>", ()),
        ("<div class=author-box><p>Report an error</p></div>", ()),
        ("<div class=author-box><p>Eva van der Lind</p></div>", ("Eva van der Lind",)),
    ],
)
def test_bylines_are_seen_beside_the_headline(byline, names):
    text = "<p>The ferry lay on the sandbank until the tide lifted it off, the harbour master said.</p>" * 8
    page = f"<body><main><h1>Ferry runs aground</h1>{byline}{text}</main></body>"
    assert extract_article(page.encode()).authors == names


def test_the_last_step_of_a_trail_that_is_not_the_page_is_the_section():
    steps = [
        {"name": "Start", "item": "https://a.example/"},
        {"name": "Harbour", "item": "/harbour/"},
        {"item": {"@id": "https://a.example/harbour/ferries/", "name": "Ferries &amp; boats"}},
        {"name": "Ferry runs aground", "item": "https://a.example/harbour/ferries/1"},
        {"name": "Ferry runs aground"},
    ]

    def section(steps):
        trail = json.dumps({"@type": "BreadcrumbList", "itemListElement": steps})
        page = (
            f'<head><script type="application/ld+json">{trail}</script></head><body><h1>Ferry runs aground</h1></body>'
        )
        return extract_article(page.encode(), url="https://a.example/harbour/ferries/1").section

    assert section(steps) == "Ferries & boats"
    assert section([steps[0], steps[1], steps[3]]) == "Harbour"
    assert section([steps[0], steps[4]]) is None
    assert section("Harbour") is None
    assert section([{"item": "/harbour/"}, "Ferries", {"item": 7, "name": "Ferries"}]) is None


def test_the_only_signature_at_the_foot_names_the_author():
    text = "<p>The ferry lay on the sandbank until the tide lifted it off, the harbour master said.</p>" * 20
    page = f"<body><main><h1>Ferry runs aground</h1>{text}<p>Written by Eva Lind</p>%s</main></body>"
    assert extract_article((page % "").encode()).authors == ("Eva Lind",)
    assert extract_article((page % "<p>Written by Max Frei</p>").encode()).authors == ()


def test_the_site_is_cut_off_a_title():
    assert without_site("Containers pile up | Economy | The Port Post", ["The Port Post"]) == "Containers pile up"
    assert without_site("Port Post - Containers pile up", ["Port Post"]) == "Containers pile up"
    assert without_site("Containers - more than ever", ["Port Post"]) == "Containers - more than ever"


@pytest.mark.parametrize(
    ("end", "site"),
    [
        (" | Port Post", "The Port Post Weekly | Port Post"),
        (" | Port Post", "Port Post Publishing House"),
        (" | PortPost", "theportpost"),
        (" - PPW", "Port Post Weekly"),
        ("｜Port Post", "Port Post"),
        ("│Port Post", "Port Post"),
    ],
)
def test_a_site_that_names_itself_by_a_part_or_its_initials_goes_too(end: str, site: str) -> None:
    assert without_site("Containers pile up" + end, [site]) == "Containers pile up"


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ferry runs aground | World News", "Ferry runs aground"),
        ("Ferry runs aground - Sport - Sailing", "Ferry runs aground"),
        ("Sport | Ferry runs aground", "Sport | Ferry runs aground"),
        ("Ferry runs aground - Sport stars aboard", "Ferry runs aground - Sport stars aboard"),
        ("Sport", "Sport"),
    ],
)
def test_the_sections_behind_a_title_are_cut_off(title: str, headline: str) -> None:
    assert without_section(title, {"sport", "sailing", "worldnews"}) == headline


def test_a_section_told_by_the_address_is_no_part_of_the_headline() -> None:
    text = "<p>The ferry lay on the sandbank until the tide lifted it off, the harbour master said.</p>" * 5
    page = f"<title>Ferry runs aground | World News | Port Post</title><main>{text}</main>"
    article = extract_article(page, url="https://portpost.example/world-news/2024/ferry-runs-aground")
    assert article.headline == "Ferry runs aground"


@pytest.mark.parametrize("end", [" - Port", " | PP", " - post office"])
def test_an_end_that_is_any_word_is_no_name_of_the_site(end: str) -> None:
    assert without_site("Containers pile up" + end, ["Port Post Weekly"]) == "Containers pile up" + end


def test_the_headline_is_what_the_reader_sees():
    told = [Heading("Containers pile up", "html:h1"), Heading("Port news: containers 2024 | Port Post", "opengraph")]
    told += [Heading("Containers pile up", "json-ld")]
    title = "Port news: containers 2024 | Port Post"
    assert choose_headline(Telling(told, title, ["Port Post"])).text == "Containers pile up"
    assert choose_headline(Telling([Heading("Port Post", "html:h1")], "Port Post", ["Port Post"])) is None


def test_a_heading_with_a_kicker_shows_the_headline():
    told = [Heading("Port: Containers pile up at quay", "json-ld"), Heading("Containers pile up at quay", "opengraph")]
    chosen = choose_headline(Telling(told, "", ["Port Post"], ["Delays in the harbour Containers pile up at quay"]))
    assert chosen.text == "Containers pile up at quay"


def test_a_forest_scores_as_its_trees_do():
    tree = Tree((Split(0, 1.0, 0b011), Split(1, 5.0, 0b001)), (-1.0, 0.5, 2.0))
    rows = np.array([[0, 0], [0, 9], [2, 0]], dtype=np.float32)
    assert Forest([tree, tree], 0.25).log_odds(rows).tolist() == [-1.75, 1.25, 4.25]


def test_a_forest_refuses_an_unknown_feature():
    with pytest.raises(ValueError, match="not a line"):
        read_forest("tree\nsplit nothing 1 0 0", ["something"])


def test_the_weights_fit_the_features():
    assert load_classifier().lexicon.hints


def test_nesting_is_capped_before_parsing():
    assert limit_markup(b"<div>" * 50_000).count(b"<div>") == MAX_DEPTH
    assert limit_markup(b"<div><p>text</p></div>") == b"<div><p>text</p></div>"


@given(
    st.binary(max_size=2000),
    st.sampled_from([None, "text/html; charset=utf-8", "text/html; charset=nonsense", "x; charset=utf-16"]),
)
def test_any_bytes_decode(data, content_type):
    assert "\0" not in decode_page(data, content_type).decode()


def test_a_text_is_folded_to_letters_and_digits_in_one_case():
    assert fold("The U.S. Navy's 3rd_fleet!") == "theusnavys3rdfleet"
    assert fold("Straße „Zum Hafen“ – 2½ Türme") == "strassezumhafen2½türme"
    assert fold("İZMİR") == fold("izmir")
    assert fold("–") == fold("") == ""


@pytest.mark.parametrize(
    ("marked", "authors"),
    [
        ("View my complete profile", ()),
        ("Show all posts by the harbour team", ()),
        ("Written by Eva Lind", ("Eva Lind",)),
        ("Eva Lind, Special to the Post", ("Eva Lind",)),
        ("Lucía Ortega y Gasset", ("Lucía Ortega y Gasset",)),
    ],
)
def test_a_phrase_that_is_marked_up_as_an_author_is_none(marked: str, authors: tuple[str, ...]) -> None:
    text = "<p>The ferry lay on the sandbank until the tide lifted it off, the harbour master said.</p>" * 5
    page = f"<main><h1>Ferry runs aground</h1>{text}<a rel=author href=/x>{marked}</a></main>"
    assert extract_article(page, url="https://portpost.example/ferry").authors == authors
