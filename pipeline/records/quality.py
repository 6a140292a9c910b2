"""What was measured of the model and of the labels, as the reports tell it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, TypeAdapter, ValidationError

from pipeline.errors import InputError
from pipeline.records.page import Doubt
from pipeline.records.reliability import Bin
from pipeline.records.training import Training

R = TypeVar("R")

Measured = Annotated[float, BeforeValidator(lambda told: math.nan if told is None else told)]
"""A number; nan, which reports write as null, where nothing could be measured."""


@dataclass(frozen=True)
class Interval:
    """A figure with its 95 % interval."""

    value: Measured
    low: Measured
    high: Measured


@dataclass(frozen=True)
class AreaScore:
    """Held-out quality of one area; see pipeline/stats/areas.py, whose fields these are."""

    area: str
    not_reliable: str
    not_reliable_zh: str = ""
    sentences: int = 0
    precision: float = 0.0
    recall: float = 0.0
    f1: float = 0.0
    stance: float = 0.0


@dataclass(frozen=True)
class PassRate:
    """Pairs of sentences that differ in one thing: how many, how many passed."""

    kind: str
    pairs: int
    passed: int


@dataclass(frozen=True)
class Metrics:
    """reports/metrics.json as far as readers want it: held-out scores by method and by area.

    `reliability` and `calibration_error` are of "raw" and "calibrated" probabilities, by question.
    """

    headline: dict[str, int | float | None] = field(default_factory=dict)
    methods: dict[str, dict[str, Interval]] = field(default_factory=dict)
    areas: tuple[AreaScore, ...] = ()
    calibration_error: dict[str, dict[str, Measured]] = field(default_factory=dict)
    reliability: dict[str, dict[str, tuple[Bin, ...]]] = field(default_factory=dict)
    behaviour: tuple[PassRate, ...] = ()
    confusion: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class Agreed:
    """How far two blind readers agree on a question."""

    units: int
    alpha: Interval
    ac1: Interval
    observed: Interval


@dataclass(frozen=True)
class Covered:
    """How many labelled sentences of a kind there are."""

    what: str
    count: int


@dataclass(frozen=True)
class Labels:
    """reports/labels.json as far as readers want it; `ceiling`: one reading scored against the
    other, by the names of the model's scores."""

    agreement: dict[str, Agreed] = field(default_factory=dict)
    ceiling: dict[str, Interval] = field(default_factory=dict)
    coverage: tuple[Covered, ...] = ()

    @property
    def counts(self) -> Mapping[str, int]:
        """Labelled sentences by what they show."""
        return {cell.what: cell.count for cell in self.coverage}


@dataclass(frozen=True)
class Quality:
    """All that was measured, and why an area is not reliable yet, by its id."""

    metrics: Metrics = Metrics()
    labels: Labels = Labels()
    training: Training = Training()
    doubts: Mapping[str, Doubt] = field(default_factory=dict)


def read_quality(metrics: Path, labels: Path, training: Path, least_alpha: float) -> Quality:
    """Read the reports that are there; nothing was measured where a file is missing.

    An area is in doubt by its held-out score, or where two readers agree on it less than
    `least_alpha` (Krippendorff's alpha). Raises InputError for a broken file.
    """
    measured = _read(Metrics, metrics)
    agreed = _read(Labels, labels)
    doubts = {
        name: Doubt(
            f"两次独立标注的一致性 α 为 {row.alpha.value:.2f}，低于 {least_alpha:g}",
            f"two blind readings agree with alpha {row.alpha.value:.2f}, below {least_alpha:g}",
        )
        for name, row in agreed.agreement.items()
        if row.alpha.value < least_alpha
    }
    for area in measured.areas:
        if area.not_reliable:
            doubts[area.area] = Doubt(area.not_reliable_zh or area.not_reliable, area.not_reliable)
    return Quality(measured, agreed, _read(Training, training), doubts)


def _read(kind: type[R], path: Path) -> R:
    if not path.exists():
        return kind()
    try:
        return TypeAdapter(kind).validate_json(path.read_bytes())
    except OSError as error:
        raise InputError(f"cannot read quality figures from {path}: {error}") from None
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "file"
        raise InputError(
            f"cannot read quality figures from {path}: {place}: {first['msg']}"
        ) from None
