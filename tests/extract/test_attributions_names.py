"""Whom an attribution names: what pronouns, short names, descriptions and open quotations stand for."""

from __future__ import annotations

from attribution_helpers import plain_words, read


def test_a_pronoun_stands_for_the_last_fitting_name() -> None:
    rows = read("Idris Vale said the port was shut. Nora Lind said it was open. He said it again, and she laughed.")
    he = next(row for row in rows if row.source_text == "He")
    assert he.source_name == "Idris Vale"


def test_a_short_name_is_resolved_to_its_fullest_form() -> None:
    text = "Idris Vale, the mayor, said the port was shut.\n\nVale said it would open on Monday."
    row = read(text)[1]
    assert (row.source_text, row.source_name) == ("Vale", "Idris Vale")
    assert text[row.resolved_start : row.resolved_end] == "Idris Vale"


def test_a_pronoun_without_antecedent_stays_unresolved() -> None:
    row = read("He said the port was shut.")[0]
    assert (row.source_name, row.resolved_start, row.resolved_end) == (None, None, None)


def test_a_description_is_of_the_kind_of_the_one_who_was_called_so() -> None:
    rows = read("An officer of the general staff said the line had moved. It moved by 3 km, the officer said.")
    assert [row.source_kind for row in rows] == ["anonymous", "anonymous"]


def test_a_description_without_a_name_before_it_is_of_somebody_unknown() -> None:
    (row,) = read("It was dark, the driver said.")
    assert (row.source_kind, row.is_anonymous) == ("anonymous", True)


def test_a_description_after_a_name_is_of_a_person() -> None:
    rows = read("Nora Lind, who sings, said the hall was cold. It was dark, the singer said.")
    assert (rows[-1].source_kind, rows[-1].is_anonymous) == ("person", False)


def test_they_of_unnamed_people_are_anonymous() -> None:
    rows = read("Two diplomats said the talks had failed. They said a new round was unlikely.")
    assert [row.is_anonymous for row in rows] == [True, True]


def test_a_name_after_one_of_them_is_the_name_that_he_stands_for() -> None:
    rows = read('One of them, Dennis Pool, 67, said he had been promised it. "They lied," he said.')
    assert (rows[0].source_kind, rows[1].source_name) == ("person", "Dennis Pool")


def test_he_of_an_unnamed_source_is_of_its_kind_and_has_no_name() -> None:
    rows = read('A military source said the line had moved.\n\n"It moved by 3 km," he said.')
    assert (rows[1].source_kind, rows[1].source_name) == ("anonymous", None)


def test_a_quotation_that_goes_on_is_carried_to_its_speaker() -> None:
    text = '"We lost 3 boats," said Idris Vale. "Two more are missing. It was hell."\n\nThe port is shut.'
    rows = read(text)
    assert [(row.source_text, row.is_carried) for row in rows] == [
        ("Idris Vale", False),
        ("Idris Vale", True),
        ("Idris Vale", True),
    ]
    assert plain_words(text, rows[1]) == "Two more are missing"


def test_a_speech_over_paragraphs_is_carried_by_its_open_quotation_mark() -> None:
    text = "“We lost 3 boats,” said Idris Vale. “Two more are missing.\n\n“It was hell.”"
    assert [row.is_carried for row in read(text)] == [False, True, True]


def test_another_paragraphs_quotation_is_not_carried() -> None:
    text = '"We lost 3 boats," said Idris Vale.\n\n"Two more are missing."'
    assert len(read(text)) == 1
