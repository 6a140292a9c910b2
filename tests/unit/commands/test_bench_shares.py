import numpy as np
import pytest

from pipeline.commands.bench_shares import _off, _table
from pipeline.stats.estimators.expected import Errors, Expected
from pipeline.stats.estimators.raw import Raw
from tests.unit.stats.estimators.cells import NOT, cell

SURE = Errors(likeness=0.0, wrong=0.0, missed=0.0)
EXPECTED = Expected({"article": SURE, "source": SURE}, frozenset(["rules"]), 0.0, 0.0)
GOLD = [0, 0, 1, NOT]


def off(given, estimator, gold=GOLD, **more):
    return _off(cell(given, gold, unit="article", **more), estimator)


def test_right_answers_are_off_by_nothing_and_their_interval_holds():
    found = off(GOLD, EXPECTED)
    assert (found.net, found.coverage, found.holds) == pytest.approx((0, 0, 1))


def test_a_net_stance_is_off_by_its_distance_and_raw_counts_give_no_interval():
    found = off([0, 0, 0, 0], Raw())
    assert (found.net, found.coverage) == pytest.approx((1 - 1 / 3, 0.25))
    assert np.isnan(found.holds)


def test_a_sure_wrong_answer_leaves_the_truth_outside():
    assert off([0, 0, 0, NOT], EXPECTED).holds == 0


def test_few_sentences_that_address_the_area_tell_of_coverage_only():
    found = off([0, NOT, NOT, NOT], EXPECTED, gold=[0, 1, NOT, NOT])
    assert np.isnan([found.net, found.holds, found.width]).all()
    assert found.coverage == pytest.approx(-0.25)


def test_the_table_tells_units_and_estimators_apart():
    right, wrong = off(GOLD, EXPECTED), off([0, 0, 0, 0], Raw())
    source = _off(cell(GOLD, GOLD), EXPECTED)
    found = _table({"raw": [wrong, source], "expected": [right, source]})
    assert [row[:2] for row in found.rows] == [
        ["article", "raw"], ["article", "expected"], ["source", "raw"], ["source", "expected"],
    ]  # fmt: skip
    assert found.metrics["article.raw.net"] == pytest.approx(2 / 3)
    assert found.rows[0][-1] == "1" and found.rows[0][5] == "–"
