"""`lichang labels …`: every command around annotations."""

import sys
from pathlib import Path
from typing import Annotated

import typer

labels = typer.Typer(help="标注 · The annotations of the project.", no_args_is_help=True)


@labels.command("lint")
def labels_lint() -> None:
    """标注检查 · Check the annotation files as source, count what they cover and agree on.

    Reads data/raw, labels/annotations and configs; needs no model and nothing that the graph
    made. Ends with exit code 1 when it finds a problem.
    """
    from pipeline.commands.labels import lint_labels
    from pipeline.project import find_project

    report, text = lint_labels(find_project(Path.cwd()))
    print(text)
    if report.problems:
        print(f"{len(report.problems)} problems, listed above", file=sys.stderr)
        raise typer.Exit(1)


@labels.command("curve")
def labels_curve(
    sizes: Annotated[
        str, typer.Option(help="Numbers of training sentences, beside all there are.")
    ] = "500,1000,2000",
    seeds: Annotated[int, typer.Option(min=1, help="Trainings a size, each on its own fold.")] = 3,
) -> None:
    """学习曲线 · Measure what more annotations bring on outlets that were not seen.

    Trains once a size and seed (up to ten minutes each on two cores); finished trainings are
    kept, so that an interrupted run goes on. Writes curve.md, .json and .svg to reports/curve.
    """
    from pipeline.commands.curve import curve_table, learning_curve
    from pipeline.project import find_project

    asked = [int(size) for size in sizes.split(",")]
    print(curve_table(learning_curve(find_project(Path.cwd()), asked, seeds)))


@labels.command("sample")
def labels_sample(
    name: Annotated[str, typer.Argument(help="Name of the batch, a new one.")],
    size: Annotated[int | None, typer.Option(min=1, help="How many sentences.")] = None,
    seed: Annotated[int | None, typer.Option(help="Of the draws and of ties.")] = None,
    again: Annotated[
        bool, typer.Option("--again", help="Draw from what was annotated or drawn as well.")
    ] = False,
) -> None:
    """抽样 · Choose what to annotate next, by the mix of configs/annotation.yaml.

    Writes labels/batches/NAME.jsonl, and labels/batches/test.jsonl at the first draw. Needs what
    'dvc repro' made: sentences, and for most strategies predictions. The same state, size and
    seed give the same batch.
    """
    from pipeline.commands.sample import sample, sampled_table
    from pipeline.project import find_project

    print(sampled_table(sample(find_project(Path.cwd()), name, size, seed, again)))


@labels.command("migrate")
def labels_migrate(
    mapping: Annotated[Path, typer.Argument(help="A file such as labels/migrations/v1-v2.yaml.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would happen, write nothing.")
    ] = False,
) -> None:
    """迁移 · Carry annotations over when policy areas are renamed, merged, split, added, removed.

    Edit configs/policy_areas.yaml and its version first. What is certain is appended to
    labels/annotations, the rest queued in labels/batches/migrate-VERSION.jsonl; old lines stay.
    """
    from pipeline.commands.migrate import migrate, migrated_table
    from pipeline.project import find_project

    print(migrated_table(migrate(find_project(Path.cwd()), mapping, dry_run)))


@labels.command("audit")
def labels_audit() -> None:
    """预填审计 · Measure how far showing a model's answer pulls the annotators' answers.

    Compares tasks whose prefill was shown with those where it was hidden at random: agreement
    with the model, wrong answers corrected, seconds. Writes reports/audit/audit.json.
    """
    from pipeline.commands.audit import audit, audit_table
    from pipeline.project import find_project

    print(audit_table(audit(find_project(Path.cwd()))))
