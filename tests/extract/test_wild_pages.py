"""Pages, feeds and sitemaps as they are found in the wild: variants of publicly reported kinds, in our own words."""

import gzip
import json
from datetime import UTC, datetime

import pytest

from extract import extract_article
from extract.discover.feeds import parse_feed
from extract.discover.sitemaps import parse_sitemap

URL = "https://courier.example/news/bridge-closed"
FETCHED = datetime(2025, 2, 20, 12, tzinfo=UTC)
HEADLINE = "Old bridge in Varde stays closed until April"
STORY = (
    "The county of Varde said on Monday that the old bridge would stay closed until 14 April after divers saw cracks.",
    "Engineer Lena Strand told a meeting that repairs would cost 3.4 million kroner, which the council has to vote on.",
    '"Nobody has to fear for the new bridge," she said, and added that 812 lorries a day would take the long way.',
    "The ferry company put two more boats on the line, and 57 shops near the harbour asked for help from the fund.",
)
OTHER = "".join(
    f"<p>{text}</p>"
    for text in (
        "The school board of Holm said 2,450 pupils would get new books in autumn, and 31 teachers had been hired.",
        "Parents had complained about the books for years, the board said in a statement to 8,700 homes on Tuesday.",
    )
)


def read(paragraphs=STORY, *, head="", first="", after="", lang="en", headline=HEADLINE, url=URL):
    body = "".join(f"<p>{text}</p>" if text[0] != "<" else text for text in paragraphs)
    html = (
        f"<html lang={lang}><head><meta charset=utf-8><title>{headline} | Varde Courier</title>{head}</head>"
        f"<body><header><a href=/>Varde Courier</a></header><main><article><h1>{headline}</h1>{first}{body}</article>"
        f"{after}</main><footer>© Varde Courier</footer></body></html>"
    )
    return extract_article(html.encode(), url=url, fetched_at=FETCHED)


def told(**fields):
    node = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


@pytest.mark.parametrize(
    ("sentence", "seen", "unseen"),
    [
        ('carried 4,500<sup><a href="#n2">2</a></sup> cars a day', "4,500 cars", "4,5002"),
        ('carried 4,500<span class="footnote-ref"><a href="#n3">3</a></span> cars a day', "4,500 cars", "4,5003"),
        ('carried 4,500<span style="vertical-align: super; font-size: 60%">3</span> cars', "4,500 cars", "4,5003"),
        ("moved by 2 × 10<sup>3</sup> of a millimetre", "10^3", "103"),
        ("moved by 2 × 10<span class=sup>−4</span> metres", "10^-4", "10−4"),
        ("costs $7<sup>95</sup> for a card", "$7.95", "$795"),
        ("cost <s>2.9</s> 3.4 million and <strike>611</strike>812 lorries", "3.4 million", "611"),
        ("on the 21<sup>st</sup> of March", "21st of March", "21 st"),
        ("is 3<sup>1</sup>/<sub>2</sub> metres long", "metres long", "31/2"),
        ("needs 450 m<sup>3</sup> of concrete and 20 W/m<sup>2</sup> of heat", "W/m2", "W/m of"),
        ("cost <script>var price=991234;</script>3.4 million<style>.x{width:5512px}</style>", "3.4 million", "991234"),
        ('sees 812<span style="display:none"> (was 9,876)</span> lorries', "812 lorries", "9,876"),
        ("was called <q>a bridge of hope</q> there", "“a bridge of hope”", '""'),
    ],
)
def test_no_number_is_made_of_a_sentence(sentence, seen, unseen):
    article = read([STORY[0], f"The bridge {sentence}, the engineer told the council on Monday evening.", *STORY[2:]])
    assert seen in article.text
    assert unseen not in article.text


@pytest.mark.parametrize(
    ("block", "unseen"),
    [
        ("<p hidden>The old version: 9,876 lorries a day.</p>", "9,876"),
        ("<template><p>A sample: 9,876 lorries a day.</p></template>", "9,876"),
        ("<table><tr><td>2019</td><td>4120</td></tr><tr><td>2020</td><td>3980</td></tr></table>", "20194120"),
        ("<dl><dt>Cars</dt><dd>4120</dd><dt>Lorries</dt><dd>812</dd></dl>", "4120Lorries"),
        ("<p>Monday: 3980<br>4120 on Friday<br>611 on Sunday, the police said in a note.</p>", "39804120"),
        ("<p><b>Read also:</b> <a href=/x>School board buys books for 2,450 pupils</a></p>", "2,450"),
    ],
)
def test_what_stands_apart_or_unseen_between_paragraphs(block, unseen):
    article = read([*STORY[:2], block, *STORY[2:]])
    assert unseen not in article.text
    assert STORY[3] in article.text


@pytest.mark.parametrize(
    "after",
    [
        f"<article><h2>New books for 2,450 pupils</h2><p class=byline>By Otto Falk</p>{OTHER}</article>",
        f"<section class=infinite><article><h1>New books for all</h1><p>By Otto Falk</p>{OTHER}</article></section>",
        f"<div class=next-story><h2>New books for all</h2><div class=byline>Otto Falk</div><div>{OTHER}</div></div>",
    ],
)
def test_an_article_below_gives_no_text(after):
    article = read(after=after)
    assert "8,700" not in article.text
    assert STORY[3] in article.text


def test_an_article_below_gives_no_authors():
    below = f"<article><h2>New books for 2,450 pupils</h2><p class=byline>By Otto Falk</p>{OTHER}</article>"
    assert read(after=below).authors == ()
    assert read(after=below.replace("class=byline", "")).authors == ()
    assert read(first="<p class=byline>By Lena Holm</p>", after=below).authors == ("Lena Holm",)


@pytest.mark.parametrize(
    "headline",
    [
        "Firm fined 451 million for price fixing",
        "Museum closes after 503 years",
        "Page not found? Library of 410 lost books opens",
        "Robot check: farm tests 404 machines",
        "Login fraud costs banks 400 million",
        "Access to beach denied to 502 residents",
        "Verify you are human, says new play",
        "Are you a robot, asks a school",
    ],
)
def test_a_headline_of_such_words_is_news(headline):
    article = read(STORY[:2], headline=headline)
    assert (article.outcome, article.headline) == ("ok", headline)


@pytest.mark.parametrize(
    ("headline", "text", "lang", "path"),
    [
        ("Page introuvable", "La page que vous cherchez n'existe pas ou a été déplacée.", "fr", "/actu/pont"),
        ("Error 404: página no encontrada", "Lo sentimos, la página que busca no existe.", "es", "/local/puente"),
        ("Down for maintenance", "We are back shortly. Thank you for your patience while we work.", "en", "/local/x"),
        (
            "Anmelden",
            "<form><input type=email name=mail><input type=password name=pw><button>Anmelden</button></form>",
            "de",
            "/anmelden",
        ),
        (
            'Search results for "bridge"',
            "".join(
                f"<li><a href=/n/{at}>Bridge story number {at} of the coast</a><p>A teaser.</p>" for at in range(15)
            ),
            "en",
            "/search?q=bridge",
        ),
    ],
)
def test_what_is_no_news(headline, text, lang, path):
    assert read([text], headline=headline, lang=lang, url=f"https://courier.example{path}").outcome != "ok"


@pytest.mark.parametrize("label", ["Story continues below", "Article continues below", "Article continues after video"])
def test_what_says_that_the_story_goes_on_is_no_part_of_it(label):
    text = read([*STORY[:2], f"<p>{label}</p>", *STORY[2:]]).text
    assert "continues" not in text
    assert STORY[2] in text


def test_maintenance_is_news_where_there_is_a_story():
    assert read(STORY, headline="Bridge closed for maintenance").outcome == "ok"


def test_a_banner_for_consent_may_be_longer_than_the_news():
    notice = (
        "We and our 842 partners store and access information on a device, such as cookies, to process personal data."
    )
    banner = f'<div id="cookie-consent" role=dialog><h2>We value your privacy</h2>{f"<p>{notice}</p>" * 6}</div>'
    for article in (read(STORY[:2], after=banner), read(STORY[:2], after=banner.replace("cookie-consent", "gdpr-box"))):
        assert (article.outcome, "842" in article.text) == ("ok", False)


def test_a_page_that_is_a_banner_for_consent_is_none():
    notice = (
        "<p>We and our 842 partners use cookies on your device and process your personal data with your consent.</p>"
    )
    html = f"<title>Varde Courier</title><div id=cookie-consent><h2>We value your privacy</h2>{notice * 3}"
    article = extract_article(html, url=URL)
    assert (article.outcome, article.page_kind) == ("not_an_article", "consent")


EVENING = datetime(2025, 2, 18, 21, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("el", "Δημοσιεύθηκε: 18/02/2025, 9:40 μ.μ."),
        ("es", "18 de febrero de 2025, 9:40 p. m."),
        ("vi", "Thứ ba, 18/02/2025 - 9:40 CH"),
        ("ar", "18 فبراير 2025 - 9:40 م"),
        ("ja", "2025年2月18日 午後9時40分"),
        ("zh", "2025年2月18日 下午9:40"),
        ("ko", "입력 2025.02.18. 오후 9:40"),
        ("ko", "2025-02-18 오후 9시 40분"),
        ("pt", "18 de fevereiro de 2025 às 9:40 da noite"),
        ("en", "Published February 18, 2025, 9:40 p.m."),
    ],
)
def test_an_evening_clock_in_a_line_at_the_headline(lang, line):
    assert read(first=f"<p class=date>{line}</p>", lang=lang).published_at == EVENING


@pytest.mark.parametrize(
    "written",
    [
        "Tue Feb 18 2025 23:40:00 GMT+0200 (EET)",
        "2025-02-18T14:40:00 -700",
        1739914800000,
        "1739914800",
        "/Date(1739914800000)/",
    ],
)
def test_an_evening_in_code(written):
    assert read(head=told(datePublished=written)).published_at == EVENING


@pytest.mark.parametrize(
    "block",
    [
        '<div class="wp-caption"><img src=b><p class="wp-caption-text">The bridge on 3 June 2020. (Lund)</p></div>',
        '<blockquote class="twitter-tweet"><p>Stay away!</p>Police <a href=/s/1>January 8, 2023</a></blockquote>',
        "<ol class=footnotes><li>Letter of the county, 7 March 2022.</li></ol>",
    ],
)
def test_a_date_of_something_else_is_no_publication(block):
    assert read([*STORY[:3], block, STORY[3]]).published_at is None
    assert read([block, *STORY]).published_at is None


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Gräfin von und zu Thal", ("Gräfin von und zu Thal",)),
        ("Lena Strand | 18 February 2025", ("Lena Strand",)),
        ("Lena Strand, 18 de febrero de 2025", ("Lena Strand",)),
        ("Lena Strand (lena@courier.example)", ("Lena Strand",)),
        ("Lena Strand @lenastrand", ("Lena Strand",)),
        ("Lena Strand, Chief Political Correspondent", ("Lena Strand",)),
        ("By Lena Strand and Otto Falk", ("Lena Strand", "Otto Falk")),
        ("Van Jones", ("Van Jones",)),
        ("https://social.example/vardecourier", ()),
    ],
)
def test_authors_as_code_writes_them(written, names):
    assert read(head=told(author=written)).authors == names


@pytest.mark.parametrize(
    ("codec", "lang", "text"),
    [
        (
            "big5",
            "zh-TW",
            "港務局星期一表示，舊橋將關閉到四月。潛水員在兩個橋墩發現裂縫，維修費用估計為三百四十萬元，議會下週將表決。",
        ),
        (
            "gb18030",
            "zh-CN",
            "港务局星期一表示，旧桥将关闭到四月。潜水员在两个桥墩发现裂缝，维修费用估计为三百四十万元，议会下周将表决。",
        ),
        (
            "euc-jp",
            "ja",
            "港湾局は月曜日、古い橋を四月まで閉鎖すると発表した。潜水士が二本の橋脚に亀裂を見つけ、修理には三億円かかる。",
        ),
        (
            "cp949",
            "ko",
            "부산시는 월요일 항구의 낡은 다리가 사월까지 폐쇄된다고 밝혔다. 잠수부들이 기둥 두 곳에서 균열을 발견했다.",
        ),
        ("cp1251", "ru", "Администрация города сообщила в понедельник, что старый мост останется закрытым до апреля."),
        (
            "iso8859-2",
            "pl",
            "Władze miasta poinformowały w poniedziałek, że stary most pozostanie zamknięty do kwietnia.",
        ),
    ],
)
def test_an_encoding_that_nothing_declares(codec, lang, text):
    html = f"<html lang={lang}><title>x</title><body><article><h1>{text[:12]}</h1><p>{text}</p></article>"
    assert text in extract_article(html.encode(codec), url=URL).text


@pytest.mark.parametrize(
    ("written", "hour"),
    [
        ("mar., 18 févr. 2025 09:05:00 +0100", 8),
        ("Di, 18 Feb 2025 09:05:00 +0100", 8),
        ("ter, 18 fev 2025 09:05:00 -0300", 12),
        ("Tue, 18 Feb 2025 09:05:00 EST", 14),
        ("18-02-2025 09:05", 9),
        ("2025-02-18 09:05:00+01", 8),
    ],
)
def test_dates_of_a_feed_that_names_no_language(written, hour):
    item = f"<item><title>A</title><link>https://v.example/a</link><pubDate>{written}</pubDate></item>"
    feed = f'<rss version="2.0"><channel><title>V</title>{item}</channel></rss>'
    found = parse_feed(feed.encode(), "https://v.example/feed.xml").items
    assert [item.published_at for item in found] == [datetime(2025, 2, 18, hour, 5, tzinfo=UTC)]


MAP = '<?xml version="1.0" encoding="{}"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
ENTRY = "<url><loc>https://v.example/a</loc></url>"


@pytest.mark.parametrize(
    "data",
    [
        MAP.format("utf-8", "<url><loc>/a</loc></url>").encode(),
        MAP.format("utf-16", ENTRY).encode("utf-16"),
        gzip.compress(gzip.compress(MAP.format("utf-8", ENTRY).encode())),
        MAP.format("utf-8", "<url><loc><![CDATA[ https://v.example/a ]]></loc></url>").encode(),
    ],
)
def test_sitemaps_with_relative_addresses_in_utf_16_and_packed_twice(data):
    assert [item.url for item in parse_sitemap(data, "https://v.example/sitemap.xml").items] == ["https://v.example/a"]
