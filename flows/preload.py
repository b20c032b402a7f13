"""What a reading process needs before its first page: imported once by the process that all of them are forked from.

The models take seconds to load and a fork takes milliseconds, so a process that a page has ended costs next to nothing,
and the memory of the models is shared.
"""

import gc

from extract.read.rows import read_rows
from extract.strip import extract_article

__all__ = ["extract_article", "read_rows"]

# The first sentence loads the models of the reader, and the first page all that pages are read with: it does not tell
# its language, and its date is in the words of one of which only the last resort knows the months.
read_rows("Three people were hurt on Monday, the police said.", language="en", version_id="", published_at=None)
extract_article(
    "<h1>Silta suljettiin tulvan takia</h1><p>Julkaistu 3. toukokuuta 2024 klo 14</p>"
    "<p>Kaupunki sulki perjantaina vanhan sillan, koska joki nousi yön aikana kaksi metriä.</p>",
    url="https://example.org/silta",
)
# What is here stays: a collection in a child would copy it page by page.
gc.collect()
gc.freeze()
