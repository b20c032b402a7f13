"""Stories: articles with nearly the same text, such as wire copy, are grouped so that they are counted once.

Each text is reduced to a sketch, the smallest hashes of its word sequences (bottom-k MinHash: Broder, "On the
resemblance and containment of documents", 1997). Sketches of articles that appeared within a few days of each other and
share some of their smallest hashes are compared; those that share enough become a pair, and connected pairs a story.
DuckDB hashes words and compares sketches, NumPy hashes sequences. The stories do not depend on the order in which
articles arrive.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import duckdb
import numpy as np
import pyarrow as pa

from load.built import cut_days

# Only letters and digits of a text are compared, because outlets use different quotation marks and dashes.
WORDS = r"regexp_replace(lower(text), '[^\p{L}\p{M}\p{N}]+', ' ', 'g')"
# Words in a sequence. Four are enough to distinguish texts that share a topic and its names.
SEQUENCE_WORDS = 4
# Hashes kept per text: the share that two texts have in common is estimated to within about 0.06.
SKETCH_SIZE = 64
# Two texts become candidates if they share at least MEETINGS of their BAND smallest hashes; of the pairs that are just
# similar enough, fewer than three in ten thousand are missed.
BAND = 16
MEETINGS = 2
# Share of common sequences from which two texts count as the same story.
SAME = 0.5
# Copies appear within this many days.
WINDOW_DAYS = 3
# A hash shared by more texts of one day than this belongs to boilerplate or to a text with many copies.
COMMON = 40
# Neighbours on either side with which a text is compared in such a group.
NEIGHBOURS = 20
# Articles whose days are sketched and compared at once; a day with more is not split.
ARTICLES_AT_ONCE = 5_000
# An odd multiplier with evenly distributed bits (the golden ratio in 64 bits), so that word order matters and sums do
# not collide.
MIX = np.uint64(0x9E3779B97F4A7C15)


def update_stories(con: duckdb.DuckDBPyConnection) -> None:
    """Update sketches, pairs and stories of the changed days, in the caller's transaction.

    If the story of an article changes, its day is marked as changed too.
    """
    days = [day for (day,) in con.execute("select news_date from changed_days order by 1").fetchall()]
    parts = cut_days(con, days, ARTICLES_AT_ONCE)
    _sketch(con, parts)
    _pair(con, parts)
    _cluster(con)


def _sketch(con: duckdb.DuckDBPyConnection, parts: Sequence[Sequence[date]]) -> None:
    con.execute("""
        delete from sketches
        where news_date in (select news_date from changed_days)
            or version_id not in (select version_id from articles)
    """)
    for days in parts:
        _sketch_days(con, days)


def _sketch_days(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Hash the words in DuckDB and the sequences in NumPy: list slicing in SQL costs ten times as much."""
    texts = con.execute(
        f"""
        select version_id, article_id, coalesce(published_on, fetched_at::date) as news_date,
            list_transform(string_split(trim({WORDS}), ' '), lambda w: hash(w)) as words
        from articles
        -- Selected by row number, so that DuckDB reads the texts of these days only.
        where rowid in (
            select rowid from articles where coalesce(published_on, fetched_at::date) in (select unnest($days))
        )
        """,
        {"days": list(days)},
    ).fetch_arrow_table()
    sketched = sketches(texts["words"].combine_chunks())
    # Copied, because a column from DuckDB keeps the other columns in memory. Not registered under a name, which would
    # keep all of it until the transaction ends.
    columns = {name: pa.array(texts[name].to_pylist()) for name in ("version_id", "article_id", "news_date")}
    con.from_arrow(pa.table(columns | {"sketch": sketched})).insert_into("sketches")


def sketches(words: pa.ListArray) -> pa.ListArray:
    """Reduce each text, given as the hashes of its words, to its sketch: the smallest hashes of its word sequences.

    A text shorter than a sequence is one sequence, padded with zeros.
    """
    offsets = np.asarray(words.offsets)
    flat = np.asarray(words.values)
    parts = [_sketch_of(flat[start:end]) for start, end in pairwise(offsets)]
    ends = np.cumsum([0, *map(len, parts)])
    values = np.concatenate(parts) if parts else np.empty(0, np.uint64)
    return pa.ListArray.from_arrays(pa.array(ends, pa.int32()), pa.array(values, pa.uint64()))


def _sketch_of(words: np.ndarray) -> np.ndarray:
    words = np.pad(words, (0, max(0, SEQUENCE_WORDS - len(words))))
    count = len(words) - SEQUENCE_WORDS + 1
    mixed = np.zeros(count, np.uint64)
    for i in range(SEQUENCE_WORDS):
        mixed = (mixed ^ words[i : i + count]) * MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)[:SKETCH_SIZE]


def _pair(con: duckdb.DuckDBPyConnection, parts: Sequence[Sequence[date]]) -> None:
    con.execute("""
        delete from story_pairs
        where news_date in (select news_date from changed_days)
            or other_news_date in (select news_date from changed_days)
    """)
    for days in parts:
        _pair_days(con, days)


def _pair_days(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Find the pairs whose earlier article is of one of these days, or whose later is, if the earlier day is not."""
    con.execute(
        f"""
        insert into story_pairs
        with near as (
            -- Selected by row number, so that DuckDB reads the sketches of these days only.
            from sketches
            where rowid in (
                select s.rowid from sketches as s
                where exists (
                    select 1 from (select unnest($days) as news_date) as c
                    where s.news_date between c.news_date - {WINDOW_DAYS} and c.news_date + {WINDOW_DAYS}
                )
            )
        ),
        hashes as (
            select article_id, version_id, news_date, unnest(sketch[1 : {BAND}]) as h from near
        ),
        counted as (
            select *, count(*) over (partition by h, news_date) > {COMMON} as is_crowded from hashes
        ),
        bands as (
            from counted where not is_crowded
        ),
        -- Joined by day too, so that the work grows linearly with the number of days.
        later as (
            select h, version_id, article_id, news_date, news_date - days::integer as meets
            from bands cross join range({WINDOW_DAYS + 1}) as o(days)
        ),
        -- If one of two days has many texts with this hash, each text is compared with those whose next hashes are
        -- closest to its own. Copies of one text are adjacent in this order, so they form one chain; texts that only
        -- share a phrase are compared with a few others. Whole days are used, so other built days make no difference.
        crowds as (
            select distinct c.h, c.news_date - o.days::integer * e.is_later as meets, o.days
            from counted as c cross join range({WINDOW_DAYS + 1}) as o(days) cross join (values (0), (1)) as e(is_later)
            where c.is_crowded
        ),
        placed as (
            select w.h, w.meets, w.days, c.version_id, c.article_id, c.news_date,
                row_number() over (
                    partition by w.h, w.meets, w.days
                    order by list_filter(n.sketch, lambda x: x > w.h)[1 : {BAND}], c.version_id
                ) as place
            from crowds as w
            inner join counted as c on c.h = w.h and c.news_date in (w.meets, w.meets + w.days::integer)
            inner join near as n on n.version_id = c.version_id
        ),
        met as (
            select a.article_id, a.version_id, a.news_date, b.article_id as other_article_id,
                b.version_id as other_version_id, b.news_date as other_news_date
            from bands as a
            inner join later as b on a.h = b.h and a.news_date = b.meets
            union all
            select a.article_id, a.version_id, a.news_date, b.article_id, b.version_id, b.news_date
            from placed as a
            inner join placed as b on a.h = b.h and a.meets = b.meets and a.days = b.days
                and b.place between a.place - {NEIGHBOURS} and a.place + {NEIGHBOURS}
            where a.news_date = a.meets and b.news_date = a.meets + a.days::integer
        ),
        candidates as (
            select
                if(article_id < other_article_id, version_id, other_version_id) as a,
                if(article_id < other_article_id, other_version_id, version_id) as b
            from met
            where article_id <> other_article_id
                and (news_date < other_news_date or article_id < other_article_id)
                and (
                    news_date in (select unnest($days))
                    or (
                        other_news_date in (select unnest($days))
                        and news_date not in (select news_date from changed_days)
                    )
                )
            group by all
            having count(*) >= {MEETINGS}
        ),
        -- A cheap upper bound first: the hashes shared among the smallest of the union are shared hashes.
        promising as (
            select a.version_id, b.version_id as other_version_id, a.article_id, b.article_id as other_article_id,
                a.news_date, b.news_date as other_news_date, a.sketch, b.sketch as other_sketch,
                list_intersect(a.sketch, b.sketch) as common
            from candidates as c
            inner join near as a on a.version_id = c.a
            inner join near as b on b.version_id = c.b
            where len(list_intersect(a.sketch, b.sketch)) >= {SAME} * greatest(len(a.sketch), len(b.sketch))
        ),
        compared as (
            select * exclude (sketch, other_sketch, common),
                list_sort(list_distinct(list_concat(sketch, other_sketch)))[1 : {SKETCH_SIZE}] as both_texts,
                len(list_intersect(both_texts, common)) / len(both_texts) as shared
            from promising
        )
        select * exclude (both_texts, shared) from compared where shared >= {SAME}
        """,
        {"days": list(days)},
    )


def _cluster(con: duckdb.DuckDBPyConnection) -> None:
    """Name each connected set of articles after its earliest member; mark the days of articles whose story changed."""
    first = _first_published(con)
    groups = _connected(con.execute("select distinct article_id, other_article_id from story_pairs").fetchall())
    leads = [min(group, key=lambda article: (first[article], article)) for group in groups]
    renamed = pa.table(
        {
            "article_id": pa.array([member for group in groups for member in group], pa.string()),
            "story_id": pa.array([lead for group, lead in zip(groups, leads, strict=True) for _ in group], pa.string()),
        }
    )
    con.register("new_stories", renamed)
    con.execute("""
        insert into changed_days
        select distinct coalesce(a.published_on, a.fetched_at::date) as news_date
        from articles as a
        left join stories as s on s.article_id = a.article_id
        left join new_stories as n on n.article_id = a.article_id
        where coalesce(s.story_id, a.article_id) <> coalesce(n.story_id, a.article_id)
            and news_date not in (select news_date from changed_days)
    """)
    con.execute("delete from stories")
    con.execute("insert into stories from new_stories")
    con.unregister("new_stories")


def _first_published(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Return when each article that has a pair first appeared, in microseconds since 1970."""
    return dict(
        con.execute("""
            select article_id, epoch_us(min(coalesce(published_at, fetched_at)))
            from articles
            where article_id in (select unnest([article_id, other_article_id]) from story_pairs)
            group by article_id
        """).fetchall()
    )


def _connected(pairs: list[tuple[str, str]]) -> list[list[str]]:
    """Return the connected components of an undirected graph given by its edges."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in pairs:
        parent[root(a)] = root(b)
    groups: dict[str, list[str]] = {}
    for node in parent:
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())
