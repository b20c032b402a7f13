"""What a reading process needs before its first page: imported once by the process that all of them are forked from.

The models take seconds to load and a fork takes milliseconds, so a process that a page has ended costs next to nothing,
and the memory of the models is shared.
"""

import gc

from extract.read.rows import read_rows
from extract.strip import extract_article

__all__ = ["extract_article", "read_rows"]

# The first sentence loads the models.
read_rows("Three people were hurt on Monday, the police said.", language="en", version_id="", published_at=None)
# What is here stays: a collection in a child would copy it page by page.
gc.collect()
gc.freeze()
