"""Annotations and sentences to labelled examples: consensus, with disagreement kept."""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.annotation import (
    ADJUDICATED,
    Annotation,
    Placed,
    Reject,
    read_annotations,
)
from pipeline.records.article import Article
from pipeline.records.example import LabelledExample
from pipeline.records.labels import NOT_ADDRESSED
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl, write_json, write_jsonl
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage


@dataclass(frozen=True)
class Params:
    """`max_reject_share`: above this share of rejected annotations the stage stops."""

    __pydantic_config__ = STRICT

    max_reject_share: float


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
    """The agreed answer per area, voice and role: the adjudicated one, else the majority's.

    A tie goes to the earliest decision. A hard case counts when at least half of the decisions
    name it. "annotators" and "disagreement" (the share of answers that differ from the
    consensus) are of those who answered blind. "sampling_p" is that of the first random draw.
    """
    ordered = sorted(decisions, key=lambda a: (a.created_at, a.annotator))
    blind = [a for a in ordered if a.provenance != ADJUDICATED] or ordered
    deciding = [a for a in ordered if a.provenance == ADJUDICATED][-1:] or blind
    stances = {
        area: _majority([a.areas.get(area, NOT_ADDRESSED) for a in deciding])
        for area in taxonomy.ids
    }
    areas = {area: stance for area, stance in stances.items() if stance != NOT_ADDRESSED}
    voices = [a.voice for a in deciding if a.voice]
    role = _majority([a.role for a in deciding])
    wrong = sum(
        a.areas.get(area, NOT_ADDRESSED) != stances[area] for area in stances for a in blind
    )
    wrong += sum(a.role != role for a in blind)
    tags = Counter(tag for a in ordered for tag in a.hard)
    return {
        "areas": areas,
        "voice": _majority(voices) if areas and voices else None,
        "role": role,
        "annotators": len(blind),
        "disagreement": wrong / (len(blind) * (len(stances) + 1)),
        "hard": tuple(sorted(tag for tag, n in tags.items() if 2 * n >= len(ordered))),
        "sampling_p": next((a.sampling_p for a in ordered if a.sampling_p is not None), None),
    }


def _majority(answers: Sequence[Any]) -> Any:
    return Counter(answers).most_common(1)[0][0]


def collect(
    annotations: Iterable[Placed],
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
