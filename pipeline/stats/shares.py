"""Counts stances per policy area and voice: what a dashboard's numbers are made of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.records.labels import Stance
from pipeline.records.prediction import Prediction
from pipeline.records.summary import VOICE_SCOPES, Summary, Unit, VoiceScope

RAW = "raw"
"""Names the estimator: predicted sentences counted as they are, without correction."""

Answers = dict[tuple[str, VoiceScope], list[tuple[str, Stance]]]


def count_unit(
    unit: Unit, key: str, predictions: Sequence[Prediction], areas: Iterable[str]
) -> Iterator[Summary]:
    """Summarise one source or article: a row for each area and voice scope, zeros included.

    `predictions` are all body sentences of the unit, which is what coverage is a share of.
    """
    answers = _by_area_and_scope(predictions)
    for area in areas:
        for scope in VOICE_SCOPES:
            yield _count(unit, key, area, scope, answers.get((area, scope), []), len(predictions))


def _by_area_and_scope(predictions: Iterable[Prediction]) -> Answers:
    found: Answers = {}
    for prediction in predictions:
        for answer in prediction.areas:
            for scope in (prediction.voice, "all"):
                pair = (prediction.sentence_id, answer.stance)
                found.setdefault((answer.area, scope), []).append(pair)
    return found


def _count(
    unit: Unit,
    key: str,
    area: str,
    scope: VoiceScope,
    answers: Sequence[tuple[str, Stance]],
    sentences: int,
) -> Summary:
    stances = Counter(stance for _, stance in answers)
    supportive, critical = stances["supportive"], stances["critical"]
    return Summary(
        unit=unit,
        key=key,
        area=area,
        voice=scope,
        supportive=supportive,
        critical=critical,
        neutral=stances["neutral"],
        sentences=sentences,
        coverage=len(answers) / sentences if sentences else 0.0,
        net=(supportive - critical) / len(answers) if answers else 0.0,
        estimator=RAW,
        sentence_ids=tuple(sentence_id for sentence_id, _ in answers),
    )
