"""The rules of ARCHITECTURE.md that a machine can check."""

import ast
import subprocess
from pathlib import Path

import pytest
import yaml

from pipeline.stats import calibrate
from tests.house.imports import ROOT, code_deps, direct_imports

GRAPH = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
PARAMS = yaml.safe_load((ROOT / "configs/params.yaml").read_text(encoding="utf-8"))
MODULES = sorted(p.stem for p in (ROOT / "pipeline/stages").glob("*.py") if p.stem != "__init__")
LAYERS = {
    "bars": 0, "errors": 0, "files": 0, "config": 0, "run_stage": 0, "records": 1, "text": 2, "stats": 2,
    "tracking": 2, "project": 2, "templates": 2, "label_studio": 2, "annotation": 3, "pages": 3,
    "classifiers": 3, "stages": 4, "commands": 5, "cli_labels": 6, "cli": 7,
}  # fmt: skip


def tracked_files() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def test_stage_module_and_params_section_share_one_name() -> None:
    assert sorted(GRAPH) == MODULES == sorted(PARAMS)
    for name, stage in GRAPH.items():
        assert f"python -m pipeline.stages.{name} " in stage["cmd"]
        assert stage["params"] == [{"configs/params.yaml": [name]}]


@pytest.mark.parametrize("stage", MODULES)
def test_a_stage_names_everything_it_imports(stage: str) -> None:
    named = sorted(dep for dep in GRAPH[stage]["deps"] if dep.startswith("pipeline/"))
    assert named == code_deps(stage), "run 'make deps'"


@pytest.mark.parametrize("stage", MODULES)
def test_every_path_of_a_command_is_declared_in_the_graph(stage: str) -> None:
    entry = GRAPH[stage]
    declared = {"configs/params.yaml"}
    for key in ("deps", "outs", "metrics"):
        declared |= {next(iter(d)) if isinstance(d, dict) else d for d in entry.get(key, [])}
    paths = [word for word in entry["cmd"].split() if "/" in word]
    assert set(paths) <= declared
    assert declared - set(paths) == {d for d in entry["deps"] if d.startswith("pipeline/")}


def layer(path: Path) -> int:
    return LAYERS[path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")]


def test_imports_go_one_way_and_stages_never_import_stages() -> None:
    wrong = []
    for file in (ROOT / "pipeline").rglob("*.py"):
        if file.parent == ROOT / "pipeline" and file.stem == "__init__":
            continue
        for imported in direct_imports(file):
            if imported == ROOT / "pipeline/__init__.py" or imported.name == "__init__.py":
                continue
            above = layer(imported) > layer(file)
            sibling_stage = imported.parent.name == file.parent.name == "stages"
            if above or sibling_stage:
                wrong.append(f"{file.relative_to(ROOT)} imports {imported.relative_to(ROOT)}")
    assert not wrong


@pytest.mark.parametrize(
    ("package", "module"), [("mlflow", "tracking"), ("label_studio_sdk", "label_studio")]
)
def test_a_foreign_system_is_imported_by_one_module(package: str, module: str) -> None:
    importers = set()
    for file in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name.split(".")[0] == package for name in names):
                importers.add(file.relative_to(ROOT).as_posix())
    assert importers == {f"pipeline/{module}.py"}


def test_code_lives_in_pipeline_and_tests_only() -> None:
    strays = [
        name
        for name in tracked_files()
        if name.endswith((".py", ".ipynb")) and not name.startswith(("pipeline/", "tests/"))
    ]
    assert not strays


def test_no_large_file_is_committed() -> None:
    large = [name for name in tracked_files() if (ROOT / name).stat().st_size > 5_000_000]
    assert not large


def test_required_rooms_are_there() -> None:
    rooms = ["pipeline", "labels", "models", "experiments", "configs", "tests", "dvc.yaml"]
    assert [room for room in rooms if not (ROOT / room).exists()] == []


def test_intervals_are_tried_with_the_settings_that_are_published() -> None:
    tried = yaml.safe_load((ROOT / "configs/coverage.yaml").read_text(encoding="utf-8"))
    assert tried["least_labels"] == PARAMS["summarise"]["least_labels"]


def test_probabilities_are_cross_fitted_on_as_many_labels_as_they_are_fitted_on() -> None:
    assert PARAMS["calibrate"]["least"] == calibrate.LEAST
