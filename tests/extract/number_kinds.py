"""Sentences of our own by kind of wording, with the numbers that they report."""

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
    ("The hall holds up to 300 guests.", ["up to 300 = 300 at_most"]),
    ("Fines of up to $500 apply.", ["up to $500 = 500 at_most US_dollar"]),
    ("Repairs may take up to six weeks.", ["up to six weeks = 6 at_most week plan"]),
    ("Up to 40 boats were lost.", ["Up to 40 = 40 at_most"]),
    ("The rate edged down to 3.9%.", ["3.9% = 0.039 ratio to down"]),
    ("Winds picked up to 60 mph.", ["60 mph = 60 mile_per_hour to up"]),
]

PREPOSITIONS_AND_PARTICLES: Cases = [
    ("The clubs are in a dispute over four players.", ["four = 4"]),
    ("The court took over 12 schools from the county.", ["12 = 12"]),
    ("Guards handed over 15 captives at noon.", ["15 = 15"]),
    ("The balloon drifted over two lakes.", ["two = 2"]),
    ("He was questioned over three thefts.", ["three = 3"]),
    ("Workers marched around two factories.", ["two = 2"]),
    ("She climbed over five fences.", ["five = 5"]),
    ("The union split over two proposals.", ["two = 2"]),
    ("Rescuers worked under 30 metres of rubble.", ["30 metres = 30 metre"]),
    ("The firm was sold under three names.", ["three = 3"]),
    ("The firm faces a lawsuit over 40 patents.", ["40 = 40"]),
    ("More trouble came: over 40 firms closed.", ["over 40 = 40 more_than"]),
    ("The factory employs over 40 people.", ["over 40 = 40 more_than"]),
    ("The crowd of over 3,000 sang.", ["over 3,000 = 3000 more_than"]),
    ("It lies under 20 miles from the coast.", ["under 20 miles = 20 less_than mile"]),
    ("They paid just under £2m for it.", ["just under £2m = 2e6 less_than pound_sterling"]),
    ("Around 60 villagers fled.", ["Around 60 = 60 about"]),
    ("The book sold around 9,000 copies.", ["around 9,000 = 9000 about"]),
    ("Officers were called about three missing dogs.", ["three = 3"]),
    ("Above 90 degrees, the glue melts.", ["Above 90 degrees = 90 more_than degree"]),
    ("Ministers signed off over 14 projects.", ["over 14 = 14 more_than"]),
    ("The bus ran over two cyclists.", ["two = 2"]),
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

PLANS: Cases = [
    ("The dam may cost $3bn.", ["$3bn = 3e9 US_dollar plan"]),
    ("The chain may close 14 stores next year.", ["14 = 14 plan"]),
    ("Prices may fall 3% in May.", ["3% = 0.03 ratio by down plan"]),
    ("In May prices fell 3%.", ["3% = 0.03 ratio by down"]),
    ("Analysts had expected earnings of 45 cents a share.", ["45 cents a share = 0.45 US_dollar plan per:share"]),
    ("Sales beat analysts' estimates of $4.18bn.", ["$4.18bn = 4.18e9 US_dollar plan"]),
    ("The firm hired 40 people, more than the 30 that analysts had forecast.", ["40 = 40", "30 = 30 plan"]),
    ("Growth was 2%, above forecasts of 1.7%.", ["2% = 0.02 ratio", "1.7% = 0.017 ratio plan"]),
    (
        "The population of 5.6 million is expected to shrink by a fifth.",
        ["5.6 million = 5.6e6", "a fifth = 0.2 ratio by down plan"],
    ),
    ("It now expects sales of between $18bn and $19bn.", ["between $18bn and $19bn = 18e9..19e9 US_dollar plan"]),
    ("The club might sell 3 players.", ["3 = 3 plan"]),
    ("The army may have killed 30 people.", ["30 = 30"]),
    ("Traders price in a half-point cut in June.", ["a half-point = 0.5 percentage_point by down plan"]),
]

CONTESTS: Cases = [
    ("Ms Ode leads Mr Brack 48 to 41.", ["48 = 48", "41 = 41"]),
    ("She took the county 38 percent to 47 percent.", ["38 percent = 0.38 ratio", "47 percent = 0.47 ratio"]),
    ("He beat her by 52% to 48%.", ["52% = 0.52 ratio", "48% = 0.48 ratio"]),
    ("The senator trails by 44 percent to 49 percent.", ["44 percent = 0.44 ratio", "49 percent = 0.49 ratio"]),
    ("The Greens won 12 seats, the Liberals 40 and the Left nine.", ["12 = 12", "40 = 40", "nine = 9"]),
    ("A poll has Ode at 39 percent to 32 percent for Brack.", ["39 percent = 0.39 ratio", "32 percent = 0.32 ratio"]),
    ("Lisk had 1,420 beds, compared with 960 for Tarn.", ["1,420 = 1420", "960 = 960"]),
    ("Spain lost 40 ships and France 12.", ["40 = 40 by down", "12 = 12 by down"]),
    ("He has a negative 44%-50% rating.", ["44%-50% = 0.44..0.5 ratio"]),
    ("Her lead grew from 3 to 5 points.", ["3 = 3 point from", "5 points = 5 point to up from:3"]),
    ("The Rovers won 110-102 and Dunn scored 31.", ["31 = 31"]),
    ("Rovers 5, City 2: Dunn had three assists.", ["three = 3"]),
    ("Lisk beat Tarn 3-1 on Sunday.", []),
    ("Tarn lost 2-0 at home.", []),
    ("The temperature dropped to minus 12C.", ["minus 12C = -12 degree_Celsius to down"]),
]

VOTES: Cases = [
    ("The bill passed by 231 to 188.", []),
    ("The motion was carried by 12 votes to seven.", []),
    ("Senators voted 51 to 49 to confirm him.", []),
    ("The house approved it 310-122.", []),
    ("Councillors rejected the plan 9 to 4.", []),
    ("On a 6-3 ruling the judges agreed.", []),
    ("The amendment failed by 20 votes to 31.", []),
    ("Members backed the deal by a margin of 61 to 30.", []),
    ("The vote was 7 to 2.", []),
    ("She got 231 votes.", ["231 = 231"]),
]

VAGUE: Cases = [
    ("Approval slipped to the mid-30s.", ["mid-30s = 34..36 to down"]),
    ("Highs will be in the low 70s.", ["low 70s = 70..73 plan"]),
    ("Growth was in the high teens.", ["high teens = 17..19"]),
    ("A man in his mid-40s was held.", ["mid-40s = 44..46 year_of_age"]),
    ("A woman in her sixties was hurt.", ["sixties = 60..69 year_of_age"]),
    ("Profits rose by double digits.", []),
    ("They paid a six-figure sum.", []),
    ("Repairs take a year or two.", ["a year or two = 1..2 year"]),
    ("It lasted a month or so.", ["a month or so = 1 about month"]),
    ("He waited an hour or two.", ["an hour or two = 1..2 hour"]),
    ("It takes two-three years.", ["two-three years = 2..3 year"]),
    ("It cost 100 grand.", ["100 grand = 100000"]),
    ("Men outnumber women 3:1.", ["3:1 = 3 ratio"]),
    ("It needs a cup and a half of rice.", ["a cup and a half = 1.5 cup"]),
    ("It took an hour and a half.", ["an hour and a half = 1.5 hour"]),
    ("Two and a half years passed.", ["Two and a half years = 2.5 year"]),
    ("It rose half of 1 percent.", ["half of 1 percent = 0.005 ratio by up"]),
    ("It fell three-quarters of a percent.", ["three-quarters of a percent = 0.0075 ratio by down"]),
    ("At one point 30 fires burned.", ["30 = 30"]),
    ("The loan costs a quarter point more.", ["a quarter point = 0.25 percentage_point by up"]),
    ("Million-dollar homes burned.", ["Million-dollar = 1e6 US_dollar"]),
    ("There was a half-million crowd.", ["a half-million = 500000"]),
]

COMPOUNDS: Cases = [
    ("The 14-storey block shook.", ["14 = 14 thing:storey"]),
    ("A nine-nation pact was signed.", ["nine = 9 thing:nation"]),
    ("A five-person committee met.", ["five = 5 thing:person"]),
    ("The seven-seat van stopped.", ["seven = 7 thing:seat"]),
    ("A two-bath house sold.", ["two = 2 thing:bath"]),
    ("The 53-day-long strike ended.", ["53-day = 53 day thing:strike"]),
    ("A 12-member jury sat.", ["12 = 12 thing:member"]),
    ("A 30-date tour began.", ["30 = 30 thing:date"]),
    ("A three-bedroom flat burned.", ["three = 3 thing:bedroom"]),
    ("The 80-page report came.", ["80 = 80 thing:page"]),
    ("A six-lane road closed.", ["six = 6 thing:lane"]),
    ("A 1,200-strong force marched.", ["1,200 = 1200 thing:force"]),
    ("They were 11- and 12-year-olds.", ["11- = 11 year_of_age", "12-year-olds = 12 year_of_age"]),
    ("The one-child policy ended.", ["one = 1 thing:child"]),
    ("It warmed by 1.2degC.", ["1.2degC = 1.2 degree_Celsius by up"]),
    ("He owns 600 strike drones and 90 air, sea and ground drones.", ["600 = 600", "90 = 90"]),
    (
        "Over-75s and children aged 5-11 qualify.",
        ["Over-75s = 75 more_than year_of_age limit", "5-11 = 5..11 year_of_age"],
    ),
    ("Inflation is sub-2% and under control.", ["sub-2% = 0.02 less_than ratio"]),
    ("A four-door car costs $9,000.", ["four = 4 thing:door", "$9,000 = 9000 US_dollar"]),
]

YEAR_LIKE: Cases = [
    ("The army killed 1990 rebels.", ["1990 = 1990"]),
    ("2000 homes lost power.", ["2000 = 2000"]),
    ("The plant employs 1900 workers.", ["1900 = 1900"]),
    ("Scores rose from 1061 to 1128.", ["1061 = 1061 from", "1128 = 1128 to up from:1061"]),
    ("The flood made 1500 people homeless.", ["1500 = 1500"]),
    ("In 1998 40 shops closed.", ["40 = 40"]),
    ("The 2016 Olympics cost $13bn.", ["$13bn = 13e9 US_dollar"]),
    ("The 2003 floods killed 12 people.", ["12 = 12"]),
    ("1998 elections were held late.", []),
    ("Since 2010 prices have doubled.", ["doubled = 2 ratio by up"]),
    ("They counted 1870 birds and 2010 eggs.", ["1870 = 1870", "2010 = 2010"]),
    ("The 1990 riots are remembered.", []),
    ("It happened in 1990, rebels say.", []),
    ("Output rose from 2010 to 2015.", []),
]

DIGITS_OF_OTHER_LANDS: Cases = [
    ("The grant is worth 2,5 million euros.", ["2,5 million euros = 2.5e6 euro"]),
    ("A pass costs 12,50 euros.", ["12,50 euros = 12.5 euro"]),
    ("It is 3,7 kilometres long.", ["3,7 kilometres = 3.7 kilometre"]),
    ("It cost €4,90.", ["€4,90 = 4.9 euro"]),
    ("Rates rose 0,25%.", ["0,25% = 0.0025 ratio by up"]),
    ("Five thousand, six hundred and twelve votes were void.", ["Five thousand, six hundred and twelve = 5612"]),
    ("Two million, three hundred thousand birds died.", ["Two million, three hundred thousand = 2.3e6"]),
    ("The scheme costs Rs 3.5 lakh crore.", ["Rs 3.5 lakh crore = 3.5e12 Indian_rupee"]),
    ("It holds 20 lakh shares.", ["20 lakh = 2e6"]),
    ("He was paid NT $48,000.", ["NT $48,000 = 48000 New_Taiwan_dollar"]),
    ("The unit made €-12m.", ["€-12m = -12e6 euro"]),
    ("It has 12m of their users.", ["12m = 12e6"]),
    ("The match drew 1.2m viewers.", ["1.2m = 1.2e6"]),
    ("Pages 3,4 and 5 were torn.", []),
]

AGES: Cases = [
    ("Some were as young as 14.", ["as young as 14 = 14 at_least year_of_age"]),
    ("The oldest was 91.", ["91 = 91 year_of_age"]),
    ("Now 24, she has left.", ["24 = 24 year_of_age"]),
    ("He will turn 21 in May.", ["21 = 21 year_of_age plan"]),
    ("She married at 32.", ["32 = 32 year_of_age"]),
    ("He died at the age of 88.", ["88 = 88 year_of_age"]),
    ("Jo Lund, 44, was found.", ["44 = 44 year_of_age"]),
    ("At 17, she joined the navy.", ["17 = 17 year_of_age"]),
    ("He retired aged 60.", ["60 = 60 year_of_age"]),
    ("The girl, who is nine, is safe.", ["nine = 9 year_of_age"]),
    ("The twins were only 12.", ["12 = 12 year_of_age"]),
    ("He was 19 when he left.", ["19 = 19 year_of_age"]),
    ("The shop opens at 9.", []),
]

RATES: Cases = [
    ("The country emits 7.2 tonnes of carbon per head.", ["7.2 tonnes = 7.2 tonne per:head rate"]),
    ("About 5,200 pounds of gas leaked per second.", ["About 5,200 pounds = 5200 about pound per:second"]),
    ("75 people use the lift a week.", ["75 = 75 per:week"]),
    ("It goes 300 miles per charge depending on speed.", ["300 miles per charge = 300 mile per:charge"]),
    ("She earns $40 an hour.", ["$40 an hour = 40 US_dollar per:hour"]),
    ("Doctors see 30 patients a day.", ["30 = 30 per:day"]),
    ("It loses 4 litres of water every hour.", ["4 litres = 4 litre per:hour by down rate"]),
    ("There were 12 deaths per 100,000 people.", ["12 = 12 per:100,000_people"]),
    ("It costs £3 per head.", ["£3 per head = 3 pound_sterling per:head"]),
]

NONE_AT_ALL: Cases = [
    ("The wreck lies at 32° 34'S, 151° 20'E.", []),
    ("The quake struck at 35.03°N 43.64°E.", []),
    ("It lies at 51.5074° N, 0.1278° W.", []),
    ("Sections 21, 24 and 26 were struck out.", []),
    ("Articles 5, 7, 9 and 12 apply.", []),
    ("The area is under a Level 3 out of 5 alert.", []),
    ("The road shuts from 3 to 5pm.", []),
    ("It runs from 9 to 11 a.m. daily.", []),
    ("He drove a 747 Jumbo.", []),
    ("Gate 4s lamps were out.", []),
    ("They tested for SARS -2.", []),
    ("The 70's were wild.", []),
    ("She lives at 1402 Elm Street, Reno, NV 89501.", []),
    ("Write to P.O. Box 1170, Lisk.", []),
    ("The tour firm (ATOL 6010) closed.", []),
    ("See ref no. 4471.", []),
    ("He zeroed in on the fault; others zero in on cost.", []),
    ("Cooking 101 is full.", []),
    ("We file 1065s and 1120s.", []),
    ("The mode is 0644.", []),
    ("Class B-52s flew.", []),
    ("1. Wash the rice. 2. Boil it.", []),
    ("We never think twice.", []),
    ("It was a 50-50 call.", []),
    ("He gave it a second thought.", []),
    ("Phase 2 trials begin.", []),
    ("Ocean's Eleven was on.", []),
    ("Channel 4 and Radio 5 covered it.", []),
    ("The M25 and the A1 were shut.", []),
    ("Act 2, scene 3 begins.", []),
    ("He is one of the best.", []),
    ("For one thing, it is cold.", []),
    ("Call 555-0142 now.", []),
    ("It beat Windows 11.", []),
    ("Psalm 23 was read.", []),
]

SERIES: Cases = [
    (
        "Membership went from 120 in 2019, to 180 in 2021, to 240 last year.",
        ["120 = 120 from", "180 = 180 to up from:120", "240 = 240 to up from:180"],
    ),
    (
        "Visitor numbers grew from 1.2 million to 1.5 million to 1.9 million.",
        ["1.2 million = 1.2e6 from", "1.5 million = 1.5e6 to up from:1.2e6", "1.9 million = 1.9e6 to up from:1.5e6"],
    ),
    (
        "The garrison shrank from 900 men to 600, then to 350.",
        ["900 = 900 from", "600 = 600 to down from:900", "350 = 350 to down from:600"],
    ),
    (
        "Petrol rose from $3.10 in May to $3.45 in June and $3.80 in July.",
        [
            "$3.10 = 3.1 US_dollar from",
            "$3.45 = 3.45 US_dollar to up from:3.1",
            "$3.80 = 3.8 US_dollar to up from:3.45",
        ],
    ),
    ("The club had gone from 14 players to nine to six.", ["14 = 14 from", "nine = 9 to down", "six = 6 to down"]),
    ("She took the bakery from 30 employees to 1,100.", ["30 = 30 from", "1,100 = 1100 to up from:30"]),
    ("Homes there go from $300,000 to $500,000.", ["$300,000 = 3e5 US_dollar from", "$500,000 = 5e5 US_dollar to up"]),
    ("They sell cups from 3 to 9 euros.", ["from 3 to 9 euros = 3..9 euro"]),
]

GLUED_RANGES: Cases = [
    ("The plants stand 20cm-40cm tall.", ["20cm-40cm = 20..40 centimetre"]),
    ("A bed costs $5m-$7m to build.", ["$5m-$7m = 5e6..7e6 US_dollar"]),
    ("Snow of 10mm-15mm fell overnight.", ["10mm-15mm = 10..15 millimetre"]),
    ("The walk is 5km–8km long.", ["5km–8km = 5..8 kilometre"]),
    ("Bags of 2kg – 5kg were sold.", ["2kg – 5kg = 2..5 kilogram"]),
    ("A fee of 50p-80p applies.", ["50p-80p = 0.5..0.8 pound_sterling"]),
    ("Rents of £900-£1,200 are usual.", ["£900-£1,200 = 900..1200 pound_sterling"]),
    ("The Mk2-40 engine was dropped.", []),
]

PURPOSES_AND_CONDITIONS: Cases = [
    ("The scheme is designed to create 4,000 jobs.", ["4,000 = 4000 plan"]),
    ("The fund is on track to raise $90m.", ["$90m = 9e7 US_dollar plan"]),
    ("Repairs are likely to cost $12m.", ["$12m = 1.2e7 US_dollar plan"]),
    ("The plant is due to produce 40,000 cars.", ["40,000 = 40000 plan"]),
    ("The reactor was supposed to cost €3.3bn.", ["€3.3bn = 3.3e9 euro plan"]),
    ("The agency aims for 300 launches.", ["300 = 300 plan"]),
    ("The plan calls for 60 wells.", ["60 = 60 plan"]),
    ("The project will see 800 flats built.", ["800 = 800 plan"]),
    ("If 300 workers strike, the mine will close.", ["300 = 300 plan"]),
    ("Unless it raises $2m, the school will shut.", ["$2m = 2e6 US_dollar plan"]),
    ("Should 50 firms fail, the bank will act.", ["50 = 50 plan"]),
    ("As many as 600 could lose their homes.", ["As many as 600 = 600 at_most plan"]),
    ("He asked if 40 people had died.", ["40 = 40"]),
    ("Even if 40 people came, it was a failure.", ["40 = 40"]),
    ("The delay was due to a lack of 40 nurses.", ["40 = 40"]),
    ("Some 40 deaths due to smoke were counted.", ["Some 40 = 40 about"]),
    ("About 12 may have died.", ["About 12 = 12 about"]),
    ("It visited 62 schools in May, among them a small one.", ["62 = 62"]),
    ("From the tower we could see 40 ships.", ["40 = 40"]),
]

KINDS: dict[str, Cases] = {
    "series": SERIES,
    "glued ranges": GLUED_RANGES,
    "purposes and conditions": PURPOSES_AND_CONDITIONS,
    "up to after a verb": UP_TO_AFTER_A_VERB,
    "prepositions and particles": PREPOSITIONS_AND_PARTICLES,
    "pairs of a change": PAIRS_OF_A_CHANGE,
    "second clauses of a change": SECOND_CLAUSES_OF_A_CHANGE,
    "nominal changes": NOMINAL_CHANGES,
    "plans": PLANS,
    "contests": CONTESTS,
    "votes": VOTES,
    "vague": VAGUE,
    "compounds": COMPOUNDS,
    "year-like": YEAR_LIKE,
    "digits of other lands": DIGITS_OF_OTHER_LANDS,
    "ages": AGES,
    "rates": RATES,
    "none at all": NONE_AT_ALL,
}
