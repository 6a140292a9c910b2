"""Two sentences that differ in one thing, and what that must do to the answers."""

from dataclasses import dataclass
from typing import Literal

Question = Literal["stance", "voice", "same"]


@dataclass(frozen=True)
class Pair:
    """A line of labels/behaviour.jsonl; `first` and `second` as a site might publish them.

    Under "stance" and "voice" `expect` holds the right answers for both sentences (on `area`);
    under "same" it is empty: all answers must be equal.
    """

    id: str
    kind: str
    first: str
    second: str
    area: str
    question: Question
    expect: tuple[str, ...]
