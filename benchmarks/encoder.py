"""A small BERT that scores the candidates of a number's slots by the words around it.

The number stands in square brackets among some 260 characters before its sentence, the sentence, and a little after
it. A candidate is seen as the first and last word piece of its characters, with how far it stands from the number
and of which kind it is; one head a slot scores it against the number's own first and last piece. The lower layers
stay as they came, so that what they say of an input is worked out once; word pieces are never learned.

Needs torch, tokenizers and safetensors, which are no part of the project, and a folder with ``model.safetensors`` and
``tokenizer.json`` of a BERT of 384 wide layers (MiniLM-L6: 22 million weights).
"""

from __future__ import annotations

import math
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional

from benchmarks.annotated import Example
from extract.read.english.slots.choose import SLOTS
from extract.read.english.slots.days import ROADS, DayCandidate
from extract.read.english.slots.scene import Phrase, Span
from extract.types import Attribution

WIDTH, HEADS, LAYERS, FROZEN = 384, 12, 6, 3
DIMENSION = 192  # of a slot's head
BACK, ON = 260, 60  # characters before and after the number's sentence
MOST_BACK, MOST_ON = 520, 260  # characters before and after the number
LONGEST, MOST_BEFORE, MOST_NUMBER = 200, 140, 20  # word pieces of an input, before the number, of the number
START, END, OPEN, CLOSE = 101, 102, 1031, 1033  # BERT's pieces [CLS], [SEP], "[" and "]"
NOT_SEEN: Span = (-1, -1)
DISTANCES = 24
KINDS = 16
DROPOUT = 0.1
BATCH = 8
LEARNING_RATE, HEAD_LEARNING_RATE, WARM_UP = 1.5e-4, 1e-3, 0.1


@dataclass(slots=True)
class Input:
    """The word pieces of one number's surroundings, and of each slot one row a candidate.

    A row holds the first and last piece of two spans (-1: none, or out of sight), the candidate's kind, and its
    distance. ``low`` is what the frozen layers make of the pieces.
    """

    pieces: list[int]
    number: Span
    rows: dict[str, np.ndarray]
    low: Any = None


def input_of(text: str, example: Example, tokenizer: Tokenizer) -> Input:
    """One number of a text as the encoder sees it."""
    number, tree = example.view.number, example.view.tree
    first = max(0, min(number.start, max(tree.start - BACK, number.start - MOST_BACK)))
    if first:
        first = text.find(" ", first, number.start) + 1 or first
    last = min(len(text), max(number.end, min(tree.end + ON, number.end + MOST_ON)))
    pieces, spans = [START], [NOT_SEEN]

    def add(start: int, end: int, keep: slice) -> None:
        found = tokenizer.encode(text[start:end], add_special_tokens=False)
        pieces.extend(found.ids[keep])
        spans.extend((start + a, start + b) for a, b in found.offsets[keep])

    def mark(piece: int) -> None:
        pieces.append(piece)
        spans.append(NOT_SEEN)

    add(first, number.start, slice(-MOST_BEFORE, None))
    opening = len(pieces)
    mark(OPEN)
    add(number.start, number.end, slice(MOST_NUMBER))
    closing = len(pieces)
    mark(CLOSE)
    add(number.end, last, slice(max(0, LONGEST - len(pieces) - 1)))
    mark(END)
    seen = Seen(spans)
    rows = {
        slot: np.array([row_of(c, seen, number.start) for c in example.scored[slot].candidates], dtype=np.int64)
        for slot in SLOTS
    }
    return Input(pieces, (opening, closing - 1), rows)


class Seen:
    """Where characters of the text stand among the word pieces."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._places = [k for k, span in enumerate(spans) if span != NOT_SEEN]
        self._starts = [spans[k][0] for k in self._places]
        self._ends = [spans[k][1] for k in self._places]

    def at(self, start: int | None, end: int | None) -> Span:
        """The first and last piece of some characters."""
        if start is None or end is None:
            return NOT_SEEN
        i, j = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        return (self._places[i], self._places[j]) if i <= j and start >= self._starts[0] else NOT_SEEN


def row_of(candidate: object, seen: Seen, number: int) -> tuple[int, ...]:
    """One candidate for the encoder; see ``Input``."""
    if isinstance(candidate, DayCandidate):
        road, told = ROADS.index(candidate.road), candidate.told
        at = seen.at(told.start, told.end) if told else NOT_SEEN
        is_seen = told is None or at != NOT_SEEN
        return (*at, *NOT_SEEN, 1 + road if is_seen else 1 + len(ROADS) + road, told.start - number if told else 0)
    if isinstance(candidate, Attribution):
        source = seen.at(candidate.source_start, candidate.source_end)
        cue = seen.at(candidate.cue_start, candidate.cue_end)
        kind = 1 + 2 * (cue == NOT_SEEN) + 4 * (source == NOT_SEEN)
        return (*source, *cue, kind, candidate.cue_start - number)
    if isinstance(candidate, Phrase):
        at = seen.at(candidate.start, candidate.end)
        return (*at, *NOT_SEEN, 1 if at != NOT_SEEN else 2, candidate.start - number)
    return (*NOT_SEEN, *NOT_SEEN, 0, 0)


class Layer(nn.Module):
    """One layer of BERT, with the weights that it came with."""

    def __init__(self, weights: dict[str, Any], number: int) -> None:
        super().__init__()
        self.qkv, self.output = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.attention_norm, self.output_norm = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        names = {
            self.output: "attention.output.dense",
            self.attention_norm: "attention.output.LayerNorm",
            self.up: "intermediate.dense",
            self.down: "output.dense",
            self.output_norm: "output.LayerNorm",
        }
        with torch.no_grad():
            for kind in ("weight", "bias"):
                for part, name in names.items():
                    getattr(part, kind).copy_(weights[f"encoder.layer.{number}.{name}.{kind}"])
                asked = [
                    weights[f"encoder.layer.{number}.attention.self.{x}.{kind}"] for x in ("query", "key", "value")
                ]
                getattr(self.qkv, kind).copy_(torch.cat(asked))

    def forward(self, x: Any, mask: Any) -> Any:
        """The next states of word pieces (batch, pieces, width)."""
        shape = (*x.shape[:2], 3, HEADS, WIDTH // HEADS)
        query, key, value = self.qkv(x).view(shape).permute(2, 0, 3, 1, 4)
        attended = (
            functional.scaled_dot_product_attention(query, key, value, attn_mask=mask).transpose(1, 2).reshape(x.shape)
        )
        x = self.attention_norm(x + functional.dropout(self.output(attended), DROPOUT, self.training))
        return self.output_norm(x + functional.dropout(self.down(functional.gelu(self.up(x))), DROPOUT, self.training))


class Head(nn.Module):
    """Scores the candidates of one slot."""

    def __init__(self) -> None:
        super().__init__()
        self.one = nn.Linear(2 * WIDTH, DIMENSION)
        self.other = nn.Linear(2 * WIDTH, DIMENSION, bias=False)
        self.number = nn.Linear(2 * WIDTH, DIMENSION, bias=False)
        self.kind, self.distance = nn.Embedding(KINDS, DIMENSION), nn.Embedding(DISTANCES, DIMENSION)
        self.middle, self.score = nn.Linear(DIMENSION, DIMENSION), nn.Linear(DIMENSION, 1, bias=False)
        for table in (self.kind, self.distance):
            nn.init.normal_(table.weight, std=0.02)

    def forward(self, one: Any, other: Any, number: Any, kind: Any, distance: Any) -> Any:
        """One score a candidate."""
        met = self.one(one) + self.other(other) + self.number(number) + self.kind(kind) + self.distance(distance)
        x = functional.dropout(functional.gelu(met), DROPOUT, self.training)
        return self.score(functional.gelu(self.middle(x)) + x).squeeze(-1)


class Encoder(nn.Module):
    """BERT's layers and a head a slot."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        weights = load_file(str(folder / "model.safetensors"))
        positions = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        self.word = nn.Embedding.from_pretrained(weights["embeddings.word_embeddings.weight"])
        self.position = nn.Embedding.from_pretrained(positions)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        with torch.no_grad():
            self.norm.weight.copy_(weights["embeddings.LayerNorm.weight"])
            self.norm.bias.copy_(weights["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList(Layer(weights, number) for number in range(LAYERS))
        for part in (self.norm, *self.layers[:FROZEN]):
            part.requires_grad_(False)
        self.unseen = nn.Parameter(torch.zeros(2, 2 * WIDTH))
        self.heads = nn.ModuleDict({slot: Head() for slot in SLOTS})

    @torch.no_grad()
    def low(self, pieces: Any) -> Any:
        """What the frozen layers make of word pieces."""
        x = self.norm(self.word(pieces) + self.position(torch.arange(pieces.shape[1])))
        for layer in self.layers[:FROZEN]:
            x = layer(x, _mask(pieces))
        return x

    def forward(self, batch: Sequence[Input]) -> dict[str, tuple[Any, Any]]:
        """Of each slot the log-probability of every candidate, and the place in the batch of its number."""
        pieces = _padded(batch)
        x = torch.stack(
            [functional.pad(one.low.float(), (0, 0, 0, pieces.shape[1] - len(one.pieces))) for one in batch]
        )
        x = functional.dropout(x, DROPOUT, self.training)
        for layer in self.layers[FROZEN:]:
            x = layer(x, _mask(pieces))
        ends = torch.tensor([one.number for one in batch])
        numbers = self._span(x, torch.arange(len(batch)), ends, 0)
        return {slot: self._scores(x, numbers, slot, batch) for slot in SLOTS}

    def _span(self, x: Any, at: Any, ends: Any, unseen: int) -> Any:
        seen = torch.cat([x[at, ends[:, 0].clamp(min=0)], x[at, ends[:, 1].clamp(min=0)]], -1)
        return torch.where((ends[:, 0] >= 0)[:, None], seen, self.unseen[unseen])

    def _scores(self, x: Any, numbers: Any, slot: str, batch: Sequence[Input]) -> tuple[Any, Any]:
        rows = torch.from_numpy(np.concatenate([one.rows[slot] for one in batch]))
        at = torch.repeat_interleave(torch.tensor([len(one.rows[slot]) for one in batch]))
        one, other = self._span(x, at, rows[:, :2], 0), self._span(x, at, rows[:, 2:4], 1)
        scores = self.heads[slot](one, other, numbers[at], rows[:, 4], _distances(rows[:, 5]))
        best = torch.full((len(batch),), -1e9).scatter_reduce(0, at, scores.detach(), "amax")
        total = torch.zeros(len(batch)).index_add(0, at, (scores - best[at]).exp())
        return scores - best[at] - total.log()[at], at


def _distances(characters: Any) -> Any:
    """The band of each distance: finer near the number, apart for before and after it."""
    bands = ((1 + characters.abs()).float().log2() * 1.1).long().clamp(max=DISTANCES // 2 - 1)
    return bands + DISTANCES // 2 * (characters >= 0)


def _padded(batch: Sequence[Input]) -> Any:
    longest = max(len(one.pieces) for one in batch)
    return torch.tensor([one.pieces + [0] * (longest - len(one.pieces)) for one in batch])


def _mask(pieces: Any) -> Any:
    return (pieces != 0)[:, None, None, :]


def run_frozen(inputs: Sequence[Input], model: Encoder) -> None:
    """Work out ``low`` of every input."""
    model.eval()
    for batch in _batches(inputs, range(len(inputs)), 32):
        states = model.low(_padded([inputs[k] for k in batch])).half()
        for k, state in zip(batch, states, strict=True):
            inputs[k].low = state[: len(inputs[k].pieces)].clone()


def train(
    model: Encoder, inputs: Sequence[Input], right: Sequence[dict[str, list[bool]]], epochs: int, seed: int
) -> None:
    """Make the right candidates of each number likelier; numbers whose slot has none teach that slot nothing."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    upper = [p for p in model.layers.parameters() if p.requires_grad]
    heads = [model.unseen, *model.heads.parameters()]
    groups = [{"params": upper, "lr": LEARNING_RATE}, {"params": heads, "lr": HEAD_LEARNING_RATE}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = math.ceil(len(inputs) / BATCH) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: _share(step, steps))
    model.train()
    for batch in _drawn(inputs, epochs, draw):
        optimiser.zero_grad()
        _loss(model([inputs[k] for k in batch]), [right[k] for k in batch]).backward()
        nn.utils.clip_grad_norm_([*upper, *heads], 1.0)
        optimiser.step()
        schedule.step()


def _share(step: int, steps: int) -> float:
    """The learning rate's course: up for the first tenth, then down to nothing."""
    return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.0, 1 - step / steps)


def _drawn(inputs: Sequence[Input], epochs: int, draw: random.Random) -> Iterator[list[int]]:
    """Batches in random order, each of inputs of like length."""
    for _ in range(epochs):
        order = draw.sample(range(len(inputs)), len(inputs))
        pools = [order[i : i + 16 * BATCH] for i in range(0, len(order), 16 * BATCH)]
        batches = [batch for pool in pools for batch in _batches(inputs, pool, BATCH)]
        draw.shuffle(batches)
        yield from batches


def _batches(inputs: Sequence[Input], some: Sequence[int], size: int) -> list[list[int]]:
    """Batches of inputs of like length."""
    order = sorted(some, key=lambda k: len(inputs[k].pieces))
    return [order[i : i + size] for i in range(0, len(order), size)]


def _loss(found: dict[str, tuple[Any, Any]], right: Sequence[dict[str, list[bool]]]) -> Any:
    total = torch.zeros(())
    for slot, (chances, at) in found.items():
        good = torch.tensor([value for one in right for value in one[slot]])
        mass = torch.zeros(len(right)).index_add(0, at, chances.exp() * good)
        taught = torch.tensor([any(one[slot]) for one in right])
        total = total - (mass.clamp(min=1e-6).log() * taught).sum() / len(right)
    return total


@torch.no_grad()
def log_probabilities(model: Encoder, inputs: Sequence[Input]) -> list[dict[str, np.ndarray]]:
    """The log-probability of every candidate of every slot."""
    model.eval()
    result: list[dict[str, np.ndarray]] = [{} for _ in inputs]
    for batch in _batches(inputs, range(len(inputs)), 32):
        for slot, (scores, _) in model([inputs[k] for k in batch]).items():
            cuts = np.cumsum([len(inputs[k].rows[slot]) for k in batch])[:-1]
            for k, part in zip(batch, np.split(scores.numpy(), cuts), strict=True):
                result[k][slot] = part
    return result
