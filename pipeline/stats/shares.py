"""Counts stances per policy area and voice: what a dashboard's numbers are made of."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.records.labels import STANCES, Stance
from pipeline.records.prediction import Prediction
from pipeline.records.summary import VOICE_SCOPES, Estimate, Summary, Unit, VoiceScope

Answers = dict[tuple[str, VoiceScope], list[tuple[str, Stance]]]
NO_BETTER = "没有随机抽取的标注，也没有留出的混淆矩阵 no random labels and no held-out confusion"


def count_unit(
    unit: Unit,
    key: str,
    period: str,
    predictions: Sequence[Prediction],
    stories: Mapping[str, str],
    areas: Iterable[str],
) -> Iterator[Summary]:
    """Summarise one source or article: a row for each area and voice scope, zeros included.

    `predictions` are all body sentences of the unit, which is what coverage is a share of;
    `stories` maps each article_id to its story.
    """
    answers = _by_area_and_scope(predictions)
    articles = {prediction.article_id for prediction in predictions}
    for area in areas:
        for scope in VOICE_SCOPES:
            counted = answers.get((area, scope), [])
            stances = Counter(stance for _, stance in counted)
            yield Summary(
                unit=unit,
                key=key,
                period=period,
                area=area,
                voice=scope,
                supportive=stances["supportive"],
                critical=stances["critical"],
                neutral=stances["neutral"],
                sentences=len(predictions),
                articles=len(articles),
                stories=len({stories[article] for article in articles}),
                estimates=_raw(stances, len(predictions)),
                estimator="raw",
                note=NO_BETTER,
                labelled=0,
                sentence_ids=tuple(sentence_id for sentence_id, _ in counted),
            )


def _by_area_and_scope(predictions: Iterable[Prediction]) -> Answers:
    found: Answers = {}
    for prediction in predictions:
        for answer in prediction.areas:
            for scope in (prediction.voice, "all"):
                pair = (prediction.sentence_id, answer.stance)
                found.setdefault((answer.area, scope), []).append(pair)
    return found


def _raw(stances: Mapping[Stance, int], sentences: int) -> dict[str, Estimate]:
    addressed = sum(stances.values())
    shares: dict[str, float] = {name: stances[name] / max(1, addressed) for name in STANCES}
    net = (stances["supportive"] - stances["critical"]) / max(1, addressed)
    found = {**shares, "net": net, "coverage": addressed / max(1, sentences)}
    return {name: Estimate(value) for name, value in found.items()}
