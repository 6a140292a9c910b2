"""The one importer of label_studio_sdk: projects, tasks and users of a Label Studio server."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from label_studio_sdk import LabelStudio
from label_studio_sdk.core.api_error import ApiError

from pipeline.errors import InputError

PAGE = 500  # tasks a request
TIMEOUT = 120  # seconds


@dataclass(frozen=True)
class RemoteProject:
    """A project as the server has it."""

    id: int
    title: str
    config: str


class Server:
    """A running Label Studio; every failure becomes an InputError without the token in it.

    `token`: a legacy token or a personal access token. Raises InputError when the address or the
    token cannot be one.
    """

    def __init__(self, url: str, token: str) -> None:
        self.url = _address(url)
        if not (token.isascii() and token.isprintable() and " " not in token):
            raise InputError("the token of Label Studio holds characters that no token has")
        self._client = LabelStudio(base_url=self.url, api_key=token, timeout=TIMEOUT)

    def projects(self) -> dict[str, RemoteProject]:
        """All projects by title. Raises InputError when two share one."""
        with self._errors("list the projects"):
            found = [
                RemoteProject(p.id, p.title or "", p.label_config or "")
                for p in self._client.projects.list()
            ]
        titles = [p.title for p in found]
        for title in titles:
            if titles.count(title) > 1 and title:
                raise InputError(f"{self.url} has two projects called {title!r}; rename one")
        return {p.title: p for p in found}

    def create_project(self, title: str, config: str, instruction: str) -> RemoteProject:
        """A new project whose annotators see only what they are meant to."""
        with self._errors(f"create the project {title!r}"):
            made = self._client.projects.create(
                title=title,
                label_config=config,
                expert_instruction=instruction,
                show_instruction=True,
                enable_empty_annotation=False,
                show_annotation_history=False,
                show_collab_predictions=True,
                maximum_annotations=1,
            )
        return RemoteProject(made.id, title, config)

    def change_config(self, project: RemoteProject, config: str) -> None:
        """Give a project another screen; the server refuses one that answers would not fit."""
        with self._errors(f"change the screen of {project.title!r}"):
            self._client.projects.update(project.id, label_config=config)

    def show_predictions(self, project: RemoteProject, model: str) -> None:
        """Put the answers of one model version before the annotators."""
        with self._errors(f"show predictions in {project.title!r}"):
            self._client.projects.update(project.id, model_version=model)

    def tasks(self, project: RemoteProject) -> Iterator[dict[str, Any]]:
        """Every task with "id", "data", "meta" and "annotations", page by page."""
        with self._errors(f"read the tasks of {project.title!r}"):
            for task in self._client.tasks.list(project=project.id, page_size=PAGE):
                yield {
                    "id": task.id,
                    "data": task.data or {},
                    "meta": task.meta or {},
                    "annotations": task.annotations or [],
                }

    def add_tasks(self, project: RemoteProject, tasks: Sequence[Mapping[str, Any]]) -> list[int]:
        """Import tasks; the ids that the server gave them, in their order."""
        with self._errors(f"add tasks to {project.title!r}"):
            request: Any = list(tasks)
            done = self._client.projects.import_tasks(
                project.id, request=request, return_task_ids=True
            )
        return list(done.task_ids or [])

    def delete_unanswered(self, task_id: int) -> bool:
        """Remove a task, unless somebody has answered it by now, or begun to; whether it went."""
        with self._errors(f"remove task {task_id}"):
            now: Any = self._client.tasks.get(str(task_id))
            if now.annotations or now.drafts:
                return False
            self._client.tasks.delete(str(task_id))
            return True

    def change_task(self, task_id: int, meta: Mapping[str, Any]) -> None:
        """Replace what a task carries beside its data."""
        with self._errors(f"change task {task_id}"):
            self._client.tasks.update(str(task_id), meta=dict(meta))

    def connect_model(self, project: RemoteProject, url: str, title: str) -> None:
        """Let a project ask an ML backend for its suggestions."""
        with self._errors(f"connect {url} to {project.title!r}"):
            self._client.ml.create(project=project.id, url=url, title=title, auth_method="NONE")

    def users(self) -> dict[int, str]:
        """The e-mail address of every user, by id."""
        with self._errors("list the users"):
            return {user.id: user.email or user.username for user in self._client.users.list()}

    @contextmanager
    def _errors(self, doing: str) -> Iterator[None]:
        try:
            yield
        except ApiError as error:
            raise InputError(f"could not {doing}: {_reason(error, self.url)}") from None
        except (httpx.HTTPError, OSError) as error:
            raise InputError(
                f"could not {doing}: no answer from Label Studio at {self.url} "
                f"({type(error).__name__}); start it with 'make label-studio', or set "
                "LABEL_STUDIO_URL"
            ) from None


def _address(url: str) -> str:
    try:
        usable = httpx.URL(url).scheme in ("http", "https") and bool(httpx.URL(url).host)
    except httpx.InvalidURL:
        usable = False
    if not usable:
        raise InputError(
            f"{url!r} is no address of a Label Studio; set LABEL_STUDIO_URL to one that begins "
            "with http:// or https://"
        )
    return url.rstrip("/")


def _reason(error: ApiError, url: str) -> str:
    """What the server said, without the headers: they hold a session's secret."""
    if error.status_code in (401, 403):
        return f"{url} does not accept the token; set LABEL_STUDIO_API_KEY to one of that server"
    body = error.body
    if error.status_code == 404:
        return "there is no such thing on the server any more (was it deleted by hand?)"
    if isinstance(body, dict):
        wrong = body.get("validation_errors") or body.get("detail") or body
        return f"{error.status_code}: {wrong}"
    return f"{error.status_code}: {str(body)[:200]}"
