"""What each module of the pipeline imports, read from its source.

`python -m tests.house.imports` rewrites the pipeline/ lines of dvc.yaml's deps.
"""

import ast
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = "pipeline/templates"


def module_file(name: str) -> Path | None:
    path = ROOT / name.replace(".", "/")
    if path.is_dir():
        return path / "__init__.py"
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else None


@cache
def direct_imports(file: Path) -> frozenset[Path]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {module_file(name) for name in names if name.split(".")[0] == "pipeline"}
    return frozenset(path for path in found if path)


def all_imports(file: Path) -> set[Path]:
    """The file and every module of the pipeline that it imports, however indirectly."""
    seen: set[Path] = set()
    waiting = [file]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting += direct_imports(current)
    return {path for path in seen if path.read_text(encoding="utf-8").strip()}


def code_deps(stage: str) -> list[str]:
    """What dvc.yaml must name for a stage; the templates' folder stands for what is in it."""
    files = {
        p.relative_to(ROOT).as_posix() for p in all_imports(ROOT / f"pipeline/stages/{stage}.py")
    }
    return sorted({TEMPLATES if f.startswith(TEMPLATES) else f for f in files})


def write_deps(file: Path) -> None:
    yaml = YAML()
    yaml.width = 100
    yaml.indent(mapping=2, sequence=4, offset=2)
    graph = yaml.load(file)
    for name, stage in graph["stages"].items():
        data = [dep for dep in stage["deps"] if not dep.startswith("pipeline/")]
        stage["deps"] = data + code_deps(name)
    yaml.dump(graph, file)


if __name__ == "__main__":
    write_deps(ROOT / "dvc.yaml")
