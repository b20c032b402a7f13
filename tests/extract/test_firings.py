"""The benchmark of firings counts what a function gave, and finds those that gave nothing."""

import runpy

from benchmarks.firings import count, functions

MODULE = """
from functools import cache

def is_even(n: int) -> bool:
    return n % 2 == 0

def is_huge(n: int) -> bool:
    return n > 1000

@cache
def words() -> list[str]:
    return ["a"]

def odd(numbers):
    yield from (n for n in numbers if n % 2)

def note(n: int) -> None:
    pass

class Shelf:
    def books(self) -> list[str]:
        return []

def unused() -> bool:
    return True
"""


def test_functions_that_give_something_fire(tmp_path):
    (tmp_path / "module.py").write_text(MODULE)
    (tmp_path / "build_tables.py").write_text("def write() -> bool:\n    return True\n")
    known = functions(tmp_path)
    module = runpy.run_path(str(tmp_path / "module.py"))

    def work():
        for n in range(4):
            module["is_even"](n)
            module["is_huge"](n)
            module["words"]()
        list(module["odd"]([1, 2, 3]))
        module["note"](1)
        module["Shelf"]().books()

    count(work, known)
    found = {one.name.split()[-1]: (one.fired, one.calls) for one in known.values()}
    assert found["is_even"] == (2, 4)
    assert found["is_huge"] == (0, 4)
    assert found["words"] == (1, 1)
    assert found["odd"][0] == 2
    assert found["note"] == (1, 1)
    assert found["books"] == (0, 1)
    assert found["unused"] == (0, 0)
    assert "write" not in found
