"""Records to and from JSON lines, checked against their dataclasses."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.files import atomic_file

R = TypeVar("R")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}


def _adapter(kind: type[R]) -> TypeAdapter[R]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def from_json(kind: type[R], line: str, where: str) -> R:
    """Build one record from a line of JSON; `where` names the line. Raises InputError."""
    try:
        return _adapter(kind).validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "line"
        raise InputError(f"{where}: not a {kind.__name__}: {place}: {first['msg']}") from None


def iter_jsonl(kind: type[R], path: Path) -> Iterator[R]:
    """Read records one by one. Raises InputError that names file and line."""
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from_json(kind, line, f"{path}:{number}")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}: {error}") from None


def read_jsonl(kind: type[R], path: Path) -> list[R]:
    """Read all records of a file. Raises InputError that names file and line."""
    return list(iter_jsonl(kind, path))


def to_json(record: Any) -> str:
    """One record as one line of JSON, Chinese kept readable."""
    return json.dumps(asdict(record), ensure_ascii=False)


def write_jsonl(path: Path, records: Iterable[Any]) -> int:
    """Write records atomically, a line each; returns how many. Raises InputError."""
    count = 0
    with atomic_file(path) as out:
        for record in records:
            out.write(to_json(record) + "\n")
            count += 1
    return count


def append_jsonl(path: Path, records: Iterable[Any]) -> None:
    """Write records atomically behind those that a file holds. Raises InputError."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    with atomic_file(path) as out:
        out.write(before if before.endswith("\n") or not before else before + "\n")
        out.writelines(to_json(record) + "\n" for record in records)


def write_json(path: Path, data: Any) -> None:
    """Write one JSON document atomically, sorted and indented so that git shows changes.

    What is not a number (nan) becomes null: JSON knows no other way to say so.
    """
    with atomic_file(path) as out:
        json.dump(_told(data), out, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
        out.write("\n")


def _told(data: Any) -> Any:
    if isinstance(data, Mapping):
        return {key: _told(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_told(value) for value in data]
    return None if isinstance(data, float) and math.isnan(data) else data
