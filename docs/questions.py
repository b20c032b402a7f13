"""Write docs/queries.md: the saved queries, with their SQL and their first rows on the sample newsroom.

    newsledger demo && python -m docs.questions

So the page shows exactly the queries that the program ships and their results.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flows.settings import load_settings
from load.query import query, render, saved_queries

PAGE = Path(__file__).with_name("queries.md")
SETTINGS = Path("demo/newsledger.toml")
SHOWN_ROWS = 5
SHOWN_CHARACTERS = 90


def questions(settings: Path) -> str:
    """Return the questions as Markdown."""
    warehouse = load_settings(settings).warehouse
    parts = []
    for number, saved in enumerate(saved_queries().values(), 1):
        answer = query(warehouse, saved.name)
        rows = replace(answer, rows=answer.rows[:SHOWN_ROWS])
        sql = "\n".join(saved.sql.strip().splitlines()[1:])
        table = "\n".join(_cut(line) for line in render(rows, "markdown").splitlines())
        parts.append(
            f"**{number}. {saved.question}** (`newsledger query {saved.name}`)\n\n```sql\n{sql}\n```\n\n{table}\n"
        )
    return "\n".join(parts)


def _cut(line: str) -> str:
    cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
    if set(line) <= set("|-"):
        return line
    return "| " + " | ".join(c if len(c) <= SHOWN_CHARACTERS else c[:SHOWN_CHARACTERS] + "…" for c in cells) + " |"


HEAD = """# Saved queries

<!-- Written by `python -m docs.questions`; edit sql/analyses instead. -->

`newsledger queries` lists them, `newsledger query NAME` runs one, and each is a starting point for queries of your own.
The rows are those of the sample newsroom (`newsledger demo`).

"""

if __name__ == "__main__":
    PAGE.write_text(HEAD + questions(SETTINGS), encoding="utf-8")
