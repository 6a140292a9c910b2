"""The whole graph with real DVC, MLflow and encoder on a dozen of the sample articles."""

import json
import sqlite3

import pytest
import yaml

from pipeline.records.prediction import Prediction
from pipeline.records.store import read_jsonl
from tests.e2e.small_project import repro, run

pytestmark = pytest.mark.slow
MODEL_STAGES = ["train", "calibrate", "predict", "evaluate", "summarise", "render"]


def test_every_stage_leaves_its_output(project):
    graph = yaml.safe_load((project / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    for stage in graph.values():
        for out in stage.get("outs", []) + stage.get("metrics", []):
            assert (project / (next(iter(out)) if isinstance(out, dict) else out)).exists()


def test_a_second_run_does_nothing(project):
    assert repro(project) == []


def test_only_unseen_articles_are_predicted_and_offsets_point_into_the_files(project):
    predicted = read_jsonl(Prediction, project / "data/predictions.jsonl")
    assert {p.article_id for p in predicted} == {"p-10", "r-06"}
    raw = (project / "data/raw/p-10.html").read_text(encoding="utf-8")
    plain = [p for p in predicted if p.article_id == "p-10" and "<" not in raw[p.start : p.end]]
    assert len(plain) > 5
    assert all(raw[p.start : p.end] == p.text for p in plain)


def test_a_training_is_tracked_with_commit_and_data_hash(project):
    lock = yaml.safe_load((project / "dvc.lock").read_text(encoding="utf-8"))
    deps = {d["path"]: d["md5"] for d in lock["stages"]["train"]["deps"]}
    with sqlite3.connect(project / "mlflow.db") as store:
        tags = dict(store.execute("select key, value from tags"))
        metrics = {name for (name,) in store.execute("select distinct key from metrics")}
        params = {name for (name,) in store.execute("select distinct key from params")}
    assert tags["data_md5.labelled"] == deps["data/labelled.jsonl"]
    head = run(project, "git", "rev-parse", "HEAD").strip()
    assert tags["git_commit"].startswith(head)
    assert {"loss", "seconds", "sentences"} <= metrics
    assert {"seed", "bert.learning.learning_rate"} <= params


def test_a_changed_template_runs_render_alone(project):
    template = project / "pipeline/templates/css/10-base.css"
    template.write_text(template.read_text(encoding="utf-8") + "\n/* changed */\n")
    assert repro(project) == ["render"]


def test_a_changed_annotation_runs_collect_and_what_follows(project):
    path = project / "labels/annotations/authored.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines()
    changed = json.loads(lines[0])
    changed |= {"areas": {"open_source": "critical"}, "voice": "author"}
    changed |= {"provenance": "adjudicated", "created_at": "2026-12-31T00:00:00Z"}
    path.write_text("\n".join([*lines, json.dumps(changed)]) + "\n", encoding="utf-8")
    ran = repro(project)
    assert ran[0] == "collect"
    assert set(ran) - {"split"} == {"collect", "lint", *MODEL_STAGES}
