import numpy as np

from pipeline.classifiers.held_out import held_out_answers
from pipeline.records.scores import Scores
from tests.unit.builders import TAXONOMY, example


def test_a_held_out_sentence_stands_beside_its_published_answer():
    areas = np.array([[[0.3, 0.2, 0.1, 0.4], [0.1, 0.1, 0.1, 0.7]]], np.float32)
    scores = Scores(areas, np.array([[0.2, 0.8]], np.float32), np.ones((1, 3), np.float32) / 3)
    asked = [example("b-1", "b", areas={"open_source": "critical"}, voice="author", sampling_p=0.1)]
    (found,) = held_out_answers(asked, scores, TAXONOMY.ids, 0.5, "m-1")
    assert (found.sentence_id, found.article_id, found.source, found.story) == (
        "b-1", "b", "甲报", "b",
    )  # fmt: skip
    assert (found.gold, found.gold_voice, found.sampling_p) == (
        {"open_source": "critical"}, "author", 0.1,
    )  # fmt: skip
    assert (found.given, found.given_voice, found.model) == (
        {"export_controls": "supportive"}, "attributed", "m-1",
    )  # fmt: skip
