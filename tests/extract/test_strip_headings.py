"""Which heading a reader takes for the headline, and what of it."""

from __future__ import annotations

import json

import pytest

from extract.strip.headings import read_headings
from extract.strip.headline import Heading, Telling, choose_headline
from extract.strip.metadata import read_headline, read_structured
from extract.strip.page import parse_page
from extract.strip.site_name import without_site


def first(html: str) -> tuple[str, ...]:
    return read_headings(parse_page(f"<html><body>{html}</body></html>".encode())).first


@pytest.mark.parametrize(
    "heading",
    [
        "<h1><span class='article__kicker'>Harbour</span> Ferry runs aground in fog</h1>",
        "<h1><small>Harbour</small><br>Ferry runs aground in fog</h1>",
        "<h1><i data-overline=1>Harbour</i><i class=h-offscreen> - </i><b>Ferry runs aground in fog</b></h1>",
        "<h1>Ferry runs aground in fog <time datetime=2024-05-02>2 May</time></h1>",
        "<h1><em>Ferry</em> runs aground in fog <span class='entry-subtitle'>Nobody hurt</span></h1>",
    ],
)
def test_the_line_over_or_under_a_headline_is_not_the_headline(heading: str) -> None:
    assert first(heading) == ("Ferry runs aground in fog",)


def test_a_heading_that_is_nothing_but_a_kicker_by_its_markup_stays() -> None:
    assert first("<h1><span class=topic>Ferry runs aground in fog</span></h1>") == ("Ferry runs aground in fog",)


@pytest.mark.parametrize(
    "trail",
    [
        "<div><a href=/>Home</a><a href=/x/>Politics</a><h1>Ferry aground: what the search engine reads</h1></div>",
        "<ol class=site-breadcrumbs><li><h1>Ferry aground: what the search engine reads</h1></li></ol>",
        "<h1><a href='https://paper.example/'>The Harbour Paper</a></h1>",
    ],
)
def test_the_end_of_a_trail_and_the_name_of_the_site_are_no_headline(trail: str) -> None:
    assert first(trail + "<h2>Ferry runs aground in fog</h2>") == ()


def test_without_an_h1_the_heading_of_a_group_is_the_first() -> None:
    group = "<hgroup><div>Harbour</div><h2>Ferry runs aground in fog</h2></hgroup>"
    assert first(group) == ("Ferry runs aground in fog",)
    assert first(group + "<h1>Bakers raise the price of bread</h1>") == ("Bakers raise the price of bread",)
    assert first("<h2>Ferry runs aground in fog</h2>") == ()


def test_a_headline_that_links_to_its_own_article_stays() -> None:
    assert first("<h1><a href='/2024/ferry'>Ferry runs aground in fog</a></h1>") == ("Ferry runs aground in fog",)


def test_off_the_news_an_h1_that_no_other_place_tells_is_outvoted() -> None:
    beside = [Heading("Latest comments", "html:h1"), Heading("What I read in May", "opengraph")]
    chosen = choose_headline(Telling(beside, "What I read in May - my notes", ["my notes"]))
    assert chosen == Heading("What I read in May", "opengraph")


def test_the_wording_of_most_places_is_the_headline() -> None:
    seen = "Ferry runs aground in thick northern fog"
    short = "Ferry runs aground in fog: what we know"
    told = [Heading(seen, "html:h1"), Heading(short, "json-ld"), Heading(short, "opengraph"), Heading(short, "twitter")]
    assert choose_headline(Telling(told, short)) == Heading(short, "json-ld")
    shared = [*told[:2], Heading(seen, "opengraph")]
    assert choose_headline(Telling(shared, seen + " - Paper", ["Paper"])) == Heading(seen, "html:h1")
    box = "Bakers in the old town raise the price of bread"
    beside = [Heading(box, "html:h1"), *told[1:]]
    assert choose_headline(Telling(beside, short, lesser=[box])) == Heading(short, "json-ld")


def test_what_three_of_the_four_main_places_word_alike_is_the_headline() -> None:
    whole, rest = (
        "Harbour dispute: Dockers walk out in Port Ansel on Monday",
        "Dockers walk out in Port Ansel on Monday",
    )
    told = [Heading(whole, "html:h1"), Heading(rest, "json-ld"), Heading(whole, "opengraph")]
    assert choose_headline(Telling(told, whole, lesser=[rest])) == Heading(whole, "html:h1")
    told[0] = Heading("Dockers on strike", "html:h1")
    assert choose_headline(Telling(told, whole, lesser=[rest])) == Heading(rest, "json-ld")


def test_an_h1_of_one_word_is_no_headline_where_the_title_says_another() -> None:
    title = "How a ferry ran aground in fog"
    assert choose_headline(Telling([Heading("Introduction", "html:h1")], title)) == Heading(title, "html:title")


def headline(head: str, body: str) -> str | None:
    page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), "https://paper.example/ferry")
    told = read_headline(page, read_structured(page))
    return told[0] if told else None


def test_a_title_that_the_code_writes_with_the_kicker_goes_without_it() -> None:
    meta = "<meta property=og:title content='Harbour: Ferry runs aground in fog'>"
    heading = "<h2><span class=kicker>Harbour</span> <b>Ferry runs aground in fog</b></h2>"
    assert headline(meta, heading) == "Ferry runs aground in fog"
    assert headline(meta, "<h2>Ferry runs aground in fog</h2>") == "Harbour: Ferry runs aground in fog"


def test_the_headline_in_the_place_of_the_site_s_name_is_no_name() -> None:
    seen = "Ferry runs aground in thick fog"
    head = f"<title>{seen}</title><meta name=application-name content='{seen}'>"
    assert headline(head, f"<h1>{seen}</h1>") == seen
    assert headline(head, "<h1>Ferry aground</h1>") == "Ferry aground"


def test_the_title_by_which_a_paper_is_cited_outweighs_the_heading_of_its_subject() -> None:
    cited = "Tides and the grounding of ferries"
    metas = f"<meta name=citation_title content='{cited}'><meta property=og:title content='{cited}'>"
    assert headline(f"<title>[17] {cited}</title>{metas}", "<h1>Earth Science</h1>") == cited


def test_a_headline_that_the_code_escapes_twice_is_read_as_it_is_shown() -> None:
    data = '{"@type": "NewsArticle", "headline": "Sund &amp;amp; Holm drift apart"}'
    head = f'<script type="application/ld+json">{data}</script>'
    assert headline(head, "<h1>Sund &amp; Holm drift apart</h1>") == "Sund & Holm drift apart"
    assert headline(head, "<p>Text") == "Sund & Holm drift apart"


def test_a_hyphen_parts_the_site_s_name_from_a_title_without_spaces() -> None:
    seen, mark = "诺维克渡轮码头因桥墩开裂关闭", '<meta property="og:site_name" content="港口日报">'
    for title in (f"{seen}-港口日报", f"{seen}--时政--港口日报"):
        told = read_headline(page := parse_page(f"<title>{title}</title>{mark}".encode()), read_structured(page))
        assert told is not None
        assert told[0] in (seen, f"{seen}--时政")
    shown = parse_page(f"<title>{seen}-新华网</title>".encode())
    assert read_headline(shown, read_structured(shown), [seen]) == (seen, "html:title")


def of_both(named: str, shared: str, body: str) -> str | None:
    data = json.dumps({"@type": "NewsArticle", "headline": named})
    head = f'<script type="application/ld+json">{data}</script>'
    return headline(f"{head}<meta property=og:title content='{shared}'><title>{named}</title>", body)


TRAIL = "<ol class=breadcrumb><li><a href=/town/>Town</a><li><h1>%s</h1></ol>"


@pytest.mark.parametrize(
    ("named", "shared", "body"),
    [
        ("Mill fire: what we know so far", "Night of fear at the mill", "<h2><i class=kicker>Mill</i> {shared}</h2>"),
        ("Mühlenbrand: Ursache, Folgen, Bilder", "Nacht der Angst", "<h2><span>Nach dem Brand</span> {shared}</h2>"),
        ("Mill in Astley burns down", "Night of fear at the old mill", "<header><h2>{shared}</h2></header>"),
        ("Incendie du moulin : le point", "La nuit de toutes les peurs", "<div><h3>{shared}</h3></div>"),
        ("Brand in molen: dit weten we", "Nacht vol angst in Astley", "<hgroup><h2>{shared}</h2><p>Molen</p></hgroup>"),
    ],
)
def test_of_two_headlines_in_code_the_reader_sees_one(named: str, shared: str, body: str) -> None:
    assert of_both(named, shared, TRAIL % named + body.format(shared=shared)) == shared


@pytest.mark.parametrize(
    ("named", "shared", "body"),
    [
        ("After the fire: Night of fear", "Night of fear", "<h2><i class=kicker>After the fire</i> {shared}</h2>"),
        ("Nach dem Brand: Nacht der Angst", "Nacht der Angst", "<h2><b>Nach dem Brand</b><b>: {shared}</b></h2>"),
        ("Night of fear at the old mill", "Astley mill burns: live updates", "<h2>{named}</h2><h2>{shared}</h2>"),
        ("Night of fear at the old mill", "Astley mill burns: live updates", "<p>Nobody saw it coming.</p>"),
        ("La nuit de toutes les peurs", "Incendie du moulin : le point", "<h2>{named}</h2>"),
        ("Night of fear at the old mill", "Astley mill burns: live updates", "<h1>Mill</h1><h2>{named}</h2>"),
    ],
)
def test_of_two_headlines_in_code_the_article_s_is_taken_unless_only_the_other_is_seen(
    named: str, shared: str, body: str
) -> None:
    assert of_both(named, shared, body.format(named=named, shared=shared)) == named


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Mill fire kills two - and nobody knows why | Astley Post", "Mill fire kills two - and nobody knows why"),
        ("Was bleibt – ein Versuch | Astley Post", "Was bleibt – ein Versuch"),
        ("Astley · The mill | Astley Post", "Astley · The mill"),
        ("Two dead -- NO SUSPECT | Astley Post", "Two dead -- NO SUSPECT"),
        ("Wheat, rye – until now - Astley Post", "Wheat, rye – until now"),
        ("Mill fire kills two - News - Astley Post", "Mill fire kills two"),
        ("Mill fire kills two | Town | Astley Post", "Mill fire kills two"),
        ("Mill fire kills two | Astley Post - Since 1871", "Mill fire kills two"),
        ("Mill fire kills two – Town – The Astley Post", "Mill fire kills two"),
        ("Mill fire kills two : Astley Post", "Mill fire kills two"),
    ],
)
def test_a_separator_of_another_kind_than_the_site_s_belongs_to_the_headline(title: str, cut: str) -> None:
    assert without_site(title, ["Astley Post"]) == cut


def test_an_entry_is_named_by_its_name_and_not_by_its_description() -> None:
    data = '{"@type": "Article", "name": "Water mill", "headline": "mill driven by moving water", "publisher": "Pedia"}'
    head = f'<script type="application/ld+json">{data}</script><title>Water mill - Pedia</title>'
    assert headline(head, "<h1>Water mill</h1>") == "Water mill"
    assert headline(head, "<h1>Mill driven by moving water</h1>") == "Mill driven by moving water"
