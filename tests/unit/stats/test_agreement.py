"""Agreement coefficients against published worked examples, and where they have no value."""

import math

import pytest

from pipeline.stats.agreement import agreement, answer_counts

RATED = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11",
         ".3.."]  # fmt: skip
"""Krippendorff (2011), data C: 12 units, four observers, a dot where one gave no answer."""


def of(units: list[str], answers: str = "12345") -> object:
    counts = answer_counts([[a for a in unit if a != "."] for unit in units], list(answers))
    return agreement(counts, range(len(units)), draws=200)


def test_alpha_is_that_of_the_published_example() -> None:
    assert of(RATED).alpha.value == pytest.approx(0.743, abs=0.0005)


def test_ac1_is_that_of_the_published_example() -> None:
    """Gwet's own software gives 0.77544 for the same ratings (irrCAC, cac.raw4raters)."""
    found = of(RATED)
    assert found.ac1.value == pytest.approx(0.77544, abs=0.0001)
    assert found.observed.value == pytest.approx(0.81818, abs=0.0001)


def test_units_with_one_answer_are_left_out() -> None:
    assert of(RATED).units == 11


def test_perfect_agreement_is_one_and_opposite_answers_are_worse_than_chance() -> None:
    assert of(["11", "22", "11"]).alpha.value == 1
    assert of(["12", "21", "12"], "12").alpha.value < 0


def test_alpha_has_no_value_where_all_answers_are_alike_but_ac1_has() -> None:
    found = of(["11", "11"], "12")
    assert math.isnan(found.alpha.value) and found.ac1.value == 1


def test_nothing_to_compare_is_none() -> None:
    assert of(["1", "2"]) is None


def test_interval_holds_the_value() -> None:
    found = of(RATED * 5).alpha
    assert found.low < found.value < found.high
