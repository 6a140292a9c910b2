"""Agreement coefficients against published worked examples, and where they have no value."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from pipeline.stats.agreement import Agreement, agreement

RATED = ["11.1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", ".555", "..11",
         ".3.."]  # fmt: skip
"""Krippendorff (2011), data C: 12 units, four observers, a dot where one gave no answer."""

THREE_DECIMALS = 0.00055
"""Half a unit of the third decimal, and of the fourth, to which figures are rounded."""

COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]
"""Cohen (Psych. Bull. 70, 1968), table 1: two judges, 200 cases, three diagnoses."""

FLEISS_COHEN_EVERITT = [[106, 10, 4], [22, 28, 10], [2, 12, 6]]
"""Fleiss, Cohen and Everitt (Psych. Bull. 72, 1969): 200 subjects, three diagnoses."""

BOYD = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
"""Boyd et al. (J. Nat. Cancer Inst. 68, 1982): 85 mammograms, two radiologists, four findings;
worked in the Stata manual under kappa."""


def codes(units: list[str], answers: str = "12345") -> np.ndarray:
    return np.array([[answers.find(a) for a in unit] for unit in units])


def of(units: list[str], answers: str = "12345", draws: int = 200) -> Agreement:
    found = agreement(codes(units, answers), len(answers), range(len(units)), draws)
    assert found
    return found


def of_table(table: list[list[int]]) -> Agreement:
    both = [pair for pair, n in np.ndenumerate(np.array(table)) for _ in range(n)]
    found = agreement(np.array(both), len(table), range(len(both)), draws=50)
    assert found
    return found


def test_alpha_is_that_of_the_published_example() -> None:
    assert of(RATED).alpha.value == pytest.approx(0.743, abs=THREE_DECIMALS)


def test_alpha_of_two_observers_is_that_of_the_published_examples() -> None:
    """Krippendorff (2011), data A: binary, 10 units; data B: five values, 12 units, no gap."""
    binary = ["01", "11", "01", "00", "00", "01", "00", "00", "10", "00"]
    nominal = ["ab", "aa", "bb", "bb", "db", "cc", "cc", "cc", "ee", "dd", "dd", "ad"]
    assert of(binary, "01").alpha.value == pytest.approx(0.095, abs=THREE_DECIMALS)
    assert of(nominal, "abcde").alpha.value == pytest.approx(0.692, abs=THREE_DECIMALS)


def test_ac1_is_that_of_the_published_example() -> None:
    """Gwet's own software gives 0.77544 for the same ratings (irrCAC, cac.raw4raters)."""
    found = of(RATED)
    assert found.ac1.value == pytest.approx(0.77544, abs=0.0001)
    assert found.observed.value == pytest.approx(0.81818, abs=0.0001)


@pytest.mark.parametrize(
    ("table", "published"),
    [(COHEN, 0.492), (FLEISS_COHEN_EVERITT, 0.429), (BOYD, 0.473)],
)
def test_kappa_is_that_of_the_published_examples(table: list[list[int]], published: float) -> None:
    assert of_table(table).kappa.value == pytest.approx(published, abs=THREE_DECIMALS)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2))
def test_kappa_of_two_is_the_one_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    found = agreement(np.array(pairs), 3, range(len(pairs)), draws=5)
    first, second = np.array(pairs).T
    if len({*first, *second}) == 1:
        assert found and math.isnan(found.kappa.value)
    else:
        expected = cohen_kappa_score(first, second)
        assert found and found.kappa.value == pytest.approx(expected, abs=0.0001)


def test_kappa_of_three_is_the_mean_over_pairs_weighted_by_their_units() -> None:
    units = ["11.", "12.", "22.", "22.", "1.1", "2.1", "2.2"]
    table = codes(units, "12")
    kappas = [
        cohen_kappa_score(*table[rows][:, (0, other)].T)
        for other, rows in ((1, slice(0, 4)), (2, slice(4, 7)))
    ]
    expected = (4 * kappas[0] + 3 * kappas[1]) / 7
    assert of(units, "12").kappa.value == pytest.approx(expected, abs=0.0001)


def test_units_with_one_answer_are_left_out() -> None:
    assert of(RATED).units == 11


def test_perfect_agreement_is_one_and_opposite_answers_are_worse_than_chance() -> None:
    perfect, opposite = of(["11", "22", "11"]), of(["12", "21", "12"], "12")
    assert perfect.alpha.value == perfect.kappa.value == 1
    assert opposite.alpha.value < 0 and opposite.kappa.value < 0


def test_alpha_and_kappa_have_no_value_where_all_answers_are_alike_but_ac1_has() -> None:
    found = of(["11", "11"], "12")
    assert math.isnan(found.alpha.value) and math.isnan(found.kappa.value)
    assert found.ac1.value == 1


def test_nothing_to_compare_is_none() -> None:
    assert agreement(codes(["1.", ".2"]), 5, [0, 1], draws=5) is None


def test_intervals_hold_the_values() -> None:
    found = of(RATED * 5)
    for one in (found.observed, found.alpha, found.ac1, found.kappa):
        assert one.low < one.value < one.high


def test_an_interval_of_whole_articles_is_wider_than_one_of_their_sentences() -> None:
    units = ["11"] * 40 + ["12"] * 20 + ["22"] * 40
    rows = codes(units, "12")
    by_article = agreement(rows, 2, [n // 10 for n in range(100)], draws=400)
    by_sentence = agreement(rows, 2, range(100), draws=400)
    assert by_article and by_sentence
    assert by_article.alpha.value == by_sentence.alpha.value
    widths = [found.alpha.high - found.alpha.low for found in (by_article, by_sentence)]
    assert widths[0] > 1.5 * widths[1]


def test_within_one_article_there_is_no_interval() -> None:
    found = agreement(codes(["11", "22", "12"], "12"), 2, ["a"] * 3, draws=50)
    assert found and not math.isnan(found.alpha.value)
    assert math.isnan(found.alpha.low) and math.isnan(found.kappa.high)
