"""What of a page is the article's body: consent and registration aside, and what stands outside its box."""

from __future__ import annotations

from extract.strip.body import likely_body
from extract.strip.candidates import candidate_blocks
from extract.strip.page import parse_page
from extract.strip.segment import TextBlock, segment

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


def test_outside_the_box_with_most_of_the_body_a_block_must_be_surer() -> None:
    blocks = blocks_of(f"<main><p>{PROSE} One.</p><p>{PROSE} Two.</p></main><aside><p>{NOTICE}</p></aside>")
    assert texts(likely_body(blocks, [0.9, 0.5, 0.6])) == [f"{PROSE} One.", f"{PROSE} Two."]
    assert len(likely_body(blocks, [0.9, 0.5, 0.7])) == 3
    assert likely_body(blocks, [0.1, 0.2, 0.3]) == []
