"""Sentences of our own whose numbers report nothing, by kind, each beside such a number that does."""

from __future__ import annotations

Cases = list[tuple[str, list[str]]]

CODE: Cases = [
    ("my_list = [1, 2, 3, 4]; print(max(my_list))", []),
    ("for (let i = 0; i < 12; i++) { draw(i); }", []),
    ("if retries >= 5: raise TooManyRetries()", []),
    ("timeout = 300 workers = 4 log_level = info", []),
    ("theme(axis.text.x = element_text(size = 20))", []),
    ("flask==1.0 jinja2>=2 gunicorn==20", []),
    ('{"retries": 3, "user_id": 40, "tags": []}', []),
    ("SELECT name FROM users WHERE user_age > 30 AND is_active = 1;", []),
    ("const total = rows.length * 12; return total_price;", []),
    ("curl --max-time 20 --retry_delay 5 | grep -c 404", []),
    ("The groups differed in age (n = 48, p = 0.03).", ["48 = 48", "0.03 = 0.03"]),
    ("A dozen = 12 and a score = 20 in old books.", ["A dozen = 12", "12 = 12", "20 = 20"]),
    ("The firm (worth > $3m) has 40 staff.", ["> $3m = 3e6 more_than US_dollar", "40 = 40"]),
    ("He sold 3 cars; she sold 5 cars.", ["3 = 3", "5 = 5"]),
    ("The team [8 men, 4 women] won {all of it}.", ["8 = 8", "4 = 4"]),
    ("The app email_me.now lists 40 shops.", ["40 = 40"]),
]

VERSIONS: Cases = [
    ("In 2.14, maps load faster.", []),
    ("Saves made in 0.9 still open.", []),
    ("The bug has been there since 3.2.", []),
    ("It was dropped before 1.8.", []),
    ("Menus were redrawn inside 5.6.", []),
    ("Inflation was 2.5 in May.", ["2.5 = 2.5"]),
    ("The index fell to 3.2.", ["3.2 = 3.2 to down"]),
    ("The rate rose from 0.9 to 1.8.", ["0.9 = 0.9 from", "1.8 = 1.8 to up from:0.9"]),
    ("Sales rose in 3.2 million homes.", ["3.2 million = 3.2e6"]),
    ("Salt is found in 2.5 percent of wells.", ["2.5 percent = 0.025 ratio"]),
    ("She ran it in 9.8.", []),
    ("The fund lost money in 2.5 years.", ["2.5 years = 2.5 year"]),
]

ORDINALS_IN_COMPOUNDS: Cases = [
    ("It sold the data to a third-party vendor.", []),
    ("A third-generation baker runs it.", []),
    ("He teaches a fifth-grade class.", []),
    ("They live in a tenth-floor flat.", []),
    ("The novel has a third-person voice.", []),
    ("She is an eighth-seed outsider.", []),
    ("From a third-party app came 40 leaks.", ["40 = 40"]),
    ("He lost to a fifth-seed rival.", []),
    ("By a third-country rule, no visa is due.", []),
    ("They won a one-third share.", ["one-third = 0.3333333333333333 ratio"]),
    ("It rose by a third in May.", ["a third = 0.3333333333333333 ratio by up"]),
    ("A third of the pupils left.", ["A third = 0.3333333333333333 ratio"]),
    ("It cost a quarter-million dollars.", ["a quarter-million dollars = 250000 US_dollar"]),
    ("The bank made a quarter-point cut.", ["a quarter-point = 0.25 percentage_point by down"]),
]

ABOUT_A_YEAR: Cases = [
    ("The mill ran until about 1773.", []),
    ("In around 1850, the canal froze.", []),
    ("The habit has been common since roughly 1990.", []),
    ("By about 1920 the docks had gone.", []),
    ("The tower dates from approximately 1480.", []),
    ("The old road dates from around 1630.", []),
    ("About 1900 homes lost power.", ["About 1900 = 1900 about"]),
    ("In about 1900 homes, heat was off.", ["about 1900 = 1900 about"]),
    ("Some 2000 marched.", ["Some 2000 = 2000 about"]),
    ("The toll rose to about 1800.", ["about 1800 = 1800 about to up"]),
    ("More than 1990 have signed.", ["More than 1990 = 1990 more_than"]),
]

PRONOUN_ONE: Cases = [
    ("The right team builds trust, the wrong one builds debt.", []),
    ("Savings help, and you can grow one pretty easily.", []),
    ("A good plan saves money; a bad one costs lives.", []),
    ("If you need a boat, you can rent one quite cheaply.", []),
    ("The old bridge leaks and the new one sways.", []),
    ("The green lamp works but the red one flickers.", []),
    ("I made one myself.", []),
    ("Get one quickly.", []),
    ("They want a pool and mean to build one soon.", []),
    ("The small shop pays rent, the big one owns its walls.", []),
    ("The wrong one won.", []),
    ("One family fled.", ["One = 1"]),
    ("It has one friendly dog.", ["one = 1"]),
    ("He keeps one sheep.", ["one = 1"]),
    ("It serves one business.", ["one = 1"]),
    ("She keeps one pretty vase.", ["one = 1"]),
]

MARKS_AND_COUNTERS: Cases = [
    ("Our score: 4.8 / 5.0", []),
    ("Comfort 8 / 10, noise 6 / 10.", []),
    ("It holds 4.6 / 5 on the site.", []),
    ("Graphics: 9 / 10", []),
    ("12/50 Brewer cuts jobs", []),
    ("7/24 Mayor opens the bridge", []),
    ("31/40 Floods close the port", []),
    ("3.5 Good", []),
    ("4.0 Excellent", []),
    ("4 Killed", ["4 = 4"]),
    ("12 Dead", ["12 = 12"]),
    ("1/2 cup sugar", ["1/2 cup = 0.5 cup"]),
    ("3/4 of voters stayed home.", ["3/4 = 0.75 ratio"]),
    ("The plan costs $9 / 10 users.", ["$9 = 9 US_dollar", "10 = 10"]),
]

FURTHER_LABELS: Cases = [
    ("The report (Ch. 32) warns of heat.", []),
    ("See Sec. 14 and Ch. 9 of the code.", []),
    ("As eq. 3 shows, the load falls.", []),
    ("The page gave error 404 again.", []),
    ("It answers on port 873 only.", []),
    ("Bob pushed revision 12 on Monday.", []),
    ("Paras. 4 and 7 were struck out.", []),
    ("The port 40 miles north is shut.", ["40 miles = 40 mile"]),
    ("In the port 40 ships wait.", ["40 = 40"]),
    ("The error 30 clerks made cost lives.", ["30 = 30"]),
]

HOUSES: Cases = [
    ("It opened at 400 N. 2nd Avenue.", []),
    ("Meet at 15 W. 26th Street.", []),
    ("The shop is at 1200 S. Main Street.", []),
    ("He lives at 9 East 40th Street.", []),
    ("The clinic moved to 77 North Oak Lane.", []),
    ("Some 40 West German spies were named.", ["Some 40 = 40 about"]),
    ("The fair drew 900 North Koreans.", ["900 = 900"]),
    ("They sent 12 E. coli samples.", ["12 = 12"]),
]

TITLES: Cases = [
    ("Read more: 3 Real Ways to Save", []),
    ("See also: 7 Easy Steps to a Garden", []),
    ("Watch: 10 Simple Tips for Rain", []),
    ("Related: 5 Big Reasons to Walk", []),
    ("She gave 3 good reasons.", ["3 = 3"]),
    ("There are 7 easy steps.", ["7 = 7"]),
    ("He lists 10 simple tips.", ["10 = 10"]),
]

HOURS_OF_A_DAY: Cases = [
    ("No one was in the streets beyond 18hrs.", []),
    ("Shops must shut by 22hrs.", []),
    ("The raid began at 0400hrs.", []),
    ("The curfew runs until 06hrs.", []),
    ("Fighting went on till 1700hrs.", []),
    ("It closes at 21 hrs on Sundays.", []),
    ("He waited at least 18hrs.", ["at least 18hrs = 18 at_least hour"]),
    ("The trip takes 22hrs.", ["22hrs = 22 hour"]),
    ("She slept for 14 hrs.", ["14 hrs = 14 hour"]),
]

OR_TWO: Cases = [
    ("Skip the next page or two.", []),
    ("Read the last section or two.", []),
    ("Bring a good coat or two.", []),
    ("There may be a nasty surprise or two.", []),
    ("I had met his brother or two.", []),
    ("Take one or two.", ["one or two = 1..2"]),
    ("The ship broke in two.", []),
    ("The quake split the road in two.", []),
    ("Cut the loaf in two, then butter it.", []),
    ("It fits in two bags.", ["two = 2"]),
    ("One in two agreed.", ["One in two = 0.5 ratio"]),
]

FIGURATIVE: Cases = [
    ("You feel pulled in a million directions.", []),
    ("There are a thousand ways to say it.", []),
    ("I have a million reasons to stay.", []),
    ("Her heart broke into a thousand pieces.", []),
    ("A million things could go wrong.", []),
    ("The raid found a million pills.", ["a million = 1e6"]),
    ("The firm ships a thousand crates a day.", ["a thousand = 1000 per:day"]),
    ("They listed 1,000 reasons.", ["1,000 = 1000"]),
]

IDLE_ZERO: Cases = [
    ("The bank moved to zero trust.", []),
    ("The school has zero tolerance for knives.", []),
    ("Hackers used a zero-day flaw.", []),
    ("It was zero hour for the fleet.", []),
    ("Zero is a value like any other.", []),
    ("The plant had zero accidents.", ["zero = 0"]),
    ("Growth fell to zero.", ["zero = 0 to down"]),
    ("Zero of the 12 pumps ran.", ["Zero = 0", "12 = 12"]),
]

NOTES_OF_SCIENCE: Cases = [
    ("Cole A. Bees and frost. J Field Biol. 2005;102(11):4134–9.", []),
    ("See Ecol Lett 12(3): 45-51.", []),
    ("Proc Biol 2011;88:12-19.", []),
    ("Emissions were 52 Gt CO2 yr −1 in 2019.", ["52 Gt = 52 gigatonne"]),
    ("It gives off 40 Mt yr −1 now.", ["40 Mt = 40 megatonne"]),
    ("The low was −1 degree.", ["−1 degree = -1 degree"]),
    ("Growth was -2 percent.", ["-2 percent = -0.02 ratio"]),
]

LISTS_IN_A_LINE: Cases = [
    ("Each second it does this: 1. poll the tasks 2. push them on 3. report back", []),
    ("To enter: 1. fill in the form. 2. send it.", []),
    ("The steps are 1) wash, 2) dry and 3) fold.", []),
    ("They won 3. We won 4.", ["3 = 3", "4 = 4"]),
]

LETTERS_OF_OTHER_THINGS: Cases = [
    ("See the 2025 HR trends.", []),
    ("The firm has 12 HR managers.", ["12 = 12"]),
    ("The ministry lost two SEC aides.", ["two = 2"]),
    ("Three GB athletes won medals.", ["Three = 3"]),
    ("Doctors treated 12 TB patients.", ["12 = 12"]),
    ("Nine KM workers were hurt.", ["Nine = 9"]),
    ("The drive copies 500 MB files.", ["500 MB = 500 megabyte"]),
    ("It lies 5 KM from the port.", ["5 KM = 5 kilometre"]),
    ("The old 1996 Pound Road fire is still studied.", []),
    ("The 3 Mark Twain novels sold well.", ["3 = 3"]),
    ("It ran for 12 HRS.", ["12 HRS = 12 hour"]),
]

LINES_OF_CODE: Cases = [
    ('"score": 82', []),
    ('"max_age": 300,', []),
    ("GET /weather/2.5?city=Lisk HTTP/1.1", []),
    ("retries = 5", []),
    ("(i32.add $1", []),
    ("$ git log -n 12", []),
    ("Spoken over HTTP/1.1 only.", []),
    ("Her “score”: 82 goals.", ["82 = 82"]),
    ("$ 40 was paid.", ["$ 40 = 40 US_dollar"]),
    ("It burns 8 L/100km.", ["8 L/100km = 8 litre_per_100_kilometres"]),
]

TITLES_OF_THE_BEST: Cases = [
    ("Check out The 12 Best Lifts For Beginners.", []),
    ("It made The Post’s The 10 Best Books of the year.", []),
    ("Our guide: 8 Best Ways To Cook", []),
    ("Read The 5 Greatest Chess Games", []),
    ("They sold the 12 best lamps.", ["12 = 12"]),
    ("The 8 best schools get more.", ["8 = 8"]),
]

COUNTERS_OF_PICTURES: Cases = [
    ("of 15", []),
    ("3 of 15", []),
    ("1 / 12", []),
    ("of 15 pupils", ["15 = 15"]),
]

PLURAL_LABELS: Cases = [
    ("The models 712 and 715 are rare.", []),
    ("Rooms 4 and 5 are shut.", []),
    ("Phases 2 and 3 follow.", []),
    ("Gates 14 to 16 are closed.", []),
    ("Platforms 3, 4 and 7 flood.", []),
    ("They have models 12 times as fast.", ["12 times = 12 ratio"]),
    ("In rooms 12 pupils wait.", ["12 = 12"]),
]

POST: Cases = [
    ("Write to 12 Mill Road, Albany, NY, 12084.", []),
    ("Lamp Corp., Albany, NY, 6,000", ["6,000 = 6000"]),
    ("The firm (DOT: 1854436) moves pianos.", []),
    ("Her licence (REG: 2204417) lapsed.", []),
    ("Case ID: 90117352 is open.", []),
    ("It had readers: 185,443 in May.", ["185,443 = 185443"]),
    ("Total: 2,204,417 votes.", ["2,204,417 = 2204417"]),
]

REFERENCES: Cases = [
    ("Stress is common [4,5].", []),
    ("Sleep helps [1-3].", []),
    ("Others agree [6, 9, 12].", []),
    ("Diet matters [2–4,7].", []),
    ("They paid [$40].", ["$40 = 40 US_dollar"]),
    ("The team [8 men] won.", ["8 = 8"]),
]

INDEXES: Cases = [
    ("Half of FTSE 100 companies have a chief of AI.", ["Half = 0.5 ratio"]),
    ("She advises Fortune 500 firms.", []),
    ("S&P 500 firms pay more.", []),
    ("Of Nikkei 225 members, few grew.", []),
    ("He made a fortune; 40 firms failed.", ["40 = 40"]),
]

ROWS_OF_RANKS: Cases = [
    ("44 QBE North America", []),
    ("7 HSBC Bank PLC", []),
    ("The hall holds 40 MPs.", ["40 = 40"]),
    ("They ran 12 KMs.", ["12 KMs = 12 kilometre"]),
    ("12 NATO soldiers fell.", ["12 = 12"]),
    ("40 US-made tanks came.", ["40 = 40"]),
    ("1 TFL.", ["1 = 1"]),
    ("3 MPs quit.", ["3 = 3"]),
]

SECOND_MODELS: Cases = [
    ("It runs on Windows 10 and 11.", []),
    ("The code serves Python 2 and 3 alike.", []),
    ("They fly the Boeing 737 and 747.", []),
    ("He owns an iPhone 14 or 15.", []),
    ("The Liberals won 40 and the Left nine.", ["40 = 40", "nine = 9"]),
    ("Rovers had 12 to 15 fans.", ["12 to 15 = 12..15"]),
    ("Norway 3 and 2 more teams came.", ["2 = 2"]),
]

UNIONS_AND_ROOMS: Cases = [
    ("Local 90 voted to strike.", []),
    ("She leads Teamsters Local 238.", []),
    ("He walked from one room in his house to the other.", []),
    ("The barge went from one bank to the other.", []),
    ("In the local 40 firms closed.", ["40 = 40"]),
    ("They sent one ship to the other fleet.", ["one = 1"]),
]

SIGNS_OF_THE_WEB: Cases = [
    ("if (rows.length > 0) {", []),
    ("The link ends in id=https%3A%2F%2Fx.org.", []),
    ("Cole. Bees. doi:10.1093/bees/x035.", []),
    ("So it is said [n 3].", []),
]

KINDS: dict[str, Cases] = {
    "second models": SECOND_MODELS,
    "unions and rooms": UNIONS_AND_ROOMS,
    "signs of the web": SIGNS_OF_THE_WEB,
    "lines of code": LINES_OF_CODE,
    "titles of the best": TITLES_OF_THE_BEST,
    "counters of pictures": COUNTERS_OF_PICTURES,
    "plural labels": PLURAL_LABELS,
    "post": POST,
    "references": REFERENCES,
    "indexes": INDEXES,
    "rows of ranks": ROWS_OF_RANKS,
    "code": CODE,
    "versions": VERSIONS,
    "ordinals in compounds": ORDINALS_IN_COMPOUNDS,
    "about a year": ABOUT_A_YEAR,
    "pronoun one": PRONOUN_ONE,
    "marks and counters": MARKS_AND_COUNTERS,
    "further labels": FURTHER_LABELS,
    "houses": HOUSES,
    "titles": TITLES,
    "hours of a day": HOURS_OF_A_DAY,
    "or two": OR_TWO,
    "figurative": FIGURATIVE,
    "idle zero": IDLE_ZERO,
    "notes of science": NOTES_OF_SCIENCE,
    "lists in a line": LISTS_IN_A_LINE,
    "letters of other things": LETTERS_OF_OTHER_THINGS,
}
