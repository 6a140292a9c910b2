"""The graph's own dashboards again, with what the graph leaves out."""

from dataclasses import replace
from pathlib import Path

from pipeline.commands.folder import graph_inputs, refuse_other_files
from pipeline.errors import InputError
from pipeline.project import Project
from pipeline.stages.render import render


def write_site(project: Project, site: Path, single: bool) -> None:
    """Make the site from the graph's outputs, with links into Label Studio where they are known.

    The addresses in data/tasks.jsonl are those of one machine, so that the graph does not read
    them. With `single`, each article is written as one self-contained file as well. Raises
    InputError when the graph has not run.
    """
    refuse_other_files(site)
    inputs = replace(graph_inputs(project), single=single)
    for path in (inputs.articles, inputs.predictions, inputs.summaries):
        if not path.is_file():
            raise InputError(f"{path} is missing: run 'dvc repro' first")
    render(project.params, inputs, site)
    print(f"dashboards: {site / 'index.html'}")
