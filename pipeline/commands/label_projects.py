"""The annotators' projects on a server: found by title, their screen kept the same."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markdown_it import MarkdownIt

from pipeline.annotation.interface import labeling_config
from pipeline.config import STRICT, load_params
from pipeline.errors import InputError
from pipeline.label_studio import RemoteProject, Server
from pipeline.project import Project
from pipeline.records.taxonomy import load_taxonomy

BETWEEN = " · "
ADJUDICATION = "复核 adjudication"


@dataclass(frozen=True)
class ProjectSettings:
    """`title`: how every project of this corpus begins."""

    __pydantic_config__ = STRICT

    title: str


def title_of(project: Project, name: str) -> str:
    """What the project of an annotator (or of adjudication) is called on the server.

    Each codebook version has its own: answers under other areas would not fit one screen.
    """
    settings = load_params(project.annotation_settings, "project", ProjectSettings)
    version = load_taxonomy(project.taxonomy).version
    return f"{settings.title} {version}{BETWEEN}{name}"


def own_projects(project: Project, server: Server) -> dict[str, RemoteProject]:
    """This corpus's projects on the server, by annotator."""
    start = title_of(project, "")
    return {t.removeprefix(start): p for t, p in server.projects().items() if t.startswith(start)}


def other_versions(project: Project, there: Iterable[str]) -> list[str]:
    """Titles of this corpus's projects under other versions of the codebook."""
    title = load_params(project.annotation_settings, "project", ProjectSettings).title
    version = re.compile(rf"{re.escape(title)} \S+{re.escape(BETWEEN)}")
    now = title_of(project, "")
    return sorted(t for t in there if version.match(t) and not t.startswith(now))


def ensure_project(
    project: Project,
    server: Server,
    name: str,
    there: Mapping[str, RemoteProject],
    config: str,
    update: bool,
) -> RemoteProject:
    """The project of one annotator, made where it is missing, with the current screen.

    Raises InputError when its screen is another one, unless it may be updated.
    """
    found = there.get(name)
    if not found:
        return server.create_project(title_of(project, name), config, instruction(project))
    if found.config.strip() != config.strip():
        if not update:
            raise InputError(
                f"the screen of {found.title!r} is not that of the policy areas: it was changed by "
                "hand, or they were; 'lichang labels push --update-screen' gives it the current one"
            )
        server.change_config(found, config)
    return found


def current_screen(project: Project) -> str:
    """The labeling config of the policy areas as they are."""
    return labeling_config(load_taxonomy(project.taxonomy))


def instruction(project: Project) -> str:
    """The codebook as the page that an annotator sees before the first task."""
    try:
        text = project.codebook.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot read the codebook {project.codebook}: {error}") from None
    return str(MarkdownIt("commonmark").enable("table").render(text))
