"""The version that every extracted row carries.

Raise it with every change that can alter a row; ``newsledger backfill --stage extract`` then reads the pages
again from the archive that an older version has read.
"""

EXTRACTOR_VERSION = "2026.12.1.3"
