"""What a page may show beside its article, and corpora for what the small one does not have."""

import json
from dataclasses import replace
from pathlib import Path

from pipeline.records.anchor import Anchor, AnchorAnswer, AnchorRecord
from pipeline.records.annotation import Annotation
from pipeline.records.prediction import Prediction
from pipeline.records.store import write_jsonl
from pipeline.records.summary import Estimate, Summary
from pipeline.records.task import Task
from pipeline.stages.render import Inputs

TAXONOMY = Path(__file__).parents[2] / "configs/policy_areas.yaml"
TASK = "http://127.0.0.1:8080/projects/1/data?task=7"
METRICS = {
    "headline": {"detection_f1": 0.81234, "voice_f1": None, "held_out_sentences": 775,
                 "held_out_articles": 30},
    "methods": {"blend": {"detection_f1": {"value": 0.81, "low": 0.79, "high": 0.83}}},
    "areas": [
        {"area": "deregulation", "sentences": 33, "precision": 0.7, "recall": 0.6, "f1": 0.65,
         "stance": 0.7, "not_reliable": "", "not_reliable_zh": ""},
        {"area": "ideology_speech", "sentences": 4, "precision": 0.5, "recall": 0.5, "f1": 0.5,
         "stance": 0.5, "not_reliable": "only 4 held-out sentences", "not_reliable_zh": "只有 4 句"},
    ],
    "calibration_error": {"raw": {"addressed": 0.02}, "calibrated": {"addressed": 0.006}},
    "reliability": {
        "raw": {"addressed": [{"count": 9, "mean_p": 0.2, "share_true": 0.4}]},
        "calibrated": {"addressed": [{"count": 5, "mean_p": 0.1, "share_true": 0.1},
                                     {"count": 4, "mean_p": 0.9, "share_true": 0.8}]},
    },
    "behaviour": [{"kind": "negation", "pairs": 32, "passed": 21, "failed": []}],
    "confusion": [[5, 1, 0, 1], [0, 4, 0, 1], [1, 0, 3, 0], [2, 1, 1, 99]],
}  # fmt: skip
INTERVAL = {"value": 0.95, "low": 0.94, "high": 0.96}
AGREED = {"units": 100, "alpha": INTERVAL, "ac1": INTERVAL, "observed": INTERVAL}
LABELS = {
    "agreement": {
        "all areas": AGREED,
        "deregulation": AGREED,
        "federal_state": {**AGREED, "alpha": {"value": 0.5, "low": 0.4, "high": 0.6}},
    },
    "ceiling": {"detection_f1": INTERVAL},
    "coverage": [{"what": "sentences", "count": 10027, "wanted": 1}],
    "problems": [],
}
TRAINING = {"model": "invented-1", "mlflow_run": "abc123", "commit": "f" * 40, "data": "e" * 32,
            "sentences": 13695, "seconds": 590}  # fmt: skip


def inputs(work: Path, predictions: list[Prediction]) -> Inputs:
    """Files of all kinds in `work`; the second sentence has a task and two people's answers."""
    for name, data in (("metrics", METRICS), ("labels", LABELS), ("training", TRAINING)):
        (work / f"{name}.json").write_text(json.dumps(data), encoding="utf-8")
    (work / "annotations").mkdir()
    known = predictions[1:2]
    given = [annotation(p, name) for p in known for name in ("甲", "<b>乙</b>")]
    write_jsonl(work / "annotations/people.jsonl", given)
    anchors = [Anchor(f"a{i}", f"a{i}", "句", "", "") for i in range(6)]
    write_jsonl(work / "anchors.jsonl", anchors)
    write_jsonl(
        work / "anchor_answers.jsonl", [version("old", "supportive"), version("new", "critical")]
    )
    write_jsonl(work / "tasks.jsonl", [Task(p.sentence_id, TASK) for p in known])
    return Inputs(
        TAXONOMY,
        *(work / f"{name}.jsonl" for name in ("articles", "predictions", "summaries")),
        *(work / f"{name}.json" for name in ("metrics", "labels", "training")),
        annotations=work / "annotations",
        anchors=work / "anchors.jsonl",
        anchor_answers=work / "anchor_answers.jsonl",
        tasks=work / "tasks.jsonl",
        single=True,
    )


def version(model: str, stance: str) -> AnchorRecord:
    """All anchors answered alike by one version."""
    answer = AnchorAnswer({"open_source": stance}, "author")
    return AnchorRecord(model, "v1", "c0de", ("open_source",), {f"a{i}": answer for i in range(6)})


def annotation(prediction: Prediction, name: str) -> Annotation:
    """As the model answered, from 甲; without an area from anybody else."""
    areas = {a.area: a.stance for a in prediction.areas} if name == "甲" else {}
    return Annotation(
        sentence_id=prediction.sentence_id, text=prediction.text, context=("", ""), annotator=name,
        created_at="2026-01-01T00:00:00Z", areas=areas, voice="author" if areas else None,
        role="claim", unsure=not areas, provenance="blind", taxonomy_version="v1", sampling_p=None,
        saw_prediction=False,
    )  # fmt: skip


def outlet(name: str, net: str) -> tuple:
    """An article of four sentences on open source, for (+) or against (-) it."""
    words = [(f"{name}第{i}句谈开源。", f"claim author open_source{net}") for i in range(4)]
    return (f"{name}-1", f"{name}谈开源", name, "2025-08-02", [("body", words)])


OUTLETS = [outlet("甲报", "+"), outlet("乙报", "+"), outlet("丙报", "+"), outlet("丁报", "-"),
           outlet("戊报", "=")]  # fmt: skip

MANY = [
    (
        f"many-{number:02d}",
        f"长文第{number}篇",
        "长报",
        f"2025-0{1 + number % 3}-02",
        [
            (
                "body",
                [
                    (f"第{number}篇第{i}句支持算力。", f"claim author compute_energy{'+-='[i % 3]}")
                    for i in range(50)
                ],
            )
        ],
    )
    for number in range(5)
]


def with_interval(row: Summary) -> Summary:
    """The same row with a narrow interval around each estimate, as if it were expected counts."""
    if not row.addressed:
        return row
    around = {
        name: Estimate(e.value, max(-1.0, e.value - 0.2), min(1.0, e.value + 0.2))
        for name, e in row.estimates.items()
    }
    return replace(row, estimates=around, estimator="expected", note="")
