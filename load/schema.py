"""The landing tables, as the field dictionary (``fields.toml``) describes them.

All code that needs a table's columns uses this module: the first migration, the merges' Arrow schemas,
``docs/schema.md`` and the tests that compare the dictionary with the records of ``extract.types``.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type, what it means, and what NULL means (None: never NULL)."""

    name: str
    type: str
    meaning: str
    null: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One landing table: its grain, key and columns; ``parent`` is the table its version_id points to."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    volatile: frozenset[str] = frozenset()
    parent: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order."""
        return tuple(c.name for c in self.columns)

    @property
    def is_volatile(self) -> bool:
        """Whether the whole table depends on runs and not on pages."""
        return "*" in self.volatile

    @property
    def comment(self) -> str:
        """The comment on the table."""
        return f"Grain: {self.grain}."

    def ddl(self) -> str:
        """The statement that creates the table, with a comment on it and on every column."""
        lines = [f'    "{c.name}" {c.type}{"" if c.null else " not null"}' for c in self.columns]
        comments = [f"comment on table {self.name} is {quoted(self.comment)};"] + [
            f'comment on column {self.name}."{c.name}" is {quoted(describe(c))};' for c in self.columns
        ]
        return f"create table {self.name} (\n" + ",\n".join(lines) + "\n);\n" + "\n".join(comments)


def quoted(text: str) -> str:
    """Write a string as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def describe(column: Column) -> str:
    """Write a column's meaning in one line, with what NULL means."""
    return f"{column.meaning} NULL: {column.null}." if column.null else column.meaning


@cache
def tables() -> dict[str, Table]:
    """Read the field dictionary."""
    raw = tomllib.loads(files("load").joinpath("fields.toml").read_text(encoding="utf-8"))
    return {name: _table(name, entry) for name, entry in raw.items()}


def _table(name: str, entry: dict) -> Table:  # type: ignore[type-arg]
    return Table(
        name=name,
        grain=entry["grain"],
        key=tuple(entry["key"]),
        columns=tuple(Column(column, *parts) for column, parts in entry["columns"].items()),
        volatile=frozenset(entry.get("volatile", ())),
        parent=entry.get("parent"),
    )


def published_build(schema: str = "") -> Table:
    """Describe the one table that only the published copy has; ``schema`` goes before its name."""
    return Table(
        name=f"{schema}newsledger_build",
        grain="one row: the build that the published copy comes from",
        key=("built_at",),
        columns=(
            Column("version", "VARCHAR", "Version of Newsledger that wrote the copy."),
            Column("built_at", "TIMESTAMPTZ", "When the build was made."),
            Column("published_at", "TIMESTAMPTZ", "When the copy was written; it has all runs that had ended by then."),
            Column("extractor_version", "VARCHAR", "Newest extractor version of any article.", "there are no articles"),
        ),
    )


def create_all() -> str:
    """Write the statements that create all tables, in the dictionary's order."""
    return "\n\n".join(table.ddl() for table in tables().values()) + "\n"


def write_docs() -> str:
    """Write docs/schema.md: the landing tables from the dictionary, the models from their YAML."""
    import yaml

    landing = [
        _section(
            table.name,
            f"Grain: {table.grain}. Key: {', '.join(table.key)}.",
            [(c.name, c.type.lower(), describe(c)) for c in table.columns],
        )
        for table in (*tables().values(), published_build())
    ]
    models = [
        _section(
            model["name"],
            model["description"],
            [(c["name"], c.get("data_type", ""), c["description"]) for c in model["columns"]],
        )
        for layer in ("marts", "intermediate")
        for path in sorted(Path(str(files("sql"))).glob(f"models/{layer}/*.yml"))
        for model in yaml.safe_load(path.read_text(encoding="utf-8"))["models"]
    ]
    return "\n".join([HEAD, "# Models: for queries\n", *models, "# Landing tables: the loaded data\n", *landing])


def _section(name: str, description: str, columns: list[tuple[str, str, str]]) -> str:
    rows = [f"| `{column}` | {type_} | {meaning} |" for column, type_, meaning in columns]
    return "\n".join([f"## {name}\n\n{description}\n\n| column | type | meaning |\n|---|---|---|", *rows, ""])


HEAD = """<!-- Written by `python -m load.generate`; edit load/fields.toml or the models' YAML instead. -->

Times are in UTC. Publication days are days at the place of publication, all other days are UTC days. Offsets count
characters of `articles.text` and are half-open. `docs/rows.md` has the conventions for what is read from texts,
`docs/warehouse.md` explains how the tables are built. The published copy has all tables below
except those that only the writer needs: sketches, story_pairs, stories, builds, built_days, user_synonyms,
user_entities, claim_profiles, claim_keys, changed_days, forgetting. Only the published copy has `newsledger_build`.
"""
