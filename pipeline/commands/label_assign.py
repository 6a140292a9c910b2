"""Who is to annotate what: a batch as tasks, by annotator."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pipeline.annotation.tasks import PushSettings, Task, annotators_of, prefilled, task_of
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.drawn import Drawn, read_batches
from pipeline.records.prediction import Prediction
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl
from pipeline.records.taxonomy import load_taxonomy


def assigned(
    project: Project, batch: str, annotators: Sequence[str], settings: PushSettings
) -> Mapping[str, list[Task]]:
    """The tasks of a batch by annotator.

    Raises InputError when there is no such batch, or it is of another codebook.
    """
    batches = read_batches(project.batches)
    if batch not in batches:
        known = ", ".join(batches) or "none yet: make one with 'lichang labels sample'"
        raise InputError(f"no batch {batch!r} in {project.batches}; there are {known}")
    version = load_taxonomy(project.taxonomy).version
    older = {d.taxonomy_version for d in batches[batch]} - {version}
    if older:
        raise InputError(
            f"batch {batch!r} was drawn under codebook {min(older)}, this is {version}: "
            "draw a new one"
        )
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


def drawn_by_id(project: Project) -> dict[str, Drawn]:
    """Every sentence that was drawn under the codebook in use, of every batch."""
    version = load_taxonomy(project.taxonomy).version
    drawn = (d for part in read_batches(project.batches).values() for d in part)
    return {d.sentence_id: d for d in drawn if d.taxonomy_version == version}
