"""The text says what the reader sees: no number is made by taking the markup away."""

import pytest

from extract.strip import extract_article

STORY = (
    "The ferry company Solvik said on Tuesday that its oldest ship would leave the line in spring.",
    "A spokesman told reporters that 140 sailors would be offered work on the two remaining ferries.",
    "The union called the decision hasty and asked the county to publish the inspection report.",
    "The oldest of the ferries was built in 1964 and carried up to 600 people across the sound.",
)


def text_of(first, more=""):
    body = "".join(f"<p>{text}</p>" for text in (first, *STORY))
    html = f"<html lang=en><title>Ferry leaves the line</title><main><h1>Ferry leaves the line</h1>{body}{more}</main>"
    return extract_article(html.encode(), url="https://herald.example/2024/ferry-story").text


def first_of(html):
    first, _, rest = text_of(html).partition("\n\n")
    assert rest.startswith(STORY[0])
    return first


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("300<sup>2</sup> people", "300 people"),
        ("300<sup>[2]</sup> people", "300[2] people"),
        ("300<sup><a href=#n2>2</a></sup> people", "300 people"),
        ("<b>300</b><sup>2</sup> people", "300 people"),
        ("the mayor<sup>3</sup> said", "the mayor said"),
        ("the mayor said.<sup>1, 2</sup> Later", "the mayor said. Later"),
        ("10<sup>6</sup> bacteria", "10^6 bacteria"),
        ("3.2 × 10<sup>6</sup> bacteria", "3.2 × 10^6 bacteria"),
        ("3.2×10<sup>−9</sup> metres", "3.2×10^-9 metres"),
        ("45 km<sup>2</sup> of forest", "45 km2 of forest"),
        ("12 m<sup>3</sup> of sand", "12 m3 of sand"),
        ("45km<sup>2</sup> of forest", "45km2 of forest"),
        ("4<sup>99</sup> euros", "4.99 euros"),
        ("£3<sup>50</sup> a head", "£3.50 a head"),
        ("CO<sub>2</sub> levels", "CO2 levels"),
        ("the 21<sup>st</sup> ferry", "the 21st ferry"),
        ("le 1<sup>er</sup> mai", "le 1er mai"),
        ("rose to <del>212</del> <ins>221</ins> people", "rose to 221 people"),
        ("rose to <s>212</s> 221 people", "rose to 221 people"),
        ("rose to <strike>212</strike>221 people", "rose to 221 people"),
        ("she said <q>19 sheds must go</q> and left", "she said “19 sheds must go” and left"),
        ("born 4 May <span style='display:none'>(1977-05-04)</span> in Linden", "born 4 May in Linden"),
        ("the toll<span role=tooltip style='display: none'>dead</span> rose", "the toll rose"),
        ("the toll<span hidden>dead</span> rose", "the toll rose"),
        ("a <a href=x>report<span class=sr-only>(opens in a window)</span></a> of 9 pages", "a report of 9 pages"),
        ("up to 59&nbsp;000 people", "up to 59 000 people"),
        ("the <x-link>harbour</x-link> master", "the harbour master"),
        ("the har<wbr>bour master", "the harbour master"),
        ("2,500<sup>a</sup> people", "2,500 people"),
        ("300<sup>*</sup> people", "300 people"),
        ("the mayor<sup>†</sup> said", "the mayor said"),
        ("la 1<sup>a</sup> divisione", "la 1a divisione"),
        ("3<sup>1</sup>/<sub>2</sub> metres", "3 1/2 metres"),
        ("3<sup>1</sup>&frasl;2 metres", "3 1⁄2 metres"),
        ("3 <sup>1</sup>/<sub>2</sub> metres", "3 1/2 metres"),
        ("3<sup>1/2</sup> metres", "3 1/2 metres"),
        ("traces of <sup>131</sup>I and <sup>14</sup>C", "traces of 131I and 14C"),
        ("<sup>12</sup>The ferry", "The ferry"),
        ("<sup>23</sup>If the ferry", "If the ferry"),
        ("300<sup>2</sup>/ 400 people", "300/ 400 people"),
    ],
)
def test_inside_a_sentence(html, seen):
    ending = " were counted in the harbour on Monday evening, the ministry of the interior said."
    assert first_of(html + ending).replace("\xa0", " ") == seen + ending


def test_readings_over_characters_are_read_in_brackets_or_not_at_all():
    pad = "港湾局は木曜日に古いフェリー乗り場を閉鎖すると発表した。" * 4
    alone = f"<p>{pad}<ruby>東京<rt>とうきょう</rt></ruby>都</p>"
    bracketed = f"<p>{pad}<ruby>京都<rp>(</rp><rt>きょうと</rt><rp>)</rp></ruby>市</p>"
    html = f"<html lang=ja><h1>渡し船</h1>{alone}{bracketed}"
    text = extract_article(html.encode(), url="https://herald.example/2024/ferry-story").text
    assert "東京都" in text
    assert "京都(きょうと)市" in text


def test_inline_elements_that_are_laid_out_as_blocks_stand_apart():
    lines = "<span style='display:block'>Votes for: 1,200</span><span style='display: block'>300 spoiled papers</span>"
    assert "Votes for: 1,200\n\n300 spoiled papers" in text_of(STORY[0] + lines)
    inline = lines.replace("display:block", "display:inline-block").replace("display: block", "color: red")
    assert "1,200300" in text_of(STORY[0] + inline)


@pytest.mark.parametrize(
    "html",
    [
        "<p style='display:none'>Subscribers read that 999 boats sank in secret, a line that is a trap.</p>",
        "<div hidden><p>Subscribers read that 999 boats sank in secret, a line that is a trap.</p></div>",
        "<div style='display: none;'>Subscribers read that 999 boats sank in secret, a line that is a trap.</div>",
    ],
)
def test_a_hidden_block_is_not_read(html):
    assert "999" not in text_of("The council will vote on the line on Friday evening, the mayor said.", html)


def test_a_page_that_is_hidden_as_a_whole_is_read():
    body = "".join(f"<p>{text}</p>" for text in STORY)
    html = f"<title>Ferry</title><main style='display:none'><h1>Ferry leaves the line</h1>{body}</main>"
    assert STORY[1] in extract_article(html.encode(), url="https://herald.example/2024/ferry-story").text


HIDDEN = "<p>Subscribers read that {} boats sank in secret, a line that is a trap for readers of the code.</p>"


@pytest.mark.parametrize(
    "more",
    [
        "".join(HIDDEN.format(number).replace("<p>", "<p hidden>") for number in range(990, 1_000)),
        "".join(HIDDEN.format(number).replace("<p>", "<p style='display:none'>") for number in range(990, 1_000)),
        f"<div class='modal fade' style='display: none'>{HIDDEN.format(999) * 9}</div>",
        f"<div id=newsletter-popup aria-hidden=true>{HIDDEN.format(999) * 9}</div>",
        f"<amp-lightbox hidden>{HIDDEN.format(999) * 9}</amp-lightbox>",
        f"<div style='visibility:hidden'>{HIDDEN.format(999)}</div>",
    ],
)
def test_hidden_paragraphs_and_what_opens_over_the_page_are_not_read_however_long(more):
    assert "999" not in text_of("The council will vote on the line on Friday evening, the mayor said.", more)


@pytest.mark.parametrize(
    "opening",
    [
        "<div style='text-transform: none; display: block'>",
        "<div hidden id='S:1'>",
        "<div hidden id='S:1f'>",
        "<div style='pointer-events:none;display:grid'>",
    ],
)
def test_what_is_shown_at_once_is_read(opening):
    late = "The last of the 77 crews leaves in May, the company told its staff in a letter on Wednesday evening."
    assert late in text_of(
        "The council will vote on the line on Friday evening, the mayor said.", f"{opening}<p>{late}</p></div>"
    )


@pytest.mark.parametrize("joint", ["<br><br>", "<br /> <br />", "<br>\n&nbsp;<br>", "<br><span> </span><br>"])
def test_two_line_breaks_part_paragraphs(joint):
    html = f"<title>Ferry</title><h1>Ferry leaves the line</h1><div>{joint.join(STORY)}</div>"
    assert extract_article(html.encode(), url="https://herald.example/2024/ferry").text == "\n\n".join(STORY)


def test_paragraphs_of_custom_elements_stand_apart():
    body = "".join(f"<news-par>{text}</news-par>" for text in STORY)
    html = f"<title>Ferry</title><article><h1>Ferry leaves the line</h1><news-text>{body}</news-text></article>"
    assert extract_article(html.encode(), url="https://herald.example/2024/ferry").text == "\n\n".join(STORY)


def test_short_lines_stand_apart_and_a_wrapped_sentence_does_not():
    listed = "Solvik: 140 sailors<br>Norrland Line: 96 sailors<br>Baltic Sea Ferries: 212 sailors"
    text = text_of("The council will vote on the line on Friday evening, the mayor said.", f"<p>{listed}</p>")
    assert "140 sailors\n\nNorrland Line: 96 sailors\n\nBaltic" in text
    wrapped = text_of("The council will vote on the line<br>on Friday evening,<br>the mayor of the town said.")
    assert wrapped.startswith("The council will vote on the line on Friday evening, the mayor of the town said.\n\n")
