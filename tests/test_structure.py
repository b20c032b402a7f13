"""The structure that docs/architecture.md promises: who may import whom, no circle, nothing long or knotty."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from radon.complexity import cc_visit
from radon.visitors import Function

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "extract": set(),
    "load": {"extract"},
    "exchange": {"extract", "load"},
    "report": {"extract", "load", "exchange"},
    "watches": {"extract", "load", "exchange", "report"},
    "assistant": {"extract", "load", "exchange", "report"},
    "sample": {"extract"},
    "flows": {"extract", "load", "exchange", "report", "watches", "assistant", "sample"},
    "newsledger": {"extract", "load", "flows"},
    "benchmarks": {"extract", "load", "exchange", "report", "watches", "assistant", "sample", "flows", "newsledger"},
}
LINES, PATHS = 400, 15
# The network is for fetching, the archive for what was fetched.
NETWORK = {"requests", "urllib3", "socket", "http"}


def modules() -> dict[str, Path]:
    found = {}
    for folder in MAY_IMPORT:
        for path in (ROOT / folder).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or inside a function, but not for types alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in typing_only:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                yield name if name in MODULES else node.module


GRAPH = {name: set(imports_of(path)) - {name} for name, path in MODULES.items()}


def assert_no_circle(graph: dict[str, set[str]]) -> None:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"A circle: {' -> '.join(reversed(error.args[1]))}")


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert_no_circle({name: found & MODULES.keys() for name, found in GRAPH.items()})


def beside(name: str, other: str) -> tuple[str, str] | None:
    """The two folders or modules by which two modules part: what lies side by side in the last folder of both."""
    mine, its = name.split("."), other.split(".")
    for depth, (one, two) in enumerate(zip(mine, its, strict=False), start=1):
        if one != two:
            return ".".join(mine[:depth]), ".".join(its[:depth])
    return None  # a folder's own module, and what lies in it


def test_no_folder_imports_itself_by_way_of_those_beside_it() -> None:
    """Of two folders, or a folder and a module, that lie side by side, one can be read without the other."""
    graph: dict[str, set[str]] = {}
    for name, found in GRAPH.items():
        for imported in found & MODULES.keys():
            if sides := beside(name, imported):
                graph.setdefault(sides[0], set()).add(sides[1])
    assert (
        "extract.read.english.quantities"
        in graph["extract.read.english.mentions"] | graph["extract.read.english.slots"]
    )
    assert_no_circle(graph)


def test_the_page_on_architecture_says_who_may_import_whom() -> None:
    rows = re.findall(r"^\| `(\w+)/` \|.*\| (.+) \|$", (ROOT / "docs/architecture.md").read_text("utf-8"), re.MULTILINE)
    said = {folder: set(re.findall(r"`(\w+)`", allowed)) for folder, allowed in rows if folder != "sql"}
    assert said | {"benchmarks": MAY_IMPORT["benchmarks"]} == MAY_IMPORT
    assert MAY_IMPORT["benchmarks"] == MAY_IMPORT.keys() - {"benchmarks"}


@pytest.mark.parametrize("folder", MAY_IMPORT)
def test_a_folder_imports_only_what_lies_before_it(folder: str) -> None:
    allowed = MAY_IMPORT[folder] | {folder}
    wrong = [
        f"{name} imports {imported}"
        for name, found in GRAPH.items()
        if name.partition(".")[0] == folder
        for imported in found
        if imported.partition(".")[0] in MAY_IMPORT.keys() - allowed
    ]
    assert not wrong


def test_the_reader_knows_no_database_and_no_network() -> None:
    outside = {"duckdb", "prefect"} | NETWORK
    wrong = [
        f"{name} imports {imported}"
        for name, found in GRAPH.items()
        if name.startswith(("extract.read", "extract.strip"))
        for imported in found
        if imported.partition(".")[0] in outside
    ]
    assert not wrong


def test_only_the_table_of_readers_knows_the_folder_of_a_language() -> None:
    languages = {"extract.read." + path.parent.name for path in ROOT.glob("extract/read/*/rows.py")}
    assert "extract.read.english" in languages
    shared = {name for name in GRAPH if name.startswith("extract.read") and not name.startswith(tuple(languages))}
    wrong = [
        f"{name} imports {imported}"
        for name in shared - {"extract.read.rows"}
        for imported in GRAPH[name]
        if imported.startswith(tuple(languages))
    ]
    assert not wrong


PYTHON = [path for folder in (*MAY_IMPORT, "tests") for path in (ROOT / folder).rglob("*.py")]


def test_no_file_is_long() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in PYTHON}
    assert not {file: count for file, count in lines.items() if count > LINES}


def test_no_function_has_many_paths() -> None:
    """By radon, which counts `and` and `or` too; a few may have more than ten."""
    paths = {
        f"{path.relative_to(ROOT)}:{block.name}": block.complexity
        for path in PYTHON
        for block in cc_visit(path.read_text(encoding="utf-8"))
        if isinstance(block, Function)
    }
    assert not {name: count for name, count in paths.items() if count > PATHS}
    assert sum(count > 10 for count in paths.values()) < len(paths) / 20


def test_sql_holds_no_words_of_a_language() -> None:
    """What words mean is decided in Python, a folder for each language: SQL compares columns."""
    words = re.compile(r"\(\?i\)|[a-z]{3,}\|[a-z]{3,}")
    sql = [*(ROOT / "sql").rglob("*.sql")]
    assert sql
    assert not [str(path.relative_to(ROOT)) for path in sql if words.search(path.read_text(encoding="utf-8"))]
