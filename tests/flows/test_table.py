"""Tables fit the terminal, tell what they leave out, and show texts as they are."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import console
from flows.commands.look import as_cell
from flows.table import cut, lay_out, text_width
from load.plain_text import REPLACEMENT, clean

WORDS = st.text(max_size=90)


@given(
    st.lists(st.tuples(WORDS, WORDS, st.integers(), WORDS, WORDS), min_size=2, max_size=6),
    st.integers(min_value=40, max_value=220),
)
def test_no_line_is_wider_than_the_terminal(rows, width):
    cells = [[str(value) for value in row] for row in rows]
    layout = lay_out(list("abcde"), cells, numeric=[False, False, True, False, False], width=width)
    assert len(layout.lines) == len(rows) + 1
    assert max(map(text_width, layout.lines)) <= width


def test_columns_are_left_out_from_the_right_and_named():
    rows = [[f"{column}{row}" * 4 for column in "abcdefgh"] for row in range(3)]
    layout = lay_out(list("abcdefgh"), rows, numeric=[False] * 8, width=40)
    assert layout.hidden
    assert layout.hidden == tuple("abcdefgh"[8 - len(layout.hidden) :])
    assert layout.lines[0].split() == list("abcdefgh"[: 8 - len(layout.hidden)])


def test_numbers_are_never_cut():
    rows = [["a sentence that goes on and on until nobody reads it any more", 123456789012345.5 * n] for n in (1, 2)]
    cells = [[str(value) for value in row] for row in rows]
    layout = lay_out(["quote", "low"], cells, numeric=[False, True], width=50)
    assert all(line.endswith(row[1]) for line, row in zip(layout.lines[1:], cells, strict=True))
    assert "…" in layout.lines[1]


def test_texts_that_hold_numbers_are_cut_last_and_one_long_name_takes_no_room_from_others():
    official = "a senior official of the ministry of transport, who asked for anonymity"
    rows = [
        ["about 700 square kilometres", "farmland in the north", official, "Northern Ledger of Port Ansel"],
        ["up to $4.5 million", "repairs to the harbour wall", "Lena Ortiz", "Northern Ledger of Port Ansel"],
        ["three", "villages in the valley", "the mayor", "Northern Ledger of Port Ansel"],
    ]
    layout = lay_out(["surface", "thing", "said_by", "publisher"], rows, numeric=[False] * 4, width=70)
    assert layout.hidden == ()
    assert [line.startswith(row[0]) for line, row in zip(layout.lines[1:], rows, strict=True)] == [True] * 3


def test_one_row_that_does_not_fit_stands_upright_and_whole():
    quote = "At least nine people died and 31 were missing early on Friday, the coastguard said. " * 3
    layout = lay_out(["publisher", "quote"], [["The Beacon", quote]], numeric=[False, False], width=60)
    assert layout.lines[0] == "publisher  The Beacon"
    assert " ".join(" ".join(layout.lines[1:]).split()).removeprefix("quote ") == quote.strip()
    assert layout.hidden == ()


def test_without_a_terminal_nothing_is_cut():
    long = "word " * 200
    layout = lay_out(["a", "b"], [[long, "x"], ["y", long]], numeric=[False, False], width=None)
    assert long.strip() in layout.lines[1]
    assert layout.hidden == ()


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("中文", 4), ("e\u0301", 1), ("naïve", 5), ("👍", 2), ("", 0), ("ＡＢ", 4)]
)
def test_width_counts_terminal_cells(text, width):
    assert text_width(text) == width


def test_a_cut_text_ends_in_an_ellipsis_and_fits():
    assert cut("abcdef", 4) == "abc…"
    assert cut("中文字", 4) == "中…"
    assert cut("abcdef", 4, "...") == "a..."


def test_what_would_move_the_cursor_is_shown_as_a_sign():
    assert clean("a\x1b[31mb\x07\u202ec") == f"a{REPLACEMENT}[31mb{REPLACEMENT}{REPLACEMENT}c"
    assert clean("naïve “quotes” – 中文\n\t:x: [b]") == "naïve “quotes” – 中文\n\t:x: [b]"


def test_markup_and_emoji_codes_are_printed_as_they_stand(capsys):
    console.print_table(("a", "b"), [(":x:", "[bold]no[/]"), (":smile:", "{}")])
    out = capsys.readouterr().out
    assert ":x:" in out
    assert "[bold]no[/]" in out
    assert ":smile:" in out


def test_the_rows_of_a_query_say_what_is_left_out(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    rows = [tuple(f"value {n} of column {c}" for c in range(12)) for n in range(3)]
    console.print_rows([f"column_{n}" for n in range(12)], rows, str)
    told = capsys.readouterr()
    assert max(map(len, told.out.splitlines())) <= 40
    assert re.search(r"3 rows; \d of 12 columns fit, left out: column_\d, .* and \d more\. .*-o FILE\.csv", told.err)


def test_no_colour_where_it_is_not_wanted(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert console._has_colour(Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not console._has_colour(Terminal())


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (1 / 12, "0.0833333"),
        (0.27, "0.27"),
        (7400000.0, "7400000"),
        (-2.5, "-2.5"),
        (1234567.891, "1234567.891"),
        (3, "3"),
    ],
)
def test_a_share_takes_no_more_room_than_one_reads(value, cell):
    assert as_cell(value) == cell
