"""The archive: every attempt as WARC 1.1, so that nothing has to be asked of the web twice. See ``docs/archive.md``."""

from extract.archive.forget import forget_records
from extract.archive.members import walk
from extract.archive.place import ArchiveFolder, ArchivePlace, ArchiveStore, ArchiveStoreError, open_place
from extract.archive.read import ArchivedPage, ArchiveError, cut_records, iter_archive, read_page
from extract.archive.repair import ArchiveProblem, missing, recover, repair, verify
from extract.archive.write import ArchiveWriter

__all__ = [
    "ArchiveError",
    "ArchiveFolder",
    "ArchivePlace",
    "ArchiveProblem",
    "ArchiveStore",
    "ArchiveStoreError",
    "ArchiveWriter",
    "ArchivedPage",
    "cut_records",
    "forget_records",
    "iter_archive",
    "missing",
    "open_place",
    "read_page",
    "recover",
    "repair",
    "verify",
    "walk",
]
