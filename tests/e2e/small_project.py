"""A project with ten of the sample articles, small enough to run the whole graph in a test."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

from tests.house.imports import ROOT

ARTICLES = ("p-01", "p-02", "p-05", "q-01", "q-05", "r-01", "r-05", "s-01", "p-10", "r-06")
COPIED = (
    "pipeline",
    "configs",
    "dvc.yaml",
    "labels/behaviour.jsonl",
    "labels/anchors.jsonl",
    "labels/anchor_answers.jsonl",
    ".dvc/config",
    ".dvcignore",
    ".gitignore",
)


def run(project: Path, *command: str) -> str:
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    env.pop("MLFLOW_TRACKING_URI", None)
    done = subprocess.run(command, cwd=project, env=env, capture_output=True, text=True)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout + done.stderr


def repro(project: Path) -> list[str]:
    """Run the graph; the stages that ran."""
    out = run(project, "dvc", "repro")
    return [line.split("'")[1] for line in out.splitlines() if line.startswith("Running stage")]


def edit_params(project: Path) -> None:
    path = project / "configs/params.yaml"
    params = yaml.safe_load(path.read_text(encoding="utf-8"))
    params["train"]["bert"] |= {"max_tokens": 64}
    params["train"]["bert"]["learning"] |= {"epochs": 1, "least_steps": 1}
    params["evaluate"]["draws"] = 20
    path.write_text(yaml.safe_dump(params), encoding="utf-8")


def build(root: Path) -> None:
    """A clone with ten articles and their annotations, run once."""
    for name in COPIED:
        source, target = ROOT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    (root / "data/raw").mkdir(parents=True)
    for path in (ROOT / "data/raw").iterdir():
        if path.stem in ARTICLES:
            shutil.copyfile(path, root / "data/raw" / path.name)
    (root / "labels/annotations").mkdir(parents=True)
    for path in (ROOT / "labels/annotations").glob("*.jsonl"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [x for x in lines if json.loads(x)["sentence_id"].rsplit("-", 1)[0] in ARTICLES]
        if kept:
            (root / "labels/annotations" / path.name).write_text("".join(kept), encoding="utf-8")
    (root / "labels/contrasts").mkdir()
    shown = next((ROOT / "labels/contrasts").glob("*.jsonl"))
    lines = shown.read_text(encoding="utf-8").splitlines(keepends=True)
    (root / "labels/contrasts" / shown.name).write_text("".join(lines[:8]), encoding="utf-8")
    edit_params(root)
    run(root, "git", "init", "-q")
    run(root, "git", "add", "-A")
    run(root, "git", "-c", "user.name=t", "-c", "user.email=t@t", "commit", "-qm", "start")
    repro(root)
