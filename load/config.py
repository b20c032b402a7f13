"""Where the warehouse is stored, and how much memory and how many threads it may use."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, field_validator

SQLITE = "ducklake:sqlite:"


# Name of the private database in its connections.
ALIAS = "warehouse"


class WarehouseConfig(BaseModel):
    """The warehouse's files and limits."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    path: Path = Field(description="Private file that is written to: the record. Readers use the published copy.")
    published: Path = Field(
        description="Read-only copy that anyone may open; replaced as a whole by each successful build."
    )
    parquet: Path | None = Field(None, description="Folder for the Parquet export; none is written without it.")
    url: str | None = Field(
        None,
        pattern=r"^ducklake:(sqlite|postgres):.",
        description="A DuckLake as the record, instead of the file: ducklake:sqlite:FILE for one machine, or "
        "ducklake:postgres:dbname=... host=... for many. The file's name is then used for working files only.",
    )
    data_path: Path | str | None = Field(
        None, description="Folder of the lake's Parquet files, or s3://BUCKET/FOLDER; all machines must see it."
    )
    synonyms: Path | None = Field(
        None, description="CSV of your own (term,canonical): words that mean the same as another; lower case, singular."
    )
    entities: Path | None = Field(
        None,
        description="CSV of your own (kind,name,entity,article_id): what a name refers to, in all articles or in one.",
    )
    keep_published: int = Field(
        1, ge=0, description="How many earlier published copies are kept next to the current one."
    )
    compact_from: float | None = Field(
        0.25, gt=0, lt=1, description="`maintain` compacts the private file when this share of it is free space."
    )
    lock_wait_s: float = Field(600, ge=0, description="Seconds to wait for another writer before giving up.")
    memory_limit: str = Field(
        "512MB",
        pattern=r"^\d+(\.\d+)? ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$",
        description="Memory that DuckDB may use; beyond it, it works on disk.",
    )
    threads: int = Field(1, ge=1, description="Threads that DuckDB builds with; each needs 512 MB of memory_limit.")

    @field_validator("path", "published")
    @classmethod
    def _has_no_question_mark(cls, path: Path) -> Path:
        # DuckDB reads the text after "?" as options of an address, and writes its log to another folder.
        if "?" in str(path.absolute()):
            raise ValueError("DuckDB cannot use a path with a question mark")
        return path

    @property
    def _record(self) -> Path:
        # Runs with different working files may write to the same catalog, so the lock belongs to the catalog's file.
        return Path(self.url.removeprefix(SQLITE)) if self.url and self.url.startswith(SQLITE) else self.path

    @property
    def lock_file(self) -> Path:
        """The file that the single writer locks."""
        return self._record.with_name(self._record.name + ".lock")

    @property
    def holder_file(self) -> Path:
        """The file that names the lock's holder, for waiting processes."""
        return self._record.with_name(self._record.name + ".holder.json")

    @property
    def build_dir(self) -> Path:
        """The folder for dbt's target, logs and profile."""
        return self.path.with_name(self.path.name + ".build")

    @property
    def search(self) -> Path:
        """Full-text index of the published copy."""
        return self.published.with_suffix(".search.sqlite")

    def duckdb_settings(self) -> dict[str, str | bool | int | float | list[str]]:
        """Settings of every connection to the private file; they must be the same for all connections of a process."""
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": self.memory_limit,
            "threads": self.threads,
            # Next to the file, where DuckDB would put it by default.
            "temp_directory": str(self.path.with_name(self.path.name + ".tmp").absolute()),
            # Each checkpoint rewrites the last row group of every table: with the default threshold of 16 MB, loading
            # takes 1.5 times as long and the file becomes twice as large.
            "checkpoint_threshold": "128MB",
        }
        if self.url:
            settings["extension_directory"] = str((self.build_dir / "extensions").absolute())
        return settings
