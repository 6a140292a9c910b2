"""`lichang bench NAME`: every benchmark's table, with its JSON file and MLflow run."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pipeline.commands.bench_areas import areas
from pipeline.commands.bench_builds import builds
from pipeline.commands.bench_coverage import coverage
from pipeline.commands.bench_folds import folds
from pipeline.commands.bench_labels import labels
from pipeline.commands.bench_shares import shares
from pipeline.commands.bench_site import site
from pipeline.commands.bench_speed import inference
from pipeline.commands.bench_stance import c_stance, nlpcc2016
from pipeline.commands.bench_training import training
from pipeline.commands.benchmark import Bench, MissingDataError, Request
from pipeline.errors import InputError
from pipeline.files import atomic_file
from pipeline.project import Project
from pipeline.records.store import write_json
from pipeline.tracking import tracked

BENCHES: Mapping[str, Callable[[Request], Bench]] = {
    "training": training,
    "inference": inference,
    "c-stance": c_stance,
    "nlpcc2016": nlpcc2016,
    "folds": folds,
    "shares": shares,
    "builds": builds,
    "areas": areas,
    "labels": labels,
    "site": site,
    "coverage": coverage,
}
ALL = "all"


@dataclass(frozen=True)
class Asked:
    """What a person asked for: a benchmark, where its files are, and perhaps a test file."""

    name: str
    data: Path
    test: Path | None


def run_benches(project: Project, asked: Asked) -> Iterator[str]:
    """Run a benchmark, or `all`; the tables as Markdown.

    Of all, those whose files are missing are skipped and say so. Raises InputError for an
    unknown name, or when the files of the one that was asked for are missing.
    """
    if asked.name != ALL:
        yield run_bench(project, asked)
        return
    for name in BENCHES:
        try:
            yield run_bench(project, replace(asked, name=name, test=None))
        except MissingDataError as error:
            yield f"# {name}: skipped\n\n{error}\n"


def run_bench(project: Project, asked: Asked) -> str:
    """Run one benchmark and write its table, JSON and MLflow run; the table as Markdown.

    Raises InputError for an unknown name, or when the benchmark's files are missing.
    """
    if asked.name not in BENCHES:
        raise InputError(f"no benchmark {asked.name!r}; there are {', '.join(BENCHES)} and {ALL}")
    request = Request(project, asked.data, asked.test)
    folder = project.bench
    found = BENCHES[asked.name](request)
    with tracked("bench", asked.name, {"benchmark": asked.name}, {}) as run:
        run.metrics(found.metrics)
        write_json(folder / f"{asked.name}.json", asdict(found))
        with atomic_file(folder / f"{asked.name}.md") as out:
            out.write(markdown(found))
        run.artifact(folder / f"{asked.name}.json")
    return markdown(found)


def markdown(found: Bench) -> str:
    """A heading, the table and the notes below it."""
    lines = [f"# {found.title}", "", "| " + " | ".join(found.columns) + " |"]
    lines.append("|" + " --- |" * len(found.columns))
    lines += ["| " + " | ".join(row) + " |" for row in found.rows]
    return "\n".join([*lines, "", *found.notes]) + "\n"
