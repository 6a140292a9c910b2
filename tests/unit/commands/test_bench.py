import gzip
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from pipeline.classifiers.target_baselines import frozen, majority, tfidf
from pipeline.commands import bench
from pipeline.commands.bench import BENCHES, Asked, markdown, run_bench
from pipeline.commands.bench_stance import favg, macro_f1
from pipeline.commands.benchmark import Bench, Request
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.scores import Floats
from pipeline.records.target_stance import TargetStance, read_target_stances
from pipeline.tracking import tracked

ROWS = [
    TargetStance("好", "a", "supportive"),
    TargetStance("坏", "a", "critical"),
    TargetStance("坏", "b", "critical"),
    TargetStance("中", "b", "neutral"),
]
GIVEN = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.8, 0.1]], np.float32)


def test_official_measures_by_hand():
    # supportive: 1 hit, 1 miss elsewhere: 2/3; critical: 1 hit, 1 false, 1 missed: 1/2; neutral: 0
    assert macro_f1(ROWS, GIVEN) == pytest.approx((2 / 3 + 1 / 2 + 0) / 3)
    assert favg(ROWS, GIVEN) == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_rows_are_read_with_the_names_that_the_public_sets_use(tmp_path: Path):
    path = tmp_path / "x.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for stance in ("favor", "AGAINST", "none", "neutral", "支持"):
            out.write(json.dumps({"id": 1, "text": "t", "target": "a", "stance": stance}) + "\n")
    found = [row.stance for row in read_target_stances(path)]
    assert found == ["supportive", "critical", "neutral", "neutral", "supportive"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{}", "x.jsonl:1: not an object with text, target and stance"),
        ("[1]", "x.jsonl:1: not an object"),
        ('{"text": null, "target": "", "stance": "favor"}', "x.jsonl:1: not an object"),
        ('{"text": "", "target": "", "stance": "maybe"}', "unknown stance 'maybe'"),
        ("", "holds no row"),
    ],
)
def test_a_bad_file_is_an_error_that_names_the_line(tmp_path: Path, line: str, said: str):
    (tmp_path / "x.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=said.replace("(", r"\(")):
        read_target_stances(tmp_path / "x.jsonl")


def test_a_truncated_archive_is_an_error(tmp_path: Path):
    path = tmp_path / "x.jsonl.gz"
    whole = gzip.compress(b'{"text": "t", "target": "a", "stance": "favor"}\n' * 99)
    flipped = whole[:20] + bytes([whole[20] ^ 255]) + whole[21:]
    for damaged in (whole[:40], flipped):
        path.write_bytes(damaged)
        with pytest.raises(InputError, match=r"x\.jsonl\.gz"):
            read_target_stances(path)


def test_a_benchmark_that_tracks_its_own_trainings_is_tracked_beside_them(
    tmp_path: Path, monkeypatch
):
    def stub(request: Request) -> Bench:
        with tracked("inner", "training", {}, {}) as run:
            run.metrics({"loss": 1.0})
        return Bench("Stub", ("method",), [("a",)], {"score": 0.5})

    monkeypatch.setenv("MLFLOW_TRACKING_URI", f"sqlite:///{tmp_path}/mlflow.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(bench, "BENCHES", {"stub": stub, "absent": absent})
    tables = list(bench.run_benches(Project(tmp_path), Asked("all", tmp_path, None)))
    assert tables[0].startswith("# Stub")
    assert "skipped" in tables[1]
    assert json.loads((tmp_path / "reports/bench/stub.json").read_text())["metrics"]["score"] == 0.5


def absent(request: Request) -> Bench:
    request.file("none.jsonl")
    raise AssertionError


def test_missing_benchmark_data_is_an_error_that_says_where_it_belongs(tmp_path: Path):
    with pytest.raises(InputError, match="--data"):
        Request(Project(tmp_path), tmp_path, None).file("c_stance/dev.jsonl")


def test_an_unknown_benchmark_is_an_error_that_names_those_there_are(tmp_path: Path):
    with pytest.raises(InputError, match=f"there are {', '.join(BENCHES)} and all"):
        run_bench(Project(tmp_path), Asked("mnist", tmp_path, None))


def letters(texts: Sequence[str]) -> Floats:
    """A vector a text: which of these letters it is, and a number that is always the same."""
    return np.array([[*(text == one for one in "好坏中涨跌ab"), 5] for text in texts], np.float32)


def test_baselines_answer_every_row():
    many = ROWS * 5
    assert majority(many, ROWS)[0].tolist() == pytest.approx([0.25, 0.5, 0.25])
    assert tfidf(many, ROWS).argmax(1).tolist() == [0, 1, 1, 2]
    assert frozen(many, ROWS, letters).argmax(1).tolist() == [0, 1, 1, 2]


def test_a_word_can_speak_for_one_target_and_against_another():
    said = [("涨", "a", "supportive"), ("涨", "b", "critical"), ("跌", "a", "critical")]
    rows = [TargetStance(*row) for row in (*said, ("跌", "b", "supportive"))]
    assert tfidf(rows * 200, rows).argmax(1).tolist() == [0, 1, 1, 0]
    assert frozen(rows * 200, rows, letters).argmax(1).tolist() == [0, 1, 1, 0]


def test_the_table_is_markdown():
    text = markdown(Bench("T", ("method", "dev"), [("a", "0.5")], {}, ("Note.",)))
    assert text == "# T\n\n| method | dev |\n| --- | --- |\n| a | 0.5 |\n\nNote.\n"
