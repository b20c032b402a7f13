"""Write the README's ten questions, with their SQL and what the demo answers, between its two marks.

    newsledger demo && python -m docs.questions

The questions are the saved queries, so the README cannot ask what the product does not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from flows.settings import load_settings
from load.query import query, render, saved_queries

README = Path(__file__).parents[1] / "README.md"
SETTINGS = Path("demo/newsledger.toml")
MARKED = re.compile(r"(<!-- questions -->\n).*?(<!-- /questions -->)", re.DOTALL)
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


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(MARKED.sub(lambda m: m[1] + questions(SETTINGS) + m[2], text), encoding="utf-8")
