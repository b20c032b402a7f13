"""The benchmark's matching is one-to-one and as large as can be."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.matching import Score, maximum_matching
from benchmarks.sample import column, fair_word

PAIRS = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=15)


@given(PAIRS)
def test_matching_is_one_to_one_and_maximum(edges: set[tuple[int, int]]) -> None:
    rows = list(range(5))
    pairs = maximum_matching(rows, rows, lambda a, b: (a, b) in edges)
    assert set(pairs) <= edges
    assert len({a for a, _ in pairs}) == len({b for _, b in pairs}) == len(pairs)
    best = max(sum((a, b) in edges for a, b in enumerate(order)) for order in permutations(rows))
    assert len(pairs) == best


def test_scores_add_up_over_articles() -> None:
    score = Score()
    score.add(gold=4, predicted=2, right=1)
    score.add(gold=0, predicted=2, right=0)
    assert (score.precision, score.recall, score.f1) == (0.25, 0.25, 0.25)
    assert Score().f1 == 0.0


def test_each_fair_answer_is_right_and_none_where_that_is_fair() -> None:
    assert fair_word(("the company", "Acme"), "Acme Foods")
    assert not fair_word(("the company", "Acme"), "Brandt")
    assert not fair_word(("Acme",), None)
    assert fair_word((None, "Acme"), None)
    assert column(("Acme",), None, False) == ("Acme", None, False)
    assert column((None, "Acme"), None, True) == (None, None, True)
    assert column((None, "Acme"), "Acme", True) == ("Acme", "Acme", True)
    assert column((None, "Acme"), "Brandt", False) == (None, "Brandt", False)
