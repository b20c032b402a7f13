"""English vocabulary: frequency ranks, lemmas, antonyms, person nouns and word vectors."""
