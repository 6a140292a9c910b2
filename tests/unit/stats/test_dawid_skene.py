"""Dawid and Skene's own data, and annotators whose error rates are known."""

import numpy as np
import pytest

from pipeline.stats.dawid_skene import Weighed, dawid_skene

ANAESTHETISTS = (
    "111 1 1 1 1|333 4 3 3 4|112 2 1 2 2|222 3 1 2 1|222 3 2 2 2|222 3 3 2 2|122 2 1 1 1|"
    "333 3 4 3 3|222 2 2 2 3|232 2 2 2 3|444 4 4 4 4|222 3 3 4 3|111 1 1 1 1|222 3 2 1 2|"
    "121 1 1 1 1|111 2 1 1 1|111 1 1 1 1|111 1 1 1 1|222 2 2 2 1|222 1 3 2 2|222 2 2 2 2|"
    "222 2 2 2 1|222 3 2 2 2|221 2 2 2 2|111 1 1 1 1|111 1 1 1 1|232 2 2 2 2|111 1 1 1 1|"
    "111 1 1 1 1|112 1 1 2 1|111 1 1 1 1|333 3 2 3 3|111 1 1 1 1|222 2 2 2 2|222 3 2 3 2|"
    "433 4 3 4 3|221 2 2 3 2|232 3 2 3 3|333 3 4 3 2|111 1 1 1 1|111 1 1 1 1|121 2 1 1 1|"
    "232 2 2 2 2|121 1 1 1 1|222 2 2 2 2"
)
"""Table 1 of the paper: 45 patients, fitness for anaesthesia from 1 to 4, five observers of whom
the first judged three times."""

ROWS = np.array(
    [
        (patient, observer, int(grade) - 1)
        for patient, line in enumerate(ANAESTHETISTS.split("|"))
        for observer, grades in enumerate(line.split())
        for grade in grades
    ]
).T


def step(rows: np.ndarray, truth: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One round of EM, equations 2.3 to 2.5 as they are printed: shares, rates, probabilities."""
    units, classes = truth.shape
    annotators = rows[1].max() + 1
    n = np.zeros((units, annotators, classes))
    np.add.at(n, tuple(rows), 1)
    rates = np.zeros((annotators, classes, classes))
    for k in range(annotators):
        for j in range(classes):
            over = sum(truth[i, j] * n[i, k, m] for i in range(units) for m in range(classes))
            for m in range(classes):
                rates[k, j, m] = sum(truth[i, j] * n[i, k, m] for i in range(units)) / over
    shares = truth.sum(axis=0) / units
    p = np.array(
        [[shares[j] * np.prod(rates[:, j] ** n[i]) for j in range(classes)] for i in range(units)]
    )
    return shares, rates, p / p.sum(axis=1, keepdims=True)


def test_shares_of_the_classes_are_the_published_ones() -> None:
    assert ROWS.shape == (3, 45 * 7)
    shares = dawid_skene(*ROWS, 4).classes
    assert shares.round(2).tolist() == [0.40, 0.42, 0.11, 0.07]


def test_the_fit_is_where_the_paper_s_own_equations_stand_still() -> None:
    fit = dawid_skene(*ROWS, 4)
    shares, rates, truth = step(ROWS, fit.units)
    assert np.abs(truth - fit.units).max() < 1e-6
    assert np.abs(rates - fit.errors).max() < 1e-6
    assert np.abs(shares - fit.classes).max() < 1e-6


def test_the_first_round_is_that_of_the_paper_s_equations() -> None:
    counts = np.zeros((45, 4))
    np.add.at(counts, (ROWS[0], ROWS[2]), 1)
    expected = step(ROWS, counts / 7)[2]
    assert dawid_skene(*ROWS, 4, rounds=1).units == pytest.approx(expected)


ERRORS = np.array(
    [
        [[0.9, 0.05, 0.05], [0.1, 0.8, 0.1], [0.0, 0.1, 0.9]],
        [[0.8, 0.1, 0.1], [0.05, 0.9, 0.05], [0.2, 0.2, 0.6]],
        [[0.6, 0.4, 0.0], [0.4, 0.6, 0.0], [0.05, 0.05, 0.9]],
        [[0.5, 0.0, 0.5], [0.0, 0.5, 0.5], [0.0, 0.0, 1.0]],
        [[0.34, 0.33, 0.33], [0.34, 0.33, 0.33], [0.34, 0.33, 0.33]],
    ]
)
SHARES = np.array([0.5, 0.3, 0.2])


def simulated(units: int, share: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """True classes, and rows of unit, annotator, answer: each unit to a `share` of annotators."""
    rng = np.random.default_rng(seed)
    truth = rng.choice(3, size=units, p=SHARES)
    unit, annotator = np.nonzero(rng.random((units, len(ERRORS))) < share)
    answer = [rng.choice(3, p=ERRORS[k, truth[i]]) for i, k in zip(unit, annotator, strict=True)]
    return truth, np.array([unit, annotator, answer])


def majority(rows: np.ndarray, units: int) -> np.ndarray:
    counts = np.zeros((units, 3))
    np.add.at(counts, (rows[0], rows[2]), 1)
    return counts.argmax(axis=1)


def right(fit: Weighed, truth: np.ndarray) -> float:
    return float((fit.units.argmax(axis=1) == truth).mean())


def test_known_error_rates_and_shares_are_found_again() -> None:
    truth, rows = simulated(4000, share=1.0)
    fit = dawid_skene(*rows, 3)
    assert np.abs(fit.errors - ERRORS).max() < 0.05
    assert np.abs(fit.classes - SHARES).max() < 0.02
    assert right(fit, truth) > (majority(rows, 4000) == truth).mean() + 0.03


def test_annotators_who_each_saw_a_part_are_weighed_as_well() -> None:
    truth, rows = simulated(4000, share=0.7)
    fit = dawid_skene(*rows, 3)
    assert right(fit, truth) > (majority(rows, len(fit.units)) == truth).mean() + 0.02


def test_the_same_answers_give_the_same_fit_in_any_order() -> None:
    _, rows = simulated(200, share=1.0)
    first = dawid_skene(*rows, 3)
    shuffled = np.random.default_rng(1).permutation(rows.T).T
    assert dawid_skene(*rows, 3).units.tobytes() == first.units.tobytes()
    assert dawid_skene(*shuffled, 3).units == pytest.approx(first.units)


def test_answers_that_all_agree_are_certain() -> None:
    rows = np.array([(i, k, i % 2) for i in range(6) for k in range(3)]).T
    fit = dawid_skene(*rows, 3)
    assert fit.units.argmax(axis=1).tolist() == [0, 1] * 3
    assert fit.units.max(axis=1) == pytest.approx(1)
    assert np.isfinite(fit.errors).all() and fit.classes == pytest.approx([0.5, 0.5, 0])
