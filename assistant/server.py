"""The MCP server: a few read-only tools for the published warehouse, on standard input and output or on loopback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from importlib.metadata import version
from typing import Annotated, Any

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import Field

from assistant import questions
from assistant.questions import Answer
from exchange.selection import Selection
from extract.archive import ArchivePlace
from extract.errors import NewsledgerError
from load.config import WarehouseConfig

INSTRUCTIONS = """
Newsledger holds claims read out of news articles: a number, of what, where, as of when, who says it, in which article.
It reports who claimed what and takes no side. Quote the sentence (`quote`), name the speaker (`said_by`; none means the
outlet itself) and the outlet, and give the address (`url`) for every number that you pass on. `bound` says how a value
is meant: "at_least" 41 is not 41. `is_anonymous` and `verification` belong to the answer where they are set. A claim's
`claim_id` leads to its evidence. Two values disagree only where `disagreements` says so: figures move from day to day.
What the tools do not return is not in the warehouse; say so.
""".strip()
READ_ONLY = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Words = Annotated[
    str | None, Field(description='Words that must all be there: "ferry dead"; a phrase in double quotes; ferr* too.')
]
MeasureWords = Annotated[str | None, Field(description="Words of the measure's name: deaths Port Ansel.")]
First = Annotated[date | None, Field(description="First publication day, YYYY-MM-DD.")]
Last = Annotated[date | None, Field(description="Last publication day, included.")]
Limit = Annotated[int, Field(ge=1, le=questions.MOST_ROWS, description="Maximum number of results.")]


def make_server(config: WarehouseConfig, place: ArchivePlace) -> MCPServer[Any]:
    """Create the server with its tools; the published file is not kept open between calls."""
    server: MCPServer[Any] = MCPServer(
        "newsledger",
        title="Newsledger",
        description="Who claimed which number in the news, with the evidence.",
        instructions=INSTRUCTIONS,
        version=version("newsledger"),
        log_level="WARNING",
    )
    for name, tool in _tools(config, place).items():
        server.add_tool(tool, name=name, annotations=READ_ONLY, structured_output=False)
    return server


def _answer(question: Callable[[], Answer]) -> Answer:
    """Run a query, and turn errors into messages that an assistant can act on."""
    try:
        return question()
    except NewsledgerError as error:
        raise ToolError(f"{error.message} {error.hint or ''}".strip()) from None


def _tools(config: WarehouseConfig, place: ArchivePlace) -> dict[str, Callable[..., Answer]]:
    return _claim_tools(config) | _measure_tools(config) | _deep_tools(config, place)


def _claim_tools(config: WarehouseConfig) -> dict[str, Callable[..., Answer]]:
    def search_claims(
        words: Words = None,
        measure: MeasureWords = None,
        speaker: Annotated[str | None, Field(description="Words of the speaker's name or office.")] = None,
        place: Annotated[str | None, Field(description="Words of the place's name.")] = None,
        published_from: First = None,
        published_to: Last = None,
        anonymous_only: Annotated[bool, Field(description="Only claims of sources that cannot be identified.")] = False,
        limit: Limit = 20,
    ) -> Answer:
        """Find claims by the words of their sentence, and by measure, speaker, place and publication day.

        Returns for each claim the value (low, high, bound, unit), what is counted, who says it, the sentence word for
        word, outlet, headline, day, address, and where the page is archived. `more` says that there are others.
        """
        given = (("measures", measure), ("speakers", speaker), ("places", place))
        selection = Selection(
            published_from=published_from,
            published_to=published_to,
            anonymous=anonymous_only,
            **{name: (value,) for name, value in given if value},  # type: ignore[arg-type]
        )
        return _answer(partial(questions.search_claims, config, words, selection, limit))

    def revisions(
        words: Words = None,
        since: Annotated[date | None, Field(description="Changes first seen on this day or later.")] = None,
        limit: Limit = 20,
    ) -> Answer:
        """List numbers that an outlet changed in an article after publishing it, the newest change first.

        Returns both sentences, both values, when the change was first seen, and both claims with their archived pages.
        """
        return _answer(partial(questions.revisions, config, words, since, limit))

    return {"search_claims": search_claims, "revisions": revisions}


def _measure_tools(config: WarehouseConfig) -> dict[str, Callable[..., Answer]]:
    def list_measures(words: MeasureWords = None, limit: Limit = 20) -> Answer:
        """List what is measured (such as "deaths, Port Ansel"), by words of its name, those of most outlets first.

        Returns how many claims and outlets each has, its days and values, and its newest claim with the evidence.
        """
        return _answer(partial(questions.list_measures, config, words, limit))

    def timeline(
        measure: Annotated[str, Field(description="measure_key, or words of the measure's name: deaths Port Ansel.")],
        limit: Annotated[int, Field(ge=1, le=questions.MOST_ROWS, description="Days and claims at most.")] = 60,
    ) -> Answer:
        """Tell how the reported figure of one measure moved, day by day, with the claims behind it, oldest first."""
        return _answer(partial(questions.timeline, config, measure, limit))

    def disagreements(words: MeasureWords = None, limit: Limit = 20) -> Answer:
        """List values of one thing that cannot both be right, with both sentences, outlets, speakers and pages."""
        return _answer(partial(questions.disagreements, config, words, limit))

    return {"list_measures": list_measures, "timeline": timeline, "disagreements": disagreements}


def _deep_tools(config: WarehouseConfig, place: ArchivePlace) -> dict[str, Callable[..., Answer]]:
    def evidence(
        claim_id: Annotated[str, Field(description="claim_id of an answer, or its first characters.")],
    ) -> Answer:
        """Show what one claim rests on.

        Returns the sentence in its surroundings, the characters of the number in the article's text, all versions of
        the article, the address, and the archive record (WARC file, byte offset, SHA-256 of the page).
        """
        return _answer(partial(questions.evidence, config, place, claim_id))

    def tables(
        table: Annotated[str | None, Field(description="Name of a table; none lists the tables.")] = None,
    ) -> Answer:
        """List the tables of the warehouse and what a row of each is, or the columns of one with their meaning."""
        return _answer(partial(questions.tables, config, table))

    def run_sql(
        sql: Annotated[str, Field(description="One DuckDB statement that reads: select ... or from ...")],
        limit: Limit = 100,
    ) -> Answer:
        """Query the warehouse with DuckDB's SQL, read-only, with a limit of rows and of ten seconds.

        The main tables are claims, claim_timeline, claim_disagreements, claim_revisions, source_reliance, coverage and
        articles; `tables` tells their columns. Select claim_id too: the answer then brings the evidence of the claims.
        """
        return _answer(partial(questions.run_sql, config, sql, limit))

    return {"evidence": evidence, "tables": tables, "run_sql": run_sql}
