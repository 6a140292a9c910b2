"""`lichang labels pull`: every annotator's answers into labels/annotations, append-only."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pipeline.annotation.pulled import (
    PULLED,
    Pulled,
    gone,
    new_annotations,
    new_skips,
    read_tasks,
    user_names,
)
from pipeline.annotation.tasks import is_name
from pipeline.bars import counting_bar
from pipeline.commands.label_assign import drawn_by_id
from pipeline.commands.label_projects import ADJUDICATION, current_screen, own_projects
from pipeline.errors import InputError
from pipeline.files import locked
from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.annotation import Annotation, Reject
from pipeline.records.drawn import Drawn
from pipeline.records.skip import Skip
from pipeline.records.store import append_jsonl, read_jsonl
from pipeline.records.taxonomy import load_taxonomy

R = TypeVar("R", Annotation, Skip)


@dataclass(frozen=True)
class PulledProject:
    """What a pull took from one project: counts, what it could not take, and what to know."""

    name: str
    new: int
    skips: int
    tasks: int
    open: int
    rejects: tuple[Reject, ...]
    notes: tuple[str, ...]


def pull(project: Project, server: Server) -> list[PulledProject]:
    """Pull every annotator's project; a second pull of the same answers changes no file.

    All projects are read before the first file is written, so that a server which stops in the
    middle leaves the files as they were. Raises InputError then, and when there is no project.
    """
    there = {n: p for n, p in own_projects(project, server).items() if n != ADJUDICATION}
    for name, remote in there.items():
        if not is_name(name):
            raise InputError(
                f"the project {remote.title!r} was renamed by hand: its answers have no file of an "
                "annotator to go to; give it its name back"
            )
    if not there:
        raise InputError(
            f"no project of this corpus on {server.url}: push a batch first "
            "('lichang labels push'), or were they deleted or renamed by hand?"
        )
    names = user_names(server.users())
    known = drawn_by_id(project)
    read = {n: read_project(project, server, p, known, names, PULLED) for n, p in there.items()}
    screen = current_screen(project)
    return [keep(project, name, found, _notes(there[name], screen)) for name, found in read.items()]


def read_project(
    project: Project,
    server: Server,
    remote: RemoteProject,
    known: Mapping[str, Drawn],
    names: Mapping[int, str],
    provenance: str,
) -> Pulled:
    """Every answer of one project, checked."""
    taxonomy = load_taxonomy(project.taxonomy)
    with counting_bar(f"reading {remote.title}", 0) as progress:
        return read_tasks(
            _counted(server.tasks(remote), progress), known, names, taxonomy, provenance
        )


def _counted(
    tasks: Iterable[Mapping[str, Any]], progress: Callable[[int], None]
) -> Iterable[Mapping[str, Any]]:
    for task in tasks:
        progress(1)
        yield task


def _notes(remote: RemoteProject, screen: str) -> tuple[str, ...]:
    if remote.config.strip() == screen.strip():
        return ()
    return ("its screen was changed by hand, or the policy areas were since it was made",)


def keep(project: Project, name: str, found: Pulled, notes: tuple[str, ...]) -> PulledProject:
    """Append what is new of one project to its files, one pull at a time."""
    with locked(project.annotations):
        return _keep(project, name, found, notes)


def _keep(project: Project, name: str, found: Pulled, notes: tuple[str, ...]) -> PulledProject:
    file = project.annotations / f"pulled-{name}.jsonl"
    kept = _kept(Annotation, file)
    new = new_annotations(kept, found.annotations)
    if new:
        append_jsonl(file, new)
    skips = project.skips / f"{name}.jsonl"
    passed = new_skips(_kept(Skip, skips), found.skips)
    if passed:
        append_jsonl(skips, passed)
    lost = gone(kept, found.annotations)
    if lost:
        notes += (
            f"{len(lost)} answers are on the server no more (first {lost[0].sentence_id}); "
            "they stay in the file",
        )
    counts = (len(new), len(passed), found.tasks, found.open)
    return PulledProject(name, *counts, tuple(found.rejects), notes)


def _kept(kind: type[R], file: Path) -> list[R]:
    return read_jsonl(kind, file) if file.exists() else []


def pulled_text(done: Sequence[PulledProject]) -> str:
    """What came of each project, rejects and notes named."""
    lines = []
    for p in done:
        lines.append(
            f"{p.name}: {p.new} new answers, {p.skips} new skips, {p.open} of {p.tasks} tasks open"
        )
        lines += [f"  rejected: {r.where} ({r.sentence_id}): {r.reason}" for r in p.rejects]
        lines += [f"  note: {note}" for note in p.notes]
    return "\n".join(lines)
