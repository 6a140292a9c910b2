"""Probabilities to the answers that are published."""

from collections.abc import Sequence

from pipeline.records.labels import ANSWERS, ROLES, STANCES, VOICES
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.scores import Scores
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import Taxonomy
from pipeline.stats.scores import MISSING, decide


def predictions(
    sentences: Sequence[Sentence], scores: Scores, taxonomy: Taxonomy, threshold: float, model: str
) -> list[Prediction]:
    """One Prediction a sentence; an area is addressed where p(addressed) reaches `threshold`."""
    answers = decide(scores.areas, threshold)
    rows = []
    for i, sentence in enumerate(sentences):
        areas = tuple(
            AreaAnswer(
                area=area,
                stance=STANCES[answers[i, a]],
                p={n: round(float(p), 4) for n, p in zip(ANSWERS, scores.areas[i, a], strict=True)},
            )
            for a, area in enumerate(taxonomy.ids)
            if answers[i, a] != MISSING
        )
        voice, role = int(scores.voice[i].argmax()), int(scores.role[i].argmax())
        rows.append(
            Prediction(
                article_id=sentence.article_id,
                sentence_id=sentence.sentence_id,
                start=sentence.start,
                end=sentence.end,
                text=sentence.text,
                role=ROLES[role],
                role_p=round(float(scores.role[i, role]), 4),
                voice=VOICES[voice],
                voice_p=round(float(scores.voice[i, voice]), 4),
                areas=areas,
                model=model,
            )
        )
    return rows
