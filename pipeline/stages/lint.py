"""Annotations as source: what is wrong with them, what they cover, how far annotators agree."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.annotation.agreed import agreement_by_question, agreement_table
from pipeline.annotation.ceiling import ceiling, ceiling_table
from pipeline.annotation.decisions import last_decisions, only_blind, usable
from pipeline.annotation.questions import asked
from pipeline.annotation.versions import by_version
from pipeline.config import STRICT, load_params
from pipeline.files import atomic_file
from pipeline.records.annotation import Placed, Reject, by_reason, read_annotations
from pipeline.records.example import LabelledExample
from pipeline.records.fold import Fold
from pipeline.records.hard_case import HardCase, load_hard_cases
from pipeline.records.sentence import Sentence
from pipeline.records.store import read_jsonl, write_json
from pipeline.records.taxonomy import Taxonomy, load_taxonomy
from pipeline.run_stage import run_stage
from pipeline.stats.agreement import Agreement
from pipeline.stats.compare import Figure
from pipeline.stats.coverage import Cell, Wanted, coverage, coverage_table
from pipeline.text.likeness import near_duplicates, repeated_runs


@dataclass(frozen=True)
class Params:
    """Limits of likeness, draws of the bootstrap, and the wanted coverage.

    No two sentences may be more alike than `max_likeness` (Jaccard of character 5-grams), no run
    of `run` letters may stand in more than `max_run_articles` articles, `names` apart.
    """

    __pydantic_config__ = STRICT

    max_likeness: float
    run: int
    max_run_articles: int
    names: tuple[str, ...]
    draws: int
    wanted: Wanted


@dataclass(frozen=True)
class LabelReport:
    """What the lint found: `problems` in words, the coverage, agreement by question, and what
    one reading scores against another (`ceiling`; empty where no sentence was read twice)."""

    problems: tuple[str, ...]
    coverage: tuple[Cell, ...]
    agreement: Mapping[str, Agreement]
    ceiling: Mapping[str, Figure]


def lint(
    annotations: Sequence[Placed],
    malformed: Sequence[Reject],
    examples: Sequence[LabelledExample],
    sentences: Mapping[str, Sentence],
    folds: Sequence[Fold],
    taxonomy: Taxonomy,
    hard_cases: Sequence[HardCase],
    params: Params,
) -> LabelReport:
    """Check every annotation against its article, the taxonomy, the others and the folds."""
    tags = [case.id for case in hard_cases]
    versions = by_version(annotations, taxonomy.version)
    cells = coverage(examples, taxonomy.ids, tags, params.wanted)
    good, unusable = usable(versions.current, sentences, taxonomy)
    problems = [
        *(f"{r.where}: {r.reason}" for r in (*malformed, *unusable)),
        *by_reason(versions.outdated),
        *_of_each(versions.current, sentences, frozenset(tags)),
        *_of_all(examples, params),
        *_leaks(examples, folds),
        *(f"coverage: {c.what}: {c.count} of {c.wanted}" for c in cells if c.short),
    ]
    given, _ = asked(only_blind(last_decisions(good)), sentences, taxonomy.ids)
    return LabelReport(
        tuple(problems),
        tuple(cells),
        agreement_by_question(given, params.draws),
        ceiling(given, params.draws),
    )


def _of_each(
    annotations: Sequence[Placed],
    sentences: Mapping[str, Sentence],
    tags: frozenset[str],
) -> Iterator[str]:
    seen: dict[tuple[str, str, str], str] = {}
    for where, a in annotations:
        sentence = sentences.get(a.sentence_id)
        if sentence and sentence.text != a.text:
            yield f"{where}: the text is not that of its article"
        for tag in sorted(set(a.hard) - tags):
            yield f"{where}: unknown hard case {tag!r}; known: {', '.join(sorted(tags))}"
        first = seen.setdefault((a.sentence_id, a.annotator, a.created_at), where)
        if first != where:
            yield f"{where}: {a.annotator} gave this answer at {first} already"


def _of_all(examples: Sequence[LabelledExample], params: Params) -> Iterator[str]:
    texts = [e.text for e in examples]
    for i, j, likeness in near_duplicates(texts, params.max_likeness):
        yield (
            f"{examples[i].sentence_id} and {examples[j].sentence_id} are nearly the same "
            f"({likeness:.2f})"
        )
    articles = [e.article_id for e in examples]
    limits = (params.run, params.max_run_articles, params.names)
    for run, count in repeated_runs(texts, articles, *limits):
        yield f"{run!r} stands in {count} articles"


def _leaks(examples: Sequence[LabelledExample], folds: Sequence[Fold]) -> Iterator[str]:
    place = {f.article_id: (f.fold, f.held_out) for f in folds}
    for kind in ("source", "story"):
        places: dict[str, set[tuple[int, bool]]] = defaultdict(set)
        for e in examples:
            if getattr(e, kind):
                places[getattr(e, kind)].add(place[e.article_id])
        for name, found in sorted(places.items()):
            if len(found) > 1:
                yield f"{kind} {name!r} stands in more than one fold"


def report_text(report: LabelReport, examples: Sequence[LabelledExample]) -> str:
    """The whole report in Markdown."""
    articles = len({e.article_id for e in examples})
    outlets = len({e.source for e in examples})
    problems = "\n".join(f"- {p}" for p in report.problems) or "none"
    return (
        f"# Labels: {len(examples)} sentences, {articles} articles, {outlets} outlets\n\n"
        f"## Problems\n\n{problems}\n\n## Coverage\n\n{coverage_table(report.coverage)}\n"
        f"## Agreement\n\nValue and 95 % interval, articles as clusters. Blind answers only.\n\n"
        f"{agreement_table(report.agreement)}\n"
        "## One reading scored against the other\n\n"
        "The ceiling that a classifier's scores are read by.\n\n"
        f"{ceiling_table(report.ceiling) if report.ceiling else 'No sentence was read twice.'}\n"
    )


def main(
    params: Path,
    taxonomy: Path,
    hard_cases: Path,
    annotations: Path,
    sentences: Path,
    labelled: Path,
    folds: Path,
    text: Path,
    data: Path,
) -> None:
    """Write the report; problems don't stop the graph (`lichang labels lint` fails on them)."""
    placed, malformed = read_annotations(annotations)
    examples = read_jsonl(LabelledExample, labelled)
    report = lint(
        placed,
        malformed,
        examples,
        {s.sentence_id: s for s in read_jsonl(Sentence, sentences)},
        read_jsonl(Fold, folds),
        load_taxonomy(taxonomy),
        load_hard_cases(hard_cases),
        load_params(params, "lint", Params),
    )
    with atomic_file(text) as out:
        out.write(report_text(report, examples))
    write_json(data, asdict(report))
    print(f"{len(report.problems)} problems with the labels, see {text}")


if __name__ == "__main__":
    run_stage(main)
