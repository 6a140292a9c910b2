"""Where the files of a project are: for the commands that a person types."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError


@dataclass(frozen=True)
class Project:
    """A project's folder; stages get their paths from dvc.yaml, commands from here."""

    root: Path

    @property
    def params(self) -> Path:
        """A section of settings a stage."""
        return self.root / "configs/params.yaml"

    @property
    def taxonomy(self) -> Path:
        """The policy areas."""
        return self.root / "configs/policy_areas.yaml"

    @property
    def sources(self) -> Path:
        """The known outlets."""
        return self.root / "configs/sources.yaml"

    @property
    def cleaning(self) -> Path:
        """The cleaning rules."""
        return self.root / "configs/cleaning.yaml"

    @property
    def hard_cases(self) -> Path:
        """The codebook's hard cases."""
        return self.root / "configs/hard_cases.yaml"

    @property
    def annotation_settings(self) -> Path:
        """A section of settings a command around annotations."""
        return self.root / "configs/annotation.yaml"

    @property
    def raw(self) -> Path:
        """The folder of raw articles."""
        return self.root / "data/raw"

    @property
    def annotations(self) -> Path:
        """The folder of annotation files."""
        return self.root / "labels/annotations"

    @property
    def contrasts(self) -> Path:
        """The folder of contrast groups."""
        return self.root / "labels/contrasts"

    @property
    def batches(self) -> Path:
        """The folder of sentences that were chosen to be annotated."""
        return self.root / "labels/batches"

    @property
    def skips(self) -> Path:
        """The folder of sentences that annotators passed over."""
        return self.root / "labels/skips"

    @property
    def screen(self) -> Path:
        """The annotators' screen, as Label Studio reads it."""
        return self.root / "labels/label_studio.xml"

    @property
    def codebook(self) -> Path:
        """The annotators' guide."""
        return self.root / "labels/codebook.zh.md"

    @property
    def login(self) -> Path:
        """The secrets of this machine's Label Studio, beside its data; ignored by git."""
        return self.root / ".label-studio/login.json"

    @property
    def audit(self) -> Path:
        """The folder of what prefills do to answers."""
        return self.root / "reports/audit"

    @property
    def articles(self) -> Path:
        """The output of ingest."""
        return self.root / "data/articles.jsonl"

    @property
    def anchors(self) -> Path:
        """The sentences that every version answers."""
        return self.root / "labels/anchors.jsonl"

    @property
    def anchor_answers(self) -> Path:
        """What each version answered about them."""
        return self.root / "labels/anchor_answers.jsonl"

    @property
    def anchor_report(self) -> Path:
        """What the version at hand changes."""
        return self.root / "reports/anchors.md"

    @property
    def sentences(self) -> Path:
        """The output of segment."""
        return self.root / "data/sentences.jsonl"

    @property
    def predictions(self) -> Path:
        """The output of predict."""
        return self.root / "data/predictions.jsonl"

    @property
    def labelled(self) -> Path:
        """The output of collect."""
        return self.root / "data/labelled.jsonl"

    @property
    def folds(self) -> Path:
        """The output of split."""
        return self.root / "data/folds.jsonl"

    @property
    def held_out(self) -> Path:
        """The answers to held-out sentences, an output of evaluate."""
        return self.root / "data/held_out.jsonl"

    @property
    def encoder(self) -> Path:
        """The pretrained encoder."""
        return self.root / "models/encoder"

    @property
    def model(self) -> Path:
        """The trained classifier."""
        return self.root / "models/stance"

    @property
    def metrics(self) -> Path:
        """The scores of the trained classifier."""
        return self.root / "reports/metrics.json"

    @property
    def label_report(self) -> Path:
        """What the lint found in the labels."""
        return self.root / "reports/labels.json"

    @property
    def training(self) -> Path:
        """Where the trained classifier comes from."""
        return self.root / "reports/training.json"

    @property
    def summaries(self) -> Path:
        """The output of summarise."""
        return self.root / "data/summaries.jsonl"

    @property
    def tasks(self) -> Path:
        """Where sentences are corrected in Label Studio, if anywhere."""
        return self.root / "data/tasks.jsonl"

    @property
    def crossval(self) -> Path:
        """The folder of cross-validation results."""
        return self.root / "reports/crossval"

    @property
    def bench(self) -> Path:
        """The folder of benchmark results."""
        return self.root / "reports/bench"

    @property
    def bench_settings(self) -> Path:
        """How the benchmarks of stance toward any target train."""
        return self.root / "configs/bench.yaml"

    @property
    def agreement(self) -> Path:
        """The folder of the annotators' agreement."""
        return self.root / "reports/agreement"

    @property
    def coverage_settings(self) -> Path:
        """The worlds on which intervals are tried."""
        return self.root / "configs/coverage.yaml"

    @property
    def curve(self) -> Path:
        """The folder of the learning curve."""
        return self.root / "reports/curve"


def find_project(start: Path) -> Project:
    """The project around `start`, else the one that the package was installed from.

    Raises InputError when neither holds configs/policy_areas.yaml.
    """
    for root in (start, *start.parents, Path(__file__).resolve().parents[1]):
        if (root / "configs/policy_areas.yaml").is_file():
            return Project(root)
    raise InputError("no project here: run this where configs/policy_areas.yaml is")
