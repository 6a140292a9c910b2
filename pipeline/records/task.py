"""Where a sentence is corrected: its task's address in Label Studio."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import InputError
from pipeline.records.store import iter_jsonl


@dataclass(frozen=True)
class Task:
    """A line of data/tasks.jsonl; `url` is an http or https address."""

    sentence_id: str
    url: str


def read_tasks(path: Path | None) -> dict[str, str]:
    """Addresses by sentence id, none without a file; of a sentence's tasks the last counts.

    Raises InputError for an address that is not http or https: a page would link to it.
    """
    if path is None or not path.exists():
        return {}
    found = {}
    for task in iter_jsonl(Task, path):
        if not task.url.lower().startswith(("http://", "https://")):
            raise InputError(f"{path}: {task.url!r} is no http or https address")
        found[task.sentence_id] = task.url
    return found
