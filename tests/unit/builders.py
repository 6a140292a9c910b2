"""Small invented records for the tests."""

from typing import Any

import numpy as np

from pipeline.annotation.candidates import Candidate
from pipeline.records.annotation import Annotation
from pipeline.records.article import Article, Block
from pipeline.records.example import LabelledExample
from pipeline.records.labels import ANSWERS, Stance
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.scores import Scores, Targets
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import PolicyArea, Taxonomy
from pipeline.stats.scores import METRICS, confusions, f1

TAXONOMY = Taxonomy(
    "v1",
    (
        PolicyArea("export_controls", "出口管制", "Export controls", "限制芯片流向对手", "", ("管制", "芯片")),
        PolicyArea("open_source", "开源", "Open source", "开放权重的模型", "", ("开源", "权重")),
    ),
)  # fmt: skip


def article(
    article_id: str = "a", source: str = "甲报", story: str = "", text: str = ""
) -> Article:
    return Article(
        article_id, f"{article_id}.txt", "utf-8", "plain", "标题", source, "", "2026-01-01",
        story or article_id, text, (Block("body", 0, len(text), "prose"),),
    )  # fmt: skip


def sentence(
    sentence_id: str = "a-1", article_id: str = "a", text: str = "芯片管制收紧。"
) -> Sentence:
    return Sentence(sentence_id, article_id, 0, 0, len(text), text, "", "")


def annotation(sentence_id: str = "a-1", **changed: Any) -> Annotation:
    values: dict[str, Any] = {
        "sentence_id": sentence_id, "text": "芯片管制收紧。", "context": ("", ""),
        "annotator": "zhou", "created_at": "2026-01-01T00:00:00Z",
        "areas": {"export_controls": "supportive"}, "voice": "author", "role": "claim",
        "unsure": False, "provenance": "authored", "taxonomy_version": "v1", "sampling_p": None,
        "saw_prediction": False,
    }  # fmt: skip
    return Annotation(**(values | changed))


def example(sentence_id: str, article_id: str = "a", **changed: Any) -> LabelledExample:
    values: dict[str, Any] = {
        "sentence_id": sentence_id, "article_id": article_id, "source": "甲报", "story": article_id,
        "text": "芯片管制收紧。", "before": "", "after": "", "areas": {}, "voice": None,
        "role": "none", "annotators": 1, "disagreement": 0.0,
    }  # fmt: skip
    return LabelledExample(**(values | changed))


def prediction(sentence_id: str, **changed: Any) -> Prediction:
    values: dict[str, Any] = {
        "article_id": "a", "sentence_id": sentence_id, "start": 0, "end": 7, "text": "芯片管制收紧。",
        "role": "claim", "role_p": 0.9, "voice": "author", "voice_p": 0.9, "areas": (), "model": "m",
    }  # fmt: skip
    return Prediction(**(values | changed))


def area_answer(area: str, stance: Stance = "supportive", p: float = 0.9) -> AreaAnswer:
    rest = dict.fromkeys(ANSWERS, (1 - p) / 3)
    return AreaAnswer(area, stance, rest | {stance: p})


def candidate(
    sentence_id: str, source: str = "甲报", text: str = "", held_out: bool = False
) -> Candidate:
    return Candidate(sentence(sentence_id, text=text or sentence_id), "标题", source, held_out)


def score_all(scores: Scores, gold: Targets, threshold: float) -> dict[str, float]:
    """All METRICS for one set of sentences."""
    together = np.zeros(len(gold.role), dtype=np.int64)
    counts = confusions(scores, gold, threshold, together)
    return {metric: float(f1(metric, counts[metric].sum(axis=0))) for metric in METRICS}
