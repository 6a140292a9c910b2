"""Small projects with invented sentences, for the tests against the real Label Studio."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.drawn import Drawn
from pipeline.records.store import write_jsonl
from tests.house.imports import ROOT

BEGINNINGS = ("该计划提出", "批评者认为", "报告指出", "我们主张", "有人担心")
ENDINGS = (
    "应加快数据中心的审批。",
    "红队测试不可取消。",
    "出口管制没有奏效。",
    "开源模型让更多人受益。",
    "各州不应各自立法。",
)


@dataclass(frozen=True)
class Running:
    """A running server and how to reach it."""

    url: str
    token: str
    username: str
    password: str
    home: Path

    @property
    def server(self) -> Server:
        return Server(self.url, self.token)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"LABEL_STUDIO_URL": self.url, "LABEL_STUDIO_API_KEY": self.token}


def sentence(number: int, batch: str = "a") -> Drawn:
    words = BEGINNINGS[number % 5] + ENDINGS[number // 5 % 5]
    return Drawn(
        sentence_id=f"{batch}-{number:05d}",
        article_id=f"art-{number // 20}",
        text=f"第{number}条：{words}",
        context=("上一句是虚构的。", "下一句也是虚构的。"),
        title="虚构的标题",
        source="江畔评论",
        sampling_p=None if number % 2 else 0.25,
        reason="uncertain" if number % 2 else "random",
        taxonomy_version="v1",
    )


def make_project(root: Path, title: str, batches: dict[str, int], overlap: float = 0.0) -> Project:
    """A project whose batches hold so many invented sentences."""
    shutil.copytree(ROOT / "configs", root / "configs")
    (root / "labels").mkdir()
    shutil.copyfile(ROOT / "labels/codebook.zh.md", root / "labels/codebook.zh.md")
    settings = root / "configs/annotation.yaml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("title: 立场标注 Lichang", f"title: {title}")
    text = text.replace("chunk: 200", "chunk: 20").replace("overlap: 0.3", f"overlap: {overlap}")
    settings.write_text(text, encoding="utf-8")
    project = Project(root)
    for name, size in batches.items():
        write_jsonl(project.batches / f"{name}.jsonl", [sentence(i, name) for i in range(size)])
    return project


def lichang(project: Project, running: Running, *words: str, **more) -> subprocess.CompletedProcess:
    """A command as a person types it."""
    command = [sys.executable, "-m", "pipeline.cli", *words]
    env = running.environment | {"PYTHONPATH": str(ROOT)} | more.pop("env", {})
    return subprocess.run(
        command, cwd=project.root, env=env, capture_output=True, text=True, check=False, **more
    )


def remote(project: Project, running: Running, name: str) -> RemoteProject:
    from pipeline.commands.label_projects import own_projects

    return own_projects(project, running.server)[name]
