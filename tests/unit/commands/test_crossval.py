import numpy as np
import pytest

from pipeline.classifiers.blend import Shares
from pipeline.commands.crossval import blended
from pipeline.records.scores import Scores


def test_an_area_without_labels_is_answered_by_the_network_alone_as_it_is_published():
    sure = np.array([[[0.9, 0.0, 0.0, 0.1]] * 2], np.float32)
    never = np.array([[[0.0, 0.0, 0.0, 1.0]] * 2], np.float32)
    even = np.full((1, 2), 0.5, np.float32), np.full((1, 3), 1 / 3, np.float32)
    found = blended(Scores(sure, *even), Scores(never, *even), Shares(0.4, 0.1, 0.1, 0.1), [1])
    assert found.areas[0, 0, 3] > 0.9
    assert found.areas[0, 1].tolist() == pytest.approx([0.9, 0.0, 0.0, 0.1])
