"""The methods that every report shows beside the trained classifier."""

from collections.abc import Sequence

from pipeline.classifiers.base import Classifier, InContext
from pipeline.classifiers.keywords import Keywords
from pipeline.classifiers.majority import Majority
from pipeline.classifiers.tfidf import Tfidf
from pipeline.records.example import LabelledExample
from pipeline.records.scores import Scores
from pipeline.records.taxonomy import Taxonomy


def baseline_scores(
    train: Sequence[LabelledExample], asked: Sequence[InContext], taxonomy: Taxonomy
) -> dict[str, Scores]:
    """Scores of majority, keywords and TF-IDF, fitted on `train`, for the `asked` sentences."""
    methods: tuple[Classifier, ...] = (Majority(), Keywords(), Tfidf())
    for method in methods:
        method.fit(train, taxonomy)
    return {method.name: method.score(asked) for method in methods}
