"""Held-out labels to a calibration of the trained classifier's probabilities."""

from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.classifiers.base import targets
from pipeline.classifiers.blend import Blend
from pipeline.config import STRICT, load_params
from pipeline.records.calibration import Calibration, FittedCalibration
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold, held_out
from pipeline.records.store import read_jsonl, write_json
from pipeline.run_stage import run_stage
from pipeline.stats.calibrate import fit


@dataclass(frozen=True)
class Params:
    """`least`: with fewer held-out sentences nothing is fitted, and probabilities stay raw."""

    __pydantic_config__ = STRICT

    least: int


def main(params: Path, labelled: Path, folds: Path, model: Path, out: Path) -> None:
    """Fit the calibration on the labelled sentences that were held out of training."""
    settings = load_params(params, "calibrate", Params)
    asked = held_out(read_jsonl(LabelledExample, labelled), read_jsonl(Fold, folds))
    classifier = Blend.load(model)
    areas = classifier.taxonomy.ids
    if len(asked) < settings.least:
        print(f"{len(asked)} held-out sentences are too few to calibrate: probabilities stay raw")
        calibration = Calibration()
    else:
        gold = targets(asked, classifier.taxonomy)
        calibration = fit(classifier.score(asked), gold, areas)
    write_json(out, asdict(FittedCalibration(classifier.version, len(asked), calibration)))


if __name__ == "__main__":
    run_stage(main)
