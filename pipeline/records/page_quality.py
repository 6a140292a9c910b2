"""What the template of the page about quality and method receives."""

from dataclasses import dataclass

from pipeline.records.page import Frame, direction
from pipeline.records.page_overview import AreaHead
from pipeline.records.quality import Quality
from pipeline.records.summary import Estimate


@dataclass(frozen=True)
class Moved:
    """An area's net stance on the anchors `before` and `after` the version changed.

    Of `sentences` anchors `changed` are answered otherwise; `shift` is the difference.
    """

    area: str
    sentences: int
    changed: int
    before: float
    after: float
    shift: Estimate

    @property
    def sure(self) -> bool:
        """Does the version alone surely move the net stance?"""
        return direction(self.shift) in ("supportive", "critical")


@dataclass(frozen=True)
class Versions:
    """Two versions of model and codebook, and what the change alone moved."""

    before: str
    now: str
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class QualityPage:
    """How the numbers are made and how good they are; `versions` is None with one version only."""

    frame: Frame
    areas: tuple[AreaHead, ...]
    models: tuple[str, ...]
    taxonomy_version: str
    quality: Quality
    versions: Versions | None
