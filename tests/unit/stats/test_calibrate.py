import numpy as np
import pytest

from pipeline.records.calibration import Calibration
from pipeline.records.scores import Scores, Targets
from pipeline.stats.areas import area_quality, area_table
from pipeline.stats.calibrate import calibrated, cross_calibrated, fit
from pipeline.stats.calibration import calibration_error, error_table, reliabilities

AREAS = ("a", "b")
N = 2000


@pytest.fixture(scope="module")
def overconfident() -> tuple[Scores, Targets]:
    """Answers whose logits are twice what they should be, and 0.75 too high."""
    rng = np.random.default_rng(0)
    logits = rng.normal(0, 1.5, (N, 2))
    true = rng.random((N, 2)) < 1 / (1 + np.exp(-logits))
    given = 1 / (1 + np.exp(-(2 * logits + 1.5)))
    stance = rng.dirichlet([1, 1, 1], (N, 2))
    drawn = (stance.cumsum(-1) > rng.random((N, 2, 1))).argmax(-1)
    sharp = stance**2 / (stance**2).sum(-1, keepdims=True)
    areas = np.concatenate([sharp * given[..., None], 1 - given[..., None]], -1)
    role = rng.dirichlet([1, 1, 1], N)
    gold = Targets(
        np.where(true, drawn, 3),
        np.full(N, -1),
        (role.cumsum(-1) > rng.random((N, 1))).argmax(-1),
    )
    voice = np.full((N, 2), 0.5, np.float32)
    return Scores(areas.astype(np.float32), voice, role.astype(np.float32)), gold


def test_the_fit_finds_what_was_wrong(overconfident):
    how = fit(*overconfident, AREAS)
    assert how.scale == pytest.approx(0.5, abs=0.05)
    assert how.stance == pytest.approx(0.5, abs=0.07)
    assert how.role == pytest.approx(1, abs=0.1)
    assert how.voice == 1  # nothing is labelled
    assert how.bias == pytest.approx(-0.75, abs=0.1)
    assert how.areas == AREAS


def test_calibrated_probabilities_are_right_on_outlets_that_had_no_part(overconfident):
    scores, gold = overconfident
    groups = np.array([f"outlet {i % 40}" for i in range(N)])
    after = cross_calibrated(scores, gold, groups, AREAS)
    assert np.allclose(after.areas.sum(-1), 1, atol=1e-5)
    before, now = (reliabilities(s, gold) for s in (scores, after))
    assert calibration_error(before["addressed"]) > 0.1
    assert calibration_error(now["addressed"]) < 0.03
    assert calibration_error(now["stance"]) < calibration_error(before["stance"]) / 2
    assert "| calibrated | " in error_table({"raw": before, "calibrated": now})


def test_the_labels_of_an_outlet_have_no_part_in_its_own_calibration(overconfident):
    scores, gold = overconfident
    groups = np.array(["one"] * (N // 2) + ["two"] * (N // 2))
    turned = Targets(gold.areas.copy(), gold.voice, gold.role)
    turned.areas[: N // 2] = 3 - turned.areas[: N // 2]
    one, other = (cross_calibrated(scores, g, groups, AREAS) for g in (gold, turned))
    assert np.array_equal(one.areas[: N // 2], other.areas[: N // 2])
    assert not np.array_equal(one.areas[N // 2 :], other.areas[N // 2 :])


def test_few_labels_of_other_outlets_change_nothing(overconfident):
    scores, gold = overconfident
    groups = np.array(["large"] * (N - 99) + ["small"] * 99)
    assert cross_calibrated(scores, gold, groups, AREAS) is scores
    assert cross_calibrated(scores, gold, np.array(["one"] * N), AREAS) is scores


def test_no_calibration_changes_nothing(overconfident):
    scores, _ = overconfident
    assert np.allclose(calibrated(scores, Calibration(), AREAS).areas, scores.areas, atol=1e-3)


def test_one_class_alone_is_left_as_it_is(overconfident):
    scores, gold = overconfident
    nothing = Targets(np.full_like(gold.areas, 3), gold.voice, np.zeros_like(gold.role))
    assert fit(scores, nothing, AREAS) == Calibration()


def test_an_area_below_the_bar_or_with_few_sentences_is_not_reliable():
    areas = np.zeros((4, 2, 4), np.float32)
    areas[:, 0, 0] = 1  # always: addressed, supportive
    areas[:, 1, 3] = 1  # never
    scores = Scores(areas, np.zeros((4, 2), np.float32), np.zeros((4, 3), np.float32))
    gold = Targets(np.array([[0, 3], [0, 3], [1, 3], [3, 0]]), np.zeros(4, int), np.zeros(4, int))
    one, other = area_quality(scores, gold, AREAS, 0.5, bar=0.8, least=2)
    assert (one.sentences, one.recall, one.not_reliable) == (3, 1.0, "")
    assert one.stance == pytest.approx(2 / 3, abs=1e-3)
    assert "only 1" in other.not_reliable
    low = area_quality(scores, gold, AREAS, 0.5, bar=0.9, least=1)
    assert "below 0.90" in low[0].not_reliable
    assert "| a | 3 | 0.75 | 1.00 | 0.86 | 0.67 | yes |" in area_table([one, other])


def test_an_area_that_the_calibration_does_not_know_is_addressed_as_before(overconfident):
    scores, gold = overconfident
    how = fit(scores, gold, AREAS)
    after = calibrated(scores, how, ("a", "new"))
    assert after.areas[:, 1, 3] == pytest.approx(scores.areas[:, 1, 3], abs=1e-4)
    assert not np.allclose(after.areas[:, 0, 3], scores.areas[:, 0, 3], atol=0.05)
