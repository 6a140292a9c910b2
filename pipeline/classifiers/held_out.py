"""Held-out labels beside the classifier's answers: what summaries learn its errors from."""

from collections.abc import Sequence

from pipeline.records.example import LabelledExample
from pipeline.records.held_out import HeldOut
from pipeline.records.labels import VOICES
from pipeline.records.scores import Scores
from pipeline.stats.answers import named
from pipeline.stats.scores import decide


def held_out_answers(
    examples: Sequence[LabelledExample],
    scores: Scores,
    areas: Sequence[str],
    threshold: float,
    model: str,
) -> list[HeldOut]:
    """One record a sentence; an area is addressed where p(addressed) reaches `threshold`."""
    answers, voices = decide(scores.areas, threshold), scores.voice.argmax(-1)
    return [
        HeldOut(
            sentence_id=example.sentence_id,
            article_id=example.article_id,
            source=example.source,
            story=example.story,
            sampling_p=example.sampling_p,
            gold=example.areas,
            gold_voice=example.voice,
            given=named(answers[i], areas),
            given_voice=VOICES[int(voices[i])],
            model=model,
            drawn_at=example.drawn_at,
        )
        for i, example in enumerate(examples)
    ]
