import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.stats.estimators.wilson import NORMAL, wilson


def test_a_published_example():
    # 81 of 263: Newcombe (Statistics in Medicine 17, 1998), table I, method 3
    low, high = wilson(np.array(81 / 263), 263)
    assert (float(low), float(high)) == pytest.approx((0.2553, 0.3662), abs=5e-5)


def test_nothing_of_twenty_nine_still_has_an_upper_end():
    low, high = wilson(np.array(0.0), 29)  # same table: 0 of 29 and 1 of 29
    assert (float(low), float(high)) == pytest.approx((0.0, 0.1170), abs=5e-5)


def test_variance_that_does_not_vanish_alone_gives_the_usual_interval():
    low, high = wilson(np.array(0.5), np.inf, 0.01)
    assert (float(low), float(high)) == pytest.approx((0.5 - NORMAL / 10, 0.5 + NORMAL / 10))


@given(st.floats(0, 1), st.floats(0.5, 1e6), st.floats(0, 0.1))
def test_the_interval_holds_the_share_and_stays_between_0_and_1(share, n, floor):
    low, high = wilson(np.array(share), n, floor)
    assert 0 <= low <= share <= high <= 1
