"""`lichang labels push`: a batch of sentences to the annotators' projects, each task once."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.annotation.tasks import (
    PushSettings,
    Task,
    annotators_of,
    check_annotators,
    prefilled,
    task_of,
)
from pipeline.bars import counting_bar
from pipeline.commands.label_projects import current_screen, ensure_project, own_projects
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.drawn import Drawn, read_batches
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl
from pipeline.records.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Pushed:
    """What a push did to one annotator's project."""

    annotator: str
    new: int
    there: int
    retired: int
    doubled: int


def push_batch(
    project: Project, server: Server, batch: str, annotators: Sequence[str], update: bool = False
) -> list[Pushed]:
    """Push a batch; what is on the server already is not pushed again.

    Tasks whose sentence is in the corpus no more are retired: removed where nobody answered them,
    marked where somebody did. Raises InputError when the batch, an annotator's name or the server
    does not serve; a push that was interrupted goes on when it is repeated.
    """
    settings = load_params(project.annotation_settings, "push", PushSettings)
    check_annotators(annotators, settings)
    wanted = assigned(project, batch, annotators, settings)
    live = live_sentences(project)
    there, screen = own_projects(project, server), current_screen(project)
    done = []
    for name in annotators:
        remote = ensure_project(project, server, name, there, screen, update)
        done.append(_push(server, remote, name, wanted[name], live, settings.chunk))
    return done


def assigned(
    project: Project, batch: str, annotators: Sequence[str], settings: PushSettings
) -> Mapping[str, list[Task]]:
    """The tasks of a batch by annotator. Raises InputError when there is no such batch."""
    batches = read_batches(project.batches)
    if batch not in batches:
        known = ", ".join(batches) or "none yet: make one with 'lichang labels sample'"
        raise InputError(f"no batch {batch!r} in {project.batches}; there are {known}")
    predictions = _predictions(project)
    tasks: dict[str, list[Task]] = defaultdict(list)
    for drawn in batches[batch]:
        for name in annotators_of(drawn.sentence_id, annotators, settings):
            prediction = predictions.get(drawn.sentence_id)
            tasks[name].append(task_of(drawn, batch, name, prediction, settings))
    return tasks


def _predictions(project: Project) -> Mapping[str, Prediction]:
    if not project.predictions.exists():
        return {}
    ids = load_taxonomy(project.taxonomy).ids
    return prefilled(read_jsonl(Prediction, project.predictions), ids)


def live_sentences(project: Project) -> set[str] | None:
    """The ids of the corpus's sentences, None where the corpus was not segmented here."""
    if not project.sentences.exists():
        return None
    return {s.sentence_id for s in iter_jsonl(Sentence, project.sentences)}


def _push(
    server: Server,
    remote: RemoteProject,
    name: str,
    wanted: Sequence[Task],
    live: set[str] | None,
    chunk: int,
) -> Pushed:
    before = list(server.tasks(remote))
    have = {task["data"].get("sentence_id") for task in before}
    missing = [task for task in wanted if task["data"]["sentence_id"] not in have]
    with counting_bar(f"{name}: {len(missing)} tasks", len(missing)) as progress:
        for start in range(0, len(missing), chunk):
            part = missing[start : start + chunk]
            server.add_tasks(remote, part)
            progress(len(part))
    models = sorted({t["meta"]["prefill"]["model"] for t in wanted if "prefill" in t["meta"]})
    if missing and models:
        server.show_predictions(remote, models[-1])
    retired = _retire(server, before, live)
    doubled = _undouble(server, remote)
    return Pushed(name, len(missing), len(wanted) - len(missing), retired, doubled)


def _retire(server: Server, tasks: Sequence[Task], live: set[str] | None) -> int:
    """Retire the tasks whose sentence is in the corpus no more; how many."""
    if live is None:
        return 0
    old = [t for t in tasks if t["data"].get("sentence_id") not in live]
    old = [t for t in old if not t["meta"].get("retired")]
    for task in old:
        if task["annotations"]:
            server.change_task(task["id"], {**task["meta"], "retired": True})
        else:
            server.delete_task(task["id"])
    return len(old)


def _undouble(server: Server, remote: RemoteProject) -> int:
    """Remove unanswered copies of a task, which a request that was cut off can leave; how many."""
    seen: dict[str, Task] = {}
    removed = 0
    for task in sorted(server.tasks(remote), key=lambda t: (not t["annotations"], t["id"])):
        first = seen.setdefault(str(task["data"].get("sentence_id")), task)
        if first is not task and not task["annotations"]:
            server.delete_task(task["id"])
            removed += 1
    return removed


def pushed_text(done: Sequence[Pushed]) -> str:
    """A line an annotator: what was new, what there already, what retired."""
    lines = []
    for p in done:
        line = f"{p.annotator}: {p.new} new tasks, {p.there} were there"
        if p.retired:
            line += f", {p.retired} retired (their article was changed or removed)"
        if p.doubled:
            line += f", {p.doubled} doubled ones removed"
        lines.append(line)
    return "\n".join(lines)


def drawn_by_id(project: Project) -> dict[str, Drawn]:
    """Every sentence of every batch."""
    return {d.sentence_id: d for part in read_batches(project.batches).values() for d in part}
