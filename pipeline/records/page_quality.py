"""What the template of the page about quality and method receives."""

from dataclasses import asdict, dataclass

from pipeline.records.anchor import Shift
from pipeline.records.page import Frame
from pipeline.records.page_overview import AreaHead
from pipeline.records.quality import Quality


@dataclass(frozen=True)
class Versions:
    """Two versions of model and codebook, and what the change alone moved."""

    before: str
    now: str
    moved: tuple[Shift, ...]


@dataclass(frozen=True)
class QualityPage:
    """How the numbers are made and how good they are; `versions` is None with one version only."""

    frame: Frame
    areas: tuple[AreaHead, ...]
    models: tuple[str, ...]
    taxonomy_version: str
    quality: Quality
    versions: Versions | None

    @property
    def reliability(self) -> dict[str, dict[str, list[dict[str, float]]]]:
        """What the chart of probabilities draws: bins by kind and question."""
        return {
            kind: {question: [asdict(one) for one in bins] for question, bins in of.items()}
            for kind, of in self.quality.metrics.reliability.items()
        }
