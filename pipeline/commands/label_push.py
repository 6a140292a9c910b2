"""`lichang labels push`: a batch of sentences to the annotators' projects, each task once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.annotation.tasks import (
    SHOWN,
    PushSettings,
    Task,
    check_annotators,
)
from pipeline.bars import counting_bar
from pipeline.commands.label_assign import assigned, live_sentences
from pipeline.commands.label_projects import current_screen, ensure_project, own_projects
from pipeline.config import load_params
from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.task import Task as Address


@dataclass(frozen=True)
class Pushed:
    """What a push did to one annotator's project."""

    annotator: str
    new: int
    there: int
    retired: int
    doubled: int
    gone: int


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
        pushed, tasks = _push(server, remote, name, wanted[name], live, settings.chunk)
        keep_addresses(project, server.url, remote, tasks)
        done.append(pushed)
    return done


def keep_addresses(
    project: Project, url: str, remote: RemoteProject, tasks: Iterable[Task]
) -> None:
    """Write down where each sentence is annotated, so that dashboards can link there."""
    kept = read_jsonl(Address, project.tasks) if project.tasks.exists() else []
    found = {address.sentence_id: address for address in kept}
    for task in tasks:
        sentence_id = task["data"].get("sentence_id")
        if not sentence_id:
            continue
        at = f"{url}/projects/{remote.id}/data?task={task['id']}"
        found[sentence_id] = Address(sentence_id, at)
    write_jsonl(project.tasks, found.values())


def _push(
    server: Server,
    remote: RemoteProject,
    name: str,
    wanted: Sequence[Task],
    live: set[str] | None,
    chunk: int,
) -> tuple[Pushed, list[Task]]:
    before = list(server.tasks(remote))
    have = {task["data"].get("sentence_id") for task in before}
    here = [t for t in wanted if live is None or t["data"]["sentence_id"] in live]
    missing = [task for task in here if task["data"]["sentence_id"] not in have]
    with counting_bar(f"{name}: {len(missing)} tasks", len(missing)) as progress:
        for start in range(0, len(missing), chunk):
            part = missing[start : start + chunk]
            server.add_tasks(remote, part)
            progress(len(part))
    if any("predictions" in task for task in missing):
        server.show_predictions(remote, SHOWN)
    retired = _retire(server, before, live)
    left, doubled = _undouble(server, remote)
    there, gone = len(here) - len(missing), len(wanted) - len(here)
    return Pushed(name, len(missing), there, retired, doubled, gone), left


def _retire(server: Server, tasks: Sequence[Task], live: set[str] | None) -> int:
    """Retire the tasks whose sentence is in the corpus no more; how many."""
    if live is None:
        return 0
    old = [t for t in tasks if t["data"].get("sentence_id") not in live]
    old = [t for t in old if t["data"].get("sentence_id") and not t["meta"].get("retired")]
    for task in old:
        if task["annotations"] or not server.delete_unanswered(task["id"]):
            server.change_task(task["id"], {**task["meta"], "retired": True})
    return len(old)


def _undouble(server: Server, remote: RemoteProject) -> tuple[list[Task], int]:
    """Remove unanswered copies of a task, which a request that was cut off can leave.

    The tasks that stay, and how many went.
    """
    seen: dict[str, Task] = {}
    left, removed = [], 0
    for task in sorted(server.tasks(remote), key=lambda t: (not t["annotations"], t["id"])):
        own = str(task["data"].get("sentence_id") or f"by hand: {task['id']}")
        copy = seen.setdefault(own, task) is not task and not task["annotations"]
        if copy and server.delete_unanswered(task["id"]):
            removed += 1
        else:
            left.append(task)
    return left, removed


def pushed_text(done: Sequence[Pushed]) -> str:
    """A line an annotator: what was new, what there already, what retired."""
    lines = []
    for p in done:
        line = f"{p.annotator}: {p.new} new tasks, {p.there} were there"
        if p.retired:
            line += f", {p.retired} retired (their article was changed or removed)"
        if p.gone:
            line += f", {p.gone} not pushed (their article was changed or removed since the draw)"
        if p.doubled:
            line += f", {p.doubled} doubled ones removed"
        lines.append(line)
    return "\n".join(lines)
