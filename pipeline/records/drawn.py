"""A sentence that was chosen to be annotated, and the batches that hold them."""

from dataclasses import dataclass
from pathlib import Path

from pipeline.records.store import read_jsonl

TEST = "test"
"""Reason of the sentences that test, and the name of their batch."""


@dataclass(frozen=True)
class Drawn:
    """A line of labels/batches/NAME.jsonl: what an annotator sees, and why it was chosen.

    `sampling_p` is the probability with which the sentence was drawn within its source, None
    where it was not drawn at random. `reason` names the strategy, "rare_area:AREA" with its area.
    """

    sentence_id: str
    article_id: str
    text: str
    context: tuple[str, str]
    title: str
    source: str
    sampling_p: float | None
    reason: str
    taxonomy_version: str


def read_batches(folder: Path) -> dict[str, list[Drawn]]:
    """Every batch of a folder by name; none where the folder isn't there.

    Raises InputError that names file and line.
    """
    return {file.stem: read_jsonl(Drawn, file) for file in sorted(folder.glob("*.jsonl"))}
