"""The work of every reader of what strangers write grows with its input: 64 families each, doubled four times.

Work is counted in calls; ``benchmarks.growth`` measures processor time, also of what is computed in C, on larger input.
The reader of texts has tests of its own (``test_growth.py``, ``test_quantities_growth.py``); DuckDB parses queries
where no call is seen.
"""

import pytest

from benchmarks.growth import LEAST_CALLS, READERS, STEEPEST, calls, measure

pytestmark = pytest.mark.long

SMALLEST = {"html": 800, "feeds": 200, "settings": 300}


@pytest.mark.parametrize("reader", [name for name in READERS if name not in ("text", "queries")])
def test_no_family_of_input_costs_more_than_its_size(reader, tmp_path):
    found = list(measure(reader, calls, LEAST_CALLS, SMALLEST.get(reader, 1_000)))
    assert len(found) == 64
    assert [row for row in found if row["slope"] is not None and row["slope"] > STEEPEST] == []


def test_a_square_is_told_from_a_line():
    from benchmarks.growth import slope

    assert slope([10.0 * n for n in (100, 200, 400, 800, 1600)], LEAST_CALLS) == pytest.approx(1)
    assert slope([n * n / 10 for n in (100, 200, 400, 800, 1600)], LEAST_CALLS) == pytest.approx(2)
    assert slope([5.0] * 5, LEAST_CALLS) is None
