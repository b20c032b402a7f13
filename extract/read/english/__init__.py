"""The reader of English: its grammars, word lists and weights.

Nothing English lies elsewhere in ``extract.read``. What others need of the language is in ``vocabulary``: base forms,
how common a word is, who is a person.
"""
