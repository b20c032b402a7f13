"""Update of measures: profiles of changed days, links between claims, and the resulting measures.

Everything that is stored depends only on the articles, the corrections and this code: profiles and links on one or two
claims, a measure on the earlier claims. So the order of arrival makes no difference, and a changed day costs the
processing of its own claims and a replay of the days after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from load.arrow import arrow_schema
from load.built import cut_days
from load.faults import fault
from load.measures.candidates import candidates, note_unlinked, start_unlinked
from load.measures.entities import update_entities
from load.measures.reading import from_json, keep_profiles, profiles_of_days
from load.measures.replay import MEMBERS, Claim, Measures, Member, replay
from load.measures.score import reasons, scores
from load.measures.table import Profiles
from load.measures.words import use_synonyms
from load.schema import tables

# Articles whose claims are processed at once; a day with more is not split.
ARTICLES_AT_ONCE = 2_000
# Links with lower scores are not kept.
KEPT = -3.1
# Pairs scored at once.
PAIRS = 5_000
# Columns of ``claim_measures`` that are copied from the profile, and where they are in it.
OF_PROFILE = {
    "measure_kind": "profile->>'kind'",
    "measure_unit": "profile->>'unit'",
    "subject_entity": "profile->>'subject_entity'",
    "place_entity": "profile->>'place_entity'",
    "is_hypothetical": "(profile->>'is_hypothetical')::boolean",
    "is_magnitude": "(profile->>'is_magnitude')::boolean",
    "is_of_votes": "(profile->>'is_of_votes')::boolean",
    "thing_term": "nullif(profile->>'head', '')",
    "instead_id": "profile->>'instead_id'",
}


def update_measures(con: duckdb.DuckDBPyConnection) -> None:
    """Update entities, profiles, links and measures of the changed days, in the caller's transaction.

    Days on which the measure of a claim or the entity of a name changes are marked as changed too.
    """
    use_synonyms(dict(con.execute("select term, canonical from user_synonyms").fetchall()))
    update_entities(con, cut_days(con, _changed(con), ARTICLES_AT_ONCE))
    days = _changed(con)
    if not days:
        return
    start_unlinked(con)
    _forget(con)
    for part in cut_days(con, days, ARTICLES_AT_ONCE):
        keep_profiles(con, profiles_of_days(con, part))
    unlinked = note_unlinked(con)
    _unlink(con)
    fault("measures.before_links")
    for part in cut_days(con, unlinked, ARTICLES_AT_ONCE):
        _link(con, part)
    fault("measures.before_assign")
    _assign(con, days[0])


def _changed(con: duckdb.DuckDBPyConnection) -> list[date]:
    return [day for (day,) in con.execute("select distinct news_date from changed_days order by 1").fetchall()]


def _forget(con: duckdb.DuckDBPyConnection) -> None:
    """Delete the profiles, keys and links of the changed days."""
    changed = "(select news_date from changed_days)"
    for table in ("claim_profiles", "claim_keys"):
        con.execute(f"delete from {table} where news_date in {changed}")
    con.execute(f"delete from claim_links where news_date in {changed}")


def _unlink(con: duckdb.DuckDBPyConnection) -> None:
    """Delete the links of claims that have to be linked again."""
    con.execute(
        """
        delete from claim_links where claim_id in (
            select p.claim_id from claim_profiles as p inner join unlinked as u on p.claim = u.claim
        )
        """
    )


def _link(con: duckdb.DuckDBPyConnection, days: Sequence[date]) -> None:
    """Score the candidates of the claims that have to be linked, for some days, and keep the relevant links."""
    pairs = candidates(con, days)
    if not len(pairs):
        return
    con.register("wanted", pairs)
    rows = con.execute(
        "select claim, profile from claim_profiles"
        " where claim in (select a from wanted union select b from wanted) order by news_date, version_id, start, claim"
    ).fetchall()
    con.unregister("wanted")
    place = {claim: at for at, (claim, _) in enumerate(rows)}
    profiles = Profiles([from_json(text) for _, text in rows])
    later = np.array([place[claim] for claim in pairs["a"].to_pylist()], dtype=np.int64)
    earlier = np.array([place[claim] for claim in pairs["b"].to_pylist()], dtype=np.int64)
    order = np.lexsort((earlier, later))
    for at in range(0, len(order), PAIRS):
        _keep_links(con, profiles, later[order[at : at + PAIRS]], earlier[order[at : at + PAIRS]])


def _keep_links(con: duckdb.DuckDBPyConnection, profiles: Profiles, a: np.ndarray, b: np.ndarray) -> None:
    """Score pairs, given as row indices of later and earlier claims, and store the links with ``KEPT`` or more."""
    score = scores(profiles, a, b)
    kept = score >= KEPT
    a, b, score = a[kept], b[kept], score[kept]
    if not len(a):
        return
    later, earlier = [profiles.profiles[i] for i in a.tolist()], [profiles.profiles[i] for i in b.tolist()]
    columns = {
        "claim_id": [p.claim_id for p in later],
        "other_claim_id": [p.claim_id for p in earlier],
        "score": np.round(score, 3),
        "reasons": reasons(profiles, a, b),
        "news_date": [p.news_date for p in later],
        "other_news_date": [p.news_date for p in earlier],
    }
    con.from_arrow(pa.table(columns, schema=arrow_schema(tables()["claim_links"]))).insert_into("claim_links")


def _assign(con: duckdb.DuckDBPyConnection, first: date) -> None:
    """Replay the claims from the first changed day on, and write their measures."""
    rows = con.execute(
        f"""
        select claim, claim_id, version_id, news_date, profile->>'name', {", ".join(OF_PROFILE.values())}
        from claim_profiles where news_date >= ? order by news_date, version_id, start, claim
        """,
        [first],
    ).fetchall()
    numbers = {row[1]: row[0] for row in rows}
    before = _before(con, first, numbers)
    links: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for claim, other, score in con.execute(
        "select claim_id, other_claim_id, score from claim_links where news_date >= ?", [first]
    ).fetchall():
        links[numbers[claim]].append((numbers[other], score))
    found = replay([Claim(row[0], row[1], row[2], row[4]) for row in rows], links, before)
    _write(con, first, rows, found)


def _before(con: duckdb.DuckDBPyConnection, first: date, numbers: dict[str, int]) -> Measures:
    """Return the measures as of the day before, as far as claims of this day or later have links to them.

    Adds to ``numbers`` a number for each earlier claim that is linked to or is a member.
    """
    measures = Measures({}, {}, {})
    members = con.execute(
        f"""
        with linked as (
            select distinct m.measure_key
            from claim_links as l
            inner join claim_measures as m on l.other_claim_id = m.claim_id
            where l.news_date >= $first and l.other_news_date < $first and m.news_date < $first
        )
        select m.claim_id, m.version_id, m.measure_key, m.measure_name,
            row_number() over (
                partition by m.measure_key
                order by m.news_date desc, m.version_id desc, m.claim_start desc, m.claim_id desc
            ) <= {MEMBERS} as is_latest
        from claim_measures as m
        where m.news_date < $first and m.measure_key in (select measure_key from linked)
        order by m.news_date, m.version_id, m.claim_start, m.claim_id
        """,
        {"first": first},
    ).fetchall()
    for at, (claim, version, key, name, is_latest) in enumerate(members):
        number = -1 - at
        numbers[claim] = number
        measures.of[number] = key
        measures.names[key] = name
        if is_latest:
            measures.members.setdefault(key, []).append(Member(number, version))
    return measures


def _write(
    con: duckdb.DuckDBPyConnection,
    first: date,
    rows: Sequence[tuple[Any, ...]],
    found: dict[int, tuple[str, str]],
) -> None:
    """Write the claims' measures from a day on; mark the days on which an unchanged claim got another measure."""
    starts = dict(con.execute("select claim_id, start from claim_profiles where news_date >= ?", [first]).fetchall())
    columns = {
        "claim_id": [row[1] for row in rows],
        "version_id": [row[2] for row in rows],
        "claim_start": [starts[row[1]] for row in rows],
        "measure_key": [found[row[0]][0] for row in rows],
        "measure_name": [found[row[0]][1] for row in rows],
        **{name: [row[at] for row in rows] for at, name in enumerate(OF_PROFILE, start=5)},
        "news_date": [row[3] for row in rows],
    }
    con.register("replayed", pa.table(columns, schema=arrow_schema(tables()["claim_measures"])))
    con.execute(
        """
        insert into changed_days
        select distinct r.news_date
        from replayed as r
        left join claim_measures as m on r.claim_id = m.claim_id and m.news_date >= $first
        where r.measure_key is distinct from m.measure_key and r.news_date not in (select news_date from changed_days)
        """,
        {"first": first},
    )
    con.execute("delete from claim_measures where news_date >= ?", [first])
    con.execute("insert into claim_measures from replayed")
    con.unregister("replayed")
