"""The reader of English: its grammars, word lists and weights.

Everything specific to English in ``extract.read`` is here. ``vocabulary`` has what other packages need of the language:
base forms, word frequencies, who is a person.
"""
