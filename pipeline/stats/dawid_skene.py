"""Truth and error rates from several annotators' answers alone (Dawid and Skene, 1979)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
NEVER = float(np.finfo(np.float64).tiny)
"""Stands for a rate of nothing, so that its logarithm is finite."""


@dataclass(frozen=True)
class Weighed:
    """The fit: `units` [units, C], the probability of each class; `classes` [C], their shares;
    `errors` [annotators, C, C], the rate of each answer (last axis) where each class is true."""

    units: Floats
    classes: Floats
    errors: Floats


def dawid_skene(
    unit: Ints,
    annotator: Ints,
    answer: Ints,
    classes: int,
    rounds: int = 500,
    settled: float = 1e-7,
) -> Weighed:
    """Fit by EM from the answers' majority shares; the same answers give the same fit.

    `unit`, `annotator` and `answer` [n] are numbered from 0, a row an answer; one annotator may
    answer a unit several times. Ends when no probability moves more than `settled`. Source: Appl.
    Statist. 28 (1), 20-28, equations 2.3 to 2.5, and 3.1 for the start.
    """
    shape = (int(unit.max()) + 1, int(annotator.max()) + 1, classes)
    place = annotator * classes + answer
    given = csr_array((np.ones(len(unit)), (unit, place)), (shape[0], shape[1] * classes))
    truth = _shares(given @ np.tile(np.eye(classes), (shape[1], 1)))
    for _ in range(rounds):
        shares, errors = truth.mean(axis=0), _errors(given, truth, shape)
        rates = np.log(np.maximum(errors, NEVER)).transpose(0, 2, 1).reshape(-1, classes)
        before, truth = truth, _softmax(given @ rates + np.log(np.maximum(shares, NEVER)))
        if np.abs(truth - before).max() < settled:
            break
    return Weighed(truth, truth.mean(axis=0), _errors(given, truth, shape))


def _errors(given: csr_array, truth: Floats, shape: tuple[int, int, int]) -> Floats:
    """Equation 2.3; an annotator who met no unit of a class has no rate for it: zeros."""
    counts = (given.T @ truth).reshape(shape[1], shape[2], shape[2]).transpose(0, 2, 1)
    return _shares(counts)


def _shares(counts: Floats) -> Floats:
    total = counts.sum(axis=-1, keepdims=True)
    shares: Floats = np.divide(counts, total, out=np.zeros_like(counts), where=total > 0)
    return shares


def _softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=-1, keepdims=True))
    found: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return found
