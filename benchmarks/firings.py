"""How often each function of the English reader decides anything on real pages, and which never do.

    python -m benchmarks.firings [FOLDER_OF_SETS] [--pages 260] [--seed 20] [--all]

The folder is laid out as the evaluation pages are (``SET/gold.jsonl``, ``SET/pages/ID.html.gz``); of each set as many
English articles are drawn as of the others, as far as it has them. They are stripped and read as in a run. A function
*fires* when it gives anything but None, False or something empty (one without a result: when it is called). Shown are
those that never fired, with how often they were called; ``--all`` shows every function.

A function that never fires is not yet one that nothing needs: there are guards against bad input, and words that 260
pages do not have. Branches within functions, entries of word lists and alternatives of patterns are not counted; a
cached function counts once for each argument.
"""

from __future__ import annotations

import argparse
import ast
import gzip
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from benchmarks.texts import FETCHED, SHARED
from extract import Article, extract_article, read_rows
from extract.read import english

READER = Path(english.__path__[0])
FEWEST_WORDS = 50  # of an article


@dataclass
class Function:
    """A function of the reader: where it is, and how often it was called and gave something."""

    name: str
    gives: bool
    calls: int = 0
    fired: int = 0


def functions(folder: Path) -> dict[tuple[str, int], Function]:
    """List the functions of a folder's modules by file and first line; those that write its tables are left out."""
    found: dict[tuple[str, int], Function] = {}
    for file in sorted(folder.rglob("*.py")):
        if file.name == "build_tables.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                line = min([node.lineno, *(one.lineno for one in node.decorator_list)])
                gives = not (isinstance(node.returns, ast.Constant) and node.returns.value is None)
                found[str(file), line] = Function(f"{file.relative_to(folder)}:{line} {node.name}", gives)
    return found


def count(work: Callable[[], object], known: dict[tuple[str, int], Function]) -> None:
    """Do some work and count in ``known`` what its functions gave."""
    by_code: dict[CodeType, Function | None] = {}

    def note(frame: FrameType, event: str, given: Any) -> None:
        if event not in ("call", "return"):
            return
        code = frame.f_code
        if code not in by_code:
            place = known.get((code.co_filename, code.co_firstlineno))
            by_code[code] = place if place is not None and place.name.endswith(f" {code.co_name}") else None
        function = by_code[code]
        if function is None:
            return
        if event == "call":
            function.calls += 1
            function.fired += not function.gives
        elif function.gives:
            function.fired += _is_something(given)

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)


def _is_something(given: Any) -> bool:
    return given is not None and given is not False and (not hasattr(given, "__len__") or len(given) > 0)


def articles(folder: Path, pages: int, seed: int) -> Iterator[Article]:
    """Draw English articles from the sets of a folder in turn."""
    sets = [_shuffled(gold, random.Random(seed)) for gold in sorted(folder.glob("*/gold.jsonl"))]
    while sets and pages:
        drawn = [article for article in (next(one, None) for one in sets) if article is not None]
        yield from drawn[:pages]
        pages -= len(drawn[:pages])
        if not drawn:
            return


def _shuffled(gold: Path, chance: random.Random) -> Iterator[Article]:
    rows = [json.loads(line) for line in gold.read_text(encoding="utf-8").rstrip("\n").split("\n")]
    chance.shuffle(rows)
    for row in rows:
        body = gzip.decompress((gold.parent / "pages" / f"{row['id']}.html.gz").read_bytes())
        article = extract_article(body, url=row.get("url"), fetched_at=FETCHED)
        if (article.language or "").startswith("en") and len(article.text.split()) >= FEWEST_WORDS:
            yield article


def main() -> None:
    """Read pages and print what fired."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=SHARED / "pages")
    parser.add_argument("--pages", type=int, default=260)
    parser.add_argument("--seed", type=int, default=20)
    parser.add_argument("--all", action="store_true")
    given = parser.parse_args()
    known = functions(READER)
    number = 0
    for article in articles(given.folder, given.pages, given.seed):
        number += 1
        count(lambda page=article: read_rows(page.text, published_at=page.reading_day, language="en"), known)  # type: ignore[misc]
    never = [function for function in known.values() if not function.fired]
    print(f"{number} pages, {len(known)} functions, {len(never)} never fired")
    for function in sorted(known.values() if given.all else never, key=lambda one: (one.fired, one.calls)):
        print(f"{function.fired:9,} of {function.calls:9,}  {function.name}")


if __name__ == "__main__":
    main()
