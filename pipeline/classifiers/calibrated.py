"""A trained classifier together with its calibration."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.classifiers.base import InContext
from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.blend import Blend
from pipeline.errors import InputError
from pipeline.records.calibration import FittedCalibration
from pipeline.records.scores import Scores
from pipeline.records.store import from_json
from pipeline.records.taxonomy import Taxonomy
from pipeline.stats.calibrate import calibrated


@dataclass(frozen=True)
class Calibrated:
    """Answers with probabilities that mean what they say."""

    classifier: Blend
    fitted: FittedCalibration
    name: str = Blend.name

    @classmethod
    def load(cls, model: Path, calibration: Path) -> "Calibrated":
        """Read both. Raises InputError when one is missing, or was fitted on another model."""
        classifier = Blend.load(model)
        try:
            text = calibration.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"no calibration in {calibration} ({error}); make one with 'dvc repro calibrate'"
            ) from error
        fitted = from_json(FittedCalibration, text, str(calibration))
        if fitted.model != classifier.version:
            raise InputError(
                f"{calibration} was fitted on model {fitted.model}, {model} holds "
                f"{classifier.version}; run 'dvc repro calibrate'"
            )
        return cls(classifier, fitted)

    @classmethod
    def beside(cls, model: Path) -> "Calibrated":
        """Read a model's folder and the calibration that lies beside it."""
        model = model.resolve()
        return cls.load(model, model.with_name(f"{model.name}.calibration.json"))

    @property
    def taxonomy(self) -> Taxonomy:
        """The policy areas that it answers for."""
        return self.classifier.taxonomy

    @property
    def version(self) -> str:
        """The model's name."""
        return self.classifier.version

    def score(self, sentences: Sequence[InContext]) -> Scores:
        """Calibrated probabilities for each sentence, in the given order."""
        return self.score_rows(self.encode(sentences))

    def encode(self, sentences: Sequence[InContext]) -> list[Encoded]:
        """Token ids of each sentence in its context."""
        return self.classifier.encode(sentences)

    def score_rows(self, rows: Sequence[Encoded]) -> Scores:
        """Calibrated probabilities for encoded sentences, perhaps with words hidden."""
        raw = self.classifier.score_rows(rows)
        return calibrated(raw, self.fitted.calibration, self.taxonomy.ids)
