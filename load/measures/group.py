"""Groups of claims that are of one measure, so made that one doubtful link does not chain two figures."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np

from load.measures.score import Floats, Ints

# Two groups become one while their members' mean score is at least this.
MEAN = 0.0


def components(count: int, a: Ints, b: Ints) -> list[list[int]]:
    """Return the connected sets of claims that have a link, each in order."""
    parent = list(range(count))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for x, y in zip(a.tolist(), b.tolist(), strict=True):
        parent[root(x)] = root(y)
    sets: dict[int, list[int]] = defaultdict(list)
    for node in sorted(set(a.tolist()) | set(b.tolist())):
        sets[root(node)].append(node)
    return list(sets.values())


def cut(members: Sequence[int], score: Callable[[Ints, Ints], Floats], mean: float = MEAN) -> list[list[int]]:
    """Cut a connected set into groups by average linkage: of two groups every pair counts, also those far apart."""
    n = len(members)
    rows = np.array(members, dtype=np.int64)
    upper = np.triu_indices(n, 1)
    table = np.zeros((n, n))
    table[upper] = score(rows[upper[0]], rows[upper[1]])
    table += table.T
    groups = {i: [i] for i in range(n)}
    sums = {i: {j: table[i, j] for j in range(n) if j != i} for i in range(n)}
    heap = [(-table[i, j], i, j) for i in range(n) for j in range(i + 1, n) if table[i, j] >= mean]
    heapq.heapify(heap)
    while heap:
        negative, i, j = heapq.heappop(heap)
        if i not in groups or j not in groups:
            continue
        if abs(sums[i][j] / (len(groups[i]) * len(groups[j])) + negative) > 1e-12:
            continue
        groups[i] += groups.pop(j)
        gone = sums.pop(j)
        for k in groups:
            if k != i:
                total = sums[i][k] + gone[k]
                sums[i][k] = sums[k][i] = total
                value = total / (len(groups[i]) * len(groups[k]))
                if value >= mean:
                    heapq.heappush(heap, (-value, min(i, k), max(i, k)))
        for k in groups:
            sums[k].pop(j, None)
    return [[members[i] for i in sorted(group)] for group in groups.values()]
