"""The public benchmarks' commands on invented rows, with a reader in the network's place."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from pipeline.commands import bench_stance
from pipeline.commands.bench_stance import FOLDS, Training, c_stance, nlpcc2016
from pipeline.commands.benchmark import Bench, Request
from pipeline.project import Project
from pipeline.records.labels import STANCES
from tests.house.imports import ROOT

WORDS = {"supportive": "好", "critical": "坏", "neutral": "平"}


class Reader:
    """Knows the stance by its word, and is as sure as it was told."""

    def __init__(self, sure: float) -> None:
        self.sure = sure

    def score(self, rows):
        hot = np.eye(3)[
            [next(i for i, s in enumerate(STANCES) if WORDS[s] in r.text) for r in rows]
        ]
        return (self.sure * hot + (1 - self.sure) / 3).astype(np.float32)


def write(path: Path, count: int) -> None:
    rows = [
        {"text": f"{WORDS[stance]}第{i}句", "target": f"目标{i % 2}", "stance": stance}
        for i in range(count)
        for stance in STANCES
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def request_of(tmp_path: Path, monkeypatch):
    asked: list[tuple[str, int]] = []

    def trained(request, name, settings, rows):
        asked.append((name, len(rows)))
        return Training([Reader(0.0), Reader(0.9)], 60.0)

    def text_vectors(encoder, texts, max_tokens, arithmetic):
        return np.array([[float(len(text)), 1.0] for text in texts], np.float32)

    monkeypatch.setattr(bench_stance, "trained", trained)
    monkeypatch.setattr(bench_stance, "text_vectors", text_vectors)
    for name in ("c_stance/train", "c_stance/dev", "nlpcc2016/train", "test"):
        write(tmp_path / f"{name}.jsonl", 10)
    (tmp_path / "configs").mkdir()
    shutil.copyfile(ROOT / "configs/bench.yaml", tmp_path / "configs/bench.yaml")

    def make(test: bool) -> tuple[Request, list[tuple[str, int]]]:
        path = tmp_path / "test.jsonl" if test else None
        return Request(Project(tmp_path), tmp_path, path), asked

    return make


def scores(bench: Bench) -> dict[str, list[str]]:
    return {row[0]: list(row[1:]) for row in bench.rows}


def test_members_answer_together_and_beside_the_baselines(request_of):
    request, asked = request_of(test=True)
    bench = c_stance(request)
    assert list(bench.columns) == ["method", "dev", "test"]
    assert asked == [("c-stance", 30)]
    found = scores(bench)
    assert list(found) == ["majority", "tfidf", "frozen encoder", "one bert", "bert", "blend"]
    assert found["bert"] == found["blend"] == ["1.000", "1.000"]
    assert found["one bert"] == found["majority"] == ["0.167", "0.167"]
    assert "1.0 minutes" in bench.notes[0]


def test_every_row_is_scored_by_a_training_that_left_its_fold_out(request_of):
    request, asked = request_of(test=False)
    bench = nlpcc2016(request)
    assert [name for name, _ in asked] == [f"nlpcc2016-{k}" for k in range(FOLDS)]
    assert sum(30 - kept for _, kept in asked) == 30
    assert scores(bench)["bert"] == ["1.000"]
    assert bench.metrics["seconds"] == 60 * FOLDS


def test_a_test_file_is_scored_by_one_training_on_all_rows(request_of):
    request, asked = request_of(test=True)
    bench = nlpcc2016(request)
    assert asked == [("nlpcc2016", 30)]
    assert list(bench.columns) == ["method", "test"]
