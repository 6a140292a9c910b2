"""Sentences that the classifier was not trained on, and its answers to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.bars import counting_bar
from pipeline.classifiers.calibrated import Calibrated
from pipeline.classifiers.decode import predictions
from pipeline.classifiers.explain import explained
from pipeline.config import STRICT, load_params
from pipeline.records.article import Article
from pipeline.records.fold import Fold
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl, write_jsonl
from pipeline.run_stage import run_stage

AT_ONCE = 2000  # sentences: their tokens take 35 MB, and as many again where words are hidden


@dataclass(frozen=True)
class Params:
    """`threshold`: an area counts as addressed from this probability on.

    `explain`: name the words that carried each answer, which takes several times as long.
    """

    __pydantic_config__ = STRICT

    threshold: float
    explain: bool


def unseen(
    sentences: Sequence[Sentence], folds: Sequence[Fold], story: Mapping[str, str]
) -> list[Sentence]:
    """The sentences of articles that are held out, or not labelled at all.

    `story` is that of each article: a reprint of what was trained on is seen text as well.
    """
    seen = {story[fold.article_id] for fold in folds if not fold.held_out}
    return [sentence for sentence in sentences if story[sentence.article_id] not in seen]


def predict(
    sentences: Sequence[Sentence], classifier: Calibrated, settings: Params
) -> list[Prediction]:
    """The classifier's answers, one Prediction a sentence; of many, so many at once with a bar."""
    if len(sentences) <= AT_ONCE:
        return _predict(sentences, classifier, settings)
    found: list[Prediction] = []
    with counting_bar("predicting", len(sentences)) as more:
        for start in range(0, len(sentences), AT_ONCE):
            found += _predict(sentences[start : start + AT_ONCE], classifier, settings)
            more(min(AT_ONCE, len(sentences) - start))
    return found


def _predict(
    sentences: Sequence[Sentence], classifier: Calibrated, settings: Params
) -> list[Prediction]:
    scores = classifier.score(sentences)
    answered = predictions(
        sentences, scores, classifier.taxonomy, settings.threshold, classifier.version
    )
    return explained(answered, sentences, classifier) if settings.explain else answered


def main(
    params: Path,
    articles: Path,
    sentences: Path,
    folds: Path,
    model: Path,
    calibration: Path,
    out: Path,
) -> None:
    """Predict the sentences of every article that was not trained on."""
    settings = load_params(params, "predict", Params)
    story = {article.article_id: article.story for article in iter_jsonl(Article, articles)}
    asked = unseen(read_jsonl(Sentence, sentences), read_jsonl(Fold, folds), story)
    answered = predict(asked, Calibrated.load(model, calibration), settings)
    write_jsonl(out, answered)
    print(f"{len(answered)} sentences of unseen articles predicted")


if __name__ == "__main__":
    run_stage(main)
