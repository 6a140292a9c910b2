"""A sentence that blind annotators answered differently, as the adjudicator sees it."""

from dataclasses import dataclass

from pipeline.records.contrast import Answer


@dataclass(frozen=True)
class Disputed:
    """`answers` stand in an order that tells nobody's name; `context` is what was shown around.

    `sampling_p` is that of the annotations: the decision is about the same draw.
    """

    sentence_id: str
    text: str
    context: tuple[str, str]
    answers: tuple[Answer, ...]
    sampling_p: float | None
