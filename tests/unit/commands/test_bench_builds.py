import numpy as np
import pytest

from pipeline.commands.bench_builds import Pair, by_pairs, by_steps
from pipeline.records.scores import Scores

DETECTED = np.array(
    [[[0.2, 0.1, 0.1, 0.6], [0.01, 0.01, 0.01, 0.97]], [[0.3, 0.3, 0.3, 0.1], [0, 0.5, 0, 0.5]]],
    np.float32,
)
DETECTOR = Scores(DETECTED, np.ones((2, 2), np.float32), np.ones((2, 3), np.float32))
PAIRS = [Pair(f"{row}", f"{area}", "neutral") for row in range(2) for area in range(2)]


class Named:
    """Answers each pair by its own text and target, so that a mix-up shows."""

    def __init__(self, classes: int) -> None:
        self.classes, self.seen = classes, []

    def score(self, rows):
        self.seen = [(row.text, row.target) for row in rows]
        hot = [2 * int(row.text) + int(row.target) for row in rows]
        return np.eye(4, dtype=np.float32)[hot][:, : self.classes]


def test_each_pair_answers_for_its_own_sentence_and_area():
    assert by_pairs(PAIRS, Named(4), DETECTOR).areas.argmax(-1).tolist() == [[0, 1], [2, 3]]


def test_stances_are_read_where_an_area_is_let_through_and_keep_its_probability():
    reader = Named(3)
    found = by_steps(PAIRS, reader, DETECTOR).areas
    assert reader.seen == [("0", "0"), ("1", "0"), ("1", "1")]
    assert found[0, 0] == pytest.approx([0.4, 0, 0, 0.6])
    assert found[1, 0] == pytest.approx([0, 0, 0.9, 0.1])
    assert found[0, 1] == pytest.approx(DETECTED[0, 1])
