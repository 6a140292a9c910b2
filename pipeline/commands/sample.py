"""`lichang labels sample`: which sentences to annotate next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.annotation.candidates import Candidate, Evidence, Frame, Pick, to_drawn
from pipeline.annotation.chance import by_source, test_picks
from pipeline.annotation.mix import Settings, check, mix, places
from pipeline.commands.batches import new_batch, read_candidates, read_placed
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.records.drawn import TEST, read_batches
from pipeline.records.example import LabelledExample
from pipeline.records.prediction import Prediction
from pipeline.records.store import read_jsonl, write_jsonl
from pipeline.records.taxonomy import load_taxonomy


@dataclass(frozen=True)
class Sampled:
    """What a batch was drawn from and by which settings, and the sentences drawn to test now."""

    settings: Settings
    frame: Frame
    pool: Sequence[Candidate]
    batch: Sequence[Pick]
    test: Sequence[Pick]
    predicted: bool


def sample(project: Project, name: str, size: int | None, seed: int | None, again: bool) -> Sampled:
    """Draw a batch and write labels/batches/NAME.jsonl; at the first draw those that test too.

    `size` and `seed` replace those of configs/annotation.yaml. With `again`, sentences that were
    annotated or drawn before may be drawn, those that test never. Raises InputError on a taken
    name, settings that can't be followed, and when no sentence is left.
    """
    path = new_batch(project, name)
    settings = _settings(project, size, seed)
    frame, test = with_test(read_frame(project), settings)
    pool = frame.open(again)
    evidence = _evidence(project, frame, pool, settings.seed)
    batch = mix(pool, frame.known(), evidence, settings)
    if not batch:
        raise InputError(
            "every sentence is annotated or drawn already: put articles into data/raw and run "
            "'dvc repro segment', or draw with --again"
        )
    for out, picks in ((project.batches / f"{TEST}.jsonl", test), (path, batch)):
        if picks:
            write_jsonl(out, (to_drawn(pick, evidence.taxonomy.version) for pick in picks))
    return Sampled(settings, frame, pool, batch, test, bool(evidence.predictions))


def _settings(project: Project, size: int | None, seed: int | None) -> Settings:
    given = load_params(project.annotation_settings, "sample", Settings)
    settings = replace(
        given,
        size=given.size if size is None else size,
        seed=given.seed if seed is None else seed,
    )
    check(settings)
    return settings


def read_frame(project: Project) -> Frame:
    """Every sentence of a project with what is spoken for. Raises InputError before `segment`."""
    batches = read_batches(project.batches)
    test = batches.pop(TEST, None)
    drawn = {d.sentence_id for own in batches.values() for d in own}
    annotated = {a.sentence_id for _, a in read_placed(project)}
    return Frame(
        read_candidates(project),
        frozenset(annotated | drawn),
        None if test is None else frozenset(d.sentence_id for d in test),
    )


def with_test(frame: Frame, settings: Settings) -> tuple[Frame, list[Pick]]:
    """The frame with its test sentences, and those that had to be drawn now."""
    if frame.testing is not None or not settings.test_share:
        return frame, []
    test = test_picks(frame.open(), settings.test_share, settings.seed)
    return replace(frame, testing=frozenset(pick.candidate.id for pick in test)), test


def _evidence(project: Project, frame: Frame, pool: Sequence[Candidate], seed: int) -> Evidence:
    may_be_drawn = {c.id for c in pool}
    learnt = {c.id for c in frame.everything if not c.held_out}
    predictions, labelled = project.predictions, project.labelled
    answers = read_jsonl(Prediction, predictions) if predictions.is_file() else []
    examples = read_jsonl(LabelledExample, labelled) if labelled.is_file() else []
    return Evidence(
        predictions={p.sentence_id: p for p in answers},
        labelled=[e for e in examples if e.sentence_id in learnt],
        known=[c.sentence.text for c in frame.everything if c.id not in may_be_drawn],
        taxonomy=load_taxonomy(project.taxonomy),
        seed=seed,
    )


def sampled_table(sampled: Sampled) -> str:
    """Markdown tables: a row a strategy, a row a source, and what fell short."""
    wanted = places(sampled.settings)
    drawn = Counter(pick.reason.split(":")[0] for pick in sampled.batch)
    rows = ["| strategy | wanted | drawn |", "| --- | ---: | ---: |"]
    rows += [f"| {name} | {count} | {drawn[name]} |" for name, count in wanted.items()]
    rows += ["", *_source_rows(sampled), "", *_notes(sampled)]
    return "\n".join(rows).rstrip() + "\n"


def _source_rows(sampled: Sampled) -> Iterator[str]:
    yield "| source | open | drawn at random | p | chosen | test |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    of = Counter(pick.candidate.source for pick in sampled.batch)
    at_random = Counter(pick.candidate.source for pick in sampled.batch if pick.p is not None)
    test = Counter(pick.candidate.source for pick in sampled.test)
    for source, own in by_source(sampled.pool).items():
        n = at_random[source]
        cells = (len(own), n, f"{n / len(own):.4f}", of[source] - n, test[source])
        yield f"| {source or '(unknown)'} | " + " | ".join(map(str, cells)) + " |"


def _notes(sampled: Sampled) -> Iterator[str]:
    """What a person may want to know: what is missing, and what to do about it."""
    short = sampled.settings.size - len(sampled.batch)
    if short:
        yield f"{short} of {sampled.settings.size} places stayed empty: nothing was left for them"
    sources = set(by_source(sampled.pool))
    without = sources - {pick.candidate.source for pick in sampled.batch if pick.p is not None}
    if without:
        yield f"{len(without)} of {len(sources)} sources: no random sentence, no share to estimate"
    if not sampled.predicted:
        yield "no predictions: 'dvc repro predict' makes them, for all but random and diversity"
    if sampled.settings.test_share and not sampled.frame.testing:
        yield "no sentence tests yet: mark an outlet held_out in configs/sources.yaml"
