"""`lichang` as a person types it, on good and bad folders."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.imports import ROOT

pytestmark = pytest.mark.slow
BIN = Path(sys.executable).parent
PROSE = (
    "该计划提出加快数据中心的审批，并要求各部门在九十天内提交方案。"
    "批评者说，放松监管埋下了安全隐患，代价要由公众承担。\n"
    "我们认为，出口管制的设计需要重来，单靠封锁换不来优势。\n"
)


def lichang(project: Path, *words: str, limit: int | None = None) -> subprocess.CompletedProcess:
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        [sys.executable, "-m", "pipeline.cli", *words],
        cwd=project, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        preexec_fn=small_files_only if limit else None,
    )  # fmt: skip


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "articles"
    made.mkdir()
    (made / "good.txt").write_text(PROSE, encoding="utf-8")
    return made


def failed_in_one_line(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("error: ")
    return last


def test_predictions_cut_their_sentences_out_of_the_raw_files(project, folder, tmp_path):
    out = tmp_path / "p.jsonl"
    done = lichang(project, "predict", str(folder), "--out", str(out))
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["text"] for row in rows] == [PROSE[row["start"] : row["end"]] for row in rows]
    assert len(rows) == 3
    assert set(rows[0]) == {
        "article_id", "sentence_id", "start", "end", "text", "role", "role_p", "voice",
        "voice_p", "areas", "model",
    }  # fmt: skip


def test_what_cannot_be_used_is_named_and_the_rest_is_predicted(project, folder, tmp_path):
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "english.txt").write_text("The plan repeals rules. " * 40)
    (folder / "broken.txt").write_bytes(PROSE.encode()[:60] + b"\xff\xfe" + PROSE.encode()[60:])
    (folder / "picture.png").write_bytes(b"\x89PNG")
    (folder / "good.md").write_text("# 标题\n\n" + PROSE, encoding="utf-8")
    with (folder / "huge.txt").open("wb") as huge:
        huge.truncate(200 * 2**20)
    out = tmp_path / "p.jsonl"
    done = lichang(project, "predict", str(folder), "--out", str(out))
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    report = json.loads(out.with_suffix(".report.json").read_text(encoding="utf-8"))
    named = {note["file"] for note in report["rejects"]}
    assert named == {
        "empty.txt",
        "binary.txt",
        "english.txt",
        "picture.png",
        "good.txt",
        "huge.txt",
    }
    assert all(f"rejected: {name}: " in done.stderr for name in named)
    assert [note["file"] for note in report["warnings"]] == ["broken.txt"]
    assert report["files"] == len(named) + report["articles"]


@pytest.mark.parametrize("command", [("predict", "--out", "x.jsonl"), ("run", "--site", "x")])
def test_an_empty_or_missing_folder_is_an_error(project, tmp_path, command):
    name, option, value = command
    (tmp_path / "none").mkdir()
    for wrong in ("none", "missing"):
        done = lichang(project, name, str(tmp_path / wrong), option, str(tmp_path / value))
        assert wrong in failed_in_one_line(done)
    assert not (tmp_path / value).exists()


def test_a_folder_without_a_usable_article_is_an_error(project, tmp_path):
    (tmp_path / "a.txt").write_text("only English here, nothing else. " * 20)
    done = lichang(project, "predict", str(tmp_path), "--out", str(tmp_path / "p.jsonl"))
    assert "no usable article" in failed_in_one_line(done)


def test_without_a_trained_model_it_says_how_to_make_one(project, folder, tmp_path):
    done = lichang(
        project, "predict", str(folder), "--out", str(tmp_path / "p"), "--model", str(tmp_path)
    )
    assert "make run" in failed_in_one_line(done)


def test_a_full_disk_leaves_no_half_written_output(project, folder, tmp_path):
    out = tmp_path / "p.jsonl"
    out.write_text("old")
    (folder / "long.txt").write_text(PROSE * 60, encoding="utf-8")
    done = lichang(project, "predict", str(folder), "--out", str(out), limit=4096)
    assert "p.jsonl" in failed_in_one_line(done)
    assert out.read_text() == "old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["articles", "p.jsonl"]


def test_a_stage_on_a_full_disk_leaves_no_output_and_no_traceback(tmp_path):
    def small_files_only() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [sys.executable, "-m", "pipeline.stages.encoder", "configs/params.yaml",
         str(tmp_path / "encoder")],
        cwd=ROOT, capture_output=True, text=True, preexec_fn=small_files_only,
    )  # fmt: skip
    failed_in_one_line(done)
    assert list(tmp_path.iterdir()) == []


def test_dashboards_of_a_folder_open_at_index_html(project, folder, tmp_path):
    site = tmp_path / "site"
    done = lichang(project, "run", str(folder), "--site", str(site))
    assert done.returncode == 0, done.stderr
    assert (site / "index.html").is_file()
    pages = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    assert "批评者说，放松监管埋下了安全隐患" in pages


def test_a_folder_with_other_files_is_not_replaced_by_a_site(project, folder, tmp_path):
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious/thesis.txt").write_text("mine")
    done = lichang(project, "run", str(folder), "--site", str(tmp_path / "precious"))
    assert "holds other files" in failed_in_one_line(done)
    assert (tmp_path / "precious/thesis.txt").read_text() == "mine"


@pytest.mark.parametrize("command", [(), ("predict",), ("run",), ("site",), ("crossval",)])
def test_every_command_explains_itself(command):
    done = subprocess.run([BIN / "lichang", *command, "--help"], capture_output=True, text=True)
    assert done.returncode == 0
    assert len(done.stdout) > 200


def test_an_area_that_was_put_into_configs_since_is_answered_and_marked(project, folder, tmp_path):
    path = project / "configs/policy_areas.yaml"
    before = path.read_text(encoding="utf-8")
    new = (
        "  - {id: taxes, zh: 税收, en: Taxes, definition_zh: 减免税收, definition_en: cut taxes}\n"
    )
    try:
        path.write_text(before + new, encoding="utf-8")
        done = lichang(project, "run", str(folder), "--site", str(tmp_path / "site"))
    finally:
        path.write_text(before, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "found by their keywords alone: taxes" in done.stderr
    page = (tmp_path / "site/index.html").read_text(encoding="utf-8")
    assert "税收" in page
    assert "found by its keywords alone" in page
