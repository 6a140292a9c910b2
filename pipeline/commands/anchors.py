"""`lichang anchors`: what a new model or codebook changes on sentences that did not change."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from pipeline.classifiers.calibrated import Calibrated
from pipeline.config import load_params
from pipeline.errors import InputError
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.anchor import Anchor, AnchorAnswer, AnchorRecord, Shift
from pipeline.records.fold import Fold
from pipeline.records.labels import VOICES
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl, write_json, write_jsonl
from pipeline.stages import predict
from pipeline.stats.anchors import shifts
from pipeline.stats.answers import named
from pipeline.stats.scores import decide

ANCHORS = 200


@dataclass(frozen=True)
class AnchorReport:
    """The version at hand (`now`), the one `before` it, and what differs; "" and nothing at first.

    `voice_changed` counts anchors of which both versions address an area, in another voice.
    """

    now: str
    before: str
    voice_changed: int
    areas: list[Shift]


def anchors(project: Project, record: bool) -> str:
    """Score the anchors, compare with the last version that differs; the report as Markdown.

    Draws the anchors where there are none yet, appends this version's answers where `record` is
    set and they are new. Raises InputError when the model is missing.
    """
    if not project.anchors.exists():
        folds = read_jsonl(Fold, project.folds)
        sentences = iter_jsonl(Sentence, project.sentences)
        write_jsonl(project.anchors, chosen(sentences, folds, ANCHORS))
    asked = read_jsonl(Anchor, project.anchors)
    recorded = project.anchor_answers
    history = read_jsonl(AnchorRecord, recorded) if recorded.exists() else []
    now = answered(asked, Calibrated.beside(project.model), project)
    report = compared(asked, history, now)
    write_json(project.anchor_report.with_suffix(".json"), asdict(report))
    text = as_text(report)
    with atomic_file(project.anchor_report) as out:
        out.write(text)
    if record and now not in history[-1:]:
        write_jsonl(recorded, [*history, now])
    return text


def chosen(sentences: Iterable[Sentence], folds: Sequence[Fold], n: int) -> list[Anchor]:
    """The `n` sentences of held-out articles with the smallest hash, by sentence_id.

    No version is trained on them. Raises InputError when there is none.
    """
    out = {fold.article_id for fold in folds if fold.held_out}
    usable = [s for s in sentences if s.article_id in out]
    if not usable:
        raise InputError(
            "no sentence is held out: set held_out for an outlet in configs/sources.yaml"
        )
    first = sorted(usable, key=lambda s: hashlib.sha256(s.sentence_id.encode()).digest())[:n]
    return [
        Anchor(s.sentence_id, s.article_id, s.text, s.before, s.after)
        for s in sorted(first, key=lambda s: s.sentence_id)
    ]


def answered(asked: Sequence[Anchor], classifier: Calibrated, project: Project) -> AnchorRecord:
    """The classifier's published answers to the anchors, and which version they are of."""
    threshold = load_params(project.params, "predict", predict.Params).threshold
    scores = classifier.score(asked)
    answers, voices = decide(scores.areas, threshold), scores.voice.argmax(-1)
    ids = classifier.taxonomy.ids
    found = {
        anchor.sentence_id: AnchorAnswer(named(answers[i], ids), VOICES[int(voices[i])])
        for i, anchor in enumerate(asked)
    }
    digest = hashlib.sha256(project.codebook.read_bytes()).hexdigest()[:12]
    return AnchorRecord(classifier.version, classifier.taxonomy.version, digest, ids, found)


def compared(
    asked: Sequence[Anchor], history: Sequence[AnchorRecord], now: AnchorRecord
) -> AnchorReport:
    """What differs between this version and the last recorded one that is another."""
    earlier = [record for record in history if record != now]
    if not earlier:
        return AnchorReport(_version(now), "", 0, [])
    before = earlier[-1]
    voices = [
        (before.answers[i].voice, answer.voice)
        for i, answer in now.answers.items()
        if i in before.answers and answer.areas and before.answers[i].areas
    ]
    changed = sum(one != other for one, other in voices)
    return AnchorReport(_version(now), _version(before), changed, shifts(asked, before, now))


def _version(record: AnchorRecord) -> str:
    return f"{record.model}, taxonomy {record.taxonomy}, codebook {record.codebook}"


def as_text(report: AnchorReport) -> str:
    """The report in Markdown."""
    lines = ["# Anchors: what the version alone changes", "", f"Now: {report.now}"]
    if not report.before:
        return "\n".join([*lines, "", "No other version is recorded; record this one.", ""])
    lines += [
        f"Before: {report.before}",
        f"Another voice: {report.voice_changed} sentences",
        "",
        "| area | sentences | other answers | net before | net now | shift | sure |",
        "| --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for row in report.areas:
        nets = f"{row.net_before:+.2f} | {row.net_after:+.2f} | {row.shift.value:+.2f}"
        if row.shift.low is not None and row.shift.high is not None:
            nets += f" [{row.shift.low:+.2f}, {row.shift.high:+.2f}]"
        share = f"{row.changed / max(1, row.sentences):.1%}"
        sure = "yes" if row.sure else "no"
        lines.append(f"| {row.area} | {row.sentences} | {share} | {nets} | {sure} |")
    return "\n".join(lines) + "\n"
