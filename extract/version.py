"""The version that every extracted row carries.

Raise it with every change that can alter a row; ``newsledger backfill --stage extract`` then
finds the pages that an older version has read and reads them again from the archive.
"""

EXTRACTOR_VERSION = "2026.11.30"
