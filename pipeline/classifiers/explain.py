"""Which words carried an answer: hide them, ask again, see how far its probability falls."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

from pipeline.classifiers.base import InContext
from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.calibrated import Calibrated
from pipeline.records.labels import ANSWERS
from pipeline.records.prediction import AreaAnswer, Prediction, Words

PARTS = 8  # pieces that a sentence is cut into, at most: each costs one more reading
LEAST = 0.05  # a fall of probability below this is noise
MOST = 3  # words that an answer names, at most


def explained(
    predictions: Sequence[Prediction],
    sentences: Sequence[InContext],
    classifier: Calibrated,
) -> list[Prediction]:
    """The predictions, their answers that are not neutral with the words that carried them.

    `sentences` are those that were predicted, in the same order. Occlusion (Zeiler & Fergus,
    2014) by runs of tokens; a hidden token is seen by no other.
    """
    out = list(predictions)
    asked = [i for i, p in enumerate(predictions) if any(a.stance != "neutral" for a in p.areas)]
    rows = classifier.encode([sentences[i] for i in asked])
    parts = [_parts(row) for row in rows]
    hidden = [
        replace(row, hidden=part) for row, own in zip(rows, parts, strict=True) for part in own
    ]
    scores = classifier.score_rows(hidden).areas
    columns = {area: k for k, area in enumerate(classifier.taxonomy.ids)}
    at = 0
    for i, row, own in zip(asked, rows, parts, strict=True):
        answers = []
        for answer in out[i].areas:
            column, stance = columns[answer.area], ANSWERS.index(answer.stance)
            without = scores[at : at + len(own), column, stance]
            falls = [answer.p[answer.stance] - float(p) for p in without]
            answers.append(_with_words(answer, falls, own, row, sentences[i].text))
        out[i] = replace(out[i], areas=tuple(answers))
        at += len(own)
    return out


def _parts(row: Encoded) -> list[tuple[int, int]]:
    """The sentence's tokens in at most PARTS runs of one length; the first token is a mark."""
    size = ceil(max(1, row.sentence - 1) / PARTS)
    return [(start, min(start + size, row.sentence)) for start in range(1, row.sentence, size)]


def _with_words(
    answer: AreaAnswer,
    falls: Sequence[float],
    parts: Sequence[tuple[int, int]],
    row: Encoded,
    text: str,
) -> AreaAnswer:
    if answer.stance == "neutral":
        return answer
    ranked = sorted(zip(falls, parts, strict=True), key=lambda item: -item[0])
    words = []
    for fall, (first, end) in ranked[:MOST]:
        if fall >= max(LEAST, ranked[0][0] / 3):
            start, stop = row.offsets[first][0], row.offsets[end - 1][1]
            words.append(Words(text[start:stop], start, stop, round(fall, 4)))
    return replace(answer, words=tuple(words))
