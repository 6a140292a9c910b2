import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from pipeline.records.scores import Scores, Targets
from pipeline.stats.calibration import calibration_error, reliability
from pipeline.stats.compare import compare, table
from pipeline.stats.scores import (
    METRICS,
    bootstrap_weights,
    confusions,
    decide,
    f1,
)
from tests.unit.builders import score_all


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


def test_classes_that_occur_nowhere_are_left_out():
    assert f1("role_f1", np.array([[2, 0, 0], [0, 0, 0], [0, 0, 0]])) == 1.0
    assert np.isnan(f1("role_f1", np.zeros((3, 3))))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1))
def test_f1_from_counts_is_the_one_of_scikit_learn(pairs):
    true, given_ = np.array(pairs).T
    counts = np.zeros((3, 3), int)
    np.add.at(counts, (true, given_), 1)
    seen = np.union1d(true, given_)
    expected = f1_score(true, given_, labels=seen, average="macro", zero_division=0.0)
    assert f1("role_f1", counts) == pytest.approx(expected)


def test_counts_are_kept_by_group():
    one = certain([[0, 3], [1, 3], [2, 3], [3, 3]])
    counts = confusions(one, GOLD, 0.5, np.array(list("abab")))
    assert counts["four_way_f1"].sum(axis=(1, 2)).tolist() == [4, 4]
    assert counts["detection_f1"][0].tolist() == [[1, 0], [1, 2]]  # group a misses one pair


def test_bootstrap_draws_as_many_groups_as_there_are():
    weights = bootstrap_weights(5, 100, seed=0)
    assert weights.shape == (100, 5)
    assert set(weights.sum(axis=1)) == {5}
    assert weights.std() > 0


def test_margin_of_equal_methods_is_zero_with_an_empty_interval():
    one = certain([[0, 3], [1, 3], [2, 3], [3, 3]])
    result = compare({"x": one, "ours": one}, GOLD, np.array(list("aabb")), 0.5, 50, "ours")
    margin = result.margins["x"]["detection_f1"]
    assert (margin.value, margin.low, margin.high) == (0, 0, 0)
    assert result.scores["ours"]["detection_f1"].value == pytest.approx(6 / 7, abs=1e-4)


def test_one_group_alone_says_nothing_of_others():
    one = certain([[0, 3], [1, 3], [2, 3], [3, 3]])
    result = compare({"x": one, "ours": one}, GOLD, np.array(list("aaaa")), 0.5, 50, "ours")
    figure = result.scores["ours"]["detection_f1"]
    assert figure.value == pytest.approx(6 / 7, abs=1e-4)
    assert np.isnan([figure.low, figure.high]).all()


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
