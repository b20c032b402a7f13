"""Records to Arrow: one batch of rows for one landing table, columns as the field dictionary has them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pyarrow as pa

from extract.types import Block
from load.schema import Table


def to_arrow(table: Table, records: Sequence[object], **extra: Sequence[Any]) -> pa.Table:
    """Build the Arrow table; ``extra`` gives the columns that the records do not have.

    Extra columns that are not in the dictionary are appended as strings.
    """
    columns = []
    for field in table.arrow():
        values = extra.pop(field.name) if field.name in extra else [getattr(r, field.name) for r in records]
        columns.append((field.name, pa.array(_plain(values, field.type), field.type)))
    columns += [(name, pa.array(values, pa.string())) for name, values in extra.items()]
    return pa.Table.from_arrays([array for _, array in columns], names=[name for name, _ in columns])


def _plain(values: Sequence[Any], type_: pa.DataType) -> Iterable[Any]:
    """Turn blocks and mappings into what Arrow takes for structs and maps."""
    if pa.types.is_map(type_):
        return [sorted(value.items()) for value in values]
    if pa.types.is_list(type_) and pa.types.is_struct(type_.value_type):
        return [[_block(block) for block in value] for value in values]
    return values


def _block(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "start": block.start, "end": block.end}
