"""A raw file as read: its text, what it says of itself, and its blocks."""

from dataclasses import dataclass
from typing import Literal

from pipeline.records.labels import BlockKind

Markup = Literal["plain", "html", "markdown"]


@dataclass(frozen=True)
class Block:
    """One line or paragraph of the raw text: characters `start` to `end` (end excluded).

    `rule` names the cleaning rule that decided its kind, so that each decision can be traced.
    """

    kind: BlockKind
    start: int
    end: int
    rule: str


@dataclass(frozen=True)
class Origin:
    """Where an article comes from; empty strings stand for what is unknown."""

    source: str
    story: str
    date: str

    @property
    def month(self) -> str:
        """YYYY-MM, "" where the date is unknown."""
        return self.date[:7]


@dataclass(frozen=True)
class Article:
    """One article; `text` is the raw file as decoded (byte-order mark excluded, nothing else).

    `article_id` is the raw file's stem (of a .jsonl file: the stem, a dash and the row's id);
    for a .jsonl row `text` is the row's text field. Empty strings stand for what is unknown;
    `date` is YYYY-MM-DD. `story` is shared by reprints of the same text.
    """

    article_id: str
    file: str
    encoding: str
    markup: Markup
    title: str
    source: str
    author: str
    date: str
    story: str
    text: str
    blocks: tuple[Block, ...]

    @property
    def origin(self) -> Origin:
        """What its numbers are grouped by."""
        return Origin(self.source, self.story, self.date)
