"""Numbers that say when, number the members of a row, name a thing or introduce an example, each beside a quantity."""

from __future__ import annotations

Cases = list[tuple[str, list[str]]]

MOMENTS: Cases = [
    ("Six minutes later the keeper left the pitch.", []),
    ("Ten hours earlier the pump had stopped.", []),
    ("They moved in 48 hours ago.", []),
    ("She had sold the boat two years prior.", []),
    ("Three weeks into the siege, bread ran out.", []),
    ("Just two hours before the vote, he withdrew.", []),
    ("Nine seconds after lift-off the engine failed.", []),
    ("Four years on, the bridge is still shut.", []),
    ("Six days on: what the flood did", []),
    ("“Half an hour after the alarm we were out,” she said.", []),
    ("The ferry left two hours later than planned.", ["two hours = 2 hour"]),
    ("He waited six minutes.", ["six minutes = 6 minute"]),
    ("Two years of war have emptied the town.", ["Two years = 2 year"]),
    ("Four hours on foot is too far.", ["Four hours = 4 hour"]),
    ("Ten days after-care costs $40.", ["$40 = 40 US_dollar"]),
]

EXAMPLES: Cases = [
    ("One reader asks whether bees sleep.", []),
    ("One benefit of the loan is its rate.", []),
    ("One possible explanation is dust.", []),
    ("“One guy came in and shouted,” she said.", []),
    ("One group of divers found 20 jars.", ["20 = 20"]),
    ("One recent afternoon the women met.", []),
    ("One miner died.", ["One = 1"]),
    ("One person was arrested at the gate.", ["One = 1"]),
    ("One barn burned and two lost their roofs.", ["One = 1", "two = 2"]),
    ("One death each was reported from both towns.", ["One = 1"]),
    ("The raid destroyed one depot.", ["one = 1"]),
    ("One hour is enough.", ["One hour = 1 hour"]),
]

NO_ZERO: Cases = [
    ("There should be zero shame in it.", []),
    ("He has zero knowledge of the law.", []),
    ("It takes up virtually zero space.", []),
    ("It was a year of zero growth.", ["zero = 0"]),
    ("They reported zero cases.", ["zero = 0"]),
    ("Stocks fell to zero.", ["zero = 0 to down"]),
]

STARS: Cases = [
    ("They slept in a five-star hotel.", ["five = 5"]),
    ("The charity has a 4-star rating.", []),
    ("Comfort: 4.5 stars.", []),
    ("The group measured 31 stars.", ["31 = 31"]),
    ("It holds about 1,200 stars.", ["about 1,200 = 1200 about"]),
]

LETTERED: Cases = [
    ("It lifted off from Pad 39A on Monday.", []),
    ("She turned onto 2000N and hit a deer.", []),
    ("He lives at 218 Withers St Apt. 1A, Brooklyn.", []),
    ("The plug has a 13A fuse.", ["13A = 13 ampere"]),
    ("Each circuit takes 20A.", ["20A = 20 ampere"]),
]

MEMBERS_OF_ROWS: Cases = [
    ("Chapter two tells of the flood.", []),
    ("Week five: cold and wet", []),
    ("Monday, day five of the cup, was dry.", []),
    ("On days four and five of the fair it rained.", []),
    ("A man in row nine kicked out the window.", []),
    ("The hearing is in courtroom 5.", []),
    ("The gene lies on chromosome 9.", []),
    ("Shells fell near posts 542 and 543.", []),
    ("Top 10 universities in Norland", []),
    ("It was fixed in the recent 1.8 release.", []),
    ("They use Python 2.4 and 2.5.", []),
    ("The price rose to 2.4 and 2.5.", ["2.4 = 2.4 to up", "2.5 = 2.5 to up"]),
    ("Last week three died.", ["three = 3"]),
    ("The next day two ships sailed.", ["two = 2"]),
    ("In the top 10 cities rents fell.", ["10 = 10"]),
]

YEARS_BEFORE_NOUNS: Cases = [
    ("As 2025 draws to a close, prices rise.", []),
    ("Few 2017 movies were as tender.", []),
    ("A study published in May 2025 reports a fall.", []),
    ("The cell should last until at least 2035.", []),
    ("They counted 1990 rebels.", ["1990 = 1990"]),
]

SCORES_WITH_SPACES: Cases = [
    ("Sweden beat Korea 1 – 0; Belgium beat Panama 3 – 0.", []),
    ("The goal put Sweden 1 – 0 up.", []),
]

NAMES_ELSEWHERE: Cases = [
    ("The new HP 715 is fast. The owners love the 715.", []),
    ("The Acer Corvo 514 is cheap. On the 514, the keyboard is lit.", []),
    ("They released Factorio 0.17. We can call 0.17 good enough.", []),
    ("It is in the 0.17 release. We can call 0.17 good enough.", []),
    ("The Boeing 747 landed. It took 747 passengers.", ["747 = 747"]),
    ("The FTSE 100 fell. A team of 100 won.", ["100 = 100"]),
    ("The rate is 2.5. It was 2.5 in May.", ["2.5 = 2.5", "2.5 = 2.5"]),
]

PARTIES_AND_SHAPES: Cases = [
    ("The two sides will meet.", []),
    ("An accord between the two governments was near.", []),
    ("Two sides of the house fell.", ["Two = 2"]),
    ("The two ships sank.", ["two = 2"]),
    ("The site offers two-factor authentication.", []),
    ("It makes electric three-wheelers.", []),
    ("The six-member crew slept.", ["six = 6"]),
    ("She keeps all papers in one place.", []),
]

IDS_AND_PLACES: Cases = [
    ("Why do we send it twice (see 27918516)?", ["twice = 2"]),
    ("The burst is known as 121102.", []),
    ("The house cost 450000.", ["450000 = 450000"]),
    ("They sold 123456 tickets.", ["123456 = 123456"]),
    ("Its count was highest at 2483805.", ["2483805 = 2483805"]),
    ("Which nine governments signed is secret.", ["nine = 9"]),
    ("The camp lies at 33.783; 44.500.", []),
    ("For the rest of 496 and 495 BC there was peace.", []),
]

KINDS: dict[str, Cases] = {
    "moments": MOMENTS,
    "examples": EXAMPLES,
    "no zero": NO_ZERO,
    "stars": STARS,
    "lettered": LETTERED,
    "members of rows": MEMBERS_OF_ROWS,
    "years before nouns": YEARS_BEFORE_NOUNS,
    "scores with spaces": SCORES_WITH_SPACES,
    "names elsewhere": NAMES_ELSEWHERE,
    "parties and shapes": PARTIES_AND_SHAPES,
    "ids and places": IDS_AND_PLACES,
}
