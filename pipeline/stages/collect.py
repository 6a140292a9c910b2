"""Annotations and sentences to labelled examples: consensus, with disagreement kept."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.annotation import Annotation
from pipeline.records.article import Article
from pipeline.records.example import LabelledExample
from pipeline.records.labels import NOT_ADDRESSED
from pipeline.records.sentence import Sentence
from pipeline.records.store import from_json, iter_jsonl, read_jsonl, write_json, write_jsonl
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage


@dataclass(frozen=True)
class Params:
    """`max_reject_share`: above this share of rejected annotations the stage stops."""

    __pydantic_config__ = STRICT

    max_reject_share: float


@dataclass(frozen=True)
class Reject:
    """An annotation that could not be used: where it stands and why."""

    where: str
    sentence_id: str
    reason: str


def read_annotations(folder: Path) -> tuple[list[tuple[str, Annotation]], list[Reject]]:
    """Every line of every .jsonl file with its place; malformed lines become rejects.

    Raises InputError when the folder holds no .jsonl file.
    """
    files = sorted(folder.glob("*.jsonl"))
    if not files:
        raise InputError(f"no annotation file (*.jsonl) in {folder}")
    good: list[tuple[str, Annotation]] = []
    bad: list[Reject] = []
    for file in files:
        for number, line in enumerate(file.read_bytes().splitlines(), 1):
            where = f"{file.name}:{number}"
            try:
                good.append((where, from_json(Annotation, line.decode("utf-8"), where)))
            except (InputError, UnicodeDecodeError) as error:
                bad.append(Reject(where, "", str(error)))
    return good, bad


def why_unusable(
    annotation: Annotation, sentences: dict[str, Sentence], taxonomy: Taxonomy
) -> str | None:
    """The reason why an annotation can't be used, or None."""
    unknown = sorted(set(annotation.areas) - set(taxonomy.ids))
    if unknown:
        return f"unknown policy area {unknown[0]!r}; known: {', '.join(taxonomy.ids)}"
    if annotation.sentence_id not in sentences:
        return "no such sentence in the corpus (was its article changed or removed?)"
    if bool(annotation.areas) != (annotation.voice is not None):
        return "a voice is given exactly when an area is addressed"
    return None


def consensus(decisions: Sequence[Annotation], taxonomy: Taxonomy) -> dict[str, Any]:
    """Majority answer per area, voice and role; a tie goes to the earliest decision.

    Also "annotators" and "disagreement": the share of answers that differ from the consensus.
    """
    ordered = sorted(decisions, key=lambda a: (a.created_at, a.annotator))
    answers = {area: [a.areas.get(area, NOT_ADDRESSED) for a in ordered] for area in taxonomy.ids}
    stances = {area: _majority(given) for area, given in answers.items()}
    areas = {area: stance for area, stance in stances.items() if stance != NOT_ADDRESSED}
    voices = [a.voice for a in ordered if a.voice]
    roles = [a.role for a in ordered]
    role = _majority(roles)
    given = [(a, stances[area]) for area in taxonomy.ids for a in answers[area]]
    given += [(r, role) for r in roles]
    return {
        "areas": areas,
        "voice": _majority(voices) if areas and voices else None,
        "role": role,
        "annotators": len(ordered),
        "disagreement": sum(answer != agreed for answer, agreed in given) / len(given),
    }


def _majority(answers: Sequence[Any]) -> Any:
    return Counter(answers).most_common(1)[0][0]


def collect(
    annotations: Iterable[tuple[str, Annotation]],
    sentences: dict[str, Sentence],
    articles: dict[str, Article],
    taxonomy: Taxonomy,
) -> tuple[list[LabelledExample], list[Reject]]:
    """One example for each annotated sentence; of one annotator the last decision counts."""
    decisions: dict[str, dict[str, Annotation]] = defaultdict(dict)
    rejects = []
    for where, annotation in annotations:
        reason = why_unusable(annotation, sentences, taxonomy)
        if reason:
            rejects.append(Reject(where, annotation.sentence_id, reason))
        else:
            decisions[annotation.sentence_id][annotation.annotator] = annotation
    examples = []
    for sentence_id in sorted(decisions):
        s = sentences[sentence_id]
        article = articles[s.article_id]
        examples.append(
            LabelledExample(
                sentence_id=sentence_id,
                article_id=s.article_id,
                source=article.source,
                story=article.story,
                text=s.text,
                before=s.before,
                after=s.after,
                **consensus(list(decisions[sentence_id].values()), taxonomy),
            )
        )
    return examples, rejects


def main(
    params: Path,
    taxonomy: Path,
    annotations: Path,
    articles: Path,
    sentences: Path,
    labelled: Path,
    report: Path,
) -> None:
    """Collect labels/annotations into labelled examples; rejects are counted and named."""
    settings = load_params(params, "collect", Params)
    areas = load_taxonomy(taxonomy)
    read, malformed = read_annotations(annotations)
    known = {s.sentence_id: s for s in iter_jsonl(Sentence, sentences)}
    where_from = {a.article_id: a for a in read_jsonl(Article, articles)}
    examples, unusable = collect(read, known, where_from, areas)
    rejects = malformed + unusable
    for reject in rejects:
        print(f"rejected annotation {reject.where}: {reject.reason}", file=sys.stderr)
    total = len(read) + len(malformed)
    if len(rejects) > settings.max_reject_share * total:
        raise InputError(
            f"{len(rejects)} of {total} annotations are unusable, first {rejects[0].where}: "
            f"{rejects[0].reason}"
        )
    write_jsonl(labelled, examples)
    write_json(
        report,
        {"annotations": total, "examples": len(examples), "rejects": [vars(r) for r in rejects]},
    )
    print(f"{len(examples)} labelled sentences from {total} annotations, {len(rejects)} rejected")


if __name__ == "__main__":
    run_stage(main)
