"""Fits and applies calibrations: Platt scaling of detection, and temperatures."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

from pipeline.records.calibration import Calibration
from pipeline.records.scores import Floats, Scores, Targets
from pipeline.stats.scores import MISSING

EDGE = 1e-5  # probabilities are kept so far from 0 and 1
PARTS = 5
LEAST = 100  # labels of other outlets; fits on fewer make probabilities worse (as calibrate.least)


def calibrated(scores: Scores, how: Calibration, areas: Sequence[str]) -> Scores:
    """The probabilities after calibration; `areas` are the ids of the scores' columns.

    An area that the calibration does not know is found by its keywords (see Blend): whether it is
    addressed says no network, and stays as it is.
    """
    addressed = np.clip(1 - scores.areas[..., MISSING], EDGE, 1 - EDGE)
    fitted = 1 / (1 + np.exp(-(how.scale * _logit(addressed) + how.bias)))
    addressed = np.where([area in how.areas for area in areas], fitted, addressed)
    stance = _sharpened(_stances(scores.areas), how.stance) * addressed[..., None]
    return Scores(
        np.concatenate([stance, 1 - addressed[..., None]], axis=-1).astype(np.float32),
        _sharpened(scores.voice, how.voice).astype(np.float32),
        _sharpened(scores.role, how.role).astype(np.float32),
    )


def fit(scores: Scores, gold: Targets, areas: Sequence[str]) -> Calibration:
    """The calibration under which held-out labels are likeliest.

    Detection: Platt (1999), one for all areas: what outlets write about differs too much for an
    offset an area. Stance, voice and role: a temperature (Guo et al., ICML 2017). A question that
    has one class only among the labels is left as it is.
    """
    true = gold.areas != MISSING
    voiced = gold.voice >= 0
    temperatures = Calibration(
        stance=_temperature(_stances(scores.areas)[true], gold.areas[true]),
        voice=_temperature(scores.voice[voiced], gold.voice[voiced]),
        role=_temperature(scores.role, gold.role),
    )
    if true.all() or not true.any():
        return temperatures
    logits = _logit(np.clip(1 - scores.areas[..., MISSING], EDGE, 1 - EDGE))
    model = LogisticRegression(C=1.0).fit(logits.reshape(-1, 1), true.ravel())
    return replace(
        temperatures,
        scale=float(model.coef_[0, 0]),
        bias=float(model.intercept_[0]),
        areas=tuple(areas),
    )


def cross_calibrated(
    scores: Scores, gold: Targets, groups: NDArray[np.str_], areas: Sequence[str]
) -> Scores:
    """Each group's probabilities under a calibration that its own labels had no part in.

    `groups` [n] name each sentence's outlet. Where some outlet has too few labels of others beside
    it, nothing is changed: `scores` themselves are returned.
    """
    order = sorted(set(groups), key=lambda name: hashlib.md5(name.encode()).hexdigest())
    part = np.array([order.index(name) % PARTS for name in groups])
    if len(groups) - np.bincount(part).max() < LEAST:
        return scores
    out = Scores(scores.areas.copy(), scores.voice.copy(), scores.role.copy())
    for k in np.unique(part):
        inside, outside = part == k, part != k
        how = fit(_rows(scores, outside), _gold_rows(gold, outside), areas)
        found = calibrated(_rows(scores, inside), how, areas)
        out.areas[inside], out.voice[inside] = found.areas, found.voice
        out.role[inside] = found.role
    return out


def _rows(scores: Scores, where: NDArray[np.bool_]) -> Scores:
    return Scores(scores.areas[where], scores.voice[where], scores.role[where])


def _gold_rows(gold: Targets, where: NDArray[np.bool_]) -> Targets:
    return Targets(gold.areas[where], gold.voice[where], gold.role[where])


def _logit(p: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(np.log(p / (1 - p)), dtype=np.float64)


def _stances(areas: Floats) -> NDArray[Any]:
    """The three stances given that the area is addressed, [..., 3]."""
    stances = areas[..., :MISSING] + EDGE
    return np.asarray(stances / stances.sum(-1, keepdims=True))


def _sharpened(p: NDArray[Any], factor: float) -> NDArray[Any]:
    powered = np.power(np.clip(p, EDGE, 1), factor)
    return np.asarray(powered / powered.sum(-1, keepdims=True))


def _temperature(p: NDArray[Any], gold: NDArray[np.int64]) -> float:
    """The factor on log-probabilities [n, C] under which the classes [n] are likeliest."""
    if len(np.unique(gold)) < 2:
        return 1.0

    def loss(log_factor: float) -> float:
        q = _sharpened(p, float(np.exp(log_factor)))
        return -float(np.log(q[np.arange(len(gold)), gold]).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))
