"""Adjudication, and the whole loop: sample, push, two annotators, pull, agree, decide, repro."""

import subprocess
from pathlib import Path

import pytest
import yaml

from pipeline.commands.label_adjudicate import adjudicate
from pipeline.commands.label_pull import pull
from pipeline.commands.label_push import push_batch
from pipeline.project import Project
from pipeline.records.annotation import ADJUDICATED, Annotation
from pipeline.records.drawn import Drawn
from pipeline.records.example import LabelledExample
from pipeline.records.store import read_jsonl
from tests.e2e.annotation_project import lichang
from tests.e2e.small_project import repro
from tests.e2e.test_label_studio import answer, results, sign_up, tasks
from tests.house.imports import ROOT

pytestmark = pytest.mark.slow

ARTICLE = """一篇虚构的新评论
来源：江畔评论
2026年3月1日

放松监管埋下了安全隐患，我们认为红队测试不可取消。
该计划提出加快数据中心的审批，并扩建电网。
会议于周二举行，与会者约三百人。
出口管制没有奏效，反而刺激了替代。
有分析人士主张继续收紧芯片出口。
开源模型让更多实验室受益。
各州不应各自立法，这是一位议员的看法。
文件共有二十八页，附有三张图表。
人才短缺拖慢了产业应用的步伐。
因此，管制的设计需要重来。
"""


@pytest.fixture(scope="module")
def looped(project, label_studio) -> Project:
    """The small project with one more article, which nobody has annotated."""
    (project / "data/raw/new-01.txt").write_text(ARTICLE, encoding="utf-8")
    (project / "labels/codebook.zh.md").write_bytes((ROOT / "labels/codebook.zh.md").read_bytes())
    settings = project / "configs/annotation.yaml"
    given = yaml.safe_load(settings.read_text(encoding="utf-8"))
    given["project"]["title"], given["push"]["overlap"] = "loop", 1.0
    given["sample"]["shares"] = {n: float(n == "random") for n in given["sample"]["shares"]}
    settings.write_text(yaml.safe_dump(given), encoding="utf-8")
    repro(project)
    return Project(project)


def said(number: int, coder: str) -> list[dict]:
    """Two coders who agree on all sentences but every third."""
    if number % 3 == 0 and coder == "bo":
        return results(no_area="no_area", role="none")
    stance = ("supportive", "critical", "neutral")[number % 3]
    return results(export_controls=stance, voice="author", role="claim")


def test_the_whole_loop_from_a_sample_to_changed_dashboards(looped, label_studio):
    before = site_of(looped)
    done = lichang(looped, label_studio, "labels", "sample", "first", "--size", "9")
    assert done.returncode == 0, done.stderr
    drawn = read_jsonl(Drawn, looped.batches / "first.jsonl")
    known = {e.sentence_id for e in read_jsonl(LabelledExample, looped.labelled)}
    assert not {d.sentence_id for d in drawn} & known
    assert {d.article_id for d in drawn} >= {"new-01"}
    pushed = lichang(
        looped, label_studio,
        "labels", "push", "--batch", "first", "--annotators", "anna,bo",
    )  # fmt: skip
    assert pushed.returncode == 0, pushed.stderr
    for name in ("anna", "bo"):
        token = sign_up(label_studio, f"{name}@example.org")
        given = tasks(looped, label_studio, name)
        assert len(given) == len(drawn)
        for number, task in enumerate(given):
            answer(label_studio, task, said(number, name), token=token)
    pulled = lichang(looped, label_studio, "labels", "pull")
    assert pulled.returncode == 0, pulled.stdout + pulled.stderr
    for name in ("anna", "bo"):
        lines = read_jsonl(Annotation, looped.annotations / f"pulled-{name}.jsonl")
        assert {a.annotator for a in lines} == {name}
        assert len(lines) == len(drawn)
    agreed = lichang(looped, label_studio, "labels", "agreement")
    assert agreed.returncode == 0, agreed.stderr
    assert "anna" in (looped.agreement / "agreement.md").read_text(encoding="utf-8")
    decide(looped, label_studio, [f"{d.sentence_id}" for d in drawn])
    ran = repro(looped.root)
    assert {"collect", "train", "render"} <= set(ran)
    labelled = {e.sentence_id: e for e in read_jsonl(LabelledExample, looped.labelled)}
    assert {d.sentence_id for d in drawn} <= set(labelled)
    assert site_of(looped) != before


def decide(looped, label_studio, ids: list[str]) -> None:
    """Adjudicate what the two differ on: the answers stand there without names."""
    new, pulled = adjudicate(looped, label_studio.server)
    differing = sorted(ids)[::3]
    assert (new, pulled) == (len(differing), None)
    again, _ = adjudicate(looped, label_studio.server)
    assert again == 0
    cases = tasks(looped, label_studio, "复核 adjudication")
    assert [t["data"]["sentence_id"] for t in cases] == differing
    for task in cases:
        shown = {task["data"]["answer_1"], task["data"]["answer_2"]}
        assert shown == {"出口管制：支持 ｜ 作者 ｜ 主张", "未涉及 ｜ 其他"}
        assert "anna" not in str(task)
        answer(
            label_studio, task, results(export_controls="supportive", voice="author", role="claim")
        )
    left, decided = adjudicate(looped, label_studio.server)
    assert (left, decided.new) == (0, len(differing))
    lines = read_jsonl(Annotation, looped.annotations / "pulled-adjudication.jsonl")
    assert {a.provenance for a in lines} == {ADJUDICATED}
    twice, none = adjudicate(looped, label_studio.server)
    assert (twice, none.new) == (0, 0)


def site_of(looped: Project) -> dict[str, bytes]:
    pages = (looped.root / "reports/site").rglob("*.html")
    return {page.name: page.read_bytes() for page in pages}


def test_pulled_answers_are_lines_that_git_shows_and_a_second_pull_changes_none(
    looped, label_studio
):
    before = read_all(looped.annotations)
    pull(looped, label_studio.server)
    (first, second) = push_batch(looped, label_studio.server, "first", ["anna", "bo"])
    assert (first.new, second.new) == (0, 0)
    assert read_all(looped.annotations) == before
    shown = subprocess.run(
        ["git", "status", "--short", "labels"], cwd=looped.root, capture_output=True, text=True
    )
    assert "labels/annotations/pulled-anna.jsonl" in shown.stdout


def read_all(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}
