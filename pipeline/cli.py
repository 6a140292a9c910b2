"""`lichang …`: every command that a person types."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli_labels import labels
from pipeline.run_stage import one_line_errors

app = typer.Typer(
    help="立场 Lichang：中文政策文本的立场分析。 Stances toward policy areas in Chinese text.\n\n"
    "'make run' installs what is needed and trains the model first ('dvc repro').",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.add_typer(labels, name="labels")

Folder = Annotated[
    Path, typer.Argument(help="Folder of raw articles: .txt .html .md .jsonl, read recursively.")
]
ModelOption = Annotated[
    Path | None, typer.Option("--model", help="Folder of a trained model [models/stance].")
]


SingleOption = Annotated[
    bool,
    typer.Option("--single-file", help="Write each article as one self-contained file as well."),
]


@app.command()
def predict(
    folder: Folder,
    out: Annotated[Path, typer.Option(help="Where to write predictions, one JSON object a line.")],
    model: ModelOption = None,
) -> None:
    """预测 · Answer for every body sentence of a folder of raw articles.

    Needs a trained model ('make run'), no labels and no network. Files that can't be used are
    named on standard error and in a .report.json beside the output.
    """
    from pipeline.commands.folder import predict_folder
    from pipeline.project import find_project

    predict_folder(find_project(Path.cwd()), folder, out, model)


@app.command()
def run(
    folder: Folder,
    site: Annotated[Path, typer.Option(help="Folder to write the dashboards to.")],
    model: ModelOption = None,
    single_file: SingleOption = False,
) -> None:
    """看板 · Make the stance dashboards of a folder of raw articles.

    Needs a trained model ('make run'). Open index.html in the folder with any browser.
    """
    from pipeline.commands.folder import run_folder
    from pipeline.project import find_project

    run_folder(find_project(Path.cwd()), folder, site, model, single_file)


@app.command()
def site(
    site: Annotated[Path, typer.Option(help="Folder to write the dashboards to.")] = Path(
        "reports/site"
    ),
    single_file: SingleOption = False,
) -> None:
    """重做看板 · Make the graph's dashboards again, with links into Label Studio where known.

    Needs the outputs of 'dvc repro'. The links are those in data/tasks.jsonl.
    """
    from pipeline.commands.site import write_site
    from pipeline.project import find_project

    write_site(find_project(Path.cwd()), site, single_file)


@app.command()
def crossval(
    seeds: Annotated[int, typer.Option(min=1, help="How many trainings in all.")] = 5,
    folds: Annotated[
        int | None, typer.Option(min=1, help="Leave out only the first so many folds [all].")
    ] = None,
) -> None:
    """交叉验证 · Compare the classifier with the baselines on folds by outlet.

    Trains once a seed, each time without one fold (minutes each on two cores); finished folds
    are kept, so that an interrupted run goes on. Writes reports/crossval/crossval.md and .json.
    """
    from pipeline.commands.crossval import crossval as cross_validate
    from pipeline.project import find_project
    from pipeline.stats.compare import table

    print(table(cross_validate(find_project(Path.cwd()), seeds, folds)))


@app.command()
def bench(
    name: Annotated[
        str,
        typer.Argument(
            help="training, inference, c-stance, nlpcc2016, folds, builds, areas, labels, site, "
            "coverage, all."
        ),
    ],
    data: Annotated[Path, typer.Option(help="Folder of the public benchmark files.")] = Path(
        "data/benchmarks"
    ),
    test: Annotated[
        Path | None, typer.Option(help="A file of text, target, stance to score (not with all).")
    ] = None,
) -> None:
    """基准 · Run a benchmark: a table with the baselines beside the classifier.

    Writes reports/bench/NAME.md and .json, and an MLflow run; finished trainings are kept.
    """
    from pipeline.commands.bench import Asked, run_benches
    from pipeline.project import find_project

    for table in run_benches(find_project(Path.cwd()), Asked(name, data, test)):
        print(table)


@app.command()
def anchors(
    record: Annotated[
        bool, typer.Option("--record", help="Keep this version's answers in labels.")
    ] = False,
) -> None:
    """锚点 · Show what a new model or codebook changes on a fixed set of sentences.

    Scores labels/anchors.jsonl with the trained model and compares with the last other version in
    labels/anchor_answers.jsonl: the share of other answers and the shift of the net stance in each
    area, so that an update is not taken for a change of opinion. Writes anchors.md and .json to
    reports.
    """
    from pipeline.commands.anchors import anchors as score_anchors
    from pipeline.project import find_project

    print(score_anchors(find_project(Path.cwd()), record))


def main() -> None:
    """Run a command; bad input ends in one line on standard error and exit code 2."""
    try:
        with one_line_errors():
            app()
    except KeyboardInterrupt:
        print("stopped; nothing half-written was kept", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    main()
