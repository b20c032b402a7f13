"""What a reading process needs before its first page, imported once by the fork server.

The models take seconds to load and a fork takes milliseconds, so replacing a process that a page has ended costs next
to nothing, and all processes share the memory of the models.
"""

import gc

from extract.read.rows import read_rows
from extract.strip import extract_article

__all__ = ["extract_article", "read_rows"]

# The sentence loads the reader's models; the page loads everything that pages are parsed with. It names no language,
# and the month of its date is in a language that only the last resort (dateparser) knows.
read_rows("Three people were hurt on Monday, the police said.", language="en", version_id="", published_at=None)
extract_article(
    "<h1>Silta suljettiin tulvan takia</h1><p>Julkaistu 3. toukokuuta 2024 klo 14</p>"
    "<p>Kaupunki sulki perjantaina vanhan sillan, koska joki nousi yön aikana kaksi metriä.</p>",
    url="https://example.org/silta",
)
# Freeze what is loaded: a garbage collection in a child would copy its memory page by page.
gc.collect()
gc.freeze()
