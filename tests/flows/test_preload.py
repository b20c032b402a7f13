"""A reading process has loaded all that it needs before its first page."""

import subprocess
import sys

PROGRAM = """
import sys
import flows.preload
before = set(sys.modules)
from flows.preload import extract_article, read_rows
texts = {
    "fr": "Publié le 3 févr. 2024|Le conseil a fermé les deux ponts avant le matin car la rivière montait.",
    "de": "Veröffentlicht am 3. Mai 2024|Der Rat sperrte beide Brücken vor dem Morgen, weil der Fluss weiter stieg.",
    "": "Posted 2 hours ago|The council closed both bridges before the morning as the river rose by 12 %.",
    "cs": "Publikováno 3. května 2024|Rada zavřela oba mosty před ránem, protože řeka stále stoupala a pršelo.",
}
for language, text in texts.items():
    day, story = text.split("|")
    page = f"<html lang='{language}'><title>A</title><h1>A bridge is closed</h1><p>{day}</p>" + f"<p>{story}</p>" * 4
    article = extract_article(page, url=f"https://example.{language or 'org'}/a")
    read_rows(article.text, language=article.language, version_id="v", published_at=None)
# A language's own words of dates and a zone's data are files of their own.
late = {name for name in set(sys.modules) - before if not name.startswith(("dateparser.data", "dateparser_data"))}
print(sorted(late))
"""


def test_no_module_is_loaded_in_the_middle_of_a_page():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
