"""The page of an article: its text with the rows read from it, its earlier versions, and its archived page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from report import data
from report.press import Press
from report.spans import Piece, Span, compare_paragraphs, cut
from report.words import Row


def write_articles(press: Press, gaps: Mapping[str, Mapping[str, str | None]]) -> int:
    """Write the pages of all articles that changed; return how many articles there are.

    ``gaps`` is the result of ``write_archived``: which versions have an archived page.
    """
    inputs = {
        article: f"{made_of} {gaps.get(article, {})}"
        for article, made_of in data.inputs(press.con, data.ARTICLE_INPUTS).items()
    }
    paths = {article: (f"articles/{article}.html",) for article in inputs}
    for ids in press.stale(paths, inputs):
        claims = data.claims_by_version(press.con, ids)
        attributions = data.attributions_by_version(press.con, ids)
        named = data.named_by_article(press.con, ids)
        for article, versions in data.versions(press.con, ids).items():
            shown = [Version.of(v, claims.get(v["version_id"], []), attributions) for v in versions]
            changes = [(a, b, list(compare_paragraphs(a["text"], b["text"]))) for a, b in pairwise(versions)]
            press.page(
                paths[article][0],
                "article.html.j2",
                press.key(inputs[article]),
                versions=shown[::-1],
                changes=changes[::-1],
                named=named.get(article, []),
                gaps=gaps.get(article, {}),
            )
    return len(inputs)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article as shown on its page: its row, its blocks split into pieces, its claims."""

    row: Row
    blocks: tuple[tuple[str, list[Piece]], ...]
    claims: list[Row]

    @classmethod
    def of(cls, row: Row, claims: list[Row], attributions: dict[str, list[Row]]) -> Version:
        """Split a version's text at its quantities and attributions."""
        spans = [Span(c["claim_start"], c["claim_end"], "quantity", c["claim_id"]) for c in claims]
        for said in attributions.get(row["version_id"], ()):
            spans += [
                Span(said[f"{part}_start"], said[f"{part}_end"], part, said["attribution_id"])
                for part in ("source", "cue")
                if said[f"{part}_start"] is not None
            ]
        spans.sort(key=lambda s: s.start)
        return cls(row, tuple(_blocks(row, spans)), claims)


def _blocks(row: Row, spans: Sequence[Span]) -> Iterator[tuple[str, list[Piece]]]:
    text = row["text"]
    blocks = row["blocks"] or [{"kind": "paragraph", "start": 0, "end": len(text)}]
    at = 0
    for i, block in enumerate(blocks):
        # A block extends to the next one, so that no character of the text is left out.
        end = blocks[i + 1]["start"] if i + 1 < len(blocks) else len(text)
        yield block["kind"], cut(text, at, end, spans)
        at = end
