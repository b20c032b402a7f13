"""Sentences of our own by kind of measure, money and heading, with the numbers that they report."""

from __future__ import annotations

Cases = list[tuple[str, list[str]]]

MONEY_OF_ALL_LANDS: Cases = [
    ("A carpet cost 50 Emirati dirhams.", ["50 Emirati dirhams = 50 UAE_dirham"]),
    ("The stamp was 300 Kuwaiti fils.", ["300 Kuwaiti fils = 0.3 Kuwaiti_dinar"]),
    ("Tea is 20 tetri.", ["20 tetri = 0.2 Georgian_lari"]),
    ("They owe 15 new shekels.", ["15 new shekels = 15 Israeli_shekel"]),
    ("The flat cost 10 000 Kč.", ["10 000 Kč = 10000 Czech_koruna"]),
    ("SFr 45 million was paid.", ["SFr 45 million = 4.5e7 Swiss_franc"]),
    ("Dh500 was stolen.", ["Dh500 = 500 UAE_dirham"]),
    ("A bridge for Tk 300 crore is rising.", ["Tk 300 crore = 3e9 Bangladeshi_taka"]),
    ("He paid $40 Australian for it.", ["$40 Australian = 40 Australian_dollar"]),
    ("He drank a $40 Australian wine.", ["$40 = 40 US_dollar"]),
    ("The loonie bought 74.27 U.S. cents.", ["74.27 U.S. cents = 0.7427 US_dollar"]),
    ("The fee was PS2.7m.", ["PS2.7m = 2.7e6 pound_sterling"]),
    ("Taxis take 30 Taiwanese dollars.", ["30 Taiwanese dollars = 30 New_Taiwan_dollar"]),
    ("It sold for 3,000 guineas.", ["3,000 guineas = 3000 guinea"]),
]

MEASURES: Cases = [
    ("She weighs 11st 4lb.", ["11st 4lb = 158 pound"]),
    ("Repairs last from six months to two years.", ["from six months to two years = 0.5..2 year between"]),
    ("It takes 45 minutes to two hours.", ["45 minutes to two hours = 0.75..2 hour between"]),
    ("Applicants must be 20 years or older.", ["20 years or older = 20 year_of_age at_least limit"]),
    ("The plant yields 1,650 MWe.", ["1,650 MWe = 1650 megawatt"]),
    ("It stores 16 gigs of data.", ["16 gigs = 16 gigabyte"]),
    ("The band played 16 gigs.", ["16 = 16"]),
    ("The gas was at 295 degrees kelvin.", ["295 degrees kelvin = 295 kelvin"]),
    ("The crate is 30 x 40 x 50 cm.", ["30 = 30 centimetre", "40 = 40 centimetre", "50 cm = 50 centimetre"]),
    ("A rug of 12 by 14 feet.", ["12 = 12 foot", "14 feet = 14 foot"]),
    ('A 70" screen stood beside a 15" one.', ['70" = 70 inch', '15" = 15 inch']),
    ('"It holds 70" was all he said.', ["70 = 70"]),
    ("the board met for two - hour talks", ["two - hour = 2 hour"]),
]

STEPS: Cases = [
    (
        "It trimmed its growth forecast by 0.2 percentage points to 3.3%.",
        ["0.2 percentage points = 0.2 percentage_point by down plan", "3.3% = 0.033 ratio to down plan"],
    ),
    (
        "The index closed up 41.5 points at 7,134.",
        ["41.5 points = 41.5 point by up", "7,134 = 7134 point to up"],
    ),
    ("Oil settled $1.14 lower at $58.71.", ["$1.14 = 1.14 US_dollar by down", "$58.71 = 58.71 US_dollar to down"]),
    (
        "Trade grew to 1.2m tonnes from just under 900,000.",
        ["1.2m tonnes = 1.2e6 tonne to up from:900000", "just under 900,000 = 900000 less_than tonne from"],
    ),
    (
        "Winds of up to 130 kph blew, with gusts to 160 kph.",
        ["up to 130 kph = 130 at_most kilometre_per_hour", "160 kph = 160 kilometre_per_hour"],
    ),
    (
        "It cut the rate by 50 basis points to a range of 2% to 2.25%.",
        ["50 basis points = 50 basis_point by down", "2% to 2.25% = 0.02..0.0225 between ratio to down"],
    ),
    ("Nurses got a 3% raise.", ["3% = 0.03 ratio by up"]),
    ("Oil demand rose 3% last year.", ["3% = 0.03 ratio by up"]),
    ("The project employs 40 people.", ["40 = 40"]),
    ("The union demands a 6% increase.", ["6% = 0.06 ratio by up plan"]),
    ("The firm has a market cap of $900 million.", ["$900 million = 9e8 US_dollar"]),
]

HEADINGS: Cases = [
    ("11 Get some sleep.", []),
    ("11 Dutch sailors drowned.", ["11 = 11"]),
    ("4 Killed in Lisk Fire", ["4 = 4"]),
    ("3 'Harbour Lights' returns", []),
    ("Market 1: Data centres", []),
    ("The bill ran into six figures.", []),
    ('They were known as the "Three Amigos."', []),
    ('He said, "Three people died."', ["Three = 3"]),
    ("See pic.example.com/4p7SX for 12 photos.", ["12 = 12"]),
    ("[1] The first note.", []),
    ("See p. 234 of the book.", []),
    ("Bug 1679133 was closed.", []),
    ("Her 401(k) is empty.", []),
    ("The film is out in 1080p.", []),
    ("Halo 3", []),
    ("1 / 5", []),
    ("There are 2^28 keys.", []),
]

CAPACITIES: Cases = [
    ("The boat carries up to 40 people.", ["up to 40 = 40 at_most limit"]),
    ("The cabin sleeps up to six.", ["up to six = 6 at_most limit"]),
    ("The court seats as many as 900 fans.", ["as many as 900 = 900 at_most limit"]),
    ("Each shelter can house up to 200 families.", ["up to 200 = 200 at_most limit"]),
    ("The tank stores up to 60 litres.", ["up to 60 litres = 60 litre at_most limit"]),
    ("The ward holds 28 beds.", ["28 = 28"]),
    ("Up to 40 boats were lost.", ["Up to 40 = 40 at_most"]),
]

FURTHER_NONE: Cases = [
    ("The jet landed on runway 27.", []),
    ("He went from one room of his old house to another.", []),
    ("She ran from one end of the long hall to another.", []),
]

SMALL_MONEY: Cases = [
    ("Sales came to 40 MEUR.", ["40 MEUR = 40e6 euro"]),
    ("The farmer, a 64 yo man, left.", ["64 yo = 64 year_of_age"]),
    ("A loaf costs 45 baht and 50 satang.", ["45 baht and 50 satang = 45.5 Thai_baht"]),
    ("He paid 12 rupees and 40 paise.", ["12 rupees and 40 paise = 12.4 Indian_rupee"]),
    ("A ticket is 12 zloty and 50 groszy.", ["12 zloty and 50 groszy = 12.5 Polish_zloty"]),
    ("They paid 3 euros and 20 cents.", ["3 euros and 20 cents = 3.2 euro"]),
    ("It cost two pounds and thirty pence.", ["two pounds and thirty pence = 2.3 pound_sterling"]),
    ("He has 12 rupees and 40 goats.", ["12 rupees = 12 Indian_rupee", "40 = 40"]),
]

EXTREMES_OF_A_NOUN: Cases = [
    ("They want a £900 minimum monthly rent.", ["£900 = 900 pound_sterling plan"]),
    ("A £1,200 minimum annual fee applies.", ["£1,200 = 1200 pound_sterling"]),
    ("It costs £900 minimum.", ["£900 minimum = 900 at_least pound_sterling"]),
]

VERBS_OF_NUMBER: Cases = [
    ("They number 40 in all.", ["40 = 40"]),
    ("The rebels are said to number 2,000.", ["2,000 = 2000"]),
    ("The fleet will number 90.", ["90 = 90 plan"]),
    ("He lives at number 90.", []),
    ("They took the number 40 bus.", []),
    ("The north section 1% of whose roads flood is shut.", ["1% = 0.01 ratio"]),
    ("An Airbus 380 and a 777 Freighter landed.", []),
]

POINTS: Cases = [
    ("Reyle carried the county by 14 points.", ["14 points = 14 percentage_point"]),
    ("Her lead among registered voters is down to six points.", ["six points = 6 percentage_point to down"]),
    ("A nine-point lead is his largest in any poll.", ["nine-point = 9 percentage_point"]),
    ("The survey has an error of plus or minus 2.5 points.", ["plus or minus 2.5 points = 2.5 percentage_point"]),
    (
        "Turnout was 4 points below that of 2019, at 61 percent.",
        ["4 points = 4 percentage_point", "61 percent = 0.61 ratio"],
    ),
    ("The governor trails by 3.1 points statewide.", ["3.1 points = 3.1 percentage_point"]),
    ("The Dow closed 212 points higher.", ["212 points = 212 point by up"]),
    ("Olsen scored 27 points for the Owls.", ["27 points = 27 point"]),
    (
        "The index lost 30 points, or 0.4 percent.",
        ["30 points = 30 point by down", "0.4 percent = 0.004 ratio by down"],
    ),
    ("The bourse ended 12 points up.", ["12 points = 12 point by up"]),
    ("Holding warming to 1.5 degrees is still possible.", ["1.5 degrees = 1.5 degree_Celsius to up"]),
    ("The tower leans by 4 degrees.", ["4 degrees = 4 degree"]),
]

SAID_TWICE: Cases = [
    ("The Halma fund lost 812, or 4 percent.", ["812 = 812 by down", "4 percent = 0.04 ratio by down"]),
    ("About 300 jobs, or 12 percent, will go.", ["About 300 = 300 about", "12 percent = 0.12 ratio"]),
    ("Some 40,000, or two thirds, stayed.", ["Some 40,000 = 40000 about", "two thirds = 0.6666666666666666 ratio"]),
    ("Duties of 5, 10, or 15 percent apply.", ["5 = 0.05 ratio", "10 = 0.1 ratio", "15 percent = 0.15 ratio"]),
    (
        "The gauge rose 64 points to 4,577, or 1.4 percent.",
        ["64 points = 64 point by up", "4,577 = 4577 point to up", "1.4 percent = 0.014 ratio"],
    ),
]

KINDS: dict[str, Cases] = {
    "small money": SMALL_MONEY,
    "extremes of a noun": EXTREMES_OF_A_NOUN,
    "verbs of number": VERBS_OF_NUMBER,
    "capacities": CAPACITIES,
    "further none": FURTHER_NONE,
    "money of all lands": MONEY_OF_ALL_LANDS,
    "measures": MEASURES,
    "steps": STEPS,
    "headings": HEADINGS,
    "points": POINTS,
    "said twice": SAID_TWICE,
}
