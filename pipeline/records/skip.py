"""An annotator who passed over a sentence: kept, because what is skipped is not random."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Skip:
    """A line of labels/skips/*.jsonl; `seconds` is how long the annotator looked at it."""

    sentence_id: str
    annotator: str
    created_at: str
    seconds: float | None
