"""The tables of the documents, made from what they describe.

`python -m tests.house.tables` writes them; a test fails when one is stale. A table stands between
`<!-- begin NAME -->` and `<!-- end NAME -->`.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import typer
import yaml

from pipeline.cli import app
from pipeline.commands.labels import lint_labels
from pipeline.project import Project
from pipeline.records.labels import STANCES
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages.lint import LabelReport
from pipeline.stats.scores import METRICS
from tests.house.imports import ROOT

DOCUMENTS = ("README.md", "README.zh.md", "ARCHITECTURE.md")
HELD_OUT = ROOT / "experiments/2026-11-26-neighbours-and-offsets/held_out.json"
BENCHES = ROOT / "experiments/2026-11-25-benchmarks"
CURVE = ROOT / "experiments/2026-11-25-what-more-labels-bring/curve.json"
PAGES = ROOT / "experiments/2026-11-22-cleaning-of-unseen-pages/scores.json"


def markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def stages() -> str:
    graph = yaml.safe_load((ROOT / "dvc.yaml").read_text(encoding="utf-8"))["stages"]
    rows = []
    for name, stage in graph.items():
        entries = stage.get("outs", []) + stage.get("metrics", [])
        outs = [next(iter(out)) if isinstance(out, dict) else out for out in entries]
        rows.append([f"`{name}`", stage["desc"], ", ".join(f"`{out}`" for out in outs)])
    return markdown(["stage", "what it makes of what", "writes"], rows)


def areas() -> str:
    taxonomy = load_taxonomy(ROOT / "configs/policy_areas.yaml")
    rows = [[f"`{a.id}`", a.zh, a.definition_zh, a.definition_en] for a in taxonomy.areas]
    return markdown(["id", "中文", "支持的方向", "the direction one is for or against"], rows)


def commands() -> str:
    rows = []
    for words, command in leaves("lichang", typer.main.get_command(app)):
        asked = [p.name.upper() for p in command.params if p.param_type_name == "argument"]
        first = (command.help or "").split("\n")[0]
        rows.append([f"`{' '.join([words, *asked])}`", first])
    return markdown(["command", "what it does"], rows)


def leaves(words: str, group: Any) -> Iterator[tuple[str, Any]]:
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from leaves(f"{words} {name}", command)
        else:
            yield f"{words} {name}", command


def figure(cell: dict[str, float]) -> str:
    return f"{cell['value']:.2f} [{cell['low']:.2f}, {cell['high']:.2f}]"


def held_out() -> str:
    result = json.loads(HELD_OUT.read_text(encoding="utf-8"))
    rows = [[name, *(figure(f[m]) for m in METRICS)] for name, f in result["methods"].items()]
    rows += [
        [f"margin over {name}", *(figure(f[m]) for m in METRICS)]
        for name, f in result["margins"].items()
    ]
    counts = (result["headline"][f"held_out_{what}"] for what in ("sentences", "articles"))
    return "{} sentences, {} articles\n\n".format(*counts) + markdown(["method", *METRICS], rows)


def behaviour() -> str:
    rates = json.loads(HELD_OUT.read_text(encoding="utf-8"))["behaviour"]
    rows = [[r["kind"], str(r["pairs"]), f"{r['passed'] / r['pairs']:.0%}"] for r in rates]
    return markdown(["what differs", "pairs", "passed"], rows)


def quality() -> str:
    found = json.loads(HELD_OUT.read_text(encoding="utf-8"))
    head = ["area", "held-out sentences", "precision", "recall", "F1", "stance right", "reliable"]
    keys = ("precision", "recall", "f1", "stance")
    rows = [
        [f"`{a['area']}`", str(a["sentences"]), *(f"{a[k]:.2f}" for k in keys)]
        + [a["not_reliable"] or "yes"]
        for a in found["areas"]
    ]
    errors = found["calibration_error"]
    questions = list(errors["raw"])
    below = [[kind, *(f"{of[q]:.3f}" for q in questions)] for kind, of in errors.items()]
    return f"{markdown(head, rows)}\n\n{markdown(['calibration error', *questions], below)}"


def benches() -> str:
    parts = []
    for path in sorted(BENCHES.glob("*.json")):
        found = json.loads(path.read_text(encoding="utf-8"))
        notes = " ".join(note for note in found["notes"] if note)
        parts.append(f"{found['title']}\n\n{markdown(found['columns'], found['rows'])}\n\n{notes}")
    return "\n\n".join(parts)


@cache
def label_report() -> LabelReport:
    return lint_labels(Project(ROOT))[0]


def coverage() -> str:
    counts = {cell.what: cell.count for cell in label_report().coverage}
    taxonomy = load_taxonomy(ROOT / "configs/policy_areas.yaml")
    rows = [[f"`{a}`", *(str(counts.pop(f"{a} {s}")) for s in STANCES)] for a in taxonomy.ids]
    others = [[what, str(count)] for what, count in counts.items()]
    return f"{markdown(['area', *STANCES], rows)}\n\n{markdown(['of all', 'sentences'], others)}"


def agreement() -> str:
    rows = [
        [name, str(a.units), str(a.alpha), str(a.ac1), str(a.kappa)]
        for name, a in label_report().agreement.items()
    ]
    head = ["question", "units", "Krippendorff's alpha", "Gwet's AC1", "Cohen's kappa"]
    return markdown(head, rows)


def curve() -> str:
    found = json.loads(CURVE.read_text(encoding="utf-8"))
    rows = [[size, *(figure(f[m]) for m in METRICS)] for size, f in found["points"].items()]
    gain = [
        f"{f['value']:+.3f} [{f['low']:+.3f}, {f['high']:+.3f}]" for f in found["gain"].values()
    ]
    return markdown(["sentences", *METRICS], [*rows, [f"next {found['more']}", *gain]])


def cleaning() -> str:
    scores = json.loads(PAGES.read_text(encoding="utf-8"))
    rows = [
        [name, str(s["pages"]), str(s["sentences"]), f"{s['recall']:.1%}", f"{s['leak']:.1%}"]
        for name, s in scores.items()
    ]
    return markdown(["pages", "n", "true body sentences", "of them found", "leaked"], rows)


TABLES: dict[str, Callable[[], str]] = {
    "stages": stages, "areas": areas, "commands": commands, "held_out": held_out, "behaviour": behaviour,
    "cleaning": cleaning, "coverage": coverage, "agreement": agreement, "curve": curve,
    "quality": quality, "benches": benches,
}  # fmt: skip


def filled(text: str) -> str:
    """The document with every table made anew."""

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        return f"<!-- begin {name} -->\n{TABLES[name]()}\n<!-- end {name} -->"

    return re.sub(r"<!-- begin (\w+) -->.*?<!-- end \1 -->", fill, text, flags=re.DOTALL)


if __name__ == "__main__":
    for name in DOCUMENTS:
        path = ROOT / name
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")
