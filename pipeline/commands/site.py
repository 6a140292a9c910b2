"""The graph's own dashboards again, with what the graph leaves out."""

from pathlib import Path

from pipeline.commands.folder import refuse_other_files
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.stages.render import Inputs, render


def write_site(project: Project, site: Path, single: bool) -> None:
    """Make the site from the graph's outputs, with links into Label Studio where they are known.

    The addresses in data/tasks.jsonl are those of one machine, so that the graph does not read
    them. With `single`, each article is written as one self-contained file as well. Raises
    InputError when the graph has not run.
    """
    refuse_other_files(site)
    inputs = Inputs(
        taxonomy=project.taxonomy,
        articles=project.articles,
        predictions=project.predictions,
        summaries=project.summaries,
        metrics=project.metrics,
        labels=project.label_report,
        training=project.training,
        annotations=project.annotations,
        anchors=project.anchors,
        anchor_answers=project.anchor_answers,
        tasks=project.tasks,
        single=single,
    )
    for path in (inputs.articles, inputs.predictions, inputs.summaries):
        if not path.is_file():
            raise InputError(f"{path} is missing: run 'dvc repro' first")
    render(project.params, inputs, site)
    print(f"dashboards: {site / 'index.html'}")
