"""What every benchmark is given, and what it gives back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import InputError
from pipeline.project import Project


class MissingDataError(InputError):
    """The public files of a benchmark are not there."""


@dataclass(frozen=True)
class Request:
    """The project, the folder of public benchmark files, and perhaps a file to score as well."""

    project: Project
    data: Path
    test: Path | None

    def file(self, name: str) -> Path:
        """A benchmark's file, gzipped or not.

        Raises MissingDataError that says where it belongs.
        """
        for path in (self.data / name, self.data / f"{name}.gz"):
            if path.is_file():
                return path
        raise MissingDataError(
            f"{self.data / name} (or .gz) is missing: benchmark data is no part of this project; "
            "put the public files there, or name their folder with --data"
        )


@dataclass(frozen=True)
class Bench:
    """A table (`columns`, `rows` of cells), its figures by name, and what a reader must know."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    metrics: dict[str, float]
    notes: Sequence[str] = field(default_factory=tuple)
