"""Small invented records for the tests."""

from typing import Any

from pipeline.records.annotation import Annotation
from pipeline.records.article import Article, Block
from pipeline.records.example import LabelledExample
from pipeline.records.sentence import Sentence
from pipeline.records.taxonomy import PolicyArea, Taxonomy

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
