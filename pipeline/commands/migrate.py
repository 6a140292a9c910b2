"""`lichang labels migrate`: annotations of one codebook carried to the next."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.candidates import Candidate, Pick, to_drawn
from pipeline.annotation.migrate import Plan, check, plan
from pipeline.commands.batches import batch_path, read_candidates, read_placed
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.drawn import Drawn
from pipeline.records.migration import Migration, load_migration
from pipeline.records.store import append_jsonl, read_jsonl
from pipeline.records.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Migrated:
    """What was planned, the lines that the queue gains, and what the queue can't show.

    `gone` sentences stand in no article any more. `written` is false after a dry run.
    """

    migration: Migration
    plan: Plan
    queue: Sequence[Drawn]
    gone: Sequence[str]
    files: tuple[Path, Path]
    written: bool


def migrate(project: Project, mapping: Path, dry_run: bool) -> Migrated:
    """Append what can be carried over to labels/annotations, and queue the rest in a batch.

    configs/policy_areas.yaml must hold the new areas and version. Nothing is removed or changed,
    and a second run appends nothing. Raises InputError on a mapping that leaves an area open, and
    when there is no annotation of the old codebook.
    """
    migration = load_migration(mapping)
    taxonomy = load_taxonomy(project.taxonomy)
    placed = read_placed(project)
    old = [a for _, a in placed if a.taxonomy_version == migration.old]
    if not old:
        raise InputError(f"no annotation was made with codebook {migration.old}; see {mapping}")
    check(migration, taxonomy, {area for a in old for area in a.areas})
    planned = plan(placed, migration, taxonomy)
    files = (
        project.annotations / f"migrated-{migration.new}.jsonl",
        batch_path(project, f"migrate-{migration.new}"),
    )
    where = {c.id: c for c in read_candidates(project)}
    queue = _queue(planned, where, files[1], taxonomy.version)
    gone = [i for i in planned.queued if i not in where]
    if not dry_run:
        for path, lines in zip(files, (planned.carried, queue), strict=True):
            if lines:
                append_jsonl(path, lines)
    return Migrated(migration, planned, queue, gone, files, not dry_run)


def _queue(planned: Plan, where: dict[str, Candidate], path: Path, version: str) -> list[Drawn]:
    waiting = {d.sentence_id for d in read_jsonl(Drawn, path)} if path.exists() else set()
    return [
        to_drawn(Pick(where[i], f"migration:{queued.rule}", queued.sampling_p), version)
        for i, queued in planned.queued.items()
        if i in where and i not in waiting
    ]


def migrated_table(migrated: Migrated) -> str:
    """A Markdown table of what becomes of each line, and in words what was written."""
    fate = migrated.plan.fate
    rows = [f"| lines of codebook {migrated.migration.old} | |", "| --- | ---: |"]
    rows += [f"| {what} | {fate[what]} |" for what in sorted(fate)]
    rows += [f"| all | {fate.total()} |", "", *_notes(migrated)]
    return "\n".join(rows) + "\n"


def _notes(migrated: Migrated) -> Iterator[str]:
    carried, done = migrated.plan.carried, "appended" if migrated.written else "would be appended"
    for path, lines in zip(migrated.files, (carried, migrated.queue), strict=True):
        yield f"{len(lines)} lines {done} to {path}"
    sentences = len({a.sentence_id for a in carried})
    for area in migrated.migration.add:
        yield f"{sentences} carried sentences hold no keyword of {area}: taken not to address it"
    if migrated.gone:
        yield f"{len(migrated.gone)} sentences to annotate again stand in no article any more"
