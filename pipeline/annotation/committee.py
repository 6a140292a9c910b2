"""Sentences that two methods, taught by the same labels, answer differently."""

from collections.abc import Sequence
from typing import Any

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from pipeline.annotation.candidates import Candidate, Evidence, Pick
from pipeline.annotation.chance import rank
from pipeline.records.example import LabelledExample
from pipeline.records.labels import NOT_ADDRESSED


def disagreement(pool: Sequence[Candidate], evidence: Evidence, count: int) -> list[Pick]:
    """The sentences on whose areas a bag of n-grams and the model differ most.

    Query by committee (Seung et al., COLT 1992); a sentence counts the areas that are answered
    differently. The other way, sentences near to those that annotators differed on, foretells
    little in this text: `experiments/2026-11-25-what-to-annotate-next`. None without predictions
    and labels.
    """
    asked = [c for c in pool if c.id in evidence.predictions]
    if not asked or not evidence.labelled:
        return []
    texts = [c.sentence.text for c in asked]
    other = second_opinion(evidence.labelled, texts, evidence.taxonomy.ids, evidence.seed)
    differing: dict[str, int] = {}
    for candidate, theirs in zip(asked, other, strict=True):
        ours = {a.area: a.stance for a in evidence.predictions[candidate.id].areas}
        differing[candidate.id] = sum(
            ours.get(area, NOT_ADDRESSED) != stance for area, stance in theirs.items()
        )
    found = [c for c in asked if differing[c.id]]
    found.sort(key=lambda c: (-differing[c.id], rank(evidence.seed, c.id)))
    return [Pick(c, "disagreement") for c in found[:count]]


def second_opinion(
    labelled: Sequence[LabelledExample], texts: Sequence[str], areas: Sequence[str], seed: int
) -> list[dict[str, str]]:
    """For each text the answer to each area, learnt in seconds from character n-grams."""
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    features = vectorizer.fit_transform([e.text for e in labelled])
    asked = vectorizer.transform(texts)
    answers = [_answers([e.areas.get(a, NOT_ADDRESSED) for e in labelled], features, asked, seed)
               for a in areas]  # fmt: skip
    return [dict(zip(areas, row, strict=True)) for row in zip(*answers, strict=True)]


def _answers(given: Sequence[str], features: Any, asked: Any, seed: int) -> list[str]:
    """Answers to one area; the one there is where all labels are alike."""
    if len(set(given)) < 2:
        return [given[0]] * asked.shape[0]
    model = SGDClassifier(
        loss="log_loss", alpha=1e-5, class_weight="balanced", max_iter=20, tol=None,
        random_state=seed,
    )  # fmt: skip
    return [str(answer) for answer in model.fit(features, given).predict(asked)]
