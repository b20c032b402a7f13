"""What of a page is the article's body: consent and registration aside, and what stands outside its box."""

from __future__ import annotations

import pytest

from extract.strip import extract_article
from extract.strip.body import likely_body
from extract.strip.candidates import candidate_blocks
from extract.strip.features import FEATURES, Hints, Lexicon, block_features, is_paragraph
from extract.strip.page import parse_page
from extract.strip.segment import TextBlock, segment
from extract.strip.wording import fold

PROSE = "The ferry lay on the sandbank until the evening tide lifted it off, the harbour master said on the quay."
NOTICE = "We and our partners keep small files on your device, and ask whether you agree to all of them or to some."


def blocks_of(html: str) -> list[TextBlock]:
    body = parse_page(f"<body>{html}</body>".encode()).body
    assert body is not None
    return segment(body)


def texts(blocks: list[TextBlock]) -> list[str]:
    return [block.text for block in blocks]


def test_what_a_consent_manager_shows_is_cut_however_long_it_is() -> None:
    notice = "".join(f"<p>{number}. {NOTICE}</p>" for number in range(6))
    page = f"<main><p>{PROSE}</p></main><div id=onetrust-consent-sdk><div class=ot-pc-text>{notice}</div></div>"
    assert texts(candidate_blocks(blocks_of(page))) == [PROSE]
    kept = candidate_blocks(blocks_of(f"<main><p>{PROSE}</p></main><div id=notices>{notice}</div>"))
    assert len(kept) == 7


def test_forms_for_forgotten_passwords_are_cut_unless_they_hold_most_of_the_page() -> None:
    form = "<section class=forgotPassword><p>Type the address of your account, and we send you a message.</p></section>"
    assert texts(candidate_blocks(blocks_of(f"<main><p>{PROSE}</p></main>{form}"))) == [PROSE]
    around = f"<div class=reset-password-guide><p>{PROSE}</p><p>{NOTICE}</p></div>"
    assert texts(candidate_blocks(blocks_of(around))) == [PROSE, NOTICE]


def test_a_form_s_short_texts_and_the_page_s_head_are_cut_but_a_form_around_the_page_is_not() -> None:
    form = f"<form><p>Your name, please</p><p>{NOTICE}</p><label>{NOTICE}</label></form>"
    head = "<header><h1>The ferry floats</h1><p>Coast news, daily</p></header>"
    text = f"<article><header><p>By the pier</p></header>{f'<p>{PROSE}</p>' * 3}</article>"
    kept = ["The ferry floats", "By the pier", *[PROSE] * 3, NOTICE]
    assert texts(candidate_blocks(blocks_of(head + text + form))) == kept
    around = f"<form><p>Low tide at six</p><p>{PROSE}</p></form>"
    assert texts(candidate_blocks(blocks_of(around))) == ["Low tide at six", PROSE]


def test_a_link_alone_is_kept_where_it_is_marked_up_as_text() -> None:
    page = f"<p>{PROSE}</p><p><a href=/tides>Tide tables</a></p><p>{NOTICE}</p><div><a href=/shop>Shop</a></div>"
    assert texts(candidate_blocks(blocks_of(page))) == [PROSE, "Tide tables", NOTICE]


def test_the_page_s_foot_is_not_read_but_an_article_s_is() -> None:
    page = f"<article><p>{PROSE}</p><footer>Ann Holt</footer></article><footer>Imprint<footer>Terms</footer></footer>"
    assert texts(blocks_of(page)) == [PROSE, "Ann Holt"]
    swallowed = f"<footer>{f'<p>{PROSE}</p>' * 60}</footer>"
    assert len(blocks_of(swallowed)) == 60


def test_what_no_one_reads_as_text_is_passed_by() -> None:
    page = (
        f"<p>{PROSE}</p><video><p>Get a newer browser</p></video><object>Old</object><p>{NOTICE}<canvas>x</canvas></p>"
    )
    assert texts(blocks_of(page)) == [PROSE, NOTICE]


def test_outside_the_box_with_most_of_the_body_a_block_must_be_surer() -> None:
    blocks = blocks_of(f"<aside><p>{NOTICE}</p></aside><main><p>{PROSE} One.</p><p>{PROSE} Two.</p></main>")
    assert texts(likely_body(blocks, [0.65, 0.9, 0.6])) == [f"{PROSE} One.", f"{PROSE} Two."]
    assert len(likely_body(blocks, [0.75, 0.9, 0.6])) == 3
    assert likely_body(blocks, [0.1, 0.2, 0.3]) == []


def test_a_line_between_paragraphs_of_its_box_is_body_unless_it_links() -> None:
    lines = (
        f"<main><p>{PROSE} One.</p><p>PILOTS</p><p>{PROSE} Two.</p><p><a href=/sea>More</a></p><p>{NOTICE}</p></main>"
    )
    blocks = blocks_of(lines)
    assert likely_body(blocks, [0.9, 0.1, 0.9, 0.1, 0.9]) == [*blocks[:3], blocks[4]]


TABLE = "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2023</td><td>41</td></tr></table>"
LINKED = "<table><tr><td><a href=/a>Tide tables</a></td><td><a href=/b>Ferry times</a></td></tr></table>"


def test_a_table_between_paragraphs_of_its_box_is_body_unless_it_links() -> None:
    blocks = blocks_of(f"<main><p>{PROSE} One.</p>{TABLE}{LINKED}<p>{PROSE} Two.</p>{TABLE}</main>")
    assert likely_body(blocks, [0.9, *[0.1] * 6, 0.9, *[0.1] * 4]) == [*blocks[:5], blocks[7]]
    apart = blocks_of(f"<main><p>{PROSE} One.</p><aside>{TABLE}</aside><p>{PROSE} Two.</p></main>")
    assert likely_body(apart, [0.9, *[0.1] * 4, 0.9]) == [apart[0], apart[5]]


def test_beside_the_box_with_most_of_the_body_a_block_may_be_less_sure() -> None:
    parts = f"<div><p>{NOTICE}</p></div><div><p>{PROSE} One.</p><p>{PROSE} Two.</p></div>"
    scores = [0.65, 0.9, 0.9]
    assert len(likely_body(blocks_of(f"<main>{parts}</main>"), scores)) == 3
    assert len(likely_body(blocks_of(parts), scores)) == 2


def test_where_much_is_nearly_likely_it_is_taken() -> None:
    lines = "".join(f"<div><p>“{number} boats,” said the pilot.</p></div>" for number in range(10))
    blocks = blocks_of(f"<main><p>{PROSE}</p>{lines}</main>")
    assert likely_body(blocks, [0.9] + [0.45] * 10) == blocks
    assert likely_body(blocks, [0.9] + [0.1] * 10) == blocks[:1]


def test_one_paragraph_again_among_new_ones_is_body_twice() -> None:
    again = f"<main><div><p>{PROSE}</p><p>{NOTICE}</p></div><div><p>{PROSE} Two.</p><p>{NOTICE}</p></div></main>"
    blocks = blocks_of(again)
    assert likely_body(blocks, [0.9] * 4) == blocks
    copies = f"<main><div><p>{PROSE}</p><p>{NOTICE}</p></div><div><p>{PROSE}</p><p>{NOTICE}</p></div></main>"
    assert len(likely_body(blocks_of(copies), [0.9] * 4)) == 2


def test_a_text_that_stands_twice_is_body_once_inside_its_box() -> None:
    twice = f"<div><p>{NOTICE}</p></div><main><p>{NOTICE}</p><p>{PROSE}</p><p>Yes.</p><p>Yes.</p></main>"
    blocks = blocks_of(twice)
    assert likely_body(blocks, [0.9] * 5) == blocks[1:]


@pytest.mark.parametrize(
    "name", ["comment-box", "comments", "comment_text", "id=disqus_thread", "comments-stream", "comment-4711"]
)
def test_comments_apart_from_the_headline_are_cut_though_they_are_longer_than_the_article(name: str) -> None:
    markup = name if name.startswith("id=") else f"class='post-extra {name}'"
    story = f"<main><h1>Ferry aground</h1><p>{PROSE}</p></main>"
    comments = "".join(f"<p>{number}. I saw it too, and I say that {PROSE.lower()}</p>" for number in range(6))
    page = f"{story}<div {markup}>{comments}</div>"
    assert texts(candidate_blocks(blocks_of(page), fold("Ferry aground"))) == ["Ferry aground", PROSE]
    # Around the headline the name is that of a section of the paper.
    around = f"<div {markup}><h1>Ferry aground</h1>{comments}</div>"
    assert len(candidate_blocks(blocks_of(around), fold("Ferry aground"))) == 7


@pytest.mark.parametrize(
    "lines",
    [
        [
            "潮水退去以後渡輪擱淺在沙洲上乘客在船上等了整整六個小時",
            "港務局長在碼頭上對記者說船身沒有受損傍晚就能重新起航",
        ],
        [
            "フェリーは夕方の満潮まで砂州に乗り上げたままだったと港長は語った",
            "乗客百二十人にけがはなく翌朝の便は予定どおり出航するという",
        ],
    ],
)
def test_paragraphs_of_scripts_without_spaces_are_longer_than_their_characters(lines: list[str]) -> None:
    blocks = blocks_of("<main>" + "".join(f"<p>{line * 2}</p>" for line in lines) + "</main>")
    assert all(is_paragraph(block) for block in blocks)
    assert blocks[0].box.parent is not None
    assert blocks[0].box.parent.paragraph_chars == sum(len(line) * 2 for line in lines)
    latin = blocks_of("<p>Łódź wróciła na ławicę, powiedział kapitan portu w sobotę.</p>")
    assert not is_paragraph(latin[0])


def test_a_paragraph_again_among_new_ones_counts_as_no_repeat_and_a_teaser_s_does() -> None:
    at = FEATURES.index("is_repeat")
    again = f"<div><p>{PROSE}</p><p>{NOTICE}</p></div><div><p>{PROSE} It left.</p><p>{NOTICE}</p></div>"
    rows = block_features(blocks_of(again), Lexicon(), Hints())
    assert rows[:, at].tolist() == [0, 0, 0, 0]
    teaser = f"<main><p>{PROSE}</p><p>{NOTICE}</p></main><aside><div><h3>Low tide</h3><p>{NOTICE}</p></div></aside>"
    assert block_features(blocks_of(teaser), Lexicon(), Hints())[:, at].tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("html", ["Ferry", "<p>Ferry</p><p>late</p>", "<a href='javascript:'><p>Ferry</p>late</a>"])
def test_a_page_of_a_few_words_shows_them_and_is_no_article(html: str) -> None:
    article = extract_article(f"<title>Low tide</title><body>{html}</body>".encode(), url="https://herald.example/a/b")
    assert article.text.startswith("Ferry")
    assert article.outcome == "not_an_article"


def test_the_few_words_of_a_page_whose_script_is_to_bring_the_article_are_no_article() -> None:
    shell = b"<meta property=og:type content=article><title>Low tide</title><body><div id=app>Loading</div></body>"
    article = extract_article(shell, url="https://herald.example/a/b")
    assert (article.outcome, article.text) == ("not_an_article", "")
