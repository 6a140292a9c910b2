from dataclasses import replace

import numpy as np
import pytest

from pipeline.classifiers.batches import Encoded
from pipeline.classifiers.explain import MOST, PARTS, explained
from pipeline.records.prediction import AreaAnswer, Prediction
from pipeline.records.scores import Scores
from tests.unit.builders import TAXONOMY, sentence

TEXT = "昨日有雨，但芯片管制弊大于利，会议照常。"


class OneWord:
    """Answers "critical" surely while it sees the characters from 11 to 14, else hardly."""

    taxonomy = TAXONOMY

    def __init__(self) -> None:
        self.read = 0

    def encode(self, sentences):
        rows = []
        for s in sentences:
            offsets = ((0, 0), *((i, i + 1) for i in range(len(s.text))))
            rows.append(Encoded(list(range(len(offsets) + 1)), len(offsets), s.text, offsets))
        return rows

    def score_rows(self, rows):
        self.read += len(rows)
        p = [0.1 if row.hidden[0] <= 13 < row.hidden[1] else 0.9 for row in rows]
        areas = np.zeros((len(rows), len(TAXONOMY.ids), 4), np.float32)
        areas[:, :, 1] = np.array(p)[:, None]
        return Scores(areas, np.zeros((len(rows), 2)), np.zeros((len(rows), 3)))


def prediction(*stances: str, text: str = TEXT) -> Prediction:
    answers = tuple(
        AreaAnswer(area, stance, {stance: 0.9})
        for area, stance in zip(TAXONOMY.ids, stances, strict=False)
    )
    return Prediction(
        "a", "a-1", 0, len(text), text, "claim", 0.9, "author", 0.9, answers, "m"
    )  # fmt: skip


def test_the_words_that_carry_an_answer_are_named():
    found = explained([prediction("critical")], [sentence(text=TEXT)], OneWord())
    (words,) = found[0].areas[0].words
    assert words.text == TEXT[words.start : words.end].strip()
    assert words.start <= 12 < words.end
    assert words.drop == pytest.approx(0.8)


def test_neutral_answers_and_sentences_without_an_area_are_left_alone():
    asked = OneWord()
    given = [prediction("neutral"), prediction()]
    assert explained(given, [sentence(text=TEXT)] * 2, asked) == given
    assert asked.read == 0


def test_a_sentence_is_read_a_bounded_number_of_times():
    asked = OneWord()
    long = TEXT * 20
    found = explained([prediction("critical", text=long)], [sentence(text=long)], asked)
    assert 0 < asked.read <= PARTS
    assert len(found[0].areas[0].words) <= MOST


def test_each_answer_of_each_sentence_keeps_its_own_words():
    given = [prediction("neutral"), prediction("critical", "neutral"), prediction("critical")]
    texts = [TEXT, TEXT, "短。"]
    given[2] = replace(given[2], text="短。")
    found = explained(given, [sentence(text=t) for t in texts], OneWord())
    assert [[len(a.words) for a in p.areas] for p in found] == [[0], [1, 0], [0]]
