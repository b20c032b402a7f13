"""Sentences of our own by kind of change, with the numbers that they report."""

from __future__ import annotations

Cases = list[tuple[str, list[str]]]

UP_TO_AFTER_A_VERB: Cases = [
    ("Unemployment crept up to 7.2% in the spring.", ["7.2% = 0.072 ratio to up"]),
    ("The count has climbed up to 412 since dawn.", ["412 = 412 to up"]),
    ("Rents shot up to £1,450 a month.", ["£1,450 a month = 1450 pound_sterling to up per:month"]),
    (
        "The estimate was revised up to 2.1% from 1.7%.",
        ["2.1% = 0.021 ratio to up from:0.017", "1.7% = 0.017 ratio from"],
    ),
    ("The price went up to 90 cents.", ["90 cents = 0.9 US_dollar to up"]),
    ("Attendance was up to 88%, from 80% in 2019.", ["88% = 0.88 ratio to up from:0.8", "80% = 0.8 ratio from"]),
    ("The index inched up to 104.3 points.", ["104.3 points = 104.3 point to up"]),
    ("Its rating was bumped up to 4.5.", ["4.5 = 4.5 to up"]),
    ("The hall holds up to 300 guests.", ["up to 300 = 300 at_most limit"]),
    ("Fines of up to $500 apply.", ["up to $500 = 500 at_most US_dollar"]),
    ("Repairs may take up to six weeks.", ["up to six weeks = 6 at_most week plan"]),
    ("Up to 40 boats were lost.", ["Up to 40 = 40 at_most"]),
    ("The rate edged down to 3.9%.", ["3.9% = 0.039 ratio to down"]),
    ("Winds picked up to 60 mph.", ["60 mph = 60 mile_per_hour to up"]),
]

PAIRS_OF_A_CHANGE: Cases = [
    (
        "The jobless rate rose to 4.3%, from 4.2% in May.",
        ["4.3% = 0.043 ratio to up from:0.042", "4.2% = 0.042 ratio from"],
    ),
    (
        "Profit fell $2 million to $9 million, from $11 million a year ago.",
        [
            "$2 million = 2e6 US_dollar by down",
            "$9 million = 9e6 US_dollar to down from:11e6",
            "$11 million = 11e6 US_dollar from",
        ],
    ),
    ("Deaths climbed to 78, up from 60 on Monday.", ["78 = 78 to up from:60", "60 = 60 from"]),
    (
        "Sales were 310 units, down from 400 a year ago and 520 in 2019.",
        ["310 = 310 to down from:400", "400 = 400 from", "520 = 520 from"],
    ),
    ("Membership stood at 1,200, compared with 960 in 2020.", ["1,200 = 1200", "960 = 960"]),
    (
        "The zone was cut from an initial 30 miles to roughly 12.",
        ["30 miles = 30 mile from", "roughly 12 = 12 about mile to down from:30"],
    ),
    (
        "Exports went from 3 to 9 million tonnes in a decade.",
        ["3 = 3e6 tonne from", "9 million tonnes = 9e6 tonne to up from:3e6", "a decade = 1 decade"],
    ),
    ("Turnout slid to 41%, compared with 55% in 2018.", ["41% = 0.41 ratio to down", "55% = 0.55 ratio"]),
    ("Output will rise to 500 units by 2030 from 350 now.", ["500 = 500 to up plan from:350", "350 = 350 from"]),
    (
        "The price rose by a third to 1,200 pesos.",
        ["a third = 0.3333333333333333 ratio by up", "1,200 pesos = 1200 Mexican_peso to up"],
    ),
    (
        "The share fell from 12% in 2010 to 7% last year.",
        ["12% = 0.12 ratio from", "7% = 0.07 ratio to down from:0.12"],
    ),
    ("Claims dropped by 7,000 to a seasonally adjusted 220,000.", ["7,000 = 7000 by down", "220,000 = 220000 to down"]),
    (
        "The bank lowered its forecast to 1.1 percent, from 1.6 percent.",
        ["1.1 percent = 0.011 ratio to down plan from:0.016", "1.6 percent = 0.016 ratio from"],
    ),
    ("Staff numbers shrank to 80 from 120.", ["80 = 80 to down from:120", "120 = 120 from"]),
]

SECOND_CLAUSES_OF_A_CHANGE: Cases = [
    ("Prices rose 0.3% in the month and 2.8% year on year.", ["0.3% = 0.003 ratio by up", "2.8% = 0.028 ratio by up"]),
    ("Exports fell 4% in June and 9% from a year earlier.", ["4% = 0.04 ratio by down", "9% = 0.09 ratio by down"]),
    (
        "Wages grew 1.2 percent on the quarter and 5 percent on the year.",
        ["1.2 percent = 0.012 ratio by up", "5 percent = 0.05 ratio by up"],
    ),
    (
        "Corva dropped 3%, Lund 2% and Mirel 1%.",
        ["3% = 0.03 ratio by down", "2% = 0.02 ratio by down", "1% = 0.01 ratio by down"],
    ),
    ("Shares of Corva slid 4%, and Lund 1%.", ["4% = 0.04 ratio by down", "1% = 0.01 ratio by down"]),
    (
        "Wheat gained 2 percent and corn 1.5 percent.",
        ["2 percent = 0.02 ratio by up", "1.5 percent = 0.015 ratio by up"],
    ),
    ("Milk added 12 cents to $4.30.", ["12 cents = 0.12 US_dollar by up", "$4.30 = 4.3 US_dollar to up"]),
    (
        "Copper was up 0.8% at $9,410 a tonne.",
        ["0.8% = 0.008 ratio by up", "$9,410 a tonne = 9410 US_dollar to up change per:tonne"],
    ),
    (
        "The fund lost 1.2 billion kroner ($115 million).",
        ["1.2 billion kroner = 1.2e9 Norwegian_krone by down", "$115 million = 115e6 US_dollar by down"],
    ),
    (
        "Revenue rose 12% to $4.3bn, and profit 3% to $900m.",
        [
            "12% = 0.12 ratio by up",
            "$4.3bn = 4.3e9 US_dollar to up",
            "3% = 0.03 ratio by up",
            "$900m = 900e6 US_dollar to up",
        ],
    ),
    (
        "The Nordal index jumped 1.2%, while the Lisk index was 40% below its peak.",
        ["1.2% = 0.012 ratio by up", "40% = 0.4 ratio"],
    ),
]

NOMINAL_CHANGES: Cases = [
    ("The economy shrank at an annualised rate of 1.6 percent.", ["1.6 percent = 0.016 ratio by down"]),
    ("Output grew at an annual pace of 3%.", ["3% = 0.03 ratio by up"]),
    ("Traders blamed a 6 percent slide in tin.", ["6 percent = 0.06 ratio by down"]),
    ("There was a 12% jump in rents.", ["12% = 0.12 ratio by up"]),
    ("A drop of 300 points followed.", ["300 points = 300 point by down"]),
    ("The bank reported a decline of 8% in lending.", ["8% = 0.08 ratio by down"]),
    ("Prices are edging up some 0.9 percent.", ["some 0.9 percent = 0.009 about ratio by up"]),
    ("The yen hit a 34-year low.", ["34-year = 34 year"]),
    ("Oil rose to a two-week high.", ["two-week = 2 week"]),
    (
        "The bank cut rates by a quarter of a percentage point.",
        ["a quarter of a percentage point = 0.25 percentage_point by down"],
    ),
    ("Bread is 30-40% dearer than before the war.", ["30-40% = 0.3..0.4 ratio"]),
    ("Costs are 20% higher than in Norway.", ["20% = 0.2 ratio"]),
    ("Prices are 20% higher than a year ago.", ["20% = 0.2 ratio by up"]),
    ("Coal use saw a 3% year-on-year fall.", ["3% = 0.03 ratio by down"]),
    ("The boat sank 12 nautical miles off the cape.", ["12 nautical miles = 12 nautical_mile"]),
    ("The ferry sank 300 metres from shore.", ["300 metres = 300 metre"]),
    ("The patrol fell 40 metres behind.", ["40 metres = 40 metre"]),
]

MORE_CHANGES: Cases = [
    ("The sea has warmed 1.3C since 1900.", ["1.3C = 1.3 degree_Celsius by up"]),
    ("The lake cooled 2 degrees Celsius.", ["2 degrees Celsius = 2 degree_Celsius by down"]),
    ("The bay warmed to 19C.", ["19C = 19 degree_Celsius to up"]),
    (
        "The bank cut its forecast for growth to 1.2% from 1.9%.",
        ["1.2% = 0.012 ratio to down plan from:0.019", "1.9% = 0.019 ratio from"],
    ),
    ("They raised their estimate of losses to $40m.", ["$40m = 40000000 US_dollar to up"]),
    (
        "The fund lowered its forecast for gains to 4% from 6%.",
        ["4% = 0.04 ratio to down plan from:0.06", "6% = 0.06 ratio from"],
    ),
    ("The port trimmed its forecast of decline to 2%.", ["2% = 0.02 ratio to down plan"]),
    (
        "The town trimmed the levy from a proposed 12% to about 7%.",
        ["12% = 0.12 ratio from", "about 7% = 0.07 about ratio to down from:0.12"],
    ),
    (
        "They cut the fee from a planned £9 to £6.",
        ["£9 = 9 pound_sterling from", "£6 = 6 pound_sterling to down from:9"],
    ),
    ("The party lost 12 seats.", ["12 = 12 by down"]),
    ("The mill lost 400 jobs.", ["400 = 400 by down"]),
    ("The index lost 40 points.", ["40 points = 40 point by down"]),
    ("The hamlet sank under 3 metres of mud.", ["3 metres = 3 metre"]),
    ("Cars sank under 2 feet of snow.", ["2 feet = 2 foot"]),
]

VERBS_WITH_OBJECTS: Cases = [
    ("The convoy lost 14 lorries on the pass.", ["14 = 14"]),
    ("The valley lost three bridges to the flood.", ["three = 3"]),
    ("Farmers have lost 2,000 sheep.", ["2,000 = 2000"]),
    ("The alliance lost nine seats.", ["nine = 9 by down"]),
    ("The seam lies 800 metres down in the pit.", ["800 metres = 800 metre"]),
    ("The lake is 3 metres down on last year.", ["3 metres = 3 metre by down"]),
    ("The storm sank 5 boats.", ["5 = 5"]),
    ("Planes dropped 40 bombs on the port.", ["40 = 40"]),
    ("The coach dropped three players.", ["three = 3"]),
    ("They climbed nine peaks.", ["nine = 9"]),
    ("Horses jumped six fences.", ["six = 6"]),
    ("The town sank two places in the table.", ["two = 2 by down"]),
    ("Orders dropped 40 to 900.", ["40 = 40 by down", "900 = 900 to down"]),
    ("Prices jumped 6%.", ["6% = 0.06 ratio by up"]),
]

CLAUSES_WITHOUT_A_VERB: Cases = [
    (
        "The index shed 0.7%, and the smaller-company gauge 1.2%.",
        ["0.7% = 0.007 ratio by down", "1.2% = 0.012 ratio by down"],
    ),
    ("Rye prices rose 3%, and barley-malt prices 5%.", ["3% = 0.03 ratio by up", "5% = 0.05 ratio by up"]),
    ("Tin fell 2%, the spot-market price 4%.", ["2% = 0.02 ratio by down", "4% = 0.04 ratio by down"]),
    ("Exports rose 2.6% in May and 9% against a year earlier.", ["2.6% = 0.026 ratio by up", "9% = 0.09 ratio by up"]),
    ("Growth was 9%, against 8% for Lund.", ["9% = 0.09 ratio", "8% = 0.08 ratio"]),
]

LEVELS_AND_LISTS: Cases = [
    (
        "Approval slid into the mid 30s from the low 40s.",
        ["mid 30s = 34..36 to down from:40", "low 40s = 40..43 from"],
    ),
    (
        "The hostel housed 1760 refugees, up from 1540 the week before.",
        ["1760 = 1760 to up from:1540", "1540 = 1540 from"],
    ),
    ("Oil touched $91 and then crept back to $88.", ["$91 = 91 US_dollar", "$88 = 88 US_dollar to down"]),
    ("Wages were cut in half after the strike.", ["half = 0.5 ratio by down"]),
    ("The chef cut the lemons in half.", ["half = 0.5 ratio"]),
    (
        "Police receive $40m, down $3m, while parks receive only $5m.",
        ["$40m = 4e7 US_dollar to down", "$3m = 3e6 US_dollar by down", "$5m = 5e6 US_dollar"],
    ),
    (
        "Rents in Cork, Galway and Sligo fell 2%, 3% and 5% respectively.",
        ["2% = 0.02 ratio by down", "3% = 0.03 ratio by down", "5% = 0.05 ratio by down"],
    ),
    ("Pay rose by 3%, and 5% of staff left.", ["3% = 0.03 ratio by up", "5% = 0.05 ratio"]),
    ("A hut stands 1,900m up on the north face.", ["1,900m = 1900 metre"]),
]

PREPOSITIONS_AND_RATES: Cases = [
    ("The scheme has dragged on under two governments.", ["two = 2"]),
    ("The weapons lay hidden under 40 sacks of rice.", ["40 = 40"]),
    ("The union clashed with the bank over 250 redundancies.", ["250 = 250"]),
    ("Ministers are at odds over 90 visas.", ["90 = 90"]),
    (
        "The works spews 30 tonnes of dust and 12 of ash over the town every week.",
        ["30 tonnes = 30 tonne per:week", "12 = 12 tonne per:week"],
    ),
    ("The river carries 70 tonnes of silt into the lake every hour.", ["70 tonnes = 70 tonne per:hour"]),
    ("He bought 30 loaves, and he prays every day.", ["30 = 30"]),
    ("The ward has 8 nurses today and will have 14 by Friday.", ["8 = 8", "14 = 14 plan"]),
    ("One bus in seven runs more than half empty.", ["One bus in seven = 0.14285714285714285 ratio"]),
    ("One nurse in eight hospitals was ill.", ["One = 1", "eight = 8"]),
]

KINDS: dict[str, Cases] = {
    "verbs with objects": VERBS_WITH_OBJECTS,
    "clauses without a verb": CLAUSES_WITHOUT_A_VERB,
    "up to after a verb": UP_TO_AFTER_A_VERB,
    "pairs of a change": PAIRS_OF_A_CHANGE,
    "second clauses of a change": SECOND_CLAUSES_OF_A_CHANGE,
    "nominal changes": NOMINAL_CHANGES,
    "more changes": MORE_CHANGES,
    "levels and lists": LEVELS_AND_LISTS,
    "prepositions and rates": PREPOSITIONS_AND_RATES,
}
