"""Annotations and sentences to labelled examples: consensus, with disagreement kept."""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.annotation.consensus import DAWID_SKENE, LEAST, MAJORITY, Consensus, Rule, consensus
from pipeline.annotation.decisions import last_decisions, usable
from pipeline.annotation.versions import by_version
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.records.annotation import Placed, Reject, by_reason, read_annotations
from pipeline.records.article import Article
from pipeline.records.example import LabelledExample
from pipeline.records.sentence import Sentence
from pipeline.records.store import iter_jsonl, read_jsonl, write_json, write_jsonl
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage


@dataclass(frozen=True)
class Params:
    """`max_reject_share`: above this share of rejected annotations the stage stops; `consensus`:
    the rule that decides where annotators differ and nobody adjudicated."""

    __pydantic_config__ = STRICT

    max_reject_share: float
    consensus: Rule


@dataclass(frozen=True)
class Collected:
    """The `examples`, what was rejected, and how many sentences were decided by what."""

    examples: list[LabelledExample]
    rejects: list[Reject]
    decided_by: dict[str, int]


def collect(
    annotations: Iterable[Placed],
    sentences: Mapping[str, Sentence],
    articles: Mapping[str, Article],
    taxonomy: Taxonomy,
    rule: Rule,
) -> Collected:
    """One example for each annotated sentence; of one annotator the last decision counts."""
    good, rejects = usable(annotations, sentences, taxonomy)
    agreed = consensus(last_decisions(good), taxonomy.ids, rule)
    examples = [
        _example(sentences[sentence_id], articles, found)
        for sentence_id, found in sorted(agreed.items())
    ]
    return Collected(examples, rejects, dict(Counter(found.by for found in agreed.values())))


def _example(s: Sentence, articles: Mapping[str, Article], found: Consensus) -> LabelledExample:
    return LabelledExample(
        sentence_id=s.sentence_id,
        article_id=s.article_id,
        source=articles[s.article_id].source,
        story=articles[s.article_id].story,
        text=s.text,
        before=s.before,
        after=s.after,
        areas=found.answer.areas,
        voice=found.answer.voice,
        role=found.answer.role,
        annotators=found.annotators,
        disagreement=found.disagreement,
        hard=found.hard,
        sampling_p=found.sampling_p,
        drawn_at=found.drawn_at,
    )


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
    versions = by_version(read, areas.version)
    found = collect(versions.current, known, where_from, areas, settings.consensus)
    rejects = malformed + versions.outdated + found.rejects
    for line in by_reason(rejects):
        print(f"rejected annotation {line}", file=sys.stderr)
    total = len(read) + len(malformed)
    if len(rejects) > settings.max_reject_share * total:
        raise InputError(
            f"{len(rejects)} of {total} annotations are unusable, first {rejects[0].where}: "
            f"{rejects[0].reason}"
        )
    write_jsonl(labelled, found.examples)
    write_json(
        report,
        {
            "annotations": total,
            "superseded": len(versions.superseded),
            "examples": len(found.examples),
            "decided_by": found.decided_by,
            "rejects": [vars(r) for r in rejects],
        },
    )
    print(
        f"{len(found.examples)} labelled sentences from {total} annotations: "
        f"{len(rejects)} rejected, {len(versions.superseded)} superseded by answers under "
        f"codebook {areas.version}"
    )
    if settings.consensus == DAWID_SKENE:
        print(
            f"Dawid-Skene decided {found.decided_by.get(DAWID_SKENE, 0)} sentences; the majority "
            f"{found.decided_by.get(MAJORITY, 0)}, which fewer than {LEAST} annotators answered"
        )


if __name__ == "__main__":
    run_stage(main)
