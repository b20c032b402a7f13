"""Formulas in MathML are written as the line that a reader would type, once, whatever copies stand beside them."""

from __future__ import annotations

import pytest

from extract.strip.page import parse_page
from extract.strip.segment import segment


def lines_of(html: str) -> list[str]:
    body = parse_page(f"<body>{html}</body>".encode()).body
    assert body is not None
    return [block.text for block in segment(body)]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<mi>a</mi><mo>≠</mo><mn>0</mn>", "a ≠ 0"),
        ("<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>", "E = m c^2"),
        ("<mfrac><mn>1</mn><mn>3</mn></mfrac>", "1/3"),
        ("\n <mfrac>\n <mn>1</mn>\n <mn> 3 </mn>\n</mfrac>", "1/3"),
        ("<msup><mrow></mrow><mn>14</mn></msup><mi>C</mi>", "^14 C"),
        (
            "<mfrac><mrow><mi>b</mi><mo>+</mo><mn>1</mn></mrow><mrow><mn>2</mn><mi>a</mi></mrow></mfrac>",
            "(b + 1)/(2 a)",
        ),
        ("<msqrt><mi>x</mi><mo>-</mo><mn>1</mn></msqrt>", "√(x - 1)"),
        ("<msub><mi>R</mi><mn>0</mn></msub><mo>=</mo><mn>1.4</mn>", "R_0 = 1.4"),
        ("<msubsup><mi>s</mi><mi>k</mi><mn>2</mn></msubsup>", "s_k^2"),
        ("<munderover><mo>∑</mo><mrow><mi>k</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover>", "∑_(k = 1)^n"),
        ("<msup><mi>x</mi><none></none></msup>", "x"),
        ("<mi>f</mi><mo>\u2061</mo><mi>x</mi>", "f x"),
        ("<semantics><mrow><mn>7</mn></mrow><annotation encoding=TeX>\\frac{14}{2}</annotation></semantics>", "7"),
        ("", ""),
    ],
)
def test_a_formula_is_a_line(markup: str, line: str) -> None:
    said = " ".join(f"Where {line} holds".split())
    assert lines_of(f"<p>Where <math>{markup}</math> holds</p>") == [said]


@pytest.mark.parametrize(
    "drawn",
    [
        "<span class=katex><span class=katex-mathml>{}</span><span class=katex-html aria-hidden=true>x2</span></span>",
        "<mjx-container><mjx-math><mjx-mi></mjx-mi></mjx-math><mjx-assistive-mml>{}</mjx-assistive-mml></mjx-container>",
        "<span class=MathJax><span aria-hidden=true>x2</span><span>{}</span></span>",
    ],
)
def test_a_drawn_formula_is_written_once_in_its_sentence(drawn: str) -> None:
    formula = drawn.format("<math><msup><mi>x</mi><mn>2</mn></msup></math>")
    assert lines_of(f"<p>It grows as {formula} with time.</p>") == ["It grows as x^2 with time."]


def test_a_formula_nested_without_end_is_read() -> None:
    deep = f"<math>{'<msup><mi>x</mi>' * 300}<mn>2</mn>{'</msup>' * 300}</math>"
    (line,) = lines_of(f"<p>Of {deep} all.</p>")
    assert line.startswith("Of x^")
    assert len(line) < 1_100


def test_formulas_within_formulas_and_huge_ones_are_read() -> None:
    inner = "<math><mi>y</mi></math>"
    assert lines_of(f"<p>Of <math><mi>x</mi><mtext>{inner}{inner}</mtext></math> all.</p>") == ["Of x y y all."]
    huge = f"<math>{'<mi>x</mi>' * 30_000}</math>"
    (line,) = lines_of(f"<p>Of {huge} all.</p>")
    assert line.startswith("Of x")
    assert len(line) < 1_100
