"""How fast annotation goes: tasks to a real Label Studio and back, and a model's suggestion."""

import socket
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import numpy as np

from pipeline.annotation.answers import to_results
from pipeline.annotation.tasks import data_of
from pipeline.classifiers.calibrated import Calibrated
from pipeline.commands.bench_speed import examples_of
from pipeline.commands.benchmark import Bench, Request
from pipeline.commands.label_backend import backend, running
from pipeline.commands.label_projects import current_screen, title_of
from pipeline.commands.label_pull import pull
from pipeline.commands.label_push import push_batch
from pipeline.commands.label_server import local_server
from pipeline.config import load_yaml
from pipeline.project import Project
from pipeline.records.drawn import Drawn
from pipeline.records.store import write_json, write_jsonl
from pipeline.records.taxonomy import load_taxonomy
from pipeline.stages.predict import Params

TASKS = 2000
ASKED = 200
"""Single tasks that the ML backend is asked about, one after the other."""


def labels(request: Request) -> Bench:
    """Seconds to push and pull 2,000 tasks on a new server of this machine, and to suggest one.

    Raises InputError when the server is not installed, or the model is missing.
    """
    classifier = Calibrated.beside(request.project.model)
    version = load_taxonomy(request.project.taxonomy).version
    drawn = [_drawn(e, i, version) for i, e in enumerate(examples_of(request.project, TASKS))]
    tasks = [{"id": i, "data": data_of(d)} for i, d in enumerate(drawn[:ASKED])]
    with running(backend(classifier, Params(0.4, explain=False)), _port()) as url:
        waits = _waits(url, tasks)
    with tempfile.TemporaryDirectory() as folder:
        push, again, back = _there_and_back(request.project, Path(folder), drawn)
    p95 = float(np.percentile(waits, 95))
    rows = [
        [f"push {len(drawn)} sentences", f"{push:.1f} s"],
        ["push them again: nothing is new", f"{again:.1f} s"],
        [f"pull {len(drawn)} answers", f"{back:.1f} s"],
        ["suggest an answer to one task, median", f"{1000 * median(waits):.0f} ms"],
        ["suggest an answer to one task, 95th percentile", f"{1000 * p95:.0f} ms"],
    ]
    metrics = {
        "push.seconds": push,
        "push_again.seconds": again,
        "pull.seconds": back,
        "suggest.median_seconds": median(waits),
        "suggest.p95_seconds": p95,
    }
    note = "A new Label Studio server on this machine, SQLite."
    return Bench("Annotation", ["what", "time"], rows, metrics, [note])


def _drawn(example: Any, number: int, version: str) -> Drawn:
    return Drawn(
        sentence_id=f"{number}-{example.sentence_id}",
        article_id=example.article_id,
        text=example.text,
        context=(example.before, example.after),
        title="",
        source=example.source,
        sampling_p=1.0,
        reason="random",
        taxonomy_version=version,
    )


def _waits(url: str, tasks: Sequence[Any]) -> list[float]:
    """Seconds of each of the requests, those that warm up left out."""
    with httpx.Client() as client:

        def ask(task: Any) -> None:
            client.post(f"{url}/predict", json={"tasks": [task]}).raise_for_status()

        for task in tasks[:10]:
            ask(task)
        return [_seconds(partial(ask, task)) for task in tasks]


def _there_and_back(
    project: Project, folder: Path, drawn: Sequence[Drawn]
) -> tuple[float, float, float]:
    """Seconds to push, to push again, and to pull when every task has an answer."""
    small, config = Project(folder), load_yaml(project.annotation_settings)
    config["push"]["overlap"] = 0.0
    small.taxonomy.parent.mkdir(parents=True)
    write_json(small.annotation_settings, config)
    small.taxonomy.write_bytes(project.taxonomy.read_bytes())
    small.codebook.parent.mkdir()
    small.codebook.write_bytes(project.codebook.read_bytes())
    write_jsonl(small.batches / "bench.jsonl", drawn)
    with local_server(project, _port(), folder / "server") as (server, _):
        push = _seconds(lambda: push_batch(small, server, "bench", ["anna"]))
        again = _seconds(lambda: push_batch(small, server, "bench", ["anna"]))
        screen = current_screen(small)
        answered = server.create_project(title_of(small, "bo"), screen, "")
        answer = [{"result": to_results({"open_source": "neutral"}, "author", "claim")}]
        for start in range(0, len(drawn), 500):
            part = drawn[start : start + 500]
            server.add_tasks(answered, [{"data": data_of(d), "annotations": answer} for d in part])
        back = _seconds(lambda: pull(small, server))
    return push, again, back


def _seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
