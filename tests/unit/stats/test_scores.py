import numpy as np
import pytest

from pipeline.records.scores import Scores, Targets
from pipeline.stats.calibration import calibration_error, reliability
from pipeline.stats.compare import compare, table
from pipeline.stats.scores import METRICS, clustered_draws, decide, macro_f1, score_all


def scores(areas, voice=None, role=None):
    n = len(areas)
    return Scores(
        np.array(areas, np.float32),
        np.array(voice if voice is not None else [[1, 0]] * n, np.float32),
        np.array(role if role is not None else [[1, 0, 0]] * n, np.float32),
    )


def certain(answers):
    return scores(np.eye(4, dtype=np.float32)[np.array(answers)])


GOLD = Targets(np.array([[0, 3], [1, 3], [2, 0], [3, 3]]), np.array([0, 1, 0, -1]),
               np.array([0, 1, 2, 0]))  # fmt: skip


def test_truth_scores_one_everywhere():
    perfect = scores(np.eye(4)[GOLD.areas], np.eye(2)[[0, 1, 0, 0]], np.eye(3)[GOLD.role])
    assert set(score_all(perfect, GOLD, 0.5).values()) == {1.0}


def test_detection_counts_only_whether_an_area_is_addressed():
    wrong_stance = certain([[1, 3], [2, 3], [0, 1], [3, 3]])
    result = score_all(wrong_stance, GOLD, 0.5)
    assert result["detection_f1"] == 1.0
    assert result["three_way_f1"] == 0.0


def test_an_area_is_addressed_when_its_stances_together_reach_the_threshold():
    p = np.array([[[0.2, 0.2, 0.15, 0.45]]], np.float32)
    assert decide(p, 0.5)[0, 0] == 0
    assert decide(p, 0.6)[0, 0] == 3


def test_macro_f1_leaves_out_classes_that_occur_nowhere():
    assert macro_f1(np.array([0, 0]), np.array([0, 0]), 3) == 1.0
    assert np.isnan(macro_f1(np.array([], int), np.array([], int), 3))


def test_bootstrap_draws_whole_groups():
    groups = np.array(["a", "a", "b"])
    drawn = clustered_draws(groups, lambda rows: np.array([len(rows)]), 200, seed=0)
    assert set(drawn.ravel()) == {2, 3, 4}


def test_margin_of_equal_methods_is_zero_with_an_empty_interval():
    one = certain([[0, 3], [1, 3], [2, 3], [3, 3]])
    result = compare({"x": one, "ours": one}, GOLD, np.array(list("aabb")), 0.5, 50, "ours")
    margin = result.margins["x"]["detection_f1"]
    assert (margin.value, margin.low, margin.high) == (0, 0, 0)
    assert result.scores["ours"]["detection_f1"].value == pytest.approx(6 / 7, abs=1e-4)


def test_a_table_has_a_row_for_each_method_and_margin():
    one = certain([[0, 3], [1, 3], [2, 0], [3, 3]])
    text = table(compare({"x": one, "ours": one}, GOLD, np.array(list("abcd")), 0.5, 20, "ours"))
    assert [line.split("|")[1].strip() for line in text.splitlines()[2:]] == [
        "x", "ours", "margin over x"
    ]  # fmt: skip
    assert all(metric in text for metric in METRICS)


def test_calibration_error_is_the_mean_gap():
    bins = reliability(np.array([0.9, 0.9, 0.1, 0.1]), np.array([True, False, False, False]))
    assert [b.count for b in bins] == [2, 2]
    assert calibration_error(bins) == pytest.approx(0.5 * 0.1 + 0.5 * 0.4)
