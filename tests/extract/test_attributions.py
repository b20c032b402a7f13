"""Attributions on sentences of our own, by class of construction."""

from __future__ import annotations

import pytest
from attribution_helpers import first_with, plain_words, read

DIRECT = [
    ('"The bridge is safe," said the engineer.', "the engineer", "say", "The bridge is safe"),
    ('"The bridge is safe," the engineer said.', "the engineer", "say", "The bridge is safe"),
    ("“We counted 14 boats,” Idris Vale said on Monday.", "Idris Vale", "say", "We counted 14 boats"),
    ('Idris Vale said: "We counted 14 boats."', "Idris Vale", "say", "We counted 14 boats"),
    ('"Nobody was hurt," she told reporters in Lund.', "she", "tell", "Nobody was hurt"),
    ('"Is it over?" she asked.', "she", "ask", "Is it over"),
    ('"Never again!" he shouted.', "he", "shout", "Never again"),
    ('"Absolutely," he said.', "he", "say", "Absolutely"),
    (
        '"Rates will rise," wrote Nora Lind, the bank\'s chief economist.',
        "Nora Lind, the bank's chief economist",
        "write",
        "Rates will rise",
    ),
    ('The minister added: "There is no plan to close it."', "The minister", "add", "There is no plan to close it"),
    ("''We are ready,'' the captain said.", "the captain", "say", "We are ready"),
    (
        '"Costs doubled," explained Pavel Adler, who runs the yard.',
        "Pavel Adler, who runs the yard",
        "explain",
        "Costs doubled",
    ),
]
INDIRECT = [
    ("The mayor said the flood had destroyed 40 homes.", "The mayor", "say", "the flood had destroyed 40 homes"),
    ("Police say three men were arrested.", "Police", "say", "three men were arrested"),
    ("She says that the fund is empty.", "She", "say", "that the fund is empty"),
    ("The company announced that it would cut 1,200 jobs.", "The company", "announce", "that it would cut 1,200 jobs"),
    ("The doctors told the family that he would recover.", "The doctors", "tell", "that he would recover"),
    ("The union claims that wages fell by 3%.", "The union", "claim", "that wages fell by 3%"),
    ("Analysts expect the bank to raise rates.", "Analysts", "expect", "the bank to raise rates"),
    ("The ministry estimates that 300 people fled.", "The ministry", "estimate", "that 300 people fled"),
    ("Kyiv believes that the attack was planned.", "Kyiv", "believe", "that the attack was planned"),
    ("Officials warned that the dam could break.", "Officials", "warn", "that the dam could break"),
    ("The governor insisted the road was safe.", "The governor", "insist", "the road was safe"),
    ("A spokeswoman confirmed that two planes had landed.", "A spokeswoman", "confirm", "that two planes had landed"),
    ("The report concluded that the valve had failed.", "The report", "conclude", "that the valve had failed"),
    (
        "The study found that one in five children was hungry.",
        "The study",
        "find",
        "that one in five children was hungry",
    ),
    ("Data from the port show that traffic fell by half.", "Data from the port", "show", "that traffic fell by half"),
    ("Delays cost a fortune, the chamber estimates.", "the chamber", "estimate", "Delays cost a fortune"),
    ("Half the mills have closed, a tally shows.", "a tally", "show", "Half the mills have closed"),
    ("Residents fear that the river will rise again.", "Residents", "fear", "that the river will rise again"),
    ("He acknowledged that mistakes had been made.", "He", "acknowledge", "that mistakes had been made"),
    ("The witness testified that she saw two cars.", "The witness", "testify", "that she saw two cars"),
    ("The court ruled that the law was void.", "The court", "rule", "that the law was void"),
    ("The agency predicted that prices would double.", "The agency", "predict", "that prices would double"),
    ("Vale asked whether the money was gone.", "Vale", "ask", "whether the money was gone"),
    ("The economist doubts that growth will return.", "The economist", "doubt", "that growth will return"),
    ("The king said nobody would be forgotten.", "The king", "say", "nobody would be forgotten"),
]
AROUND = [
    ("The dam, the engineer said, would hold.", "the engineer", "say", "The dam would hold"),
    ("Forty homes were destroyed, the mayor said.", "the mayor", "say", "Forty homes were destroyed"),
    ("Forty homes were destroyed, the mayor said on Friday.", "the mayor", "say", "Forty homes were destroyed"),
    ("Forty homes were destroyed, said the mayor.", "the mayor", "say", "Forty homes were destroyed"),
    ('"The dam," the engineer said, "will hold."', "the engineer", "say", "The dam will hold"),
    (
        'The engineer said the dam was "safe as houses" and would hold.',
        "The engineer",
        "say",
        "the dam was safe as houses and would hold",
    ),
    ("Three men, police said, had been arrested.", "police", "say", "Three men had been arrested"),
    ("Forty people were killed, police said.", "police", "say", "Forty people were killed"),
]
ACCORDING = [
    ("According to the ministry, 300 people fled.", "the ministry", "according to", "300 people fled"),
    (
        "Prices rose by 4%, according to the statistics office.",
        "the statistics office",
        "according to",
        "Prices rose by 4%",
    ),
    (
        "According to Nora Lind, the chief economist, prices rose.",
        "Nora Lind, the chief economist",
        "according to",
        "prices rose",
    ),
    ("Prices, according to the bank, will fall next year.", "the bank", "according to", "Prices will fall next year"),
    (
        "About 40 ships were lost, according to figures released by the port.",
        "figures released by the port",
        "according to",
        "About 40 ships were lost",
    ),
]
WILL = [
    ("The government wants to raise the limit to 690,000.", "The government", "want", "to raise the limit to 690,000"),
    ("The company plans to build three plants.", "The company", "plan", "to build three plants"),
    ("The president promised to visit the town.", "The president", "promise", "to visit the town"),
    ("The union hopes to meet the minister.", "The union", "hope", "to meet the minister"),
    ("The court ordered the firm to pay 3 million dollars.", "The court", "order", "the firm to pay 3 million dollars"),
    ("The mayor urged residents to leave.", "The mayor", "urge", "residents to leave"),
    ("The senator vowed to fight the bill.", "The senator", "vow", "to fight the bill"),
]
JUDGEMENT = [
    ("The senator criticised the plan.", "The senator", "criticise", "the plan"),
    ("Vale accused the company of hiding the figures.", "Vale", "accuse", "the company of hiding the figures"),
    ("The bishop praised the volunteers.", "The bishop", "praise", "the volunteers"),
    ("The general called for a truce.", "The general", "call", "a truce"),
    ("The opposition described the budget as a disaster.", "The opposition", "describe", "the budget as a disaster"),
]
NOMINAL = [
    ("Officials' claim that 300 people died was wrong.", "Officials", "claim", "that 300 people died"),
    ("The ministry's estimate that 300 people died was wrong.", "The ministry", "estimate", "that 300 people died"),
    ("Vale's promise to rebuild the school was kept.", "Vale", "promise", "to rebuild the school"),
    ("The mayor is confident that the dam will hold.", "The mayor", "confident", "that the dam will hold"),
]
PASSIVE = [
    ("The river is believed to have risen by 3 metres.", None, "believe", "The river to have risen by 3 metres"),
    ("It was reported that 12 men had died.", None, "report", "that 12 men had died"),
    ("The firm was accused by the regulator of hiding losses.", "the regulator", "accuse", "The firm of hiding losses"),
    ("The plan was criticised by teachers.", "teachers", "criticise", "The plan"),
]
CASES = DIRECT + INDIRECT + AROUND + ACCORDING + WILL + JUDGEMENT + NOMINAL + PASSIVE

KINDS = [
    ("Idris Vale said it was over.", "person", False),
    ("Mr Vale said it was over.", "person", False),
    ("Maria Kovac, the deputy mayor, said it was over.", "person", False),
    ("The deputy mayor, Maria Kovac, said it was over.", "person", False),
    ("The deputy mayor said it was over.", "official", False),
    ("A police spokesman said it was over.", "official", False),
    ("The defence ministry said it was over.", "organisation", False),
    ("Police said it was over.", "organisation", False),
    ("The company said it was over.", "organisation", False),
    ("A report by the bank said it was over.", "document", False),
    ("The statement said it was over.", "document", False),
    ("Figures from the port show it is over.", "document", False),
    ("A senior military source said it was over.", "anonymous", True),
    ("People familiar with the matter said it was over.", "anonymous", True),
    ("An official who asked not to be named said it was over.", "anonymous", True),
    ("The officer, who was not authorised to speak publicly, said it was over.", "anonymous", True),
    ("Two clerks, who did not want to be named, said it was over.", "anonymous", True),
    ("A banker who worked on the sale said it was over.", "anonymous", True),
    ("Three people present said it was over.", "anonymous", True),
    ("A person familiar with the matter said it was over.", "anonymous", True),
    ("Two Western diplomats said it was over.", "anonymous", True),
    ("One of his aides said it was over.", "anonymous", True),
    ("An officer of the general staff said it was over.", "anonymous", True),
    ("A 41-year-old said it was over.", "anonymous", True),
    ("Another said it was over.", "anonymous", True),
    ("A police spokesman said it was over.", "official", False),
    ("A lawyer for the family said it was over.", "official", False),
    ("His lawyers said it was over.", "official", False),
    ("A judge said it was over.", "official", False),
    ("An inspector general said it was over.", "official", False),
    ("A general said it was over.", "anonymous", True),
    ("It was over, according to a whistleblower complaint.", "document", False),
    ("It was over, according to documents that a whistleblower leaked.", "anonymous", True),
    ("A whistleblower said it was over.", "anonymous", True),
    ("Health officials said it was over.", "official", False),
    ("Senior officials said it was over.", "collective", True),
    ("Diplomats said it was over.", "collective", True),
    ("Three of the 14 economists said it was over.", "collective", True),
    ("More than 60% of the farmers said it was over.", "collective", True),
    ("Hydrologists said it was over.", "collective", True),
    ("Others said it was over.", "collective", True),
    ("No one said it was over.", "collective", True),
    ("Every engineer said it was over.", "collective", True),
    ("A lot of people said it was over.", "collective", True),
    ("About 6,000 people said it was over.", "collective", True),
    ("The Prime Minister said it was over.", "official", False),
    ("One of the messages said it was over.", "document", False),
    ("Court papers obtained by the firm said it was over.", "document", False),
    ("The carmaker Ballen Hart said it was over.", "organisation", False),
    ("A farmer named Abel said it was over.", "person", False),
    ("A sculptor, Nora Lind, said it was over.", "person", False),
    ("Her brother said it was over.", "person", False),
    ("The weather said it was over.", None, None),
    ("According to Helvion, it was over by noon on Friday.", "organisation", False),
    ("It was over by noon, according to a report into the fire published on Friday.", "document", False),
    ("Insurers said it was over.", "collective", True),
    ("The land registry said it was over.", "organisation", False),
    ("Residents said it was over.", "collective", True),
    ("Analysts said it was over.", "collective", True),
    ("The newspaper said it was over.", "publisher", False),
    ("Our reporter said it was over.", "publisher", False),
    ("The Daily Post said it was over.", "publisher", False),
]

POLARITY = [
    ("The company denied that the door was faulty.", "denied"),
    ("The company has not disclosed how many workers were ill.", "withheld"),
    ("The company did not say how many workers were ill.", "withheld"),
    ("The company declined to say how many workers were ill.", "withheld"),
    ("The minister refused to comment on the figure.", "withheld"),
    ("The minister would not say what it cost.", "withheld"),
    ("The company said that 12 workers were ill.", "affirmed"),
]

NOTHING_SAID = [
    "The bridge was built in 1932.",
    "The state of the road is poor.",
    "Snow fell on the hills all night.",
    "The support of the roof was weak.",
    "",
    "\n\n",
    '"',
]


@pytest.mark.parametrize(("text", "source", "lemma", "content"), CASES)
def test_reads_source_cue_and_content(text: str, source: str | None, lemma: str, content: str) -> None:
    row = first_with(read(text), lemma)
    assert row.source_text == source
    assert plain_words(text, row) == content.replace(",", "")


@pytest.mark.parametrize(("text", "kind", "anonymous"), KINDS)
def test_tells_the_kind_of_source(text: str, kind: str | None, anonymous: bool | None) -> None:
    row = read(text)[0]
    assert (row.source_kind, row.is_anonymous) == (kind, anonymous)


@pytest.mark.parametrize(("text", "polarity"), POLARITY)
def test_tells_claims_from_denials_and_silence(text: str, polarity: str) -> None:
    assert read(text)[0].polarity == polarity


@pytest.mark.parametrize("text", NOTHING_SAID)
def test_finds_nothing_where_nobody_says_anything(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("The firm is believed to owe 3 million euros.", "is believed to"),
        ("The firm was said to owe 3 million euros.", "was said to"),
        ("The ministry reportedly wants to sell the line.", "reportedly"),
    ],
)
def test_keeps_the_hedge_as_written(text: str, hedge: str) -> None:
    assert read(text)[0].hedge == hedge


def test_an_adverb_alone_hedges_without_a_source() -> None:
    row = read("The firm allegedly owes 3 million euros.")[0]
    assert (row.source_text, row.cue, row.hedge) == (None, "allegedly", "allegedly")


def test_the_worked_example_of_the_design_is_exact() -> None:
    text = (
        "A senior military source in Ukraine said that Russia had moved about 59,000 troops into the Kursk region, and "
        "that the ground Kyiv holds there had shrunk from 1,376 square kilometres at first to some 800."
    )
    (row,) = read(text)
    assert (row.source_text, row.source_kind, row.is_anonymous) == (
        "A senior military source in Ukraine",
        "anonymous",
        True,
    )
    assert (row.cue, row.cue_lemma, row.polarity, row.hedge) == ("said", "say", "affirmed", None)
    assert [text[start:end] for start, end in row.content_spans] == [text[text.index("that Russia") : -1]]


SHAPES = [
    ('"Roads matter," Kelly said.', "Kelly", "said", ['"Roads matter,"']),
    ("The family said it was over.", "The family", "said", ["it was over"]),
    (
        "Secretary of State Nora Lind said the ships held by the navy were close to the port.",
        "Secretary of State Nora Lind",
        "said",
        ["the ships held by the navy were close to the port"],
    ),
    (
        "Hale issued a statement saying that the bridge was safe.",
        "Hale",
        "saying",
        ["that the bridge was safe"],
    ),
    ('Nora Lind held up a sign saying "Go home tonight."', "a sign", "saying", ['"Go home tonight."']),
    ("Ministers have not said when they would pay.", "Ministers", "have not said", ["when they would pay"]),
    ('Asked about the fire, Hale said, "Not now."', "Hale", "said", ['"Not now."']),
    ('He called the plan "a mess".', "He", "called", ['the plan "a mess"']),
    (
        "Some firms have called for the states to build more roads.",
        "Some firms",
        "have called for",
        ["the states to build more roads"],
    ),
    ("“It is cold,“ said Nora Lind.", "Nora Lind", "said", ["“It is cold,“"]),
    ('“It is cold," said Nora Lind.', "Nora Lind", "said", ['“It is cold,"']),
    ('“He said "never" to me,” said Nora Lind.', "Nora Lind", "said", ['“He said "never" to me,”']),
    ("Engineers estimate at least 90 roofs are gone.", "Engineers", "estimate", ["at least 90 roofs are gone"]),
    ('"As her partner, we were shocked," the note read.', "the note", "read", ['"As her partner, we were shocked,"']),
    ('On Tuesday Nora Lind called the talks "dead".', "Nora Lind", "called", ['the talks "dead"']),
]


@pytest.mark.parametrize(("text", "source", "cue", "content"), SHAPES)
def test_reads_who_says_what(text: str, source: str, cue: str, content: list[str]) -> None:
    (row,) = read(text)
    assert (row.source_text, row.cue) == (source, cue)
    assert [text[start:end] for start, end in row.content_spans] == content


def test_a_quotation_after_what_somebody_said_without_one_is_theirs() -> None:
    rows = read("Nora Lind said the bridge was unsafe. “Nobody listened to us.” The bridge is shut.")
    assert [(row.source_text, row.is_carried) for row in rows] == [("Nora Lind", False), ("Nora Lind", True)]


@pytest.mark.parametrize(
    "text",
    [
        "The cold weather supports the wheat.",
        "It went according to plan, as ever.",
        "It’s noteworthy that five of them left.",
        "The firm took a share of the shop, a deal announced on Monday.",
    ],
)
def test_things_and_plans_say_nothing(text: str) -> None:
    assert read(text) == []


def test_let_us_say_is_nobody_saying_anything() -> None:
    assert read("Let's say it costs 40 dollars.") == []


def test_nested_attributions_know_their_parent() -> None:
    rows = read("Smith said that Jones had told him 12 people were missing.")
    outer, inner = first_with(rows, "say"), first_with(rows, "tell")
    assert inner.parent_attribution_id == outer.attribution_id
    assert outer.parent_attribution_id is None


def test_sentences_of_one_quotation_belong_to_one_content() -> None:
    text = '"We lost 3 boats. Two more are missing," said Idris Vale.'
    (row,) = read(text)
    assert plain_words(text, row) == "We lost 3 boats. Two more are missing"


def test_a_verb_inside_a_quotation_is_no_cue() -> None:
    assert [row.cue_lemma for row in read('"I think they said it was over," Vale said.')] == ["say"]
