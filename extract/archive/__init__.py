"""The archive: every attempt as WARC 1.1, so that nothing has to be asked of the web twice. See ``docs/archive.md``."""

from extract.archive.members import walk
from extract.archive.read import ArchivedPage, ArchiveError, archive_paths, iter_archive, read_page
from extract.archive.repair import ArchiveProblem, recover, repair, verify
from extract.archive.write import ArchiveWriter

__all__ = [
    "ArchiveError",
    "ArchiveProblem",
    "ArchiveWriter",
    "ArchivedPage",
    "archive_paths",
    "iter_archive",
    "read_page",
    "recover",
    "repair",
    "verify",
    "walk",
]
