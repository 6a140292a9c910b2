"""A labelled sentence that no training saw, with the classifier's answer beside its labels."""

from dataclasses import dataclass

from pipeline.records.labels import Stance, Voice


@dataclass(frozen=True)
class HeldOut:
    """What the labels say (`gold`) and what `model` answered as published (`given`).

    Both list addressed areas only; `gold_voice` is None where no area is addressed. Probabilities
    behind `given` were calibrated without the labels of the sentence's own outlet, where there are
    enough of others. `sampling_p` is the probability with which the sentence was drawn (None: not
    a random draw), `drawn_at` when it was first answered after that.
    """

    sentence_id: str
    article_id: str
    source: str
    story: str
    sampling_p: float | None
    gold: dict[str, Stance]
    gold_voice: Voice | None
    given: dict[str, Stance]
    given_voice: Voice
    model: str
    drawn_at: str = ""
